"""The list of documents: its filters as conditions, its orders, its lines.

A page costs the same at a thousand documents and at a hundred thousand: ids are picked along an index, and lines are
read for these only, as the database has them.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any, Final

import peewee as pw

from roadmapdocs.coverage.models import Proof
from roadmapdocs.db import JsonField, UtcDateTimeField, database
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.rules import search_key
from roadmapdocs.documents.visibility import visible_to
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor
from roadmapdocs.registration.numbers import normalise_number
from roadmapdocs.roadmap.models import ExpectedDocument
from roadmapdocs.web.api.paging import Order, day, moment, whole, words
from roadmapdocs.workflow.rules import Line

_KEYS: Final = {
    "date": (day(Document.listed_on), whole(Document.id)),
    "number": (words(Document.number_sort), whole(Document.id)),
    "changed": (moment(Document.changed_at), whole(Document.id)),
    "id": (whole(Document.id),),
}
#: Columns by their names in answers.
_COLUMNS: Final[dict[str, pw.Field]] = {
    **{
        name: getattr(Document, name)
        for name in (
            *("id", "number", "date", "title", "signer", *(str(line) for line in Line), "named_states", "mark"),
            *("registered_on", "force_from", "force_until", "control_due", "revision", "created_at", "changed_at"),
        )
    },
    "signer_id": Document.signer_employee,
    "drafter_id": Document.drafter,
    "unit_id": Document.unit,
    "organisation_id": Document.organisation,
    "case_id": Document.case,
    "kind": Kind.code,
}
NAMES: Final = frozenset({*_COLUMNS, "@id"})


def order_of(asked: str) -> Order:
    """The order that a caller names, as in ``-date``."""
    return Order(_KEYS[asked.removeprefix("-")], descending=asked.startswith("-"))


def matching(asked: dict[str, Any], actor: Actor) -> pw.ModelSelect:
    """Ids of the documents that meet the filters and are open to the actor, in no order.

    :raise Refusal: ``values`` if there is no such kind
    """
    query = Document.select(Document.id).where(visible_to(actor))
    for clause in (*_of_card(asked), *_of_rows_around(asked)):
        query = query.where(clause)
    return query


def _of_card(asked: dict[str, Any]) -> list[Any]:
    found: list[Any] = []
    for name in (*(str(line) for line in Line), "mark"):
        if name in asked:
            found.append(getattr(Document, name) == asked[name])
    if key := normalise_number(asked.get("number", "")):
        found.append(Document.number_key == key)
    if "date_from" in asked:
        found.append(Document.listed_on >= asked["date_from"])
    if "date_to" in asked:
        found.append(Document.listed_on <= asked["date_to"])
    if "changed_since" in asked:
        found.append(Document.changed_at >= asked["changed_since"])
    for word in search_key(asked.get("q", "").replace("№", " ")).split():
        found.append(Document.search_key.contains(word))
    return found


def _of_rows_around(asked: dict[str, Any]) -> list[Any]:
    found: list[Any] = []
    if "kind" in asked:
        found.append(Document.kind.in_(_kinds(asked["kind"])))
    columns = (Document.case, Document.drafter, Document.unit, Document.organisation)
    for name, column in zip(("case", "drafter", "unit", "organisation"), columns, strict=True):
        if name in asked:
            found.append(column == asked[name])
    if "signer" in asked:
        found.append(Document.signer_employee == asked["signer"])
    if "item" in asked:
        proving = Proof.select(Proof.document).join(ExpectedDocument).where(ExpectedDocument.item == asked["item"])
        found.append(Document.id.in_(proving))
    return found


def _kinds(asked: str) -> list[int]:
    codes = {code.strip() for code in asked.split(",") if code.strip()}
    known = dict(Kind.select(Kind.code, Kind.id).tuples())
    unknown = codes.difference(known)
    if unknown or not codes:
        sentence = _(
            "There is no kind %(code)s. Known: %(known)s.", code=min(unknown, default="—"), known=", ".join(sorted(known))
        )
        raise Refusal("values", sentence, fields={"kind": sentence})
    return [known[code] for code in codes]


def lines(picked: Collection[int], wanted: frozenset[str], addresses: str) -> list[dict[str, Any]]:
    """Lines of the documents of these ids, in that order, with the ``wanted`` names; ``addresses`` begins theirs."""
    names = [name for name in _COLUMNS if name in wanted or name == "id"]
    query = Document.select(*(_COLUMNS[name] for name in names)).where(Document.id.in_(picked))
    if "kind" in wanted:
        query = query.join(Kind)
    # As the driver has it: to read fifty times six days and write them again would be half of the page.
    rows = {row[0]: row for row in database.execute(query).fetchall()}
    plain = [(name, _PLAIN.get(type(_COLUMNS[name]), _as_it_is)) for name in names]
    found = []
    for one in picked:
        if one in rows:
            line = {name: read(value) for (name, read), value in zip(plain, rows[one], strict=True)}
            if "@id" in wanted:
                line["@id"] = f"{addresses}{one}"
            if "id" not in wanted:
                del line["id"]
            found.append(line)
    return found


def _as_it_is(value: Any) -> Any:
    return value


def _day(value: Any) -> str | None:
    """ISO text, which SQLite gives as it is; to read fifty times six days and write them again is half of a page."""
    return value if value is None or isinstance(value, str) else value.isoformat()


def _moment(value: Any) -> str | None:
    text = value if isinstance(value, str) else value.isoformat()
    return f"{text.replace(' ', 'T')}Z"


def _json(value: Any) -> Any:
    return json.loads(value) if value != "{}" else {}


_PLAIN: Final[dict[type[pw.Field], Any]] = {pw.DateField: _day, UtcDateTimeField: _moment, JsonField: _json}
