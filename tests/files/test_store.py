"""What every store of files promises, whatever keeps the bytes."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.errors import NotFound
from roadmapdocs.files.store import FileStore, FolderStore, MemoryStore

HASH_OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.fixture(params=["folder", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> FileStore:
    return FolderStore(tmp_path / "files") if request.param == "folder" else MemoryStore()


def read(store: FileStore, sha256: str) -> bytes:
    with store.open(sha256) as stream:
        return stream.read()


def test_bytes_are_kept_under_their_sha256(store: FileStore) -> None:
    assert store.put(b"abc") == HASH_OF_ABC
    assert read(store, HASH_OF_ABC) == b"abc"


def test_keeping_the_same_bytes_again_changes_nothing(store: FileStore) -> None:
    assert store.put(b"abc") == store.put(b"abc")
    assert read(store, HASH_OF_ABC) == b"abc"


def test_the_empty_file_is_a_file(store: FileStore) -> None:
    assert read(store, store.put(b"")) == b""


def test_a_store_knows_what_it_holds(store: FileStore) -> None:
    assert not store.holds(HASH_OF_ABC)
    store.put(b"abc")
    assert store.holds(HASH_OF_ABC)


def test_a_missing_file_is_named_by_its_hash(store: FileStore) -> None:
    with pytest.raises(NotFound) as refused:
        store.open(HASH_OF_ABC)
    assert refused.value.code == "file_missing"
    assert HASH_OF_ABC in refused.value.message


@pytest.mark.parametrize("name", ["../../../etc/passwd", "", "ABC", HASH_OF_ABC.upper(), HASH_OF_ABC + "/..", "é" * 64])
def test_what_is_no_hash_opens_no_file(store: FileStore, name: str) -> None:
    with pytest.raises(NotFound):
        store.open(name)


@given(st.binary(max_size=2000))
def test_any_bytes_come_back_as_they_were(data: bytes) -> None:
    store = MemoryStore()
    sha256 = store.put(data)
    assert sha256 == hashlib.sha256(data).hexdigest()
    assert read(store, sha256) == data


def test_a_folder_store_leaves_no_temporary_files(tmp_path: Path) -> None:
    FolderStore(tmp_path).put(b"abc")
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [HASH_OF_ABC]


def test_a_write_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("roadmapdocs.files.store.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        FolderStore(tmp_path).put(b"abc")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert not FolderStore(tmp_path).holds(HASH_OF_ABC)
