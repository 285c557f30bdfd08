"""Domains as conditions of queries: terms joined, paths followed, related records looked for as far as one may read them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import peewee as pw

from roadmapdocs.erp.odoo import values
from roadmapdocs.erp.odoo.context import Env
from roadmapdocs.erp.odoo.domain_columns import (
    FALSE,
    NEGATIVE,
    TRUE,
    compare,
    field_of,
    listed_values,
    negated,
    taken,
)
from roadmapdocs.erp.odoo.domains import Budget, Constant, Junction, Negation, Term, Tree, parse
from roadmapdocs.erp.odoo.errors import Invalid
from roadmapdocs.erp.odoo.fields import LISTS, Field, Type
from roadmapdocs.erp.odoo.listed import holds
from roadmapdocs.erp.odoo.registry import Model, model_of, records
from roadmapdocs.i18n import gettext as _

_DEEPEST_ANY: Final = 8
@dataclass(slots=True)
class Asked:
    """One search: for whom, how many conditions are left, how deep "any" has led."""

    env: Env
    budget: Budget = field(default_factory=Budget)
    depth: int = 0


def condition(model: Model, domain: object, asked: Asked) -> Any:
    """The condition for a query over the model's table.

    :raise Invalid: as :func:`roadmapdocs.erp.odoo.domains.parse`; ``unknown_field``, ``value``, ``not_searchable``
    """
    return _tree(model, parse(domain, asked.budget), asked)


def ids_of(model: Model, domain: object, asked: Asked) -> Any:
    """Ids of the records that the actor may read and the domain names: a query, or a list where there is no table."""
    tree = parse(domain, asked.budget)
    if model.listed is not None:
        return [one["id"] for one in records(model, asked.env) if holds_for(model, tree, one, asked)]
    assert model.rows is not None  # a model has rows or is listed
    query = model.rows(asked.env).select(model.table.id)
    return query if tree == Junction(True, ()) else query.where(_tree(model, tree, asked))


def holds_for(model: Model, tree: Tree, record: Any, asked: Asked) -> bool:
    """Whether the tree holds for a record of a model without a table."""

    def of_term(term: Term) -> bool:
        if term.operator == "=?":
            return values.is_empty(term.value) or of_term(Term(term.path, "=", term.value))
        found = field_of(model, term.path[0])
        related = found.type is Type.MANY2ONE or found.type in LISTS
        if len(term.path) == 1 and not related and term.operator not in {"child_of", "parent_of", "any", "not any"}:
            return holds(term.path[0], found, term, record)
        meant = _meant(model, term.path[0], found, term, asked)
        value = record.get(term.path[0])
        own = set(value if isinstance(value, (list, tuple)) else [value] if value else [])
        if meant.found is None:
            return bool(own) is meant.wanted
        wanted = set(_fetched(meant.found))
        return bool(own & wanted or (not own and None in wanted)) is meant.wanted

    return bool(_walk(tree, of_term, all, any, lambda part: not part))


def _walk(tree: Tree, term: Any, every: Any, some: Any, no: Any) -> Any:
    if isinstance(tree, Term):
        return term(tree)
    if isinstance(tree, Constant):
        return every(()) if tree.holds else some(())
    if isinstance(tree, Negation):
        return no(_walk(tree.part, term, every, some, no))
    parts = [_walk(part, term, every, some, no) for part in tree.parts]
    return every(parts) if tree.every else some(parts)


def _tree(model: Model, tree: Tree, asked: Asked) -> Any:
    return _walk(
        tree,
        lambda term: _term(model, term, asked),
        lambda parts: _balanced(list(parts), "&"),
        lambda parts: _balanced(list(parts), "|"),
        lambda part: pw.NodeList((pw.SQL("NOT"), pw.NodeList((part,), parens=True)), parens=True),
    )


def _balanced(parts: Sequence[Any], operator: str) -> Any:
    """All parts in one condition whose depth grows by the logarithm of their number: databases bound the depth."""
    if not parts:
        return TRUE if operator == "&" else FALSE
    if len(parts) == 1:
        return parts[0]
    middle = len(parts) // 2
    one, other = _balanced(parts[:middle], operator), _balanced(parts[middle:], operator)
    return one & other if operator == "&" else one | other


def _term(model: Model, term: Term, asked: Asked) -> Any:
    name = term.path[0]
    found = field_of(model, name)
    if term.operator == "=?":
        if values.is_empty(term.value):
            return TRUE
        term = Term(term.path, "=", term.value)
    if len(term.path) > 1 or term.operator in {"any", "not any", "child_of", "parent_of"}:
        return _related(model, name, found, term, asked)
    if found.type is Type.MANY2ONE or found.type in LISTS:
        return _related(model, name, found, term, asked)
    if found.search is not None:
        return found.search(term.operator, taken(name, found, term), asked.env)
    if found.column is None or found.type is Type.BINARY:
        raise _not_searchable(model, name)
    return compare(found, name, term, loose=getattr(found.column, "model", None) is not model.table)


def _not_searchable(model: Model, name: str) -> Invalid:
    sentence = _("%(model)s cannot be searched by %(name)s. Search by another field.", model=model.name, name=name)
    return Invalid("not_searchable", sentence, field=name, model=model.name)


@dataclass(frozen=True, slots=True)
class _Meant:
    """Which related records a term names (None: any at all), and whether they are to be there."""

    found: Any
    wanted: bool


def _related(model: Model, name: str, found: Field, term: Term, asked: Asked) -> Any:
    meant = _meant(model, name, found, term, asked)
    has = _has(model, name, found, meant.found, asked)
    return has if meant.wanted else negated(has)


def _meant(model: Model, name: str, found: Field, term: Term, asked: Asked) -> _Meant:
    if not found.relation and not (name == "id" and term.operator in {"child_of", "parent_of"}):
        sentence = _("“%(name)s” of %(model)s leads to no other records.", name=name, model=model.name)
        raise Invalid("domain", sentence, field=name)
    other = model_of(found.relation) if found.relation else model
    wanted = term.operator not in NEGATIVE
    operator = NEGATIVE.get(term.operator, term.operator)
    if len(term.path) > 1:
        return _Meant(_inner(other, [[".".join(term.path[1:]), term.operator, term.value]], asked), True)
    if operator == "any":
        return _Meant(_inner(other, term.value, asked), wanted)
    if operator in {"child_of", "parent_of"}:
        return _Meant(_family(other, _starting(other, name, term.value, asked), operator, asked), wanted)
    return _direct(other, name, operator, term.value, wanted=wanted, asked=asked)


def _direct(other: Model, name: str, operator: str, value: Any, *, wanted: bool, asked: Asked) -> _Meant:
    if operator not in {"=", "in"} and not operator.endswith("like"):
        sentence = _("“%(name)s” is no number or text: compare it by “=”, “in” or “ilike”.", name=name)
        raise Invalid("domain", sentence, field=name)
    if operator.endswith("like"):
        return _Meant(_named(other, operator, value, asked), wanted)
    wanted_values = listed_values(value)
    if not isinstance(value, (list, tuple)) and values.is_empty(value):
        return _Meant(None, not wanted)
    ids = _starting(other, name, [one for one in wanted_values if not values.is_empty(one)], asked)
    if len(ids) < len(wanted_values) and any(values.is_empty(one) for one in wanted_values):
        return _Meant([*ids, None], wanted)
    return _Meant(ids, wanted)


def _inner(other: Model, domain: object, asked: Asked) -> Any:
    if asked.depth >= _DEEPEST_ANY:
        raise Invalid("domain", _("The domain is nested more than %(most)s deep. Ask in parts.", most=_DEEPEST_ANY))
    return ids_of(other, domain, Asked(asked.env, asked.budget, asked.depth + 1))


def _named(other: Model, operator: str, value: object, asked: Asked) -> Any:
    return _inner(other, [["display_name", operator, value]], asked)


def _starting(other: Model, name: str, value: Any, asked: Asked) -> list[int]:
    """Ids that a client gives as such or by the names of records."""
    ids: list[int] = []
    for one in listed_values(value):
        if isinstance(one, str):
            ids.extend(_fetched(_named(other, "=", one, asked)))
        elif not values.is_empty(one):
            ids.append(values.whole(name, one))
    return ids


def _fetched(ids: Any) -> Iterable[int]:
    return ids if isinstance(ids, list) else [one for (one,) in ids.tuples()]


def _family(other: Model, ids: Sequence[int], operator: str, asked: Asked) -> list[int]:
    """The records with all below them, or all above; a circle ends where it began."""
    if not other.parent or not ids:
        return list(ids)
    column = field_of(other, other.parent).column
    assert other.rows is not None  # what has a column has a table
    pairs = other.rows(asked.env).select(other.table.id, column).where(column.is_null(False)).tuples()
    steps: dict[int, list[int]] = {}
    for child, parent in pairs:
        one, following = (parent, child) if operator == "child_of" else (child, parent)
        steps.setdefault(one, []).append(following)
    seen, reached = set(ids), list(ids)
    while reached:
        for one in steps.get(reached.pop(), ()):
            if one not in seen:
                seen.add(one)
                reached.append(one)
    return sorted(seen)


def _has(model: Model, name: str, found: Field, ids: Any, asked: Asked) -> Any:
    """Whether a record has one of these related records (None: any that the actor may read)."""
    empty = isinstance(ids, list) and None in ids
    if empty:
        ids = [one for one in ids if one is not None]
        return _has(model, name, found, ids, asked) | negated(_has(model, name, found, None, asked))
    if found.search is not None and found.column is None and found.link is None:
        return found.search("!=", None, asked.env) if ids is None else found.search("in", _open(found, ids, asked), asked.env)
    column = found.column if found.link is None else found.link.related
    if column is None:
        raise _not_searchable(model, name)
    among = _readable(found, column, asked) if ids is None else _narrowed(found, column, ids, asked)
    if found.link is None:
        return column.is_null(False) & among
    owners = found.link.owner.model.select(found.link.owner).where(found.link.owner.is_null(False) & among)
    return model.table.id.in_(owners)


def _narrowed(found: Field, column: Any, ids: Any, asked: Asked) -> Any:
    if not isinstance(ids, list):
        return column.in_(ids)  # a query over what the actor may read
    return column.in_(ids) & _readable(found, column, asked) if ids else FALSE


def _open(found: Field, ids: Any, asked: Asked) -> Any:
    """Those of the ids that the actor may read: a field that searches itself knows nothing of rights."""
    other = model_of(found.relation) if found.relation else None
    if not isinstance(ids, list) or not ids or other is None or other.rows is None:
        return ids  # a query over what the actor may read, or records without rows
    return other.rows(asked.env).select(other.table.id).where(other.table.id.in_([one for one in ids if values.is_number(one)]))


def _readable(found: Field, column: Any, asked: Asked) -> Any:
    """That the related record is one that the actor may read; costs nothing where everybody reads all of them."""
    if not found.relation:
        return TRUE
    other = model_of(found.relation)
    if other.rows is None:
        return TRUE
    query = other.rows(asked.env)
    # What a part of a query (WITH) leaves out shows in no condition of its own.
    everybodys = query._where is None and not query._cte_list
    return TRUE if everybodys else column.in_(query.select(other.table.id))
