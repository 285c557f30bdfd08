"""What becomes of an index of Whoosh when its folder is not as it was left."""

from __future__ import annotations

import contextlib
import os
import re
import resource
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from roadmapdocs.search.engines import whoosh_folder
from roadmapdocs.search.engines.whoosh import WhooshEngine
from roadmapdocs.search.engines.whoosh_folder import Folder
from roadmapdocs.search.engines.whoosh_merging import MERGED, SMALL, SMALL_SEGMENTS, to_merge
from roadmapdocs.search.ports import Every, IndexBrokenError, IndexBusyError, Plan
from tests.search.engines.entries import READER, entry, keys
from tests.search.engines.matching import found, word


@pytest.fixture
def engine(tmp_path: Path) -> WhooshEngine:
    engine = WhooshEngine(tmp_path / "search_index", "one", wait_s=0)
    engine.create()
    engine.write([entry(number, "план", tags="kind:order") for number in range(1, 6)])
    return engine


@pytest.fixture
def folder(engine: WhooshEngine, tmp_path: Path) -> Path:
    return tmp_path / "search_index" / "one"


def _spoil(folder: Path, pattern: str, change: Callable[[bytes], bytes]) -> None:
    files = list(folder.glob(pattern))
    assert files
    for file in files:
        file.write_bytes(change(file.read_bytes()))


SPOILED: dict[str, Callable[[Path], object]] = {
    "deleted": shutil.rmtree,
    "emptied": lambda folder: [file.unlink() for file in folder.iterdir()],
    "a file in its place": lambda folder: (shutil.rmtree(folder), folder.write_text("")),
    "no table": lambda folder: [file.unlink() for file in folder.glob("*.toc")],
    "no segment": lambda folder: [file.unlink() for file in folder.glob("*.seg")],
    "an empty table": lambda folder: _spoil(folder, "*.toc", lambda _: b""),
    "a table of something else": lambda folder: _spoil(folder, "*.toc", lambda _: b"SQLite format 3\0" * 99),
    "half a table": lambda folder: _spoil(folder, "*.toc", lambda was: was[: len(was) // 2]),
    "half a segment": lambda folder: _spoil(folder, "*.seg", lambda was: was[: len(was) // 2]),
    "a segment of noughts": lambda folder: _spoil(folder, "*.seg", lambda was: bytes(len(was))),
    "of an older version": lambda folder: (folder / "layout").write_text("roadmapdocs search 0\n"),
    "others may write": lambda folder: folder.chmod(0o777),
}


@pytest.mark.parametrize("spoil", SPOILED.values(), ids=SPOILED.keys())
def test_a_spoiled_folder_is_named_and_made_anew(
    engine: WhooshEngine, folder: Path, spoil: Callable[[Path], object]
) -> None:
    spoil(folder)
    opened = WhooshEngine(folder.parent, "one")
    for use in (
        lambda: opened.search(Plan(word("план"), READER)),
        lambda: list(opened.digests()),
        lambda: opened.write([entry(9, "план")]),
    ):
        with pytest.raises(IndexBrokenError, match=re.escape(str(folder))):
            use()
    if folder.is_dir():
        opened.create()
        assert opened.count() == 0
        opened.write([entry(9, "план")])
        assert found(opened, Every()) == keys(9)


def test_an_index_that_is_gone_is_noticed_while_it_is_open(engine: WhooshEngine, folder: Path) -> None:
    assert found(engine, word("план")) == keys(1, 2, 3, 4, 5)
    shutil.rmtree(folder)
    with pytest.raises(IndexBrokenError, match=re.escape(str(folder))):
        engine.search(Plan(word("план"), READER))


def test_an_index_made_anew_by_another_process_is_noticed(engine: WhooshEngine, folder: Path) -> None:
    assert found(engine, word("план")) == keys(1, 2, 3, 4, 5)
    other = WhooshEngine(folder.parent, "one")
    other.create()
    other.write([entry(7, "план")])
    assert found(engine, word("план")) == keys(7)


def test_the_pickles_of_another_user_are_not_read(
    engine: WhooshEngine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whoosh_folder.os, "geteuid", lambda: os.getuid() + 1)
    with pytest.raises(IndexBrokenError, match="another user"):
        WhooshEngine(folder.parent, "one").count()


def test_the_folder_is_private_whatever_the_mask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        WhooshEngine(tmp_path, "one").create()
    finally:
        os.umask(before)
    assert (tmp_path / "one").stat().st_mode & 0o777 == 0o700


def test_a_writer_waits_no_longer_than_it_was_told(engine: WhooshEngine, folder: Path) -> None:
    with Folder(folder).locked(0):
        with pytest.raises(IndexBusyError):
            engine.write([entry(9, "план")])
        assert found(engine, word("план")) == keys(1, 2, 3, 4, 5)
    engine.write([entry(9, "план")])
    assert engine.count() == 6


@contextlib.contextmanager
def _no_file_longer_than(size: int) -> Iterator[None]:
    """As on a disk that is full after so many bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("size", [0, 100, 600, 2_000, 5_000])
def test_a_full_disk_leaves_the_index_as_it_was(engine: WhooshEngine, folder: Path, size: int) -> None:
    many = [entry(number, " ".join(f"слово{number}.{n}" for n in range(40))) for number in range(1, 30)]
    with _no_file_longer_than(size), pytest.raises(IndexBrokenError, match=re.escape(str(folder))):
        engine.write(many, gone=["document:1"])
    for reader in (engine, WhooshEngine(folder.parent, "one")):
        assert found(reader, word("план")) == keys(1, 2, 3, 4, 5)
    engine.write(many)
    assert engine.count() == 29
    left = {re.sub(r"_[0-9a-z]{16}|_[0-9]+", "", file.name) for file in folder.iterdir()}
    assert left == {"MAIN.seg", "_MAIN.toc", "layout", "lock"}


def test_segments_are_merged_so_that_few_are_left(engine: WhooshEngine, folder: Path) -> None:
    for number in range(1, 61):
        engine.write([entry(number, f"план слово{number}")])
    assert len(list(folder.glob("*.seg"))) <= SMALL_SEGMENTS + 1
    assert found(engine, word("план")) == keys(*range(1, 61))


@pytest.mark.parametrize(
    ("sizes", "merged"),
    [
        ([], []),
        ([1] * SMALL_SEGMENTS, []),
        ([1] * (SMALL_SEGMENTS + 1), list(range(SMALL_SEGMENTS + 1))),
        ([SMALL + 1] * 100, []),
        ([0] * 100, []),
        ([9_000, *[1] * SMALL_SEGMENTS, 2], list(range(1, SMALL_SEGMENTS + 2))),
        ([SMALL] * (SMALL_SEGMENTS + 1), list(range(MERGED // SMALL))),
    ],
)
def test_what_is_merged_is_small_and_bounded(sizes: list[int], merged: list[int]) -> None:
    assert to_merge(sizes) == merged
