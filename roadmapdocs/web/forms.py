"""Words of forms, translated when they are shown rather than when the module is read, and cleaning of input."""

from __future__ import annotations

import unicodedata
from typing import cast

from flask_babel.speaklater import LazyString

from roadmapdocs.i18n import gettext


def lazy(message: str) -> str:
    """The English id ``message``, to be translated into the language of whoever reads the form."""
    return cast(str, LazyString(gettext, message))


def plain_text(text: str | None) -> str:
    """Without control characters but for line ends: PostgreSQL keeps no NUL, and nobody sees the others."""
    lines = (text or "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(_seen(line) for line in lines).strip()


def plain_line(text: str | None) -> str:
    """As :func:`plain_text`, in one line with single spaces."""
    return " ".join(_seen(text or "").split())


def _seen(text: str) -> str:
    return "".join(" " if unicodedata.category(letter) in {"Cc", "Cs"} else letter for letter in text)
