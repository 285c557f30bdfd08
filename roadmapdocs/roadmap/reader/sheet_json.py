"""The sheet as JSON, the form in which an import keeps it, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.roadmap.draft_json import approval_as_json, approval_from_json
from roadmapdocs.roadmap.reader.fit import Column
from roadmapdocs.roadmap.reader.headers import Role
from roadmapdocs.roadmap.reader.sections import Heading
from roadmapdocs.roadmap.reader.sheet import Finding, Sheet, SheetRow


def sheet_as_json(sheet: Sheet) -> dict[str, Any]:
    return {
        "title": sheet.title,
        "period": list(sheet.period) if sheet.period else None,
        "approval": approval_as_json(sheet.approval),
        "abbreviations": dict(sheet.abbreviations),
        "layouts": [[_column_as_json(column) for column in columns] for columns in sheet.layouts],
        "rows": [_row_as_json(row) for row in sheet.rows],
        "findings": [
            {"code": one.code, "line": one.line, "row": one.row, "values": dict(one.values)} for one in sheet.findings
        ],
        "main": sheet.main,
        "width": sheet.width,
        "accepted": sorted(sheet.accepted),
        "last_id": sheet.last_id,
        "known": sorted(sheet.known),
    }


def sheet_from_json(data: Mapping[str, Any]) -> Sheet:
    """:raise Refusal: ``bad_sheet`` if the data have another shape."""
    try:
        period = data["period"]
        return Sheet(
            title=str(data["title"]),
            period=(int(period[0]), int(period[1])) if period else None,
            approval=approval_from_json(data["approval"]),
            abbreviations={str(short): str(words) for short, words in data["abbreviations"].items()},
            layouts=tuple(tuple(_column(one) for one in columns) for columns in data["layouts"]),
            rows=tuple(_row(one) for one in data["rows"]),
            findings=tuple(
                Finding(str(one["code"]), one["line"], one["row"], dict(one["values"])) for one in data["findings"]
            ),
            main=int(data["main"]),
            width=int(data["width"]),
            accepted=frozenset(data["accepted"]),
            last_id=int(data["last_id"]),
            known=frozenset(data["known"]),
        )
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as broken:
        raise Refusal(
            "bad_sheet",
            _("What was read of the roadmap was kept in a form that cannot be opened. Load the file once more."),
            reason=str(broken),
        ) from broken


def _column_as_json(column: Column) -> dict[str, Any]:
    return {
        "role": column.role.value,
        "at": column.at,
        "header": column.header,
        "year": column.year,
        "figures": column.figures,
    }


def _column(data: Mapping[str, Any]) -> Column:
    return Column(Role(data["role"]), int(data["at"]), str(data["header"]), data["year"], bool(data["figures"]))


def _row_as_json(row: SheetRow) -> dict[str, Any]:
    made: dict[str, Any] = {"id": row.id, "line": row.line, "kind": row.kind, "layout": row.layout}
    if row.cells:
        made["cells"] = [list(lines) for lines in row.cells]
    if row.heading is not None:
        made["text"] = row.text
        made["heading"] = [row.heading.number, row.heading.title, row.heading.form]
    if row.skipped:
        made["skipped"] = True
    return made


def _row(data: Mapping[str, Any]) -> SheetRow:
    heading = data.get("heading")
    line = int(data["line"])
    return SheetRow(
        id=int(data["id"]),
        line=line,
        kind=str(data["kind"]),
        layout=int(data["layout"]),
        cells=tuple(tuple(str(line) for line in lines) for lines in data.get("cells", ())),
        text=str(data.get("text", "")),
        heading=Heading(str(heading[0]), str(heading[1]), str(heading[2]), line) if heading else None,
        skipped=bool(data.get("skipped", False)),
    )
