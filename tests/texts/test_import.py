"""A folder that is brought in is read at once: words inside its files can be found."""

from __future__ import annotations

from pathlib import Path

from roadmapdocs.documents.bulk import import_folder
from roadmapdocs.documents.models import DocumentVersion
from roadmapdocs.documents.versions import attach
from roadmapdocs.files.store import FolderStore
from roadmapdocs.people.rules import SYSTEM
from roadmapdocs.settings import Settings
from roadmapdocs.texts.models import FileText
from roadmapdocs.texts.operations import text_of
from roadmapdocs.texts.rules import State
from roadmapdocs.texts.service import read_waiting
from tests.conftest import NOW, TODAY
from tests.factories import document
from tests.texts.made import pdf, word


def test_words_inside_files_of_a_folder_are_there_at_once(
    sqlite_database: None, settings: Settings, store: FolderStore, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "Приказ.docx").write_bytes(word("О проведении смотра библиотек"))
    (folder / "Положение.pdf").write_bytes(pdf("Порядок награждения победителей"))
    (folder / "Справка.txt").write_bytes("Итоги недели чтения".encode("koi8-r"))
    list(import_folder(folder, store=store, by=SYSTEM, now=NOW, today=TODAY))
    assert {row.state for row in FileText.select()} == {"waiting"}
    report = read_waiting(settings, lambda: NOW)
    assert report.counts == {State.READ: 3}
    texts = {version.name: text_of(version.file_id) for version in DocumentVersion.select()}
    assert texts == {
        "Приказ.docx": "О проведении смотра библиотек",
        "Положение.pdf": "Порядок награждения победителей",
        "Справка.txt": "Итоги недели чтения",
    }
    assert read_waiting(settings, lambda: NOW).counts == {}


def test_an_attachment_is_asked_for_with_the_row_that_it_is(sqlite_database: None, store: FolderStore) -> None:
    attached = attach(document(), word("Письмо"), "Письмо.docx", store=store, by=SYSTEM, now=NOW)
    assert [(row.file_id, row.state) for row in FileText.select()] == [(attached.file_id, "waiting")]
