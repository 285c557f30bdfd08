"""An approver without an account: what his link opens, to whom, how often, and what stays of it; on both databases."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.access.rules import Mark
from roadmapdocs.approvals import guest_links, guest_secrets
from roadmapdocs.approvals.deciding import Objection, RemarkText, Verdict, decide_on_paper
from roadmapdocs.approvals.guest_links import CODES, TRIES, make_link, revoke_link, show_code
from roadmapdocs.approvals.guests import decide_by_link, enter, open_link, remarks_of, send_code
from roadmapdocs.approvals.models import GuestLink, Visa
from roadmapdocs.approvals.plans import Addressee, How, Mode, Plan, Step
from roadmapdocs.approvals.rules import Decision
from roadmapdocs.approvals.runs import current_version
from roadmapdocs.approvals.sheet import sheet_of
from roadmapdocs.approvals.words import ObjectionKind, VisaWay
from roadmapdocs.audit.models import Event
from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.transitions import perform
from roadmapdocs.errors import Conflict, Forbidden, NotFound, Refusal
from roadmapdocs.hooks import guest_code_made, guest_link_made
from roadmapdocs.i18n import use_language
from roadmapdocs.installation import Kept
from roadmapdocs.people.rules import Role
from tests.approvals.office import Office, make_office, states
from tests.conftest import NOW, TODAY
from tests.processes import at_once

ADDRESS = "sova@library.example"
GUEST = Addressee(How.GUEST, "Сова А. П., сельская библиотека", ADDRESS)
AGREED = Verdict(Decision.AGREED)


@dataclass
class Mailbox:
    """What comes to guests: secrets of links and codes, the last one last."""

    secrets: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)

    def link_made(self, link: GuestLink, *, secret: str, **_more: object) -> None:
        self.secrets.append(secret)

    def code_made(self, link: GuestLink, *, code: str, **_more: object) -> None:
        self.codes.append(code)


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    box = Mailbox()
    with guest_link_made.connected_to(box.link_made), guest_code_made.connected_to(box.code_made):
        yield box


@pytest.fixture
def office(database: str) -> Office:
    guest_links.listen()
    return make_office()


def sent(office: Office, *more: Step, mode: Mode = Mode.TURN, by: str = "Дёмина", **card: object) -> Document:
    """A document that a guest is asked about."""
    document = office.document(**card)
    office.send(document, Plan((Step(mode, (GUEST,)), *more)), by=by)
    return document


def proof_for(mailbox: Mailbox, now: dt.datetime = NOW) -> str:
    send_code(mailbox.secrets[-1], now=now)
    return enter(mailbox.secrets[-1], mailbox.codes[-1], now=now)


def decided(document: Document, secret: str, proof: str, verdict: Verdict = AGREED, now: dt.datetime = NOW, **more: object) -> Visa:
    shown = current_version(document.id)
    return decide_by_link(secret, proof, verdict, version=shown.id if shown else None, now=now, today=TODAY, **more)


def events() -> list[str]:
    return [event.what for event in Event.select().where(Event.what.startswith("guest_")).order_by(Event.number)]


def refused(expected: str, secret: str, proof: str = "", now: dt.datetime = NOW) -> None:
    with pytest.raises(Refusal) as refusal:
        open_link(secret, proof, now=now)
    assert refusal.value.code == expected


def test_a_guest_agrees_by_link_and_code_and_the_route_goes_on(office: Office, mailbox: Mailbox) -> None:
    document = sent(office)

    secret = mailbox.secrets[0]
    assert not open_link(secret, now=NOW).known
    proof = proof_for(mailbox)
    assert open_link(secret, proof, now=NOW).known
    visa = decided(document, secret, proof)

    assert (visa.way, visa.decided_name, visa.decided_by_id) == (VisaWay.LINK, GUEST.value, None)
    assert visa.sha256
    assert states(document) == "agreed"
    assert events() == ["guest_link_made", "guest_code_sent", "guest_link_opened"]
    assert Event.select().where(Event.what == "visa_given").get().effect["way"] == "link"


def test_the_secret_the_code_and_the_proof_are_written_nowhere(office: Office, mailbox: Mailbox) -> None:
    document = sent(office)
    proof = proof_for(mailbox)
    decided(document, mailbox.secrets[0], proof)

    journal = json.dumps([event.effect for event in Event.select()], ensure_ascii=False)
    rows = json.dumps([list(map(str, row)) for row in GuestLink.select().tuples()])
    for hidden in (mailbox.secrets[0], mailbox.secrets[0].partition(".")[0], mailbox.codes[0], proof):
        assert hidden not in journal
        assert hidden not in rows


def test_a_link_serves_once_and_shows_the_same_until_it_runs_out(office: Office, mailbox: Mailbox) -> None:
    document = sent(office)
    proof = proof_for(mailbox)
    decided(document, mailbox.secrets[0], proof)

    opened = open_link(mailbox.secrets[0], proof, now=NOW)
    assert opened.used
    with pytest.raises(Conflict) as conflict:
        decided(document, mailbox.secrets[0], proof, Verdict(Decision.REFUSED, "нет"))
    assert conflict.value.code == "used"
    assert Visa.get_by_id(opened.visa.id).decision == Decision.AGREED
    refused("expired", mailbox.secrets[0], proof, opened.link.expires_at)


def test_without_the_code_nothing_is_decided(office: Office, mailbox: Mailbox) -> None:
    document = sent(office)
    with pytest.raises(Forbidden) as refusal:
        decided(document, mailbox.secrets[0], "")
    assert refusal.value.code == "code"
    assert states(document) == "in_approval"


def test_the_proof_of_one_link_opens_no_other(office: Office, mailbox: Mailbox) -> None:
    sent(office)
    proof = proof_for(mailbox)
    sent(office)
    assert not open_link(mailbox.secrets[1], proof, now=NOW).known


def test_wrong_codes_shut_the_link_and_are_logged(office: Office, mailbox: Mailbox) -> None:
    sent(office)
    secret = mailbox.secrets[0]
    send_code(secret, now=NOW)
    wrong = "000000" if mailbox.codes[0] != "000000" else "000001"
    lefts = []
    for _try in range(TRIES):
        with pytest.raises(Refusal) as refusal:
            enter(secret, wrong, now=NOW)
        lefts.append(refusal.value.details["left"])

    assert lefts == [4, 3, 2, 1, 0]
    refused("shut", secret)
    with pytest.raises(Conflict):
        enter(secret, mailbox.codes[0], now=NOW)
    assert events().count("guest_link_failed") == TRIES


def test_a_right_code_gives_the_tries_back_and_serves_once(office: Office, mailbox: Mailbox) -> None:
    sent(office)
    secret = mailbox.secrets[0]
    send_code(secret, now=NOW)
    with pytest.raises(Refusal):
        enter(secret, "нет", now=NOW)
    enter(secret, mailbox.codes[0], now=NOW)
    assert GuestLink.get().tries_left == TRIES
    with pytest.raises(Refusal) as refusal:
        enter(secret, mailbox.codes[0], now=NOW)
    assert refusal.value.code == "no_code"


def test_a_code_grows_old(office: Office, mailbox: Mailbox) -> None:
    sent(office)
    send_code(mailbox.secrets[0], now=NOW)
    with pytest.raises(Refusal) as refusal:
        enter(mailbox.secrets[0], mailbox.codes[0], now=NOW + guest_links.CODE_LIVES)
    assert refusal.value.code == "old_code"
    assert GuestLink.get().tries_left == TRIES


def test_codes_are_sent_neither_at_once_again_nor_without_end(office: Office, mailbox: Mailbox) -> None:
    sent(office)
    send_code(mailbox.secrets[0], now=NOW)
    with pytest.raises(Refusal) as refusal:
        send_code(mailbox.secrets[0], now=NOW + dt.timedelta(seconds=59))
    assert refusal.value.code == "too_soon"
    for minute in range(1, CODES):
        send_code(mailbox.secrets[0], now=NOW + dt.timedelta(minutes=minute))
    with pytest.raises(Refusal) as refusal:
        send_code(mailbox.secrets[0], now=NOW + dt.timedelta(hours=1))
    assert refusal.value.code == "no_codes"
    assert len(mailbox.codes) == CODES


def test_a_link_lives_three_working_days_beyond_the_term_and_thirty_days_at_most(office: Office) -> None:
    document = sent(office)
    assert Visa.get().due == dt.date(2026, 3, 19)
    assert GuestLink.get().expires_at == NOW + dt.timedelta(days=8)  # Tuesday after a weekend
    assert document.id
    long = office.document()
    office.send(long, Plan((Step(Mode.TURN, (GUEST,), term=60),)))
    assert GuestLink.get(GuestLink.id == 2).expires_at == NOW + dt.timedelta(days=30)


def test_a_revoked_link_opens_nothing_and_a_new_one_takes_its_place(office: Office, mailbox: Mailbox) -> None:
    document = sent(office)
    proof = proof_for(mailbox)
    made = make_link(Visa.get().id, by=office.actor("Дёмина"), now=NOW, today=TODAY)

    refused("revoked", mailbox.secrets[0], proof)
    assert made.secret == mailbox.secrets[1]
    revoke_link(made.link.id, by=office.actor("Лукина"), now=NOW)
    refused("revoked", made.secret)
    with pytest.raises(Conflict):
        decided(document, made.secret, proof)
    assert events().count("guest_link_revoked") == 2


def test_a_link_handed_over_by_hand_is_not_mailed(office: Office, mailbox: Mailbox) -> None:
    sent(office)
    made = make_link(Visa.get().id, mail=False, by=office.actor("Дёмина"), now=NOW, today=TODAY)
    assert len(mailbox.secrets) == 1
    assert not open_link(made.secret, now=NOW).known


def test_the_clerk_tells_a_code_by_phone_but_the_drafter_does_not(office: Office, mailbox: Mailbox) -> None:
    document = sent(office)
    link = GuestLink.get()
    with pytest.raises(Forbidden):
        show_code(link.id, by=office.actor("Дёмина"), now=NOW)
    code = show_code(link.id, by=office.actor("Лукина"), now=NOW)
    decided(document, mailbox.secrets[0], enter(mailbox.secrets[0], code, now=NOW))
    assert "guest_code_shown" in events()
    with pytest.raises(Conflict):
        show_code(link.id, by=office.actor("Лукина"), now=NOW)


def test_the_right_to_change_routes_is_not_enough_to_tell_a_code(office: Office, mailbox: Mailbox) -> None:
    sent(office)
    keeper = dataclasses.replace(office.actor("Нечаев"), roles=frozenset({Role.ADMINISTRATOR}))
    with pytest.raises(Forbidden):
        show_code(GuestLink.get().id, by=keeper, now=NOW)
    assert "guest_code_shown" not in events()


def test_nobody_holds_both_the_link_and_the_code_of_a_guest(office: Office, mailbox: Mailbox) -> None:
    sent(office)
    clerk, visa = office.actor("Лукина"), Visa.get()
    by_hand = make_link(visa.id, mail=False, by=clerk, now=NOW, today=TODAY).link
    with pytest.raises(Forbidden) as refusal:
        show_code(by_hand.id, by=clerk, now=NOW)
    assert refusal.value.code == "own_link"
    other = dataclasses.replace(office.actor("Нечаев"), roles=frozenset({Role.CLERK}))
    assert show_code(by_hand.id, by=other, now=NOW)
    mailed = make_link(visa.id, by=clerk, now=NOW, today=TODAY).link
    assert show_code(mailed.id, by=clerk, now=NOW)


@pytest.mark.parametrize(
    ("verdict", "comment"),
    [
        (AGREED, "The code was told by phone by: {clerk}"),
        (Verdict(Decision.REFUSED, "нет средств"), "нет средств (The code was told by phone by: {clerk})"),
    ],
)
def test_a_visa_says_who_told_the_code_for_it(office: Office, mailbox: Mailbox, verdict: Verdict, comment: str) -> None:
    document = sent(office)
    clerk = office.actor("Лукина")
    code = show_code(GuestLink.get().id, by=clerk, now=NOW)
    proof = enter(mailbox.secrets[0], code, now=NOW)
    with use_language("en"):
        visa = decided(document, mailbox.secrets[0], proof, verdict)

    expected = comment.format(clerk=clerk.name)
    line = sheet_of(document).runs[0].lines[0]
    assert (visa.comment, line.visa.comment) == (expected, expected)
    assert Event.get(Event.what == "visa_given").effect["comment"] == expected


def test_who_told_the_code_stands_for_no_reason_of_the_guest(office: Office, mailbox: Mailbox) -> None:
    document = sent(office)
    code = show_code(GuestLink.get().id, by=office.actor("Лукина"), now=NOW)
    proof = enter(mailbox.secrets[0], code, now=NOW)
    with pytest.raises(Refusal) as refusal:
        decided(document, mailbox.secrets[0], proof, Verdict(Decision.REFUSED))
    assert "comment" in refusal.value.details["fields"]


def test_a_clerk_opens_no_link_to_a_text_of_her_own(office: Office, mailbox: Mailbox) -> None:
    sent(office, by="Лукина", drafter_id=office.people["Лукина"].id)
    with pytest.raises(Forbidden) as refusal:
        show_code(GuestLink.get().id, by=office.actor("Лукина"), now=NOW)
    assert refusal.value.code == "own_text"


@pytest.mark.parametrize("who", ["Нечаев", "Ветрова"])
def test_others_give_and_revoke_no_links(office: Office, who: str) -> None:
    sent(office)
    with pytest.raises(Refusal):
        make_link(Visa.get().id, by=office.actor(who), now=NOW, today=TODAY)
    with pytest.raises(Refusal):
        revoke_link(GuestLink.get().id, by=office.actor(who), now=NOW)
    assert GuestLink.get().revoked_at is None


def test_a_visa_of_an_employee_has_no_link(office: Office) -> None:
    document = office.document()
    office.send(document, Plan((office.step("Нечаев"),)))
    assert GuestLink.select().count() == 0
    with pytest.raises(NotFound):
        make_link(Visa.get().id, by=office.actor("Лукина"), now=NOW, today=TODAY)


def test_personal_data_leave_by_no_link_and_the_route_says_so(office: Office) -> None:
    sent(office, mark=Mark.PERSONAL, mark_basis="152-ФЗ")
    assert events() == ["guest_link_not_made"]
    for who in ("Дёмина", "Лукина"):
        with pytest.raises(Refusal) as refusal:
            make_link(Visa.get().id, by=office.actor(who), now=NOW, today=TODAY)
        assert refusal.value.code == "personal"


def test_what_is_for_official_use_leaves_by_the_clerk_alone(office: Office, mailbox: Mailbox) -> None:
    sent(office, mark=Mark.OFFICIAL, mark_basis="п. 3 перечня")
    assert events() == ["guest_link_not_made"]
    with pytest.raises(Forbidden):
        make_link(Visa.get().id, by=office.actor("Дёмина"), now=NOW, today=TODAY)
    made = make_link(Visa.get().id, by=office.actor("Лукина"), now=NOW, today=TODAY)
    assert open_link(made.secret, now=NOW).visa.id == Visa.get().id


def test_a_stricter_mark_shuts_the_links_that_are_out(office: Office, mailbox: Mailbox) -> None:
    document = sent(office)
    Document.update(mark=Mark.OFFICIAL).where(Document.id == document.id).execute()
    refused("closed", mailbox.secrets[0])


@pytest.mark.parametrize("email", ["", "сова", "a@b\nBcc: all@example.org", "a@b,c@d", f"{'a' * 300}@b"])
def test_to_what_is_no_address_no_link_is_made(office: Office, email: str) -> None:
    document = office.document()
    office.send(document, Plan((office.step("Нечаев"), Step(Mode.TURN, (Addressee(How.GUEST, "Сова", ADDRESS),)))))
    Visa.update(email=email).where(Visa.employee.is_null()).execute()
    office.decide(document, "Нечаев")
    assert events() == ["guest_link_not_made"]
    assert states(document) == "in_approval"


def test_nobody_agrees_to_his_own_text_as_his_own_guest(office: Office) -> None:
    document = office.document()
    drafter = office.people["Дёмина"]
    office.send(document, Plan((Step(Mode.TURN, (Addressee(How.GUEST, "Сова", drafter.email.upper()),)),)))
    assert events() == ["guest_link_not_made"]


def test_a_visa_entered_on_paper_leaves_nothing_to_the_link(office: Office, mailbox: Mailbox) -> None:
    document = sent(office, office.step("Нечаев"))
    proof = proof_for(mailbox)
    decide_on_paper(Visa.get(Visa.employee.is_null()).id, AGREED, by=office.actor("Лукина"), now=NOW, today=TODAY)
    refused("not_needed", mailbox.secrets[0], proof)
    with pytest.raises(Conflict):
        decided(document, mailbox.secrets[0], proof)


def test_a_document_taken_back_needs_no_decision(office: Office, mailbox: Mailbox) -> None:
    document = sent(office)
    proof = proof_for(mailbox)
    perform(document.id, "withdraw", answers=Answers(reason="передумали"), by=office.actor("Дёмина"), now=NOW, today=TODAY)
    refused("not_needed", mailbox.secrets[0], proof)


def test_a_new_text_is_shown_before_anything_is_decided(office: Office, mailbox: Mailbox) -> None:
    document = sent(office)
    proof = proof_for(mailbox)
    before = current_version(document.id)
    office.text(document, "Первая редакция, правленая.", substantial=False)
    assert before is not None
    with pytest.raises(Conflict) as conflict:
        decide_by_link(mailbox.secrets[-1], proof, AGREED, version=before.id, now=NOW, today=TODAY)
    assert conflict.value.code == "stale_version"
    decided(document, mailbox.secrets[-1], proof)
    assert states(document) == "agreed"


def test_a_text_of_another_substance_asks_the_guest_by_a_new_link(office: Office, mailbox: Mailbox) -> None:
    document = sent(office)
    office.text(document, "Совсем другой текст.")
    assert len(mailbox.secrets) == 2
    refused("not_needed", mailbox.secrets[0])
    decided(document, mailbox.secrets[1], proof_for(mailbox))
    assert states(document) == "agreed"


def test_a_refusal_with_remarks_and_a_file_returns_the_document(office: Office, mailbox: Mailbox) -> None:
    document = sent(office)
    proof = proof_for(mailbox)
    with pytest.raises(Refusal) as refusal:
        decided(document, mailbox.secrets[0], proof, Verdict(Decision.REFUSED))
    assert "comment" in refusal.value.details["fields"]
    file = Objection("п. 2 исключить".encode(), "особое мнение.txt", ObjectionKind.OPINION)
    verdict = Verdict(Decision.REFUSED, "нет средств", (RemarkText("исключить", "п. 2"),), file)
    visa = decided(document, mailbox.secrets[0], proof, verdict, store=office.store)

    assert (visa.objection_name, states(document)) == ("особое мнение.txt", "rework")
    assert [one.text for one in remarks_of(open_link(mailbox.secrets[0], proof, now=NOW))] == ["исключить"]


def test_a_guest_sees_the_remarks_of_nobody_else(office: Office, mailbox: Mailbox) -> None:
    document = sent(office, office.step("Нечаев"), mode=Mode.TOGETHER)
    decided(document, mailbox.secrets[0], proof_for(mailbox), Verdict(Decision.REMARKS, remarks=(RemarkText("моё"),)))
    office.decide(document, "Нечаев", Decision.REMARKS, remarks=(RemarkText("чужое"),))
    assert [one.text for one in remarks_of(open_link(mailbox.secrets[0], now=NOW))] == ["моё"]


def test_a_guest_who_is_only_informed_confirms_it(office: Office, mailbox: Mailbox) -> None:
    document = sent(office, office.step("Нечаев"), mode=Mode.INFORMATION)
    office.decide(document, "Нечаев")
    assert states(document) == "agreed"
    visa = decided(document, mailbox.secrets[0], proof_for(mailbox), Verdict(Decision.SEEN))
    assert visa.decision == Decision.SEEN


@given(place=st.integers(min_value=0), bit=st.integers(min_value=0, max_value=6))
def test_a_link_with_one_bit_changed_is_no_link(place: int, bit: int) -> None:
    secret = guest_secrets.new_secret()
    place %= len(secret)
    changed = secret[:place] + chr(ord(secret[place]) ^ 1 << bit) + secret[place + 1 :]
    assert guest_secrets.hash_of(changed) != guest_secrets.hash_of(secret) is not None


@given(st.text(max_size=400))
def test_words_that_are_no_link_are_told_apart_without_a_fall(words: str) -> None:
    assert guest_secrets.hash_of(words) is None
    assert not guest_secrets.is_proved(words, "0" * 64, NOW)


@pytest.mark.parametrize("words", ["", "x", "x.y", "🦉", "\0", "a" * 10_000, "../../etc/passwd", "' OR 1=1 --"])
def test_an_unknown_link_is_answered_in_one_sentence(office: Office, words: str) -> None:
    with pytest.raises(NotFound) as unknown:
        open_link(words, now=NOW)
    with pytest.raises(NotFound) as never_given:
        open_link(guest_secrets.new_secret(), now=NOW)
    assert unknown.value.message == never_given.value.message


def test_a_link_of_another_installation_is_unknown(office: Office, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    sent(office)
    monkeypatch.setattr(guest_secrets, "_key", Kept("guest_key", lambda: "another key"))
    refused("no_link", mailbox.secrets[0])


def test_of_two_devices_that_decide_at_once_one_is_heard(office: Office, mailbox: Mailbox, database: str) -> None:
    document = sent(office)
    proof = proof_for(mailbox)
    shown = current_version(document.id)
    assert shown is not None
    preparation = f"""
import datetime as dt
from roadmapdocs.assembly import assemble
from roadmapdocs.approvals import guest_secrets
from roadmapdocs.approvals.deciding import Verdict
from roadmapdocs.approvals.guests import decide_by_link
from roadmapdocs.approvals.rules import Decision
from roadmapdocs.errors import Refusal
assemble(dt.UTC)
guest_secrets.use_key({guest_secrets._key.get()!r})
now = dt.datetime.fromisoformat({NOW.isoformat()!r})
def act(verdict):
    try:
        visa = decide_by_link({mailbox.secrets[0]!r}, {proof!r}, verdict, version={shown.id}, now=now, today=now.date())
    except Refusal as refusal:
        return refusal.code
    return str(visa.decision)
"""
    work = ["result = act(Verdict(Decision.AGREED))", "result = act(Verdict(Decision.REFUSED, 'no'))"]
    told = at_once(database, work, preparation=preparation)
    decision = Visa.get().decision
    assert sorted(map(str, told)) == sorted([decision, "used"])
    assert Event.select().where(Event.what == "visa_given").count() == 1
