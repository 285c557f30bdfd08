"""What the cells of an XLSX show: shared strings, dates, numbers and percents as a person reads them."""

from __future__ import annotations

import datetime as dt
import math
import re

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from roadmapdocs.files.reading.ooxml import Element, Package

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_COLUMN = re.compile(r"([A-Za-z]{1,3})\d")
_PERCENT = re.compile(r"^[^\"]*?0(?:\.(0+))?\s*%")
_MAX_TEXT = 32_767


def column_of(reference: str | None) -> int:
    """1-based column of "C7"; 0 where there is none."""
    match = _COLUMN.match(reference or "")
    if match is None:
        return 0
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return column


class Values:
    """Texts of the cells of one workbook; formulas give the value that was stored with them."""

    def __init__(self, package: Package, main: str, workbook: Element) -> None:
        strings = package.tree(
            next(iter(package.related(main, "/sharedStrings").values()), "xl/sharedStrings.xml")
        )
        self._strings = [] if strings is None else [_rich(item) for item in strings.iterfind(S + "si")]
        styles = package.tree(next(iter(package.related(main, "/styles").values()), "xl/styles.xml"))
        self._formats = [] if styles is None else _formats(styles)
        properties = workbook.find(S + "workbookPr")
        mac = properties is not None and properties.get("date1904") in ("1", "true")
        self._epoch = CALENDAR_MAC_1904 if mac else CALENDAR_WINDOWS_1900

    def text(self, cell: Element) -> str:
        """What the cell shows, without spaces at the ends; an empty string for an empty cell or a failed formula."""
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            inline = cell.find(S + "is")
            return "" if inline is None else _rich(inline)
        raw = (cell.findtext(S + "v") or "").strip()
        if kind == "s":
            return self._strings[int(raw)] if raw.isdecimal() and int(raw) < len(self._strings) else ""
        if kind == "n":
            return self._number(raw, cell.get("s"))
        if kind == "b":
            return {"1": "да", "0": "нет"}.get(raw, "")
        if kind == "d":
            return _iso_date(raw)
        return "" if kind == "e" else _clean(raw)

    def _number(self, raw: str, style: str | None) -> str:
        try:
            number = float(raw)
        except ValueError:
            return raw
        if not math.isfinite(number):
            return ""
        index = int(style) if style and style.isdecimal() else 0
        form = self._formats[index] if index < len(self._formats) else "General"
        if is_date_format(form) and not is_timedelta_format(form):
            return self._date(number) or _plain(number)
        percent = _PERCENT.match(form)
        if percent:
            return f"{number * 100:.{min(len(percent[1] or ''), 6)}f}%".replace(".", ",")
        return _plain(number)

    def _date(self, number: float) -> str:
        try:
            moment = from_excel(number, self._epoch)
        except (ValueError, OverflowError):
            return ""
        return _shown(moment)


def _shown(moment: object) -> str:
    if isinstance(moment, dt.datetime):
        time = moment.time().replace(microsecond=0)
        return f"{moment:%d.%m.}{moment.year:04d}" + (f" {time:%H:%M}" if time != dt.time() else "")
    return f"{moment:%H:%M}" if isinstance(moment, dt.time) else ""


def _iso_date(raw: str) -> str:
    try:
        return _shown(dt.datetime.fromisoformat(raw.removesuffix("Z")))
    except ValueError:
        return raw


def _plain(number: float) -> str:
    """«5», not «5.0»; otherwise up to fifteen digits, as Excel keeps them, with a Russian comma."""
    if number == int(number) and abs(number) < 1e15:
        return str(int(number))
    return f"{number:.15g}".replace(".", ",")


def _rich(item: Element) -> str:
    """Text of a string item, its runs joined; phonetic hints (``rPh``) left out."""
    runs = (run for run in item if run.tag in (S + "t", S + "r"))
    return _clean("".join((run.text if run.tag == S + "t" else run.findtext(S + "t")) or "" for run in runs))


def _clean(text: str) -> str:
    # ECMA-376 part 1, 22.9.2.19: characters XML cannot hold stand as _xHHHH_.
    plain = _ESCAPED.sub(_unescaped, text[:_MAX_TEXT])
    lines = (
        line.strip()
        for line in plain.replace("\r\n", "\n").replace("\r", "\n").replace("\xad", "").split("\n")
    )
    return "\n".join(line for line in lines if line)


def _unescaped(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if character.isprintable() or character in "\t\r\n" else ""


def _formats(styles: Element) -> list[str]:
    own = {
        item.get("numFmtId"): item.get("formatCode", "") for item in styles.iterfind(f"{S}numFmts/{S}numFmt")
    }
    found = []
    for style in styles.iterfind(f"{S}cellXfs/{S}xf"):
        key = style.get("numFmtId", "0")
        builtin = BUILTIN_FORMATS.get(int(key), "General") if key.isdecimal() else "General"
        found.append(own.get(key, builtin))
    return found
