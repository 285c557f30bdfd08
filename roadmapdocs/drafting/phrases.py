"""The office's library of ready phrases: ours to begin with, then its own; placeholders are filled from the document."""

from __future__ import annotations

import datetime as dt
import functools
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final

from roadmapdocs.access.rules import Action, require
from roadmapdocs.audit.operations import record
from roadmapdocs.db import transaction
from roadmapdocs.documents.links.naming import kind_word
from roadmapdocs.documents.links.stamps import organisation_of
from roadmapdocs.documents.models import Document
from roadmapdocs.drafting.citing import roadmap_words
from roadmapdocs.drafting.models import Draft, Phrase
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor
from roadmapdocs.roadmap.models import Edition, ExpectedDocument, Item, Roadmap

PLACES: Final = ("preamble", "point", "control", "repeal", "force")
LONGEST: Final = 1_000
_NAME = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Filled:
    """A phrase as it goes into a text. ``missing`` are placeholders that the document says nothing for: they stay."""

    phrase: Phrase
    text: str
    missing: tuple[str, ...] = ()


def placeholders() -> dict[str, str]:
    """What a phrase may leave to be filled in, with what stands for it."""
    return {
        "организация": _("the organisation, in the genitive"),
        "вид": _("the kind of the document, in the genitive"),
        "дорожная карта": _("the roadmap that the draft was made for, in the genitive"),
        "пункт": _("the number of its item"),
        "год": _("the year of the document"),
        "учебный год": _("the school year of the document"),
        "заголовок": _("the heading"),
        "место": _("the place"),
        # What only the author knows stays in braces until somebody writes it.
        "документ": _("another document: you write it"),
        "срок": _("a term: you write it"),
        "кто": _("a person with the post: you write it"),
        "что": _("a matter: you write it"),
    }


@functools.cache
def shipped() -> tuple[Mapping[str, Any], ...]:
    return tuple(tomllib.loads((files("roadmapdocs.drafting") / "phrases.toml").read_text(encoding="utf-8"))["phrases"])


def load_phrases() -> int:
    """Adopt our phrases into a library that has none; give how many. One that the office has keeps as it is."""
    with transaction():
        if Phrase.select().exists():
            return 0
        for position, row in enumerate(shipped(), start=1):
            Phrase.create(place=row["place"], text=row["text"], kinds=row.get("kinds", []), position=position)
    return len(shipped())


def phrases_for(place: str, kind: str = "") -> list[Phrase]:
    """Active phrases of a place for documents of this kind (a code), in their order."""
    rows = Phrase.select().where((Phrase.place == place) & Phrase.active).order_by(Phrase.position, Phrase.id)
    return [row for row in rows if not kind or not row.kinds or kind in row.kinds]


def filled_for(document: Document, draft: Draft | None, place: str, *, today: dt.date) -> list[Filled]:
    """The phrases of a place for a document, filled in from it."""
    known = facts_of(document, draft, today=today)
    return [fill(phrase, known) for phrase in phrases_for(place, document.kind.code)]


def fill(phrase: Phrase, known: Mapping[str, str]) -> Filled:
    missing: list[str] = []

    def filled(found: re.Match[str]) -> str:
        name = " ".join(found[1].split()).casefold()
        if known.get(name):
            return known[name]
        missing.append(found[1])
        return found[0]

    return Filled(phrase, _NAME.sub(filled, phrase.text), tuple(missing))


def facts_of(document: Document, draft: Draft | None, *, today: dt.date) -> dict[str, str]:
    """What stands for each placeholder; empty where the document does not say."""
    day = document.date or today
    organisation = organisation_of(document)
    autumn = day.year if day.month >= 6 else day.year - 1
    roadmap, item = _roadmap(draft)
    return {
        "организация": (organisation.genitive or organisation.short_name) if organisation else "",
        "вид": kind_word(document.kind, "gen"),
        "дорожная карта": roadmap,
        "пункт": item,
        "год": str(day.year),
        "учебный год": f"{autumn}/{(autumn + 1) % 100:02} учебный год",
        "заголовок": document.title,
        "место": organisation.place if organisation else "",
    }


def _roadmap(draft: Draft | None) -> tuple[str, str]:
    expected = draft.made_from.get("expected") if draft is not None else None
    if expected is None:
        return "", ""
    rows = Item.select(Item, Edition, Roadmap).join(ExpectedDocument).switch(Item).join(Edition).join(Roadmap)
    item: Item | None = rows.where(ExpectedDocument.id == expected).first()
    if item is None:
        return "", ""
    return roadmap_words(item.edition.roadmap.title), item.number.strip(" .")


def keep_phrase(
    phrase_id: int | None,
    place: str,
    text: str,
    kinds: Sequence[str] = (),
    *,
    active: bool = True,
    position: int | None = None,
    by: Actor,
    now: dt.datetime,
) -> Phrase:
    """Add a phrase, or change one. What stands in braces must be a name that can be filled in.

    :raise Forbidden: if the person keeps no cards
    :raise NotFound: if there is no such phrase
    :raise Refusal: ``phrase`` with ``field`` in the details
    """
    require(by, Action.WRITE_DOCUMENT)
    text = " ".join(text.split())
    _check(place, text)
    with transaction():
        columns: dict[str, Any] = {"place": place, "text": text, "kinds": sorted(set(kinds)), "active": active}
        if position is not None:
            columns["position"] = position
        if phrase_id is None:
            columns.setdefault("position", _last(place) + 1)
            phrase = Phrase.create(**columns)
        elif not Phrase.update(columns).where(Phrase.id == phrase_id).execute():
            raise NotFound("no_phrase", _("There is no such phrase any more. Look at the library again."))
        else:
            phrase = Phrase.get_by_id(phrase_id)
        effect = {"place": place, "text": text, **({} if active else {"active": False})}
        record("phrase_kept", subject=phrase, effect=effect, by=by, now=now)
    return phrase


def _last(place: str) -> int:
    last = Phrase.select(Phrase.position).where(Phrase.place == place).order_by(Phrase.position.desc())
    return int(last.limit(1).scalar() or 0)


def _check(place: str, text: str) -> None:
    if place not in PLACES:
        raise Refusal("phrase", _("Choose where the phrase goes."), field="place")
    if not text:
        raise Refusal("phrase", _("Fill this in."), field="text")
    if len(text) > LONGEST:
        raise Refusal("phrase", _("This is longer than %(limit)s characters. Shorten it.", limit=LONGEST), field="text")
    for name in _NAME.findall(text):
        if " ".join(name.split()).casefold() not in placeholders():
            known = ", ".join(f"{{{one}}}" for one in placeholders())
            raise Refusal(
                "phrase", _("Nothing is filled in for {%(name)s}. Known: %(known)s.", name=name, known=known), field="text"
            )
