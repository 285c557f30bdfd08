from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from roadmapdocs.documents.links.citations import note_citations
from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.links.operations import link_documents
from roadmapdocs.documents.models import Document, DocumentLink
from roadmapdocs.people.models import Organisation
from roadmapdocs.people.rules import SYSTEM, Role
from tests.conftest import NOW, TODAY
from tests.web.cards import draft, go, registered, with_text, words
from tests.web.office import Office, office_on, post

EARLIER = TODAY - dt.timedelta(days=40)


@pytest.fixture
def office(sqlite_address: str, tmp_path: Path) -> Iterator[Office]:
    with office_on(sqlite_address, tmp_path) as opened:
        yield opened


def tie(source: Document, target: Document, kind: LinkKind, **more: object) -> DocumentLink:
    return link_documents(source.id, target.id, kind, by=SYSTEM, now=NOW, today=TODAY, **more)


@pytest.fixture
def package(office: Office) -> tuple[Document, Document]:
    """An order and the regulation that it approved, registered together."""
    Organisation.create(name="Управление образования", short_name="УО", genitive="Управления образования")
    order = with_text(office, draft("Об утверждении положения", date=EARLIER))
    regulation = draft("Положение о неделе чтения", kind="regulation")
    tie(order, regulation, LinkKind.APPROVES)
    go(order, "send_for_signing", "sign")
    return go(order, "register", date=EARLIER), Document.get_by_id(regulation.id)


def card(office: Office, document: Document, role: Role = Role.CLERK) -> str:
    return office.client(role).get(f"/documents/{document.id}").text


def test_a_link_is_told_from_both_ends(office: Office, package: tuple[Document, Document]) -> None:
    order, regulation = package
    assert re.search(rf'approves:</span> <a href="/documents/{regulation.id}">', card(office, order))
    assert re.search(rf'approved by:</span> <a href="/documents/{order.id}">', card(office, regulation))


def test_an_approved_document_bears_the_stamp_of_its_order(office: Office, package: tuple[Document, Document]) -> None:
    order, regulation = package
    page = words(card(office, regulation)).replace("\xa0", " ")
    assert f"УТВЕРЖДЕНО приказом Управления образования от {EARLIER:%d.%m.%Y} № {order.number}" in page
    assert "УТВЕРЖДЕНО" not in card(office, order)


def test_a_stamp_before_registration_says_what_is_still_to_come(office: Office) -> None:
    order, regulation = draft("Приказ"), draft("Положение", kind="regulation")
    tie(order, regulation, LinkKind.APPROVES)
    page = card(office, regulation)
    assert "date and number follow when that document is registered" in page
    assert "takes effect with the registration" in page


def test_amendments_make_a_timeline_of_editions(office: Office, package: tuple[Document, Document]) -> None:
    _order, regulation = package
    assert "Editions" not in card(office, regulation)
    amending = registered(office, "О внесении изменений")
    tie(amending, regulation, LinkKind.AMENDS, points="2, 4.1")
    page = words(card(office, regulation))
    assert "in force as amended" in page
    assert f"from {TODAY:%d.%m.%Y} as amended by приказа of {TODAY:%d.%m.%Y} No. {amending.number} (2, 4.1)" in page


def test_the_repeal_of_an_order_asks_about_its_regulation(office: Office, package: tuple[Document, Document]) -> None:
    order, regulation = package
    repealing = registered(office, "Об отмене приказа")
    tie(repealing, order, LinkKind.REPEALS)
    page = card(office, repealing)
    assert "Did it lose force with it?" in page
    yes = re.search(r'<a href="([^"]+)">Yes, repeal it, too</a>', page)
    assert yes is not None
    form = office.client(Role.CLERK).get(yes[1].replace("&amp;", "&")).text
    assert f'value="{regulation.id}" checked' in form
    assert '<option selected value="repeals">' in form
    assert "Did it lose force with it?" in card(office, order)
    tie(repealing, regulation, LinkKind.REPEALS)
    assert "Did it lose force with it?" not in card(office, repealing)


def test_the_chain_is_drawn_twice_with_links_in_it(office: Office, package: tuple[Document, Document]) -> None:
    order, regulation = package
    note = registered(office, "Справка", kind="order_admin")
    tie(order, note, LinkKind.BASED_ON)
    page = card(office, order)
    for look in ("wide", "tall"):
        svg = re.search(rf'<svg class="rd-chain rd-chain--{look}".*?</svg>', page, re.S)
        assert svg is not None
        assert svg[0].count("<a href=") == 2
        assert svg[0].index(f'/documents/{note.id}"') < svg[0].index(f'/documents/{regulation.id}"')
    assert "rd-chain" not in card(office, registered(office, "Одинокий"))


def test_what_the_text_cites_is_judged(office: Office, package: tuple[Document, Document]) -> None:
    order, _regulation = package
    repealed, repealing = registered(office, "Старый", day=EARLIER), registered(office, "Новый")
    tie(repealing, repealed, LinkKind.REPEALS)
    text = (
        f"приказа от {EARLIER:%d.%m.%Y} № {order.number}, приказа от {EARLIER:%d.%m.%Y} № {repealed.number}, "
        "приказа от 05.05.2020 № 88, приказа от 06.05.2020 №, Федерального закона от 29.12.2012 № 273-ФЗ"
    )
    made = draft("Ссылается", date=TODAY)
    note_citations(made, [text])
    page = card(office, made)
    cites = page.split('id="cites"')[1].split("</section>")[0]
    badges = re.findall(r'rd-badge--(\w+)">.*?</svg>([^<]+)</span>', cites, re.S)
    assert badges == [
        ("ok", "in the registry"),
        ("work", "mind this"),
        ("none", "not found"),
        ("work", "without a number"),
        ("na", "another body"),
    ]
    assert "lost force" in cites


@pytest.mark.parametrize("asked", ["12.03.2026", "№ {number}", "от 12.03.2026 № {number}", "чтения прик", "НЕДЕЛЕ"])
def test_the_other_document_is_found_by_number_date_or_words(office: Office, asked: str) -> None:
    there = registered(office, "О неделе чтения в приказах", day=dt.date(2026, 3, 12))
    here = registered(office, "Здесь")
    page = office.client(Role.CLERK).get(
        f"/documents/{here.id}/links/new", query_string={"q": asked.format(number=there.number)}
    )
    assert f'id="target-{there.id}"' in page.text
    assert f'id="target-{here.id}"' not in page.text


@pytest.mark.parametrize("asked", ["", "  ", "№", "нет такого", "%", "ё" * 5000, "31.02.2026", "\x00", "<script>"])
def test_a_search_that_finds_nothing_says_so_and_breaks_nothing(office: Office, asked: str) -> None:
    here = registered(office, "Здесь")
    registered(office, "Там")
    response = office.client(Role.CLERK).get(f"/documents/{here.id}/links/new", query_string={"q": asked})
    assert response.status_code == 200
    assert 'name="target"' not in response.text
    assert "<script>" not in response.text


def test_a_search_shows_only_what_the_person_may_read(office: Office) -> None:
    here, hidden = draft("Здесь", date=TODAY), registered(office, "Тайна чтения", mark="personal", mark_basis="152-ФЗ")
    seen = office.client(Role.CLERK).get(f"/documents/{here.id}/links/new?q=тайна").text
    assert f'id="target-{hidden.id}"' in seen
    other = office.client(Role.COORDINATOR)
    assert "Тайна" not in other.get(f"/documents/{here.id}/links/new?q=тайна").text.replace("тайна", "")
    assert f'id="target-{hidden.id}"' not in other.get(f"/documents/{here.id}/links/new?target={hidden.id}").text
    answer = post(other, f"/documents/{here.id}/links/new", target=hidden.id, kind="based_on")
    assert answer.status_code == 404
    assert not DocumentLink.select().exists()


@pytest.mark.parametrize(("kind", "ends"), [("based_on", (0, 1)), ("back:based_on", (1, 0))])
def test_a_link_is_made_in_either_direction(office: Office, kind: str, ends: tuple[int, int]) -> None:
    pair = [registered(office, "Первый"), registered(office, "Второй")]
    client = office.client(Role.CLERK)
    response = post(client, f"/documents/{pair[0].id}/links/new", target=pair[1].id, kind=kind, note="для сведения")
    assert response.headers["Location"] == f"/documents/{pair[0].id}#links"
    link = DocumentLink.get()
    assert (link.source_id, link.target_id, link.note) == (pair[ends[0]].id, pair[ends[1]].id, "для сведения")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"target": ""}, "No document is chosen."),
        ({"target": "x"}, "No document is chosen."),
        ({"target": "9" * 30}, "No document is chosen."),
        ({"kind": ""}, 'id="kind-error"'),
        ({"kind": "eats"}, 'id="kind-error"'),
        ({"kind": "back:other"}, 'id="kind-error"'),
        ({"kind": "repeals_partly"}, 'id="points-error"'),
        ({"kind": "amends", "since": "01.01.2020"}, 'id="since-error"'),
        ({"points": "п" * 501}, 'id="points-error"'),
        ({"kind": "approves"}, "is signed, not approved by another one"),
    ],
)
def test_a_link_that_cannot_be_is_refused_and_what_was_typed_stays(
    office: Office, values: dict[str, str], said: str
) -> None:
    first, second = registered(office, "Первый"), registered(office, "Второй")
    sent = {"target": str(second.id), "kind": "amends", "note": "ТАК БЫЛО", "q": "второй", **values}
    response = post(office.client(Role.CLERK), f"/documents/{first.id}/links/new", **sent)
    assert response.status_code == 422
    assert said in response.text
    assert "ТАК БЫЛО" in response.text
    assert not DocumentLink.select().exists()


def test_a_link_goes_off_with_a_reason_and_with_its_effect(office: Office) -> None:
    old, new = registered(office, "Старый", day=EARLIER), registered(office, "Новый")
    link = tie(new, old, LinkKind.REPEALS)
    client = office.client(Role.CLERK)
    address = f"/documents/{new.id}/links/{link.id}/remove"
    assert address in card(office, new)
    refused = post(client, address, reason="  ", follow=True)
    assert "Write why the link is taken off" in refused.text
    assert Document.get_by_id(old.id).force == "ended"
    post(client, address, reason="связали не тот приказ")
    assert not DocumentLink.select().exists()
    assert Document.get_by_id(old.id).force == "in_force"
    assert "связали не тот приказ" in card(office, old)


def test_a_link_is_taken_off_through_its_own_document_only(office: Office) -> None:
    old, new, other = (registered(office, title) for title in ("Старый", "Новый", "Чужой"))
    link = tie(new, old, LinkKind.BASED_ON)
    client = office.client(Role.CLERK)
    assert post(client, f"/documents/{other.id}/links/{link.id}/remove", reason="а").status_code == 404
    assert DocumentLink.select().exists()


def test_who_may_not_link_is_told_who_may(office: Office) -> None:
    made = registered(office)
    page = card(office, made, Role.STAFF)
    assert f"/documents/{made.id}/links/new" not in page
    assert "In the document&#39;s present state this is for: clerk" in page
    client = office.client(Role.STAFF)
    assert client.get(f"/documents/{made.id}/links/new").status_code == 403


def test_the_page_of_registration_names_what_it_will_change(office: Office) -> None:
    old = registered(office, "Старый", day=EARLIER)
    new = go(with_text(office, draft("Новый", date=TODAY)), "send_for_signing", "sign")
    tie(new, old, LinkKind.REPEALS)
    client = office.client(Role.CLERK)
    page = words(client.get(f"/documents/{new.id}/act/register").text)
    assert f"repeals: Приказ of {EARLIER:%d.%m.%Y} No. {old.number} «Старый»" in page
    go(new, "register")
    assert "«Старый»" in client.get(f"/documents/{new.id}/act/annul").text
    assert "Other documents" not in client.get(f"/documents/{old.id}/act/annul").text
