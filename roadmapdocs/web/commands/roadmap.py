"""``roadmapdocs roadmap read|import|coverage|report``."""

from __future__ import annotations

from pathlib import Path

import click

from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.clock import office_day, utc_now
from roadmapdocs.web.console import console, json_option, print_json, tell

_FILE = click.Path(path_type=Path)


@click.group()
def roadmap() -> None:
    """Roadmaps: read, import, coverage, report."""


@roadmap.command()
@click.argument("file", type=_FILE)
@json_option
def read(file: Path, as_json: bool) -> None:
    """Read a roadmap out of a TXT, DOCX, XLSX or PDF file; nothing is written."""
    from roadmapdocs.roadmap.draft_json import draft_as_json  # noqa: PLC0415  # readers of office files start slowly
    from roadmapdocs.roadmap.reader.files import read_file  # noqa: PLC0415

    draft = read_file(file)
    if as_json:
        print_json(draft_as_json(draft))
        return
    click.echo(draft.title)
    for item in draft.items:
        click.echo(f"{item.number}\t{item.title}\t{'; '.join(term.text for term in item.terms)}")
    for defect in draft.defects:
        tell(_("Line %(line)s: %(message)s", line=defect.line or "—", message=defect.message))


@roadmap.command("import")
@click.argument("file", type=_FILE)
@click.option("--title", help="Title of the roadmap, if not the one in the file.")
@click.option("--new-edition", is_flag=True, help="Store the file though it, or its roadmap, is stored already.")
@click.option("--edition-of", type=int, metavar="ID", help="The roadmap that gets the new edition.")
@json_option
def import_file(file: Path, title: str | None, new_edition: bool, edition_of: int | None, as_json: bool) -> None:
    """Read a file and store it as a roadmap; print the id."""
    from roadmapdocs.people.directory import DatabaseDirectory  # noqa: PLC0415
    from roadmapdocs.people.rules import SYSTEM  # noqa: PLC0415
    from roadmapdocs.roadmap import imports  # noqa: PLC0415
    from roadmapdocs.roadmap.operations import get_roadmap  # noqa: PLC0415
    from roadmapdocs.roadmap.reader.files import load_file  # noqa: PLC0415

    data = load_file(file)
    console().open_registry(create=True)
    edition = imports.import_file(
        data,
        file.name,
        store=console().store,
        directory=DatabaseDirectory(),
        title=title,
        new_edition=new_edition,
        edition_of=get_roadmap(edition_of) if edition_of is not None else None,
        by=SYSTEM,
        now=utc_now(),
    )
    if as_json:
        print_json({"id": edition.roadmap_id, "edition": edition.number, "items": edition.items.count()})
        return
    click.echo(edition.roadmap_id)
    if edition.defects:
        tell(_("Doubtful places: %(number)s. “roadmapdocs roadmap read” lists them.", number=len(edition.defects)))


@roadmap.command()
@click.argument("roadmap_id", metavar="ID", type=int)
@json_option
def coverage(roadmap_id: int, as_json: bool) -> None:
    """Which expected document of which period is proved, in work, missing or late today."""
    from roadmapdocs.coverage.matrix import coverage_of  # noqa: PLC0415
    from roadmapdocs.coverage.phrases import state_word  # noqa: PLC0415
    from roadmapdocs.roadmap.operations import current_edition, get_roadmap  # noqa: PLC0415
    from roadmapdocs.web.roadmaps.coverage_json import coverage_as_json  # noqa: PLC0415

    today = office_day(console().open_registry())
    found = get_roadmap(roadmap_id)
    edition = current_edition(found)
    document = coverage_as_json(found, edition, coverage_of(edition, today=today), today)
    if as_json:
        print_json(document)
        return
    for row in document["rows"]:
        click.echo(f"{row['item']}\t{row['period']}\t{state_word(row['status'])}\t{row['expected']}")
    whole = document["totals"]
    click.echo(
        _(
            "Proved %(proved)s of %(due)s due by today, late: %(late)s.",
            proved=whole["proved_of_due"],
            due=whole["due"],
            late=whole["late"],
        )
    )


@roadmap.command()
@click.argument("roadmap_id", metavar="ID", type=int)
@click.option("--out", required=True, type=_FILE, help="A .docx or .xlsx file to write.")
@json_option
def report(roadmap_id: int, out: Path, as_json: bool) -> None:
    """Write the state of a roadmap as a Word or Excel file."""
    from roadmapdocs.coverage.matrix import coverage_of  # noqa: PLC0415
    from roadmapdocs.coverage.report import build  # noqa: PLC0415
    from roadmapdocs.coverage.report_docx import write_docx  # noqa: PLC0415
    from roadmapdocs.coverage.report_xlsx import write_xlsx  # noqa: PLC0415
    from roadmapdocs.people.rules import SYSTEM  # noqa: PLC0415
    from roadmapdocs.roadmap.operations import current_edition, get_roadmap  # noqa: PLC0415

    writers = {".docx": write_docx, ".xlsx": write_xlsx}
    write = writers.get(out.suffix.lower())
    if write is None:
        raise Refusal(
            "unknown_format",
            _("A report is a .docx or an .xlsx file. Give %(name)s one of these endings.", name=out.name),
            name=out.name,
        )
    today = office_day(console().open_registry())
    found = get_roadmap(roadmap_id)
    coverage = coverage_of(current_edition(found), today=today)
    out.write_bytes(write(build(found.title, coverage, reader=SYSTEM, today=today)))
    if as_json:
        print_json({"file": str(out)})
    else:
        tell(_("Written: %(file)s", file=out))
