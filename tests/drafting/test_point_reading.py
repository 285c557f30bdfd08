"""Points as people write them, read into who, what and until when."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.drafting.infinitives import first_infinitive, is_infinitive
from roadmapdocs.drafting.point_reading import LONGEST, Numbered, key_of, numbered, read_point
from roadmapdocs.drafting.values import Executor, PointKind


@pytest.mark.parametrize(
    ("words", "executors", "text", "due", "term"),
    [
        (
            "2. Отделу общего образования (Шилко Т.В.) подготовить справку в срок до 01.12.2025.",
            ["Отделу общего образования (Шилко Т.В.)"], "подготовить справку", "2025-12-01", "",
        ),
        ("Масленко В.И. до 5 мая 2026 года составить график.", ["Масленко В.И."], "составить график", "2026-05-05", ""),
        (
            "Руководителю рабочей группы Масленко В.И. провести первое заседание до конца апреля 2026 года.",
            ["Руководителю рабочей группы Масленко В.И."], "провести первое заседание", None, "до конца апреля 2026 года",
        ),
        (
            "3.1. Начальнику отдела, Петровой А.Г. и Шилко Т.В.: ежеквартально представлять отчёт;",
            ["Начальнику отдела", "Петровой А.Г.", "Шилко Т.В."], "ежеквартально представлять отчёт", None, "",
        ),
        (
            "Шилко Т.В., начальнику отдела общего образования, и Зимину О.С.: подготовить акт (срок – 12 марта 2026 г.).",
            ["Шилко Т.В., начальнику отдела общего образования", "Зимину О.С."], "подготовить акт", "2026-03-12", "",
        ),
        ("В срок до 01.12.2025 руководителям школ представить отчёты", ["руководителям школ"], "представить отчёты", "2025-12-01", ""),
        ("Отделу кадров и правовой работы ознакомить всех", ["Отделу кадров и правовой работы"], "ознакомить всех", None, ""),
        ("ИМО, ОО представлять сведения ежеквартально, до 15 числа", ["ИМО", "ОО"], "представлять сведения", None, "ежеквартально, до 15 числа"),
        ("УО: мониторинг – до 01.02.2026", ["УО"], "мониторинг", "2026-02-01", ""),
        ("Учителям-предметникам не допускать перегрузки", ["Учителям-предметникам"], "не допускать перегрузки", None, ""),
        ("Секретарю разослать протокол: членам группы и школам", ["Секретарю"], "разослать протокол: членам группы и школам", None, ""),
        ("Рабочей группе учесть развитие грамотности и вести учёт", ["Рабочей группе"], "учесть развитие грамотности и вести учёт", None, ""),
        ("По итогам диагностики подготовить справку не позднее 20 мая 2026 г.", [], "По итогам диагностики подготовить справку", "2026-05-20", ""),
        ("Провести конкурс", [], "Провести конкурс", None, ""),
        ("Итоги смотра разместить на сайте", [], "Итоги смотра разместить на сайте", None, ""),
        ("Работу вести постоянно", [], "Работу вести", None, "постоянно"),
        ("Ввести штатное расписание с 01.09.2026", [], "Ввести штатное расписание с 01.09.2026", None, ""),
        ("29.11.2021 провести день открытых дверей", [], "29.11.2021 провести день открытых дверей", None, ""),
        ("Завучу сдать отчёт до 31.02.2026", ["Завучу"], "сдать отчёт до 31.02.2026", None, ""),
        ("", [], "", None, ""),
        (":", [], ":", None, ""),
    ],
)  # fmt: skip
def test_who_what_and_until_when(words: str, executors: list[str], text: str, due: str | None, term: str) -> None:
    point = read_point(words)
    assert [one.text for one in point.executors] == executors
    assert (point.text, point.term) == (text, term)
    assert point.due == (dt.date.fromisoformat(due) if due else None)
    assert point.kind is (PointKind.TASK if executors or due or term else PointKind.PLAIN)


@pytest.mark.parametrize(
    ("words", "kind", "appendix"),
    [
        ("Утвердить Положение о рабочей группе (приложение № 2).", PointKind.APPROVE, 2),
        ("Утвердить состав согласно приложению.", PointKind.APPROVE, 1),
        ("Утвердить смету", PointKind.APPROVE, 0),
        ("Признать утратившим силу приказ от 29.11.2021 № 178-П «Об утверждении плана».", PointKind.REPEAL, 0),
        ("Признать приказ утратившим силу", PointKind.REPEAL, 0),
        ("Контроль за исполнением приказа возложить на директора Цветову Н.З.", PointKind.CONTROL, 0),
        ("Настоящий приказ вступает в силу со дня подписания.", PointKind.FORCE, 0),
    ],
)
def test_usual_clauses_are_known_and_keep_their_words(words: str, kind: PointKind, appendix: int) -> None:
    point = read_point(words)
    assert (point.kind, point.appendix) == (kind, appendix)
    assert point.text in {words, words.removesuffix(".")}


def test_what_is_repealed_is_read() -> None:
    cited = read_point("Признать утратившим силу приказ от 29.11.2021 № 178-П «Об утверждении плана».").document
    assert cited is not None
    assert (cited.kind, cited.date, cited.number, cited.title) == ("приказ", dt.date(2021, 11, 29), "178-П", "Об утверждении плана")


def test_known_executors_are_recognised_however_their_initials_are_spaced() -> None:
    known = Executor(name="Масленко Вера Игоревна", employee_id=7)
    point = read_point("Методисту Масленко В. И.: составить план", {key_of("методисту Масленко В.И."): known})
    assert point.executors == (known,)


@pytest.mark.parametrize(
    ("line", "number", "text"),
    [
        ("1. Провести", "1", "Провести"),
        ("2.10 Провести", "2.10", "Провести"),
        ("3) Провести", "3", "Провести"),
        ("2026 год объявить", "", "2026 год объявить"),
        ("01.09.2026 провести", "", "01.09.2026 провести"),
        ("5 мая 2026 года провести", "", "5 мая 2026 года провести"),
        ("Провести", "", "Провести"),
    ],
)
def test_numbers_of_points_are_told_from_dates(line: str, number: str, text: str) -> None:
    assert numbered(line) == Numbered(number, text)


@pytest.mark.parametrize(
    ("word", "yes"),
    [(word, True) for word in "подготовить Провести вести учесть привлечь достичь обеспечить ознакомиться найти".split()]
    + [(word, False) for word in "грамотности область деятельность часть сеть пять двадцать памяти дети речь".split()],
)
def test_infinitives_are_told_from_nouns(word: str, yes: bool) -> None:
    assert is_infinitive(word) is yes


def test_an_infinitive_in_brackets_or_quotes_begins_no_task() -> None:
    text = "Школе «Читать и понимать» (начать сразу) провести урок"
    assert first_infinitive(text) == text.index("провести")


def test_an_endless_point_is_kept_as_it_stands() -> None:
    words = "Отделу провести " + "смотр " * LONGEST
    assert read_point(words).text == " ".join(words.split())


@given(st.text(alphabet="аеийоту ЛМ.,:;()«»0123456789-–/\n", max_size=200))
def test_no_text_is_unreadable_and_no_letter_is_lost(text: str) -> None:
    point = read_point(text)
    said = "".join(one.text for one in point.executors) + point.text + point.term
    if point.due is None:
        letters = [sign for sign in numbered(" ".join(text.split())).text.casefold() if sign.isalpha() and sign != "и"]
        assert len([sign for sign in said.casefold() if sign.isalpha() and sign != "и"]) >= len(letters) - len("срокдо")
