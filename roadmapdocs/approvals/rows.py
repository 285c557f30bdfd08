"""Rows that every decision reads, by statements composed once (:mod:`roadmapdocs.prepared`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

import peewee as pw

from roadmapdocs.approvals.models import Run, Visa
from roadmapdocs.approvals.rules import RunState
from roadmapdocs.documents.models import DocumentVersion
from roadmapdocs.prepared import Prepared, place

M = TypeVar("M", bound=pw.Model)


class Rows(Generic[M]):
    """All columns of a table's rows, as ``narrow`` says which and in what order."""

    def __init__(self, model: type[M], narrow: Callable[[pw.ModelSelect], pw.ModelSelect]) -> None:
        self._model = model
        self._prepared = Prepared(lambda: narrow(model.select(*model._meta.sorted_fields)))

    def all(self, **values: object) -> list[M]:
        return [self._made(row) for row in self._prepared.rows(**values)]

    def one(self, **values: object) -> M | None:
        return next(iter(self.all(**values)), None)

    def _made(self, row: tuple[object, ...]) -> M:
        """The row as peewee would have made it."""
        made = self._model(__no_default__=True)
        fields = self._model._meta.sorted_fields
        made.__data__ = {field.name: field.python_value(value) for field, value in zip(fields, row, strict=True)}
        made._dirty.clear()
        return made


VISA: Rows[Visa] = Rows(Visa, lambda rows: rows.where(Visa.id == place("id", Visa.id)))
RUN: Rows[Run] = Rows(Run, lambda rows: rows.where(Run.id == place("id", Run.id)))
VISAS_OF_RUN: Rows[Visa] = Rows(
    Visa, lambda rows: rows.where(Visa.run == place("run", Run.id)).order_by(Visa.step, Visa.place, Visa.id)
)
RUN_UNDER_WAY: Rows[Run] = Rows(
    Run,
    lambda rows: rows.where((Run.document == place("document", Run.id)) & (Run.state == str(RunState.UNDER_WAY))),
)
LATEST_RUN: Rows[Run] = Rows(
    Run, lambda rows: rows.where(Run.document == place("document", Run.id)).order_by(Run.number.desc()).limit(1)
)
CURRENT_VERSION: Rows[DocumentVersion] = Rows(
    DocumentVersion,
    lambda rows: rows.where(DocumentVersion.document == place("document", Run.id))
    .order_by(DocumentVersion.number.desc())
    .limit(1),
)
