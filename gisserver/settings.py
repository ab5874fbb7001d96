"""What an operator can set: GIS_* variables or a .env file, read once and checked at start."""

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Self

from gisserver import setting_values

PROFILES = Path(__file__).parent.parent / "profiles"
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


class SettingsError(Exception):
    """The settings cannot be used as they stand."""


class UnknownSetting(SettingsError):
    """A GIS_* variable that nothing reads is a misspelt one."""

    def __init__(self, variable: str, nearest: str | None) -> None:
        self.variable = variable
        self.nearest = nearest
        hint = f" Did you mean {nearest}?" if nearest else ""
        super().__init__(f"There is no setting {variable}.{hint} `gis settings` lists them all.")


class WrongSetting(SettingsError):
    """A setting has a value that it cannot have."""


class UnknownProfile(SettingsError):
    """The profile asked for is neither a file nor a name in profiles/."""

    def __init__(self, asked: str) -> None:
        known = ", ".join(sorted(file.stem for file in PROFILES.glob("*.toml")))
        super().__init__(f"There is no profile {asked!r}. Give the path of a TOML file or one of: {known}.")


def _setting(help_text: str, read: Callable[[str], Any], takes: str, default: Any = None) -> Any:
    return field(default=default, metadata={"help": help_text, "read": read, "takes": takes})


@dataclass(frozen=True)
class Settings:
    """One deployment's settings; nothing reads the environment after this."""

    data: Path = _setting(
        "Folder that holds the database, the logs and the secret key. "
        "Default: /var/lib/gisserver for root, else ~/.local/share/gisserver.",
        setting_values.folder,
        "a folder",
        Path("/var/lib/gisserver"),
    )
    database_url: str | None = _setting(
        "Existing PostgreSQL server to use instead of a private one, as postgresql://user@host/database.",
        setting_values.text,
        "a postgresql:// address",
    )
    profile: str = _setting(
        "The city: path of a profile file or the name of one in profiles/.",
        setting_values.text,
        "a path or name",
        "izmir",
    )
    host: str = _setting(
        "Address to listen on; other machines are let in by a proxy in front.",
        setting_values.text,
        "an address",
        "127.0.0.1",
    )
    port: int = _setting("Port of the web service.", setting_values.port, "a number from 1 to 65535", 8080)
    web_processes: int = _setting(
        "Number of web processes. Default: one per processor, two at most.",
        setting_values.at_least_one,
        "a number from 1",
        1,
    )
    upload_limit_mb: int = _setting(
        "Largest file a district may send, in MB.", setting_values.at_least_one, "a number from 1", 512
    )
    look_limit_mb: int = _setting(
        "Largest file that is opened on the map without being sent to the service, in MB.",
        setting_values.at_least_one,
        "a number from 1",
        30,
    )
    waiting_limit_mb: int = _setting(
        "Most that may wait for one district, unfinished and unchecked files together, in MB.",
        setting_values.at_least_one,
        "a number from 1",
        4096,
    )
    unfinished_limit: int = _setting(
        "Most files that one account may have begun to send and not finished.",
        setting_values.at_least_one,
        "a number from 1",
        20,
    )
    unfinished_hours: int = _setting(
        "A file that nobody goes on sending is removed after so many hours.",
        setting_values.at_least_one,
        "a number from 1",
        72,
    )
    tile_cache_mb: int = _setting(
        "Memory for tiles in each web process, in MB.", setting_values.whole_number, "a whole number", 96
    )
    query_seconds: int = _setting(
        "Seconds after which a question to the feature service is given up.",
        setting_values.at_least_one,
        "a number from 1",
        10,
    )
    downloads: int = _setting(
        "So many answers that hold whole layers are sent at a time by each web process.",
        setting_values.at_least_one,
        "a number from 1",
        4,
    )
    download_limit_mb: int = _setting(
        "Largest file of features that is made for one download, in MB.",
        setting_values.at_least_one,
        "a number from 1",
        4096,
    )
    download_seconds: int = _setting(
        "Seconds in which a file of features has to be finished.", setting_values.at_least_one, "a number from 1", 600
    )
    edit_limit_mb: int = _setting(
        "Largest body of a request that edits features, in MB.", setting_values.at_least_one, "a number from 1", 4
    )
    edit_seconds: int = _setting(
        "Seconds in which the edits of one request have to be checked.",
        setting_values.at_least_one,
        "a number from 1",
        60,
    )
    event_listeners: int = _setting(
        "So many programs may listen to publishes at a time at each web process.",
        setting_values.at_least_one,
        "a number from 1",
        200,
    )
    export_interval_minutes: int = _setting(
        "Files of all public tiles are made for download at most once in so many minutes; 0 for never.",
        setting_values.whole_number,
        "a whole number",
        60,
    )
    ready_interval_minutes: int = _setting(
        "Files of each public layer and district are made for download after publishes, each at most once in so many "
        "minutes; 0 for never.",
        setting_values.whole_number,
        "a whole number",
        60,
    )
    ready_formats: tuple[str, ...] = _setting(
        "Formats of these files, as `f` names them.",
        setting_values.ready_formats,
        f"words among {', '.join(setting_values.READY_FORMATS)}",
        setting_values.READY_FORMATS,
    )
    mapserver_processes: int = _setting(
        "So many questions of WFS, WMS and WMTS are answered at a time by each web process.",
        setting_values.at_least_one,
        "a number from 1",
        2,
    )
    webhook_hosts: str = _setting(
        "Hosts that may be told of publishes by webhook, with commas between: names, .example.org for all below one, "
        "* for every one. Default: none.",
        setting_values.text,
        "names of hosts",
        "",
    )
    webhook_private: bool = _setting(
        "Let webhooks also reach private addresses, and there without TLS.",
        setting_values.yes_or_no,
        "yes or no",
        False,
    )
    webhook_patience_hours: int = _setting(
        "A webhook that has failed for so many hours is given up until it is tested.",
        setting_values.at_least_one,
        "a number from 1",
        72,
    )
    map_hosts: str = _setting(
        "Hosts whose layers people may add to the map, with commas between: names, .example.org for all below one, "
        "* for every one. Default: none.",
        setting_values.text,
        "names of hosts",
        "",
    )
    map_private: bool = _setting(
        "Let the map also reach private addresses, and there without TLS.", setting_values.yes_or_no, "yes or no", False
    )
    source_hosts: str = _setting(
        "Hosts that files of districts may be pulled from, with commas between: names, .example.org for all below one, "
        "* for every one. Default: none.",
        setting_values.text,
        "names of hosts",
        "",
    )
    source_private: bool = _setting(
        "Let pulls also reach private addresses, and there without TLS.", setting_values.yes_or_no, "yes or no", False
    )
    source_folder: Path | None = _setting(
        "Folder beneath which folders of districts may be watched. Default: none.", setting_values.folder, "a folder"
    )
    source_secrets: tuple[str, ...] = _setting(
        "Secrets of sources, as source=secret with spaces between.",
        setting_values.secrets,
        "words like source=secret",
        (),
    )
    source_minutes: int = _setting(
        "Minutes after which a pull that has not ended is given up.", setting_values.at_least_one, "a number from 1", 30
    )
    drawing_days: int = _setting(
        "Days for which a shared drawing is kept after somebody last opened or changed it.",
        setting_values.at_least_one,
        "a number from 1",
        365,
    )
    answer_days: int = _setting(
        "Days for which issued zoning answers are kept, so that they can be checked.",
        setting_values.at_least_one,
        "a number from 1",
        3650,
    )
    answers_per_minute: int = _setting(
        "So many zoning answers one address may ask for in a minute.",
        setting_values.at_least_one,
        "a number from 1",
        240,
    )
    signing_certificate: Path | None = _setting(
        "PEM file of the certificate that signs answers, with those it was issued by after it. "
        "Default: a self-signed one, made in the data folder.",
        setting_values.folder,
        "a file",
    )
    signing_key: Path | None = _setting("PEM file of that certificate's private key.", setting_values.folder, "a file")
    timestamp_url: str | None = _setting(
        "Address of the time stamp authority (RFC 3161) that dates signatures. Default: none.",
        setting_values.text,
        "an address",
    )
    embed_origins: tuple[str, ...] = _setting(
        "Sites whose pages may show the map in a frame, as https://example.org with spaces between. Default: none.",
        setting_values.origins,
        "addresses of sites with https:// or http:// and without a path",
        (),
    )
    public_url: str | None = _setting(
        "Address at which people reach the service; links in e-mails begin with it. Default: this machine's own.",
        setting_values.public_url,
        "an address with https:// or http://",
    )
    smtp_host: str | None = _setting(
        "Mail server that takes e-mails. Default: none are sent.", setting_values.text, "a host"
    )
    smtp_port: int = _setting("Port of the mail server.", setting_values.port, "a number from 1 to 65535", 587)
    smtp_security: str = _setting(
        "How the way to the mail server is encrypted: starttls, tls from the first byte on, or none.",
        setting_values.security,
        f"one of {', '.join(setting_values.SECURITIES)}",
        "starttls",
    )
    smtp_user: str | None = _setting(
        "Name by which the mail server knows the service. Default: none.", setting_values.text, "a name"
    )
    smtp_password: str | None = _setting("Password that goes with the name.", setting_values.text, "a text")
    smtp_sender: str | None = _setting("Address from which e-mails come.", setting_values.text, "an e-mail address")
    secret_key: str | None = _setting(
        "Key that signs sessions. Default: made once and kept in the data folder.",
        setting_values.text,
        "a long random text",
    )
    secure_cookies: bool = _setting(
        "Send session cookies over HTTPS only. Default: no on this machine's own address, else yes.",
        setting_values.yes_or_no,
        "yes or no",
        False,
    )

    @classmethod
    def load(cls, environ: Mapping[str, str], dotenv_path: Path = Path(".env")) -> Self:
        """Read every setting; a variable beats the file, an unknown name or unusable value raises SettingsError."""
        given = {**_read_dotenv(dotenv_path), **{key: environ[key] for key in environ if key.startswith("GIS_")}}
        known = {variable(setting): setting for setting in fields(cls)}
        for name in sorted(given):
            if name not in known:
                raise UnknownSetting(name, next(iter(get_close_matches(name, known, 1)), None))
        values = {known[name].name: _parse(known[name], text) for name, text in given.items() if text != ""}
        if "smtp_host" in values and "smtp_sender" not in values:
            raise WrongSetting("GIS_SMTP_HOST is set; set GIS_SMTP_SENDER, the address e-mails come from, as well.")
        return cls(**{**_defaults_here(environ, values.get("host", "127.0.0.1")), **values})

    @property
    def profile_path(self) -> Path:
        """The profile's file; raises UnknownProfile naming the ones there are."""
        for candidate in (Path(self.profile), PROFILES / f"{self.profile}.toml"):
            if candidate.is_file():
                return candidate.absolute()
        raise UnknownProfile(self.profile)

    @property
    def address(self) -> str:
        """Where a browser on this machine finds the service."""
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host  # noqa: S104
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    def session_key(self) -> str:
        """The key that signs sessions; kept in a file so that a restart signs nobody out."""
        if self.secret_key:
            return self.secret_key
        kept = self.data / "secret_key"
        try:
            return kept.read_text(encoding="ascii")
        except FileNotFoundError:
            return _keep_new_key(kept)

    def environment(self) -> dict[str, str]:
        """The variables with which a child process loads these same settings."""
        values = {variable(setting): getattr(self, setting.name) for setting in fields(self)}
        return {name: _written(value) for name, value in values.items() if value is not None}

    def with_changes(self, **changes: Any) -> Self:
        """These settings with what the command line says; None changes nothing."""
        return replace(self, **{name: value for name, value in changes.items() if value is not None})


def variable(setting: Field[Any]) -> str:
    """The environment variable of a setting."""
    return f"GIS_{setting.name.upper()}"


def _written(value: Any) -> str:
    return " ".join(value) if isinstance(value, tuple) else str(value)


def _parse(setting: Field[Any], text: str) -> Any:
    try:
        return setting.metadata["read"](text)
    except ValueError as cause:
        raise WrongSetting(f"{variable(setting)} is {text!r}; it takes {setting.metadata['takes']}.") from cause


def _defaults_here(environ: Mapping[str, str], host: str) -> dict[str, Any]:
    return {
        "data": _default_data(environ),
        "web_processes": min(os.cpu_count() or 1, 2),
        "secure_cookies": host not in _LOOPBACK,
    }


def _default_data(environ: Mapping[str, str]) -> Path:
    if os.geteuid() == 0:
        return Path("/var/lib/gisserver")
    home = environ.get("XDG_DATA_HOME") or str(Path.home() / ".local/share")
    return Path(home) / "gisserver"


def _read_dotenv(path: Path) -> dict[str, str]:
    """Lines of NAME=value; names of other programs are none of our business."""
    if not path.is_file():
        return {}
    lines = (line.strip().removeprefix("export ") for line in path.read_text(encoding="utf-8").splitlines())
    pairs = (line.partition("=") for line in lines if line.startswith("GIS_"))
    return {name.strip(): value.strip().strip("\"'") for name, _, value in pairs}


def _keep_new_key(path: Path) -> str:
    """Two processes may start at once: link() lets only the first key stay."""
    path.parent.mkdir(parents=True, exist_ok=True)
    own = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    try:
        os.link(own, path)
    except FileExistsError:
        pass
    finally:
        own.unlink()
    return path.read_text(encoding="ascii")
