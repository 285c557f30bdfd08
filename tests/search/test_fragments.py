"""Fragments: what of a record's own text shows best why it was found."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.search.analysis import positions, terms_of
from roadmapdocs.search.answers import Fragment, Piece
from roadmapdocs.search.fragments import WIDTH, Fragments
from roadmapdocs.search.ports import Both, Either, Every, Node, Phrase, Plan, Prefix, Tagged, Without, Word

READABLE = frozenset({"may:staff"})
ORDER = (
    "П р и к а з ы в а ю:\n"
    "1. Утвердить Положение о районном зачёте по чтению (приказ № 178 – П от 29 ноября 2021 г.).\n"
    "2. Контроль возложить на заместителя начальника Соболева А. О., а не на Соболева И. И.\n"
    "3. Провести смотр школьных библио-\nтек и обще\u00adобразовательных организаций."
)


def word(text: str) -> Word:
    return Word(frozenset(terms_of(text)))


def phrase(text: str) -> Phrase:
    return Phrase(tuple(frozenset(place) for place in positions(text)))


def asked(*nodes: Node) -> Fragments:
    return Fragments(Plan(Both(nodes), READABLE))


def shown(pieces: Sequence[Piece]) -> str:
    return "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in pieces)


def marked(pieces: Sequence[Piece]) -> list[str]:
    return [piece.text for piece in pieces if piece.marked]


def fragments(*nodes: Node, text: str = ORDER, source: str = "text") -> tuple[Fragment, ...]:
    return asked(*nodes).of([{"source": source, "name": "", "text": text}])


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (word("зачёты"), ["зачёте"]),
        (word("зачет"), ["зачёте"]),
        (word("приказывать"), ["П р и к а з ы в а ю"]),
        (word("библиотека"), ["библио- тек"]),
        (word("общеобразовательная"), ["общеобразовательных"]),
        (Word(frozenset({"#178-п"})), ["178 – П"]),
        (Tagged(frozenset({"num:#178-п"})), ["178 – П"]),
        (Word(frozenset({"178"})), ["178 – П"]),
        (Word(frozenset({"@2021-11-29"})), ["29 ноября 2021 г."]),
        (Tagged(frozenset({"day:2021-11-29"})), ["29 ноября 2021 г."]),
        (Word(frozenset({"&соболев.а"})), ["Соболева"]),
        (Prefix("положен"), ["Положение"]),
        (phrase("районные зачёты по чтению"), ["районном зачёте по чтению"]),
        (Either((word("зачёт"), word("экзамен"))), ["зачёте"]),
    ],
)
def test_a_hit_is_marked_in_whatever_form_and_spelling_it_is_written(node: Node, expected: list[str]) -> None:
    (fragment,) = fragments(node)
    assert marked(fragment.pieces) == expected


@pytest.mark.parametrize(
    ("spelling", "number"),
    [("№178п", "178п"), ("№ 178-П", "178-П"), ("N 178–п", "178–п"), ("178-П", "178-П"), ("133/6 – ОД и 178-П", "178-П")],
)
def test_a_number_is_marked_however_it_is_spelt(spelling: str, number: str) -> None:
    (fragment,) = fragments(Word(frozenset({"#178-п"})), text=f"Во исполнение приказа {spelling} провести зачёт.")
    assert marked(fragment.pieces) == [number]


@pytest.mark.parametrize("spelling", ["29.11.2021", "29.11.21", "29 ноября 2021", "2021-11-29"])
def test_a_date_is_marked_however_it_is_spelt(spelling: str) -> None:
    (fragment,) = fragments(Word(frozenset({"@2021-11-29"})), text=f"Приказ от {spelling} утратил силу.")
    assert marked(fragment.pieces) == [spelling]


@pytest.mark.parametrize("written", ["детская площадка", "детской площадки", "oхpана", "ОХРАНЫ"])
def test_letters_of_other_alphabets_and_loose_marks_are_no_hindrance(written: str) -> None:
    wanted = word("площадка" if "площ" in written else "охрана")
    title = asked(wanted).title(f"О чём угодно: {written}")
    assert marked(title) == [written.rsplit(maxsplit=1)[-1]]


def test_words_of_one_root_and_beginning_are_not_marked() -> None:
    assert marked(asked(word("чтение")).title("О чтении, чтецах и чтимых учителях")) == ["чтении"]


def test_what_must_not_be_there_is_not_marked() -> None:
    assert marked(asked(word("зачёт"), Without(word("чтение"))).title("О зачёте по чтению")) == ["зачёте"]


def test_the_title_is_shown_whole() -> None:
    title = "О районном зачёте по чтению и о том, как его проводить " * 6
    assert "".join(piece.text for piece in asked(word("зачёт")).title(title)) == title.strip()


def test_the_window_that_shows_most_of_the_question_is_taken() -> None:
    text = "Зачёт назначен. " + "Прочее. " * 80 + "О зачёте по чтению в библиотеке. " + "Прочее. " * 80 + "Чтение."
    (fragment,) = fragments(word("зачёт"), word("чтение"), word("библиотека"), text=text)
    assert marked(fragment.pieces) == ["зачёте", "чтению", "библиотеке"]


def test_a_phrase_goes_before_its_words_apart() -> None:
    text = "Группа собралась, рабочая неделя. " + "Прочее. " * 80 + "Создать рабочую группу."
    (fragment,) = fragments(phrase("рабочая группа"), text=text)
    assert marked(fragment.pieces) == ["рабочую группу"]


def test_a_fragment_has_whole_words_at_its_edges_and_says_that_there_is_more() -> None:
    text = "слово " * 100 + "искомое " + "слово " * 100
    (fragment,) = fragments(word("искомое"), text=text)
    written = "".join(piece.text for piece in fragment.pieces)
    assert written.startswith("…слово")
    assert written.endswith("слово…")
    assert len(written) <= WIDTH + 2


def test_a_fragment_begins_with_its_paragraph_where_that_is_near() -> None:
    text = "Прочее. " * 50 + "конец.\n1. Провести зачёт. " + "Прочее. " * 50
    (fragment,) = fragments(word("зачёт"), text=text)
    assert shown(fragment.pieces).startswith("1. Провести [зачёт].")


def test_a_line_that_only_ends_there_begins_no_paragraph() -> None:
    text = "Прочее. " * 50 + "директорам школ\nпровести зачёт. " + "Прочее. " * 50
    (fragment,) = fragments(word("зачёт"), text=text)
    assert shown(fragment.pieces).startswith("…")


def test_blanks_are_joined() -> None:
    (fragment,) = fragments(word("зачёт"), text="  Провести\t\t зачёт \n\n\n по   чтению\u00a0в школах \f ")
    assert shown(fragment.pieces) == "Провести [зачёт] по чтению в школах"


def test_pages_are_counted_by_form_feeds() -> None:
    (fragment,) = fragments(word("зачёт"), text="Первая страница.\fВторая.\fТретья: зачёт по чтению.\fЧетвёртая.")
    assert fragment.page == 3
    assert shown(fragment.pieces) == "Третья: [зачёт] по чтению.…"


def test_a_text_without_pages_has_no_page() -> None:
    assert fragments(word("зачёт"))[0].page is None


def test_a_second_fragment_shows_what_the_first_does_not() -> None:
    passages = [
        {"source": "text", "name": "", "text": "О зачёте."},
        {"source": "file", "name": "зачёт.docx", "text": "Зачёт, зачёта, зачётом."},
        {"source": "comment", "name": "Лукина О. С.", "text": "Проверьте смету."},
    ]
    found = asked(word("зачёт"), word("смета")).of(passages)
    assert [(one.source, one.name) for one in found] == [("file", "зачёт.docx"), ("comment", "Лукина О. С.")]


def test_without_a_hit_the_beginning_is_shown() -> None:
    passages = [{"source": "title", "name": "", "text": "О зачёте"}, {"source": "text", "name": "", "text": " \n Начало текста. " * 40}]
    (fragment,) = asked(word("зачёт")).of(passages)
    assert not marked(fragment.pieces)
    assert shown(fragment.pieces).startswith("Начало текста.")


@pytest.mark.parametrize("passages", [[], [{"source": "title", "name": "", "text": "О зачёте"}], [{"source": "text", "name": "", "text": " \n"}]])
def test_a_record_without_text_has_no_fragments(passages: list[dict[str, str]]) -> None:
    assert asked(word("зачёт")).of(passages) == ()


def test_text_is_given_as_it_is_for_the_page_to_escape() -> None:
    (fragment,) = fragments(word("зачёт"), text="<script>alert(1)</script> зачёт & <b>чтение</b>")
    assert shown(fragment.pieces) == "<script>alert(1)</script> [зачёт] & <b>чтение</b>"


def test_what_cannot_be_printed_is_left_out() -> None:
    assert shown(fragments(word("зачёт"), text="до\x00 зачёта\ud800 после\x07")[0].pieces) == "до [зачёта] после"


def test_a_long_text_is_looked_through_to_its_end() -> None:
    text = "Слова о работе учителей и школ района. " * 30_000 + "Здесь огнетушители."
    (fragment,) = fragments(word("огнетушитель"), text=text)
    assert marked(fragment.pieces) == ["огнетушители"]


@pytest.mark.parametrize("text", ["з" * 100_000, "зачёт" * 30_000, "зачёт " * 60_000, "- " * 50_000, "1" * 100_000, "п р " * 30_000])
def test_no_text_is_too_odd(text: str) -> None:
    found = asked(word("зачёт"), phrase("зачёт по чтению"), Word(frozenset({"#178-п", "1"}))).of(
        [{"source": "text", "name": "", "text": text}]
    )
    assert all(sum(len(piece.text) for piece in one.pieces) <= 3 * WIDTH for one in found)


@given(st.text(max_size=400), st.sampled_from(["зачёт", "чтение", "178", "п"]))
def test_pieces_are_a_stretch_of_the_text(text: str, sought: str) -> None:
    """But for blanks, and for what has no sign of its own."""
    (*found,) = asked(word(sought), Every()).of([{"source": "text", "name": "", "text": f"{text} зачёт по чтению № 178"}])
    for one in found:
        written = "".join("".join(piece.text for piece in one.pieces).strip("…").split())
        kept = "".join(letter for letter in f"{text} зачёт по чтению № 178" if letter.isprintable())
        assert "".join(letter for letter in written if letter.isprintable()) in "".join(kept.split())
