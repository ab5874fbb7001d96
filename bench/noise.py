"""How people spoil addresses, by declared classes; each keeps what makes an address one."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bench.address_pool import Door, Street

ASCII = str.maketrans("çğıöşüÇĞİÖŞÜâîû", "cgiosuCGIOSUaiu")
KINDS = {"Sokak": "Sokak", "Cadde": "Caddesi", "Bulvar": "Bulvarı"}
SHORT = {
    "Sokak": ("sk", "sk.", "sok", "sok.", "Sk.", "Sok", "sokağı", "sokagi"),
    "Cadde": ("cad", "cad.", "cd", "cd.", "Cad.", "cadde", "CD"),
    "Bulvar": ("blv", "blv.", "bulv.", "bul.", "Bulvar"),
}
NEIGHBOURHOOD = ("mah", "mah.", "mh", "mh.", "Mah.", "mahalle", "mhl.")
NUMBER = ("no:", "No ", "no", "numara ", "No: ", "NO:", "n:", "#", "")
EXTRA = (
    "acil", "lütfen", "market yanı", "okul karşısı", "eczane üstü", "2. kat", "kargo teslimat", "sarı bina", "adres:",
    "zil: Yılmaz", "park karşısı", "İzmir Türkiye", "köşedeki dükkan", "camii arkası", "giriş kat", "ofis",
)  # fmt: skip
CITIES = (
    ("Çankaya", "Ankara"), ("Kadıköy", "İstanbul"), ("Nilüfer", "Bursa"), ("Muratpaşa", "Antalya"), ("Seyhan", "Adana"),
    ("Selçuklu", "Konya"), ("Şahinbey", "Gaziantep"), ("Tepebaşı", "Eskişehir"), ("Kadıköy", ""), ("", "Ankara"),
    ("Çankaya", ""), ("Beşiktaş", ""), ("Ümraniye", ""),
)  # fmt: skip


@dataclass(frozen=True)
class Written:
    """The parts of an address, as somebody is about to write them."""

    street: str
    kind: str
    number: str
    neighbourhood: str
    mah: str
    district: str
    city: str
    before_number: str = "No:"
    postal_code: str = ""
    behind: str = ""
    house: str = ""

    @property
    def local(self) -> str:
        """Neighbourhood with its word."""
        return f"{self.neighbourhood} {self.mah}".strip() if self.neighbourhood else ""

    def in_order(self, order: str) -> str:
        """m neighbourhood, s street, n number, d district, c city, p postal code, h house, b what is behind."""
        parts = {
            "m": self.local,
            "s": f"{self.street} {self.kind}".strip(),
            "n": f"{self.before_number}{self.number}",
            "d": self.district,
            "c": self.city,
            "p": self.postal_code,
            "h": self.house,
            "b": self.behind,
        }
        return " ".join(part for part in (parts[sign] for sign in order) if part)


def clean(door: Door) -> Written:
    """As an official would write it."""
    street = door.street
    house = " ".join(filter(None, (door.site, f"{door.block} Blok" if door.block else "")))
    return Written(
        street.name,
        KINDS[street.kind],
        door.number,
        street.neighbourhood,
        "Mahallesi",
        street.district,
        "İzmir",
        house=house,
    )


def plain(door: Door, rng: random.Random) -> str:
    """Nothing spoilt."""
    return clean(door).in_order(rng.choice(("mshndc", "shnmd", "mshnpdc")))


def abbreviations(door: Door, rng: random.Random) -> str:
    """Short words for kinds of streets and neighbourhoods."""
    street = door.street
    short = replace(
        clean(door),
        kind=rng.choice(SHORT[street.kind]),
        mah=rng.choice(NEIGHBOURHOOD),
        before_number=rng.choice(NUMBER),
    )
    return short.in_order(rng.choice(("mshnd", "mshndc", "shnmd", "dmshn")))


def no_turkish_letters(door: Door, rng: random.Random) -> str:
    """ASCII only."""
    return abbreviations(door, rng).translate(ASCII)


def wrong_case(door: Door, rng: random.Random) -> str:
    """Capitals by a program that does not know the language, or a caps lock."""
    text = abbreviations(door, rng)
    return rng.choice((str.upper, str.lower, str.swapcase, lambda t: t.replace("i", "İ").replace("ı", "I").upper()))(
        text
    )


def mojibake(door: Door, rng: random.Random) -> str:
    """Read in the wrong encoding."""
    text = plain(door, rng)
    way = rng.randrange(4)
    if way == 0:
        return text.encode("utf-8").decode("cp1252", errors="replace")
    if way == 1:
        return text.encode("utf-8").decode("latin-1")
    if way == 2:
        return text.encode("cp1254", errors="replace").decode("latin-1")
    return text.encode("utf-8").decode("cp1254", errors="replace")


def order(door: Door, rng: random.Random) -> str:
    """Parts anywhere."""
    parts = list("mshnd")
    rng.shuffle(parts)
    mixed = "".join(parts)
    if "h" in mixed and abs(mixed.index("h") - mixed.index("s")) > 2:
        mixed = "mshnd"
    written = replace(clean(door), kind=rng.choice(SHORT[door.street.kind]), mah=rng.choice(NEIGHBOURHOOD[:5]))
    return written.in_order(mixed)


def glued(door: Door, rng: random.Random) -> str:
    """ "1453sk no56"."""
    kind = rng.choice(
        ("sk", "sok", "sokak")
        if door.street.kind == "Sokak"
        else ("cad", "cd")
        if door.street.kind == "Cadde"
        else ("blv",)
    )
    number = rng.choice((f"no{door.number}", f"no:{door.number}", f" {door.number}"))
    street = door.street
    neighbourhood = f"{street.neighbourhood} {rng.choice(('mah ', 'mh.', ''))}"
    return f"{neighbourhood}{street.name}{kind} {clean(door).house} {number} {street.district}".lower()


def stuck_units(door: Door, rng: random.Random) -> str:
    """ "No:10K:4D:14"."""
    units = rng.choice(
        (
            f"K:{rng.randint(1, 9)}D:{rng.randint(1, 30)}",
            f"D:{rng.randint(1, 30)}",
            f" K:{rng.randint(1, 9)} D:{rng.randint(1, 30)}",
            f"/D:{rng.randint(1, 9)}",
            f" kat {rng.randint(1, 9)} daire {rng.randint(1, 30)}",
            f" D{rng.randint(1, 30)}",
        )
    )
    written = replace(clean(door), kind=rng.choice(SHORT[door.street.kind]), number=door.number + units)
    return written.in_order(rng.choice(("mshnd", "shnmd", "mshndc")))


def block_and_site(door: Door, rng: random.Random) -> str:
    """The estate and the block, in many ways."""
    site = (door.site or "").replace(" Sitesi", rng.choice((" Sitesi", " Sit.", " sitesi", " Site")))
    block = rng.choice(
        (f"{door.block} Blok", f"{door.block} Bl.", f"Blok {door.block}", f"{(door.block or '').lower()} blok")
    )
    written = replace(clean(door), kind=rng.choice(SHORT[door.street.kind]), house="", behind=f"{site} {block}")
    if rng.random() < 0.5:
        written = replace(written, house=written.behind, behind="")
    return written.in_order(rng.choice(("mshnbd", "shnbmd", "mshnbdc")))


def without_neighbourhood(door: Door, rng: random.Random) -> str:
    """District only."""
    return replace(clean(door), kind=rng.choice(SHORT[door.street.kind]), neighbourhood="").in_order(
        rng.choice(("shnd", "dshn", "shndc"))
    )


def without_district(door: Door, rng: random.Random) -> str:
    """Neighbourhood only."""
    return replace(clean(door), kind=rng.choice(SHORT[door.street.kind]), district="").in_order(
        rng.choice(("mshn", "shnm", "mshnc"))
    )


def without_both(door: Door, rng: random.Random) -> str:
    """Street and door only."""
    return replace(clean(door), kind=rng.choice(SHORT[door.street.kind]), before_number=rng.choice(NUMBER)).in_order(
        "shn"
    )


def postal_code_only(door: Door, rng: random.Random) -> str:
    """The code in the place of neighbourhood and district."""
    written = replace(clean(door), kind=rng.choice(SHORT[door.street.kind]), postal_code=door.street.postal_code)
    return written.in_order(rng.choice(("shnp", "shnpc", "pshn")))


def _typo(text: str, rng: random.Random) -> str:
    letters = [at for at, sign in enumerate(text) if sign.isalpha()]
    if len(letters) < 4:
        return text
    at = rng.choice(letters[1:])
    way = rng.randrange(4)
    if way == 0:
        return text[:at] + text[at + 1 :]
    if way == 1:
        return text[:at] + rng.choice("abcdefghijklmnoprstuvyz") + text[at + 1 :]
    if way == 2:
        return text[:at] + rng.choice("aeiourlnk") + text[at:]
    return (
        text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :]
        if text[at - 1].isalpha()
        else text[:at] + text[at + 1 :]
    )


def one_typo(door: Door, rng: random.Random) -> str:
    """In a name, never in a number."""
    written = replace(clean(door), kind=rng.choice(SHORT[door.street.kind]), mah=rng.choice(NEIGHBOURHOOD[:5]))
    return _with_typo(written, rng).in_order(rng.choice(("mshnd", "shnmd", "mshndc")))


def two_typos(door: Door, rng: random.Random) -> str:
    """In one name or in two."""
    written = replace(clean(door), kind=rng.choice(SHORT[door.street.kind]), mah=rng.choice(NEIGHBOURHOOD[:5]))
    return _with_typo(_with_typo(written, rng), rng).in_order(rng.choice(("mshnd", "shnmd", "mshndc")))


def _with_typo(written: Written, rng: random.Random) -> Written:
    names = [
        name
        for name in ("street", "street", "neighbourhood", "district")
        if sum(map(str.isalpha, getattr(written, name))) >= 5
    ]
    if not names:
        return written
    chosen = rng.choice(names)
    return replace(written, **{chosen: _typo(getattr(written, chosen), rng)})


def extra_words(door: Door, rng: random.Random) -> str:
    """What a courier is told."""
    written = replace(
        clean(door),
        kind=rng.choice(SHORT[door.street.kind]),
        mah=rng.choice(NEIGHBOURHOOD[:5]),
        behind=rng.choice(EXTRA),
    )
    return written.in_order(rng.choice(("mshnbd", "bmshnd", "mshndb", "shnmdb")))


CLASSES: Mapping[str, Callable[[Door, random.Random], str]] = {
    "clean": plain,
    "abbreviations": abbreviations,
    "no Turkish letters": no_turkish_letters,
    "wrong case": wrong_case,
    "mojibake": mojibake,
    "order": order,
    "glued": glued,
    "stuck units": stuck_units,
    "block and site": block_and_site,
    "without neighbourhood": without_neighbourhood,
    "without district": without_district,
    "street and door only": without_both,
    "postal code only": postal_code_only,
    "one typo": one_typo,
    "two typos": two_typos,
    "extra words": extra_words,
}
KNOWN: Mapping[str, tuple[str, ...]] = {
    "without neighbourhood": ("district",),
    "without district": ("neighbourhood",),
    "street and door only": (),
    "postal code only": ("postal_code",),
}
"""What such a text says of where the street is; all others say district and neighbourhood."""


_SYLLABLES = (
    "ba",
    "çi",
    "da",
    "de",
    "el",
    "fa",
    "ge",
    "gö",
    "ha",
    "in",
    "ka",
    "ke",
    "kö",
    "la",
    "le",
    "ma",
    "mu",
    "na",
    "or",
)


def invented(street: Street, rng: random.Random) -> str:
    """A street that is nowhere, in a place that is."""
    name = "".join(rng.choice(_SYLLABLES) for _ in range(rng.randint(2, 4))).capitalize()
    name += rng.choice(("", "lı", "can", "oğlu", "tepe", "dere"))
    if rng.random() < 0.3:
        name += " " + "".join(rng.choice(_SYLLABLES) for _ in range(2)).capitalize()
    written = Written(
        name,
        rng.choice(("Sokak", "Caddesi", "sk.", "Cad.")),
        str(rng.randint(1, 60)),
        street.neighbourhood,
        "Mah.",
        street.district,
        "İzmir",
    )
    return written.in_order(rng.choice(("mshnd", "shnd", "shnmdc", "shn")))


def other_city(door: Door, rng: random.Random) -> str:
    """A street that is here too, in another city."""
    district, city = rng.choice(CITIES)
    street = door.street
    strange = rng.choice(("Bahçelievler", "Kültür", "Yeni", "Merkez", "Çarşı", "Aydınlıkevler"))
    written = Written(street.name, rng.choice(SHORT[street.kind]), door.number, strange, "Mah.", district, city)
    return written.in_order(rng.choice(("mshndc", "shndc")))
