"""Answers: rows as people see them, facets in words, corrections and what is offered where nothing is found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from roadmapdocs.documents.models import Document
from roadmapdocs.errors import Forbidden
from roadmapdocs.i18n import use_language
from roadmapdocs.people.rules import SYSTEM, Actor, Role
from roadmapdocs.search import indexing, labels, state
from roadmapdocs.search.answers import Answer, Asked, FoundRecord, Note, Piece
from roadmapdocs.search.found_rows import found_rows, readable_keys
from roadmapdocs.search.models import SearchOutbox
from roadmapdocs.search.operations import keys_matching, search
from roadmapdocs.search.ports import Found, IndexBrokenError, Plan, Sort
from tests import factories as make
from tests.conftest import TODAY
from tests.search.archive import Archive, make_archive
from tests.search.registry import index, registry


@pytest.fixture(scope="module")
def archive(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """For reading: whatever a test changes it puts back."""
    with registry("sqlite", request, tmp_path_factory.mktemp("archive")) as used:
        made = make_archive()
        index(used)
        yield made


def answer(query: str, by: Actor = SYSTEM, **more: object) -> Answer:
    return search(Asked(query, **more), by=by, today=TODAY)  # type: ignore[arg-type]  # fields of Asked by name


def hit(archive: Archive, name: str, found: Answer) -> FoundRecord:
    return next(one for one in found.hits if one.key == archive.key(name))


def shown(pieces: tuple[Piece, ...]) -> str:
    return "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in pieces)


def test_a_row_says_all_that_tells_documents_apart(archive: Archive) -> None:
    found = hit(archive, "reading", answer("178-П зачёт"))
    assert (found.type, found.id, found.kind, found.number) == ("document", archive.document("reading").id, "приказ", "178-П")
    assert (found.date, found.signer, found.preparation) == (dt.date(2021, 11, 29), "Ветрова М. И.", "signed")
    assert found.exact
    assert shown(found.title) == "Об утверждении Положения о районном [зачёте] по чтению"
    assert found.file == "Об утверждении Положения о районном зачё.txt"


def test_the_force_of_a_row_is_that_of_the_day(archive: Archive) -> None:
    found = answer("экскурсии")
    assert (hit(archive, "old_tours", found).force, hit(archive, "new_tours", found).force) == ("ended", "in_force")
    assert hit(archive, "reading", answer("зачёт")).force == "amended"
    earlier = search(Asked("зачёт"), by=SYSTEM, today=dt.date(2024, 1, 1))
    assert hit(archive, "reading", earlier).force == "in_force"


def test_a_row_names_what_has_force_in_its_place_and_what_amended_it(archive: Archive) -> None:
    with use_language("en"):
        replaced = hit(archive, "old_tours", answer("экскурсии")).replaced_by
        amended = hit(archive, "reading", answer("зачёт")).amended_by
    assert replaced == ((archive.document("new_tours").id, "приказ of 21.08.2023 No. 51-П"),)
    assert amended == ((archive.document("change").id, "приказ of 23.05.2025 No. 88-ОД"),)


def test_what_acted_on_it_is_named_only_to_who_may_read_it(archive: Archive) -> None:
    hidden = archive.document("new_tours")
    reader = Actor(user_id=9, name="Читатель", roles=frozenset({Role.STAFF}))
    try:
        Document.update(readers=0).where(Document.id == hidden.id).execute()
        rows = found_rows([archive.key("old_tours")], by=reader, today=TODAY)
    finally:
        Document.update(readers=hidden.readers).where(Document.id == hidden.id).execute()
    assert rows[archive.key("old_tours")].record.replaced_by == ()


def test_a_document_has_the_items_that_it_proves(archive: Archive) -> None:
    assert hit(archive, "libraries", answer("смотр")).items == ("1.1",)


def test_items_and_sections_lead_to_their_roadmap(archive: Archive) -> None:
    with use_language("ru"):
        item = hit(archive, "item 2.1.1", answer("электронный каталог"))
        section = hit(archive, "section 2.1", answer("повышение квалификации"))
    assert (item.type, item.number, item.date, item.force) == ("item", "2.1.1", None, "")
    assert (section.type, section.number) == ("section", "2.1")
    assert item.roadmap is not None
    assert item.roadmap == section.roadmap
    assert item.roadmap[1] == "Дорожная карта развития чтения на 2022-2026 годы"


@pytest.mark.parametrize(
    ("name", "query", "word"),
    [
        ("check_note", "ВПР", "аналитическая справка"),
        ("hiring", "Светлана", "приказ"),
        ("museum", "музей", "положение"),
        ("forecast", "первоклассники", "письмо"),
        ("people", "дежурство", "служебная записка"),
    ],
)
def test_kinds_are_called_by_the_word_that_says_most(archive: Archive, name: str, query: str, word: str) -> None:
    assert hit(archive, name, answer(query)).kind == word


def test_fragments_are_taken_around_the_hits(archive: Archive) -> None:
    (fragment,) = hit(archive, "safety", answer("пути эвакуации")).fragments
    assert (fragment.source, fragment.page) == ("file", 2)
    assert shown(fragment.pieces) == "Ежемесячно проверять огнетушители и [пути] [эвакуации].…"


def test_comments_and_remarks_say_whose_they_are(archive: Archive) -> None:
    (said,) = hit(archive, "buses", answer("светоотражающие жилеты")).fragments
    (remark,) = hit(archive, "contest", answer("возраст участников")).fragments
    assert (said.source, remark.source, remark.name) == ("comment", "remark", "Нечаев И. И.")


def test_facets_are_in_words_and_in_their_order(archive: Archive) -> None:
    with use_language("ru"):
        facets = answer("чтение").facets
    kinds = [(one.value, one.label) for one in facets["kind"]]
    assert kinds[:2] == [("order_main", "приказ"), ("regulation", "положение")]
    assert [one.value for one in facets["year"]] == sorted((one.value for one in facets["year"]), reverse=True)
    assert ("ветрова м. и.", "Ветрова М. И.") in [(one.value, one.label) for one in facets["signer"]]
    assert ("amended", "действует с изменениями") in [(one.value, one.label) for one in facets["force"]]
    assert facets["unit"][0].label == "УО"
    assert any("· Дорожная карта развития чтения" in one.label for one in facets["section"])


def test_a_facet_counts_as_if_nothing_was_chosen_in_it(archive: Archive) -> None:
    bare, chosen = answer("зачёт"), answer("зачёт", narrowed={"kind": frozenset({"regulation"})})
    counts = {one.value: one.count for one in bare.facets["kind"]}
    assert chosen.total == counts["regulation"] == 1
    assert {one.value: one.count for one in chosen.facets["kind"]} == counts
    assert [one.value for one in chosen.facets["kind"] if one.chosen] == ["regulation"]


def test_what_is_chosen_is_listed_though_nothing_is_left_with_it(archive: Archive) -> None:
    found = answer("зачёт", narrowed={"kind": frozenset({"contract"}), "unit": frozenset({"no unit", "77", "٣"})})
    assert found.total == 0
    assert [(one.value, one.count) for one in found.facets["kind"] if one.chosen] == [("contract", 0)]
    assert not [one for one in found.facets["unit"] if one.chosen]


def test_facets_are_left_out_where_nobody_asks_for_them(archive: Archive) -> None:
    assert answer("зачёт", facets=False).facets == {}


def test_pages_follow_one_another(archive: Archive) -> None:
    whole = [one.key for one in answer("о", narrowed={"kind": frozenset({"order_main"})}, limit=50).hits]
    pages = [answer("о", narrowed={"kind": frozenset({"order_main"})}, limit=5, offset=offset) for offset in range(0, 40, 5)]
    assert [one.key for page in pages for one in page.hits] == whole
    assert len(set(whole)) == len(whole) == pages[0].total


@pytest.mark.parametrize("sort", [Sort.DATE, Sort.NUMBER])
def test_hits_are_sorted_as_asked(archive: Archive, sort: Sort) -> None:
    found = answer("зачёт", sort=sort, narrowed={"kind": frozenset({"order_main"})}).hits
    wanted = sorted(found, key=lambda one: one.date or dt.date.min, reverse=True)
    if sort is Sort.NUMBER:
        wanted = sorted(found, key=lambda one: int(one.number.partition("-")[0]))
    assert [one.key for one in found] == [one.key for one in wanted]


def test_conditions_alone_find_all_that_meets_them(archive: Archive) -> None:
    found = answer("", narrowed={"kind": frozenset({"protocol"})})
    assert found.total == 4
    assert answer("", in_force=dt.date(2020, 2, 1)).total > 0


@pytest.mark.parametrize("query", ["", "   ", "\t\n"])
def test_nothing_asked_is_answered_by_nothing(archive: Archive, query: str) -> None:
    found = answer(query)
    assert (found.total, found.hits, found.facets) == (0, (), {})


def test_a_slip_is_corrected_and_it_is_told(archive: Archive) -> None:
    found = answer("зачёт по чтеню")
    assert found.shown_query == "зачёт по чтению"
    assert Note("corrected", {"word": "чтеню", "shown": "чтению"}) in found.notes
    assert found.total == answer("зачёт по чтению").total


def test_the_other_layout_is_read_and_it_is_told(archive: Archive) -> None:
    found = answer("jkbvgbflf")
    assert (found.shown_query, [note.code for note in found.notes]) == ("олимпиада", ["layout"])


def test_other_readings_of_a_slip_are_offered_if_they_find_something(archive: Archive) -> None:
    found = answer("зачёт по черченю")
    assert found.shown_query == "зачёт по черчению"
    assert all(answer(query).total for query in found.suggestions)
    assert len(found.suggestions) <= 2


def test_what_is_still_being_typed_is_taken_for_a_beginning_and_not_for_a_slip(archive: Archive) -> None:
    found = answer("олимпи", growing=True)
    assert [one.key for one in found.hits] == [archive.key("olympiad")]
    unfinished = answer("школьный алимпиад", growing=True)
    assert (unfinished.total, unfinished.shown_query) == (0, "")


def test_a_chip_that_was_taken_off_counts_as_words(archive: Archive) -> None:
    whole = answer("приказ зачёт")
    bare = answer("приказ зачёт", ignored=frozenset(chip.id for chip in whole.chips))
    assert [chip.value for chip in whole.chips] == ["приказ"]
    assert (bare.chips, bare.words) == ((), ("приказ", "зачёт"))


def test_a_kind_of_which_there_is_none_is_taken_for_words(archive: Archive) -> None:
    found = answer("дорожная карта мсоко")
    assert found.hits
    assert found.chips == ()
    assert [(note.code, note.about["part"]) for note in found.notes] == [("as_words", "дорожная карта")]


def test_a_slip_in_a_kind_of_which_there_is_none_is_corrected_to_words(archive: Archive) -> None:
    found = answer("дарожная карта мсоко")
    assert [one.key for one in found.hits] == [one.key for one in answer("дорожная карта мсоко").hits] != []
    assert found.shown_query == "дорожная карта мсоко"
    assert [note.code for note in found.notes] == ["corrected", "as_words"]


def test_taken_literally_nothing_is_corrected(archive: Archive) -> None:
    found = answer("зачёт по чтеню", literal=True)
    assert (found.total, found.shown_query) == (0, "")


def test_a_question_that_finds_something_is_not_corrected(archive: Archive) -> None:
    assert answer("проект").shown_query == ""


def test_where_nothing_is_of_the_kind_the_same_words_are_offered_without_it(archive: Archive) -> None:
    found = answer("договор о музее")
    assert (found.total, found.suggestions) == (0, ("о музее",))


def test_an_empty_answer_says_what_stands_nowhere_and_offers_the_nearest(archive: Archive) -> None:
    found = answer("абракадабра зачёт")
    assert found.total == 0
    assert Note("nowhere", {"word": "абракадабра"}) in found.notes
    assert found.suggestions == ("зачёт",)


def test_words_that_never_stand_together_are_offered_apart(archive: Archive) -> None:
    found = answer("олимпиада ярмарка котельная")
    assert found.total == 0
    assert found.suggestions
    assert all(answer(query).total for query in found.suggestions)


def test_an_empty_answer_says_how_much_the_conditions_keep_away(archive: Archive) -> None:
    found = answer("олимпиада", narrowed={"year": frozenset({"2019"})})
    assert [note for note in found.notes if note.code == "unnarrowed"] == [Note("unnarrowed", {"count": "1"})]


def test_whoever_reads_no_registry_is_refused(archive: Archive) -> None:
    nobody = Actor(user_id=None, name="", roles=frozenset())
    with pytest.raises(Forbidden):
        search(Asked("зачёт"), by=nobody, today=TODAY)
    with pytest.raises(Forbidden):
        keys_matching(Asked("зачёт"), by=nobody, today=TODAY, most=5)


def test_time_is_measured_by_the_clock_that_is_given(archive: Archive) -> None:
    ticks = iter([10.0, 10.0125])
    assert search(Asked("зачёт"), by=SYSTEM, today=TODAY, clock=lambda: next(ticks)).took_ms == 12.5


def test_statements_do_not_grow_with_hits(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    answer("о", limit=2)
    sent = make.count_queries(monkeypatch)
    answer("о", limit=2)
    few = len(sent)
    sent.clear()
    found = answer("о", limit=20)
    assert len(found.hits) == 20
    assert len(sent) <= few + 2


def test_keys_that_match_are_the_newest_first_and_readable(archive: Archive) -> None:
    keys = keys_matching(Asked("зачёт"), by=SYSTEM, today=TODAY, most=3)
    dated = answer("зачёт", sort=Sort.DATE).hits
    assert list(keys) == [one.key for one in dated[:3]]
    assert keys_matching(Asked(""), by=SYSTEM, today=TODAY, most=3) == ()


def test_what_the_plain_rule_does_not_let_through_is_neither_shown_nor_counted(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even if an index told of it."""
    engine, condition = state.opened()
    assert engine is not None
    whole = answer("зачёт")
    hidden = archive.document("results")

    class Careless:
        name, generation = engine.name, engine.generation

        def search(self, plan: Plan) -> Found:
            return engine.search(plan)

        def __getattr__(self, name: str) -> object:
            return getattr(engine, name)

    monkeypatch.setattr(state, "opened", lambda: (Careless(), condition))
    try:
        Document.update(readers=0).where(Document.id == hidden.id).execute()
        found = answer("зачёт")
    finally:
        Document.update(readers=hidden.readers).where(Document.id == hidden.id).execute()
    assert hidden.id not in {one.id for one in found.hits if one.type == "document"}
    assert found.total == whole.total - 1
    counts = {one.value: one.count for one in found.facets["year"]}
    assert counts.get("2024", 0) == {one.value: one.count for one in whole.facets["year"]}["2024"] - 1


def test_what_waits_to_be_looked_at_is_not_found(archive: Archive) -> None:
    key = archive.key("results")
    SearchOutbox.create(subject=key)
    try:
        found = answer("зачёт")
    finally:
        indexing.drain(today=TODAY)
    assert key not in {one.key for one in found.hits}
    assert key in {one.key for one in answer("зачёт").hits}


def test_keys_of_nothing_are_left_out(archive: Archive) -> None:
    keys = ["document:99999", "item:99999", "section:99999", "planet:1", "document:", "document:x"]
    assert found_rows(keys, by=SYSTEM, today=TODAY) == {}
    assert readable_keys(keys, by=SYSTEM) == set()


@pytest.mark.parametrize(
    "query",
    [
        "я" * 100_000,
        "зачёт " * 500,
        "!!! ... ,,, ???",
        '"зачёт по',
        "* * *",
        "(" * 5_000 + "зачёт" + ")" * 5_000,
        "(a+)+$" * 50,
        "зачёт\x00чтение",
        "😀 📄 зачёт",
        "\u202eтёчаз\u202c зачёт",
        "'; DROP TABLE rd_document; --",
        'NEAR(зачёт чтение) AND title:* OR "',
        "подписал: вид: номер: дата:..",
        "-" * 300,
        "дата:99.99.9999..00.00.0000",
        "\ud800",
    ],
)
def test_no_question_is_an_error(archive: Archive, query: str) -> None:
    found = answer(query)
    assert len(found.hits) <= 20
    assert found.total >= len(found.hits)


def test_a_broken_index_is_reported_and_the_database_answers(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    engine, condition = state.opened()
    assert engine is not None
    reported: list[str] = []

    def broken(_plan: Plan) -> Found:
        raise IndexBrokenError("the table is gone")

    class Broken:
        name, generation = engine.name, engine.generation
        search = staticmethod(broken)

    monkeypatch.setattr(state, "opened", lambda: (Broken(), condition))
    monkeypatch.setattr(state, "report_broken", lambda _engine, problem: reported.append(str(problem)))
    found = answer("зачёт")
    assert [note.code for note in found.notes] == ["broken"]
    assert archive.key("reading") in {one.key for one in found.hits}
    assert keys_matching(Asked("зачёт"), by=SYSTEM, today=TODAY, most=2)
    assert reported == ["the table is gone", "the table is gone"]


@pytest.mark.parametrize(
    ("query", "words", "excluded"),
    [
        ("автобусы -тахограф", ("автобусы",), ("тахограф",)),
        ('смотр -"рабочая группа"', ("смотр",), ('"рабочая группа"',)),
        ('"рабочей группы" смотр', ('"рабочей группы"', "смотр"), ()),
        ("автобусы ИЛИ маршрут школа", ("автобусы or маршрут", "школа"), ()),
        ("(автобусы подвоз) | маршрут", ("(автобусы подвоз) or маршрут",), ()),
        ("приказ ИЛИ маршрут", ("приказ or маршрут",), ()),
        ("приказ ИЛИ протокол", (), ()),
        ("название:смотр", ("смотр",), ()),
    ],
)
def test_the_words_keep_their_logic(archive: Archive, query: str, words: tuple[str, ...], excluded: tuple[str, ...]) -> None:
    with use_language("en"):
        found = answer(query, literal=True)
    assert (found.words, found.excluded) == (words, excluded)


def test_a_field_is_told_by_its_label(archive: Archive) -> None:
    with use_language("ru"):
        (fragment,) = hit(archive, "olympiad", answer("одарённые дети")).fragments
    assert (fragment.source, fragment.name) == ("field", "Ключевые слова")


def test_an_annulled_registration_is_said_of_the_very_number(archive: Archive) -> None:
    document = archive.document("trial")
    Document.update(registration="annulled").where(Document.id == document.id).execute()
    try:
        found = hit(archive, "trial", answer("9-ОД"))
        assert (found.annulled, found.exact) == (True, True)
    finally:
        Document.update(registration=document.registration).where(Document.id == document.id).execute()
    assert not hit(archive, "trial", answer("9-ОД")).annulled


@pytest.mark.parametrize(
    ("title", "label"),
    [
        ("Карта развития чтения", "Карта развития чтения"),
        ("Дорожная карта «Развитие муниципальной системы оценки качества»", "Дорожная карта «Развитие муниципальной системы…»"),
        ('Дорожная карта "Развитие муниципальной системы оценки качества"', 'Дорожная карта "Развитие муниципальной системы…"'),
        ("Дорожная карта района «Чтение», принятая на пять лет вперёд", "Дорожная карта района «Чтение», принятая на…"),
    ],
)
def test_a_long_title_is_cut_with_its_quotes_closed(title: str, label: str) -> None:
    assert labels._short(title) == label
