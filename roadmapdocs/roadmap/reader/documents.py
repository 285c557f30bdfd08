"""Names of documents as roadmaps print them, in any case and number, and the kind each belongs to."""

from __future__ import annotations

import re

# (kind, nominative forms, forms of any case). Stems are written without ё: texts are folded before matching.
_KINDS = (
    ("приказ", "приказы?", r"приказ(?:а|у|ом|е|ы|ов|ам|ами|ах)?"),
    ("распоряжение", "распоряжени[ея]", r"распоряжени\w{1,3}"),
    ("положение", "положени[ея]", r"положени\w{1,3}"),
    (
        "порядок",
        "поряд(?:ок|ки)|регламенты?|инструкци[яи]|правила|методик[аи]",
        r"поряд(?:ок|к\w{1,3})|регламент\w{0,3}|инструкци\w{1,3}|правил(?:а|ам|ами|ах)?|методик\w{0,3}",
    ),
    ("протокол", "протоколы?", r"протокол(?:а|у|ом|е|ы|ов|ам|ами|ах)?"),
    (
        "аналитическая справка",
        "справк[аи]|справка-отчет|аналитическая (?:информация|записка)|аналитические записки",
        r"справк\w{1,3}|справок|аналитическ\w+ (?:информаци|записк)\w{1,3}",
    ),
    (
        "отчёт",
        "(?:фото|видео)?отчеты?|отчетност[ьи]|отчетная документация",
        r"(?:фото|видео)?отчет(?:а|у|ом|е|ы|ов|ам|ами|ах)?|отчетност\w{1,2}|отчетн\w+ документ\w+",
    ),
    (
        "план",
        "план(?:-график)?|планы(?:-графики)?|графики?|дорожн(?:ая карта|ые карты)|комплекс мер|ипрп|циклограмм[аы]",
        r"план(?:а|у|ом|е|ы|ов|ам|ами|ах)?(?:-график\w{0,3})?|график\w{0,3}|дорожн\w+ карт\w{0,3}|комплекс\w? мер|"
        r"ипрп|циклограмм\w{0,3}",
    ),
    ("программа", "программ[аы]", r"(?:под)?программ(?:а|ы|е|у|ой|ам|ами|ах)?"),
    ("договор", "договор[аы]?|соглашени[ея]|контракты?", r"договор\w{0,3}|соглашени\w{1,3}|контракт\w{0,3}"),
    ("рекомендации", "рекомендаци[ия]", r"рекомендаци\w{1,3}"),
    (
        "перечень",
        "переч(?:ень|ни)|списки?|список|реестры?|состав",
        r"переч(?:ень|н\w{1,3})|спис(?:ок|к\w{1,3})|реестр\w{0,3}|состав",
    ),
)
_OTHERS = (
    "акты?|письм[оа]|информаци[яи]|материалы?|банк|баз[аы]|сертификаты?|заявк[аи]|анкет[аы]|листы?|журналы?|буклеты?|"
    "публикаци[яи]|запросы?|концепци[яи]|модел[ьи]|пакеты?|анализ|выписк[аи]|паспорт[а]?|портфолио|сайты?|ссылк[аи]|"
    "оргпроекты?|сценари[йи]|конспекты?|презентаци[яи]|видеозапис[ьи]|смет[аы]|повестк[аи]|дипломы?|грамоты|"
    "резолюци[яи]|решени[ея]|постановлени[ея]|карт[аы]|уведомлени[ея]|сборники?|результаты|размещение|заключени[ея]|"
    "стать[яи]|памятк[аи]|чек-листы?|удостоверени[ея]|брошюр[аы]|листовк[аи]|ведомост[ьи]|методичк[аи]|"
    "фотоматериалы|видеоматериалы|объявлени[ея]|отзывы?|свидетельств[ао]|мониторинг|страниц[аы]|проекты?|лист регистрации|расписание|количество|дол[яи]|наличие"
)
# An active participle opens no name: «отчёты, включающие рекомендации» is one document.
_ADJECTIVES = r"(?:(?!\w+(?:ющ|ущ|ащ|ящ|вш)(?:ий|ая|ее|ие)\b)[\w-]+(?:ый|ий|ой|ая|яя|ое|ее|ые|ие)\s+){0,3}"
_NOMINATIVE = "|".join(forms for _kind, forms, _any in _KINDS)
_BEGINS = re.compile(rf"{_ADJECTIVES}(?:{_NOMINATIVE}|{_OTHERS})\b")
_ANY = [(kind, re.compile(rf"\b(?:{forms})\b")) for kind, _nominative, forms in _KINDS]
_OTHER = re.compile(rf"\b(?:{_OTHERS})\b")
# The head of a name ends at its first preposition, comma or bracket: «Запрос на программу» is no programme.
_HEAD_END = re.compile(r"\b(?:о|об|обо|по|для|на|с|со|в|во|к|из|от|при|до|за|под|через|между|у)\b|[,;:(«\"]")
OTHER = "прочее"


def begins_with_document(text: str) -> bool:
    """Does the text open with the name of a document in the nominative, adjectives allowed before it?"""
    return bool(_BEGINS.match(folded(text)))


def kind_of(title: str) -> str:
    """One of EXPECTED_KINDS: the first document named in the head of the title decides."""
    text = folded(title)
    end = _HEAD_END.search(text, 1)
    head = text[: end.start()] if end else text
    for part in re.split(r"\s+и\s+", head):
        kind = _first_kind(part)
        if kind != OTHER:
            return kind
    return OTHER


def _first_kind(head: str) -> str:
    found = [(match.start(), -len(match[0]), kind) for kind, pattern in _ANY if (match := pattern.search(head))]
    other = _OTHER.search(head)
    if other:
        found.append((other.start(), -len(other[0]), OTHER))
    return min(found)[2] if found else OTHER


def folded(text: str) -> str:
    return text.lower().replace("ё", "е")
