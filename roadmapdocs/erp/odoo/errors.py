"""Our refusals under the names, codes and statuses by which clients of Odoo know theirs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from roadmapdocs.errors import Conflict, Forbidden, NotFound, Refusal


class Fault(IntEnum):
    """Codes of XML-RPC faults: whatever else, told to the user, wrong secret, no right."""

    OTHER = 1
    WARNING = 2
    DENIED = 3
    ACCESS = 4


class Invalid(Refusal):
    """What the client sent is not what the call takes: a domain, a field, a value, an argument."""


class Unknown(NotFound):
    """A model or a method that nobody may call, because it does not exist or is not published."""


class Denied(Forbidden):
    """Login, secret and database do not open anything."""


class TooManyTries(Denied):
    """Somebody has tried too many secrets from this address."""


class NoDatabase(Refusal):
    """The client asks for a database by a name that is not this one's."""


@dataclass(frozen=True, slots=True)
class Told:
    """A failure as each protocol tells it; ``status`` is that of HTTP, where the protocol uses it."""

    name: str
    message: str
    code: str
    fault: Fault
    status: int

    def as_json(self) -> dict[str, object]:
        """The object that JSON-RPC has as ``error.data`` and JSON-2 as its whole body. Nothing of the inside is told."""
        return {
            "name": self.name,
            "message": self.message,
            "arguments": [self.message],
            "context": {},
            "debug": "",
            "code": self.code,
        }


_NAMES: tuple[tuple[type[Refusal], str, Fault, int], ...] = (
    (NoDatabase, "psycopg2.OperationalError", Fault.OTHER, 404),
    (TooManyTries, "odoo.exceptions.AccessDenied", Fault.DENIED, 429),
    (Denied, "odoo.exceptions.AccessDenied", Fault.DENIED, 401),
    (Invalid, "odoo.exceptions.ValidationError", Fault.WARNING, 422),
    (Unknown, "werkzeug.exceptions.NotFound", Fault.OTHER, 404),
    (Forbidden, "odoo.exceptions.AccessError", Fault.ACCESS, 403),
    (NotFound, "odoo.exceptions.MissingError", Fault.WARNING, 404),
    (Conflict, "odoo.exceptions.UserError", Fault.WARNING, 409),
    (Refusal, "odoo.exceptions.UserError", Fault.WARNING, 422),
)


def told(refusal: Refusal) -> Told:
    """How a refusal is told to a client: by the first of the names that fits."""
    for kind, name, fault, status in _NAMES:
        if isinstance(refusal, kind):
            return Told(name, _sentence(refusal), refusal.code, fault, status)
    raise AssertionError("every refusal is one")


def failed(message: str) -> Told:
    """Something broke on our side; what, stands in the log."""
    return Told("builtins.Exception", message, "failed", Fault.OTHER, 500)


def _sentence(refusal: Refusal) -> str:
    """The refusal's words with those of its fields, which a page would print beside each."""
    fields = refusal.details.get("fields")
    if not isinstance(fields, Mapping):
        return refusal.message
    more = [str(words) for words in fields.values() if str(words) not in refusal.message]
    return "\n".join([refusal.message, *more])
