"""The vocabulary of templates as tables: for the page of templates, and for ``docs/templates.md``.

``python -m roadmapdocs.drafting.guide`` writes the tables anew between the marks of the guide, in a checkout.
"""

from __future__ import annotations

import dataclasses
import sys
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from roadmapdocs.drafting.engine.sandbox import FILTERS, LOOP
from roadmapdocs.drafting.shapes import SHAPES
from roadmapdocs.drafting.vocabulary import Page

BEGIN: Final = "<!-- таблицы: начало -->"
END: Final = "<!-- таблицы: конец -->"
_PLAIN: Final = {str: "текст", int: "число", bool: "да или нет"}
#: What the shapes are called among people.
SHAPE_WORDS: Final = {
    "order.docx": "Приказ",
    "directive.docx": "Распоряжение",
    "regulation.docx": "Положение, порядок, регламент",
    "plan.docx": "План, дорожная карта",
    "list.docx": "Перечень, список, состав",
    "protocol.docx": "Протокол полный",
    "protocol_brief.docx": "Протокол краткий",
    "extract.docx": "Выписка из протокола",
    "note.docx": "Аналитическая справка, отчёт",
    "acquaintance.docx": "Лист ознакомления",
    "approval_sheet.docx": "Лист согласования",
    "journal.docx": "Журнал регистрации",
    "roadmap_report.docx": "Отчёт о дорожной карте или о поручениях",
}
_FILTER_WORDS: Final = {
    "upper": "прописными буквами",
    "lower": "строчными буквами",
    "capital": "первая буква прописная",
    "nbsp": "пробелы неразрывные",
    "join": "строки через запятую или через то, что в скобках: `{{ organisation\\|join(\" \") }}`",
    "length": "сколько в списке или знаков в тексте",
}
_LOOP_WORDS: Final = {
    "index": "который по счёту, с 1",
    "index0": "который по счёту, с 0",
    "length": "сколько всего",
    "first": "первый ли",
    "last": "последний ли",
}


@dataclass(frozen=True, slots=True)
class Word:
    """A name of the vocabulary. ``parts`` are the names of the things in a list, or of a thing."""

    name: str
    kind: str
    says: str
    parts: tuple[Word, ...] = ()


def words_of(page: type) -> tuple[Word, ...]:
    """The names of a page class in its order: those of the kind first, then those that every document has."""
    hints = typing.get_type_hints(page)
    shared = {field.name for field in dataclasses.fields(Page)} if page is not Page and issubclass(page, Page) else set()
    fields = sorted(dataclasses.fields(page), key=lambda field: field.name in shared)
    return tuple(_word(field.name, hints[field.name], field.metadata["says"]) for field in fields)


def _word(name: str, hint: Any, says: str) -> Word:
    if typing.get_origin(hint) is not tuple:
        return Word(name, _PLAIN[hint], says) if hint in _PLAIN else Word(name, "части", says, words_of(hint))
    inner = typing.get_args(hint)[0]
    if inner in _PLAIN:
        return Word(name, "список строк" if inner is str else "список чисел", says)
    return Word(name, "список", says, words_of(inner))


def tables() -> str:
    """All tables in Markdown: the pages, then what stands in their lists, each thing once."""
    things: dict[type, None] = {}
    pages: dict[type, list[str]] = {}
    for path, shape in SHAPES.items():
        pages.setdefault(shape.page, []).append(path)
    lines = ["### Есть у каждого документа", "", *_table(Page, set(), things)]
    shared = {field.name for field in dataclasses.fields(Page)}
    for page, paths in pages.items():
        lines += ["", f"### {_title(page)}", "", f"Шаблоны: {', '.join(f'`{path}`' for path in paths)}. Кроме общего:", ""]
        lines += _table(page, shared, things)
    lines += ["", "## Что стоит в списках"]
    told: set[type] = set()
    while waiting := [thing for thing in things if thing not in told]:
        for thing in waiting:
            told.add(thing)
            lines += ["", f"### `{thing.__name__}`: {_title(thing)}", "", *_table(thing, set(), things)]
    return "\n".join([*lines, "", *_language()])


def _language() -> list[str]:
    filters = [f"| `{name}` | {_FILTER_WORDS[name]} |" for name in FILTERS if name in _FILTER_WORDS]
    loop = [f"| `loop.{name}` | {_LOOP_WORDS[name]} |" for name in LOOP]
    head = ["| Имя | Что делает |", "| --- | --- |"]
    return ["## Обработка значений", "", *head, *filters, "", "## Внутри повтора", "", *head, *loop]


def _table(page: type, without: set[str], things: dict[type, None]) -> list[str]:
    hints = typing.get_type_hints(page)
    lines = ["| Имя | Что это | Смысл |", "| --- | --- | --- |"]
    for field in dataclasses.fields(page):
        if field.name in without:
            continue
        hint = hints[field.name]
        inner = typing.get_args(hint)[0] if typing.get_origin(hint) is tuple else hint
        kind = _word(field.name, hint, "").kind
        if dataclasses.is_dataclass(inner):
            things.setdefault(typing.cast(type, inner))
            kind = f"{kind} `{typing.cast(type, inner).__name__}`"
        lines.append(f"| `{field.name}` | {kind} | {field.metadata['says']} |")
    return lines


def _title(thing: type) -> str:
    return (thing.__doc__ or "").split("\n")[0].rstrip(".")


def written(guide: str) -> str:
    """The text of the guide with its tables anew.

    :raise ValueError: if its marks are not there
    """
    head, begin, rest = guide.partition(BEGIN)
    _old, end, tail = rest.partition(END)
    if not begin or not end:
        raise ValueError("the guide has lost the marks of its tables")
    return f"{head}{BEGIN}\n\n{tables()}\n\n{END}{tail}"


def lines_of(words: tuple[Word, ...], before: str = "") -> Iterator[tuple[str, str, str]]:
    """Name, kind and meaning of each name and of what is in it: ``points``, ``points[].text``."""
    for word in words:
        name = f"{before}{word.name}"
        yield name, word.kind, word.says
        yield from lines_of(word.parts, f"{name}[]." if word.kind == "список" else f"{name}.")


def main(file: Path) -> None:
    file.write_text(written(file.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("docs") / "templates.md")
