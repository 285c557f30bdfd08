"""Nouns of actions: «утвердить» → «утверждение»."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from roadmapdocs.russian.morphology import readings

#: Verbs of orders and plans whose noun no rule gives, or gives a wrong one for.
_TABLE = dict(
    pair.split(":")
    for pair in (
        "разработать:разработка разрабатывать:разработка доработать:доработка переработать:переработка "
        "провести:проведение проводить:проведение организовать:организация организовывать:организация "
        "подготовить:подготовка готовить:подготовка внести:внесение вносить:внесение принять:принятие "
        "проанализировать:анализ анализировать:анализ скорректировать:корректировка корректировать:корректировка "
        "реализовать:реализация реализовывать:реализация признать:признание сформировать:формирование "
        "ввести:введение вводить:введение отменить:отмена возложить:возложение подвести:подведение "
        "проверить:проверка проверять:проверка оценить:оценка оценивать:оценка контролировать:контроль проконтролировать:контроль "
        "участвовать:участие открыть:открытие закрыть:закрытие перевести:перевод уволить:увольнение "
        "собрать:сбор собирать:сбор издать:издание привлечь:привлечение запустить:запуск вести:ведение "
        "создать:создание создавать:создание рассмотреть:рассмотрение опубликовать:опубликование "
        "пересмотреть:пересмотр начать:начало завершить:завершение передать:передача выдать:выдача "
        "закупить:закупка приобрести:приобретение отобрать:отбор выбрать:выбор избрать:избрание "
        "поддержать:поддержка поддерживать:поддержка обобщить:обобщение спланировать:планирование "
        "запланировать:планирование проинформировать:информирование согласовать:согласование "
        "обработать:обработка отработать:отработка выработать:выработка апробировать:апробация "
        "координировать:координация скоординировать:координация аттестовать:аттестация "
        "регистрировать:регистрация зарегистрировать:регистрация промониторить:мониторинг "
        "принимать:принятие образовать:образование изменить:изменение назначить:назначение"
    ).split()
)
#: What a consonant becomes before «-ение»: «повысить» – «повышение», «обновить» – «обновление».
_SOFTENED = (
    ("ст", ("щ",)),
    ("д", ("жд", "ж")),
    ("т", ("щ", "ч")),
    ("с", ("ш",)),
    ("з", ("ж",)),
    ("б", ("бл",)),
    ("п", ("пл",)),
    ("в", ("вл",)),
    ("м", ("мл",)),
    ("ф", ("фл",)),
)


@lru_cache(maxsize=1024)
def action_noun(verb: str) -> str | None:
    """The noun of an infinitive, in lower case: a usual one, else by its form; None where the dictionary has none."""
    low = verb.lower()
    if low in _TABLE:
        return _TABLE[low]
    return next((noun for noun in _formed(low) if _is_known(noun)), None)


def _formed(verb: str) -> Iterator[str]:
    if verb.endswith("изировать"):
        yield verb.removesuffix("ировать") + "ация"
    if verb.endswith("фицировать"):
        yield verb.removesuffix("цировать") + "кация"
    if verb.endswith(("ать", "ять", "еть")):
        yield verb.removesuffix("ть") + "ние"
        yield verb[:-3] + "ение"
    if verb.endswith("ировать"):
        yield verb.removesuffix("ировать") + "ация"
    if verb.endswith("ить"):
        stem = verb.removesuffix("ить")
        for ending, softened in _SOFTENED:
            if stem.endswith(ending):
                yield from (stem.removesuffix(ending) + letters + "ение" for letters in softened)
        yield stem + "ение"
    if verb.endswith(("ивать", "ывать")):
        yield verb[:-5] + "ение"
        yield verb[:-5] + "ка"


def _is_known(noun: str) -> bool:
    return any(word.known and word.is_noun and {"sing", "nomn"} <= word.grammemes for word in readings(noun))
