"""Parts of a signature file are cut out as they came."""

from __future__ import annotations

import pytest

from roadmapdocs.approvals.cms.certificates import parsed
from roadmapdocs.approvals.cms.encoding import MEMBERS_LIMIT, contents_of, members
from tests.approvals.cms import made


def test_members_together_are_the_whole_with_every_byte() -> None:
    contents = contents_of(made.signed(b"order"))
    assert b"".join(members(contents)) == contents
    assert len(members(contents)) == 2
    assert members(b"") == []


def test_members_without_end_are_not_gone_through() -> None:
    assert len(members(b"\x05\x00" * MEMBERS_LIMIT)) == MEMBERS_LIMIT
    with pytest.raises(ValueError, match="more than 100"):
        members(b"\x05\x00" * (MEMBERS_LIMIT + 1))


@pytest.mark.parametrize("length", [*range(1, 60, 7), 120, 127, 128, 200, 255, 256])
def test_the_signed_part_of_a_certificate_is_cut_out_whatever_its_length(length: int) -> None:
    der = made.issued({"common_name": "К" * length}).certificate
    read = parsed(der)
    for part in (read.signed_part, read.subject, read.issuer, read.key_info):
        assert part in der
    assert read.subject == read.issuer
    assert read.key_info in read.signed_part
