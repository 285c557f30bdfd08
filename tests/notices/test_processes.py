"""Real workers in processes of their own, a real mail server, and what is left when a worker is killed."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from roadmapdocs import db
from roadmapdocs.notices.models import Delivery
from roadmapdocs.notices.operations import tell
from roadmapdocs.notices.rules import STALE_AFTER, DeliveryState
from tests.conftest import NOW
from tests.notices.made import PENDING, SENT, person, states
from tests.notices.mail import LONGEST_WAIT_S, MailServer
from tests.processes import at_once

MAILS = 200

#: A worker whose clock stands still at a moment that the test says.
WORK = """
import datetime as dt
from pathlib import Path
from roadmapdocs.notices.ports import SmtpMailer
from roadmapdocs.notices.worker import Worker
from roadmapdocs.settings import Settings
settings = Settings(data=Path({data!r}), mail_from="registry@example.test", quiet_from="00:00", quiet_until="00:00")
now = dt.datetime.fromisoformat({now!r})
worker = Worker(settings, SmtpMailer("127.0.0.1", {port}), lambda: now, lambda day: False)
worker.sweep()
result = worker.deliver_due().number("sent")
"""


@pytest.fixture
def told(sqlite_address: str) -> str:
    """The address of a database in which many mails wait."""
    db.connect(sqlite_address)
    with db.database.connection_context(), db.transaction():
        people = [person(f"Лукина{number}", f"p{number}@example.test").id for number in range(MAILS)]
        tell(people, "visa_asked", key="visa:1/asked", now=NOW, urgent=True)
    return sqlite_address


def work(data: Path, port: int, now: dt.datetime = NOW) -> str:
    return WORK.format(data=str(data), port=port, now=now.isoformat())


def in_a_process(address: str, code: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", f"from roadmapdocs import db\ndb.connect({address!r})\n{code}"], text=True
    )


def count_states() -> dict[str, int]:
    with db.database.connection_context():
        return states()


def test_a_worker_killed_in_the_middle_loses_nothing_and_repeats_at_most_the_mail_in_hand(
    told: str, tmp_path: Path, mail_server: MailServer
) -> None:
    mail_server.handler.hold_at = MAILS // 2
    worker = in_a_process(told, work(tmp_path, mail_server.port))
    assert mail_server.handler.reached.wait(LONGEST_WAIT_S)
    worker.kill()
    worker.wait(LONGEST_WAIT_S)
    mail_server.handler.go_on.set()
    assert count_states() == {SENT: MAILS // 2, str(DeliveryState.SENDING): 1, PENDING: MAILS // 2 - 1}
    in_hand = _id_in_hand()

    at_once(told, [work(tmp_path, mail_server.port, NOW + STALE_AFTER)])

    assert count_states() == {SENT: MAILS}
    counts = Counter(mail_server.ids)
    assert len(counts) == MAILS
    assert {number for number, times in counts.items() if times > 1} <= {in_hand}
    assert max(counts.values()) <= 2


def _id_in_hand() -> str:
    with db.database.connection_context():
        return f"<{Delivery.get(Delivery.state == str(DeliveryState.SENDING)).message_id}@example.test>"


def test_two_workers_at_once_send_each_mail_once(told: str, tmp_path: Path, mail_server: MailServer) -> None:
    sent = at_once(told, [work(tmp_path, mail_server.port)] * 2)
    assert len(mail_server.ids) == len(set(mail_server.ids)) == MAILS
    assert sum(sent) == MAILS  # type: ignore[arg-type]  # numbers, as WORK says
    assert count_states() == {SENT: MAILS}


def command(data: Path, address: str, port: int, *arguments: str) -> subprocess.Popen[str]:
    environment = os.environ | {
        "ROADMAPDOCS_DATA": str(data),
        "ROADMAPDOCS_DATABASE": address,
        "ROADMAPDOCS_MAIL_HOST": "127.0.0.1",
        "ROADMAPDOCS_MAIL_PORT": str(port),
        "ROADMAPDOCS_MAIL_SECURITY": "none",
        "ROADMAPDOCS_MAIL_FROM": "registry@example.test",
        "ROADMAPDOCS_LANGUAGE": "en",
    }
    return subprocess.Popen(
        [sys.executable, "-c", _MAIN, *arguments], env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


def wait_for(process: subprocess.Popen[str], server: MailServer) -> None:
    """Until the mail at which the server holds; fail with what the process said if it ends before."""
    tries = range(int(LONGEST_WAIT_S / 0.1))
    if not any(server.handler.reached.wait(0.1) or process.poll() is not None for _try in tries):
        process.kill()
    if not server.handler.reached.is_set():
        pytest.fail(process.communicate()[0])


_MAIN = "from roadmapdocs.web.cli import main; main()"


def test_a_worker_that_is_asked_to_end_finishes_the_mail_in_hand_and_repeats_nothing(
    told: str, tmp_path: Path, mail_server: MailServer
) -> None:
    mail_server.handler.hold_at = 5
    worker = command(tmp_path, told, mail_server.port, "work")
    wait_for(worker, mail_server)
    worker.send_signal(signal.SIGTERM)
    assert worker.stdout is not None
    assert any("The mail in hand is finished first." in line for line in worker.stdout)
    mail_server.handler.go_on.set()
    said, _none = worker.communicate(timeout=LONGEST_WAIT_S)
    assert worker.returncode == 0, said
    counts = count_states()
    assert counts[SENT] == len(mail_server.ids) == 6
    assert counts == {SENT: 6, PENDING: MAILS - 6}

    rest = command(tmp_path, told, mail_server.port, "work", "--once")
    said, _none = rest.communicate(timeout=60)
    assert (rest.returncode, f"Sent: {MAILS - 6}, put off: 0, refused: 0." in said) == (0, True), said
    assert len(mail_server.ids) == len(set(mail_server.ids)) == MAILS


def test_the_server_of_the_office_sends_by_itself_what_waited_and_ends_in_order(
    told: str, tmp_path: Path, mail_server: MailServer
) -> None:
    mail_server.handler.hold_at = MAILS - 1
    server = command(tmp_path, told, mail_server.port, "serve", "--port", "0", "--workers", "2")
    wait_for(server, mail_server)
    mail_server.handler.go_on.set()
    server.send_signal(signal.SIGTERM)
    said, _none = server.communicate(timeout=LONGEST_WAIT_S)
    assert server.returncode == 0, said
    assert count_states() == {SENT: MAILS}
    assert len(mail_server.ids) == len(set(mail_server.ids)) == MAILS
