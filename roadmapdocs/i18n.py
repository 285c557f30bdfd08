"""Messages in the reader's language: English ids, catalogues compiled when the package is built.

The language of the running request or command is a context variable, so that rules and operations can
phrase a refusal without knowing who asks. Formats of dates and numbers come from Babel by the same locale.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from importlib.resources.abc import Traversable

LANGUAGES = ("ru", "en")
DEFAULT_LANGUAGE = "ru"
DOMAIN = "roadmapdocs"

_TWO_STOPS = re.compile(r"(?<!\.)\.\.(?!\.)")
_language: ContextVar[str] = ContextVar("roadmapdocs_language", default=DEFAULT_LANGUAGE)


def language() -> str:
    """Code of the language in which messages are made now: ``ru`` or ``en``."""
    return _language.get()


@contextlib.contextmanager
def use_language(code: str) -> Iterator[None]:
    """Make messages in ``code`` inside the block; an unknown code means the default language."""
    token = _language.set(code if code in LANGUAGES else DEFAULT_LANGUAGE)
    try:
        yield
    finally:
        _language.reset(token)


def gettext(message: str, /, **values: object) -> str:
    """Translate the English ``message`` and fill its ``%(name)s`` places from ``values``."""
    text = _catalogue(language()).gettext(message)
    return _one_stop(text % values) if values else text


def pgettext(context: str, message: str, /) -> str:
    """Translate a word that the language says in different ways: ``context`` tells which is meant."""
    return _catalogue(language()).pgettext(context, message)


def ngettext(singular: str, plural: str, number: int, /, **values: object) -> str:
    """Translate by the plural rules of the language; ``%(num)s`` is filled with ``number``."""
    text = _catalogue(language()).ngettext(singular, plural, number)
    return _one_stop(text % {"num": number, **values})


def _one_stop(text: str) -> str:
    """A sentence that ends in initials («…, Лукина О. С.») has one full stop, not two."""
    return _TWO_STOPS.sub(".", text) if ".." in text else text


def catalogue_file(code: str) -> Traversable:
    """The compiled catalogue of a language, whether or not it has been built."""
    return files("roadmapdocs") / "translations" / code / "LC_MESSAGES" / f"{DOMAIN}.mo"


@cache
def _catalogue(code: str) -> NullTranslations:
    compiled = catalogue_file(code)
    if not compiled.is_file():
        return NullTranslations()
    with compiled.open("rb") as stream:
        return GNUTranslations(stream)
