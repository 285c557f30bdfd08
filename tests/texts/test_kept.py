"""The reading process: what it reads, what it refuses, and what becomes of one that misbehaves."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from roadmapdocs.files.limits import MIB
from roadmapdocs.files.programs import Bounds
from roadmapdocs.texts.kept import FILES_PER_START, KeptReader
from roadmapdocs.texts.ports import Failure
from roadmapdocs.texts.rules import Problem
from tests.texts.made import ODT, W, open_document, packed, paragraph, pdf, scan, word, wordml

BOMB = wordml(paragraph("а" * 5_000_000 + " " * 25_000_000))
ENTITIES = packed(
    {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f'<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w:document {W}><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>',
    }
)


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where temporary folders are made; at the end none is left."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("data", "way", "text"),
    [
        (word("О проведении смотра"), "docx", "О проведении смотра"),
        (pdf("О проведении смотра", "Приложение"), "pdf", "О проведении смотра\fПриложение"),
        ("О проведении смотра".encode("cp866"), "txt", "О проведении смотра"),
        (br"{\rtf1\ansi\ansicpg1251 \'cf\'f0\'e8\'ea\'e0\'e7}", "rtf", "Приказ"),
        (open_document("<text:p>Приказ</text:p>"), "odt", "Приказ"),
    ],
    ids=["docx", "pdf", "txt", "rtf", "odt"],
)
def test_files_are_told_by_their_content(reader: KeptReader, data: bytes, way: str, text: str) -> None:
    found = reader.read(data, "")
    assert (found.way, found.text, found.problem) == (way, text, None)


@pytest.mark.parametrize(
    ("data", "problem", "told"),
    [
        (word("x")[:-200], Problem.DAMAGED, "damaged"),
        (pdf("Приказ")[:300], Problem.DAMAGED, "damaged"),
        (b"\x00\x01\x02" * 100, Problem.DAMAGED, "not_a_document"),
        (b"", Problem.DAMAGED, "empty_file"),
        (BOMB, Problem.TOO_LARGE, "archive_bomb"),
        (ENTITIES, Problem.DAMAGED, "external_entities"),
        (open_document("<text:p/>", manifest="<manifest><encryption-data/></manifest>"), Problem.LOCKED, "encrypted"),
        (packed({"content.xml": "<a>" * 2_000}, first=ODT), Problem.DAMAGED, "damaged"),
    ],
    ids=["broken docx", "broken pdf", "noise", "empty", "bomb", "entities", "locked", "deep"],
)
def test_a_file_that_cannot_be_read_is_told_and_the_next_one_is_read(reader: KeptReader, data: bytes, problem: Problem, told: str) -> None:
    with pytest.raises(Failure) as caught:
        reader.read(data, "")
    assert (caught.value.problem, str(caught.value)) == (problem, told)
    assert reader.read(b"text", "txt").text == "text"


def test_no_more_is_kept_than_two_million_signs(reader: KeptReader) -> None:
    found = reader.read(("слово " * 400_000).encode("cp1251"), "txt")
    assert (found.problem, len(found.text)) == (Problem.CUT, 2_000_000)


def test_ten_thousand_pages_are_read_as_far_as_the_limit(reader: KeptReader) -> None:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
    kids = b" ".join(b"3 0 R" for _number in range(10_000))
    objects = (b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 10000/Kids[" + kids + b"]>>", page)
    data = b"%PDF-1.4\n" + b"".join(b"%d 0 obj%s endobj\n" % (number, one) for number, one in enumerate(objects, 1))
    found = reader.read(data + b"trailer<</Root 1 0 R/Size 4>>\n%%EOF", "pdf")
    assert (found.text, found.problem) == ("", Problem.PAGES)


def test_a_scan_is_recognised_only_when_it_is_asked_for(tmp_path: Path) -> None:
    said = tmp_path / "tesseract"
    said.write_text("#!/bin/sh\ncat > /dev/null\necho Приказ\n", encoding="utf-8")
    said.chmod(0o755)
    reader = KeptReader(recogniser=lambda: str(said))
    try:
        assert reader.recognises
        first = reader.read(scan("a"), "pdf")
        assert (first.text, first.scans) == ("", (0,))
        second = reader.read(scan("a"), "pdf", recognise=True)
        assert (second.text, second.way, second.scans) == ("Приказ", "ocr", ())
    finally:
        reader.close()


def misbehaving(tmp_path: Path, code: str, *, files: int = FILES_PER_START) -> KeptReader:
    """A program of ours in place of the reading process."""
    program = tmp_path / "program.py"
    program.write_text(f"import os, sys, time\nprint('{{}}', flush=True)\nfor line in sys.stdin:\n    {code}\n", encoding="utf-8")
    bounds = Bounds(seconds=1.5, memory=512 * MIB, file=MIB)
    return KeptReader(bounds, command=(sys.executable, "-I", "-S", str(program)), files=files)


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("time.sleep(60)", Problem.TOO_LONG),
        ("while True: pass", Problem.TOO_LONG),
        ("os.kill(os.getpid(), 9)", Problem.CRASHED),
        ("sys.exit(3)", Problem.CRASHED),
        ("print('what', flush=True)", Problem.CRASHED),
        ("print('{}', flush=True)", Problem.CRASHED),
        ("print('x' * 100_000, flush=True)", Problem.CRASHED),
        ("bytearray(1 << 30)", Problem.CRASHED),
        ("import signal; signal.signal(signal.SIGXFSZ, signal.SIG_DFL); open('big', 'wb').write(b'x' * (2 << 20))", Problem.TOO_LARGE),
    ],
)
def test_a_process_that_misbehaves_is_ended_and_said_to(tmp_path: Path, scratch: Path, code: str, problem: Problem) -> None:
    reader = misbehaving(tmp_path, code)
    with pytest.raises(Failure) as caught:
        reader.read(b"x", "txt")
    assert caught.value.problem == problem
    assert list(scratch.iterdir()) == []


def test_whatever_it_started_is_ended_with_it(tmp_path: Path, scratch: Path) -> None:
    told = tmp_path / "child"
    code = f"import subprocess; child = subprocess.Popen(['sleep', '60']); open({str(told)!r}, 'w').write(str(child.pid)); time.sleep(60)"
    with pytest.raises(Failure):
        KeptReader(Bounds(seconds=1.5), command=misbehaving(tmp_path, code)._command).read(b"x", "txt")
    assert _is_gone(int(told.read_text()))


def _is_gone(process_id: int) -> bool:
    """It may take the system a moment to end what was killed; a dead one may wait to be taken note of."""
    for _time in range(200):
        try:
            if Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except OSError:
            return True
        os.sched_yield()
        time.sleep(0.005)
    return False


def test_a_process_serves_many_files_and_is_then_replaced(tmp_path: Path, scratch: Path) -> None:
    answer = """open('text', 'w').write(str(os.getpid())); print('{"way": "txt", "problem": "", "scans": []}', flush=True)"""
    reader = misbehaving(tmp_path, answer, files=2)
    seen = [reader.read(b"x", "txt").text for _time in range(4)]
    reader.close()
    assert (seen[0], seen[2]) == (seen[1], seen[3])
    assert seen[1] != seen[2]


def test_close_cuts_short_what_is_read(tmp_path: Path, scratch: Path) -> None:
    reached = tmp_path / "reached"
    os.mkfifo(reached)
    slow = misbehaving(tmp_path, f"open({str(reached)!r}, 'w').close(); time.sleep(60)")
    reader = KeptReader(Bounds(seconds=60), command=slow._command)
    failures: list[Failure] = []

    def read() -> None:
        with pytest.raises(Failure) as caught:
            reader.read(b"x", "txt")
        failures.append(caught.value)

    thread = threading.Thread(target=read)
    thread.start()
    reached.read_bytes()
    reader.close()
    thread.join()
    assert [one.problem for one in failures] == [Problem.CRASHED]


def test_it_reaches_no_network(tmp_path: Path, scratch: Path) -> None:
    code = """import socket
    try:
        socket.create_connection(("127.0.0.1", 9), timeout=1)
    except OSError as problem:
        open('text', 'w').write(problem.strerror or '')
    print('{"way": "txt", "problem": "", "scans": []}', flush=True)"""
    reader = misbehaving(tmp_path, code)
    said = reader.read(b"x", "txt").text
    reader.close()
    if said == "Connection refused":
        pytest.skip("this system gives no network of one's own")
    assert said == "Network is unreachable"


def test_an_archive_of_thousands_of_parts_is_refused(reader: KeptReader) -> None:
    data = packed({f"word/{number}.xml": "<a/>" for number in range(6_000)})
    with pytest.raises(Failure) as caught:
        reader.read(data, "docx")
    assert (caught.value.problem, str(caught.value)) == (Problem.TOO_LARGE, "archive_bomb")
