"""One definition out of its TOML: every value checked, every problem named by its key."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from roadmapdocs.workflow.rules import (
    ASKED,
    EVERYONE,
    LOOKS,
    RIGHTS,
    RULE,
    STANDARD,
    TIES,
    Definition,
    Known,
    Label,
    Line,
    State,
    Transition,
)

LONGEST_LABEL: Final = 120
#: More than any office has ever needed; a picture of more could not be read.
MOST_STATES: Final = 60
MOST_TRANSITIONS: Final = 200
GENDERS: Final = ("m", "f", "n", "p")
LANGUAGES: Final = ("ru", "en")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,31}")
_SYMBOL = re.compile(r"[a-z][a-z0-9-]{0,31}")

_KEYS: Final = {"title": True, "line": True, "version": True, "initial": True, "states": True, "transitions": True}
_STATE_KEYS: Final = {"label": True, "meaning": False, "look": False, "rights": False, "final": False}
_TRANSITION_KEYS: Final = {
    "label": True,
    "from": True,
    "to": True,
    "who": True,
    **dict.fromkeys(("guards", "effects", "asks", "may_ask", "symbol", "main"), False),
}


@dataclass(slots=True)
class Reader:
    """Reads a file and collects what is wrong with it.

    Without ``known`` it is a definition as a document started with it, which was checked then: names that this
    program has no more, and keys it has no use for, are let pass.
    """

    place: str
    known: Known | None = None
    problems: list[str] = field(default_factory=list)

    def definition(self, code: str, text: str) -> Definition | None:
        """The definition; None if anything is wrong, which :attr:`problems` then name."""
        try:
            row = tomllib.loads(text)
        except (tomllib.TOMLDecodeError, RecursionError) as problem:
            # A mark at the very beginning or a bracket never closed: the library says where.
            self.problems.append(f"{self.place}: not readable as TOML: {problem}")
            return None
        if not _is_name(code):
            self.say("", f"the file's name {code!r} is not of the form “preparation_of_orders”: a-z, 0-9 and _, up to 32")
        self._keys(row, _KEYS, "")
        line = self._line(row.get("line"))
        states = self._states(row.get("states"), line)
        transitions = self._transitions(row.get("transitions"), line, states)
        initial = self._one(row, "initial", "", states, what="state", default="") if states else ""
        title, version = self._label(row, ""), self._version(row)
        if self.problems or line is None:
            return None
        return Definition(code, line, version, title, initial, states, transitions, text)

    def say(self, key: str, what: str) -> None:
        self.problems.append(f"{self.place}: {key}: {what}" if key else f"{self.place}: {what}")

    def _line(self, value: object) -> Line | None:
        if isinstance(value, str) and value in set(Line):
            return Line(value)
        if value is not None:
            self.say("line", f"{value!r} is not a line of a document{_near(value, [str(line) for line in Line])}")
        return None

    def _version(self, row: Mapping[str, Any]) -> int:
        value = row.get("version", 1)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 1_000_000:
            self.say("version", f"{value!r} is not a whole number from 1 on")
            return 1
        return value

    def _states(self, table: object, line: Line | None) -> dict[str, State]:
        rows = self._tables(table, "states", MOST_STATES)
        return {name: self._state(name, row, line) for name, row in rows.items()}

    def _state(self, name: str, row: Mapping[str, Any], line: Line | None) -> State:
        place = f"states.{name}."
        self._keys(row, _STATE_KEYS, place)
        meanings = STANDARD[line] if line else None
        return State(
            name,
            self._one(row, "meaning", place, meanings, what="standard state of this line", default=name),
            self._label(row, place),
            self._one(row, "look", place, LOOKS, what="look", default="plain"),
            self._rights(row.get("rights", {}), place),
            self._flag(row, "final", place),
        )

    def _rights(self, table: object, place: str) -> dict[str, frozenset[str]]:
        if not isinstance(table, dict):
            self.say(f"{place}rights", f"{table!r} is not a table of rights")
            return {}
        for name in table:
            if self.known and name not in RIGHTS:
                self.say(f"{place}rights", f"{name!r} is not a known right{_near(name, RIGHTS)}")
        people = self._people(rule=False)
        return {name: frozenset(self._names(table, name, f"{place}rights.", people, what="role or tie")) for name in table}

    def _transitions(self, table: object, line: Line | None, states: Mapping[str, State]) -> dict[str, Transition]:
        rows = self._tables(table, "transitions", MOST_TRANSITIONS)
        return {name: self._transition(name, row, line or Line.PREPARATION, states) for name, row in rows.items()}

    def _transition(self, name: str, row: Mapping[str, Any], line: Line, states: Mapping[str, State]) -> Transition:
        place = f"transitions.{name}."
        self._keys(row, _TRANSITION_KEYS, place)
        known = self.known
        asks = self._names(row, "asks", place, ASKED if known else None, what="thing to ask")
        may_ask = self._names(row, "may_ask", place, ASKED if known else None, what="thing to ask")
        for both in sorted({*asks} & {*may_ask}):
            self.say(f"{place}may_ask", f"{both!r} is asked already")
        return Transition(
            name,
            line,
            frozenset(self._names(row, "from", place, states, what="state", least=1)),
            self._one(row, "to", place, states, what="state", default=""),
            self._label(row, place),
            frozenset(self._names(row, "who", place, self._people(rule=True), what="role or tie", least=1)),
            self._names(row, "guards", place, known.guards if known else None, what="guard"),
            self._names(row, "effects", place, known.effects if known else None, what="effect"),
            asks,
            may_ask,
            self._symbol(row, place),
            self._flag(row, "main", place),
        )

    def _people(self, *, rule: bool) -> Collection[str] | None:
        return {*self.known.roles, *TIES, EVERYONE, *([RULE] if rule else [])} if self.known else None

    def _keys(self, row: Mapping[str, Any], keys: Mapping[str, bool], place: str) -> None:
        """Names all keys that are missing, and all that nobody would read."""
        for key in row:
            if self.known and key not in keys:
                self.say(f"{place}{key}", f"unknown key{_near(key, keys)}")
        for key, needed in keys.items():
            if needed and key not in row:
                self.say(f"{place}{key}", "is missing")

    def _tables(self, value: object, key: str, most: int) -> dict[str, dict[str, Any]]:
        """Named tables below a key: those that are named well and are tables."""
        if value is None:
            return {}
        if not isinstance(value, dict) or len(value) > most:
            what = f"{value!r} is not a table" if not isinstance(value, dict) else f"more than {most} of them"
            self.say(key, what)
            return {}
        for name, row in value.items():
            if not _is_name(name):
                self.say(f"{key}.{name}", "is not a name: a-z, 0-9 and _, beginning with a letter, up to 32")
            elif not isinstance(row, dict):
                self.say(f"{key}.{name}", f"{row!r} is not a table")
        return {name: row for name, row in value.items() if _is_name(name) and isinstance(row, dict)}

    def _one(
        self, row: Mapping[str, Any], key: str, place: str, known: Iterable[str] | None, *, what: str, default: str
    ) -> str:
        """One name of those known; a missing one was told of already, if it had to be there."""
        value = row.get(key, default)
        if not isinstance(value, str):
            self.say(f"{place}{key}", f"{value!r} is not a text")
            return default
        if known is not None and value not in (names := [*known]) and (key in row or default):
            self.say(f"{place}{key}", f"{value!r} is not a known {what}{_near(value, names)}")
        return value

    def _names(
        self, row: Mapping[str, Any], key: str, place: str, known: Iterable[str] | None, *, what: str, least: int = 0
    ) -> tuple[str, ...]:
        value = row.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self.say(f"{place}{key}", f"{value!r} is not a list of texts")
            return ()
        if key in row and len(value) < least:
            self.say(f"{place}{key}", f"names no {what}")
        names = [*known] if known is not None else None
        for one in dict.fromkeys(value):
            if value.count(one) > 1:
                self.say(f"{place}{key}", f"{one!r} stands there twice")
            if names is not None and one not in names:
                self.say(f"{place}{key}", f"{one!r} is not a known {what}{_near(one, names)}")
        return tuple(value)

    def _symbol(self, row: Mapping[str, Any], place: str) -> str:
        value = row.get("symbol", "right")
        if not isinstance(value, str) or not _SYMBOL.fullmatch(value):
            self.say(f"{place}symbol", f"{value!r} is not the name of an icon: a-z, 0-9 and -, beginning with a letter")
            return "right"
        return value

    def _flag(self, row: Mapping[str, Any], key: str, place: str) -> bool:
        value = row.get(key, False)
        if not isinstance(value, bool):
            self.say(f"{place}{key}", f"{value!r} is neither true nor false")
            return False
        return value

    def _label(self, row: Mapping[str, Any], place: str) -> Label:
        key = f"{place}label" if place else "title"
        value = row.get("label" if place else "title")
        if value is None:
            return Label({"ru": {"m": ""}})
        if not isinstance(value, dict):
            self.say(key, f"{value!r} is not a table of words by language")
            return Label({"ru": {"m": ""}})
        if "ru" not in value:
            self.say(f"{key}.ru", "is missing")
        words = {}
        for language, said in value.items():
            if self.known and language not in LANGUAGES:
                self.say(f"{key}.{language}", f"unknown language{_near(language, LANGUAGES)}")
            words[language] = self._forms(said, f"{key}.{language}")
        return Label(words)

    def _forms(self, said: object, key: str) -> dict[str, str]:
        """One word for all genders, or a word for each of the four."""
        if not isinstance(said, dict):
            self._word(said, key)
            return {"m": str(said)}
        for gender in GENDERS:
            if gender not in said:
                self.say(f"{key}.{gender}", "is missing: a word that changes is given in all four forms")
        for gender, word in said.items():
            if gender not in GENDERS:
                self.say(f"{key}.{gender}", f"unknown gender; known: {', '.join(GENDERS)}")
            self._word(word, f"{key}.{gender}")
        return {gender: str(word) for gender, word in said.items()}

    def _word(self, word: object, key: str) -> None:
        if not isinstance(word, str) or not word.strip() or not word.isprintable():
            self.say(key, f"{word!r} is not a text of one line")
        elif len(word) > LONGEST_LABEL:
            self.say(key, f"is longer than {LONGEST_LABEL} characters")


def _is_name(name: str) -> bool:
    return _NAME.fullmatch(name) is not None


def _near(value: object, known: Iterable[str]) -> str:
    """The hint that goes with an unknown name."""
    names = sorted(known)
    near = difflib.get_close_matches(str(value)[:LONGEST_LABEL], names, n=1)
    if near:
        return f"; did you mean {near[0]!r}?"
    return f"; known: {', '.join(names)}" if names else "; there are none"
