"""Passwords as argon2id hashes by argon2-cffi; nothing here ever sees the database."""

from __future__ import annotations

from dataclasses import dataclass

from argon2 import PasswordHasher, profiles
from argon2.exceptions import InvalidHashError, VerificationError

from roadmapdocs.installation import Kept


@dataclass(slots=True)
class _Cost:
    """``nobodys`` is the hash that a password is tried against where there is no account; made when it is needed."""

    hasher: PasswordHasher
    nobodys: str = ""


_cost = Kept("password_cost", lambda: _Cost(PasswordHasher()))


def use_cost(cost: str) -> None:
    """"normal" is argon2-cffi's advice (64 MiB, about 0.1–0.3 s); "cheap" is for tests only."""
    _cost.set(_Cost(PasswordHasher.from_parameters(profiles.CHEAPEST) if cost == "cheap" else PasswordHasher()))


def hash_password(password: str) -> str:
    return _cost.get().hasher.hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Whether the password is right. An unknown account costs the same time as a known one."""
    cost = _cost.get()
    if password_hash is not None and not password_hash.startswith("$argon2"):
        password_hash = None  # an account that no password of ours opens
    if password_hash is None and not cost.nobodys:
        cost.nobodys = cost.hasher.hash("no such account")
    try:
        cost.hasher.verify(password_hash or cost.nobodys, password)
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None
