"""A kept answer on A4: the same answer in the same language gives the same bytes."""

import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import segno

from gisserver.documents.sketch import drawn, legend_of
from gisserver.typefaces import typefaces
from layers.answers.figures import moment
from layers.answers.issued import IssuedAnswer
from layers.answers.sentences import ConstraintLine, Fact, ZoneLine, sentences
from layers.answers.states import State
from layers.core.profile import Profile
from layers.core.words import Title

ATTACHED = "answer.json"
"""The canonical JSON inside the document."""

_TEMPLATE = Path(__file__).parent.parent / "templates/answer.typ"
_SIGNS = {
    State.AFFECTED: "▲",
    State.NOT_AFFECTED: "✓",
    State.NOT_CHECKED: "✕",
    State.NO_COVERAGE: "?",
    State.UNDER_REVIEW: "…",
}


@dataclass(frozen=True)
class Paper:
    """What a document says beside the answer."""

    profile: Profile
    language: str
    check_url: str
    """Where a reader checks the document; the QR code leads there."""
    signer: str
    """Whose signature it carries."""
    is_self_signed: bool

    def say(self, title: Title, **values: object) -> str:
        """In the document's language."""
        return title.in_language(self.language).format(**values)


def typeset(issued: IssuedAnswer, paper: Paper) -> bytes:
    """PDF/A-3a and PDF/UA-1 with the canonical JSON inside, unsigned."""
    # Imported here: a web process that nobody asks for a document goes without the typesetter.
    import typst

    made = typst.compile(
        _TEMPLATE,
        format="pdf",
        font_paths=typefaces(),
        ignore_system_fonts=True,
        sys_inputs={"told": json.dumps(_told(issued, paper), ensure_ascii=False), "answer": issued.body.decode()},
        pdf_standards=["a-3a", "ua-1"],
        timestamp=issued.issued_at,
    )
    # Without a newline at its end, what a signature appends would begin in the middle of a line (PDF/A-3, 6.1.9-1).
    return bytes(made) + b"\n"


def _told(issued: IssuedAnswer, paper: Paper) -> dict[str, Any]:
    answer, say = issued.answer, paper.say
    said = sentences(answer, paper.language, paper.profile.timezone)
    issued_at = moment(issued.issued_at, paper.language, paper.profile.timezone)
    return {
        "language": paper.language,
        "attached": ATTACHED,
        "attached_says": say(_ATTACHED),
        "publisher": paper.profile.title(paper.language),
        "sample": said.sample,
        "title": said.title,
        "kind": say(_KIND),
        "headline": said.headline,
        "lines": said.lines,
        "sketch": drawn(answer.sketch, paper.profile, say(_NORTH)) if answer.sketch else None,
        "sketch_alt": say(_SKETCH_ALT),
        "legend_title": say(_LEGEND),
        "legend": legend_of(answer.sketch, paper.profile, paper.language) if answer.sketch else [],
        "zones_title": say(_ZONES),
        "zones": [_zone(zone, paper) for zone in said.zones],
        "pending_title": say(_PENDING),
        "pending": [_zone(zone, paper) for zone in said.pending_zones],
        "themes_title": say(_THEMES),
        "themes": [_theme(theme) for theme in said.constraints],
        "plans_title": say(_PLANS),
        "plans": (*said.plans, *said.objections),
        "next_title": say(_NEXT),
        "next": said.next_step,
        "about_title": say(_ABOUT),
        "about": [said.answered_by, said.data, say(_ISSUED, moment=issued_at, number=issued.number), said.disclaimer],
        "signature": say(_SELF_SIGNED if paper.is_self_signed else _SIGNED, signer=paper.signer),
        "check_title": say(_CHECK),
        "check": say(_CHECK_HOW, url=paper.check_url.rpartition("/")[0], code=issued.spoken_code),
        "check_url": paper.check_url,
        "qr": _qr(paper.check_url),
        "qr_alt": say(_QR_ALT, url=paper.check_url),
        "glossary_title": say(_GLOSSARY),
        "glossary": said.glossary,
        "footer": f"{issued.spoken_code} · SHA-256 {issued.digest[:16]}…",
    }


def _zone(zone: ZoneLine, paper: Paper) -> dict[str, Any]:
    return {
        "heading": zone.heading,
        "share": zone.share,
        "facts": [_fact(fact) for fact in zone.conditions],
        "computed_title": paper.say(_COMPUTED),
        "computed": [_fact(fact) for fact in zone.computed],
        "texts": [text for text in (zone.remark, zone.withheld, zone.notes, zone.plan) if text],
    }


def _fact(fact: Fact) -> tuple[str, str]:
    return fact.term, fact.text


def _theme(line: ConstraintLine) -> dict[str, Any]:
    texts = [line.sentence, *line.details, line.warning]
    return {
        "theme": line.theme,
        "state": f"{_SIGNS[line.state]} {line.word}",
        "texts": [text for text in texts if text],
    }


def _qr(url: str) -> str:
    written = io.BytesIO()
    segno.make(url, error="m", micro=False).save(written, kind="svg", border=0, xmldecl=False)
    return written.getvalue().decode()


_KIND = Title("İmar yanıtı", "Zoning answer")
_ATTACHED = Title("Yanıtın makinece okunur hâli", "The answer for programs")
_NORTH = Title("K", "N")
_SKETCH_ALT = Title(
    "Parsel kalın çizgiyle, komşuları ve imar kullanımlarıyla birlikte; kuzey yukarıda. Paylar aşağıda yazılıdır.",
    "The parcel in a thick line among its neighbours and the uses of the plan, north on top. The shares stand below.",
)
_LEGEND = Title("Resimde görülenler", "What lies in the picture")
_ZONES = Title("Yürürlükteki plan neye izin veriyor", "What the plan in force allows")
_PENDING = Title("Kesinleşmemiş planlar: bugün bunlara göre yapı yapılamaz", "Plans on their way: not in force yet")
_THEMES = Title("Yapılaşmayı başka ne sınırlayabilir", "What else may limit building")
_PLANS = Title("Planlar", "Plans")
_NEXT = Title("Sonraki adım", "Next step")
_ABOUT = Title("Bu yanıt hakkında", "About this answer")
_ISSUED = Title("Düzenlenme: {moment}, numara {number}.", "Issued {moment}, number {number}.")
_COMPUTED = Title("Oranlardan hesaplandı, planda yazmaz:", "Worked out from the ratios, not stated by the plan:")
_CHECK = Title("Bu belgeyi denetleyin", "Check this document")
_CHECK_HOW = Title(
    "Karekodu okutun ya da {url} adresinde şu kodu yazın: {code}", "Scan the code, or go to {url} and type {code}"
)
_QR_ALT = Title("Karekod: {url}", "QR code: {url}")
_SIGNED = Title("Elektronik imza: {signer}.", "Signed electronically by {signer}.")
_SELF_SIGNED = Title(
    "Elektronik imza: {signer}; kendinden imzalı sertifikayla, deneme içindir.",
    "Signed electronically by {signer}, with a self-signed certificate: for trying out.",
)
_GLOSSARY = Title("Sözlük", "Glossary")
