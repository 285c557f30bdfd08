"""What a guest's browser keeps between pages: secrets of links and proofs, in the signed cookie of the session.

So the secret stands in one address only, that of the letter, and in none of the pages it leads to.
"""

from __future__ import annotations

from typing import Final

from flask import session

_NAME: Final = "roadmapdocs_guest"
#: Of several links opened in one browser the last ones are kept.
_MOST: Final = 4


def keep(link_id: int, secret: str, proof: str = "") -> None:
    held = {name: value for name, value in _held().items() if name != str(link_id)}
    latest = [*held.items(), (str(link_id), [secret, proof])][-_MOST:]
    session[_NAME] = dict(latest)


def kept(link_id: int) -> tuple[str, str]:
    """Secret and proof of the link; empty where this browser has not opened it."""
    secret, proof = _held().get(str(link_id), ["", ""])
    return secret, proof


def _held() -> dict[str, list[str]]:
    held: dict[str, list[str]] = session.get(_NAME, {})
    return held
