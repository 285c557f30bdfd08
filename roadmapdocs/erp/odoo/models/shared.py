"""What several models tell in the same way: states in words, names of documents, addresses of pages."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Final

import peewee as pw

from roadmapdocs.documents.links.naming import reference_words
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.rules import search_key
from roadmapdocs.documents.visibility import visible_to
from roadmapdocs.documents.workflows import catalogue
from roadmapdocs.erp.odoo.context import Env
from roadmapdocs.erp.odoo.errors import Invalid
from roadmapdocs.erp.odoo.fields import Pairs, Row
from roadmapdocs.erp.odoo.patterns import like
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import language
from roadmapdocs.workflow.rules import STANDARD, Line

#: Under this name documents are known as records that others point at.
DOCUMENT_MODEL: Final = "roadmap.document"
_DAY: Final = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
#: Marks of a printed name that are no part of a word.
_MARKS: Final = str.maketrans(dict.fromkeys("«»„“”\"№%", " "))


def labels_of(line: Line) -> Callable[[], Pairs]:
    """The standard states of a line in words, for a selection."""

    def pairs() -> Pairs:
        found = {}
        for definition in catalogue().definitions.values():
            if definition.line is line:
                for state in definition.states.values():
                    # The name of its own before a name of an office: «подписан» before «утверждён».
                    if state.meaning not in found or state.name == state.meaning:
                        found[state.meaning] = state.label.in_language(language())
        return [(name, found.get(name, name)) for name in STANDARD[line]]

    return pairs


def chosen(words: Callable[[], Mapping[str, str]]) -> Callable[[], Pairs]:
    """Pairs of a selection out of words by code."""
    return lambda: list(words().items())


def kinds(env: Env) -> dict[int, Kind]:
    """All kinds by id, read once a call."""
    if "kinds" not in env.kept:
        env.kept["kinds"] = {kind.id: kind for kind in Kind.select()}
    found: dict[int, Kind] = env.kept["kinds"]
    return found


#: What the name of a document is made of.
NAMED: Final = (Document.kind, Document.number, Document.date, Document.title)


def document_names(rows: Iterable[Row], env: Env) -> list[str]:
    """«Приказ от 29.11.2021 № 178-П «Об утверждении плана»», as far as the document has it."""
    known = kinds(env)
    return [document_name(known[row.kind_id].short, row.date, row.number, row.title) for row in rows]


def document_name(kind: str, date: Any, number: str, title: str) -> str:
    return f"{reference_words(kind, date, number)} «{title.strip('«»')}»"


def readable_names(ids: Collection[int], env: Env) -> dict[int, str]:
    """Names of those of the documents that the actor may read, by id."""
    if not ids:
        return {}
    rows = Document.select(Document.id, *NAMED).where(Document.id.in_(list(ids)) & visible_to(env.actor))
    found = list(rows)
    return dict(zip((row.id for row in found), document_names(found, env), strict=True))


def readable(ids: Collection[int], env: Env) -> set[int]:
    """Those of the documents that the actor may read."""
    if not ids:
        return set()
    rows = Document.select(Document.id).where(Document.id.in_(list(ids)) & visible_to(env.actor, few=True))
    return {one for (one,) in rows.tuples()}


def named_so(operator: str, value: object, _env: Env) -> Any:
    """Documents whose kind, number, heading or signer have all words of the value; a day among them is the document's.

    :raise Invalid: ``operator`` for comparisons that a name made of several columns does not know
    """
    condition = pw.SQL("1 = 1")
    for word in search_key(_words(operator, value)).split():
        day = _DAY.fullmatch(word)
        condition &= _on(day) if day else Document.search_key.contains(word)
    return _unless(operator, condition)


def words_in(operator: str, value: object, *columns: Any) -> Any:
    """Rows that have each word of the value in one of the columns.

    :raise Invalid: ``operator`` as :func:`named_so`
    """
    condition = pw.SQL("1 = 1")
    for word in _words(operator, value).split():
        condition &= functools.reduce(pw.ColumnBase.__or__, (like(column, "ilike", word) for column in columns))
    return _unless(operator, condition)


def _words(operator: str, value: object) -> str:
    if not isinstance(value, str) or operator not in {"=", "like", "ilike", "=like", "=ilike", "not like", "not ilike"}:
        raise Invalid("operator", _("By its whole name it is looked for with “ilike”. Use that operator."))
    return value.translate(_MARKS)


def _unless(operator: str, condition: Any) -> Any:
    if not operator.startswith("not "):
        return condition
    return pw.NodeList((pw.SQL("NOT"), pw.NodeList((condition,), parens=True)), parens=True)


def _on(day: re.Match[str]) -> Any:
    try:
        return Document.date == dt.date(int(day[3]), int(day[2]), int(day[1]))
    except ValueError:
        return Document.search_key.contains(day[0])


def ids_by_owner(pairs: Iterable[tuple[int, int]], rows: Sequence[Row]) -> list[list[int]]:
    """Ids of related records in the order of the rows: an empty list for a row that has none."""
    found: dict[int, list[int]] = {}
    for owner, related in pairs:
        found.setdefault(owner, []).append(related)
    return [found.get(row.id, []) for row in rows]


def address(env: Env, path: str) -> str:
    return f"{env.office.url}/{path}"


def among(values: object) -> list[Any]:
    """What a search for ``=`` or ``in`` looks for, as a list."""
    if isinstance(values, (list, tuple, set, frozenset)):
        return list(values)
    return [values]
