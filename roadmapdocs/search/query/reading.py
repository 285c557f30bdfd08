"""Questions as people type them, read into a tree. Nothing is refused: what has no sense is searched as words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import replace

from roadmapdocs.search.analysis import STOP_WORDS
from roadmapdocs.search.analysis_words import fold
from roadmapdocs.search.answers import LONGEST_QUERY, MOST_WORDS, Chip, ChipKind, Note
from roadmapdocs.search.query.fields import ZONES, Fields
from roadmapdocs.search.query.lexicon import Lexicon
from roadmapdocs.search.query.lexing import Lexeme, Sign, clean, lexemes, words_in
from roadmapdocs.search.query.recognising import Found, Recogniser, Run
from roadmapdocs.search.query.tree import (
    All,
    Any,
    Marked,
    Node,
    Not,
    OfKind,
    Plain,
    Quoted,
    Typed,
    Understood,
    Within,
)

#: Brackets inside brackets beyond this depth are passed over.
DEEPEST = 8
_MOST_NOTES = 8
_SHOWN = 60


def read(
    text: str, lexicon: Lexicon, *, today: dt.date, ignored: Collection[str] = frozenset(), growing: bool = False
) -> Understood:
    """What a question asks for.

    :param ignored: ids of chips that were taken off: what they stand for counts as plain words
    :param growing: its last word may be unfinished, unless a space stands behind it
    """
    cleaned = clean(text)
    found, more = lexemes(cleaned)
    read_to = cleaned[: found[-1].end + len("..")] if found else ""
    reader = _Reader(cleaned, found, Recogniser(read_to, lexicon, today), lexicon, frozenset(ignored))
    tree = reader.tree()
    notes = list(reader.notes)
    if len(text) > LONGEST_QUERY:
        notes.append(Note("too_long", {"most": str(LONGEST_QUERY)}))
    if more:
        notes.append(Note("too_many_words", {"most": str(MOST_WORDS)}))
    if tree is None and cleaned.strip() and not notes:
        notes.append(Note("unread", {"part": cleaned.strip()[:_SHOWN]}))
    if reader.words and not reader.chips and _only_stop_words(reader.words):
        notes.append(Note("only_stop_words"))
    last = reader.words[-1] if reader.words else None
    grows = growing and last is not None and last.sought and last.end == len(cleaned)
    return Understood(
        cleaned, tree, tuple(reader.chips), tuple(reader.words), tuple(notes), growing=grows, groups=lexicon.groups
    )


def _only_stop_words(words: list[Typed]) -> bool:
    return all(fold(word.text) in STOP_WORDS or len(word.text) == 1 for word in words)


class _Reader:
    def __init__(
        self, text: str, found: list[Lexeme], recogniser: Recogniser, lexicon: Lexicon, ignored: frozenset[str]
    ) -> None:
        self.text = text
        self.chips: list[Chip] = []
        self.words: list[Typed] = []
        self.notes: list[Note] = []
        self._lexemes = found
        self._place = 0
        self._unopened = 0
        self._recogniser = recogniser
        self._fields = Fields(recogniser, lexicon)
        self._ignored = ignored
        self._counted: dict[ChipKind, int] = {}
        self._sought = True

    def tree(self) -> Node | None:
        return _joined(self._sequence(0, ""))

    def _sequence(self, depth: int, field: str) -> list[Node]:
        """The nodes up to the closing bracket, those with «ИЛИ» between them as one."""
        found: list[Node] = []
        joint: Lexeme | None = None
        while (lexeme := self._next()) is not None:
            if lexeme.sign is Sign.CLOSE:
                if self._closes(lexeme, depth):
                    break
            elif lexeme.sign is Sign.OR:
                if joint is not None or not found:
                    self._unread(lexeme.text)
                else:
                    joint = lexeme
            else:
                nodes = self._unit(lexeme, depth, field)
                if nodes and (joint is not None or _are_kinds(found[-1:], nodes)):
                    found[-1] = _either(found[-1], nodes[0])
                    nodes, joint = nodes[1:], None
                found += nodes
        else:
            if depth:
                self._unread("(")
        if joint is not None:
            self._unread(joint.text)
        return found

    def _unit(self, lexeme: Lexeme, depth: int, field: str) -> list[Node]:
        """One thing, or a run of plain words and what is recognised among them."""
        if lexeme.sign is Sign.NOT:
            return self._negated(lexeme, depth, field)
        if lexeme.sign is Sign.OPEN:
            if depth >= DEEPEST:
                self._unopened += 1
                return []
            inside = _joined(self._sequence(depth + 1, field))
            return [inside] if inside is not None else []
        if lexeme.sign is Sign.FIELD:
            return self._of_field(lexeme, depth)
        if lexeme.sign is Sign.LOST:
            self._unread(lexeme.text)
            return []
        if field:
            return self._value(field, lexeme, lexeme.start)
        return self._quoted(lexeme) if lexeme.sign is Sign.QUOTE else self._run(self._words_from(lexeme))

    def _negated(self, sign: Lexeme, depth: int, field: str) -> list[Node]:
        lexeme = self._next()
        if lexeme is None or lexeme.sign in (Sign.CLOSE, Sign.OR):
            self._place -= lexeme is not None
            self._unread(sign.text)
            return []
        self._sought = not self._sought
        nodes = self._run([lexeme]) if lexeme.sign is Sign.WORD and not field else self._unit(lexeme, depth, field)
        self._sought = not self._sought
        inside = _joined(nodes)
        return [Not(inside)] if inside is not None else []

    def _of_field(self, field: Lexeme, depth: int) -> list[Node]:
        value = self._next()
        if value is not None and value.sign is Sign.OPEN and depth < DEEPEST:
            inside = _joined(self._sequence(depth + 1, field.text))
            return [inside] if inside is not None else []
        if value is None or value.sign not in (Sign.WORD, Sign.QUOTE):
            self._place -= value is not None
            self._unread(self.text[field.start : field.end].strip())
            return self._run(words_in(self.text, field.start, field.end))
        return self._value(field.text, value, field.end, field)

    def _value(self, field: str, value: Lexeme, start: int, named: Lexeme | None = None) -> list[Node]:
        """What the field asks for; of its own words where they make no sense in it."""
        quoted = value.sign is Sign.QUOTE
        if field in ZONES:
            inside = _joined(self._quoted(value) if quoted else [self._plain(value)])
            return [Within(ZONES[field], inside)] if inside is not None else []
        place = self._place
        words = words_in(self.text, value.start + 1, value.end - 1) if quoted else self._words_from(value)
        found = self._fields.value(field, Run.of(words), words[0].start if quoted else start) if words else None
        if found is None:
            self._place = place
            since = value.start if named is None else named.start
            self._unread(self.text[since : value.end])
            return [self._plain(word) for word in (words if quoted else words[:1])]
        if not quoted:
            self._place = place + found.after - 1
        return self._shown(found, words[: found.after])

    def _run(self, words: list[Lexeme]) -> list[Node]:
        nodes: list[Node] = []
        run, i, before = Run.of(words), 0, None
        while i < len(words):
            spelt = self._recogniser.spelt(run, i)
            found = None if spelt else self._recogniser.at(run, i, before)
            if found is None:
                after = i + max(spelt, 1)
                nodes += [self._plain(word) for word in words[i:after]]
                i, before = after, None
            else:
                nodes += self._shown(found, words[i : found.after])
                i, before = found.after, found
        return nodes

    def _shown(self, found: Found, words: list[Lexeme]) -> list[Node]:
        """The node with its chip; plain words where that chip was taken off."""
        if found.chip is None:
            return [found.node]
        number = self._counted.get(found.chip, 0)
        self._counted[found.chip] = number + 1
        chip = Chip(f"{found.chip}.{number}", found.chip, found.value)
        if chip.id in self._ignored:
            return [self._plain(word) for word in words]
        self.chips.append(chip)
        return [found.node]

    def _plain(self, word: Lexeme) -> Plain:
        text = word.text.rstrip(".")
        self.words.append(Typed(text, word.start, word.start + len(text), self._sought))
        return Plain(text, word.start, word.start + len(text), word.unfinished)

    def _quoted(self, quotation: Lexeme) -> list[Node]:
        inside = words_in(self.text, quotation.start + 1, quotation.end - 1)
        self.words += [
            Typed(word.text.rstrip("."), word.start, word.start + len(word.text.rstrip(".")), self._sought) for word in inside
        ]
        return [Quoted(quotation.text)] if inside else []

    def _words_from(self, first: Lexeme) -> list[Lexeme]:
        """The words that stand side by side from this one on."""
        words = [first]
        while self._place < len(self._lexemes) and self._lexemes[self._place].sign is Sign.WORD:
            words.append(self._lexemes[self._place])
            self._place += 1
        return words

    def _closes(self, lexeme: Lexeme, depth: int) -> bool:
        if self._unopened:
            self._unopened -= 1
            return False
        if not depth:
            self._unread(lexeme.text)
        return depth > 0

    def _next(self) -> Lexeme | None:
        if self._place >= len(self._lexemes):
            return None
        self._place += 1
        return self._lexemes[self._place - 1]

    def _unread(self, part: str) -> None:
        note = Note("unread", {"part": part[:_SHOWN]})
        if note not in self.notes and len(self.notes) < _MOST_NOTES:
            self.notes.append(note)


def _joined(nodes: list[Node]) -> Node | None:
    distinct = tuple(dict.fromkeys(nodes))
    return All(distinct) if len(distinct) > 1 else next(iter(distinct), None)


def _are_kinds(before: list[Node], nodes: list[Node]) -> bool:
    """«вид:приказ вид:протокол»: no document is of both kinds, so either is meant."""
    return bool(before) and len(nodes) == 1 and _is_kind(before[0]) and _is_kind(nodes[0])


def _is_kind(node: Node) -> bool:
    match node:
        case OfKind(strict=strict):
            return strict
        case Any(nodes):
            return all(_is_kind(one) for one in nodes)
        case Marked(tags):
            return all(tag.startswith("kind:") for tag in tags)
    return False


def _either(first: Node, second: Node) -> Node:
    return replace(first, nodes=(*first.nodes, second)) if isinstance(first, Any) else Any((first, second))
