"""Settings of an installation: defaults, then ``settings.toml`` in the data folder, then the environment."""

from __future__ import annotations

import dataclasses
import datetime as dt
import difflib
import os
import re
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from roadmapdocs.errors import ConfigurationError
from roadmapdocs.i18n import LANGUAGES

ENVIRONMENT_PREFIX = "ROADMAPDOCS_"
FILE_NAME = "settings.toml"
KEY_FILE_NAME = "secret.key"
DEFAULT_TIMEZONE = "Europe/Moscow"
#: How a connection to the mail server is guarded, and the port that is usual for it.
MAIL_PORTS = {"none": 25, "starttls": 587, "tls": 465}
MAIL_ADDRESS = re.compile(r"[^@\s<>(),;:\"\[\]\\]+@[^@\s<>(),;:\"\[\]\\]+")
LONGEST_ADDRESS = 254
#: The engine of the database itself where "auto" finds one that fits; see docs/decisions/0023-outbox-of-search.md.
SEARCH_ENGINES = ("auto", "whoosh", "sqlite", "postgresql")
#: Where a deadline goes that falls on a day off: to the working day before it, to the one after it, nowhere.
ON_DAY_OFF = ("before", "after", "stay")
#: What may stand in a file of its own instead.
_PASSWORDS = ("mail_password", "oidc_secret", "ldap_password", "odoo_key")
_SECRETS = frozenset({*_PASSWORDS, "queue", "database"})


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an operator may decide.

    ``data`` is the folder of database, files and index; ``database`` an address as :func:`roadmapdocs.db.connect`
    takes it (empty: SQLite in the data folder); ``timezone`` decides which day it is in the office;
    ``max_upload`` is in bytes; ``password_cost`` is "normal" or, for tests only, "cheap".

    Without ``mail_host`` mail is written into a folder. ``mail_port`` 0 is the usual one of ``mail_security``.
    ``base_url`` is where links of mails lead; without it they say where to look. ``queue`` is empty (a file in the
    data folder) or a ``redis://`` address. Hours are HH:MM by the office's clock; ``escalate_after`` is in working days.
    ``deadline_on_day_off`` is "before", "after" or "stay": where the deadline of an assignment goes from a day off.

    ``office_program`` is the path of LibreOffice (empty: the one on PATH); a file may take it ``preview_seconds`` by the
    clock and ``preview_memory`` MiB of memory. Reading the text of a file may take ``text_seconds``; a scan is read as
    far as that lasts.

    ``proxies`` is how many reverse proxies stand before the server and name the client's address. ``webhook_internal``
    lets webhooks reach addresses of the inner network, which they are refused otherwise; so does it Odoo's connector.

    ``oidc_issuer`` is the OpenID provider that people sign in by (empty: none); ``oidc_login`` the claim that holds their
    login. ``ldap_address`` is ``ldap://`` or ``ldaps://``; accounts are looked for below ``ldap_base`` by the attribute
    ``ldap_login``, by ``ldap_user`` where that takes more than anybody. ``sign_in_makes`` are roles ("staff") that somebody
    whom one of the two knows, and the registry does not, gets with a new account; empty: no account is made.
    ``sign_in_roles`` are pairs such as ``office-clerks=clerk, heads=executive``: roles by groups.

    ``odoo_address`` is a live Odoo to keep step with (empty: none), by its ``odoo_database``, ``odoo_login`` and
    ``odoo_key``.

    Of a password ``x`` there may be an ``x_file`` instead: the path of a file that holds it.

    ``search`` is the engine of search: "auto", "whoosh", "sqlite" or "postgresql". ``search_folder`` is where the files
    of Whoosh lie (empty: beside the data).
    """

    data: Path
    database: str = ""
    language: str = "ru"
    timezone: str = DEFAULT_TIMEZONE
    office: str = ""
    max_upload: int = 50 * 1024 * 1024
    sign_in_limit: str = "20 per minute"
    password_cost: str = "normal"  # noqa: S105  # a cost, not a password
    demo: bool = False
    secure_cookies: bool = False
    mail_host: str = ""
    mail_port: int = 0
    mail_security: str = "starttls"
    mail_user: str = ""
    mail_password: str = field(default="", repr=False)
    mail_password_file: str = ""
    mail_from: str = ""
    base_url: str = ""
    queue: str = field(default="", repr=False)
    quiet_from: str = "20:00"
    quiet_until: str = "08:00"
    digest_at: str = "08:30"
    escalate_after: int = 3
    deadline_on_day_off: str = "before"
    office_program: str = ""
    preview_seconds: int = 60
    preview_memory: int = 2048
    text_seconds: int = 120
    search: str = "auto"
    search_folder: str = ""
    proxies: int = 0
    webhook_internal: bool = False
    sign_in_makes: str = ""
    sign_in_roles: str = ""
    oidc_issuer: str = ""
    oidc_client: str = ""
    oidc_secret: str = field(default="", repr=False)
    oidc_secret_file: str = ""
    oidc_login: str = "preferred_username"
    oidc_groups: str = "groups"
    ldap_address: str = ""
    ldap_starttls: bool = True
    ldap_base: str = ""
    ldap_login: str = "uid"
    ldap_user: str = ""
    ldap_password: str = field(default="", repr=False)
    ldap_password_file: str = ""
    ldap_groups: str = "memberOf"
    odoo_address: str = ""
    odoo_database: str = ""
    odoo_login: str = ""
    odoo_key: str = field(default="", repr=False)
    odoo_key_file: str = ""

    @property
    def database_address(self) -> str:
        return self.database or f"sqlite:///{self.data / 'roadmapdocs.sqlite3'}"

    @property
    def files_folder(self) -> Path:
        return self.data / "files"

    @property
    def workflow_folder(self) -> Path | None:
        """Definitions of workflows of the office's own; None while it has none."""
        folder = self.data / "workflow"
        return folder if folder.is_dir() else None

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def outbox_folder(self) -> Path:
        """Where mail is written while there is no server for it."""
        return self.data / "outbox"

    @property
    def queue_file(self) -> Path:
        return self.data / "queue.sqlite3"

    def hour(self, name: str) -> dt.time:
        """``quiet_from``, ``quiet_until`` or ``digest_at`` as an hour of the day."""
        return dt.time.fromisoformat(getattr(self, name))

    def secret(self, name: str) -> str:
        """The password of this name ("mail_password", "odoo_key"), given or out of its file.

        :raise ConfigurationError: if the file cannot be read
        """
        file: str = getattr(self, f"{name}_file")
        if not file:
            return str(getattr(self, name))
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as problem:
            reason = getattr(problem, "strerror", problem)
            raise ConfigurationError(f"{name}_file: {file!r} cannot be read: {reason}") from problem


def load(data: Path | None = None, environment: Mapping[str, str] | None = None) -> Settings:
    """Settings for the data folder given, else ``ROADMAPDOCS_DATA``, else ``./data``.

    :raise ConfigurationError: naming file (or variable), key, value and the nearest known key
    """
    given = os.environ if environment is None else environment
    folder = (data or Path(given.get(ENVIRONMENT_PREFIX + "DATA", "data"))).resolve()
    values: dict[str, object] = {}
    file = folder / FILE_NAME
    if file.is_file():
        values.update(_from_file(file))
    for name in _types():
        if name != "data" and (raw := given.get(ENVIRONMENT_PREFIX + name.upper())) is not None:
            values[name] = _convert(name, raw, f"{ENVIRONMENT_PREFIX}{name.upper()}")
    settings = Settings(data=folder, **values)  # type: ignore[arg-type]  # each value was converted to its type
    _check(settings, str(file))
    return settings


def secret_key(settings: Settings) -> str:
    """The key that signs sessions: made once at random, readable by its owner only, kept beside the data."""
    file = settings.data / KEY_FILE_NAME
    settings.data.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text(encoding="ascii")
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(secrets.token_hex(32))
    return file.read_text(encoding="ascii")


def _types() -> dict[str, str]:
    return {field.name: str(field.type) for field in dataclasses.fields(Settings)}


def _from_file(file: Path) -> dict[str, object]:
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise ConfigurationError(f"{file}: not readable as TOML: {problem}") from problem
    known = [name for name in _types() if name != "data"]
    for key in table:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else f"; known: {', '.join(known)}"
            raise ConfigurationError(f"{file}: unknown key {key!r}{hint}")
    return {key: _convert(key, value, f"{file}: {key}") for key, value in table.items()}


def _convert(name: str, value: object, place: str) -> object:
    kind = _types()[name]
    if kind == "bool" and isinstance(value, str) and value.lower() in {"1", "true", "yes", "0", "false", "no"}:
        return value.lower() in {"1", "true", "yes"}
    if kind == "int" and isinstance(value, str) and value.isdigit():
        return int(value)
    if type(value).__name__ != kind:
        shown = "…" if name in _SECRETS else repr(value)
        raise ConfigurationError(f"{place}: {shown} is not {'true or false' if kind == 'bool' else kind}")
    return value


def _check(settings: Settings, file: str) -> None:
    if settings.language not in LANGUAGES:
        raise ConfigurationError(f"{file}: language: {settings.language!r} is not one of {', '.join(LANGUAGES)}")
    if settings.password_cost not in {"normal", "cheap"}:
        raise ConfigurationError(f"{file}: password_cost: {settings.password_cost!r} is neither normal nor cheap")
    if settings.max_upload <= 0:
        raise ConfigurationError(f"{file}: max_upload: {settings.max_upload} bytes is not a size")
    try:
        ZoneInfo(settings.timezone)
    except (ZoneInfoNotFoundError, ValueError) as problem:
        raise ConfigurationError(f"{file}: timezone: {settings.timezone!r} is unknown") from problem
    for name in _PASSWORDS:
        if getattr(settings, name) and getattr(settings, f"{name}_file"):
            raise ConfigurationError(f"{file}: {name}: is given beside {name}_file; keep one of them")
    _check_mail(settings, file)
    _check_notices(settings, file)
    if settings.deadline_on_day_off not in ON_DAY_OFF:
        known = ", ".join(ON_DAY_OFF)
        raise ConfigurationError(f"{file}: deadline_on_day_off: {settings.deadline_on_day_off!r} is not one of {known}")
    _check_previews(settings, file)
    _check_search(settings, file)
    _check_neighbours(settings, file)


def _check_mail(settings: Settings, file: str) -> None:
    if settings.mail_security not in MAIL_PORTS:
        known = ", ".join(MAIL_PORTS)
        raise ConfigurationError(f"{file}: mail_security: {settings.mail_security!r} is not one of {known}")
    if not 0 <= settings.mail_port <= 65535:
        raise ConfigurationError(f"{file}: mail_port: {settings.mail_port} is not a port (1 to 65535)")
    sender = parseaddr(settings.mail_from)[1] if settings.mail_from.isprintable() else ""
    if settings.mail_from and not is_mail_address(sender):
        raise ConfigurationError(f"{file}: mail_from: {settings.mail_from!r} is not an address such as registry@example.org")
    if settings.mail_host and not settings.mail_from:
        raise ConfigurationError(f"{file}: mail_from: is needed with mail_host {settings.mail_host!r}; write registry@example.org")


def _check_neighbours(settings: Settings, file: str) -> None:
    """The other programs that the registry has to do with."""
    if not 0 <= settings.proxies <= 9:
        raise ConfigurationError(f"{file}: proxies: {settings.proxies} is not a number of reverse proxies from 0 to 9")
    for name, example in (("base_url", "registry"), ("oidc_issuer", "id"), ("odoo_address", "odoo")):
        _check_address(file, name, getattr(settings, name), ("https", "http"), example)
    _check_address(file, "ldap_address", settings.ldap_address, ("ldaps", "ldap"), "directory")
    wanted = {
        "oidc_issuer": ("oidc_client", "oidc_login"),
        "ldap_address": ("ldap_base", "ldap_login"),
        "odoo_address": ("odoo_database", "odoo_login"),
    }
    for name, others in wanted.items():
        for other in others:
            if getattr(settings, name) and not getattr(settings, other):
                raise ConfigurationError(f"{file}: {other}: is needed with {name} {getattr(settings, name)!r}")


def _check_address(file: str, name: str, value: str, schemes: tuple[str, ...], example: str) -> None:
    try:
        url = urlsplit(value)
    except ValueError:
        url = urlsplit("")
    if value and (url.scheme not in schemes or not url.netloc or url.query or url.fragment):
        raise ConfigurationError(f"{file}: {name}: {value!r} is not an address such as {schemes[0]}://{example}.example.org")


def _check_notices(settings: Settings, file: str) -> None:
    if settings.queue and not settings.queue.startswith(("redis://", "rediss://", "unix://")):
        raise ConfigurationError(f"{file}: queue: is neither empty nor an address such as redis://localhost:6379/0")
    for name in ("quiet_from", "quiet_until", "digest_at"):
        value = getattr(settings, name)
        if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
            raise ConfigurationError(f"{file}: {name}: {value!r} is not an hour such as 08:30")
    if settings.escalate_after <= 0:
        raise ConfigurationError(f"{file}: escalate_after: {settings.escalate_after} is not a number of working days")


def _check_previews(settings: Settings, file: str) -> None:
    if not 5 <= settings.preview_seconds <= 300:
        raise ConfigurationError(f"{file}: preview_seconds: {settings.preview_seconds} is not a number of seconds from 5 to 300")
    if settings.preview_memory < 512:
        raise ConfigurationError(f"{file}: preview_memory: {settings.preview_memory} is too few MiB for LibreOffice; give it 512 or more")
    if not 10 <= settings.text_seconds <= 600:
        raise ConfigurationError(f"{file}: text_seconds: {settings.text_seconds} is not a number of seconds from 10 to 600")


def _check_search(settings: Settings, file: str) -> None:
    if settings.search not in SEARCH_ENGINES:
        known = ", ".join(SEARCH_ENGINES)
        raise ConfigurationError(f"{file}: search: {settings.search!r} is not one of {known}")
    sqlite = settings.database_address.startswith("sqlite:///")
    if settings.search == ("postgresql" if sqlite else "sqlite"):
        kept = "SQLite" if sqlite else "PostgreSQL"
        raise ConfigurationError(f"{file}: search: {settings.search!r} does not go with a database on {kept}; write auto")


def is_mail_address(text: str) -> bool:
    """Whether mail can be sent to ``text``: one bare address, nothing that would end its line."""
    return len(text) <= LONGEST_ADDRESS and text.isprintable() and MAIL_ADDRESS.fullmatch(text) is not None
