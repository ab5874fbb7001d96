"""What a style needs beside tiles: letters and signs, for any viewer."""

import gzip
import io
import json
from urllib.parse import urlsplit

import pytest
from PIL import Image

from gisserver.drawings._signs import GATHERING, hatch_name, is_sign, sign_name
from gisserver.sprite import UnknownSign, sprite_of

LETTERS = "ğĞıİşŞçÇöÖüÜâÂîÎûÛ"
STACKS = ("Source Sans 3 Regular", "Source Sans 3 SemiBold")


def glyphs_of(message: bytes) -> dict[int, dict[int, int | bytes]]:
    """The glyphs of a range, by letter: their numbered fields as the file has them."""
    ((_, stack),) = _fields(message)
    glyphs = [dict(_fields(value)) for number, value in _fields(stack) if number == 3]
    return {glyph[1]: glyph for glyph in glyphs}


def _fields(message: bytes):
    """Number and value of each field: numbers and byte strings are all that glyph files use."""
    stream = io.BytesIO(message)
    while (key := _number(stream)) is not None:
        yield key >> 3, stream.read(_number(stream)) if key & 7 == 2 else _number(stream)


def _number(stream: io.BytesIO) -> int | None:
    value = shift = 0
    while byte := stream.read(1):
        value |= (byte[0] & 0x7F) << shift
        shift += 7
        if byte[0] < 0x80:
            return value
    return None


@pytest.mark.parametrize("stack", STACKS)
def test_every_turkish_letter_has_ink_and_a_border_for_its_halo(client, stack):
    for letter in LETTERS:
        first = ord(letter) // 256 * 256
        answer = client.get(f"/fonts/{stack}/{first}-{first + 255}.pbf")
        glyph = glyphs_of(answer.data)[ord(letter)]
        assert len(glyph[2]) == (glyph[3] + 6) * (glyph[4] + 6), letter
        assert max(glyph[2]) > 191 > min(glyph[2]), letter


def test_letters_have_the_weight_of_their_name(client):
    """By the typeface's own measure an H is 0.652 of its size wide at weight 400, and 0.634 at the thinnest."""
    advance = 7
    (regular, strong) = (
        glyphs_of(client.get(f"/fonts/Source Sans 3 {weight}/0-255.pbf").data) for weight in ("Regular", "SemiBold")
    )
    assert regular[ord("H")][advance] == round(0.652 * 24)
    assert sum(strong[ord("H")][2]) > sum(regular[ord("H")][2])


def test_letters_differ_from_those_without_their_sign(client):
    latin, extended = (glyphs_of(client.get(f"/fonts/{STACKS[0]}/{r}.pbf").data) for r in ("0-255", "256-511"))
    for with_sign, without in zip("ğışİ", "gisI", strict=True):
        assert extended[ord(with_sign)][2] != latin[ord(without)][2]


def test_the_first_typeface_that_is_here_is_used(client):
    asked = client.get(f"/fonts/Open Sans Regular,{STACKS[1]}/0-255.pbf")
    assert asked.data == client.get(f"/fonts/{STACKS[1]}/0-255.pbf").data


def test_a_range_without_letters_is_empty(client):
    answer = client.get(f"/fonts/{STACKS[0]}/30208-30463.pbf")
    assert (answer.status_code, answer.data) == (200, b"")


@pytest.mark.parametrize(
    "address",
    [
        "/fonts/Comic/0-255.pbf",
        f"/fonts/{STACKS[0]}/5-260.pbf",
        f"/fonts/{STACKS[0]}/65536-65791.pbf",
        "/fonts/a/b.pbf",
    ],
)
def test_letters_that_are_nowhere_are_refused(client, address):
    answer = client.get(address)
    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"


def test_letters_travel_compressed_to_who_can_read_that(client):
    plain = client.get(f"/fonts/{STACKS[0]}/0-255.pbf")
    packed = client.get(f"/fonts/{STACKS[0]}/0-255.pbf", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["ETag"] != plain.headers["ETag"]


def parts_of_the_style(client) -> list[str]:
    """The addresses of letters and signs that the pool's style leads to."""
    style = client.get("/api/styles/pool").get_json()
    letters = style["glyphs"].replace("{fontstack}", STACKS[0]).replace("{range}", "256-511")
    sprite = urlsplit(style["sprite"]).path
    return [letters, *(f"{sprite}{scale}.{kind}" for scale in ("", "@2x") for kind in ("json", "png"))]


def test_what_a_style_leads_to_may_be_kept_and_read_by_any_page(client):
    for address in parts_of_the_style(client):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        tag = answer.headers["ETag"]
        assert not tag.startswith("W/")
        assert client.get(address, headers={"If-None-Match": tag}).status_code == 304


def test_a_style_of_yesterday_gets_the_signs_of_today_but_may_not_keep_them(client):
    answer = client.get("/sprites/0123456789abcdef@2x.png")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert client.get("/sprites/0123456789abcdef@3x.png").status_code == 404


def test_the_sprite_holds_every_sign_that_the_styles_name(signed_in):
    planner = signed_in("planner")
    style = planner.get("/api/styles/pool").get_json()
    index = planner.get(f"{urlsplit(style['sprite']).path}.json").get_json()
    named = [
        word
        for layer in style["layers"]
        for value in (layer.get("paint", {}).get("fill-pattern"), layer.get("layout", {}).get("icon-image"))
        if value is not None
        for word in _texts(value)
        if is_sign(word)
    ]
    assert len(named) >= 2
    assert set(named) <= set(index)


def _texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def test_hatches_differ_by_direction_and_repeat_without_a_seam():
    color = "#f57a7a"
    sheet = sprite_of(hatch_name(direction, color) for direction in range(4)).sheets[2]
    picture = Image.open(io.BytesIO(sheet.png)).convert("RGBA")
    places = [(found["x"], found["y"]) for _, found in sorted(json.loads(sheet.index).items())]
    squares = [picture.crop((x, y, x + 32, y + 32)) for x, y in places]
    assert len({square.tobytes() for square in squares}) == 4
    for square in squares:
        ink = [pixel[3] for pixel in square.get_flattened_data()]
        assert 0.1 < sum(ink) / 255 / len(ink) < 0.5
    rising = squares[0].getchannel("A")
    assert _shifted(rising, 1, -1) == list(rising.get_flattened_data())


def _shifted(square: Image.Image, x: int, y: int) -> list[int]:
    """The square's pixels as seen through a window moved by so much, the square being repeated."""
    width, height = square.size
    return [square.getpixel(((left + x) % width, (top + y) % height)) for top in range(height) for left in range(width)]


def test_signs_are_drawn_alike_each_time():
    names = [sign_name(GATHERING, "#116b3f"), hatch_name(2, "#ff0000")]
    assert sprite_of(names).digest == sprite_of(reversed(names)).digest
    assert sprite_of(names[:1]).digest != sprite_of(names).digest


def test_a_sign_that_nobody_can_draw_is_a_fault():
    with pytest.raises(UnknownSign):
        sprite_of(["hatch/9/#ff0000"])
