"""The ERP's records that documents and items of roadmaps can be linked to: partners and tasks."""

from __future__ import annotations

from collections.abc import Sequence

from flask import url_for

from roadmapdocs.erp.link_rules import Target
from tests.host_erp.access import EVERYONE, OFFICE, PROJECTS, may
from tests.host_erp.directory import ErpDirectory
from tests.host_erp.models import Partner, Project, Task


class ErpTargets:
    """Whoever may not open a page of the ERP finds its record neither."""

    def search(self, words: str, limit: int) -> Sequence[Target]:
        wanted = words.casefold().split()
        found = [*self._partners(), *self._tasks()]
        fitting = [one for one in found if all(word in one.title.casefold() for word in wanted)]
        return fitting[:limit]

    def get(self, model: str, external: str) -> Target | None:
        found = {"partner": self._partners, "task": self._tasks}.get(model)
        return next((one for one in found() if one.external == external), None) if found else None

    def _partners(self) -> list[Target]:
        if not may(OFFICE, PROJECTS):
            return []
        return [
            _target("partner", one.id, f"Контрагент: {one.name}", "erp.partner")
            for one in Partner.select().where(Partner.active).order_by(Partner.name)
        ]

    def _tasks(self) -> list[Target]:
        if not may(EVERYONE):
            return []
        rows = Task.select(Task, Project).join(Project).order_by(Task.id.desc())
        return [_target("task", one.id, f"Задача: {one.title} ({one.project.name})", "erp.task") for one in rows]


def _target(model: str, number: int, title: str, endpoint: str) -> Target:
    return Target(ErpDirectory.name, model, str(number), title, url_for(endpoint, number=number))
