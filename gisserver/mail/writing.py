"""A letter about a notice: plain text in the account's language, with a link and nothing personal."""

from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import urlsplit

from babel.support import NullTranslations, Translations

from gisserver.notice_words import headline, next_step
from layers.core.letters import Letter
from layers.core.notices import Notice
from layers.core.profile import Profile
from layers.core.registry import Registry

TRANSLATIONS = Path(__file__).parent.parent / "translations"


@dataclass(frozen=True)
class Writer:
    """What letters are written with."""

    profile: Profile
    registry: Registry
    root: str
    """What links begin with."""
    sender: str

    def write(self, letter: Letter) -> EmailMessage:
        """The name of a letter stays the same when it is sent again, so that a mailbox can leave out what it has."""
        language = letter.language if letter.language in self.profile.languages else self.profile.languages[0]
        notice = letter.notice
        _ = _spoken(language).gettext
        said = headline(notice, self.profile, _)
        message = EmailMessage()
        message["Subject"] = f"{self.profile.title(language)}: {said}"
        message["From"] = self.sender
        message["To"] = letter.email
        message["Date"] = format_datetime(notice.at)
        message["Message-ID"] = f"<notice-{notice.id}@{urlsplit(self.root).hostname or 'localhost'}>"
        message["Auto-Submitted"] = "auto-generated"
        body = [f"{said}. {next_step(notice, _)}", f"{self.root}{self._path(notice)}"]
        if notice.layer_id is not None:
            layer = self.registry[notice.layer_id].title.in_language(language)
            body.insert(1, _("Layer: %(layer)s") % {"layer": layer})
        body.append(_("No such e-mails any more, or in another language: %(page)s") % {"page": f"{self.root}/notices"})
        message.set_content("\n\n".join(body) + "\n")
        message["Content-Language"] = language
        return message

    def _path(self, notice: Notice) -> str:
        """Where a source stands differs from reader to reader; the list of notices leads there."""
        return "/notices" if notice.changeset_id is None else f"/changeset/{notice.changeset_id}"


def _spoken(language: str) -> NullTranslations:
    """English where nobody has written the language yet."""
    return Translations.load(TRANSLATIONS, [language])
