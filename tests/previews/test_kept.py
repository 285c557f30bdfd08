"""A program that is kept between files may do anything: none of it reaches the next file."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from roadmapdocs.files.programs import Bounds
from roadmapdocs.previews.kept import KeptOffice, Unstarted
from roadmapdocs.previews.office import Office
from roadmapdocs.previews.ports import Broken, Crashed, Failure
from tests.previews.made import program

#: Speaks as the bridge does, and does what the file tells it.
BRIDGE = """
import json, os, signal, sys, time
print("{}", flush=True)
for line in sys.stdin:
    task = json.loads(line)
    text = open(task["source"]).read()
    if text == "hang":
        time.sleep(60)
    if text == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if text == "babble":
        print("I am no bridge", flush=True)
    if text == "endless":
        print("x" * 100000, flush=True)
    if text == "broken":
        print(json.dumps({"failed": "cannot be loaded"}), flush=True)
        continue
    if text != "nothing":
        open(task["result"], "w").write(f"%PDF-1.6 {text} {os.getpid()} {task['archival']}\\n%%EOF")
    print("{}", flush=True)
"""
SOON = Bounds(seconds=2)


@pytest.fixture
def kept(tmp_path: Path, scratch: Path) -> KeptOffice:
    return KeptOffice(Office(tmp_path, tmp_path), SOON, bridge=program(tmp_path, BRIDGE), files=3)


def convert(kept: KeptOffice, text: str = "order") -> str:
    return kept.convert(text.encode(), "Приказ.docx", archival=False).decode()


def test_one_start_serves_several_files_and_then_a_new_one_is_made(kept: KeptOffice) -> None:
    made = [convert(kept) for _file in range(7)]
    assert [made.count(one) for one in dict.fromkeys(made)] == [3, 3, 1]
    kept.close()


@pytest.mark.parametrize(
    ("text", "reason"),
    [("hang", "too_long"), ("die", "crashed"), ("babble", "crashed"), ("endless", "crashed"), ("broken", "broken"), ("nothing", "broken")],
)
def test_whatever_one_file_does_the_next_meets_a_new_start(kept: KeptOffice, text: str, reason: str) -> None:
    before = convert(kept)
    with pytest.raises(Failure) as caught:
        convert(kept, text)
    assert caught.value.reason == reason
    assert convert(kept).split()[:2] == ["%PDF-1.6", "order"]
    assert convert(kept) != before
    kept.close()


def test_a_program_killed_between_files_is_started_again(kept: KeptOffice) -> None:
    process_id = int(convert(kept).split()[2])
    os.kill(process_id, 9)
    os.waitid(os.P_PID, process_id, os.WEXITED | os.WNOWAIT)
    assert int(convert(kept).split()[2]) != process_id
    kept.close()


def test_the_end_of_the_service_cuts_a_conversion_short(tmp_path: Path, scratch: Path) -> None:
    kept = KeptOffice(Office(tmp_path, tmp_path), Bounds(seconds=30), bridge=program(tmp_path, BRIDGE))
    convert(kept)
    caught: list[Exception] = []

    def hang() -> None:
        try:
            convert(kept, "hang")
        except Crashed as problem:
            caught.append(problem)

    thread = threading.Thread(target=hang)
    thread.start()
    while not list(scratch.glob("*/source.docx")):
        thread.join(0.01)
    kept.close()
    thread.join(20)
    assert len(caught) == 1


@pytest.mark.parametrize("code", ["raise SystemExit(1)", "print('hello', flush=True)"])
def test_a_program_that_does_not_start_is_told_apart_from_a_file_that_is_broken(tmp_path: Path, scratch: Path, code: str) -> None:
    kept = KeptOffice(Office(tmp_path, tmp_path), SOON, bridge=program(tmp_path, code))
    with pytest.raises(Unstarted):
        convert(kept)


def test_without_its_library_it_is_not_started(tmp_path: Path, scratch: Path) -> None:
    with pytest.raises(Unstarted):
        KeptOffice(Office(tmp_path, None)).try_start()
    with pytest.raises(Unstarted):
        KeptOffice(Office(tmp_path, tmp_path)).try_start()


def test_a_name_can_say_nothing_but_an_ending(kept: KeptOffice) -> None:
    for name in ("../../x.docx", "a b;rm -rf.x/y", "", "x." + "д" * 300, "-env:x"):
        assert kept.convert(b"order", name, archival=True).startswith(b"%PDF-")
    with pytest.raises(Broken):
        kept.convert(b"broken", "x.docx", archival=False)
