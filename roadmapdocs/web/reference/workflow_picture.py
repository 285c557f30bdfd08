"""A definition as a picture: SVG made on the server, narrow enough for a phone, readable without colours.

Sizes are units of the picture and, where nothing shrinks it, pixels of the screen.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field

from markupsafe import Markup

from roadmapdocs.i18n import gettext as _
from roadmapdocs.workflow.layout import Layout, Way, layout
from roadmapdocs.workflow.rules import Definition, State

WIDTH = 350
#: Boxes of states, and where the stems of their transitions stand below them.
LEFT, BOX_WIDTH, STEM, SPINE = 6, 214, 34, 18
LANE = 12
LINE, PAD, GAP = 16, 9, 20
BETWEEN = 7
#: Cyrillic letters of 13 units are this wide on the average, with a margin for wide fonts.
LETTER = 7.6


@dataclass(slots=True)
class _Drawing:
    """The picture under way.

    ``middle`` is where a state's lane comes in, ``below`` where its box ends, ``joined`` where transitions join the lane.
    """

    definition: Definition
    current: str | None
    language: str
    gender: str
    plan: Layout
    y: int = 26
    parts: list[Markup] = field(default_factory=list)
    middle: dict[str, int] = field(default_factory=dict)
    below: dict[str, int] = field(default_factory=dict)
    joined: dict[str, list[tuple[int, Way]]] = field(default_factory=dict)

    @property
    def first_lane(self) -> int:
        return max(WIDTH - 8 - LANE * (self.plan.lanes - 1), LEFT + BOX_WIDTH + 22)

    @property
    def width(self) -> int:
        return self.first_lane + LANE * max(self.plan.lanes - 1, 0) + 8

    def lane(self, way: Way) -> int:
        return self.first_lane + LANE * (way.lane or 0)

    def draw(self) -> Iterator[Markup]:
        """The parts from back to front: lines under boxes, boxes under words."""
        for name in self.plan.order:
            self._state(self.definition.states[name])
            for way in self.plan.ways[name]:
                self._way(way)
            self.y += GAP if not any(way.lane is None for way in self.plan.ways[name]) else 6
        yield from self._lanes()
        yield from self.parts

    def word(self, state: str) -> str:
        return self.definition.states[state].label.in_language(self.language, self.gender)

    def _state(self, state: State) -> None:
        now = state.name == self.current
        lines = _wrapped(self.word(state.name), BOX_WIDTH - (44 if now else 24))
        if now:
            lines.append(_("now here"))
        height = LINE * len(lines) + 2 * PAD
        self.middle[state.name], self.below[state.name] = self.y + height // 2, self.y + height
        kind = f"rd-wf__state rd-wf__state--{state.look}{' rd-wf__state--now' if now else ''}"
        drawn = _box(LEFT, self.y, width=BOX_WIDTH, height=height, kind=kind, stroke=3 if now else 1.4)
        if state.final:
            drawn += _box(LEFT + 4, self.y + 4, width=BOX_WIDTH - 8, height=height - 8, kind="rd-wf__inner", stroke=1)
        if state.name == self.definition.initial:
            drawn += Markup('<circle class="rd-wf__dot" cx="{x}" cy="{y}" r="5"/>').format(x=SPINE, y=self.y - 20)
            drawn += _arrow_down(SPINE, self.y - 15, self.y, "rd-wf__line")
        if now:
            x, y = LEFT + 12, self.middle[state.name]
            path = f"M{x} {y - 7}L{x + 11} {y}L{x} {y + 7}Z"
            drawn += Markup('<path class="rd-wf__mark" d="{path}"/>').format(path=path)
        left, top = LEFT + (32 if now else 12), self.y + PAD + 12
        drawn += _text(lines, left, top, "rd-wf__name", bold=now)
        self.parts.append(_group(drawn, self.word(state.name)))
        self.y += height

    def _way(self, way: Way) -> None:
        """The words of a way with its line: straight down beside them, or below them out to the lane."""
        left = STEM + 8
        room = self.width - left - 12 if way.lane is None else self.first_lane - left - 4
        top = self.y
        lines = [
            line for one in way.transitions for line in _wrapped(one.label.in_language(self.language), room)
        ]
        self.y += BETWEEN + LINE * len(lines) + 4
        rule = not any(one.by_people for one in way.transitions)
        kind = "rd-wf__line" + (" rd-wf__line--back" if way.back else "") + (" rd-wf__line--now" if way.source == self.current else "")
        words = _text(lines, left, top + BETWEEN + 11, "rd-wf__act" + (" rd-wf__act--rule" if rule else ""))
        if way.lane is None:
            self.y += 6
            line = _arrow_down(SPINE, self.below[way.source], self.y + 6, kind)
        else:
            self.joined.setdefault(way.target, []).append((self.y, way))
            line = _line(f"M{STEM} {top}V{self.y}H{self.lane(way)}", kind)
            line += Markup('<circle class="rd-wf__dot" cx="{x}" cy="{y}" r="2.6"/>').format(x=self.lane(way), y=self.y)
        told = " / ".join(one.label.in_language(self.language) for one in way.transitions)
        self.parts.append(_group(line + words, f"{self.word(way.source)} → {told} → {self.word(way.target)}"))

    def _lanes(self) -> Iterator[Markup]:
        """Each lane from the transitions that join it to its state."""
        for name, joins in self.joined.items():
            x, y = self.lane(joins[0][1]), self.middle[name]
            rows = [y, *(row for row, _way in joins)]
            edge = LEFT + BOX_WIDTH
            path = f"M{x} {min(rows)}V{max(rows)}M{x} {y}H{edge}"
            head = f"M{edge} {y}l9 -4.5v9Z"
            yield _line(path, "rd-wf__line rd-wf__line--lane") + _head(head)


def picture(definition: Definition, current: str | None, language: str, gender: str = "m") -> Markup:
    """The definition as SVG, with the state ``current`` marked; words agree with a kind of this ``gender``."""
    drawing = _Drawing(definition, current, language, gender, layout(definition))
    drawn = Markup("").join(drawing.draw())
    title = definition.title.in_language(language)
    states = ", ".join(drawing.word(name) for name in drawing.plan.order)
    told = _("States from top to bottom: %(states)s. The table says the same in words.", states=states)
    if current in definition.states:
        told = _("Now here: %(state)s.", state=drawing.word(current or "")) + " " + told
    mark = f"wf-{definition.code}"
    return Markup(
        '<svg class="rd-wf" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img"'
        ' aria-labelledby="{mark}-title {mark}-desc" fill="none" font-size="13">'
        '<title id="{mark}-title">{title}</title><desc id="{mark}-desc">{told}</desc>{drawn}</svg>'
    ).format(width=drawing.width, height=drawing.y, mark=mark, title=title, told=told, drawn=drawn)


def _wrapped(words: str, room: float) -> list[str]:
    return textwrap.wrap(words, max(int(room / LETTER), 8)) or [words]


def _group(drawn: Markup, told: str) -> Markup:
    return Markup("<g><title>{told}</title>{drawn}</g>").format(told=told, drawn=drawn)


def _text(lines: list[str], x: float, y: float, kind: str, *, bold: bool = False) -> Markup:
    rows = Markup("").join(
        Markup('<tspan x="{x}" y="{y}">{line}</tspan>').format(x=x, y=y + LINE * number, line=line)
        for number, line in enumerate(lines)
    )
    weight = Markup(' font-weight="700"') if bold else ""
    return Markup('<text class="{kind}" fill="currentColor"{weight}>{rows}</text>').format(kind=kind, weight=weight, rows=rows)


def _box(x: int, y: int, *, width: int, height: int, kind: str, stroke: float) -> Markup:
    return Markup(
        '<rect class="{kind}" x="{x}" y="{y}" width="{width}" height="{height}" rx="8" stroke="currentColor"'
        ' stroke-width="{stroke}"/>'
    ).format(kind=kind, x=x, y=y, width=width, height=height, stroke=stroke)


def _line(path: str, kind: str) -> Markup:
    dashes = Markup(' stroke-dasharray="5 3"') if "--back" in kind else ""
    return Markup('<path class="{kind}" d="{path}" stroke="currentColor" stroke-width="1.3"{dashes}/>').format(
        kind=kind, path=path, dashes=dashes
    )


def _head(path: str) -> Markup:
    return Markup('<path class="rd-wf__dot" d="{path}" fill="currentColor"/>').format(path=path)


def _arrow_down(x: int, top: int, bottom: int, kind: str) -> Markup:
    return _line(f"M{x} {top}V{bottom - 8}", kind) + _head(f"M{x} {bottom}l-4.5 -9h9Z")
