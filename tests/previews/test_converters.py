"""What every converter promises, asked of each: started anew for a file, kept between files, and missing."""

from __future__ import annotations

import io
import os
import select
import socket
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest

from roadmapdocs.files.programs import Bounds
from roadmapdocs.previews.cold import ColdOffice
from roadmapdocs.previews.kept import KeptOffice
from roadmapdocs.previews.office import find_office
from roadmapdocs.previews.ports import Absent, Broken, Converter, Failure, Missing
from roadmapdocs.previews.steady import SteadyOffice, converter_of
from roadmapdocs.settings import Settings
from tests.previews.conftest import PATIENT
from tests.previews.made import FakeConverter, linking, word

MAKERS: dict[str, Callable[[], Converter]] = {
    "cold": lambda: ColdOffice(_office(), PATIENT),
    "kept": lambda: KeptOffice(_office(), PATIENT),
    "missing": Absent,
}
real = pytest.mark.parametrize("converter", ["cold", "kept"], indirect=True)
every = pytest.mark.parametrize("converter", list(MAKERS), indirect=True)


def _office() -> object:
    found = find_office()
    if found is None:
        pytest.skip("LibreOffice is not installed")
    return found


@pytest.fixture
def converter(request: pytest.FixtureRequest, scratch: Path) -> Iterator[Converter]:
    made = MAKERS[request.param]()
    yield made
    made.close()


@every
def test_an_order_becomes_a_pdf_or_it_is_said_that_nothing_makes_one(converter: Converter, order: bytes) -> None:
    try:
        made = converter.convert(order, "Приказ № 5.docx", archival=True)
    except Missing:
        assert isinstance(converter, Absent)
        return
    assert made.startswith(b"%PDF-")
    assert b"pdfaid:part>2<" in made, "the archival one is PDF/A-2"


@real
def test_a_broken_file_is_refused_and_the_next_one_served(converter: Converter, order: bytes) -> None:
    with pytest.raises(Broken):
        converter.convert(order[: len(order) // 2], "Приказ.docx", archival=False)
    made = converter.convert(order, "Приказ.docx", archival=False)
    assert made.startswith(b"%PDF-")
    assert b"pdfaid" not in made


@real
def test_what_a_file_links_to_is_neither_fetched_nor_read_from_the_machine(converter: Converter, tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    with zipfile.ZipFile(io.BytesIO(linking("x.png"))):
        secret.write_bytes(b"not to be seen")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/picture.png"
        for link in (address, secret.as_uri()):
            assert b"/Subtype/Image" not in converter.convert(linking(link), "Приказ.docx", archival=False)
        with pytest.raises(BlockingIOError):
            server.accept()


def test_two_cold_starts_at_once_do_not_disturb_each_other(order: bytes, scratch: Path) -> None:
    cold = ColdOffice(_office(), PATIENT)
    made: list[bytes] = []
    threads = [threading.Thread(target=lambda: made.append(cold.convert(order, "a.docx", archival=False))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 2


def test_a_sheet_becomes_pdf_too(scratch: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["План", "Срок"])
    sheet = io.BytesIO()
    book.save(sheet)
    assert b"pdfaid:part>2<" in ColdOffice(_office(), PATIENT).convert(sheet.getvalue(), "План.xlsx", archival=True)


@pytest.mark.parametrize(("name", "by"), [("План.xlsx", "cold"), ("a.ODS", "cold"), ("Приказ.docx", "kept"), ("a.rtf", "kept")])
def test_only_sheets_start_it_anew(name: str, by: str) -> None:
    kept, cold = FakeConverter(), FakeConverter()
    SteadyOffice(kept, cold).convert(b"x", name, archival=False)
    assert {"kept": kept.names, "cold": cold.names}[by] == [name]


def test_nothing_of_our_environment_reaches_the_program(tmp_path: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROADMAPDOCS_MAIL_PASSWORD", "secret")
    told = tmp_path / "told"
    cold = ColdOffice(_fake(tmp_path, f"env > {told}; ulimit -v >> {told}; exit 1"), Bounds(seconds=20))
    with pytest.raises(Failure):
        cold.convert(word("x"), "x.docx", archival=False)
    assert "secret" not in told.read_text()
    assert "2097152" in told.read_text(), "memory is bounded"


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        ("sleep 60", "too_long"),
        ("kill -9 $$", "crashed"),
        ("exit 77", "crashed"),
        ("exit 0", "broken"),
        ('for one in "$@"; do last=$one; done; mkdir -p $(dirname $last)/out; echo hello > $(dirname $last)/out/source.pdf', "broken"),
        ("head -c 300000000 /dev/zero > source.pdf", "too_large"),
        ("while :; do :; done", "too_long"),
    ],
)
def test_a_program_that_misbehaves_is_ended_and_said_to(tmp_path: Path, scratch: Path, behaviour: str, reason: str) -> None:
    cold = ColdOffice(_fake(tmp_path, behaviour), Bounds(seconds=1.5))
    with pytest.raises(Failure) as caught:
        cold.convert(word("x"), "x.docx", archival=False)
    assert caught.value.reason == reason


def test_the_whole_group_goes_with_a_starter_that_is_too_slow(tmp_path: Path, scratch: Path) -> None:
    told = tmp_path / "child"
    cold = ColdOffice(_fake(tmp_path, f"sleep 60 & echo $! > {told}; wait"), Bounds(seconds=1.5))
    with pytest.raises(Failure):
        cold.convert(word("x"), "x.docx", archival=False)
    assert _ends(int(told.read_text()))


def _ends(process_id: int) -> bool:
    """Whether a process that was told to end does, as soon as the machine comes to it; it sleeps for a minute otherwise."""
    try:
        handle = os.pidfd_open(process_id)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], 20)[0])
    finally:
        os.close(handle)


def _fake(folder: Path, behaviour: str) -> object:
    program = folder / "soffice"
    program.write_text(f"#!/bin/bash\n{behaviour}\n")
    program.chmod(0o755)
    found = find_office(str(program))
    assert found is not None
    return found


def test_the_program_of_the_settings_is_taken_and_no_other(tmp_path: Path) -> None:
    assert find_office(str(tmp_path / "nothing")) is None
    assert isinstance(converter_of(Settings(data=tmp_path, office_program=str(tmp_path / "nothing"))), Absent)


def test_where_it_cannot_be_kept_each_file_starts_it_anew(tmp_path: Path, scratch: Path, caplog: pytest.LogCaptureFixture) -> None:
    behaviour = 'for one in "$@"; do last=$one; done; mkdir $(dirname $last)/out; printf "%%PDF-1.6\\n%%%%EOF" > $(dirname $last)/out/source.pdf'
    office = _fake(tmp_path, behaviour)
    steady = SteadyOffice(KeptOffice(office), ColdOffice(office, PATIENT))
    for _time in range(2):
        assert steady.convert(word("x"), "x.docx", archival=False) == b"%PDF-1.6\n%%EOF"
    assert caplog.text.count("cannot be kept running") == 1


def test_the_starter_script_of_a_distribution_is_followed_to_its_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "program"
    folder.mkdir()
    (folder / "libsofficeapp.so").touch()
    (folder / "soffice").touch(mode=0o755)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "libreoffice").symlink_to(folder / "soffice")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    found = find_office()
    assert found is not None
    assert found.folder == folder
