"""The mark of an electronic signature: under what was proved, and nowhere else."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable

import pytest

from roadmapdocs.approvals.cms import MarkData, Verification, marks, verify
from tests.approvals.cms import made
from tests.approvals.cms.made import NOON, Message

CONTENT = b"order"
ZONE = dt.timezone(dt.timedelta(hours=13))


def asked(*signers: made.Issued, anchored: bool = True) -> Verification:
    anchors = [made.authority().certificate] if anchored else []
    return verify(CONTENT, Message().made(CONTENT, *signers), at=NOON, anchors=anchors)


def test_the_mark_says_what_the_standard_asks_of_it() -> None:
    verification = asked(made.person())
    (mark,) = marks(verification, zone=ZONE)
    certificate = verification.signers[0].certificate
    assert certificate is not None
    assert mark == MarkData(
        phrase="Документ подписан электронной подписью",
        certificate=certificate.serial,
        owner="Орлова Мария Сергеевна",
        valid_from=dt.date(2025, 3, 11),
        valid_to=dt.date(2027, 3, 11),
    )


def test_every_signer_has_a_mark() -> None:
    found = marks(asked(made.person(), made.person("Ким Олег Петрович")), zone=ZONE)
    assert sorted(mark.owner for mark in found) == ["Ким Олег Петрович", "Орлова Мария Сергеевна"]


@pytest.mark.parametrize(
    "verified",
    [
        pytest.param(lambda: asked(made.person(), anchored=False), id="no list of the trusted"),
        pytest.param(lambda: asked(made.issued({"common_name": "Орлова Мария"})), id="made by its owner"),
        pytest.param(lambda: asked(made.person(policy=None)), id="not qualified"),
        pytest.param(
            lambda: asked(made.person(), made.person("Ким Олег", policy=None)), id="one not qualified"
        ),
        pytest.param(
            lambda: asked(made.person(), made.person("Ким Олег", after=-dt.timedelta(days=1))),
            id="one expired",
        ),
        pytest.param(
            lambda: verify(b"another", made.signed(CONTENT), at=NOON, anchors=[made.authority().certificate]),
            id="of another file",
        ),
        pytest.param(lambda: verify(CONTENT, b"", at=NOON), id="no signature"),
    ],
)
def test_what_was_not_proved_bears_no_mark(verified: Callable[[], Verification]) -> None:
    assert marks(verified(), zone=ZONE) == ()


def test_a_verification_is_stored_as_plain_values() -> None:
    stored = json.loads(json.dumps(asked(made.person()).as_json()))
    assert stored["verdict"] == "valid"
    assert stored["sentence"].startswith("The signature is right")
    (signer,) = stored["signers"]
    assert (signer["intact"], signer["signed_at"]) == (True, "2026-03-10T12:00:00+00:00")
    assert signer["certificate"]["owner"]["surname"] == "Орлова"
