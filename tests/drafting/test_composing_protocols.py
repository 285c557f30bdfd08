from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.drafting.composing.protocols import LONGEST_LIST
from roadmapdocs.drafting.samples_minutes import EXTRACT, PROTOCOL
from roadmapdocs.drafting.values import Person, Point, ProtocolValues, Question, Speech, Votes
from roadmapdocs.drafting.vocabulary import ExtractPage, ProtocolPage
from tests.drafting.printed import page_of

NBSP = "\u00a0"


def composed(values: ProtocolValues = PROTOCOL, **more: object) -> ProtocolPage:
    page = page_of("protocol.docx", dataclasses.replace(values, **more))  # type: ignore[arg-type]  # fields that differ
    assert isinstance(page, ProtocolPage)
    return page


def plain(text: str) -> str:
    return text.replace(NBSP, " ")


def asked(**more: object) -> ProtocolPage:
    """The sample with one question."""
    question = Question(**({"title": "О семинаре"} | more))  # type: ignore[arg-type]  # as above
    return composed(agenda=(question,))


def test_a_full_protocol_says_who_was_there_what_was_heard_and_what_was_decided() -> None:
    page = composed()
    assert (page.kind, page.date, page.number) == ("ПРОТОКОЛ", "16.03.2026", "4/РГ")
    assert " ".join(page.meeting.split()) == "заседания рабочей группы по развитию школьных библиотек"
    assert (plain(page.chair), plain(page.secretary)) == ("Вересова И.А.", "Петрова А.Г.")
    first, second = page.agenda
    assert (first.number, second.number) == ("1.", "2.")
    assert plain(first.speaker) == "Масленко В.И., начальник информационно-методического отдела"
    assert plain(first.heard[0].text).startswith("Масленко В.И. – сообщила, что")
    assert plain(first.heard[0].text).endswith("(текст доклада прилагается).")
    assert [(line.number, plain(line.text)) for line in first.decided] == [
        ("1.1.", "Принять информацию о ходе выполнения дорожной карты к сведению."),
        (
            "1.2.",
            "Начальнику информационно-методического отдела Масленко В.И.: провести семинар для библиотекарей сельских "
            "школ в срок до 17.04.2026.",
        ),
        (
            "1.3.",
            "Заместителю начальника Управления образования Холмогорову П.И.: подготовить проект соглашения с районной "
            "библиотекой в срок до 30.04.2026:",
        ),
        ("1.3.1.", "Согласовать проект с юристом."),
        ("1.3.2.", "Направить проект на подписание."),
    ]
    assert second.decided[0].number == "2.1."
    assert plain(second.decided[0].text).startswith("Отделу цифровых технологий подключить")
    assert [(signer.post, plain(signer.name)) for signer in page.signers] == [
        (("Председательствующий",), "И.А. Вересова"),
        (("Секретарь",), "А.Г. Петрова"),
    ]


def test_those_present_stand_in_the_order_of_the_alphabet() -> None:
    names = ("Ёлкин А.Б.", "Жуков А.Б.", "Ершов А.Б.", "Абрамов Б.Б.", "Абрамов А.Б.")
    page = composed(present=tuple(Person(name=name, post="методист") for name in names))
    assert [plain(one).partition(",")[0] for one in page.present] == [
        "Абрамов А.Б.",
        "Абрамов Б.Б.",
        "Ёлкин А.Б.",
        "Ершов А.Б.",
        "Жуков А.Б.",
    ]


@pytest.mark.parametrize(
    ("count", "words"), [(LONGEST_LIST + 1, "16 человек"), (21, "21 человек"), (22, "22 человека"), (40, "40 человек")]
)
def test_more_than_fifteen_are_counted_and_listed_on_a_page_of_their_own(count: int, words: str) -> None:
    page = composed(present=tuple(Person(name=f"Зимин{'а' * (place % 2)} О.С.") for place in range(count)))
    assert page.present == ()
    assert plain(page.present_words) == f"Присутствовали: {words} (список прилагается)"
    assert len(page.present_list) == count


def test_fifteen_are_named_at_the_beginning() -> None:
    page = composed(present=tuple(Person(name="Зимин О.С.") for _place in range(LONGEST_LIST)))
    assert (len(page.present), page.present_words, page.present_list) == (LONGEST_LIST, "", ())


@pytest.mark.parametrize(
    ("present", "members", "quorum", "words"),
    [
        (7, 9, 0, "Присутствуют 7 из 9 членов, кворум имеется."),
        (4, 9, 0, "Присутствуют 4 из 9 членов, кворума нет."),
        (1, 1, 0, "Присутствует 1 из 1 члена, кворум имеется."),
        (11, 21, 0, "Присутствуют 11 из 21 члена, кворум имеется."),
        (3, 0, 3, "Присутствуют 3 человека, кворум имеется."),
        (3, 0, 0, ""),
    ],
)
def test_attendance_is_a_sentence_in_agreement(present: int, members: int, quorum: int, words: str) -> None:
    people = tuple(Person(name=f"{'А' * (place + 2)}ов П.П.") for place in range(present))
    page = composed(chair=people[0], present=people, members=members, quorum=quorum)
    assert plain(page.attendance) == words


@pytest.mark.parametrize(
    ("votes", "words"),
    [
        (None, ""),
        (Votes(yes=7, abstained=1), "Голосовали: «за» – 7, «против» – нет, «воздержались» – 1."),
        (Votes(yes=5, no=2), "Голосовали: «за» – 5, «против» – 2, «воздержались» – нет."),
        (
            Votes(yes=7),
            "Голосовали: «за» – 7, «против» – нет, «воздержались» – нет. Решение принято единогласно.",
        ),
        (Votes(), "Голосовали: «за» – нет, «против» – нет, «воздержались» – нет."),
    ],
)
def test_votes_are_a_sentence(votes: Votes | None, words: str) -> None:
    assert plain(asked(votes=votes).agenda[0].votes) == words


@pytest.mark.parametrize(
    ("speech", "lines"),
    [
        (Speech(person=Person(name="Стриж М.Ф."), text="сообщила о планах"), ["Стриж М.Ф. – сообщила о планах."]),
        (Speech(person=Person(name="Стриж М.Ф."), text="раз\n\nдва."), ["Стриж М.Ф. – раз.", "два."]),
        (Speech(person=Person(name="Стриж М.Ф."), attached=True), ["Стриж М.Ф. – текст доклада прилагается."]),
        (
            Speech(person=Person(name="Стриж М.Ф."), text="раз.", attached=True),
            ["Стриж М.Ф. – раз (текст доклада прилагается)."],
        ),
        (
            Speech(person=Person(name="Белова А.А.", post="гость"), text="поблагодарила"),
            ["Белова А.А., гость – поблагодарила."],
        ),
    ],
)
def test_a_speech_begins_with_who_speaks(speech: Speech, lines: list[str]) -> None:
    assert [plain(line.text) for line in asked(heard=(speech,)).agenda[0].heard] == lines


@pytest.mark.parametrize(
    ("given_word", "printed_word"),
    [("", "ПОСТАНОВИЛИ:"), ("решили", "РЕШИЛИ:"), ("РЕШИЛИ:", "РЕШИЛИ:"), ("р е ш и л и", "РЕШИЛИ:")],
)
def test_the_word_before_decisions_is_a_choice(given_word: str, printed_word: str) -> None:
    assert composed(decided_word=given_word).decided_word == printed_word


def test_a_brief_protocol_has_questions_and_decisions_only() -> None:
    page = composed(brief=True)
    assert all(question.heard == question.spoke == () for question in page.agenda)
    assert [len(question.decided) for question in page.agenda] == [5, 1]


def test_a_heading_is_taken_from_the_title_where_none_is_written() -> None:
    page = composed(meeting="", title="Протокол заседания методического совета.")
    assert " ".join(page.meeting.split()) == "заседания методического совета"


def test_an_empty_protocol_is_a_page_with_nothing() -> None:
    page = composed(ProtocolValues(kind="protocol"))
    assert (page.present, page.agenda, page.signers, page.attendance, page.meeting) == ((), (), (), "", "")


def test_the_signer_of_the_card_signs_where_nobody_is_named() -> None:
    page = composed(chair=None, secretary=None, signers=(Person(name="Зимин О.С.", post="Председатель"),))
    assert [plain(signer.name) for signer in page.signers] == ["О.С. Зимин"]


def test_an_extract_keeps_the_numbers_of_its_questions() -> None:
    page = page_of("extract.docx", EXTRACT)
    assert isinstance(page, ExtractPage)
    assert page.kind == "ВЫПИСКА ИЗ ПРОТОКОЛА"
    (question,) = page.agenda
    assert (question.number, question.decided[0].number) == ("2.", "2.1.")
    assert plain(page.source) == "из протокола заседания рабочей группы по развитию школьных библиотек от 16.03.2026 № 4/РГ"
    assert (page.certified, page.copied_by.post, plain(page.copied_by.name)) == ("Верно", ("Делопроизводитель",), "А.Г. Петрова")
    assert page.copied_on == "20.03.2026"
    assert page.original == "Подлинник протокола находится в Управлении образования в деле № 01-04 за 2026 год."


def test_an_extract_that_names_no_numbers_counts_its_questions() -> None:
    page = page_of("extract.docx", dataclasses.replace(EXTRACT, questions=(), copied_by=None, original_place=""))
    assert isinstance(page, ExtractPage)
    assert (page.agenda[0].number, page.copied_by.name, page.original) == ("1.", "", "")


@given(st.text(st.characters(codec="utf-8", exclude_categories=("C",)), min_size=1, max_size=60), st.dates(min_value=dt.date(1990, 1, 1)))
def test_no_word_of_a_protocol_is_lost(text: str, due: dt.date) -> None:
    # «ı» has «I» for its capital, which has «i»: a text begins with a capital, and such a letter is another then.
    text = text.replace("ı", "")
    words = text.split()
    question = Question(
        title=text,
        heard=(Speech(person=Person(name="Зимин О.С."), text=text),),
        decided=(Point(text=text, due=due),),
    )
    page = composed(agenda=(question,)).agenda[0]
    for said in (page.title, page.heard[0].text if words else "", page.decided[0].text):
        kept = "".join(said.casefold().split())
        assert not said or "".join(words).casefold().rstrip(".,;") in kept
    assert f"{due.day:02}.{due.month:02}.{due.year}" in page.decided[0].text
