"""Whatever bytes come as a signature: an answer, never an exception, and never a yes that nobody gave."""

from __future__ import annotations

import datetime as dt

import pytest
from asn1crypto import cms, parser
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.approvals.cms import Verdict, Verification, packing, reading, verify
from tests.approvals.cms import made
from tests.approvals.cms.made import NOON, Message

CONTENT = b"order of the tenth of March"
RIGHT = made.signed(CONTENT, stamp=NOON)
GOST = Message().made(
    CONTENT, made.person(key=made.gost_key("1.2.643.7.1.2.1.1.2", "id-tc26-gost-3410-2012-256-paramSetB"))
)
SAMPLES = [RIGHT, GOST, Message(attributes=False).made(CONTENT, made.person(key=made.pss_key()))]


def asked(signature: bytes, content: bytes = CONTENT, at: dt.datetime = NOON) -> Verification:
    return verify(content, signature, at=at, anchors=[made.authority().certificate])


@given(st.binary(max_size=400))
def test_random_bytes_are_no_signature(given: bytes) -> None:
    answer = asked(given)
    assert answer.verdict is Verdict.INVALID
    assert answer.problems


@given(st.sampled_from(SAMPLES), st.data())
def test_a_changed_signature_is_refused_or_says_the_same(signature: bytes, data: st.DataObject) -> None:
    """Some bytes of a signature file say nothing (a version, a spare list of algorithms): they may change freely.

    A certificate that nobody trusted vouches for may be changed too, where the signature does not cover it: that is
    why it gets another verdict.
    """
    at = data.draw(st.integers(0, len(signature) - 1))
    byte = data.draw(st.integers(0, 255))
    answer = asked(signature[:at] + bytes([byte]) + signature[at + 1 :])
    if answer.verdict is Verdict.VALID:
        (right,) = asked(signature).signers
        (signer,) = answer.signers
        assert (signer.certificate, signer.signed_at) == (right.certificate, right.signed_at)


@given(st.sampled_from(SAMPLES), st.data())
def test_a_signature_cut_or_filled_up_anywhere_is_refused(signature: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(signature) - 1))
    length = data.draw(st.integers(1, 40))
    inserted = data.draw(st.binary(min_size=1, max_size=20))
    assert asked(signature[:at] + signature[at + length :]).verdict is Verdict.INVALID
    assert asked(signature[:at] + inserted + signature[at:]).verdict is Verdict.INVALID


@given(st.sampled_from(SAMPLES), st.binary(max_size=60))
def test_no_other_file_has_the_signature(signature: bytes, content: bytes) -> None:
    if content != CONTENT:
        assert asked(signature, content).verdict is Verdict.INVALID


def rebuilt(**parts: bytes) -> bytes:
    """A right signature file with some parts of its SignedData replaced by other bytes."""
    whole = cms.ContentInfo.load(RIGHT)
    data = whole["content"]
    names = ("version", "digest_algorithms", "encap_content_info", "certificates", "signer_infos")
    contents = b"".join(parts.get(name, data[name].dump()) for name in names)
    inside = parser.emit(2, 1, 0, parser.emit(0, 1, 16, contents))
    return parser.emit(0, 1, 16, whole["content_type"].dump() + inside)


@given(
    st.sampled_from(["version", "digest_algorithms", "encap_content_info", "certificates", "signer_infos"]),
    st.binary(max_size=80),
    st.integers(0, 30),
    st.booleans(),
)
def test_any_value_in_place_of_a_part_is_answered(
    part: str, contents: bytes, tag: int, constructed: bool
) -> None:
    answer = asked(rebuilt(**{part: parser.emit(0, int(constructed), tag, contents)}))
    assert answer.verdict is Verdict.INVALID or part in {"version", "digest_algorithms"}


def test_a_file_rebuilt_of_its_own_parts_is_right() -> None:
    assert asked(rebuilt()).verdict is Verdict.VALID


def test_a_name_of_many_thousand_parts_is_not_gone_through() -> None:
    certificate = made.person().parsed
    part = certificate["tbs_certificate"]
    long = parser.emit(0, 1, 16, bytes.fromhex("310a300806035504030c0141") * 60_000)
    signed_part = parser.emit(0, 1, 16, parser.parse(part.dump())[4].replace(part["subject"].dump(), long))
    rest = certificate["signature_algorithm"].dump() + certificate["signature_value"].dump()
    given = rebuilt(certificates=parser.emit(2, 1, 0, parser.emit(0, 1, 16, signed_part + rest)))
    assert len(given) < packing.SIGNATURE_LIMIT
    assert "damaged" in asked(given).problems[0]
    with pytest.raises(packing.Unreadable) as unreadable:
        reading.read(given)
    assert "too many parts of a name" in str(unreadable.value.__cause__)
