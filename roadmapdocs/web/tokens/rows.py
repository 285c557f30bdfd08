"""Personal tokens as rows of their page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import pgettext
from roadmapdocs.people.models import ApiToken, User
from roadmapdocs.people.tokens import Scope
from roadmapdocs.web.context import signed_in
from roadmapdocs.web.guests.words import moment
from roadmapdocs.web.tokens.forms import scope_word


@dataclass(frozen=True, slots=True)
class Row:
    """``expires`` and ``used`` are empty where there is no such moment; ``badge`` is {look, label}."""

    id: int
    name: str
    hint: str
    scopes: str
    made: str
    expires: str
    used: str
    live: bool
    badge: dict[str, str]


def me() -> User:
    """Whose page it is."""
    user = signed_in()
    assert user is not None, "the page is open to those who signed in"
    return user


def row_of(token: ApiToken, now: dt.datetime) -> Row:
    return Row(
        id=token.id,
        name=token.name,
        hint=token.hint,
        scopes=", ".join(scope_word(Scope(one)) for one in token.scopes),
        made=moment(token.made_at),
        expires=moment(token.expires_at),
        used=moment(token.last_used_at),
        live=is_live(token, now),
        badge=_badge(token, now),
    )


def is_live(token: ApiToken, now: dt.datetime) -> bool:
    return token.revoked_at is None and (token.expires_at is None or token.expires_at > now)


def _badge(token: ApiToken, now: dt.datetime) -> dict[str, str]:
    if token.revoked_at is not None:
        return {"look": "na", "label": pgettext("token", "revoked")}
    if not is_live(token, now):
        return {"look": "na", "label": pgettext("token", "its time is over")}
    return {"look": "ok", "label": _("serves")}
