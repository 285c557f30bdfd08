"""What a worker does with mail: each once, at its time, again after trouble, and never two workers the same."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from roadmapdocs.access.rules import Mark
from roadmapdocs.documents.models import Document
from roadmapdocs.notices.models import Delivery, Notice
from roadmapdocs.notices.operations import Habits, send_letter, settle
from roadmapdocs.notices.ports import Mailer, Permanent, Temporary
from roadmapdocs.notices.rules import STALE_AFTER, DeliveryState, Mail
from roadmapdocs.notices.worker import Report, Worker, mailer_of
from roadmapdocs.people.models import Employee
from roadmapdocs.people.rules import Role
from roadmapdocs.settings import Settings
from tests import factories as make
from tests.conftest import NOW
from tests.notices.conftest import Clock
from tests.notices.made import PENDING, SENT, news, person, states
from tests.notices.mail import ScriptedMailer

pytestmark = pytest.mark.usefixtures("database")


def weekend(day: dt.date) -> bool:
    return day.weekday() >= 5


@pytest.fixture
def mailer() -> ScriptedMailer:
    return ScriptedMailer()


@pytest.fixture
def worker(settings: Settings, mailer: ScriptedMailer, clock: Clock) -> Worker:
    return Worker(settings, mailer, clock, weekend)


def down() -> Temporary:
    return Temporary("127.0.0.1:25: Connection refused", everything=True)


def each_minute(worker: Worker, clock: Clock, minutes: int) -> list[Report]:
    reports = []
    for _minute in range(minutes):
        worker.sweep()
        reports.append(worker.deliver_due())
        clock.go(minutes=1)
    return reports


def test_a_mail_goes_once(worker: Worker, mailer: ScriptedMailer, clock: Clock) -> None:
    news(person())
    each_minute(worker, clock, 3)
    assert [mail["To"] for mail in mailer.sent] == ["lukina@example.test"]
    row = Delivery.get()
    assert (row.state, row.address, row.attempts, row.sent_at, row.last_error) == (SENT, "lukina@example.test", 1, NOW, "")
    assert str(mailer.sent[0]["Subject"]) == row.subject


def test_a_server_down_for_an_hour_and_back_everything_arrives_once(
    worker: Worker, mailer: ScriptedMailer, clock: Clock
) -> None:
    people = [person(f"Лукина{number}", f"p{number}@example.test") for number in range(7)]
    mailer.trouble = down()
    for number, one in enumerate(people[:5]):
        news(one, key=f"visa:{number}/asked")
    reports = each_minute(worker, clock, 60)
    for number, one in enumerate(people[5:], 5):
        news(one, key=f"visa:{number}/asked", now=clock())
    assert (mailer.sent, states()) == ([], {PENDING: 7})
    assert all(report.stopped == "127.0.0.1:25: Connection refused" for report in reports[:5])
    assert Delivery.select().where(Delivery.last_error.contains("refused")).count() == 5
    mailer.trouble = None
    each_minute(worker, clock, 61)
    assert sorted(mail["To"] for mail in mailer.sent) == [f"p{number}@example.test" for number in range(7)]
    assert states() == {SENT: 7}


def test_one_try_a_round_while_the_server_is_down(worker: Worker, mailer: ScriptedMailer) -> None:
    for number in range(3):
        news(person(f"Лукина{number}", f"p{number}@example.test"), key=f"visa:{number}/asked")
    mailer.trouble = down()
    report = worker.deliver_due()
    assert report.counts == {DeliveryState.PENDING: 1}
    assert sum(row.attempts for row in Delivery.select()) == 1


def test_waits_grow_from_try_to_try(worker: Worker, mailer: ScriptedMailer, clock: Clock) -> None:
    news(person())
    mailer.trouble = Temporary("450 try later")
    waits = []
    for _try in range(5):
        worker.deliver_due()
        waits.append(int((Delivery.get().next_at - clock()).total_seconds() / 60))
        clock.now = Delivery.get().next_at
    assert waits == [1, 5, 15, 60, 60]


def test_a_mail_that_could_not_go_for_a_day_is_given_up_with_its_reason(
    worker: Worker, mailer: ScriptedMailer, clock: Clock
) -> None:
    news(person())
    mailer.trouble = down()
    each_minute(worker, clock, 26 * 60)
    row = Delivery.get()
    assert (row.state, row.last_error) == (DeliveryState.GIVEN_UP, "127.0.0.1:25: Connection refused")
    assert row.attempts == 28  # after 0, 1, 6 and 21 minutes, and then each hour


def test_an_address_that_is_refused_holds_nobody_else_up(worker: Worker, mailer: ScriptedMailer) -> None:
    news(person("Ветрова", "gone@example.test"), person())
    mailer.refused["gone@example.test"] = Permanent("550 no such user")
    report = worker.deliver_due()
    assert report.counts == {DeliveryState.FAILED: 1, DeliveryState.SENT: 1}
    assert Delivery.get(Delivery.address == "gone@example.test").last_error == "550 no such user"


def test_what_is_no_address_is_not_tried(worker: Worker, mailer: ScriptedMailer) -> None:
    news(person(email="lukina@example.test\nBcc: all@example.test"))
    worker.deliver_due()
    assert (mailer.sent, states()) == ([], {str(DeliveryState.FAILED): 1})
    assert "is no mail address. Correct it" in Delivery.get().last_error


def test_a_link_waits_until_the_registry_knows_its_own_address(
    settings: Settings, mailer: ScriptedMailer, clock: Clock
) -> None:
    send_letter("guest@example.test", "Согласовать", [], path="/guest/?link=x", now=NOW)
    Worker(dataclasses.replace(settings, base_url=""), mailer, clock, weekend).deliver_due()
    assert (mailer.sent, states()) == ([], {PENDING: 1})
    assert "Set base_url in the settings." in Delivery.get().last_error


def test_the_address_of_the_day_is_written_to(worker: Worker, mailer: ScriptedMailer, clock: Clock) -> None:
    lukina = person()
    news(lukina)
    mailer.trouble = down()
    worker.deliver_due()
    Employee.update(email="new@example.test").where(Employee.id == lukina.id).execute()
    mailer.trouble = None
    clock.go(hours=1)
    worker.deliver_due()
    assert [mail["To"] for mail in mailer.sent] == ["new@example.test"]


def test_a_mail_keeps_its_id_from_try_to_try(worker: Worker, mailer: ScriptedMailer, clock: Clock) -> None:
    seen: list[str] = []

    class Lost(ScriptedMailer):
        """Takes the mail, and the answer is lost."""

        def send(self, message) -> None:  # type: ignore[no-untyped-def]  # as the protocol has it
            seen.append(str(message["Message-ID"]))
            raise down()

    news(person())
    lossy = Worker(worker.settings, Lost(), clock, weekend)
    each_minute(lossy, clock, 10)
    assert len(seen) == 3
    assert len(set(seen)) == 1


def test_what_a_dead_worker_had_in_hand_is_tried_again_after_a_time(
    worker: Worker, mailer: ScriptedMailer, clock: Clock
) -> None:
    class Killed(Exception):
        pass

    news(person())
    mailer.trouble = Killed()
    with pytest.raises(Killed):
        worker.deliver_due()
    mailer.trouble = None
    clock.now = NOW + STALE_AFTER - dt.timedelta(seconds=1)
    each_minute(worker, clock, 1)
    assert mailer.sent == []
    each_minute(worker, clock, 1)
    assert (len(mailer.sent), states()) == (1, {SENT: 1})


def test_a_worker_that_was_thought_dead_does_not_undo_what_another_did(
    worker: Worker, mailer: ScriptedMailer, clock: Clock
) -> None:
    other = ScriptedMailer()

    class Slow(ScriptedMailer):
        """While it waits for its server, another worker takes the mail up and sends it."""

        def send(self, message) -> None:  # type: ignore[no-untyped-def]  # as the protocol has it
            clock.go(minutes=30)
            second = Worker(worker.settings, other, clock, weekend)
            second.sweep()
            second.deliver_due()
            raise down()

    news(person())
    Worker(worker.settings, Slow(), clock, weekend).deliver_due()
    assert (len(other.sent), states()) == (1, {SENT: 1})


def test_a_worker_that_is_told_to_stop_begins_no_other_mail(settings: Settings, mailer: ScriptedMailer, clock: Clock) -> None:
    news(person(), person("Ветрова", "vetrova@example.test"))
    stopping = Worker(settings, mailer, clock, weekend, stop=lambda: bool(mailer.sent))
    stopping.deliver_due()
    assert states() == {SENT: 1, PENDING: 1}


def test_a_mail_that_cannot_be_composed_stands_before_no_other(
    worker: Worker, mailer: ScriptedMailer, caplog: pytest.LogCaptureFixture
) -> None:
    send_letter("guest@example.test", "Согласовать", [], now=NOW - dt.timedelta(minutes=1))
    Delivery.update(letter={}).execute()
    news(person())
    worker.deliver_due()
    assert (len(mailer.sent), states()) == (1, {SENT: 1, PENDING: 1})
    assert "could not be composed" in caplog.text
    told = "The mail could not be composed. The worker's log says why: KeyError"
    assert [row.last_error for row in Delivery.select() if row.last_error] == [told]


def test_quiet_hours_hold_mail_and_let_through_what_is_urgent(worker: Worker, mailer: ScriptedMailer, clock: Clock) -> None:
    night = Habits(quiet_from=dt.time(20), quiet_until=dt.time(8))
    lukina = person(habits=night)
    clock.now = NOW.replace(hour=19)  # ten in the evening in Moscow
    news(lukina, now=clock())
    news(lukina, key="visa:2/asked", now=clock(), urgent=True)
    each_minute(worker, clock, 1)
    assert len(mailer.sent) == 1
    clock.now = NOW.replace(day=17, hour=4, minute=59)
    each_minute(worker, clock, 1)
    assert len(mailer.sent) == 1
    each_minute(worker, clock, 1)
    assert len(mailer.sent) == 2


def test_days_off_hold_mail_but_for_those_who_want_it(worker: Worker, mailer: ScriptedMailer, clock: Clock) -> None:
    any_day = Habits(quiet_from=dt.time(0), quiet_until=dt.time(0), days_off=True)
    clock.now = NOW - dt.timedelta(days=1)  # a Sunday
    news(person(), person("Ветрова", "vetrova@example.test", habits=any_day), now=clock())
    worker.deliver_due()
    assert [mail["To"] for mail in mailer.sent] == ["vetrova@example.test"]
    clock.now = NOW
    worker.deliver_due()
    assert [mail["To"] for mail in mailer.sent] == ["vetrova@example.test", "lukina@example.test"]


def test_a_digest_takes_in_everything_of_the_day_and_goes_once(worker: Worker, mailer: ScriptedMailer, clock: Clock) -> None:
    daily = Habits(Mail.DIGEST, digest_at=dt.time(15), quiet_from=dt.time(0), quiet_until=dt.time(0))
    lukina = person(habits=daily)
    news(lukina)
    each_minute(worker, clock, 60)  # until 13:30 in Moscow
    news(lukina, key="visa:2/asked", now=clock())
    assert mailer.sent == []
    each_minute(worker, clock, 180)
    (mail,) = mailer.sent
    assert mail["Subject"] == "2 notices for you"
    plain = mail.get_body(["plain"])
    assert plain is not None
    assert plain.get_content().count("https://registry.example.test/notices/") == 3  # two, and the settings
    news(lukina, key="visa:3/asked", now=clock())
    each_minute(worker, clock, 60)
    assert len(mailer.sent) == 1
    clock.go(days=1)
    each_minute(worker, clock, 1)
    assert mailer.subjects == ["2 notices for you", "1 notice for you"]


def test_two_workers_make_one_digest(worker: Worker, mailer: ScriptedMailer, clock: Clock) -> None:
    daily = Habits(Mail.DIGEST, digest_at=dt.time(15), quiet_from=dt.time(0), quiet_until=dt.time(0))
    news(person(habits=daily))
    clock.go(hours=5)
    worker.sweep()
    worker.sweep()
    assert Delivery.select().count() == 1


@pytest.mark.parametrize("mail", [Mail.AT_ONCE, Mail.DIGEST])
def test_what_was_settled_before_its_mail_went_is_not_mailed(
    worker: Worker, mailer: ScriptedMailer, clock: Clock, mail: Mail
) -> None:
    lukina = person(habits=Habits(mail, digest_at=dt.time(15), quiet_from=dt.time(0), quiet_until=dt.time(0)))
    news(lukina)
    clock.go(hours=5)
    settle("visa:1", now=clock())
    each_minute(worker, clock, 2)
    assert mailer.sent == []
    assert states() == ({str(DeliveryState.NEEDLESS): 1} if mail is Mail.AT_ONCE else {})


def text_of(mailer: ScriptedMailer) -> str:
    (mail,) = mailer.sent
    return str(mail["Subject"]) + mail.as_bytes().decode("ascii") + "".join(
        part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"
    )


@pytest.mark.parametrize(("mark", "told"), [(Mark.GENERAL, True), (Mark.OFFICIAL, False), (Mark.PERSONAL, False)])
def test_a_marked_document_does_not_leave_the_house_by_its_title(
    worker: Worker, mailer: ScriptedMailer, mark: Mark, told: bool
) -> None:
    lukina = person()
    make.account("lukina", Role.CLERK, person=lukina)
    document = make.document("О надбавке Синицыной")
    Document.update(mark=str(mark)).where(Document.id == document.id).execute()
    news(lukina, document_id=document.id, about={"reason": "Синицына против"})
    worker.deliver_due()
    assert ("Синицын" in text_of(mailer)) is told
    assert "приказ" in text_of(mailer).lower()
    assert f"/notices/{Notice.get().id}" in text_of(mailer)


def test_a_document_that_the_reader_may_not_read_is_not_named(worker: Worker, mailer: ScriptedMailer) -> None:
    lukina = person()
    document = make.document("О чужих делах")
    Document.update(readers=0).where(Document.id == document.id).execute()
    news(lukina, document_id=document.id, about={"reason": "чужие слова"})
    worker.deliver_due()
    text = text_of(mailer)
    assert "чуж" not in text
    assert "/notices/" in text  # the settings
    assert f"/notices/{Notice.get().id}\n" not in text


def test_a_guest_s_letter_goes_to_its_address_and_its_secret_is_wiped(worker: Worker, mailer: ScriptedMailer) -> None:
    send_letter("guest@example.test", "Согласовать: приказ", ["Ссылка действует до 19.03.2026"], path="/guest/s3cret", now=NOW)
    worker.deliver_due()
    text = text_of(mailer)
    assert "https://registry.example.test/guest/s3cret" in text
    assert "/notices" not in text
    assert Delivery.get().letter == {}
    assert Delivery.get().state == SENT


def test_without_a_server_mail_goes_into_the_outbox(settings: Settings, clock: Clock) -> None:
    outbox: Mailer = mailer_of(settings)
    news(person())
    Worker(settings, outbox, clock, weekend).deliver_due()
    assert len(list(settings.outbox_folder.glob("*.eml"))) == 1
