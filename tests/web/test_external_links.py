"""Pages of links to records of other programs: the block of a card and of an item, choosing, taking off."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from roadmapdocs.access.rules import Mark
from roadmapdocs.erp.link_rules import Target
from roadmapdocs.erp.links import link_document, links_of_document, links_of_item
from roadmapdocs.erp.models import ExternalLink
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.roadmap.models import Item
from roadmapdocs.web.external_links.targets import NAME
from tests import factories as make
from tests.conftest import NOW
from tests.web.office import Office, document, office_on, post

PARTNERS = {"7": "Book yard", "8": "Bazhov library", "9": "<b>Bold & Co</b>"}


class Partners:
    """A host with three partners, one of whom an asker may be forbidden to see."""

    def __init__(self, hidden: str = "") -> None:
        self._hidden = hidden

    def search(self, words: str, limit: int) -> Sequence[Target]:
        fitting = [one for one in PARTNERS if words.casefold() in PARTNERS[one].casefold() and one != self._hidden]
        return [_target(one) for one in fitting[:limit]]

    def get(self, model: str, external: str) -> Target | None:
        known = model == "a/partner" and external in PARTNERS and external != self._hidden
        return _target(external) if known else None


def _target(external: str) -> Target:
    return Target("host", "a/partner", external, PARTNERS[external], f"/partners/{external}")


@pytest.fixture
def office(sqlite_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    with office_on(sqlite_address, tmp_path) as made:
        monkeypatch.setitem(made.app.extensions, NAME, Partners())
        yield made


def chosen(external: str) -> str:
    return f"a%2Fpartner/{external}"


def item_page() -> tuple[Item, str]:
    edition = make.roadmap(make.item("1.1", "Hold a reading week"))
    item = Item.get(Item.edition == edition)
    return item, f"/roadmaps/{edition.roadmap_id}/items/{item.id}"


def test_a_document_is_linked_to_a_partner_that_words_find(office: Office) -> None:
    clerk, one = office.client(Role.CLERK), document()

    assert f"/external-links/document/{one.id}" in clerk.get(f"/documents/{one.id}").text
    page = clerk.get(f"/external-links/document/{one.id}?q=yard").text
    assert "Book yard" in page
    assert "Bazhov" not in page
    answer = post(clerk, f"/external-links/document/{one.id}", follow=True, target=chosen("7"), q="yard")

    assert answer.request.path == f"/documents/{one.id}"
    assert '<a href="/partners/7" rel="noopener">Book yard</a>' in answer.text


def test_an_item_is_linked_to_a_task(office: Office) -> None:
    coordinator = office.client(Role.COORDINATOR)
    item, page = item_page()

    answer = post(coordinator, f"/external-links/item/{item.id}", follow=True, target=chosen("8"))

    assert answer.request.path == page
    assert "Bazhov library" in answer.text
    assert [one.external for one in links_of_item(item.id)] == ["8"]


def test_a_link_is_taken_off_and_the_page_says_so(office: Office) -> None:
    clerk, one = office.client(Role.CLERK), document()
    link = link_document(one.id, _target("7"), by=SYSTEM, now=NOW)

    answer = post(clerk, f"/external-links/{link.id}/remove", follow=True)

    assert answer.request.path == f"/documents/{one.id}"
    assert "is taken off" in html.unescape(answer.text)
    assert links_of_document(one) == []
    assert post(clerk, f"/external-links/{link.id}/remove").status_code == 404


def test_a_name_out_of_another_program_is_no_markup_here(office: Office) -> None:
    clerk, one = office.client(Role.CLERK), document()
    link_document(one.id, _target("9"), by=SYSTEM, now=NOW)

    for page in (f"/documents/{one.id}", f"/external-links/document/{one.id}"):
        assert "<b>Bold" not in clerk.get(page).text
        assert "&lt;b&gt;Bold &amp; Co" in clerk.get(page).text


@pytest.mark.parametrize("target", ["", "7", "a%2Fpartner/", "a%2Fpartner/4711", "/7", "%ff/%00", "x" * 5000])
def test_nothing_but_a_record_of_the_host_is_linked(office: Office, target: str) -> None:
    clerk, one = office.client(Role.CLERK), document()

    answer = post(clerk, f"/external-links/document/{one.id}", target=target, title="mine", url="javascript:alert(1)")

    assert answer.status_code == 422
    assert "Nothing is chosen" in answer.text
    assert not ExternalLink.select().exists()


def test_what_the_host_hides_from_somebody_is_not_linked_by_them(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(office.app.extensions, NAME, Partners(hidden="7"))
    clerk, one = office.client(Role.CLERK), document()

    assert "Book yard" not in clerk.get(f"/external-links/document/{one.id}").text
    assert post(clerk, f"/external-links/document/{one.id}", target=chosen("7")).status_code == 422


def test_without_a_host_there_is_nothing_to_choose_and_links_are_shown_all_the_same(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk, plain, linked = office.client(Role.CLERK), document(), document("On books")
    monkeypatch.delitem(office.app.extensions, NAME)
    link_document(linked.id, _target("7"), by=SYSTEM, now=NOW)

    assert 'id="external"' not in clerk.get(f"/documents/{plain.id}").text
    assert "Book yard" in clerk.get(f"/documents/{linked.id}").text
    assert "/external-links/document/" not in clerk.get(f"/documents/{linked.id}").text
    assert clerk.get(f"/external-links/document/{linked.id}").status_code == 404


def test_who_links_no_documents_sees_links_and_no_acts(office: Office) -> None:
    staff, one = office.client(Role.STAFF), document()
    link = link_document(one.id, _target("7"), by=SYSTEM, now=NOW)

    card = staff.get(f"/documents/{one.id}").text
    assert "Book yard" in card
    assert "/external-links/" not in card
    assert staff.get(f"/external-links/document/{one.id}").status_code == 403
    assert post(staff, f"/external-links/document/{one.id}", target=chosen("8")).status_code == 403
    assert post(staff, f"/external-links/{link.id}/remove").status_code == 403
    assert ExternalLink.select().count() == 1


def test_a_document_that_is_not_open_to_somebody_is_not_there_for_them(office: Office) -> None:
    coordinator = office.client(Role.COORDINATOR)
    secret = document("On a bonus", mark=Mark.PERSONAL, mark_basis="law")
    link = link_document(secret.id, _target("7"), by=SYSTEM, now=NOW)

    for answer in (
        coordinator.get(f"/external-links/document/{secret.id}"),
        post(coordinator, f"/external-links/document/{secret.id}", target=chosen("8")),
        post(coordinator, f"/external-links/{link.id}/remove"),
        coordinator.get("/external-links/document/4711"),
        coordinator.get("/external-links/item/4711"),
    ):
        assert answer.status_code == 404
        assert "bonus" not in answer.text


def test_an_item_of_an_earlier_edition_gets_no_link(office: Office) -> None:
    coordinator = office.client(Role.COORDINATOR)
    item, page = item_page()
    make.roadmap(make.item("1.1", "Hold a reading week"), edition_of=item.edition.roadmap)

    assert "/external-links/item/" not in coordinator.get(page).text
    answer = post(coordinator, f"/external-links/item/{item.id}", target=chosen("7"))

    assert answer.status_code == 422
    assert "earlier edition" in answer.text
