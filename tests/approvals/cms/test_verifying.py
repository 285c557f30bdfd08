"""What a signature file says of a file: right ones, and each kind of wrong ones."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from asn1crypto import algos, cms, parser
from cryptography.hazmat.primitives.asymmetric import ec

from roadmapdocs.approvals.cms import Verdict, Verification, algorithms, marks, verify
from roadmapdocs.approvals.cms.encoding import contents_of, members
from tests.approvals.cms import made
from tests.approvals.cms.made import NOON, Message

CONTENT = "Приказ № 12 «О режиме работы»".encode()
DAY = dt.timedelta(days=1)


def asked(signature: bytes, content: bytes = CONTENT, at: dt.datetime = NOON) -> Verification:
    return verify(content, signature, at=at, anchors=[made.authority().certificate])


def refused(answer: Verification, words: str) -> None:
    """Not accepted, and for one reason only, which says ``words``."""
    assert answer.verdict is Verdict.INVALID
    (problem,) = answer.all_problems
    assert words in problem


@pytest.mark.parametrize("attributes", [True, False])
@pytest.mark.parametrize(
    ("key", "words"),
    [
        (made.rsa_key, "RSA, SHA-256"),
        (made.pss_key, "RSA-PSS, SHA-256"),
        (made.ec_key, "ECDSA, SHA-256"),
        (lambda: made.ec_key(ec.SECP384R1(), 384), "ECDSA, SHA-384"),
        (lambda: made.ec_key(ec.SECP521R1(), 512), "ECDSA, SHA-512"),
        (
            lambda: made.gost_key("1.2.643.2.2.36.0", "id-tc26-gost-3410-2012-256-paramSetB"),
            "ГОСТ Р 34.10-2012 (256), ГОСТ Р 34.11-2012 (256)",
        ),
        (
            lambda: made.gost_key("1.2.643.7.1.2.1.2.1", "id-tc26-gost-3410-12-512-paramSetA"),
            "ГОСТ Р 34.10-2012 (512), ГОСТ Р 34.11-2012 (512)",
        ),
    ],
)
def test_a_right_signature_is_verified_and_of_another_file_is_not(
    key: Callable[[], made.Key], words: str, attributes: bool
) -> None:
    signature = Message(attributes=attributes).made(CONTENT, made.person(key=key()))
    answer = asked(signature)
    assert answer.verdict is Verdict.VALID
    (signer,) = answer.signers
    assert (signer.algorithm, signer.intact, signer.valid_then, signer.trusted) == (words, True, True, True)
    refused(asked(signature, CONTENT + b" "), "another file")
    assert not asked(signature, CONTENT + b" ").signers[0].intact


def test_a_chain_and_a_file_signed_by_gost_throughout_are_verified() -> None:
    name = "id-tc26-gost-3410-2012-256-paramSetA"
    root = made.issued(
        {"common_name": "Головной УЦ"}, ca=True, key=made.gost_key("1.2.643.7.1.2.1.1.1", name, 7777)
    )
    signer = made.person(by=root, key=made.gost_key("1.2.643.7.1.2.1.1.1", name))
    signature = Message().made(CONTENT, signer)
    assert verify(CONTENT, signature, at=NOON, anchors=[root.certificate]).verdict is Verdict.VALID


def test_whom_when_and_by_whose_certificate_is_told() -> None:
    (signer,) = asked(made.signed(CONTENT, "Ким Олег Петрович")).signers
    assert signer.certificate is not None
    owner = signer.certificate.owner
    assert (owner.full_name, owner.post, owner.organisation) == (
        "Ким Олег Петрович",
        "Директор",
        "МБОУ «Школа-образец»",
    )
    assert (owner.inn, owner.snils) == ("500100732259", "11223344595")
    assert signer.certificate.issuer == "Удостоверяющий центр «Образец»"
    assert signer.certificate.serial.startswith("00A1B2C3D4E5F6")
    assert (signer.certificate.valid_from, signer.certificate.valid_to) == (
        NOON - made.YEAR,
        NOON + made.YEAR,
    )
    assert signer.signed_at == NOON
    assert signer.stamped_at is None


@pytest.mark.parametrize(
    "packed",
    [
        lambda der: der,
        base64.b64encode,
        lambda der: base64.encodebytes(der).replace(b"\n", b"\r\n"),
        lambda der: b"\xef\xbb\xbf" + base64.b64encode(der) + b"\n",
        lambda der: base64.b64encode(der).decode().encode("utf-16"),
        lambda der: b"-----BEGIN PKCS7-----\n" + base64.encodebytes(der) + b"-----END PKCS7-----\n",
        lambda der: b"-----BEGIN CMS-----\r\n" + base64.encodebytes(der) + b"-----END CMS-----",
    ],
)
def test_a_signature_is_read_however_it_is_packed(packed: Callable[[bytes], bytes]) -> None:
    assert asked(packed(made.signed(CONTENT))).verdict is Verdict.VALID


def test_lengths_left_open_as_ber_allows_are_read() -> None:
    outer = cms.ContentInfo.load(made.signed(CONTENT))
    inner = outer["content"].untag().contents
    opened = b"\x30\x80" + outer["content_type"].dump() + b"\xa0\x80\x30\x80" + inner + b"\x00" * 6
    assert asked(opened).verdict is Verdict.VALID


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (b"", "empty"),
        (b" \r\n", "empty"),
        (b"0" * (1024 * 1024 + 1), "larger than 1 MB"),
        (b"%PDF-1.7", "not an electronic signature"),
        ("Просто текст".encode(), "not an electronic signature"),
        (b"QUJD", "not an electronic signature"),
        (b"0", "damaged"),
        (b"\x30\x03\x02\x01\x05", "damaged"),
        (b"\x30\x80" * 5000, "damaged"),
        (made.signed(CONTENT)[:-1], "damaged"),
        (made.signed(CONTENT)[:300], "damaged"),
        (made.signed(CONTENT) + b"\x00", "damaged"),
        (made.authority().certificate, "damaged"),
        (b"-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n", "a certificate or a key"),
        (cms.ContentInfo({"content_type": "data", "content": b"text"}).dump(), "another kind"),
        (Message().made(CONTENT), "no signature"),
        (Message().made(CONTENT, *([made.person()] * 21)), "more than 20"),
        (
            Message(certificates=(made.authority().certificate,) * 51).made(CONTENT, made.person()),
            "more than 20",
        ),
    ],
)
def test_what_is_no_signature_file_is_told_so(given: bytes, words: str) -> None:
    answer = asked(given)
    refused(answer, words)
    assert answer.signers == ()


def test_the_file_inside_is_accepted_if_it_is_the_very_file() -> None:
    answer = asked(replace(Message(), inside=CONTENT).made(CONTENT, made.person()))
    assert (answer.verdict, answer.attached) == (Verdict.VALID, True)


def test_another_file_inside_is_not_accepted_though_the_signature_is_right() -> None:
    other = b"another order"
    answer = asked(Message(inside=other).made(other, made.person()))
    assert answer.verdict is Verdict.INVALID
    assert "lies inside" in answer.problems[0]


def test_an_empty_file_can_be_signed() -> None:
    assert asked(made.signed(b""), b"").verdict is Verdict.VALID


def test_several_signers_are_judged_one_by_one_and_the_worst_decides() -> None:
    late = made.person("Осипов Пётр", before=2 * made.YEAR, after=-DAY)
    answer = asked(Message(at=None).made(CONTENT, made.person(), late))
    by_owner = {one.certificate.owner.surname: one.verdict for one in answer.signers if one.certificate}
    assert by_owner == {"Орлова": Verdict.VALID, "Осипов": Verdict.INVALID}
    refused(answer, "expired on 09.03.2026")


def test_all_signers_being_right_the_file_is() -> None:
    answer = asked(Message().made(CONTENT, made.person(), made.person("Осипов Пётр", key=made.rsa_key())))
    assert (answer.verdict, len(answer.signers)) == (Verdict.VALID, 2)


def test_a_file_signed_by_many_is_hashed_once_for_each_algorithm(monkeypatch: pytest.MonkeyPatch) -> None:
    hashed = []
    real = algorithms.digest_of
    monkeypatch.setattr(algorithms, "digest_of", lambda name, data: hashed.append(name) or real(name, data))
    answer = asked(Message().made(CONTENT, *(made.person() for _ in range(20))))
    assert (answer.verdict, len(answer.signers)) == (Verdict.VALID, 20)
    assert hashed == [algorithms.SHA_256]


def test_a_signer_may_be_named_by_his_key() -> None:
    assert asked(Message(by_key_id=True).made(CONTENT, made.person())).verdict is Verdict.VALID


def test_without_the_certificate_nothing_can_be_checked() -> None:
    answer = asked(Message(certificates=()).made(CONTENT, made.person()))
    refused(answer, "certificate is not in the signature file")
    assert answer.signers[0].certificate is None


def test_the_certificate_of_another_person_does_not_do() -> None:
    one, other = made.person(), made.person("Осипов Пётр")
    forged = made.Issued(other.key, one.certificate, one.parsed)
    refused(asked(Message().made(CONTENT, forged)), "does not match its certificate")


def test_a_certificate_put_in_place_of_the_signed_one_is_noticed() -> None:
    refused(asked(made.signed(CONTENT, certificate_digest=b"x" * 32)), "does not match its certificate")


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [(made.YEAR, -DAY, "expired on 09.03.2026"), (-DAY, made.YEAR, "valid only from 11.03.2026")],
)
def test_a_certificate_out_of_its_term_is_not_accepted(
    before: dt.timedelta, after: dt.timedelta, words: str
) -> None:
    answer = asked(Message().made(CONTENT, made.person(before=before, after=after)))
    refused(answer, words)
    assert answer.signers[0].intact
    assert not answer.signers[0].valid_then


def test_a_moment_long_ago_named_by_the_signer_does_not_revive_an_expired_certificate() -> None:
    signature = made.signed(CONTENT)
    assert asked(signature, at=NOON + made.YEAR - DAY).verdict is Verdict.VALID
    refused(asked(signature, at=NOON + made.YEAR + DAY), "expired on 10.03.2027")


def test_a_moment_before_the_certificate_was_issued_is_not_accepted() -> None:
    signature = Message(at=NOON - 2 * DAY).made(CONTENT, made.person(before=DAY))
    refused(asked(signature), "valid only from 09.03.2026")


def test_a_moment_to_come_is_told_of() -> None:
    answer = asked(Message(at=NOON + DAY).made(CONTENT, made.person()))
    assert answer.verdict is Verdict.VALID
    assert "not come yet: 11.03.2026 12:00" in answer.signers[0].notes[0]


def test_days_are_told_in_the_zone_of_the_check() -> None:
    signature = Message().made(CONTENT, made.person(after=dt.timedelta(hours=-14)))
    refused(
        asked(signature, at=NOON.astimezone(dt.timezone(dt.timedelta(hours=10)))), "expired on 10.03.2026"
    )
    refused(asked(signature), "expired on 09.03.2026")


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (Message(digest="md5"), "MD5"),
        (Message(digest="sha1"), "SHA-1"),
        (Message(algorithm={"algorithm": "sha1_ecdsa"}), "SHA-1"),
        (Message(algorithm={"algorithm": "md5_rsa"}), "MD5"),
    ],
)
def test_a_digest_that_is_forged_nowadays_is_not_accepted(message: Message, words: str) -> None:
    refused(asked(message.made(CONTENT, made.person())), words)


def test_a_short_key_is_not_accepted() -> None:
    refused(asked(Message().made(CONTENT, made.person(key=made.rsa_key(1024)))), "1024 bits")


@pytest.mark.parametrize(
    ("identifier", "words"),
    [("1.2.643.2.2.3", "34.10-2001"), ("1.2.840.10040.4.3", "1.2.840.10040.4.3"), ("ed25519", "1.3.101.112")],
)
def test_an_algorithm_that_is_not_checked_is_named_and_the_certificate_is_shown(
    identifier: str, words: str
) -> None:
    answer = asked(Message(algorithm={"algorithm": identifier}).made(CONTENT, made.person()))
    assert answer.verdict is Verdict.UNSUPPORTED
    assert words in answer.all_problems[0]
    assert "neither confirmed nor disproved" in answer.sentence
    (signer,) = answer.signers
    assert signer.certificate is not None
    assert (signer.certificate.owner.surname, signer.intact) == ("Орлова", False)


@pytest.mark.parametrize(
    "parameters",
    [
        None,
        {"hash_algorithm": {"algorithm": "sha256"}, "salt_length": -1},
        {"hash_algorithm": {"algorithm": "sha256"}, "salt_length": 10**9},
        {"hash_algorithm": {"algorithm": "sha256"}, "mask_gen_algorithm": {"algorithm": "1.2.3"}},
    ],
)
def test_strange_parameters_of_a_padding_are_not_checked(parameters: object) -> None:
    given = algos.RSASSAPSSParams(parameters) if isinstance(parameters, dict) else parameters
    algorithm = {"algorithm": "rsassa_pss", "parameters": given}
    answer = asked(Message(algorithm=algorithm).made(CONTENT, made.person(key=made.pss_key())))
    assert answer.verdict is Verdict.UNSUPPORTED


def test_a_key_of_another_kind_than_the_signature_does_not_do() -> None:
    refused(
        asked(Message(algorithm={"algorithm": "sha256_rsa"}).made(CONTENT, made.person())), "does not match"
    )


def test_signed_attributes_cannot_be_passed_off_as_a_file() -> None:
    signer = made.person()
    whole = cms.ContentInfo.load(Message().made(CONTENT, signer))
    info = whole["content"]["signer_infos"][0]
    attributes = info["signed_attrs"].untag().dump()
    stripped = {
        field: info[field]
        for field in ("version", "sid", "digest_algorithm", "signature_algorithm", "signature")
    }
    whole["content"]["signer_infos"] = [cms.SignerInfo(stripped)]
    refused(asked(whole.dump(force=True), attributes), "does not match its certificate")


def rearranged(attributes: Callable[[list[bytes]], list[bytes]]) -> bytes:
    """A right signature file whose signed attributes stand otherwise than they were signed."""
    whole = cms.ContentInfo.load(made.signed(CONTENT))
    given = whole["content"]["signer_infos"].dump()
    parts = members(contents_of(contents_of(given)))
    parts[3] = parser.emit(2, 1, 0, b"".join(attributes(members(contents_of(parts[3])))))
    changed = cms.SignerInfos.load(parser.emit(0, 1, 17, parser.emit(0, 1, 16, b"".join(parts))))
    whole["content"]["signer_infos"] = changed
    return whole.dump(force=False)


def test_signed_attributes_sent_in_another_order_are_put_in_the_order_that_was_signed() -> None:
    assert asked(rearranged(lambda found: found[::-1])).verdict is Verdict.VALID


def test_a_signed_attribute_left_out_is_noticed() -> None:
    assert asked(rearranged(lambda found: found[:-1])).verdict is Verdict.INVALID


def test_a_signed_attribute_given_twice_is_no_signature_file() -> None:
    refused(asked(rearranged(lambda found: [*found, found[0]])), "damaged")


def test_a_time_stamp_is_read_and_said_to_be_unchecked() -> None:
    (signer,) = asked(made.signed(CONTENT, stamp=NOON + DAY)).signers
    assert (signer.verdict, signer.stamped_at) == (Verdict.VALID, NOON + DAY)
    assert "11.03.2026 12:00" in signer.notes[0]
    assert "not checked" in signer.notes[0]


def test_a_time_stamp_of_another_signature_is_left_out() -> None:
    (signer,) = asked(made.signed(CONTENT, stamp=NOON, stamp_of=b"another")).signers
    assert (signer.verdict, signer.stamped_at) == (Verdict.VALID, None)
    assert "not of this signature" in signer.notes[0]


END = dt.datetime(9999, 12, 31, 23, 59, 59, tzinfo=dt.UTC)


@pytest.mark.parametrize("hours", [-12, 13])
def test_a_moment_at_the_end_of_time_is_told(hours: int) -> None:
    at = NOON.astimezone(dt.timezone(dt.timedelta(hours=hours)))
    (signer,) = asked(Message(at=END, stamp=END).made(CONTENT, made.person()), at=at).signers
    assert (signer.verdict, signer.signed_at, signer.stamped_at) == (Verdict.VALID, END, END)


@pytest.mark.parametrize("hours", [-12, 13])
def test_a_certificate_for_ever_is_marked_so(hours: int) -> None:
    answer = asked(Message().made(CONTENT, made.person(after=END - NOON)))
    (mark,) = marks(answer, zone=dt.timezone(dt.timedelta(hours=hours)))
    assert mark.valid_to == dt.date(9999, 12, 31)
