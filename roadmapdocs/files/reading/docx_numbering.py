"""Automatic numbering of Word: the numbers it prints in front of paragraphs without writing them down.

ECMA-376 part 1, 17.9: a paragraph, or its style, points to a numbering instance (``w:num``) and a level; the
instance points to an abstract definition with formats of nine levels. Instances of one definition count on
together unless an instance overrides the start.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from roadmapdocs.files.reading.ooxml import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = W + "val"

_LEVELS = 9
_MAX_NUMBER = 100_000
_PLACE = re.compile(r"%([1-9])")
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def number_of(text: str | None, default: int) -> int:
    """A whole number out of an attribute, held within sane bounds; ``default`` where it is none."""
    try:
        return max(0, min(int(text or ""), _MAX_NUMBER))
    except ValueError:
        return default


def formatted(number: int, form: str) -> str:
    """``number`` as the numbering format of Word prints it; a format not known here prints digits."""
    if form in ("none", "bullet"):
        return ""
    if form == "decimalZero":
        return f"{number:02d}"
    if form in ("lowerRoman", "upperRoman"):
        text = _roman(number)
    elif form in ("lowerLetter", "upperLetter", "russianLower", "russianUpper"):
        alphabet = _RUSSIAN if form.startswith("russian") else _LATIN
        # After the last letter Word doubles it: «я», «аа», «бб».
        text = (
            alphabet[(number - 1) % len(alphabet)] * min((number - 1) // len(alphabet) + 1, 20)
            if number
            else ""
        )
    else:
        return str(number)
    return text.upper() if "upper" in form.lower() else text


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: its format, the pattern with ``%1`` … ``%9``, where it starts and what restarts it."""

    form: str = "decimal"
    pattern: str = ""
    start: int = 1
    restart: int | None = None
    legal: bool = False
    style: str | None = None


@dataclass(frozen=True, slots=True)
class Instance:
    """A ``w:num``: its definition, its own levels and its own starts."""

    definition: str
    levels: dict[int, Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts through a document; ask :meth:`label` for each paragraph in reading order, once."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._definitions: dict[str, dict[int, Level]] = {}
        self._instances: dict[str, Instance] = {}
        self._style_links: dict[str, str] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()
        self._style_numbers = _numbers_of_styles(styles)
        if numbering is not None:
            self._read(numbering)

    def label(self, properties: Element | None) -> str:
        """The printed number of the paragraph with these ``w:pPr``, such as "1.2."; empty where there is none."""
        num_id, depth = self._place(properties)
        instance = self._instances.get(num_id or "")
        if instance is None:
            return ""
        levels = {**self._definition(instance.definition), **instance.levels}
        if depth not in levels:
            return ""
        counters = self._count(num_id or "", instance, levels, depth)
        level = levels[depth]

        def place(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            form = levels[index].form if index in levels else "decimal"
            if level.legal and form not in ("none", "bullet"):
                form = "decimal"
            return formatted(counters.get(index, levels[index].start if index in levels else 1), form)

        return "" if level.form in ("none", "bullet") else _PLACE.sub(place, level.pattern).strip()

    def _count(self, num_id: str, instance: Instance, levels: dict[int, Level], depth: int) -> dict[int, int]:
        counters = self._counters.setdefault(instance.definition, {})
        if depth in instance.starts and (num_id, depth) not in self._started:
            self._started.add((num_id, depth))
            counters[depth] = instance.starts[depth]
        elif depth in counters:
            counters[depth] += 1
        else:
            counters[depth] = levels[depth].start
        for upper in range(depth):
            counters.setdefault(upper, levels[upper].start if upper in levels else 1)
        for deeper in [index for index in counters if index > depth]:
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or depth < restart:
                del counters[deeper]
        return counters

    def _place(self, properties: Element | None) -> tuple[str | None, int]:
        """Numbering id and level of a paragraph: its own, else its style's."""
        style = None
        num_id, depth = None, None
        if properties is not None:
            named = properties.find(W + "pStyle")
            style = named.get(VAL) if named is not None else None
            num_id, depth = _number_properties(properties)
        if num_id is None and style is not None:
            num_id, style_depth = self._style_numbers.get(style, (None, None))
            if num_id is not None and depth is None:
                depth = style_depth if style_depth is not None else self._level_of_style(num_id, style)
        if num_id == "0":
            return None, 0
        return num_id, min(depth or 0, _LEVELS - 1)

    def _level_of_style(self, num_id: str, style: str) -> int:
        instance = self._instances.get(num_id)
        levels = self._definition(instance.definition) if instance else {}
        return next((index for index, level in levels.items() if level.style == style), 0)

    def _definition(self, key: str) -> dict[int, Level]:
        """Levels of a definition, or of the list style it only stands for."""
        return self._definitions.get(self._style_links.get(key, key), {})

    def _read(self, root: Element) -> None:
        owners: dict[str, str] = {}
        borrowed: dict[str, str] = {}
        for abstract in root.iterfind(W + "abstractNum"):
            key = abstract.get(W + "abstractNumId", "")
            self._definitions[key] = dict(_levels(abstract))
            owned, lent = abstract.find(W + "styleLink"), abstract.find(W + "numStyleLink")
            if owned is not None:
                owners.setdefault(owned.get(VAL, ""), key)
            if lent is not None:
                borrowed[key] = lent.get(VAL, "")
        self._style_links = {key: owners[style] for key, style in borrowed.items() if style in owners}
        for num in root.iterfind(W + "num"):
            target = num.find(W + "abstractNumId")
            if target is not None:
                self._instances[num.get(W + "numId", "")] = _instance(num, target.get(VAL, ""))


def _instance(num: Element, definition: str) -> Instance:
    instance = Instance(definition)
    for override in num.iterfind(W + "lvlOverride"):
        depth = number_of(override.get(W + "ilvl"), 0)
        instance.levels.update(_levels(override))
        start = override.find(W + "startOverride")
        if start is not None:
            instance.starts[depth] = number_of(start.get(VAL), 1)
    return instance


def _levels(parent: Element) -> Iterator[tuple[int, Level]]:
    for level in parent.iterfind(W + "lvl"):
        values = {child.tag: child.get(VAL) for child in level}
        restart = values.get(W + "lvlRestart")
        legal = W + "isLgl" in values and values[W + "isLgl"] not in ("0", "false", "off")
        yield (
            number_of(level.get(W + "ilvl"), 0),
            Level(
                form=values.get(W + "numFmt") or "decimal",
                pattern=values.get(W + "lvlText") or "",
                start=number_of(values.get(W + "start"), 0),
                restart=None if restart is None else number_of(restart, 0),
                legal=legal,
                style=values.get(W + "pStyle"),
            ),
        )


def _number_properties(properties: Element) -> tuple[str | None, int | None]:
    numbered = properties.find(W + "numPr")
    if numbered is None:
        return None, None
    num_id, depth = numbered.find(W + "numId"), numbered.find(W + "ilvl")
    return (
        num_id.get(VAL) if num_id is not None else None,
        number_of(depth.get(VAL), 0) if depth is not None else None,
    )


def _numbers_of_styles(styles: Element | None) -> dict[str, tuple[str | None, int | None]]:
    """Style id → numbering id and level, taken from the styles it is based on where it has none itself."""
    if styles is None:
        return {}
    own: dict[str, tuple[str | None, int | None]] = {}
    parents: dict[str, str] = {}
    for style in styles.iterfind(W + "style"):
        key = style.get(W + "styleId", "")
        properties, based = style.find(W + "pPr"), style.find(W + "basedOn")
        own[key] = _number_properties(properties) if properties is not None else (None, None)
        if based is not None:
            parents[key] = based.get(VAL, "")
    return {key: _inherited(key, own, parents) for key in own}


def _inherited(
    key: str, own: dict[str, tuple[str | None, int | None]], parents: dict[str, str]
) -> tuple[str | None, int | None]:
    num_id: str | None = None
    depth: int | None = None
    seen: set[str] = set()
    while key in own and key not in seen and num_id is None:
        seen.add(key)
        num_id, found = own[key]
        depth = found if depth is None else depth
        key = parents.get(key, "")
    return num_id, depth


def _roman(number: int) -> str:
    text = ""
    # Word prints no Roman numerals over 32767; a hostile counter must not print a page of «m».
    number = min(number, 32_767)
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text
