"""Calls that are sent again: what they were answered is kept, and given once more instead of doing them twice.

After the draft of the HTTP API working group, "The Idempotency-Key HTTP Header Field".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from roadmapdocs.db import transaction
from roadmapdocs.erp.models import IdempotencyKey
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _

LONGEST_KEY: Final = 255
#: How long an answer is kept: a program that has not heard by then asks what there is before it goes on.
KEPT_FOR: Final = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Answer:
    """``status`` and ``headers`` as HTTP has them, ``body`` as text."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""


def check_key(key: str) -> None:
    """
    :raise Refusal: ``idempotency_key`` if it is empty, longer than 255 signs, or not of visible Latin signs
    """
    if not key or len(key) > LONGEST_KEY or not key.isascii() or not key.isprintable():
        sentence = _("An idempotency key is 1 to %(most)s Latin signs, such as a random UUID.", most=LONGEST_KEY)
        raise Refusal("idempotency_key", sentence)


def answer_to(user_id: int, key: str, fingerprint: str) -> Answer | None:
    """What this person's call with this key was answered; None if it is a new one.

    Within the transaction that does the call and keeps its answer: whoever sends it at the same time waits here.

    :raise Refusal: ``idempotency_mismatch`` if the key belongs to another call
    """
    kept: IdempotencyKey | None = IdempotencyKey.get_or_none(
        (IdempotencyKey.user == user_id) & (IdempotencyKey.key == key)
    )
    if kept is None:
        return None
    if kept.fingerprint != fingerprint:
        sentence = _("This key came with another call before. Take a new key for each new call.")
        raise Refusal("idempotency_mismatch", sentence)
    return Answer(kept.status, kept.headers, kept.body)


def keep_answer(user_id: int, key: str, fingerprint: str, answer: Answer, *, now: dt.datetime) -> None:
    """Keep what a call was answered, and forget what is older than :data:`KEPT_FOR`."""
    with transaction():
        IdempotencyKey.delete().where(IdempotencyKey.made_at < now - KEPT_FOR).execute()
        IdempotencyKey.create(
            user=user_id,
            key=key,
            fingerprint=fingerprint,
            status=answer.status,
            headers=dict(answer.headers),
            body=answer.body,
            made_at=now,
        )
