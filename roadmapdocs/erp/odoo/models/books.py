"""Kinds of documents, and journals of registration: as themselves, and as the sequences that Odoo counts by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.erp.odoo.context import Env
from roadmapdocs.erp.odoo.fields import Field, Link, Pairs, Row, Type, lazy
from roadmapdocs.erp.odoo.registry import Model
from roadmapdocs.i18n import gettext as _
from roadmapdocs.registration.models import Counter, Journal
from roadmapdocs.registration.patterns import Pattern
from roadmapdocs.registration.rights import open_to
from roadmapdocs.registration.rules import Reset, period_key

_PLACE: Final = "sequence, id"


def _groups() -> Pairs:
    codes = Kind.select(Kind.group).distinct().order_by(Kind.group).tuples()
    return [(code, code) for (code,) in codes]


KIND: Final = Model(
    name="roadmap.document.kind",
    description=lazy("Kind of document"),
    table=Kind,
    rows=lambda _env: Kind.select(),
    display=Field(Type.CHAR, lazy("Name"), column=Kind.name),
    fields={
        "name": Field(Type.CHAR, lazy("Name"), column=Kind.name, required=True),
        "code": Field(Type.CHAR, lazy("Code"), column=Kind.code, required=True),
        "short_name": Field(Type.CHAR, lazy("Word in names"), column=Kind.short),
        "expected": Field(Type.CHAR, lazy("Word in roadmaps"), column=Kind.expected),
        "group": Field(Type.SELECTION, lazy("Group"), column=Kind.group, selection=_groups),
        "own_number": Field(Type.BOOLEAN, lazy("Has a number of its own"), column=Kind.own_number),
        "series": Field(Type.CHAR, lazy("Series of journals"), column=Kind.series),
        "template": Field(Type.CHAR, lazy("Template"), column=Kind.template),
        "sequence": Field(Type.INTEGER, lazy("Place in lists"), column=Kind.position),
        "active": Field(Type.BOOLEAN, lazy("In use"), column=Kind.active),
        "document_ids": Field(
            Type.ONE2MANY, lazy("Documents"), relation="roadmap.document", relation_field="kind_id",
            link=Link(Document.kind, Document.id),
        ),
    },
    order=_PLACE,
)


def _resets() -> Pairs:
    words = {
        Reset.YEAR: _("each year"),
        Reset.TERM: _("each term of the body"),
        Reset.NEVER: _("never"),
    }
    return [(str(one), words[one]) for one in Reset]


def _kinds_of(rows: Sequence[Row], _env: Env) -> Iterable[object]:
    """Kinds that the journal numbers: those of its series."""
    series: dict[str, list[int]] = {}
    for kind, name in Kind.select(Kind.id, Kind.series).order_by(Kind.position).tuples():
        series.setdefault(name, []).append(kind)
    return [series.get(row.series, []) for row in rows]


def _counters(rows: Sequence[Row], env: Env) -> dict[int, int]:
    """By journal, the last running number of the period of today."""
    found: dict[int, int] = {}
    counters = Counter.select(Counter.journal, Counter.period, Counter.last)
    asked = counters.where(Counter.journal.in_([row.id for row in rows])).tuples()
    periods = {row.id: period_key(Reset(row.reset), env.today, row.term_since) for row in rows}
    for journal, period, last in asked:
        if periods[journal] == period:
            found[journal] = last
    return found


def _next_numbers(rows: Sequence[Row], env: Env) -> Iterable[object]:
    last = _counters(rows, env)
    return [last.get(row.id, 0) + 1 for row in rows]


_COUNTED: Final = (Journal.reset, Journal.term_since)
_COMMON: Final[dict[str, Field]] = {
    "name": Field(Type.CHAR, lazy("Name"), column=Journal.name, required=True),
    "code": Field(Type.CHAR, lazy("Code"), column=Journal.code, required=True),
    "company_id": Field(Type.MANY2ONE, lazy("Organisation"), column=Journal.organisation, relation="res.company"),
    "active": Field(Type.BOOLEAN, lazy("In use"), column=Journal.active),
}

JOURNAL: Final = Model(
    name="roadmap.journal",
    description=lazy("Journal of registration"),
    table=Journal,
    rows=lambda env: Journal.select().where(open_to(env.actor)),
    display=_COMMON["name"],
    fields={
        **_COMMON,
        "series": Field(Type.CHAR, lazy("Series"), column=Journal.series),
        "body": Field(Type.CHAR, lazy("Body"), column=Journal.body),
        "pattern": Field(Type.CHAR, lazy("Pattern of numbers"), column=Journal.pattern),
        "reset": Field(Type.SELECTION, lazy("Counts anew"), column=Journal.reset, selection=_resets),
        "number_next": Field(
            Type.INTEGER, lazy("Next running number"), needs=_COUNTED, read=_next_numbers, help=lazy("If none was freed.")
        ),
        "kind_ids": Field(
            Type.MANY2MANY, lazy("Kinds"), relation="roadmap.document.kind", needs=(Journal.series,), read=_kinds_of
        ),
        "sequence": Field(Type.INTEGER, lazy("Place in lists"), column=Journal.position),
    },
    order=_PLACE,
)


def _printed(pieces: Sequence[tuple[bool, str]]) -> str:
    """A part of a pattern as sequences of Odoo write it: years as their own, other codes as ours."""
    years = {"yyyy": "%(year)s", "yy": "%(y)s"}
    return "".join(years.get(text, f"{{{text}}}") if is_field else text for is_field, text in pieces)


def _of_pattern(take: Any) -> Any:
    def read(rows: Sequence[Row], _env: Env) -> Iterable[object]:
        return [take(Pattern.parse(row.pattern)) for row in rows]

    return read


def _always(value: object) -> Any:
    return lambda rows, _env: [value] * len(rows)


_PATTERN: Final = (Journal.pattern,)

SEQUENCE: Final = Model(
    name="ir.sequence",
    description=lazy("Journal of registration as a sequence"),
    table=Journal,
    rows=lambda env: Journal.select().where(open_to(env.actor)),
    display=_COMMON["name"],
    fields={
        **_COMMON,
        "prefix": Field(Type.CHAR, lazy("Prefix"), needs=_PATTERN, read=_of_pattern(lambda one: _printed(one.before))),
        "suffix": Field(Type.CHAR, lazy("Suffix"), needs=_PATTERN, read=_of_pattern(lambda one: _printed(one.after))),
        "padding": Field(Type.INTEGER, lazy("Digits"), needs=_PATTERN, read=_of_pattern(lambda one: one.width)),
        "number_increment": Field(Type.INTEGER, lazy("Step"), read=_always(1)),
        "number_next": Field(Type.INTEGER, lazy("Next running number"), needs=_COUNTED, read=_next_numbers),
        "number_next_actual": Field(Type.INTEGER, lazy("Next running number"), needs=_COUNTED, read=_next_numbers),
        "implementation": Field(
            Type.SELECTION, lazy("Kept"), selection=lambda: [("no_gap", _("without gaps"))], read=_always("no_gap")
        ),
        "use_date_range": Field(
            Type.BOOLEAN, lazy("Counts by periods"), needs=(Journal.reset,),
            read=lambda rows, _env: [row.reset != Reset.NEVER for row in rows],
        ),
    },
    order="name, id",
)
MODELS = (KIND, JOURNAL, SEQUENCE)
