"""Streebog against the examples of its standard, against gostcrypto and against the system's library."""

from __future__ import annotations

import pytest
from gostcrypto import gosthash
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.approvals.cms import algorithms
from roadmapdocs.approvals.cms.algorithms import STREEBOG_256, STREEBOG_512, Unsupported, digest_of
from roadmapdocs.approvals.cms.streebog import streebog
from roadmapdocs.approvals.cms.system_streebog import system_streebog

FIRST = b"012345678901234567890123456789012345678901234567890123456789012"
SECOND = "Се ветри, Стрибожи внуци, веютъ с моря стрелами на храбрыя плъкы Игоревы".encode("cp1251")


@pytest.mark.parametrize(
    ("message", "size", "digest"),
    [
        (FIRST, 32, "9d151eefd8590b89daa6ba6cb74af9275dd051026bb149a452fd84e5e57b5500"),
        (
            FIRST,
            64,
            "1b54d01a4af5b9d5cc3d86d68d285462b19abc2475222f35c085122be4ba1ffa"
            "00ad30f8767b3a82384c6574f024c311e2a481332b08ef7f41797891c1646f48",
        ),
        (SECOND, 32, "9dd2fe4e90409e5da87f53976d7405b0c0cac628fc669a741d50063c557e8f50"),
        (
            SECOND,
            64,
            "1e88e62226bfca6f9994f1f2d51569e0daf8475a3b0fe61a5300eee46d961376"
            "035fe83549ada2b8620fcd7c496ce5b33f0cb9dddc2b6460143b03dabac9fb28",
        ),
    ],
)
def test_examples_of_rfc_6986_come_out(message: bytes, size: int, digest: str) -> None:
    assert streebog(message, size).hex() == digest


@given(st.binary(max_size=300), st.sampled_from([32, 64]))
def test_any_data_are_hashed_as_another_implementation_does(data: bytes, size: int) -> None:
    assert streebog(data, size) == bytes(gosthash.new(f"streebog{8 * size}", data=data).digest())


@pytest.mark.parametrize("byte", [b"\x00", b"\xff"])
@pytest.mark.parametrize("blocks", [1, 2, 5])
def test_whole_blocks_carry_over_in_the_sum(byte: bytes, blocks: int) -> None:
    data = byte * (64 * blocks)
    assert streebog(data, 64) == bytes(gosthash.new("streebog512", data=data).digest())


@pytest.mark.parametrize("size", [32, 64])
def test_the_systems_library_gives_the_same(size: int) -> None:
    data = bytes(range(256)) * 5
    quickly = system_streebog(data, size)
    if quickly is None:
        pytest.skip("this system has no libgcrypt")
    assert quickly == streebog(data, size)


@pytest.mark.parametrize(("identifier", "size"), [(STREEBOG_256, 32), (STREEBOG_512, 64)])
def test_without_the_systems_library_small_files_are_hashed_and_large_ones_are_not(
    identifier: str, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(algorithms, "system_streebog", lambda data, size: None)
    monkeypatch.setattr(algorithms, "SLOW_STREEBOG", 100)
    assert digest_of(identifier, b"a" * 100) == streebog(b"a" * 100, size)
    with pytest.raises(Unsupported, match="libgcrypt"):
        digest_of(identifier, b"a" * 101)
