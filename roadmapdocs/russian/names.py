"""Full names: read from any usual order, declined, and with initials both ways round."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.russian import name_endings
from roadmapdocs.russian.cases import Case
from roadmapdocs.russian.letters import strip_invisible
from roadmapdocs.russian.morphology import readings
from roadmapdocs.russian.name_endings import Pattern
from roadmapdocs.russian.spelling import dressed

NBSP = "\N{NO-BREAK SPACE}"
#: Longest name that is read, in characters.
LONGEST_NAME = 200
_INITIAL = re.compile(r"[^\W\d_]\.(?:-[^\W\d_]\.)?")
_WORD = re.compile(r"[^\W\d_]+(?:['’`-][^\W\d_]+)*")
_GLUED = re.compile(r"(?<=\.)(?=[^\s.-])")
#: Words of a surname that stay as they are: of nobility, of kinship, of Caucasian and Polish double surnames.
_PARTICLES = frozenset(
    "фон ван дер ден де ди да ду дю дос дель делла ла ле лас лос эль аль ибн бен бин тер сен сент сан мак о "
    "грум бонч нор мелик кара абд абдул абдель абу".split()
)
#: Words behind the father's name, with the gender that they tell.
_KINSHIP = {"оглы": "m", "оглу": "m", "углы": "m", "улы": "m", "уулу": "m", "кызы": "f", "гызы": "f", "кизи": "f"}
_DEFAULT_GENDER = "m"
_CYRILLIC = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")
_Declension = Callable[[str, str], Pattern]


@dataclass(frozen=True, slots=True)
class FullName:
    """``gender`` is m or f; ``name`` and ``patronymic`` may be initials («С.») or empty."""

    surname: str
    name: str = ""
    patronymic: str = ""
    gender: str = _DEFAULT_GENDER

    @classmethod
    def read(cls, text: str, gender: str | None = None) -> FullName:
        """«Левченко Светлана Сергеевна», «Светлана Сергеевна Левченко», «С. С. Левченко», «Левченко С.С.», «Левченко».

        The gender is what the patronymic tells; else the given one; else what the first name, then what the
        surname tells; masculine where nothing tells it.

        :raise Refusal: ``unreadable_name``
        """
        words = _words(text)
        initials = [word for word in words if word.endswith(".")]
        rest = _joined([word for word in words if not word.endswith(".")])
        if initials and len(rest) == 1 and len(initials) <= 2 and _in_one_place(words):
            surname, name, patronymic = rest[0], initials[0], "".join(initials[1:])
        elif not initials and 1 <= len(rest) <= 3:
            surname, name, patronymic = _in_order(rest)
        else:
            raise _unreadable()
        return cls(surname, name, patronymic, gender_of(surname, name, patronymic, gender))

    @property
    def full(self) -> str:
        """«Левченко Светлана Сергеевна»."""
        return " ".join(part for part in (self.surname, self.name, self.patronymic) if part)

    @property
    def initials(self) -> str:
        """«С.С.»."""
        return "".join(f"{part[0].upper()}." for part in (self.name, self.patronymic) if part)

    @property
    def initials_before(self) -> str:
        """«С.С. Левченко» with a no-break space."""
        return NBSP.join(part for part in (self.initials, self.surname) if part)

    @property
    def initials_after(self) -> str:
        """«Левченко С.С.» with a no-break space."""
        return NBSP.join(part for part in (self.surname, self.initials) if part)


@lru_cache(maxsize=8192)
def decline(name: FullName, case: Case) -> FullName:
    """All parts of the name in ``case``; initials, and words of other alphabets, stay."""
    if case is Case.NOM:
        return name
    return dataclasses.replace(
        name,
        surname=_parts(name.surname, name.gender, case, name_endings.surname),
        name=_first_name(name.name, name.gender, case),
        patronymic=_parts(name.patronymic, name.gender, case, name_endings.patronymic),
    )


def gender_of(surname: str, name: str, patronymic: str, given: str | None = None) -> str:
    """m or f: by the patronymic, else ``given``, else by the first name, else by the surname, else m."""
    return (
        _by_patronymic(patronymic)
        or given
        or _by_first_name(name)
        or _by_surname(surname)
        or _by_ending(name)
        or _DEFAULT_GENDER
    )


def gender_told(surname: str, name: str, patronymic: str) -> str | None:
    """m or f where the patronymic, else the first name, else the surname tells it for certain; None where nothing does."""
    return _by_patronymic(patronymic) or _by_first_name(name) or _by_surname(surname)


def is_patronymic(word: str) -> bool:
    """Whether the word looks like «Сергеевна», «Ильич», «Гасан оглы»."""
    return bool(_by_patronymic(word))


def _by_patronymic(patronymic: str) -> str | None:
    low = patronymic.lower()
    if low.endswith(("вич", "ьич", "мич", "кич", "тич", "нич")):
        return "m"
    if low.endswith(("вна", "чна", "шна")):
        return "f"
    return _KINSHIP.get(re.split(r"[\s-]", low)[-1])


def _by_first_name(name: str) -> str | None:
    """None for «Саша» and «Женя», which both bear, and for names the dictionary does not have."""
    if name.endswith("."):
        return None
    genders = {
        one.gender
        for one in readings(name.lower().partition("-")[0])
        if one.known and {"Name", "sing", "nomn"} <= one.grammemes and not {"GNdr", "ms-f"} & one.grammemes
    }
    return genders.pop() if len(genders) == 1 and genders <= {"m", "f"} else None


def _by_surname(surname: str) -> str | None:
    low = surname.lower()
    if low.endswith(("ова", "ева", "ёва", "ина", "ына", "ская", "цкая", "ая")):
        return "f"
    return "m" if low.endswith(("ов", "ев", "ёв", "ин", "ын", "ский", "цкий", "ый")) else None


def _by_ending(name: str) -> str | None:
    if not name or name.endswith("."):
        return None
    return "f" if name.lower().endswith(("а", "я")) else "m"


def _words(text: str) -> list[str]:
    """
    :raise Refusal: ``unreadable_name`` if there is anything but words and initials
    """
    if len(text) > LONGEST_NAME:
        raise Refusal(
            "unreadable_name",
            _("The name is longer than %(limit)s characters. Write surname, name and patronymic only.", limit=LONGEST_NAME),
        )
    words = _GLUED.sub(" ", strip_invisible(text)).split()
    if len(words) > 1 and _WORD.fullmatch(words[-1].removesuffix(".")) and len(words[-1]) > 2:
        words[-1] = words[-1].removesuffix(".")
    if not words or any(not (_INITIAL.fullmatch(word) or _WORD.fullmatch(word)) for word in words):
        raise _unreadable()
    return words


def _unreadable() -> Refusal:
    return Refusal(
        "unreadable_name",
        _("This is not read as a name. Write surname, name and patronymic, or surname and initials."),
    )


def _joined(words: list[str]) -> list[str]:
    """Particles with the surname behind them, «оглы» with the father's name before it."""
    joined: list[str] = []
    for word in words:
        low = word.lower()
        if joined and (joined[-1].split()[-1].lower() in _PARTICLES or (low in _KINSHIP and len(joined) > 1)):
            joined[-1] = f"{joined[-1]} {word}"
        else:
            joined.append(word)
    return joined


def _in_one_place(words: list[str]) -> bool:
    """Whether the initials stand together, before the surname or behind it."""
    marks = [word.endswith(".") for word in words]
    return marks in (sorted(marks), sorted(marks, reverse=True))


def _in_order(words: list[str]) -> tuple[str, str, str]:
    """Surname, name and patronymic, of words in either order."""
    if len(words) == 3 and is_patronymic(words[1]) and not is_patronymic(words[2]):
        return words[2], words[0], words[1]
    if len(words) == 2 and _is_first_name(words[0]) and not _is_first_name(words[1]):
        return words[1], words[0], ""
    surname, name, patronymic = (*words, "", "")[:3]
    return surname, name, patronymic


def _first_name(text: str, gender: str, case: Case) -> str:
    """Of a man's double name only the last part declines («Жан-Поля», «Ага-Мамеда»), of a woman's both."""
    whole = name_endings.known_first_name(text.lower(), gender) if "-" in text else None
    if whole is not None:
        return dressed(whole.form(case), text)
    if gender == "m" and "-" in text:
        front, _hyphen, last = text.rpartition("-")
        return f"{front}-{_parts(last, gender, case, name_endings.first_name)}"
    return _parts(text, gender, case, name_endings.first_name)


def _is_first_name(word: str) -> bool:
    """Whether the dictionary has it as a first name and not as a surname."""
    known = [one for one in readings(word.lower()) if one.known and {"sing", "nomn"} <= one.grammemes]
    return any("Name" in one.grammemes for one in known) and not any("Surn" in one.grammemes for one in known)


def _parts(text: str, gender: str, case: Case, declension: _Declension) -> str:
    """The text with each of its words, and each half of a double name, in the case."""
    pieces = re.split(r"([\s-]+)", text)
    if not text or text.endswith(".") or pieces[-1].lower() in _KINSHIP:
        return text
    last = len(pieces) - 1
    return "".join(
        piece if place % 2 or (place < last and piece.lower() in _PARTICLES) else _declined(piece, gender, case, declension)
        for place, piece in enumerate(pieces)
    )


def _declined(word: str, gender: str, case: Case, declension: _Declension) -> str:
    if len(word) < 2 or word[-1].lower() not in _CYRILLIC:
        return word
    return dressed(declension(word.lower(), gender).form(case), word)
