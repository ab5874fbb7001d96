"""An issued answer looked at again, told in the reader's language."""

from dataclasses import dataclass

from flask_babel import get_locale

from gisserver.access import actor
from gisserver.answering import kept_answer
from gisserver.service import service
from layers.answers.answer import EndedParcel, ZoningAnswer
from layers.answers.issued import IssuedAnswer
from layers.answers.verify import Difference, Verification, differences, verify


@dataclass(frozen=True)
class Checked:
    """The answer as issued, as of its publish and as of now."""

    issued: IssuedAnswer
    verification: Verification
    differences: tuple[Difference, ...]
    """From the issued answer to today's."""

    @property
    def ended(self) -> EndedParcel | None:
        """The parcel, where it is no more."""
        now = self.verification.now
        return now if isinstance(now, EndedParcel) else None


def checked(written: str) -> Checked:
    """By number or short code. Raises NotHere."""
    profile = service().profile
    with service().store.reading(actor()) as connection:
        issued = kept_answer(connection, written)
        found = verify(connection, issued, profile)
    changed: tuple[Difference, ...] = ()
    if isinstance(found.now, ZoningAnswer):
        changed = differences(issued.answer, found.now, str(get_locale()), profile.timezone)
    return Checked(issued, found, changed)
