"""Who vouches for a certificate: chains up to a trusted authority, and those that only look like one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from asn1crypto import pem, x509

from roadmapdocs.approvals.cms import Verdict, Verification, chains, verify
from roadmapdocs.errors import Refusal
from tests.approvals.cms import made
from tests.approvals.cms.made import NOON, Issued, Message

CONTENT = b"order"
DAY = dt.timedelta(days=1)
ROOT = made.issued({"common_name": "Головной УЦ"}, ca=True)


def middle(**how: object) -> Issued:
    return made.issued({"common_name": "Подчинённый УЦ"}, **{"by": ROOT, "ca": True, **how})  # type: ignore[arg-type]


def asked(signer: Issued, *along: Issued, anchors: tuple[Issued, ...] = (ROOT,)) -> Verification:
    message = Message(certificates=tuple(one.certificate for one in (signer, *along)))
    return verify(
        CONTENT, message.made(CONTENT, signer), at=NOON, anchors=[one.certificate for one in anchors]
    )


def test_a_chain_over_another_authority_is_climbed() -> None:
    between = middle()
    assert asked(made.person(by=between), between).verdict is Verdict.VALID


def test_an_authority_in_the_middle_may_be_the_trusted_one() -> None:
    between = middle()
    assert asked(made.person(by=between), anchors=(between,)).verdict is Verdict.VALID


def test_the_chain_may_lie_among_the_trusted_certificates() -> None:
    between = middle()
    assert asked(made.person(by=between), anchors=(ROOT, between)).verdict is Verdict.VALID


def test_without_a_list_of_the_trusted_this_is_said() -> None:
    answer = asked(made.person(), anchors=())
    assert answer.verdict is Verdict.VALID_UNTRUSTED
    assert "no list of trusted authorities" in answer.signers[0].notes[0]
    assert "not checked that a trusted authority" in answer.sentence


def impostor() -> tuple[Issued, ...]:
    """An authority of the same name as the trusted one, with a key of its own."""
    false = made.issued({"common_name": "Головной УЦ"}, ca=True)
    return made.person(by=false), false


def forged_between() -> tuple[Issued, ...]:
    """An authority that says it was issued by the trusted one, and was not."""
    between = middle(by=impostor()[1])
    return made.person(by=between), between


def under(**how: object) -> tuple[Issued, ...]:
    between = middle(**how)
    return made.person(by=between), between


def too_deep() -> tuple[Issued, ...]:
    first = middle(path_length=0)
    second = made.issued({"common_name": "Ещё один УЦ"}, by=first, ca=True)
    return made.person(by=second), second, first


def long_chain() -> tuple[Issued, ...]:
    chain = [ROOT]
    for number in range(9):
        chain.append(made.issued({"common_name": f"УЦ {number}"}, by=chain[-1], ca=True))
    return made.person(by=chain[-1]), *chain[1:]


CONDITION = {"extn_id": "1.2.3.4", "critical": True, "extn_value": b"?"}
NAMES = {
    "extn_id": "name_constraints",
    "critical": True,
    "extn_value": {"permitted_subtrees": [{"base": x509.GeneralName("dns_name", "example.org")}]},
}


@pytest.mark.parametrize(
    "chain",
    [
        pytest.param(impostor, id="an authority of the same name"),
        pytest.param(forged_between, id="an authority not issued by the trusted one"),
        pytest.param(lambda: under(ca=False), id="no authority"),
        pytest.param(lambda: under(usage=frozenset({"digital_signature"})), id="may not sign certificates"),
        pytest.param(lambda: under(before=made.YEAR, after=-DAY), id="expired"),
        pytest.param(lambda: under(before=-DAY), id="not yet valid"),
        pytest.param(lambda: under(by=None), id="self-signed beside the chain"),
        pytest.param(lambda: under(key=made.rsa_key(1024)), id="a short key"),
        pytest.param(lambda: under(extra=(CONDITION,)), id="an unknown binding condition"),
        pytest.param(lambda: under(extra=(NAMES,)), id="a limit of names"),
        pytest.param(too_deep, id="more authorities than allowed"),
        pytest.param(long_chain, id="too long"),
    ],
)
def test_what_only_looks_like_a_chain_is_not_trusted(chain: Callable[[], tuple[Issued, ...]]) -> None:
    answer = asked(*chain())
    assert answer.verdict is Verdict.VALID_UNTRUSTED
    assert not answer.signers[0].trusted
    assert "no authority that the office trusts" in answer.signers[0].notes[0]


def test_a_certificate_made_by_its_owner_is_not_accepted() -> None:
    answer = asked(made.issued({"common_name": "Орлова Мария"}))
    assert answer.verdict is Verdict.INVALID
    assert "issued the certificate to himself" in answer.all_problems[0]
    assert answer.signers[0].certificate is not None
    assert answer.signers[0].certificate.self_signed
    assert answer.signers[0].intact


def test_a_certificate_made_by_its_owner_is_accepted_if_the_office_trusts_this_very_one() -> None:
    own = made.issued({"common_name": "Орлова Мария"})
    assert asked(own, anchors=(own,)).verdict is Verdict.VALID


@pytest.mark.parametrize("usage", [{"key_encipherment"}, {"key_cert_sign"}])
def test_a_certificate_for_other_uses_does_not_sign_documents(usage: set[str]) -> None:
    answer = asked(made.person(by=ROOT, usage=frozenset(usage)))
    assert answer.verdict is Verdict.INVALID
    assert "not meant for signing documents" in answer.all_problems[0]


@pytest.mark.parametrize("usage", [{"digital_signature"}, {"non_repudiation"}])
def test_either_use_of_signing_is_enough(usage: set[str]) -> None:
    assert asked(made.person(by=ROOT, usage=frozenset(usage))).verdict is Verdict.VALID


def test_a_binding_condition_of_the_signers_own_certificate_is_told() -> None:
    answer = asked(made.person(by=ROOT, extra=(CONDITION,)))
    assert answer.verdict is Verdict.UNSUPPORTED
    assert "binding condition" in answer.all_problems[0]


def test_trusted_certificates_are_read_from_pem_any_number_in_a_file() -> None:
    both = b"".join(pem.armor("CERTIFICATE", one.certificate) for one in (made.authority(), ROOT))
    signature = Message().made(CONTENT, made.person(by=ROOT))
    assert verify(CONTENT, signature, at=NOON, anchors=[both]).verdict is Verdict.VALID


@pytest.mark.parametrize(
    "given",
    [b"", b"text", b"\x30\x03\x02\x01\x05", b"-----BEGIN CERTIFICATE-----\n?\n-----END CERTIFICATE-----"],
)
def test_a_trusted_certificate_that_cannot_be_read_is_refused_by_its_number(given: bytes) -> None:
    with pytest.raises(Refusal, match="File 2 of the trusted") as refusal:
        verify(CONTENT, made.signed(CONTENT), at=NOON, anchors=[ROOT.certificate, given])
    assert refusal.value.code == "trusted_certificate_unreadable"


def test_authorities_that_vouch_for_each_other_are_not_climbed_without_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    key = made.ec_key()
    names = [{"common_name": f"УЦ {letter}"} for letter in "АБВГ"]
    first = [made.issued(name, ca=True, key=key) for name in names]
    crossed = [made.issued(name, by=by, ca=True, key=key) for name in names for by in first for _ in range(3)]
    checked = []
    holds = chains.signature_holds
    monkeypatch.setattr(chains, "signature_holds", lambda *given: checked.append(1) or holds(*given))
    answer = asked(made.person(by=first[0]), *crossed)
    assert answer.verdict is Verdict.VALID_UNTRUSTED
    assert len(checked) == chains.CHECKS_LIMIT
