"""Requisite profiles: the standard that a document keeps to, chosen by its date (``domain.md`` §5, §6).

ГОСТ Р 7.0.97-2016 ruled until 17 August 2025, ГОСТ Р 7.0.97-2025 rules since; an office may have its own instruction
and says so in ``requisites.toml`` of its data folder, key by key over the standard it starts from.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import difflib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from roadmapdocs.errors import ConfigurationError

FILE_NAME: Final = "requisites.toml"
#: The first day of the standard of 2025.
NEW_STANDARD: Final = dt.date(2025, 8, 18)


@dataclass(frozen=True, slots=True)
class Profile:
    """Measures are millimetres and points. ``fonts`` empty: any; ``left`` is that of documents kept over ten years.

    ``requisite_line`` is the longest line of a requisite in the corner; ``heading_for_all``: every document has a
    heading to its text. ``yo``: stamps are written with Ё («УТВЕРЖДЁН»); ``stamp_heading``: they
    name the heading of the approving act as well; ``mark_with_stamp``: an appendix with a stamp has its mark beside it.
    """

    code: str
    name: str
    left: int = 30
    left_short: int = 20
    right: int = 10
    top: int = 20
    bottom: int = 20
    fonts: tuple[str, ...] = ()
    sizes: tuple[int, ...] = (12, 13, 14)
    requisite_line: int = 75
    heading_for_all: bool = False
    yo: bool = True
    stamp_heading: bool = False
    mark_with_stamp: bool = True
    colon_after_person: bool = True
    acquainted: str = "С приказом ознакомлены:"


PROFILES: Final = {
    "2016": Profile("2016", "ГОСТ Р 7.0.97-2016"),
    "2025": Profile("2025", "ГОСТ Р 7.0.97-2025", requisite_line=80, heading_for_all=True),
}


def profile_for(date: dt.date | None, own: Profile | None = None, code: str = "") -> Profile:
    """The profile called ``code``; without one the office's own, else the standard in force on the date (none: today's)."""
    if code in PROFILES:
        return PROFILES[code]
    if own is not None:
        return own
    return PROFILES["2016" if date is not None and date < NEW_STANDARD else "2025"]


def own_profile(folder: Path) -> Profile | None:
    """The office's own instruction in its data folder; None while it has none.

    :raise ConfigurationError: naming file, key and value
    """
    file = folder / FILE_NAME
    if not file.is_file():
        return None
    try:
        given = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise ConfigurationError(f"{file}: not readable as TOML: {problem}") from problem
    base = str(given.pop("standard", "2025"))
    if base not in PROFILES:
        raise ConfigurationError(f"{file}: standard: {base!r} is not one of {', '.join(PROFILES)}")
    changes = {key: _checked(key, value, file) for key, value in given.items()}
    return dataclasses.replace(PROFILES[base], **{"code": "own", "name": "Инструкция организации"} | changes)  # type: ignore[arg-type]  # each was checked by its field



def _checked(key: str, value: object, file: Path) -> object:
    known = {field.name: field for field in dataclasses.fields(Profile) if field.name != "code"}
    if key not in known:
        near = difflib.get_close_matches(key, known, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else f"; known: {', '.join(known)}"
        raise ConfigurationError(f"{file}: unknown key {key!r}{hint}")
    wanted = str(known[key].type)
    if wanted.startswith("tuple") and isinstance(value, list):
        inner = str if "str" in wanted else int
        if all(type(one) is inner for one in value):
            return tuple(value)
    if type(value).__name__ == wanted and not (isinstance(value, int) and value < 0):
        return value
    raise ConfigurationError(f"{file}: {key}: {value!r} is not {wanted}")
