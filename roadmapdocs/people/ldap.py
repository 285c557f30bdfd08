"""The directory of the office over LDAP: finding somebody there, and trying a password against it.

Connections are guarded by TLS with the certificate verified (``ldaps://``, or STARTTLS where ``ldap_starttls``), wait
a few seconds and follow no referral. ldap3 is an extra: ``pip install roadmapdocs[ldap]``.
"""

from __future__ import annotations

import contextlib
import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from roadmapdocs.errors import ConfigurationError, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.outside import Outsider
from roadmapdocs.russian.names import FullName, is_patronymic
from roadmapdocs.settings import Settings

if TYPE_CHECKING:
    from ldap3 import Connection

SOURCE: Final = "ldap"
CONNECT_S: Final = 5
ANSWER_S: Final = 15
_ATTRIBUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9;.-]*")
#: What never changes of an entry: of OpenLDAP and 389, of Active Directory.
_IDS: Final = ("entryUUID", "nsUniqueId", "objectGUID")
_NAMES: Final = ("sn", "givenName", "middleName", "displayName", "cn", "mail", "title", "department", "ou", "employeeNumber")
_STATES: Final = ("userAccountControl", "nsAccountLock")
#: Bit of userAccountControl: ACCOUNTDISABLE.
_DISABLED: Final = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the directory: its DN and the values of its attributes, by their names in lower case."""

    dn: str
    values: Mapping[str, tuple[bytes, ...]]

    def text(self, name: str) -> str:
        """The first value of an attribute as text; empty where there is none."""
        found = self.values.get(name.lower(), ())
        return found[0].decode("utf-8", "replace") if found else ""

    def texts(self, name: str) -> list[str]:
        return [value.decode("utf-8", "replace") for value in self.values.get(name.lower(), ())]

    @property
    def external(self) -> str:
        """What it is called for good; its DN where the directory tells nothing better."""
        for name in _IDS:
            raw = self.values.get(name.lower(), (b"",))[0]
            if name == "objectGUID" and len(raw) == 16:
                return str(uuid.UUID(bytes_le=raw))
            if raw:
                return raw.decode("ascii", "replace").lower()
        return self.dn.casefold()

    @property
    def active(self) -> bool:
        control = self.text("userAccountControl")
        disabled = control.isdecimal() and int(control[:10]) & _DISABLED
        return not disabled and self.text("nsAccountLock").lower() != "true"

    def outsider(self, settings: Settings, typed: str = "") -> Outsider:
        """Who it is. Of several logins it is the one that was typed."""
        logins = self.texts(settings.ldap_login)
        login = next((one for one in logins if one.casefold() == typed.casefold()), logins[0] if logins else "")
        surname, name, patronymic = _name(self)
        groups = frozenset(self.texts(settings.ldap_groups)) if settings.ldap_groups else frozenset()
        return Outsider(SOURCE, self.external, login, surname, name, patronymic, self.text("mail"), groups)


def _name(entry: Entry) -> tuple[str, str, str]:
    """Surname, name and patronymic; empty where the entry has no name of a person."""
    surname, given, patronymic = entry.text("sn"), entry.text("givenName"), entry.text("middleName")
    if surname and given:
        first, _space, second = given.strip().partition(" ")
        if second and not patronymic and is_patronymic(second):
            return surname, first, second
        return surname, given, patronymic
    for whole in (entry.text("displayName"), entry.text("cn")):
        with contextlib.suppress(Refusal):
            read = FullName.read(whole)
            if read.name and not read.name.endswith("."):
                return read.surname, read.name, read.patronymic
    return surname, given, patronymic


def authenticate(settings: Settings, login: str, password: str) -> Outsider | None:
    """Whom this login and password open in the directory; None where they do not fit.

    :raise Refusal: ``directory_down`` if it cannot be asked, ``two_entries`` if the login is of several people
    """
    if not login or not password or "\x00" in login:
        # An empty password is no password to LDAP, but a bind of nobody, which succeeds.
        return None
    with asking():
        with connected(settings) as service:
            entry = _found(service, settings, login)
        if entry is None:
            return None
        from ldap3.core.exceptions import LDAPOperationResult  # noqa: PLC0415  # an extra

        try:
            with _connection(settings, entry.dn, password):
                return entry.outsider(settings, login)
        except LDAPOperationResult:
            # Wrong, expired, locked or without a password: the directory lets nobody in, and keeps why to itself.
            return None


@contextlib.contextmanager
def connected(settings: Settings) -> Iterator[Connection]:
    """A connection for looking people up, as ``ldap_user`` or as anybody."""
    with _connection(settings, settings.ldap_user, settings.secret("ldap_password") if settings.ldap_user else "") as service:
        yield service


@contextlib.contextmanager
def asking() -> Iterator[None]:
    """
    :raise Refusal: ``directory_down``
    """
    try:
        from ldap3.core.exceptions import LDAPException  # noqa: PLC0415  # an extra
    except ImportError as problem:
        raise ConfigurationError("ldap_address: needs the extra: pip install roadmapdocs[ldap]") from problem
    try:
        yield
    except (LDAPException, OSError) as problem:
        sentence = _("The directory of the office does not answer as it should. Try again later or ask the administrator.")
        raise Refusal("directory_down", sentence, reason=str(problem)[:200]) from problem


@contextlib.contextmanager
def _connection(settings: Settings, user: str, password: str) -> Iterator[Connection]:
    from ldap3 import ANONYMOUS, NONE, SIMPLE, Server  # noqa: PLC0415  # an extra
    from ldap3 import Connection as Opened  # noqa: PLC0415  # likewise
    from ldap3.core.exceptions import LDAPException  # noqa: PLC0415  # likewise

    from roadmapdocs.people.ldap_tls import VerifiedTls  # noqa: PLC0415  # likewise

    address = urlsplit(settings.ldap_address)
    secure = address.scheme == "ldaps"
    port = address.port or (636 if secure else 389)
    server = Server(address.hostname, port, use_ssl=secure, tls=VerifiedTls(), get_info=NONE, connect_timeout=CONNECT_S)
    opened = Opened(
        server,
        user or None,
        password or None,
        authentication=SIMPLE if user else ANONYMOUS,
        auto_referrals=False,
        raise_exceptions=True,
        read_only=True,
        receive_timeout=ANSWER_S,
        check_names=False,
    )
    try:
        opened.open()
        if settings.ldap_starttls and not secure:
            opened.start_tls()
        opened.bind()
        yield opened
    finally:
        with contextlib.suppress(LDAPException, OSError):
            opened.unbind()
        if opened.socket is not None:
            # Where nobody answered, ldap3 leaves it open.
            opened.socket.close()


def attributes(settings: Settings) -> list[str]:
    """
    :raise ConfigurationError: if ``ldap_login`` or ``ldap_groups`` is no name of an attribute
    """
    for setting in ("ldap_login", "ldap_groups"):
        value: str = getattr(settings, setting)
        if value and not _ATTRIBUTE.fullmatch(value):
            raise ConfigurationError(f"{setting}: {value!r} is not the name of an attribute such as uid")
    own = [name for name in (settings.ldap_login, settings.ldap_groups) if name]
    return [*dict.fromkeys([*own, *_IDS, *_NAMES, *_STATES])]


def _found(service: Connection, settings: Settings, login: str) -> Entry | None:
    from ldap3 import SUBTREE  # noqa: PLC0415  # an extra
    from ldap3.utils.conv import escape_filter_chars  # noqa: PLC0415  # likewise

    wanted = attributes(settings)
    condition = f"({settings.ldap_login}={escape_filter_chars(login)})"
    service.search(settings.ldap_base, condition, SUBTREE, attributes=wanted, size_limit=20, time_limit=ANSWER_S)
    entries = entries_of(service.response or [])
    if len(entries) > 1:
        raise Refusal(
            "two_entries",
            _("The directory of the office knows several people by this login, so none of them is let in. Tell its administrator."),
        )
    return entries[0] if entries else None


def entries_of(response: list[dict[str, Any]]) -> list[Entry]:
    """The entries of an answer, without referrals to other directories."""
    return [
        Entry(one["dn"], {name.lower(): tuple(values) for name, values in one["raw_attributes"].items()})
        for one in response
        if one.get("type") == "searchResEntry"
    ]
