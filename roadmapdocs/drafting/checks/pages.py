"""Measures of a DOCX from its OOXML: paper, margins, fonts and sizes by letters, the field of the page's number."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from roadmapdocs.drafting.checks.facts import Pages, PageSize
from roadmapdocs.files.reading.docx_numbering import VAL, W
from roadmapdocs.files.reading.ooxml import Element, Package

#: Runs of a file that are looked at: a long regulation has a fiftieth of it.
MOST_RUNS: Final = 100_000
_TWIPS_A_MM = 1440 / 25.4
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_USUAL_FONT, _USUAL_SIZE = "Times New Roman", 10.0


def read_pages(data: bytes, name: str) -> Pages:
    """:raise Refusal: ``damaged``. The archive is expected to have passed ``check_file``."""
    package = Package(data, name)
    main = package.main_part("word/document.xml")
    root = package.tree(main)
    body = root.find(W + "body") if root is not None else None
    if body is None:
        return Pages((), {}, {}, numbered=False, letters=0)
    styles = package.tree(next(iter(package.related(main, "/styles").values()), "word/styles.xml"))
    theme = package.tree(next(iter(package.related(main, "/theme").values()), "word/theme/theme1.xml"))
    looks = _Looks(_styles(styles), _theme_fonts(theme))
    fonts: Counter[str] = Counter()
    sizes: Counter[float] = Counter()
    letters = 0
    for place, run in enumerate(body.iter(W + "r")):
        if place >= MOST_RUNS:
            break
        count = sum(sum(map(str.isalnum, text.text or "")) for text in run.iterfind(W + "t"))
        letters += count
        if count and not _in_table(run):
            fonts[looks.font(run)] += count
            sizes[looks.size(run)] += count
    sections = tuple(_section(one) for one in body.iter(W + "sectPr"))
    return Pages(sections, dict(fonts), dict(sizes), numbered=_numbered(package, main), letters=letters)


def _section(properties: Element) -> PageSize:
    paper, margins = properties.find(W + "pgSz"), properties.find(W + "pgMar")
    gutter = _mm(margins, "gutter")
    return PageSize(
        _mm(paper, "w"),
        _mm(paper, "h"),
        _mm(margins, "left") + gutter,
        _mm(margins, "right"),
        _mm(margins, "top"),
        _mm(margins, "bottom"),
    )


def _mm(element: Element | None, name: str) -> float:
    """A length in millimetres, to a tenth; what is not there or is no number counts as none at all."""
    value = element.get(W + name, "0") if element is not None else "0"
    try:
        return round(abs(float(value)) / _TWIPS_A_MM, 1)
    except (ValueError, OverflowError):
        return 0.0


def _in_table(run: Element) -> bool:
    return next(run.iterancestors(W + "tbl"), None) is not None


def _numbered(package: Package, main: str) -> bool:
    """Whether a header or footer, or the body itself, has a field for the page's number."""
    parts = [*package.related(main, "/header").values(), *package.related(main, "/footer").values()]
    for part in parts:
        root = package.tree(part)
        if root is None:
            continue
        codes = ["".join(one.itertext()) for one in root.iter(W + "instrText")]
        codes += [one.get(W + "instr", "") for one in root.iter(W + "fldSimple")]
        if root.find(f".//{W}pgNum") is not None or any("PAGE" in code.split() for code in codes):
            return True
    return False


@dataclass(frozen=True, slots=True)
class _Style:
    based_on: str = ""
    font: str = ""
    size: float | None = None


@dataclass(slots=True)
class _Looks:
    """Font and size of runs: their own, else of the run's style, the paragraph's style, the defaults of the file."""

    styles: dict[str, _Style]
    themes: dict[str, str]
    _resolved: dict[str, tuple[str, float | None]] = field(default_factory=dict)

    def font(self, run: Element) -> str:
        own = _own(run.find(W + "rPr"))
        for font in (own.font, *(self._style(code)[0] for code in _named(run)), self._style("")[0]):
            if font:
                return self.themes.get(font, font)
        return _USUAL_FONT

    def size(self, run: Element) -> float:
        own = _own(run.find(W + "rPr"))
        sizes = (own.size, *(self._style(code)[1] for code in _named(run)), self._style("")[1])
        return next((size for size in sizes if size is not None), _USUAL_SIZE)

    def _style(self, code: str) -> tuple[str, float | None]:
        """What a style says itself or inherits; styles that are based on each other in a circle end it."""
        if code not in self._resolved:
            font, size, seen, at = "", None, set[str](), code
            while at in self.styles and at not in seen:
                seen.add(at)
                style = self.styles[at]
                font, size = font or style.font, style.size if size is None else size
                at = style.based_on
            self._resolved[code] = font, size
        return self._resolved[code]


def _named(run: Element) -> list[str]:
    """Styles of the run and of its paragraph, by their ids; «Normal» where the paragraph names none."""
    style = run.find(f"{W}rPr/{W}rStyle")
    paragraph = next(run.iterancestors(W + "p"), None)
    of_paragraph = paragraph.find(f"{W}pPr/{W}pStyle") if paragraph is not None else None
    codes = [one.get(VAL, "") for one in (style, of_paragraph) if one is not None]
    return codes if of_paragraph is not None else [*codes, _DEFAULT]


_DEFAULT = "\0default paragraph style"


def _styles(root: Element | None) -> dict[str, _Style]:
    """By id; "" holds the defaults of the file, and a name of our own the style of paragraphs that name none."""
    if root is None:
        return {}
    found = {"": _own(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))}
    for style in root.iterfind(W + "style"):
        based = style.find(W + "basedOn")
        own = _own(style.find(W + "rPr"), based.get(VAL, "") if based is not None else "")
        found[style.get(W + "styleId", "")] = own
        if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true", "on"):
            found[_DEFAULT] = own
    return found


def _own(properties: Element | None, based_on: str = "") -> _Style:
    if properties is None:
        return _Style(based_on)
    fonts, size = properties.find(W + "rFonts"), properties.find(W + "sz")
    font = ""
    if fonts is not None:
        names = ("hAnsi", "ascii", "cs", "hAnsiTheme", "asciiTheme")
        font = next((fonts.get(W + name) for name in names if fonts.get(W + name)), "")
    try:
        points = min(max(float(size.get(VAL, "")), 0), 4000) / 2 if size is not None else None
    except ValueError:
        points = None
    return _Style(based_on, font, points)


def _theme_fonts(root: Element | None) -> dict[str, str]:
    """What names such as «minorHAnsi» stand for."""
    if root is None:
        return {}
    found = {}
    for name in ("major", "minor"):
        latin = root.find(f".//{_A}{name}Font/{_A}latin")
        if latin is not None:
            for script in ("HAnsi", "Ascii", "Bidi", "EastAsia"):
                found[name + script] = latin.get("typeface", "")
    return found
