"""Writes the roadmaps and the documents of the made-up office as the files an office would have."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from docx.document import Document as WordDocument

from roadmapdocs.demo.content import Document, Office, Roadmap, Section, load_office
from roadmapdocs.demo.excel import year_columns_book
from roadmapdocs.demo.word import (
    CENTRE,
    JUSTIFY,
    add_band,
    add_row,
    break_page,
    merge,
    new_document,
    new_table,
    signature,
    write,
)

BREAK_AT = "1.7"  # the row of the bus plan that a page end tears in two


def build_roadmap_files(today: dt.date, folder: Path) -> list[Path]:
    """Write the five roadmaps into ``folder`` (made if missing) and give their paths, in the order of the content."""
    office = load_office(today)
    folder.mkdir(parents=True, exist_ok=True)
    writers = {
        "year_columns": year_columns_book,
        "planned_values": _planned_values,
        "result_column": _result_column,
        "plain": _plain_text,
        "three_levels": _three_levels,
    }
    paths = []
    for roadmap in office.roadmaps:
        path = folder / roadmap.file_name
        writers[roadmap.layout](roadmap, office, path)
        paths.append(path)
    return paths


def build_document_file(document: Document, folder: Path) -> Path:
    """Write one document as .docx and give its path. Where we wrote no text, its summary makes a short one."""
    folder.mkdir(parents=True, exist_ok=True)
    word = new_document(document.title, document.organisation_name, landscape=False)
    if document.kind in ("положение", "порядок", "программа", "план"):
        _approved_sheet(word, document)
    else:
        _official_sheet(word, document)
    path = folder / _file_name(document)
    word.save(str(path))
    return path


def _file_name(document: Document) -> str:
    if document.preparation != "signed":
        return f"{document.title[:60].rstrip()}, проект.docx".replace("/", "-")
    number = f" № {document.number}" if document.number else ""
    name = f"{document.kind.capitalize()}{number} от {document.date:%d.%m.%Y}.docx"
    return name.replace("/", "-")


def _text(document: Document) -> tuple[str, ...]:
    """The body as written, or as short as offices write when there is little to say."""
    if document.body:
        return document.body
    if document.kind in ("приказ", "распоряжение"):
        word = "ПРИКАЗЫВАЮ:" if document.kind == "приказ" else "ПРЕДЛАГАЮ:"
        genitive = "приказа" if document.kind == "приказ" else "распоряжения"
        control = f"2. Контроль за исполнением {genitive} оставляю за собой."
        return ("В соответствии с планом работы", word, f"1. {document.summary}", control)
    if document.kind == "протокол":
        people = (("Председатель", document.signer_name), ("Секретарь", document.drafter_name))
        return (*(f"{role}: {_surname_first(name)}" for role, name in people), f"РЕШИЛИ: {document.summary}")
    return (document.summary,)


def _surname_first(name: str) -> str:
    initials, surname = name.split(" ")
    return f"{surname} {initials}"


def _official_sheet(word: WordDocument, document: Document) -> None:
    """Letterhead, kind, date and number, heading, text, signatures."""
    write(word, document.organisation_name.upper(), align=CENTRE, bold=True, after=12)
    write(word, document.kind.upper(), align=CENTRE, bold=True, after=12)
    requisites = f"{document.date:%d.%m.%Y} № {document.number}" if document.number else "____________ № ______"
    write(word, requisites)
    write(word, document.place, after=12)
    heading = document.title
    if document.kind == "протокол":
        heading = heading[0].lower() + heading[1:]
    write(word, heading, bold=True, after=12)
    text = _text(document)
    for line in text:
        write(word, line, align=JUSTIFY, indent=12.5, after=3)
    if document.kind == "протокол":
        write(word, after=6)
        for role, line in zip(("Председатель", "Секретарь"), text, strict=False):
            surname, initials = line.split(": ")[1].split(" ")
            signature(word, role, f"{initials} {surname}")
    else:
        signature(word, document.signer_post, document.signer_name)


def _approved_sheet(word: WordDocument, document: Document) -> None:
    """A stamp of approval above the title, as regulations and programmes have it."""
    for line in document.stamp:
        write(word, line, left=85)
    kind, _, rest = document.title.partition(" ")
    write(word, after=12)
    write(word, kind.upper(), align=CENTRE, bold=True)
    write(word, rest, align=CENTRE, bold=True, after=12)
    for line in _text(document):
        write(word, line, align=JUSTIFY, indent=12.5, after=3)


def _order_page(word: WordDocument, roadmap: Roadmap, office: Office) -> Document:
    """The order that the roadmap is an appendix to, and a page break."""
    order = next(document for document in office.documents if document.key == roadmap.approved_by)
    _official_sheet(word, order)
    break_page(word)
    return order


def _title_and_preamble(word: WordDocument, roadmap: Roadmap) -> None:
    write(word, after=6)
    write(word, roadmap.title, align=CENTRE, bold=True, after=12)
    for line in roadmap.preamble:
        write(word, line, align=JUSTIFY, indent=12.5)
    write(word)


def _planned_values(roadmap: Roadmap, office: Office, path: Path) -> None:
    word = new_document(roadmap.title, office.organisations[0].short_name, landscape=True)
    for line in roadmap.stamp:
        write(word, line, left=150)
    _title_and_preamble(word, roadmap)
    table = new_table(word, (14, 76, 52, 22, 19, 19, 19, 36))
    years = [f"{year} г." for year in roadmap.years]
    top = add_row(table, [""] * 8, header=True).cells
    low = add_row(table, ["", "", "наименование", "плановое значение", *years, ""], header=True).cells
    add_row(table, [str(number) for number in range(1, 9)], header=True)
    for column, text in ((0, "№ п/п"), (1, "Мероприятие"), (7, "Исполнители")):
        merge(top[column], low[column], text)
    merge(top[2], top[3], "Результат")
    merge(top[4], top[6], "Значение по годам")
    for row in roadmap.rows():
        if isinstance(row, Section):
            add_band(table, f"{row.number}. {row.title}")
        else:
            cells = [row.printed, row.title, ", ".join(row.expected), *row.planned, row.responsible]
            add_row(table, cells, centred=(0, 3, 4, 5, 6))
    word.save(str(path))


def _result_column(roadmap: Roadmap, office: Office, path: Path) -> None:
    word = new_document(roadmap.title, office.organisations[0].short_name, landscape=True)
    order = _order_page(word, roadmap, office)
    write(word, "Приложение", left=150)
    write(word, "к приказу Управления образования", left=150)
    write(word, f"от {order.date:%d.%m.%Y} № {order.number}", left=150)
    _title_and_preamble(word, roadmap)
    widths, header = (
        (14, 105, 42, 38, 58),
        ("№", "Мероприятия", "Сроки", "Ответственные", "Планируемый результат"),
    )
    table = new_table(word, widths)
    add_row(table, header, header=True)
    for row in roadmap.rows():
        if isinstance(row, Section):
            add_band(table, f"{row.number}. {row.title}")
            continue
        rest = [row.terms, row.responsible, ", ".join(row.expected)]
        if row.number != BREAK_AT:
            add_row(table, [row.printed, row.title, *rest], centred=(0,))
            continue
        words = row.title.split(" ")
        add_row(table, [row.printed, " ".join(words[:7]), *rest], centred=(0,))
        break_page(word)
        table = new_table(word, widths)
        add_row(table, header, header=True)
        add_row(table, ["", " ".join(words[7:]), "", "", ""])
    word.save(str(path))


def _three_levels(roadmap: Roadmap, office: Office, path: Path) -> None:
    word = new_document(roadmap.title, office.organisations[0].short_name, landscape=True)
    order = _order_page(word, roadmap, office)
    write(word, "УТВЕРЖДЕНА", left=150)
    write(word, "приказом Управления образования", left=150)
    write(word, f"от {order.date:%d.%m.%Y} № {order.number}", left=150)
    _title_and_preamble(word, roadmap)
    write(word, "Перечень сокращений:", bold=True)
    for short, full in roadmap.abbreviations.items():
        write(word, f"{short} – {full}")
    write(word)
    table = new_table(word, (18, 142, 52, 45))
    add_row(table, ("№", "Мероприятие", "Сроки", "Ответственные"), header=True)
    for row in roadmap.rows():
        if isinstance(row, Section):
            add_band(table, f"{row.number}. {row.title}")
        else:
            add_row(table, [row.printed, row.title, row.terms, row.responsible], centred=(0,))
    word.save(str(path))


def _plain_text(roadmap: Roadmap, _office: Office, path: Path) -> None:
    lines = [*roadmap.stamp, "", roadmap.title, "", *roadmap.preamble, ""]
    lines.append("\tМероприятия (содержание работы)\tСроки\tОтветственные")
    for row in roadmap.rows():
        if isinstance(row, Section):
            lines.append(f"Раздел {row.number}. {row.title}\t\t\t")
        else:
            lines.append("\t".join((row.printed, row.title, row.terms, row.responsible)))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
