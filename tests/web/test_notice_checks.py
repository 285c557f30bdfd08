"""What ``roadmapdocs check`` and ``roadmapdocs work`` tell an operator about mail and queue."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from click.testing import CliRunner

from roadmapdocs.errors import ConfigurationError, Refusal
from roadmapdocs.i18n import use_language
from roadmapdocs.notices.models import Delivery
from roadmapdocs.notices.rules import DeliveryState
from roadmapdocs.settings import Settings
from roadmapdocs.web.cli import group
from roadmapdocs.web.commands.notice_checks import check_mail, check_queue
from tests.notices.made import news, person


@pytest.fixture
def settings(tmp_path: Path, sqlite_address: str) -> Settings:
    return Settings(data=tmp_path, database=sqlite_address, base_url="https://registry.example.test")


def told(settings: Settings) -> str:
    with use_language("en"):
        return check_mail(settings)


@pytest.mark.usefixtures("sqlite_database")
def test_a_calm_post_office_is_told_with_its_place(settings: Settings) -> None:
    assert told(settings) == f"no server is set: mail is written into {settings.outbox_folder}"
    server = dataclasses.replace(settings, mail_host="mail.example.test", mail_from="a@example.test", base_url="")
    assert told(server) == "mail.example.test:587 (starttls); without base_url mails have no links"
    news(person())
    assert told(settings).endswith("1 mail waits for its hour")


@pytest.mark.usefixtures("sqlite_database")
def test_trouble_with_mail_is_a_finding(settings: Settings) -> None:
    news(person())
    Delivery.update(last_error="mail.example.test:25: Connection refused").execute()
    with pytest.raises(Refusal, match="Connection refused"):
        told(settings)
    Delivery.update(state=str(DeliveryState.FAILED)).execute()
    with pytest.raises(Refusal, match="1 mail was not delivered"):
        told(settings)


@pytest.mark.usefixtures("sqlite_database")
def test_a_password_that_cannot_be_read_is_a_finding(settings: Settings) -> None:
    wrong = dataclasses.replace(
        settings, mail_host="mail.example.test", mail_from="a@b.test", mail_password_file=str(settings.data / "none")
    )
    with pytest.raises(ConfigurationError, match="mail_password_file"):
        told(wrong)


def test_a_queue_that_cannot_be_opened_is_a_finding(settings: Settings) -> None:
    with use_language("en"):
        assert check_queue(settings) == "queue.sqlite3, 0 tasks"
    settings.queue_file.unlink()
    settings.queue_file.mkdir()
    with pytest.raises(ConfigurationError, match="queue: it cannot be reached"):
        check_queue(settings)


@pytest.mark.usefixtures("sqlite_database")
def test_the_round_of_a_worker_says_what_it_did(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROADMAPDOCS_DATABASE", settings.database)
    monkeypatch.setenv("ROADMAPDOCS_LANGUAGE", "en")
    news(person(), urgent=True)
    said = CliRunner().invoke(group, ["--data", str(settings.data), "work", "--once"])
    assert (said.exit_code, said.output) == (0, "Sent: 1, put off: 0, refused: 0.\n")
    assert len(list(settings.outbox_folder.glob("*.eml"))) == 1
