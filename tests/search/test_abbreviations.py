from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from roadmapdocs.audit.models import Event
from roadmapdocs.documents.models import Kind
from roadmapdocs.errors import Forbidden, NotFound, Refusal
from roadmapdocs.people.directory import DatabaseDirectory
from roadmapdocs.people.rules import SYSTEM, Actor, Role
from roadmapdocs.roadmap.operations import store_draft
from roadmapdocs.search import abbreviations, abbreviations_found
from roadmapdocs.search.abbreviation_rules import Pair
from roadmapdocs.search.abbreviations import Origin, load_abbreviations
from roadmapdocs.search.abbreviations_found import keep, learn
from roadmapdocs.search.lexicon import lexicon
from roadmapdocs.search.models import Abbreviation
from roadmapdocs.search.query.synonyms import synonyms
from tests.conftest import NOW
from tests.factories import draft, item, roadmap, unit

CLERK = Actor(user_id=None, name="Лукина О. С.", roles=frozenset({Role.CLERK}))
SAID = "Порядок работы школьных ресурсных команд чтения (далее – ШРКЧ) утвердить."


@pytest.fixture(autouse=True)
def _empty(database: None) -> None:
    Abbreviation.delete().execute()


def texts(number: int) -> list[str]:
    return [row.text for row in Abbreviation.select().where(Abbreviation.group == number).order_by(Abbreviation.id)]


def journal() -> list[str]:
    return [event.what for event in Event.select().order_by(Event.number) if event.what.startswith("abbreviation_")]


def test_a_group_is_made_and_widens_the_next_search(now: dt.datetime) -> None:
    number = abbreviations.create_group(["РБО", " районная   библиотека ", "рбо"], by=SYSTEM, now=now)
    assert texts(number) == ["рбо", "районная библиотека"]
    assert lexicon().groups == (("рбо", "районная библиотека"),)
    assert journal() == ["abbreviation_added", "abbreviation_added"]


def test_groups_are_told_with_what_waits_first(now: dt.datetime) -> None:
    abbreviations.create_group(["АБВ", "алфавит"], by=SYSTEM, now=now)
    learn("Совещание по итогам четверти (далее – ЯЯЯ)", "Приказ № 5")
    waiting, own = abbreviations.groups(by=SYSTEM)
    assert [one.text for one in waiting.spellings] == ["ЯЯЯ", "Совещание по итогам четверти"]
    assert abbreviations.waits(waiting)
    assert not abbreviations.waits(own)
    assert waiting.spellings[0].found_in == "Приказ № 5"


@pytest.mark.parametrize("texts", [["РБО"], ["РБО", "рбо"], [], ["РБО", " "], ["РБО", "!!!"], ["РБО", "а" * 300], ["РБО", "а б " * 12]])
def test_what_stands_for_nothing_makes_no_group(texts: list[str], now: dt.datetime) -> None:
    with pytest.raises(Refusal):
        abbreviations.create_group(texts, by=SYSTEM, now=now)
    assert not Abbreviation.select().exists()


def test_a_spelling_is_added_renamed_switched_and_removed(now: dt.datetime) -> None:
    number = abbreviations.create_group(["РБО", "районная библиотека"], by=SYSTEM, now=now)
    added = abbreviations.add(number, "РаБО", by=SYSTEM, now=now)
    assert abbreviations.rename(added, "РайБО", by=SYSTEM, now=now) == added
    assert texts(number)[-1] == "РайБО"
    abbreviations.switch(added, active=False, by=SYSTEM, now=now)
    abbreviations.switch(added, active=False, by=SYSTEM, now=now)
    assert lexicon().groups == (("РБО", "районная библиотека"),)
    assert abbreviations.add(number, "райбо", by=SYSTEM, now=now) == added  # the same word: switched on again
    assert lexicon().groups == (("РБО", "районная библиотека", "РайБО"),)
    abbreviations.remove(added, by=SYSTEM, now=now)
    assert texts(number) == ["РБО", "районная библиотека"]
    assert journal()[2:] == [
        "abbreviation_added",
        "abbreviation_renamed",
        "abbreviation_switched",
        "abbreviation_switched",
        "abbreviation_removed",
    ]


def test_a_spelling_is_in_its_group_once(now: dt.datetime) -> None:
    number = abbreviations.create_group(["РБО", "районная библиотека"], by=SYSTEM, now=now)
    with pytest.raises(Refusal) as refused:
        abbreviations.add(number, "«РБО»", by=SYSTEM, now=now)
    assert refused.value.code == "there_already"
    first = Abbreviation.get(Abbreviation.text == "РБО")
    with pytest.raises(Refusal) as refused:
        abbreviations.rename(first.id, "Районная Библиотека", by=SYSTEM, now=now)
    assert refused.value.code == "there_already"


def test_only_who_keeps_the_registry_keeps_abbreviations(now: dt.datetime) -> None:
    number = abbreviations.create_group(["РБО", "районная библиотека"], by=SYSTEM, now=now)
    some = Abbreviation.get().id
    calls = (
        lambda: abbreviations.groups(by=CLERK),
        lambda: abbreviations.create_group(["А1", "Б2"], by=CLERK, now=now),
        lambda: abbreviations.add(number, "А1", by=CLERK, now=now),
        lambda: abbreviations.rename(some, "А1", by=CLERK, now=now),
        lambda: abbreviations.switch(some, active=False, by=CLERK, now=now),
        lambda: abbreviations.remove(some, by=CLERK, now=now),
    )
    for call in calls:
        with pytest.raises(Forbidden):
            call()
    assert lexicon().groups == (("РБО", "районная библиотека"),)


def test_what_is_not_there_is_told(now: dt.datetime) -> None:
    for call in (
        lambda: abbreviations.add(404, "А1", by=SYSTEM, now=now),
        lambda: abbreviations.rename(404, "А1", by=SYSTEM, now=now),
        lambda: abbreviations.switch(404, active=True, by=SYSTEM, now=now),
        lambda: abbreviations.remove(404, by=SYSTEM, now=now),
    ):
        with pytest.raises(NotFound):
            call()


def test_shipped_groups_are_loaded_once_and_stay_as_the_office_made_them(now: dt.datetime) -> None:
    assert load_abbreviations() == sum(map(len, abbreviations.shipped())) == Abbreviation.select().count()
    low = Abbreviation.get(Abbreviation.text == "ШНОР")
    abbreviations.switch(low.id, active=False, by=SYSTEM, now=now)
    abbreviations.add(low.group, "ШНИР", by=SYSTEM, now=now)
    typo = Abbreviation.get(Abbreviation.text == "ШПРО")
    renamed = abbreviations.rename(typo.id, "ШПРОР", by=SYSTEM, now=now)
    assert load_abbreviations() == 0
    assert not Abbreviation.get_by_id(low.id).active
    assert not Abbreviation.get_by_id(typo.id).active
    assert Abbreviation.get_by_id(renamed).source == Origin.OFFICE
    with pytest.raises(Refusal) as refused:
        abbreviations.remove(low.id, by=SYSTEM, now=now)
    assert refused.value.code == "not_own"


def test_a_shipped_spelling_that_is_missing_comes_into_its_group() -> None:
    load_abbreviations()
    group = Abbreviation.get(Abbreviation.text == "ПНОР").group
    Abbreviation.delete().where(Abbreviation.text == "ПНОР").execute()
    assert load_abbreviations() == 1
    assert Abbreviation.get(Abbreviation.text == "ПНОР").group == group


def test_shipped_groups_can_be_searched_by() -> None:
    for group in synonyms(abbreviations.shipped()).groups:
        assert len(group) > 1
        assert all(spelling.places for spelling in group)
    words = [text for group in abbreviations.shipped() for text in group]
    assert len(words) == len(set(words))


def test_what_a_document_explains_is_searched_for_at_once() -> None:
    assert learn(SAID, "Приказ № 178-П") == 2
    assert lexicon().groups == (("ШРКЧ", "школьных ресурсных команд чтения"),)
    row = Abbreviation.get(Abbreviation.text == "ШРКЧ")
    assert (row.source, row.found_in) == (Origin.FOUND, "Приказ № 178-П")


def test_what_does_not_fit_its_words_waits_for_the_office(now: dt.datetime) -> None:
    assert learn("Совещание по итогам четверти (далее – ЩЩЩ)", "Протокол № 2") == 2
    assert lexicon().groups == ()
    for row in Abbreviation.select():
        abbreviations.switch(row.id, active=True, by=SYSTEM, now=now)
    assert lexicon().groups == (("ЩЩЩ", "Совещание по итогам четверти"),)


def test_what_is_known_is_not_found_anew_in_another_form(now: dt.datetime) -> None:
    learn(SAID, "Приказ № 178-П")
    for row in Abbreviation.select():
        abbreviations.switch(row.id, active=False, by=SYSTEM, now=now)
    assert learn("ШРКЧ – школьные ресурсные команды чтения.", "Письмо") == 0
    assert not Abbreviation.select().where(Abbreviation.active).exists()


def test_another_abbreviation_of_the_same_words_joins_their_group() -> None:
    learn(SAID, "Приказ № 178-П")
    assert learn("Отчёт школьных ресурсных команд чтения (далее – ШРК-Ч)", "Справка") == 1
    assert len(lexicon().groups) == 1


def test_the_same_letters_may_stand_for_other_words() -> None:
    learn(SAID, "Приказ № 178-П")
    assert learn("ШРКЧ – штаб районного конкурса чтецов", "Положение") == 2
    assert len(lexicon().groups) == 2


def test_a_text_that_wants_to_fill_the_table_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(abbreviations_found, "MOST_FOUND", 4)
    letters = "АБВГДЕЖЗИК"
    learn(" ".join(f"{letter}Б{letter} ({letter.lower()}а ба {letter.lower()}у)." for letter in letters), "Приказ")
    assert Abbreviation.select().count() == 4


def test_words_too_long_to_be_told_apart_are_left_alone() -> None:
    words = " ".join(["Высокопроизводительные"] * 12)
    for tail in ("раз", "раз два"):
        assert keep([Pair("ВВВ", f"{words} {tail}", sure=True)], "О смотре") == 0


def test_a_stored_roadmap_tells_its_abbreviations() -> None:
    abbreviations_found.listen()
    abbreviations_found.listen()
    told = {"ШРКЧ": "школьные ресурсные команды чтения", "Программа": "программа развития", "ЖЖЖ": "иное"}
    read = dataclasses.replace(draft(item()), abbreviations=told)
    store_draft(read, source=None, directory=DatabaseDirectory(), by=SYSTEM, now=NOW)
    assert lexicon().groups == (("ШРКЧ", "школьные ресурсные команды чтения"),)
    assert Abbreviation.get(Abbreviation.text == "ШРКЧ").found_in == "Развитие чтения"
    assert not Abbreviation.get(Abbreviation.text == "ЖЖЖ").active
    assert not Abbreviation.select().where(Abbreviation.text == "Программа").exists()


def test_the_lexicon_knows_kinds_units_and_roadmaps() -> None:
    office = unit("Информационно-методический отдел", "ИМО")
    edition = roadmap(item())
    found = lexicon()
    kinds = {kind.code: kind for kind in found.kinds}
    assert kinds.keys() == {kind.code for kind in Kind.select()} - {"other"}
    assert kinds["order_staff"].names[0] == "приказ (ЛС)"
    assert "аналитический отчёт" in kinds["report"].names
    assert not {"приказа", "совещания"} & set(kinds["extract"].names + kinds["protocol"].names)
    assert (office.id, ("Информационно-методический отдел", "ИМО")) in [(one.id, one.names) for one in found.units]
    assert (edition.roadmap_id, ("Развитие чтения",)) in [(one.id, one.names) for one in found.roadmaps]
