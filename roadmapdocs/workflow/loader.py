"""Definitions out of TOML files: an organisation's own before ours, everything checked, all problems at once."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

from roadmapdocs.errors import ConfigurationError
from roadmapdocs.workflow.graph import graph_problems
from roadmapdocs.workflow.reading import Reader
from roadmapdocs.workflow.rules import Definition, Known, Line, Workflow

#: Bytes; our longest definition takes a tenth of it.
LARGEST_FILE: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Definitions by code. ``notices`` tell which files of the organisation's folder were passed over, and why."""

    definitions: Mapping[str, Definition]
    notices: tuple[str, ...] = ()

    def workflow(self, codes: Mapping[Line, str]) -> Workflow:
        """Six definitions together: those named, and for a line not named the one called like the line.

        :raise ConfigurationError: if a code is unknown or of another line, or two lines share a transition's name
        """
        chosen = {line: self._of(line, codes.get(line, line.value)) for line in Line}
        if clashes := list(_clashes(chosen.values())):
            raise ConfigurationError("\n".join(clashes))
        return Workflow(chosen)

    def _of(self, line: Line, code: str) -> Definition:
        found = self.definitions.get(code)
        if found is not None and found.line is line:
            return found
        of_line = sorted(one.code for one in self.definitions.values() if one.line is line)
        near = difflib.get_close_matches(code, of_line, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(of_line)}"
        what = f"is a definition of the line {found.line.value!r}" if found else "is not a known definition"
        raise ConfigurationError(f"workflow: {line.value}: {code!r} {what}; {hint}")


def load(own: Path | None, known: Known) -> Catalogue:
    """Our definitions, with those of the folder ``own`` in the place of ours of the same name or beside them.

    :raise ConfigurationError: with a line for each problem, naming file, key, value and the nearest known name
    """
    catalogue, found = _read(own, known)
    if found:
        raise ConfigurationError("\n".join(found))
    return catalogue


def problems(own: Path | None, known: Known) -> list[str]:
    """A line for each thing wrong with the definitions; none if :func:`load` would load them."""
    return _read(own, known)[1]


def parse(code: str, text: str) -> Definition:
    """A definition as a document started with it: names that the program has no more are kept as they are.

    :raise ConfigurationError: if the text is no definition at all
    """
    reader = Reader(f"{code}.toml")
    definition = reader.definition(code, text)
    if definition is None:
        raise ConfigurationError("\n".join(reader.problems))
    return definition


def shipped_folder() -> Path:
    return Path(str(files("roadmapdocs.workflow") / "definitions"))


def _read(own: Path | None, known: Known) -> tuple[Catalogue, list[str]]:
    wrong: list[str] = []
    notices: list[str] = []
    definitions = dict(_folder(shipped_folder(), known, wrong, []))
    if own is not None and not own.is_dir():
        wrong.append(f"{own}: there is no such folder of definitions")
    elif own is not None:
        for code, definition in _folder(own, known, wrong, notices):
            ours = definitions.get(code)
            if ours is not None and ours.line is not definition.line:
                wrong.append(
                    f"{own / code}.toml: line: {definition.line.value!r} is not the line of ours of that name,"
                    f" {ours.line.value!r}; give the file another name"
                )
                continue
            definitions[code] = definition
    return Catalogue(definitions, tuple(notices)), [*wrong, *_clashes(definitions.values())]


def _folder(folder: Path, known: Known, wrong: list[str], notices: list[str]) -> Iterator[tuple[str, Definition]]:
    """Definitions of a folder that are all right; what is wrong with the others goes to ``wrong``."""
    try:
        places = sorted(folder.iterdir())
    except OSError as problem:
        wrong.append(f"{folder}: not readable: {problem.strerror}")
        return
    for file in places:
        if file.suffix != ".toml" or file.is_symlink() or not file.is_file():
            notices.append(f"{file}: passed over: {'a link' if file.is_symlink() else 'not a file *.toml'}")
        elif (definition := _file(file, known, wrong)) is not None:
            yield file.stem, definition


def _file(file: Path, known: Known, wrong: list[str]) -> Definition | None:
    try:
        with file.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
        # Notepad begins a file with a mark of its own.
        text = data.decode("utf-8-sig")
    except OSError as problem:
        wrong.append(f"{file}: not readable: {problem.strerror}")
        return None
    except UnicodeDecodeError as problem:
        wrong.append(f"{file}: not UTF-8 from byte {problem.start} on; save it as UTF-8")
        return None
    if len(data) > LARGEST_FILE:
        wrong.append(f"{file}: larger than {LARGEST_FILE} bytes")
        return None
    reader = Reader(str(file), known)
    definition = reader.definition(file.stem, text)
    if definition is not None:
        # Only where every name is right: else most of it would be consequences of the wrong ones.
        for key, what in graph_problems(definition):
            reader.say(key, what)
    wrong += reader.problems
    return None if reader.problems else definition


def _clashes(definitions: Iterable[Definition]) -> Iterator[str]:
    """A transition's name in two lines: a document that has both could not tell which is meant."""
    seen: dict[str, Definition] = {}
    for definition in definitions:
        for name in definition.transitions:
            other = seen.setdefault(name, definition)
            if other.line is not definition.line:
                yield f"{definition.code}.toml: transitions.{name}: {other.code}.toml of another line has this name, too"
