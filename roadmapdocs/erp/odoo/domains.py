"""Domains: conditions in prefix form, read into a tree of bounded size before anything is asked of the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from roadmapdocs.erp.odoo.errors import Invalid
from roadmapdocs.i18n import gettext as _

#: Conditions of one call with those inside of "any"; values of one list, and of all lists on all steps of their paths
#: (databases bound how many values a question has); steps of a path; how deep parts lie in parts.
MOST_TERMS: Final = 500
MOST_VALUES: Final = 10_000
MOST_VALUES_TOGETHER: Final = 30_000
LONGEST_PATH: Final = 6
DEEPEST: Final = 30

COMPARISONS: Final = frozenset({"=", "!=", ">", ">=", "<", "<=", "=?", "in", "not in"})
PATTERNS: Final = frozenset({"like", "not like", "ilike", "not ilike", "=like", "=ilike"})
RELATED: Final = frozenset({"child_of", "parent_of", "any", "not any"})
OPERATORS: Final = COMPARISONS | PATTERNS | RELATED
_SPELLINGS: Final = {"<>": "!=", "==": "="}


@dataclass(frozen=True, slots=True)
class Term:
    """``path`` are names of fields from the record on; the last is what is compared."""

    path: tuple[str, ...]
    operator: str
    value: Any


@dataclass(frozen=True, slots=True)
class Constant:
    """``(1, "=", 1)`` and ``(0, "=", 1)``, by which clients say "all" and "none"."""

    holds: bool


@dataclass(frozen=True, slots=True)
class Negation:
    part: Tree


@dataclass(frozen=True, slots=True)
class Junction:
    """All of the parts hold, or some do."""

    every: bool
    parts: tuple[Tree, ...]


Tree = Term | Constant | Negation | Junction
ALL: Final = Junction(every=True, parts=())


@dataclass(slots=True)
class Budget:
    """How many conditions a call has left, and how many values in their lists."""

    left: int = MOST_TERMS
    values: int = MOST_VALUES_TOGETHER

    def spend(self, condition: Tree) -> None:
        self.left -= 1
        if self.left < 0:
            raise Invalid("domain", _("A domain has at most %(most)s conditions. Ask in parts.", most=MOST_TERMS))
        if isinstance(condition, Term) and isinstance(condition.value, (list, tuple)):
            self.values -= len(condition.value)
        if self.values < 0:
            sentence = _("A domain has at most %(most)s values in all its lists. Ask in parts.", most=MOST_VALUES_TOGETHER)
            raise Invalid("domain", sentence)


def parse(domain: object, budget: Budget | None = None) -> Tree:
    """The tree of a domain. None and False are a domain without conditions.

    :raise Invalid: ``domain``, saying at which place, counted from 1, it cannot be read
    """
    if domain is None or domain is False:
        return ALL
    if not isinstance(domain, (list, tuple)):
        raise Invalid("domain", _("A domain is a list of conditions such as [[\"name\", \"=\", \"x\"]]."))
    if len(domain) > 2 * MOST_TERMS:
        raise Invalid("domain", _("A domain has at most %(most)s conditions. Ask in parts.", most=MOST_TERMS))
    budget = budget or Budget()
    # From the end: an operator finds its parts on the stack. Each part comes with how deep it is.
    stack: list[tuple[Tree, int]] = []
    for place in range(len(domain), 0, -1):
        item = domain[place - 1]
        if item in ("&", "|"):
            _join(stack, place, every=item == "&")
        elif item == "!":
            part, depth = _part(stack, place)
            _put(stack, Negation(part), depth + 1)
        else:
            condition = _term(item, place)
            budget.spend(condition)
            _put(stack, condition, 1)
    return _junction(True, [part for part, _depth in reversed(stack)])


def _join(stack: list[tuple[Tree, int]], place: int, *, every: bool) -> None:
    parts = [_part(stack, place), _part(stack, place)]
    # A chain of the same operator is one junction, however long: what it holds lies no deeper than in itself.
    same = [isinstance(part, Junction) and part.every == every for part, _depth in parts]
    depth = max(depth if alike else depth + 1 for (_tree, depth), alike in zip(parts, same, strict=True))
    _put(stack, _junction(every, [part for part, _depth in parts]), depth)


def _part(stack: list[tuple[Tree, int]], place: int) -> tuple[Tree, int]:
    if not stack:
        raise Invalid("domain", _("Place %(place)s of the domain is an operator without its conditions.", place=place))
    return stack.pop()


def _put(stack: list[tuple[Tree, int]], tree: Tree, depth: int) -> None:
    if depth > DEEPEST:
        raise Invalid("domain", _("The domain is nested more than %(most)s deep. Ask in parts.", most=DEEPEST))
    stack.append((tree, depth))


def _junction(every: bool, parts: Sequence[Tree]) -> Tree:
    flat: list[Tree] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, Junction) and part.every == every else (part,))
    return flat[0] if len(flat) == 1 else Junction(every, tuple(flat))


def _term(item: object, place: int) -> Tree:
    if not isinstance(item, (list, tuple)) or len(item) != 3:
        sentence = _("Place %(place)s of the domain is neither “&”, “|”, “!” nor a field, an operator and a value.", place=place)
        raise Invalid("domain", sentence)
    left, operator, value = item
    operator = _operator(operator)
    if left in (0, 1) and value == 1 and operator in {"=", "!="}:
        return Constant((left == 1) == (operator == "="))
    if not isinstance(left, str) or not left:
        raise Invalid("domain", _("Place %(place)s of the domain does not begin with the name of a field.", place=place))
    path = tuple(left.split("."))
    if len(path) > LONGEST_PATH:
        raise Invalid("domain", _("The path %(path)s is too long.", path=left[:100]), field=left[:100])
    if isinstance(value, (list, tuple)) and len(value) > MOST_VALUES:
        sentence = _("“%(field)s” is compared with more than %(most)s values. Ask in parts.", field=left, most=MOST_VALUES)
        raise Invalid("domain", sentence, field=left)
    return Term(path, operator, value)


def _operator(value: object) -> str:
    name = _SPELLINGS.get(value, value.lower()) if isinstance(value, str) else ""
    if name not in OPERATORS:
        sentence = _("There is no operator %(name)s. Known: %(known)s.", name=repr(value)[:40], known=", ".join(sorted(OPERATORS)))
        raise Invalid("unknown_operator", sentence, operator=str(value)[:40])
    return name
