"""Who answers for an item: one printed cell into several names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from roadmapdocs.roadmap.reader.clean import fold
from roadmapdocs.roadmap.reader.outside import split_outside
from roadmapdocs.roadmap.reader.periods import looks_like_period, names_month_or_date

_POSTS = (
    r"начальник\w*|специалист\w*|руководител\w*|директор\w*|методист\w*|педагог\w*|учител[ьяи]\w*|заместител\w*|зам\.?|"
    r"заведующ\w*|завуч\w*|координатор\w*|куратор\w*|тьютор\w*|администраци[яи]|председател\w*|секретар\w*|психолог\w*|"
    r"консультант\w*|бухгалтер\w*|инспектор\w*|сотрудник\w*|члены|классн\w+ руководител\w*|воспитател\w*|глав[аы]"
)
_BODIES = (
    r"отдел\w*|управлени[ея]|комитет\w*|департамент\w*|министерств\w*|школ[аы]|кафедр[аы]|центр\w*|институт\w*|"
    r"рабоч\w+ групп\w*|совет\w*|объединени[ея]|служб[аы]|комисси[яи]|учреждени[ея]|организаци[яи]|библиотек\w*|проектн\w+ офис"
)
_RESPONSIBLE = re.compile(rf"\b(?:{_POSTS}|{_BODIES})\b|\b[А-ЯЁ]{{2,}}\b|\b[А-ЯЁ][а-яё]+ [А-ЯЁ]\. ?[А-ЯЁ]\.|зав\.")
_POST_FIRST = re.compile(rf"(?:{_POSTS}|{_BODIES})\b", re.IGNORECASE)
_NEEDS_MORE = re.compile(
    r"(?:\b(?:заместител[ьи]|зам\.?|помощник|и|за|по|при|на|мбоу|мкоу|маоу|мбудо|гбоу|мку|мбу|мау|гбу|ргбу|до|дпо)|,|-)$",
    re.IGNORECASE,
)
_OWNER_FIRST = re.compile(
    r"(?:администрации|управления|отдела|муниципальн\w+|образования|района|города|округа|области|школы|центра|учреждения)\b|[«\"(]",
    re.IGNORECASE,
)
_PERSON = re.compile(r"[А-ЯЁ][а-яё-]+ [А-ЯЁ]\.\s?[А-ЯЁ]\.?|[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?[А-ЯЁ][а-яё-]+")
# «Лебедев И.И., начальник отдела» is one person.
_ONE_POST = re.compile(
    r"(?:(?:главный|ведущий|старший)\s+)?(?:начальник|специалист|руководитель|директор|методист|заместитель|зам\.|заведующ(?:ий|ая)|"
    r"завуч|координатор|учитель|секретарь|председатель|инспектор)\b"
)
# «Лебедев И.И. Котова Е.В.»: nothing but persons, and nothing between them.
_SEVERAL_PERSONS = re.compile(rf"(?:{_PERSON.pattern})(?:\s+(?:{_PERSON.pattern}))+")
_HEREAFTER = re.compile(r"\s*\(\s*далее\b[^()]*\)", re.IGNORECASE)
# A dot that ends the name, unlike that of «зав.» or of initials.
_FULL_STOP = re.compile(r"(?:\w{4}|[»\")])\.$")
_BRACKETS = re.compile(r"\s*\(([^()]*)\)")
_BULLET = re.compile(r"^(?:[-–—•·*]|\d{1,2}[.)])\s+(?=[^\W\d]|[«\"])")
_LABEL = re.compile(r"^(?:ответственн\w+(?:\s+исполнител\w+)?|исполнител\w+|соисполнител\w+)\s*:\s*", re.IGNORECASE)
_ONLY_NUMBER = re.compile(r"(?:№\s*)?\d{1,4}(?:\s+и\s+(?:№\s*)?\d{1,4})?")
_SLASH = re.compile(r"\s*[/\\]\s*")
_ABBREVIATIONS = re.compile(rf"[А-ЯЁ]{{2,}}(?:{_SLASH.pattern}[А-ЯЁ]{{2,}})+")
_HEADS_OF = re.compile(r"(?:\w+\s+){0,2}(?:руководител|директор|специалист|представител|методист|заместител|педагог|учител|координатор)\w*\b", re.IGNORECASE)
_LONGEST = 200


def looks_responsible(text: str) -> bool:
    return 1 < len(text) <= _LONGEST and bool(_RESPONSIBLE.search(text)) and not looks_like_period(text)


def split_responsible(lines: list[str]) -> tuple[list[str], str]:
    """Names, and the words of a period printed among them («ИМО (февраль)» gives ИМО and «февраль»)."""
    when = ""
    parts: list[str] = []
    for printed in _pieces(_one_text(lines)):
        name = _HEREAFTER.sub("", printed)
        for inner in _BRACKETS.findall(name):
            if names_month_or_date(inner) and looks_like_period(inner):
                when = inner
                name = name.replace(f"({inner})", "")
        name = " ".join(name.split()).strip(" ,;-–")
        if _FULL_STOP.search(name):
            name = name[:-1]
        if parts and _PERSON.fullmatch(parts[-1]) and _ONE_POST.match(name):
            parts[-1] += ", " + name
        elif _SEVERAL_PERSONS.fullmatch(name):
            parts.extend(one[0] for one in _PERSON.finditer(name))
        elif name:
            parts.append(name)
    return parts, when


def _pieces(text: str) -> list[str]:
    """Parts between commas, without «соисполнители:»; «№ 2» stays with the schools before it, «УО и ИМЦ» are two."""
    pieces: list[str] = []
    for part in split_outside(text, ",;"):
        if pieces and _ONLY_NUMBER.fullmatch(part):
            pieces[-1] += ", " + part
        else:
            pieces.extend(_apart(_LABEL.sub("", part)))
    return pieces


def _apart(name: str) -> list[str]:
    """«УО/ИМЦ», «Управление образования и ИМЦ»; «руководители УО и ОО» are one, and «ЦПК и ППК» may be."""
    if _ABBREVIATIONS.fullmatch(name):
        return _SLASH.split(name)
    left, _and, right = name.rpartition(" и ")
    if left and not re.search(r"[А-ЯЁ]{2}", left) and re.fullmatch(r"[А-ЯЁ]{2,}", right) and not _HEADS_OF.match(left):
        return [left, right]
    return [name]


def has_surplus_separator(text: str) -> bool:
    return bool(re.search(r"[,;]\s*[,;]|[,;]\s*$|^\s*[,;]", text))


def _one_text(lines: list[str]) -> str:
    """Lines put together: a line that begins a new name is parted from the one above by a comma."""
    text = ""
    for line in lines:
        bare = _BULLET.sub("", line)
        if not text:
            text = bare
        elif bare != line or _begins_name(text, bare):
            text += ", " + bare
        else:
            text += " " + bare
    return text


def _begins_name(upper: str, line: str) -> bool:
    if _NEEDS_MORE.search(upper) or _OWNER_FIRST.match(line) or upper.count("(") > upper.count(")"):
        return False
    if _PERSON.fullmatch(line) and not _PERSON.search(upper):
        return False  # the person's name printed under the post
    return line[0].isupper() or bool(_POST_FIRST.match(line))


@dataclass(frozen=True, slots=True)
class Spellings:
    """All names of the table: words torn by a converter («От дел») take the spelling met elsewhere whole."""

    whole: dict[str, str]
    known: frozenset[str]

    @classmethod
    def of(cls, names: Iterable[str], abbreviations: Iterable[str]) -> Spellings:
        counted = Counter(names)
        whole: dict[str, str] = {}
        for name in sorted(counted, key=lambda name: (name.count(" "), -counted[name])):
            whole.setdefault(_key(name), name)
        known = {name for name, times in counted.items() if times > 1} | set(abbreviations)
        return cls(whole, frozenset(known))

    def mended(self, name: str) -> str:
        other = self.whole.get(_key(name), name)
        return name[0] + other[1:] if other.count(" ") < name.count(" ") else name

    def parted(self, name: str) -> list[str]:
        """Two known names with no comma between them («Специалисты УО МБОУ ДО «МЦДОД»», «УО и ИМЦ»)."""
        left, _and, right = name.rpartition(" и ")
        if left in self.known and right in self.known:
            return [left, right]
        words = name.split(" ")
        for cut in range(1, len(words)):
            first, second = " ".join(words[:cut]), " ".join(words[cut:])
            if first in self.known and second in self.known and name not in self.known:
                return [first, second]
        return [name]


def _key(name: str) -> str:
    return fold(name).replace(" ", "")
