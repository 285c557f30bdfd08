"""Texts of the made-up office that are written as drafts: what a person would have typed into their forms."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import Any

from roadmapdocs.demo.content.dates import fill
from roadmapdocs.demo.desk import Desk, Hour, Step
from roadmapdocs.drafting.operations import make_version, start_draft


def put_down_drafts(desk: Desk) -> None:
    """Put the writing of each text into the calendar: on the day of its card, after whatever file that came with."""
    text = resources.files("roadmapdocs.demo.content").joinpath("drafts.toml").read_text(encoding="utf-8")
    days = {document.key: document.date for document in desk.office.documents}
    for row in tomllib.loads(text)["drafts"]:
        desk.calendar.put(days[row["document"]], Hour.TEXT, _writing(row, desk))


def _writing(row: Mapping[str, Any], desk: Desk) -> Step:
    content = next(one for one in desk.office.documents if one.key == row["document"])

    def step(now: dt.datetime, today: dt.date) -> None:
        document, by = desk.documents[content.key], desk.keeper(content)
        start_draft(document.id, content=_with_ids(row["content"], desk), by=by, now=now)
        if row.get("version"):
            make_version(document.id, "из проекта", store=desk.store, by=by, now=now, today=today)

    return step


def _with_ids(value: Any, desk: Desk) -> Any:
    """Keys of the content become ids of what is stored, placeholders become dates of today."""
    if isinstance(value, list):
        return [_with_ids(one, desk) for one in value]
    if isinstance(value, str):
        return fill(value, desk.office.today, {})
    if not isinstance(value, dict):
        return value
    told = {name: _with_ids(one, desk) for name, one in value.items() if name not in ("employee", "unit_key")}
    if "employee" in value:
        told |= {"employee_id": desk.employees[value["employee"]].id}
    if "unit_key" in value:
        unit = desk.units[value["unit_key"]]
        told |= {"unit": unit.name, "unit_id": unit.id}
    return told
