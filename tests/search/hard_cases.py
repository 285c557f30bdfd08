"""Questions as people type them, and what has to be found in the archive of :mod:`tests.search.archive`."""

from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """``first`` is the first hit, ``has`` are among the hits, ``lacks`` are not; with ``only`` nothing but these is.

    ``on``: in force on that day. All are names of :data:`tests.search.archive.PAPERS`, «item 2.1.1», «section 2».
    """

    name: str
    query: str
    first: str = ""
    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    only: bool = False
    on: dt.date | None = None


def _all(text: str) -> tuple[str, ...]:
    return tuple(text.split())


CASES = (
    # Numbers.
    Case("a number as it is", "178-П", first="reading", has=_all("reading results change")),
    Case("a number with its sign and in small letters", "№178п", first="reading", has=("results",)),
    Case("a number with a space for a dash", "178 п", first="reading"),
    Case("a number with a long dash and spaces", "№ 178 – П", first="reading"),
    Case("a number in Latin letters", "34-OD".replace("D", "Д"), first="results"),
    Case("digits of a number", "178", first="reading"),
    Case("a kind and digits", "приказ 178", first="reading"),
    Case("a kind, a number and a month", "приказ 178 от ноября 2021", first="reading"),
    Case("a number and its date", "178-П от 29.11.2021", first="reading"),
    Case("a literal number is a number of its own", "45а", first="jury", lacks=("meals",)),
    Case("digits alone find the plain number first", "45", first="libraries"),
    Case("a slash within a number", "133/6-ОД", first="meals"),
    Case("a slash number with spaces", "133/6 од", first="meals"),
    Case("a letter after a slash", "369/о", first="heating"),
    Case("a number of a contract begins with a letter", "Д-14/23", first="contract"),
    Case("a number with an index before it", "01-12/345", first="forecast"),
    Case("the field of numbers", "номер:178", first="reading", has=("reading",), lacks=("results",)),
    Case("the field of numbers in English", "number:178-П", first="reading", lacks=("results",)),
    # Dates.
    Case("a date in digits", "29.11.2021", has=("reading", "results")),
    Case("a date in words", "29 ноября 2021 г.", has=("reading", "results")),
    Case("a date with a short year", "29.11.21", has=("reading", "results")),
    Case("a month of a year", "приказы за ноябрь 2021", has=("reading",), lacks=("libraries", "results")),
    Case("a year with a kind", "протоколы за 2020", has=("centre_1", "centre_2"), lacks=("centre_3", "reading"), only=True),
    Case("from a day on", "приказ зачёт с 2024", has=("results", "trial"), lacks=("reading",)),
    Case("the field of dates with a range", "дата:01.09.2023..30.09.2023", has=("hiring", "hiring_other"), lacks=("camps",), only=True),
    Case("the field of dates with a year", "дата:2019", has=("heating",), only=True),
    Case("a day in quotes", "от «29» ноября 2021 г.", has=("reading", "results")),
    Case("a heading that cites a day is not of its year", "приказы за 2021", has=("reading",), lacks=("change", "results")),
    Case("a school year", "зачёт 2021-2022 уч. г.", has=("reading",), lacks=("results", "trial")),
    # Letters.
    Case("«е» for «ё»", "учет детей", first="census"),
    Case("«ё» for «е»", "учёт детёй", first="census"),
    Case("«зачет» for «зачёт»", "зачет по чтению", has=_all("reading regulation results trial"), lacks=("census",)),
    Case("a decomposed letter in the archive", "детская площадка", first="playground"),
    Case("a decomposed letter in the question", unicodedata.normalize("NFD", "Майский"), first="playground"),
    Case("Latin letters in the archive", "охрана труда", first="safety"),
    Case("Latin letters in the question", "oxрана тpyда", first="safety"),
    Case("capitals", "ОТОПИТЕЛЬНЫЙ СЕЗОН", first="heating"),
    Case("letter-spacing in a title", "положение о школьном музее", first="museum"),
    Case("letter-spacing in a file", "приказываю утвердить положение", has=("reading",)),
    Case("a word broken at a line's end", "\"школьных библиотек с 1\"", has=("libraries",)),
    Case("a soft hyphen within a word", "общеобразовательные организации", has=("libraries",)),
    Case("a word with a hyphen", "научно-методический совет", first="board"),
    Case("a word with a hyphen, written apart", "методический совет", has=("board",)),
    # Forms of words.
    Case("another case and number", "школьные библиотеки", has=("libraries", "section 1")),
    Case("a fleeting vowel", "справка для зачисления", first="certificates"),
    Case("one child and many", "отдых ребёнка в лагере", first="camps"),
    Case("one man and many", "замена человека", first="people"),
    Case("a verb by its infinitive", "проверить огнетушитель", has=("safety",)),
    Case("a place by its name", "Мотыгино", has=("trip",)),
    Case("an adjective of a place", "мотыгинского района", first="trip"),
    Case("words of one root stay apart", "чтение зачёт", has=("reading",), lacks=("drawing",)),
    # Abbreviations.
    Case("an abbreviation finds its expansion", "МСОКО", has=("quality", "quality_plan")),
    Case("an expansion finds its abbreviation", "муниципальная система оценки качества образования", has=("quality", "quality_plan")),
    Case("an abbreviation in small letters", "мсоко", has=("quality", "quality_plan")),
    Case("twins of one idea", "ШНРО", has=("low_note", "low_results")),
    Case("low results are no hard conditions", "ШНОР", has=("low_note",), lacks=("hard_report",)),
    Case("an abbreviation of an exam", "ЕГЭ", has=("exam",)),
    Case("an abbreviation with a sign", "500+", first="project"),
    Case("an abbreviation of a body", "протокол РМО", first="historians"),
    Case("protocols of a body by its expansion", "протоколы МОЦ за 2020", has=("centre_1", "centre_2"), lacks=("centre_3",)),
    Case("a kind of which there is no document, as words", "дорожная карта мсоко", has=("section 3",)),
    # People.
    Case("initials before a surname", "С.С. Лысенко", has=("hiring", "quality"), lacks=("hiring_other",)),
    Case("initials after a surname", "Лысенко С. С.", has=("hiring", "quality"), lacks=("hiring_other",)),
    Case("a surname and a name", "Лысенко Светлана", has=("hiring",), lacks=("hiring_other",)),
    Case("a surname that has no forms", "Черных", has=("camps", "historians", "people")),
    Case("a signer in another case", "приказы Соболева", has=("results", "trial")),
    Case("the field of signers", "подписал:Лысенко", has=("quality", "quality_plan"), lacks=("hiring",), only=True),
    Case("the field of signers in another case", "подписал:ветровой", has=("reading",), lacks=("results",)),
    # Slips.
    Case("another layout", "pfx`n gj xntyb.", has=("reading", "regulation")),
    Case("a word in another layout", "ghbrfp 178", first="reading"),
    Case("a letter too many", "библиоттек", has=("libraries",)),
    Case("a letter too few", "отпительный сезон", first="heating"),
    Case("a letter for another", "алимпиада", first="olympiad"),
    Case("two letters changed over", "оилмпиада", first="olympiad"),
    Case("a slip beside right words", "зачёт по чтеню", has=("reading",), lacks=("drawing",)),
    # Language of questions.
    Case("a phrase", '"рабочая группа"', has=("group",), lacks=("groups",)),
    Case("a phrase with a small word", '"зачёт по чтению"', has=("reading", "results"), lacks=("drawing",)),
    Case("a word left out", "зачёт -черчение", has=("reading",), lacks=("drawing",)),
    Case("one of two", "олимпиада ИЛИ ярмарка", has=("olympiad", "fair"), only=True),
    Case("brackets", "(олимпиада ИЛИ ярмарка) школьный", has=("olympiad",), lacks=("fair",)),
    Case("the beginning of a word", "огнетуш*", has=("safety",), only=True),
    Case("the field of kinds", "вид:протокол", has=_all("centre_1 centre_2 centre_3 historians"), only=True),
    Case("the field of kinds in English", "kind:договор", has=("contract",), only=True),
    Case("a kind as a plain word", "справка ВПР", first="check_note"),
    Case("an item by its number", "пункт:2.1.1", has=("item 2.1.1",)),
    Case("an item as people say it", "п. 2.1.1", has=("item 2.1.1",)),
    Case("what proves an item", "пункт:1.1", has=("item 1.1", "libraries")),
    Case("a section by its title", "повышение квалификации", has=("section 2.1",)),
    Case("an item by its words", "опрос родителей", first="item 3.2"),
    Case("in force on a day", "экскурсии школьников в-силе:01.09.2021", has=("old_tours",), lacks=("new_tours",)),
    Case("in force today", "экскурсии школьников в-силе:сегодня", has=("new_tours",), lacks=("old_tours",)),
    Case("in force on a day that is chosen", "экскурсии", has=("old_tours",), lacks=("new_tours",), on=dt.date(2022, 5, 1)),
    Case("what has lost its force", "утратившие силу приказы", has=("old_tours",), lacks=("new_tours", "reading"), only=True),
    Case("drafts of a kind", "проекты приказов", has=("contest",), lacks=("reading",)),
    Case("two kinds side by side", "вид:протокол вид:договор", has=_all("centre_1 centre_2 centre_3 historians contract"), only=True),
    Case("only small words", "о по", has=("reading",)),
    Case("signs of other languages", "зачёт' OR 1=1 --", has=("reading",)),
    # Where it is written.
    Case("the text of a file", "пути эвакуации", first="safety"),
    Case("a comment", "светоотражающий жилет", first="buses"),
    Case("a remark", "возраст участников", first="contest"),
    Case("a keyword", "одарённые дети", first="olympiad"),
    Case("a summary", "пятиклассник", first="check_note"),
    Case("the title before the text", "итоги зачёта", first="results"),
)
