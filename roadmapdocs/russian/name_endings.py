"""Declension of a single name by its ending, as the grammars give it (Розенталь, §§ 149–151; Калакуцкая).

All words here are in lower case. A pattern is the stem and the endings of the six cases.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from roadmapdocs.russian.cases import Case
from roadmapdocs.russian.morphology import Word, readings
from roadmapdocs.russian.spelling import HUSHED, SIBILANTS, VOWELS, syllables

_ORDER = (Case.NOM, Case.GEN, Case.DAT, Case.ACC, Case.INS, Case.PRE)
_PROPER = frozenset({"Surn", "Name", "Patr", "Geox"})
#: French names stressed on the last vowel do not decline, and no letter tells so.
_STRESSED_FRENCH = frozenset("дюма дега петипа золя труайя".split())


@dataclass(frozen=True, slots=True)
class Pattern:
    """``endings`` follow the order of :class:`Case`."""

    stem: str
    endings: tuple[str, ...]

    def form(self, case: Case) -> str:
        return self.stem + self.endings[_ORDER.index(case)]


def _pattern(stem: str, endings: str, **spelt: str) -> Pattern:
    """``endings`` in the order of the cases, «0» for none; ``spelt`` are letters that they contain."""
    return Pattern(stem, tuple(one.replace("0", "").format_map(spelt) for one in endings.split()))


def unchanged(word: str) -> Pattern:
    return Pattern(word, ("",) * 6)


def adjective(word: str, gender: str) -> Pattern | None:
    """Of «Маковецкая», «Толстой», «Бережний»; None for what is no adjective."""
    stem, before = word[:-2], word[-3:-2]
    if gender == "f":
        if word.endswith("ая") and syllables(stem):
            return _pattern(stem, "ая {o}й {o}й ую {o}й {o}й", o="е" if before in SIBILANTS else "о")
        return _pattern(stem, "яя ей ей юю ей ей") if word.endswith("няя") else None
    if word.endswith("ый") and before not in VOWELS:
        return _pattern(stem, "ый ого ому ого ым ом")
    if word.endswith("ой") and syllables(word) > 1 and before not in VOWELS:
        return _pattern(stem, "ой ого ому ого {i}м ом", i="и" if before in HUSHED else "ы")
    if word.endswith("ий") and (before in "гкхн" or (before in SIBILANTS and _is_known_adjective(word))):
        hard = before in "гкх"
        return _pattern(stem, "ий {o}го {o}му {o}го им {o}м", o="о" if hard else "е")
    return None


def _is_known_adjective(word: str) -> bool:
    """«Хороший», «Рабочий», and not «Топчий»."""
    return any(one.known and (one.inflected(Case.GEN) or "").endswith("его") for one in readings(word))


def noun_in_a(word: str) -> Pattern:
    """«Белошапка», «Гогия», «Илья»: both genders alike."""
    stem, before = word[:-1], word[-2:-1]
    if word.endswith("ия"):
        return _pattern(stem, "я и и ю ей и")
    if word.endswith("я"):
        return _pattern(stem, "я и е ю ей е")
    if before in VOWELS or word in _STRESSED_FRENCH:
        return unchanged(word)
    return _pattern(
        stem, "а {i} е у {o}й е", i="и" if before in HUSHED else "ы", o="е" if before in SIBILANTS | {"ц"} else "о"
    )


def masculine_noun(word: str, stem: str | None = None, instrumental: str = "") -> Pattern:
    """«Ткач», «Коваль», «Юрий». ``stem`` is given where a vowel falls out: «кравц» of «Кравец»."""
    if word.endswith(("ь", "й")):
        base = stem or word[:-1]
        soft = "и" if word.endswith("ий") and syllables(word) > 1 else "е"
        return Pattern(base, (word[len(base) :], "я", "ю", "я", instrumental or "ем", soft))
    base = stem or word
    ins = instrumental or ("ем" if word[-1:] in SIBILANTS | {"ц"} else "ом")
    return Pattern(base, (word[len(base) :], "а", "у", "а", ins, "е"))


@lru_cache(maxsize=4096)
def surname(word: str, gender: str) -> Pattern:
    """One part of a surname."""
    if word[-1:] in VOWELS - {"а", "я"} or word in _STRESSED_FRENCH or _is_phrase(word):
        return unchanged(word)
    if gender == "f":
        return _female_surname(word)
    if word.endswith(("а", "я")):
        return unchanged(word) if word[-2:-1] in VOWELS and word.endswith("а") else noun_in_a(word)
    if _is_plural_genitive(word):
        return unchanged(word)
    noun = _homonym(word)
    short = noun is not None and syllables(word) == 1  # «Лев»
    if word.endswith(("ов", "ев", "ёв", "ин", "ын")) and not short and not _is_foreign(word):
        return _pattern(word, "0 а у а ым е")
    if noun is not None and (noun.inflected(Case.GEN) or "").endswith(("оя", "ия")):
        return masculine_noun(word)  # «Герой», «Прибой»
    return adjective(word, "m") or _male_noun_surname(word, noun)


def _is_phrase(word: str) -> bool:
    """«Отвориворота»: an imperative and a noun that has no singular."""
    if not word.endswith("та"):
        return False
    return any(
        any({"Pltm", "nomn"} <= one.grammemes and one.known for one in readings(word[cut:]))
        and any({"impr", "sing"} <= one.grammemes and one.known for one in readings(word[:cut]))
        for cut in range(4, len(word) - 3)
    )


def _is_plural_genitive(word: str) -> bool:
    """«Черных», «Долгих»: «-их» follows a letter that has no «-ых», so «Дитрих» and «Фрейндлих» are others."""
    if word.endswith("ых"):
        return syllables(word) > 1
    return word.endswith("их") and syllables(word) > 1 and word[-3] in HUSHED | {"н"}


def _is_foreign(word: str) -> bool:
    """«Грин», «Дарвин» with «-ом»: one syllable in «-ин», or known to have no feminine in «-а»."""
    if not word.endswith(("ин", "ын")):
        return False
    known = [one for one in readings(word) if one.known and {"Surn", "masc"} <= one.grammemes]
    if not known:
        return syllables(word) == 1
    feminine = any(one.known and {"Surn", "femn"} <= one.grammemes for one in readings(word + "а"))
    return not feminine and known[0].inflected(Case.INS) == word + "ом"


def _male_noun_surname(word: str, noun: Word | None) -> Pattern:
    stem = _without_vowel(word, noun)
    if word.endswith(("ь", "й")):
        stressed = noun is not None and (noun.inflected(Case.INS) or "").endswith("ём")
        return masculine_noun(word, stem, "ём" if stressed else "")
    if word[-1:] not in SIBILANTS | {"ц"}:
        return masculine_noun(word, stem)
    return masculine_noun(word, stem, _sibilant_instrumental(word, noun))


def _homonym(word: str) -> Word | None:
    """The common noun that the surname is: «воробей», «ткач»."""
    fitting = (
        one
        for one in readings(word)
        if one.known and {"NOUN", "masc", "sing", "nomn"} <= one.grammemes and not one.grammemes & _PROPER
    )
    return next(fitting, None)


def _without_vowel(word: str, noun: Word | None) -> str | None:
    """The stem of the other cases where it is shorter: living beings as the noun has it, «-ец» and «-нок» always."""
    suffixed = word.endswith(("ец", "ок", "ек", "ёк"))
    if noun is not None and (suffixed or "anim" in noun.grammemes):
        genitive = noun.inflected(Case.GEN) or ""
        if genitive[-1:] in ("а", "я") and not genitive.startswith(word.rstrip("ьй")):
            return genitive[:-1]
        return None
    if word.endswith(("енок", "ёнок", "онок")) and syllables(word) > 2:
        return word[:-2] + "к"
    if not word.endswith("ец") or syllables(word) == 1 or _keeps_its_vowel(word):
        return None
    before = word[-3]
    if before in VOWELS:
        return word[:-2] + "йц"
    return word[:-2] + ("ьц" if before == "л" else "ц")


def _keeps_its_vowel(word: str) -> bool:
    """«Хейфец»: known so."""
    known = (one for one in readings(word) if one.known and {"Surn", "masc"} <= one.grammemes)
    return any(one.inflected(Case.GEN) == word + "а" for one in known)


def _sibilant_instrumental(word: str, noun: Word | None) -> str:
    """«-ом» where the ending is stressed: as the noun has it, else as such surnames usually are."""
    if noun is not None:
        return "ом" if (noun.inflected(Case.INS) or "").endswith("ом") else "ем"
    if word.endswith("ец"):
        return "ом" if syllables(word) <= 2 and not _keeps_its_vowel(word) else "ем"
    if word.endswith(("ач", "яч")):
        return "ом"
    return "ом" if word.endswith("щ") and syllables(word) == 1 else "ем"


def _female_surname(word: str) -> Pattern:
    if word.endswith(("ова", "ева", "ёва", "ина", "ына")) and not _is_female_noun(word):
        return _pattern(word[:-1], "а ой ой у ой ой")
    if word.endswith(("ая", "яя")) and not _is_known_noun(word):
        found = adjective(word, "f")
        if found is not None:
            return found
    return noun_in_a(word) if word.endswith(("а", "я")) else unchanged(word)


def _is_female_noun(word: str) -> bool:
    """«Сова», «Дуброва»: no man is called «Сов». In «-ина» («Смородина») most are wives and daughters of «-ин»."""
    if word.endswith(("ина", "ына")):
        return any((one.inflected(Case.GEN) or "").endswith("ы") for one in readings(word) if one.known and "Surn" in one.grammemes)
    common = any(
        one.known and {"NOUN", "femn", "sing", "nomn"} <= one.grammemes and not one.grammemes & _PROPER
        for one in readings(word)
    )
    man = any(one.known and {"Surn", "masc"} <= one.grammemes for one in readings(word[:-1]))
    return common and not man


def _is_known_noun(word: str) -> bool:
    """«Шенгелая»: a surname of the dictionary that is no adjective."""
    known = (one for one in readings(word) if one.known and {"Surn", "femn", "nomn"} <= one.grammemes)
    return any((one.inflected(Case.GEN) or "").endswith("и") for one in known)


def known_first_name(word: str, gender: str) -> Pattern | None:
    """As the dictionary declines it, double names («Ага-Мамед») as a whole."""
    return _from_dictionary(word, "Name", gender)


@lru_cache(maxsize=4096)
def first_name(word: str, gender: str) -> Pattern:
    """One part of a first name; those of the dictionary as it has them."""
    known = known_first_name(word, gender)
    if known is not None:
        return known
    if word.endswith(("а", "я")):
        return noun_in_a(word)
    if gender == "f" or word[-1:] in VOWELS:
        return unchanged(word)
    return masculine_noun(word)


#: Patronymics in «-ич» with the stress on it.
_STRESSED_PATRONYMICS = ("ильич", "лукич", "кузьмич", "фомич")


def patronymic(word: str, gender: str) -> Pattern:
    """One part of a patronymic; what has none of its endings declines as a first name."""
    if gender == "m" and word.endswith("ич"):
        return masculine_noun(word, instrumental="ом" if word in _STRESSED_PATRONYMICS else "ем")
    if gender == "f" and word.endswith("на"):
        return noun_in_a(word)
    return first_name(word, gender)


def _from_dictionary(word: str, part: str, gender: str) -> Pattern | None:
    wanted = {part, {"m": "masc", "f": "femn"}[gender], "sing", "nomn"}
    found = next((one for one in readings(word) if one.known and wanted <= one.grammemes), None)
    if found is None:
        return None
    forms: Mapping[Case, str | None] = {case: found.inflected(case) for case in _ORDER[1:]}
    if any(form is None for form in forms.values()):
        return None
    return Pattern("", (found.text, *(form for form in forms.values() if form is not None)))
