"""The card says whose words cannot be found, why and what to do; ``roadmapdocs check`` says how many there are."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from roadmapdocs.documents.models import Document
from roadmapdocs.documents.versions import attach
from roadmapdocs.errors import ConfigurationError
from roadmapdocs.files.store import FolderStore
from roadmapdocs.i18n import use_language
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.settings import Settings
from roadmapdocs.texts.kept import KeptReader
from roadmapdocs.texts.models import FileText
from roadmapdocs.texts.rules import Problem
from roadmapdocs.web.commands.text_checks import check_texts
from tests.conftest import NOW
from tests.factories import document
from tests.web.cards import draft, registered, with_text, words
from tests.web.office import Office, office_on
from tests.web.test_card_files import attached

MARKS = ("not read", "read in part", "no words")


@pytest.fixture
def office(sqlite_address: str, tmp_path: Path) -> Iterator[Office]:
    with office_on(sqlite_address, tmp_path) as opened:
        yield opened


def card(office: Office, document: Document) -> str:
    return words(office.client(Role.CLERK).get(f"/documents/{document.id}").text)


def test_a_file_that_is_read_or_soon_will_be_has_no_mark(office: Office) -> None:
    made = registered(office)
    for columns in ({}, {"state": "working"}, {"state": "read"}):
        FileText.update({"state": "waiting"} | columns).execute()
        shown = card(office, made)
        assert [mark for mark in MARKS if mark in shown] == []


@pytest.mark.parametrize("problem", Problem)
def test_a_file_that_is_not_read_says_why_and_what_to_do(office: Office, problem: Problem) -> None:
    made = registered(office)
    FileText.update(state="unreadable", problem=str(problem)).execute()
    told = card(office, made)
    assert "not read The file’s text is not read: " in told
    assert "By the words of the file the document cannot be found." in told
    FileText.update(state="partly").execute()
    assert "read in part Only a part of the file’s text is read: " in card(office, made)


def test_a_file_without_words_says_so(office: Office) -> None:
    made = registered(office)
    FileText.update(state="empty").execute()
    assert "no words There is no text in the file: the document is found by its card only." in card(office, made)


def test_a_file_that_waits_for_long_says_that_nobody_reads(office: Office) -> None:
    made = registered(office)
    FileText.update(asked_at=NOW - dt.timedelta(minutes=16)).execute()
    assert "not read yet The file has been waiting to be read for long" in card(office, made)
    FileText.update(way="ocr").execute()
    assert "not read yet" not in card(office, made)


def test_an_attachment_is_marked_and_a_version_of_before_is_not(office: Office) -> None:
    made = with_text(office, with_text(office, draft()), "Приказываю провести две недели чтения")
    attached(office, made)
    FileText.update(state="unreadable", problem="locked").execute()
    assert card(office, made).count("it is protected by a password") == 2


@pytest.fixture
def settings(tmp_path: Path, sqlite_address: str, sqlite_database: None) -> Settings:
    return Settings(data=tmp_path, database=sqlite_address, language="en")


def test_operators_are_told_what_is_missing_and_what_waits(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = document()
    for number, columns in enumerate([{}, {"state": "partly", "problem": "cut"}, {"state": "unreadable", "problem": "locked"}]):
        row = attach(made, b"text %d" % number, "a.txt", store=FolderStore(tmp_path), by=SYSTEM, now=NOW)
        FileText.update({"state": "waiting"} | columns).where(FileText.file == row.file_id).execute()
    monkeypatch.setenv("PATH", str(tmp_path))
    with use_language("en"):
        told = check_texts(settings)
    assert told == (
        "Tesseract with Russian is not found: scans without text are not read; LibreOffice is not found: .doc and .xls are not read; "
        "1 file waits to be read; 1 file is read in part; 1 file is not read (cut 1, locked 1)"
    )


def test_a_machine_on_which_no_file_can_be_read_is_told(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = KeptReader(command=(sys.executable, "-c", "raise SystemExit(1)"))
    monkeypatch.setattr("roadmapdocs.web.commands.text_checks.reader_of", lambda _settings: broken)
    with use_language("en"), pytest.raises(ConfigurationError, match="no file can be read: ended with 1"):
        check_texts(settings)
