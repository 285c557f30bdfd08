"""Whatever a search tells a person is what the plain rule lets that person read, and nothing of the rest shows."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roadmapdocs.access.rules import HOLDERS
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.visibility import invite, may
from roadmapdocs.people.rules import Actor, Role, Standing
from roadmapdocs.search.answers import Answer, Asked
from roadmapdocs.search.models import SearchRecord
from roadmapdocs.search.operations import keys_matching, search
from roadmapdocs.search.similar import similar
from roadmapdocs.search.tags import FACETS, value_of
from tests import factories as make
from tests.conftest import TODAY
from tests.search.registry import ENGINES, index, registry

DOCUMENTS = 24
KINDS = ("order_main", "protocol", "note", "letter")
EVERYBODY = Actor(user_id=1, name="Все", roles=frozenset(Role))


@dataclass(frozen=True)
class World:
    """Documents whose readers, ties and hands are as chance has it; each has a word that no other has."""

    documents: tuple[Document, ...]
    words: Mapping[int, str]
    employees: tuple[int, ...]
    units: tuple[int, ...]
    organisations: tuple[int, ...]

    def readable(self, by: Actor) -> set[int]:
        """Ids by the plain rule, one document after another."""
        return {one.id for one in self.documents if may(one, "read", by)}


@pytest.fixture(scope="module", params=ENGINES)
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with registry(str(request.param), request, tmp_path_factory.mktemp("rights")) as used:
        made = _world(random.Random(20))
        index(used)
        yield made


def _world(chance: random.Random) -> World:
    units = tuple(make.unit(f"Отдел {letter}", letter).id for letter in "АБВ")
    employees = tuple(make.employee(surname).id for surname in ("Лукина", "Дёмина", "Яшина", "Громова"))
    organisations = tuple(make.organisation(name).id for name in ("Школа № 3", "Школа № 5"))
    words: dict[int, str] = {}
    for _number in range(DOCUMENTS):
        word = _word(chance)
        document = make.document(f"О зачёте {word}", kind=chance.choice(KINDS))
        words[document.id] = word
        mask = sum(1 << place for place in range(len(HOLDERS)) if chance.random() < 0.25)
        ties = {
            "readers": mask,
            "drafter": chance.choice([None, *employees]),
            "signer_employee": chance.choice([None, *employees]),
            "unit": chance.choice([None, *units]),
            "organisation": chance.choice([None, *organisations]),
        }
        Document.update(ties).where(Document.id == document.id).execute()
        for employee in employees:
            if chance.random() < 0.2:
                invite(document.id, employee)
    return World(tuple(Document.select().order_by(Document.id)), words, employees, units, organisations)


def _word(chance: random.Random) -> str:
    """Eight letters that can be spoken and mean nothing."""
    return "".join(chance.choice("бвгдзклмнпрст") + chance.choice("аеиоу") for _ in range(4))


@st.composite
def readers(draw: st.DrawFn, world: World) -> Actor:
    employee = draw(st.sampled_from([None, *world.employees]))
    others = st.builds(
        Standing,
        employee_id=st.sampled_from(world.employees),
        name=st.just(""),
        kinds=st.frozensets(st.sampled_from(KINDS), max_size=2),
        acting=st.booleans(),
        basis=st.just(""),
    )
    return Actor(
        user_id=7,
        name="Читатель",
        roles=draw(st.frozensets(st.sampled_from(list(Role)), min_size=1, max_size=2)),
        employee_id=employee,
        unit_ids=draw(st.frozensets(st.sampled_from(world.units), max_size=2)) if employee else frozenset(),
        stands_for=tuple(draw(st.lists(others, max_size=2))) if employee else (),
        organisations=draw(st.frozensets(st.sampled_from(world.organisations), max_size=1)),
    )


def examples(number: int) -> settings:
    return settings(max_examples=number, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def ask(query: str, by: Actor) -> Answer:
    return search(Asked(query, limit=DOCUMENTS), by=by, today=TODAY)


def told(answer: Answer) -> str:
    """All words of an answer but those of the question."""
    pieces = [piece.text for hit in answer.hits for part in (hit.title, *(one.pieces for one in hit.fragments)) for piece in part]
    notes = [word for note in answer.notes for word in note.about.values()]
    labels = [value.label for values in answer.facets.values() for value in values]
    return " ".join([*pieces, *notes, *labels, *answer.suggestions, answer.shown_query])


@given(st.data())
@examples(20)
def test_hits_totals_and_facets_are_those_of_the_plain_rule(world: World, data: st.DataObject) -> None:
    by = data.draw(readers(world))
    readable = world.readable(by)
    found = ask("зачёт", by)
    assert {hit.id for hit in found.hits} == readable
    assert (found.total, found.exact) == (len(readable), True)
    keys = {f"document:{one}" for one in readable}
    counts: dict[str, Counter[str]] = {facet: Counter() for facet in FACETS}
    for record in SearchRecord.select().where(SearchRecord.key.in_([*keys, ""])):
        for tag in record.tags:
            if tag.partition(":")[0] in counts:
                counts[tag.partition(":")[0]][value_of(tag)] += 1
    assert {
        facet: {value.value: value.count for value in values} for facet, values in found.facets.items() if values
    } == {facet: dict(counted) for facet, counted in counts.items() if counted}
    assert set(keys_matching(Asked("зачёт"), by=by, today=TODAY, most=DOCUMENTS)) == keys


@given(st.data())
@examples(20)
def test_a_word_of_a_hidden_document_is_neither_found_nor_suggested_nor_shown(world: World, data: st.DataObject) -> None:
    by = data.draw(readers(world))
    document = data.draw(st.sampled_from(world.documents))
    word = world.words[document.id]
    slip = data.draw(st.sampled_from([word, word[:-1], f"{word[:3]}{word[4:]}", f"зачёт {word[:5]}{word[6:]}", f"{word[:6]}*"]))
    found = ask(slip, by)
    if document.id in world.readable(by):
        assert document.id in {hit.id for hit in found.hits}
        return
    assert document.id not in {hit.id for hit in found.hits}
    assert word not in told(found).replace(slip, "")
    nowhere = ask(slip.replace(word[:3], "щыъ"), by)
    # Nothing tells a word that only others may read from one that stands nowhere at all.
    if not found.total:
        assert [note.code for note in found.notes] == [note.code for note in nowhere.notes]
        assert len(found.suggestions) == len(nowhere.suggestions)


@given(st.data())
@examples(8)
def test_narrowing_to_what_a_hidden_document_alone_has_finds_and_counts_nothing(world: World, data: st.DataObject) -> None:
    by = data.draw(readers(world))
    document = data.draw(st.sampled_from(world.documents))
    narrowed = {"kind": frozenset({document.kind.code})}
    same = {one.id for one in world.documents if one.kind_id == document.kind_id}
    if document.unit_id is not None:
        narrowed["unit"] = frozenset({str(document.unit_id)})
        same &= {one.id for one in world.documents if one.unit_id == document.unit_id}
    found = search(Asked("зачёт", narrowed=narrowed, limit=DOCUMENTS), by=by, today=TODAY)
    readable = world.readable(by)
    assert {hit.id for hit in found.hits} == readable & same
    assert found.total == len(readable & same)


@given(st.data())
@examples(5)
def test_documents_like_one_are_readable(world: World, data: st.DataObject) -> None:
    by = data.draw(readers(world))
    readable = world.readable(by)
    for one in sorted(readable)[:2]:
        assert {hit.id for hit in similar(one, by=by, limit=DOCUMENTS)} <= readable - {one}


def test_chance_hides_some_documents_from_nearly_everybody_and_shows_some(world: World) -> None:
    """A world in which nothing is hidden would prove nothing."""
    staff = Actor(user_id=7, name="Читатель", roles=frozenset({Role.STAFF}))
    assert 0 < len(world.readable(staff)) < len(world.readable(EVERYBODY)) < DOCUMENTS
