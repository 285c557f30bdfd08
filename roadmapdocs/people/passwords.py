"""Passwords as argon2id hashes by argon2-cffi; nothing here ever sees the database."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher, profiles
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher()


def use_cost(cost: str) -> None:
    """"normal" is argon2-cffi's advice (64 MiB, about 0.1–0.3 s); "cheap" is for tests only."""
    global _hasher  # noqa: PLW0603  # one cost for the process, decided at its start
    _hasher = PasswordHasher.from_parameters(profiles.CHEAPEST) if cost == "cheap" else PasswordHasher()
    _dummy_hash.cache_clear()


def hash_password(password: str) -> str:
    return _hasher.hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Whether the password is right. An unknown account costs the same time as a known one."""
    try:
        _hasher.verify(password_hash or _dummy_hash(), password)
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


@cache
def _dummy_hash() -> str:
    return _hasher.hash("no such account")
