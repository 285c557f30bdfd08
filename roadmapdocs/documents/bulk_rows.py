"""``cards.csv`` of a folder that is brought in: its rows, and what each says as the card of a document."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Mapping
from pathlib import Path

import charset_normalizer

from roadmapdocs.access.rules import Mark
from roadmapdocs.documents.models import Kind
from roadmapdocs.documents.rules import TITLE_LIMIT, Card, Preparation
from roadmapdocs.errors import Refusal
from roadmapdocs.files.limits import KIB
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Organisation, Unit
from roadmapdocs.russian.dates import read_date

CARDS = "cards.csv"
COLUMNS = (
    "file",
    "kind",
    "number",
    "date",
    "title",
    "signer",
    "summary",
    "preparation",
    "organisation",
    "unit",
    "body",
    "mark",
    "mark_basis",
)
LARGEST_CARDS = 20 * 1024 * KIB

_PREPARATIONS = {
    "проект": Preparation.DRAFT,
    "на согласовании": Preparation.IN_APPROVAL,
    "на подписании": Preparation.IN_SIGNING,
    "подписан": Preparation.SIGNED,
    "подписано": Preparation.SIGNED,
    "подписана": Preparation.SIGNED,
    "отозван": Preparation.WITHDRAWN,
}
_MARKS = {
    "": Mark.GENERAL,
    "общий": Mark.GENERAL,
    "дсп": Mark.OFFICIAL,
    "для служебного пользования": Mark.OFFICIAL,
    "персональные данные": Mark.PERSONAL,
    "пдн": Mark.PERSONAL,
} | {str(mark): mark for mark in Mark}


def card_of_row(row: Mapping[str, str], name: str) -> Card:
    """The card that a row describes; ``name`` is its title where the row has none.

    :raise Refusal: naming the column whose words are not understood
    """
    title = row.get("title") or name.replace("_", " ").strip()
    return Card(
        kind=_kind_of(row.get("kind", ""), title),
        title=title[:TITLE_LIMIT] if not row.get("title") else title,
        number=row.get("number", ""),
        date=_date_of(row.get("date", "")),
        summary=row.get("summary", ""),
        signer=row.get("signer", ""),
        preparation=_preparation_of(row),
        organisation_id=_organisation_of(row.get("organisation", "")),
        unit_id=_unit_of(row.get("unit", "")),
        body=row.get("body", ""),
        mark=_mark_of(row.get("mark", "")),
        mark_basis=row.get("mark_basis", ""),
    )


def _kind_of(words: str, title: str) -> str:
    """Code of the kind named by its code, its name or the word of roadmaps; from the title where none is named."""
    kinds = list(Kind.select().where(Kind.active).order_by(Kind.position))
    if words:
        key = words.casefold()
        for kind in kinds:
            if key in {kind.code, kind.name.casefold(), kind.short.casefold(), kind.expected}:
                return str(kind.code)
        known = ", ".join(kind.short for kind in kinds)
        raise Refusal("unknown_kind", _("There is no kind %(code)s. Known: %(known)s.", code=words, known=known))
    start = title.casefold()
    named = [kind for kind in kinds if start.startswith(kind.short.casefold())]
    expected = [kind for kind in kinds if start.startswith(kind.expected)]
    # The kind's own name goes before the word of roadmaps, which several kinds share.
    return str((named or expected)[0].code) if named or expected else "other"


def _organisation_of(words: str) -> int | None:
    rows = list(Organisation.select()) if words else []
    return _named(words, {row.id: {row.name, row.short_name} for row in rows}, "organisation")


def _unit_of(words: str) -> int | None:
    rows = list(Unit.select()) if words else []
    return _named(words, {row.id: {row.name, row.abbreviation} for row in rows}, "unit")


def _named(words: str, names: Mapping[int, set[str]], column: str) -> int | None:
    """Id of the one row that is called so; no words name none.

    :raise Refusal: ``unknown_organisation`` or ``unknown_unit``
    """
    if not words:
        return None
    key = words.casefold()
    found = [number for number, called in names.items() if key in {name.casefold() for name in called}]
    if len(found) != 1:
        sentence = _("%(words)s in the column %(column)s is not known, or known twice. Correct the column or the list.", words=words, column=column)
        raise Refusal(f"unknown_{column}", sentence)
    return found[0]


def _mark_of(words: str) -> Mark:
    mark = _MARKS.get(words.casefold())
    if mark is None:
        known = ", ".join(filter(None, _MARKS))
        raise Refusal("mark", _("%(words)s is no access mark. Known: %(known)s.", words=words, known=known))
    return mark


def _date_of(words: str) -> dt.date | None:
    if not words:
        return None
    try:
        return dt.date.fromisoformat(words)
    except ValueError:
        pass
    day = read_date(words)
    if day is None:
        raise Refusal("date", _("%(words)s is not a date. Write it as 29.11.2021.", words=words))
    return day


def _preparation_of(row: Mapping[str, str]) -> Preparation:
    """The state named; where none is, a document that has its number and its date was signed."""
    words = row.get("preparation", "")
    key = words.casefold()
    if not key:
        return Preparation.SIGNED if row.get("number") and row.get("date") else Preparation.DRAFT
    if key in _PREPARATIONS:
        return _PREPARATIONS[key]
    if key in set(Preparation):
        return Preparation(key)
    known = ", ".join(_PREPARATIONS)
    raise Refusal("preparation", _("%(words)s is no state of a document. Known: %(known)s.", words=words, known=known))


def read_cards(file: Path) -> dict[str, dict[str, str]]:
    """Rows by the name of their file; a row without one, or with one named before, by its place («cards.csv:7»)."""
    if not file.is_file():
        return {}
    data = file.read_bytes()
    if len(data) > LARGEST_CARDS:
        raise Refusal("cards_unreadable", _("cards.csv is larger than 20 MB. Split the folder."))
    best = charset_normalizer.from_bytes(data, cp_isolation=["utf_8", "cp1251", "utf_16"]).best()
    text = str(best).removeprefix("\ufeff") if best else ""
    first = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if ";" in first else ",")
    names = [(name or "").strip().casefold() for name in reader.fieldnames or ()]
    if not set(names) & {"file", "number", "title"}:
        raise Refusal(
            "cards_unreadable",
            _("cards.csv has none of the columns %(columns)s in its first line. Add them.", columns=", ".join(COLUMNS)),
        )
    reader.fieldnames = names
    rows: dict[str, dict[str, str]] = {}
    try:
        for row in reader:
            plain = {name: (row.get(name) or "").strip() for name in COLUMNS}
            place = f"{CARDS}:{reader.line_num}"
            if any(plain.values()):
                rows[place if plain["file"] in rows else plain["file"] or place] = plain
    except csv.Error as problem:
        raise Refusal(
            "cards_unreadable",
            _("cards.csv cannot be read near line %(line)s. Save it anew as CSV.", line=reader.line_num),
        ) from problem
    return rows
