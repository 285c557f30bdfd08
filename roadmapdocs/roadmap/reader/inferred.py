"""Documents that an item's title promises («Разработать и утвердить Положение о …»), for tables without such a column."""

from __future__ import annotations

import re

from roadmapdocs.roadmap.draft import DraftExpected

_ADJECTIVE = r"[\w-]+(?:ого|его|ой|ей|ый|ий|ое|ее|ую|юю|ая|яя|ых|их|ые|ие)"
# Words of making a document. «Проведение», «Реализация», «Изучение» are not among them: they prove nothing.
_MAKING = (
    r"(?:разработ(?:ка|кой|ать)|подготов(?:ка|кой|ить)|составлени(?:е|я|ем)|составить|утверждени(?:е|я|ем)|утвердить|"
    r"издани(?:е|я|ем)|издать|приняти(?:е|ем)|принять|заключени(?:е|ем)|заключить|формировани(?:е|ем)|сформировать|"
    r"определение|определить|согласовани(?:е|ем)|создани(?:е|ем)|оформлени(?:е|ем)|оформить)"
)
_BETWEEN = rf"(?:\s*[,/]\s*|\s+и\s+|\s+)(?:(?:{_ADJECTIVE}\s+)?(?:закреплени[ея]|внедрени[ея]|реализаци[яию]|апробаци[яию]|корректировк[аи]|приняти[ея]|внесени[ея])|{_MAKING})"
# (forms after a word of making, kind, nominative: singular or plural as printed)
_OBJECTS = (
    (r"приказа|приказ", "приказ", "приказ", "m"),
    (r"приказов|приказы", "приказ", "приказы", "pl"),
    (r"распоряжени[ея]", "распоряжение", "распоряжение", "n"),
    (r"положени[ея]", "положение", "положение", "n"),
    (r"положений", "положение", "положения", "pl"),
    (r"порядка|порядок", "порядок", "порядок", "m"),
    (r"регламента?", "порядок", "регламент", "m"),
    (r"протокола?", "протокол", "протокол", "m"),
    (r"(?:аналитической )справки|(?:аналитическую )справку|справк[иу]", "аналитическая справка", "справка", "f"),
    (r"справок", "аналитическая справка", "справки", "pl"),
    (r"отч[её]та?", "отчёт", "отчёт", "m"),
    (r"отч[её]тов|отч[её]ты", "отчёт", "отчёты", "pl"),
    (r"[«\"]?(?:дорожной карты|дорожную карту)", "план", "дорожная карта", "f"),
    (r"[«\"]?(?:дорожных карт|дорожные карты)", "план", "дорожные карты", "pl"),
    (r"комплекса? мер", "план", "комплекс мер", "m"),
    (r"плана?-графика?", "план", "план-график", "m"),
    (r"план(?:ов|ы)-график(?:ов|и)", "план", "планы-графики", "pl"),
    (r"плана|план", "план", "план", "m"),
    (r"планов|планы", "план", "планы", "pl"),
    (r"графика?", "план", "график", "m"),
    (r"программы|программу", "программа", "программа", "f"),
    (r"программ", "программа", "программы", "pl"),
    (r"договора|договор", "договор", "договор", "m"),
    (r"договоров|договоры", "договор", "договоры", "pl"),
    (r"соглашени[ея]", "договор", "соглашение", "n"),
    (r"соглашений", "договор", "соглашения", "pl"),
    (r"рекомендаций|рекомендации", "рекомендации", "рекомендации", "pl"),
    (r"перечня|перечень", "перечень", "перечень", "m"),
    (r"списка|список", "перечень", "список", "m"),
    (r"реестра|реестр", "перечень", "реестр", "m"),
)
_OBJECT = "|".join(f"(?P<o{index}>{forms})" for index, (forms, *_rest) in enumerate(_OBJECTS))
_PROMISE = re.compile(
    rf"(?:^|(?<=[.;]\s)|(?<=,\s)|(?<=\sи\s)|(?<=[\s(]с\s)|(?<=последующ(?:ей|им)\s)){_MAKING}(?:{_BETWEEN})*\s+"
    rf"(?P<abbreviation>(?:{_ADJECTIVE}\s+)?[А-ЯЁ]{{3,}}\s*\()?(?P<adjectives>(?:{_ADJECTIVE}(?:\s+и\s+|,\s+|\s+)){{0,4}})"
    rf"(?:{_OBJECT})\b(?P<rest>[^.;]*)",
    re.IGNORECASE,
)
_AMENDMENT = re.compile(
    r"^(?:(?:внесени[ея]|внести)\s+(?:изменени[йя]|дополнени[йя]|корректив\w?)(?:\s+и\s+(?:дополнени[йя]|изменени[йя]))?\s+в|"
    r"корректировка|корректировать|скорректировать|актуализация|актуализировать|обновление|обновить|пересмотр)\s+"
    rf"(?:{_ADJECTIVE}\s+){{0,3}}(?:{_OBJECT})\b",
    re.IGNORECASE,
)
# Where the words about this document end and those about another act begin.
_ANOTHER = re.compile(rf"(?:,|\s+и)\s+(?:{_MAKING}|реализаци[яию]|внедрени[ея]|проведени[ея])\b", re.IGNORECASE)
# «протокола и приказа»: the name of the first ends where the second begins.
_SECOND = re.compile(rf"^\s*(?:,|и)\s+(?={'|'.join(f'(?:{forms})' for forms, *_rest in _OBJECTS)})", re.IGNORECASE)
_ONLY_OBJECT = re.compile(rf"(?:{_OBJECT})\b", re.IGNORECASE)
_ENDINGS = {"m": ("ый", "ий"), "n": ("ое", "ее"), "f": ("ая", "яя"), "pl": ("ые", "ие")}
_ADJECTIVE_END = re.compile(r"(?:ого|его|ой|ей|ый|ий|ое|ее|ую|юю|ая|яя|ых|их|ые|ие)$")


def infer_expected(title: str) -> tuple[DraftExpected, ...]:
    """Suggestions, each marked as inferred; the document's name is put into the nominative."""
    amendment = _AMENDMENT.match(title)
    if amendment:
        return (DraftExpected(title.rstrip(" .;,"), _object(amendment)[1], inferred=True),)
    found: dict[str, DraftExpected] = {}
    for promise in _PROMISE.finditer(title):
        _forms, kind, noun, gender = _object(promise)
        found.setdefault(kind, DraftExpected(_name(promise, noun, gender), kind, inferred=True))
        second = _SECOND.match(promise["rest"])
        also = _ONLY_OBJECT.match(promise["rest"], second.end()) if second else None
        if also:
            _forms, kind, noun, _gender = _object(also)
            rest = _ANOTHER.split(promise["rest"][also.end() :])[0].strip(" ,:)")
            found.setdefault(kind, DraftExpected(f"{noun.capitalize()} {rest}".strip(), kind, inferred=True))
    return tuple(found.values())


def _object(found: re.Match[str]) -> tuple[str, str, str, str]:
    return next(row for index, row in enumerate(_OBJECTS) if found[f"o{index}"])


def _name(promise: re.Match[str], noun: str, gender: str) -> str:
    words = [_nominative(word, gender) for word in promise["adjectives"].split()]
    rest = promise["rest"].lstrip("»\"")
    if promise["abbreviation"] or rest.count(")") > rest.count("("):
        rest = rest.partition(")")[0]
    rest = _SECOND.split(_ANOTHER.split(rest)[0])[0]
    name = " ".join([*words, noun, rest.strip(" ,:")]).strip()
    return name[0].upper() + name[1:]


def _nominative(word: str, gender: str) -> str:
    """An adjective with the noun's gender: «нового» → «новое», «муниципальной» → «муниципальная»."""
    bare = word.rstrip(",")
    end = _ADJECTIVE_END.search(bare)
    if gender not in _ENDINGS or not end:
        return word
    stem = bare[: end.start()]
    hard, soft = _ENDINGS[gender]
    takes_i = stem[-1:].lower() in "кгхжшщч" and gender in ("m", "pl")
    is_soft = end[0] in ("его", "ей", "ее", "юю", "яя", "ий", "ие", "их") and stem[-1:].lower() in "нщшжч"
    return stem + (soft if takes_i or is_soft else hard) + word[len(bare) :]
