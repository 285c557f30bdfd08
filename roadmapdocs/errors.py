"""Two families of errors: refusals, told to people, and configuration errors, told to operators."""

from __future__ import annotations

from collections.abc import Mapping


class Refusal(Exception):
    """Somebody asked for what cannot be done, and can do something about it.

    ``code`` is stable and meant for programs (``duplicate_file``); ``message`` is a whole sentence in the
    reader's language: what was wanted, why it cannot be, what to do now. ``details`` are plain JSON values.
    """

    def __init__(self, code: str, message: str, **details: object) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.details: Mapping[str, object] = details

    def as_json(self) -> dict[str, object]:
        """Shape of every refusal in JSON, as the command line and the API print it."""
        return {"error": {"code": self.code, "message": self.message, "details": dict(self.details)}}


class Forbidden(Refusal):
    """This actor may not do this; the message says who may, or when."""


class NotFound(Refusal):
    """There is no such thing, or this actor may not know that there is."""


class Conflict(Refusal):
    """Somebody else changed the subject meanwhile; nothing of either is lost."""


class ConfigurationError(Exception):
    """An operator's mistake. The message names the file, the key, the value and what would be right."""
