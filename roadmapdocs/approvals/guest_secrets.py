"""What a guest holds: the secret of a link, the code that opens it, and the proof that the code was typed.

All are signed with the installation's key; none is stored, of the first two a hash is.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets
from typing import Final

from itsdangerous import BadSignature, Signer

from roadmapdocs.installation import Kept

CODE_DIGITS: Final = 6
#: Longer words are no link of ours, and are not worth a look.
LONGEST_SECRET: Final = 200

_key = Kept("guest_key", lambda: secrets.token_hex(32))


def use_key(key: str) -> None:
    """Sign with the installation's key from now on; until then links live no longer than the process."""
    _key.set(key)


def new_secret() -> str:
    """256 random bits and their signature, in letters that an address may hold."""
    return _signer("link").sign(secrets.token_urlsafe(32)).decode()


def hash_of(secret: str) -> str | None:
    """By what a link is found; None if the secret was not made here, or was changed on the way."""
    if len(secret) > LONGEST_SECRET or not secret.isascii():
        return None
    try:
        _signer("link").unsign(secret)
    except BadSignature:
        return None
    # Of the whole, signature included: base64 has spare bits, and two spellings of one signature pass for it.
    return hashlib.sha256(secret.encode()).hexdigest()


def new_code() -> str:
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"


def code_hash(link_hash: str, code: str) -> str:
    """Keyed, because a million codes are tried out in a moment by whoever has the table."""
    return hmac.new(_key.get().encode(), f"code:{link_hash}:{code}".encode(), hashlib.sha256).hexdigest()


def same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def proof_of(link_hash: str, until: dt.datetime) -> str:
    """That the code of this link was typed: for a browser to keep."""
    return _signer("proof").sign(f"{link_hash}.{int(until.timestamp())}").decode()


def is_proved(proof: str, link_hash: str, now: dt.datetime) -> bool:
    try:
        held, _dot, until = _signer("proof").unsign(proof).decode().rpartition(".")
    except (BadSignature, UnicodeError):
        return False
    return same(held, link_hash) and now.timestamp() < int(until)


def _signer(purpose: str) -> Signer:
    return Signer(_key.get(), salt=f"roadmapdocs.guest.{purpose}", key_derivation="hmac", digest_method=hashlib.sha256)
