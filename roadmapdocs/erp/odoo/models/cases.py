"""Cases of the nomenclature as roadmap.case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from roadmapdocs.cases.models import Case, Retention
from roadmapdocs.cases.rights import open_to
from roadmapdocs.documents.models import Document
from roadmapdocs.erp.odoo.context import Env
from roadmapdocs.erp.odoo.fields import Field, Link, Row, Type, lazy
from roadmapdocs.erp.odoo.models.shared import words_in
from roadmapdocs.erp.odoo.registry import Model


def _names(rows: Sequence[Row], _env: Env) -> Iterable[object]:
    return [f"{row.case_index} «{row.title}»" for row in rows]


def _named_so(operator: str, value: Any, _env: Env) -> Any:
    """Cases with all these words in the index or in the heading."""
    return words_in(operator, value, Case.case_index, Case.title)


def _terms(rows: Sequence[Row], _env: Env) -> Iterable[object]:
    known = {one.id: f"{one.text}, {one.article}" for one in Retention.select()}
    return [known.get(row.retention_id, "") for row in rows]


CASE: Final = Model(
    name="roadmap.case",
    description=lazy("Case"),
    table=Case,
    rows=lambda env: Case.select().where(open_to(env.actor)),
    display=Field(Type.CHAR, lazy("Name"), needs=(Case.case_index, Case.title), read=_names, search=_named_so, sort=Case.index_sort),
    fields={
        "name": Field(Type.CHAR, lazy("Heading"), column=Case.title, required=True),
        "code": Field(Type.CHAR, lazy("Index of the case"), column=Case.case_index, required=True),
        "year": Field(Type.INTEGER, lazy("Year"), column=Case.year),
        "company_id": Field(Type.MANY2ONE, lazy("Organisation"), column=Case.organisation, relation="res.company"),
        "department_id": Field(Type.MANY2ONE, lazy("Unit"), column=Case.unit, relation="hr.department"),
        "retention": Field(Type.CHAR, lazy("Term of storage"), needs=(Case.retention,), read=_terms),
        "continues_id": Field(Type.MANY2ONE, lazy("Continues"), column=Case.continues, relation="roadmap.case"),
        "transitional": Field(Type.BOOLEAN, lazy("Goes on from year to year"), column=Case.transitional),
        "date_closed": Field(Type.DATE, lazy("Closed"), column=Case.closed_on),
        "date_removed": Field(Type.DATE, lazy("Left the office"), column=Case.removed_on),
        "active": Field(Type.BOOLEAN, lazy("Kept here"), column=Case.removed_on.is_null()),
        "note": Field(Type.TEXT, lazy("Note"), column=Case.note),
        "document_ids": Field(
            Type.ONE2MANY, lazy("Documents"), relation="roadmap.document", relation_field="case_id",
            link=Link(Document.case, Document.id),
        ),
    },
    order="year desc, id",
)
MODELS = (CASE,)
