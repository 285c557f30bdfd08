"""Letters to approvers without an account: what they say, when they go, and what stays of them."""

from __future__ import annotations

import datetime as dt
from email.message import EmailMessage
from urllib.parse import parse_qs, urlsplit

import pytest

from roadmapdocs.access.rules import Mark
from roadmapdocs.approvals import guest_links
from roadmapdocs.approvals.guest_links import make_link
from roadmapdocs.approvals.guests import enter, link_id, send_code
from roadmapdocs.approvals.models import GuestLink, Visa
from roadmapdocs.approvals.plans import Addressee, How, Plan, Step
from roadmapdocs.approvals.plans import Mode as StepMode
from roadmapdocs.i18n import use_language
from roadmapdocs.notices import guests
from roadmapdocs.notices.mails import mail_of
from roadmapdocs.notices.models import Delivery
from roadmapdocs.notices.rules import Habits, may_go_at
from roadmapdocs.settings import Settings
from tests.approvals.office import Office, make_office
from tests.conftest import NOW, TODAY

ADDRESS = "sova@library.example"


@pytest.fixture
def office(sqlite_database: None) -> Office:
    guest_links.listen()
    guests.listen("en")
    return make_office()


def sent(office: Office, **card: object) -> None:
    document = office.document("On the library", **card)
    office.send(document, Plan((Step(StepMode.TURN, (Addressee(How.GUEST, "Сова А. П.", ADDRESS),)),)))


def mail(delivery: Delivery, settings: Settings) -> EmailMessage:
    made = mail_of(delivery, settings=settings, now=NOW)
    assert made is not None
    return made


def text(made: EmailMessage) -> str:
    body = made.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def test_the_letter_leads_by_its_link_to_the_visa(office: Office, settings: Settings) -> None:
    sent(office)
    letter = mail(Delivery.get(), settings)
    assert letter["To"] == ADDRESS
    assert "On the library" in letter["Subject"]
    address = next(word for word in text(letter).split() if word.startswith("https://"))
    assert link_id(parse_qs(urlsplit(address).query)["link"][0]) == GuestLink.get().id
    assert "24.03.2026 09:30" in text(letter)


def test_the_code_comes_in_a_letter_of_its_own_at_any_hour(office: Office, settings: Settings) -> None:
    sent(office)
    address = next(word for word in text(mail(Delivery.get(), settings)).split() if word.startswith("https://"))
    secret = parse_qs(urlsplit(address).query)["link"][0]
    send_code(secret, now=NOW)
    delivery = Delivery.select().order_by(Delivery.id.desc()).get()
    letter = mail(delivery, settings)
    assert not any(sign.isdigit() for sign in letter["Subject"])
    assert "https://registry.example.test/guest" not in text(letter)
    night = NOW.replace(hour=23)
    assert may_go_at(night, Habits(quiet_from=dt.time(20), quiet_until=dt.time(8)), lambda day: False, urgent=delivery.urgent) == night
    digits = "".join(text(letter).splitlines()[1].split())
    assert enter(secret, digits, now=NOW)


def test_of_a_marked_document_the_letter_tells_its_kind_only(office: Office, settings: Settings) -> None:
    sent(office, mark=Mark.OFFICIAL, mark_basis="п. 3")
    assert Delivery.select().count() == 0
    make_link(Visa.get().id, by=office.actor("Лукина"), now=NOW, today=TODAY)
    letter = mail(Delivery.get(), settings)
    assert "library" not in letter["Subject"] + text(letter).replace(ADDRESS, "")


def test_letters_speak_the_office_language_whoever_sends_the_document(office: Office, settings: Settings) -> None:
    with use_language("ru"):
        sent(office)
    assert "The link serves until" in text(mail(Delivery.get(), settings))


def test_a_link_to_hand_over_is_not_mailed(office: Office) -> None:
    sent(office)
    make_link(Visa.get().id, mail=False, by=office.actor("Лукина"), now=NOW, today=TODAY)
    assert Delivery.select().count() == 1
