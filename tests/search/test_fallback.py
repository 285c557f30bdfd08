"""Without an index the database answers by number, date and title, by the same rights, and it is said so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from roadmapdocs.access.rules import Mark
from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.links.operations import link_documents
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import create_document
from roadmapdocs.documents.rules import Card, Preparation
from roadmapdocs.documents.visibility import may
from roadmapdocs.people.rules import SYSTEM, Actor, Role
from roadmapdocs.search import state
from roadmapdocs.search.answers import Answer, Asked
from roadmapdocs.search.operations import keys_matching, search
from roadmapdocs.search.ports import Sort
from roadmapdocs.search.state import Condition
from tests import factories as make
from tests.conftest import NOW, TODAY
from tests.search.registry import registry

STAFF = Actor(user_id=5, name="Дёмина Ю. А.", roles=frozenset({Role.STAFF}))


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def papers(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, int]]:
    """Ids by names, in a registry that has no index."""
    with registry(str(request.param), request, tmp_path_factory.mktemp("papers")):
        state.close_index()
        yield _papers()


def _papers() -> dict[str, int]:
    unit = make.unit()

    def made(kind: str, number: str, day: str, title: str, **more: object) -> int:
        values = {"preparation": Preparation.SIGNED, "signer": "Ветрова М. И.", "unit_id": unit.id, **more}
        card = Card(kind, title, number=number, date=dt.date.fromisoformat(day), **values)  # type: ignore[arg-type]  # by name
        return int(create_document(card, by=SYSTEM, now=NOW, today=TODAY).id)

    ids = {
        "reading": made("order_main", "178-П", "2021-11-29", "О районном зачёте по чтению"),
        "results": made("order_main", "34-ОД", "2024-02-12", "Об итогах районного зачёта по чтению", signer="Соболев А. О."),
        "other": made("order_admin", "1178-П", "2024-03-04", "О закупке бумаги 100%"),
        "protocol": made("protocol", "1", "2024-03-05", "Протокол о чтении"),
        "secret": made("order_main", "79-П", "2024-05-06", "О проверке зачёта", mark=Mark.OFFICIAL, mark_basis="152-ФЗ"),
    }
    link_documents(ids["results"], ids["reading"], LinkKind.REPLACES, by=SYSTEM, now=NOW, today=TODAY)
    return ids


def ask(query: str, by: Actor = SYSTEM, **more: object) -> Answer:
    return search(Asked(query, **more), by=by, today=TODAY)  # type: ignore[arg-type]  # by name


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("зачет", ["secret", "results", "reading"]),
        ("зачёту чтение", ["results", "reading"]),
        ("ЗАЧЁТ", ["secret", "results", "reading"]),
        ("№ 178-п", ["other", "reading"]),
        ("178-П чтению", ["reading"]),
        ("34", ["results"]),
        ("29.11.2021", ["reading"]),
        ("протокол", ["protocol"]),
        ("соболева", ["results"]),
        ("«о чтении»", ["protocol", "results", "reading"]),
        ("100%", ["other"]),
        ("зачёт_", []),
        ("олимпиада", []),
    ],
)
def test_documents_are_found_by_number_date_and_title(papers: dict[str, int], query: str, names: list[str]) -> None:
    found = ask(query)
    assert [one.id for one in found.hits] == [papers[name] for name in names]
    assert (found.total, found.exact) == (len(names), True)
    assert [note.code for note in found.notes] == ["broken"]


def test_hits_are_those_of_the_plain_rule(papers: dict[str, int]) -> None:
    found = {one.id for one in ask("зачёт", STAFF).hits}
    assert found == {papers["reading"], papers["results"]}
    assert all(may(Document.get_by_id(one), "read", STAFF) for one in found)
    assert ask("79-П", STAFF).total == 0


@pytest.mark.parametrize(
    ("narrowed", "names"),
    [
        ({"kind": frozenset({"protocol", "note"})}, ["protocol"]),
        ({"year": frozenset({"2021"})}, ["reading"]),
        ({"year": frozenset({"x", "20211", "2021"})}, ["reading"]),
        ({"state": frozenset({"draft"})}, []),
        ({"force": frozenset({"ended"})}, ["reading"]),
        ({"unit": frozenset({"77"})}, []),
        ({"section": frozenset({"1"})}, []),
        ({"kind": frozenset()}, ["protocol", "results", "reading"]),
    ],
)
def test_chosen_conditions_hold(papers: dict[str, int], narrowed: dict[str, frozenset[str]], names: list[str]) -> None:
    assert [one.id for one in ask("чтение", narrowed=narrowed).hits] == [papers[name] for name in names]


def test_in_force_on_a_day_holds(papers: dict[str, int]) -> None:
    assert [one.id for one in ask("зачёт", in_force=dt.date(2022, 1, 1)).hits] == [papers["reading"]]
    today = [one.id for one in ask("зачёт", in_force=TODAY).hits]
    assert papers["reading"] not in today
    assert papers["results"] in today


def test_pages_and_order_are_kept(papers: dict[str, int]) -> None:
    whole = [one.id for one in ask("чтение", sort=Sort.NUMBER).hits]
    assert whole == [papers["protocol"], papers["results"], papers["reading"]]
    assert [one.id for one in ask("чтение", sort=Sort.NUMBER, offset=1, limit=1).hits] == whole[1:2]


def test_what_was_found_is_marked_in_the_title(papers: dict[str, int]) -> None:
    title = ask("итоги зачёта").hits[0].title
    assert [piece.text for piece in title if piece.marked] == ["итогах", "зачёта"]


def test_an_index_that_is_being_built_is_told_of(papers: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "opened", lambda: (None, Condition.BUILDING))
    assert [note.code for note in ask("зачёт").notes] == ["rebuilding"]


def test_keys_that_match_are_those_of_the_page(papers: dict[str, int]) -> None:
    keys = keys_matching(Asked("зачёт"), by=STAFF, today=TODAY, most=10)
    assert keys == (f"document:{papers['results']}", f"document:{papers['reading']}")


@pytest.mark.parametrize("query", ["я" * 100_000, "слово " * 5_000, "\x00", "%_\\%", "'; DROP TABLE rd_document; --", "((((", "٣٣٣", "\ud800"])
def test_no_question_is_an_error(papers: dict[str, int], query: str) -> None:
    found = ask(query)
    assert (found.total, found.hits) == (0, ())
