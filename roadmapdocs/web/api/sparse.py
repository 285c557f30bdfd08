"""Sparse answers: ``fields=id,title`` leaves everything else out."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

from marshmallow import Schema

from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _


def wanted(asked: str, known: frozenset[str]) -> frozenset[str]:
    """Names of the fields that ``asked`` (``fields`` of the address) names; all, where it names none.

    :raise Refusal: ``values`` naming what there is
    """
    names = frozenset(name.strip() for name in asked.split(",") if name.strip())
    unknown = names - known
    if unknown:
        sentence = _("There is no field %(name)s. Known: %(known)s.", name=min(unknown), known=", ".join(sorted(known)))
        raise Refusal("values", sentence, fields={"fields": sentence})
    return names or known


@cache
def names_of(schema: type[Schema]) -> frozenset[str]:
    """Names of the fields of answers of this shape."""
    return frozenset(_attributes(schema))


@cache
def _attributes(schema: type[Schema]) -> dict[str, str]:
    """By a field's name in answers, that in the schema."""
    return {field.data_key or name: name for name, field in schema().fields.items()}


@lru_cache(maxsize=256)
def _only(schema: type[Schema], names: frozenset[str]) -> Schema:
    # In the order of the schema: the same answer is the same text in every process, and so is its tag.
    return schema(only=[attribute for name, attribute in _attributes(schema).items() if name in names])


def dumped(schema: type[Schema], row: Any, asked: str = "") -> dict[str, Any]:
    """``row`` as ``schema`` shows it, with the fields that ``asked`` names only."""
    result: dict[str, Any] = _only(schema, wanted(asked, names_of(schema))).dump(row)
    return result


def dumped_all(schema: type[Schema], rows: list[Any], asked: str = "") -> list[dict[str, Any]]:
    shape = _only(schema, wanted(asked, names_of(schema)))
    return [shape.dump(row) for row in rows]
