"""In what surroundings a call is made: who asks, when, in which office, and what the client sent as its context."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from roadmapdocs.erp.odoo.errors import Invalid
from roadmapdocs.files.store import FileStore
from roadmapdocs.i18n import LANGUAGES, language
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor

#: Codes of languages as clients of Odoo have them, by ours.
LOCALES = {"ru": "ru_RU", "en": "en_US"}


@dataclass(frozen=True, slots=True)
class Office:
    """What an installation lends to a call. ``url`` is its own address without a slash at the end."""

    now: dt.datetime
    today: dt.date
    store: FileStore
    zone: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """The keys of a client's context that mean something here. ``defaults`` are values of ``default_<field>``."""

    lang: str = ""
    tz: str = ""
    active_test: bool = True
    bin_size: bool = False
    defaults: Mapping[str, Any] = field(default_factory=dict)
    raw: Mapping[str, Any] = field(default_factory=dict)

    @property
    def language(self) -> str:
        """The code of one of our languages: the client's, or else the one that the installation speaks."""
        code = self.lang.partition("_")[0]
        return code if code in LANGUAGES else language()


def context_of(value: object) -> Context:
    """
    :raise Invalid: ``context`` if it is no object with names
    """
    if value is None or value is False:
        return Context()
    if not isinstance(value, Mapping) or not all(isinstance(name, str) for name in value):
        raise Invalid("context", _("The context is an object with named values. Send {} if there are none."))
    defaults = {name.removeprefix("default_"): one for name, one in value.items() if name.startswith("default_")}
    lang, tz = value.get("lang"), value.get("tz")
    return Context(
        lang=lang if isinstance(lang, str) else "",
        tz=tz if isinstance(tz, str) else "",
        active_test=bool(value.get("active_test", True)),
        bin_size=bool(value.get("bin_size")),
        defaults=defaults,
        raw=value,
    )


@dataclass(frozen=True, slots=True)
class Env:
    """One call: everything that a model's functions get beside ids and values.

    ``kept`` lives as long as the call: what several fields need of the same rows is looked up once.
    """

    actor: Actor
    office: Office
    context: Context = field(default_factory=Context)
    kept: dict[Any, Any] = field(default_factory=dict)

    @property
    def now(self) -> dt.datetime:
        return self.office.now

    @property
    def today(self) -> dt.date:
        return self.office.today

    @property
    def store(self) -> FileStore:
        return self.office.store
