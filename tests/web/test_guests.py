"""The pages of an approver without an account, through a browser, and the office's page of links."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from roadmapdocs.approvals import guest_links
from roadmapdocs.approvals.models import GuestLink, Visa
from roadmapdocs.approvals.plans import Mode, Plan, Step
from roadmapdocs.audit.models import Event
from roadmapdocs.audit.operations import history
from roadmapdocs.documents.models import Document
from roadmapdocs.hooks import guest_code_made, guest_link_made
from roadmapdocs.web.decide import text
from roadmapdocs.web.event_words import event_sentence
from roadmapdocs.web.guests import view
from roadmapdocs.web.guests.forms import GuestForm
from tests.approvals.office import Office as Staff
from tests.approvals.office import make_office, states
from tests.approvals.test_guests import ADDRESS, GUEST, Mailbox
from tests.web.office import Office, download, office_on, upload


@dataclass
class Guest:
    """A browser of somebody who has signed in nowhere."""

    client: FlaskClient

    def come(self, secret: str) -> TestResponse:
        return self.client.get("/guest/", query_string={"link": secret}, follow_redirects=True)

    def post(self, address: str, follow: bool = True, **fields: Any) -> TestResponse:
        page = self.client.get(address.rpartition("/")[0]).text
        found = re.search(r'name="csrf_token" value="([^"]+)"', page)
        data = {"csrf_token": found.group(1) if found else "", **fields}
        return self.client.post(address, data=data, follow_redirects=follow)

    def decide(self, decision: str, **fields: Any) -> TestResponse:
        page = self.client.get("/guest/1").text
        shown = re.search(r'name="version"[^>]*value="(\d*)"', page)
        assert shown is not None, page
        return self.post("/guest/1/decide", decision=decision, **{"version": shown.group(1), **fields})


@dataclass
class World:
    web: Office
    staff: Staff
    mailbox: Mailbox
    document: Document

    def guest(self) -> Guest:
        return Guest(self.web.app.test_client())

    def inside(self) -> Guest:
        """A guest who has typed the code."""
        guest = self.guest()
        guest.come(self.mailbox.secrets[-1])
        guest.post("/guest/1/code")
        assert guest.post("/guest/1/enter", code=self.mailbox.codes[-1]).status_code == 200
        return guest

    def browser(self, surname: str) -> Guest:
        return Guest(self.web.client_of(self.staff.users[surname]))


@pytest.fixture
def world(sqlite_address: str, tmp_path: Path) -> Iterator[World]:
    yield from made(sqlite_address, tmp_path)


def made(address: str, folder: Path, mode: Mode = Mode.TURN, **settings: Any) -> Iterator[World]:
    box = Mailbox()
    with (
        office_on(address, folder, **settings) as web,
        guest_link_made.connected_to(box.link_made),
        guest_code_made.connected_to(box.code_made),
    ):
        guest_links.listen()
        staff = make_office()
        staff.store = web.app.extensions["roadmapdocs"].store
        document = staff.document("On the village library")
        staff.send(document, Plan((Step(mode, (GUEST,)), staff.step("Нечаев"))))
        yield World(web, staff, box, document)


def test_a_guest_comes_by_the_letter_types_the_code_and_agrees(world: World) -> None:
    guest = world.guest()
    door = guest.come(world.mailbox.secrets[0])
    assert door.request.path == "/guest/1"
    assert "On the village library" not in door.text
    assert "Дёмина" not in door.text
    assert 'autocomplete="one-time-code"' in guest.post("/guest/1/code").text

    page = guest.post("/guest/1/enter", code=f" {world.mailbox.codes[0][:3]} {world.mailbox.codes[0][3:]} ")
    assert "On the village library" in page.text
    assert "Первая редакция текста." in page.text
    done = guest.decide("agreed")

    assert "You agreed on 16.03.2026 at 12:30." in done.text
    assert Visa.get().way == "link"
    assert "You agreed" in guest.come(world.mailbox.secrets[0]).text


def test_opening_a_link_decides_and_changes_nothing(world: World) -> None:
    before = (Event.select().count(), list(GuestLink.select().dicts()))
    for _look in range(3):
        world.guest().come(world.mailbox.secrets[0])
    assert (Event.select().count(), list(GuestLink.select().dicts())) == before
    assert world.guest().client.get("/guest/1/decide").status_code == 405


def test_a_decision_without_the_token_of_the_form_is_not_taken(world: World) -> None:
    guest = world.inside()
    answer = guest.client.post("/guest/1/decide", data={"decision": "agreed"})
    assert answer.status_code == 400
    assert "rd-guest" in answer.text
    assert 'href="/"' not in answer.text
    assert Visa.get().state == "open"


def test_a_forwarded_link_opens_the_door_and_no_more(world: World) -> None:
    world.inside()
    stranger = world.guest()
    stranger.come(world.mailbox.secrets[0])
    for address in ("/guest/1", "/guest/1/file"):
        assert "village library" not in stranger.client.get(address, follow_redirects=True).text
    stranger.post("/guest/1/decide", decision="agreed")
    assert Visa.get().state == "open"
    wrong = stranger.post("/guest/1/enter", code="12")
    assert wrong.status_code == 422
    assert "No code was sent yet" in wrong.text


def test_a_stranger_learns_of_a_used_link_that_it_is_used(world: World) -> None:
    world.inside().decide("agreed")
    page = world.guest().come(world.mailbox.secrets[0])
    assert "A decision was made by this link already." in page.text
    assert "village library" not in page.text


def test_wrong_codes_are_counted_beside_the_field_and_shut_the_link(world: World) -> None:
    guest = world.guest()
    guest.come(world.mailbox.secrets[0])
    guest.post("/guest/1/code")
    told = [guest.post("/guest/1/enter", code="нет") for _try in range(guest_links.TRIES)]
    assert "Tries left: 4" in told[0].text
    assert "The link does not open" in told[-1].text
    assert guest.client.get("/guest/1").status_code == 409


@pytest.mark.parametrize("secret", ["", "x", "a.b", "%00", "'--", "я" * 300])
def test_what_is_no_link_is_told_so_in_one_sentence(world: World, secret: str) -> None:
    page = world.guest().come(secret)
    assert page.status_code == 404
    assert "There is no such link." in page.text


def test_a_browser_without_the_link_is_sent_to_the_letter(world: World) -> None:
    page = world.guest().client.get("/guest/1")
    assert page.status_code == 404
    assert "Open the link from the letter" in page.text


def test_a_revoked_link_says_so(world: World) -> None:
    guest = world.inside()
    assert world.browser("Дёмина").post("/guest/links/1/revoke").status_code == 200
    assert "was revoked or replaced" in guest.client.get("/guest/1").text
    assert guest.client.get("/guest/1/file").status_code == 409


def test_reasons_remarks_and_a_file_reach_the_drafter(world: World) -> None:
    guest = world.inside()
    bare = guest.decide("refused", remarks="Item 3: name a day")
    assert bare.status_code == 422
    assert "Write what has to be changed" in bare.text
    assert "Item 3: name a day</textarea>" in bare.text

    file = upload(b"another text", "opinion.txt")
    done = guest.decide("refused", comment="no money", remarks="Item 3: name a day\n\n Item 4", file=file, file_kind="opinion")
    visa = Visa.get()
    assert (visa.decision, visa.objection_name, visa.objection_kind) == ("refused", "opinion.txt", "opinion")
    assert [one.text for one in visa.remarks] == ["Item 3: name a day", "Item 4"]
    assert "You did not agree on" in done.text
    assert "no money" in done.text


def test_a_new_version_is_shown_and_what_was_typed_stays(world: World) -> None:
    guest = world.inside()
    page = guest.client.get("/guest/1").text
    shown = re.search(r'name="version"[^>]*value="(\d+)"', page)
    assert shown is not None
    world.staff.text(world.document, "Вторая редакция.", substantial=False)
    stale = guest.decide("remarks", remarks="as typed", version=shown.group(1))
    assert stale.status_code == 409
    assert "There is version 2 by now." in stale.text
    assert "Вторая редакция." in stale.text
    assert "as typed</textarea>" in stale.text
    assert Visa.get().state == "open"


@pytest.mark.parametrize("fields", [{"version": "x" * 99}, {"version": "9" * 40}, {"version": "-1"}])
def test_a_version_that_was_never_shown_is_refused(world: World, fields: dict[str, str]) -> None:
    assert world.inside().decide("agreed", **fields).status_code == 409
    assert Visa.get().state == "open"


@pytest.mark.parametrize("decision", ["", "yes", "seen", "agreed\0"])
def test_a_button_that_is_not_on_the_page_decides_nothing(world: World, decision: str) -> None:
    assert world.inside().decide(decision).status_code == 422
    assert Visa.get().state == "open"


def test_a_second_decision_shows_the_first(world: World) -> None:
    guest = world.inside()
    guest.decide("agreed")
    again = guest.post("/guest/1/decide", decision="refused", comment="no")
    assert "You agreed on" in again.text or again.status_code == 400
    assert Visa.get().decision == "agreed"


def test_the_file_is_saved_and_not_opened_and_goes_after_the_decision(world: World) -> None:
    guest = world.inside()
    answer = download(guest.client, "/guest/1/file")
    assert answer.data.decode() == "Первая редакция текста."
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "no-store"
    guest.decide("agreed")
    assert guest.client.get("/guest/1/file").status_code == 302


def test_a_body_decides_by_its_protocol(sqlite_address: str, tmp_path: Path) -> None:
    for world in made(sqlite_address, tmp_path, Mode.COMMITTEE):
        guest = world.inside()
        assert guest.decide("agreed").status_code == 422
        guest.decide("agreed", committee="of 12.03.2026 No. 4")
        assert Visa.get().committee == "of 12.03.2026 No. 4"


def test_every_answer_is_private(world: World) -> None:
    guest = world.inside()
    answers = [world.guest().client.get("/guest/", query_string={"link": one}) for one in (world.mailbox.secrets[0], "x")]
    answers += [guest.client.get("/guest/1"), download(guest.client, "/guest/1/file"), guest.client.post("/guest/1/code")]
    for answer in answers:
        assert {name: answer.headers.get(name) for name in view.HEADERS} == view.HEADERS


def test_the_secret_stands_in_no_page_log_or_journal(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    secret = world.mailbox.secrets[0]
    guest = world.inside()
    pages = [guest.come(secret).text, guest.client.get("/guest/1").text, guest.decide("agreed").text]
    pages.append(world.browser("Лукина").client.get("/guest/links/1").text)
    random_part = secret.partition(".")[0]
    assert not [page for page in pages if random_part in page]
    assert random_part not in caplog.text
    assert not [event for event in Event.select() if random_part in str(event.effect)]


def test_what_breaks_on_the_way_does_not_put_the_secret_into_the_log(
    world: World, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_secret: str) -> int:
        raise RuntimeError("disk full")

    world.web.app.config.update(TESTING=False, PROPAGATE_EXCEPTIONS=False)
    monkeypatch.setattr(view.guests, "link_id", broken)
    try:
        assert world.guest().client.get("/guest/", query_string={"link": world.mailbox.secrets[0]}).status_code == 500
    finally:
        world.web.app.config.update(TESTING=True, PROPAGATE_EXCEPTIONS=None)
    assert "incident" in caplog.text
    assert world.mailbox.secrets[0].partition(".")[0] not in caplog.text


def test_a_guest_reaches_nothing_else_of_the_registry(world: World) -> None:
    guest = world.inside()
    page = guest.client.get("/guest/1").text
    links = set(re.findall(r'(?:href|action|src)="(/[^"#]*)', page))
    assert {link for link in links if not link.startswith("/roadmapdocs/static/")} == {"/guest/1/file", "/guest/1/decide"}
    for address in ("/", f"/documents/{world.document.id}", "/documents", "/guest/links/1"):
        answer = guest.client.get(address)
        assert answer.status_code in (302, 308)
        assert "village" not in answer.text


def test_somebody_signed_in_is_shown_a_guest_page_without_a_menu(world: World) -> None:
    browser = world.browser("Нечаев")
    page = browser.come(world.mailbox.secrets[0]).text
    assert "rd-nav" not in page
    assert "sign-out" not in page


def test_several_links_in_one_browser_do_not_get_mixed_up(world: World) -> None:
    guest = world.inside()
    other = world.staff.document("On another matter")
    world.staff.send(other, Plan((Step(Mode.TURN, (GUEST,)),)))
    guest.come(world.mailbox.secrets[-1])
    assert "village library" in guest.client.get("/guest/1").text
    assert "another matter" not in guest.client.get("/guest/2").text


def test_guesses_are_slowed_down(sqlite_address: str, tmp_path: Path) -> None:
    for world in made(sqlite_address, tmp_path, sign_in_limit="3 per minute"):
        guest = world.guest()
        answers = [guest.client.get("/guest/", query_string={"link": str(number)}) for number in range(4)]
        assert [answer.status_code for answer in answers] == [404, 404, 404, 429]
        assert "Wait a few minutes" in answers[-1].text
        assert answers[-1].headers["Referrer-Policy"] == "no-referrer"


def test_the_office_sends_copies_and_tells(world: World) -> None:
    clerk = world.browser("Лукина")
    page = clerk.client.get("/guest/links/1").text
    assert ADDRESS in page
    assert "not opened yet" in page

    clerk.post("/guest/links/1/make", how="mail")
    assert len(world.mailbox.secrets) == 2
    fresh = world.browser("Дёмина").post("/guest/links/1/make", how="copy")
    found = re.search(r"http://localhost/guest/\?link=([\w.%-]+)<", fresh.text)
    assert found is not None
    assert len(world.mailbox.secrets) == 2
    assert found.group(1) not in clerk.client.get("/guest/links/1").text

    code = re.search(r"rd-guest__code\">(\d{3}) (\d{3})<", clerk.post("/guest/links/1/code").text)
    assert code is not None
    guest = world.guest()
    guest.come(found.group(1))
    inside = guest.post("/guest/3/enter", code=code.group(1) + code.group(2))
    assert "village library" in inside.text
    assert "revoked" in clerk.client.get("/guest/links/1").text


def test_the_drafter_gives_links_but_no_codes(world: World) -> None:
    drafter = world.browser("Дёмина")
    assert "Show a code" not in drafter.client.get("/guest/links/1").text
    assert drafter.post("/guest/links/1/code").status_code == 403
    assert drafter.post("/guest/links/1/make", how="mail").status_code == 200


def test_a_clerk_who_was_shown_the_link_is_offered_no_code(world: World) -> None:
    clerk = world.browser("Лукина")
    assert "Show a code" in clerk.client.get("/guest/links/1").text
    assert "Show a code" not in clerk.post("/guest/links/1/make", how="copy").text
    refused = clerk.post("/guest/links/1/code")
    assert refused.status_code == 403
    assert "rd-guest__code" not in refused.text


@pytest.mark.parametrize("state", ["without the code", "revoked", "used"])
def test_what_is_sent_to_a_link_that_does_not_open_is_not_read(
    world: World, monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    if state == "without the code":
        guest = world.guest()
        guest.come(world.mailbox.secrets[0])
    else:
        guest = world.inside()
    if state == "used":
        guest.decide("agreed")
    if state == "revoked":
        world.browser("Лукина").post("/guest/links/1/revoke")
    read = []

    def note(form: GuestForm) -> None:
        read.append(form)

    monkeypatch.setattr(GuestForm, "_objection", note)
    monkeypatch.setitem(world.web.app.config, "WTF_CSRF_ENABLED", False)
    fields = {"decision": "refused", "comment": "no", "file": upload(b"text", "opinion.txt")}
    guest.client.post("/guest/1/decide", data=fields)
    assert read == []


def test_a_large_file_is_not_read_for_the_page(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "LARGEST_READ", 10)
    page = world.inside().client.get("/guest/1").text
    assert "Первая редакция текста." not in page
    assert 'href="/guest/1/file"' in page


@pytest.mark.parametrize("who", ["Ветрова", "Нечаев"])
def test_others_do_not_see_the_links(world: World, who: str) -> None:
    browser = world.browser(who)
    assert browser.client.get("/guest/links/1").status_code == 403
    assert browser.client.get("/guest/links/2").status_code == 404
    assert browser.client.get("/guest/links/99").status_code == 404


def test_the_history_tells_of_links_in_sentences(world: World) -> None:
    world.inside().decide("agreed")
    world.browser("Лукина").client.get("/guest/links/1")
    told = [event_sentence(event) for event in history(world.document)]
    codes = {event.what for event in history(world.document)}
    assert not codes.intersection(told)
    assert states(world.document) == "in_approval"
