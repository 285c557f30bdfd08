"""Fields as ``fields_get`` describes them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from roadmapdocs.erp.odoo.fields import LISTS, Field, Type, Write
from roadmapdocs.i18n import gettext as _

_RELATED: Final = frozenset({Type.MANY2ONE, *LISTS})


def described(name: str, field: Field, attributes: Collection[str] | None = None) -> dict[str, object]:
    """The description of a field, whole or of some attributes. Clients need domain and context of relations."""
    made: dict[str, object] = {
        "name": name,
        "type": str(field.type),
        "string": _(field.string),
        "help": _(field.help) if field.help else False,
        "readonly": field.write is Write.NEVER,
        "required": field.required,
        "store": field.column is not None or field.link is not None,
        "searchable": field.searchable,
        "sortable": field.sort is not None or field.column is not None,
        "depends": [],
        "company_dependent": False,
    }
    if field.type in _RELATED:
        made |= {"relation": field.relation, "domain": [], "context": {}}
    if field.type is Type.ONE2MANY:
        made["relation_field"] = field.relation_field
    if field.type in {Type.SELECTION, Type.REFERENCE}:
        made["selection"] = [list(pair) for pair in field.pairs()]
    return made if attributes is None else {key: value for key, value in made.items() if key in attributes}
