"""/docs: the handbook as it lies beside the code, in the same words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import Blueprint, render_template
from flask_babel import gettext as _
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

from gisserver.errors import NotHere

bp = Blueprint("docs", __name__)
NAV = None

FOLDER = Path(__file__).parents[2] / "docs"


@dataclass(frozen=True)
class Leaf:
    """One page of the handbook."""

    name: str
    """Its address below /docs: links between the files work as they stand."""
    title: str
    path: Path

    @property
    def chapter(self) -> str:
        """The folder it lies in; empty for the first pages."""
        return self.name.rpartition("/")[0]


@bp.get("/docs")
def contents() -> str:
    """Every page by chapter."""
    leaves = _leaves().values()
    chapters = sorted({leaf.chapter for leaf in leaves})
    return render_template(
        "docs.html",
        chapters=[(chapter, [leaf for leaf in leaves if leaf.chapter == chapter]) for chapter in chapters],
        name_of_chapter=_name_of_chapter,
    )


@bp.get("/docs/<path:name>")
def page(name: str) -> str:
    """Only files found in the folder are served, whatever the address says."""
    leaf = _leaves().get(name)
    if leaf is None:
        raise NotHere(_("The handbook has no such page."))
    return render_template("docs_leaf.html", leaf=leaf, text=_rendered(leaf))


@cache
def _leaves() -> Mapping[str, Leaf]:
    found = (_leaf(path) for path in sorted(FOLDER.rglob("*.md")))
    return {leaf.name: leaf for leaf in found}


def _leaf(path: Path) -> Leaf:
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    return Leaf(path.relative_to(FOLDER).as_posix(), first.lstrip("# ").strip(), path)


def _rendered(leaf: Leaf) -> Markup:
    """Raw HTML is off; a heading cell without words is no heading to a screen reader."""
    reader = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer).enable("table")
    html = reader.render(leaf.path.read_text(encoding="utf-8")).replace("<th></th>", "<td></td>")
    return Markup(html)  # noqa: S704 - our own files


class _Renderer(RendererHTML):
    """Wide blocks scroll on a phone, so the keyboard must reach them."""

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return super().fence(tokens, idx, options, env).replace("<pre>", '<pre tabindex="0">', 1)

    def code_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return super().code_block(tokens, idx, options, env).replace("<pre>", '<pre tabindex="0">', 1)

    def table_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return '<div class="table-box" tabindex="0">' + self.renderToken(tokens, idx, options, env)

    def table_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return self.renderToken(tokens, idx, options, env) + "</div>"


def _name_of_chapter(chapter: str) -> str:
    names: dict[str, str] = {
        "": _("Overview"),
        "how-to": _("How to"),
        "reference": _("Reference"),
        "decisions": _("Decisions"),
        "benchmarks": _("Benchmarks"),
    }
    return names.get(chapter, chapter)
