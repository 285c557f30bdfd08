"""To the OpenID provider of the office and back, and out of it again."""

from __future__ import annotations

import datetime as dt
import hmac
from typing import Any, Final

from flask import Blueprint, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.installation import Kept
from roadmapdocs.people.outside import account_of
from roadmapdocs.people.outside_oidc import Begun, Provider
from roadmapdocs.web import pages
from roadmapdocs.web.context import now, outer_address, remember, settings, today
from roadmapdocs.web.office_sign_in.targets import safe_target
from roadmapdocs.web.security import limiter, sign_in_limit

blueprint = Blueprint("roadmapdocs_office_sign_in", __name__)
#: What has to fit when the browser comes back; forgotten with the first that does.
_BEGUN: Final = "roadmapdocs_oidc"
#: That the provider let this browser in, so that its owner is told to leave there, too.
_CAME_BY: Final = "roadmapdocs_by_oidc"
_IN_TIME: Final = dt.timedelta(minutes=10)

_provider: Kept[dict[str, Provider]] = Kept("OpenID provider", dict)


def provider() -> Provider:
    """
    :raise NotFound: ``no_provider`` where none is set
    """
    issuer = settings().oidc_issuer
    if not issuer:
        raise NotFound("no_provider", _("The office has no sign-in of its own. Sign in with a password of the registry."))
    known = _provider.get()
    if issuer not in known or known[issuer].settings != settings():
        known[issuer] = Provider(settings())
    return known[issuer]


@blueprint.get("/sign-in/office")
@limiter.limit(sign_in_limit)
def begin() -> ResponseReturnValue:
    office, target = provider(), safe_target(request.args.get("next"))
    try:
        begun = office.begin(_back(), now=now())
    except Refusal as refusal:
        return _to_sign_in(refusal, target)
    session[_BEGUN] = [begun.state, begun.nonce, begun.verifier, target, now().timestamp()]
    return redirect(begun.address)


@blueprint.get("/sign-in/office/back")
@limiter.limit(sign_in_limit)
def back() -> ResponseReturnValue:
    office = provider()
    begun, target = _begun()
    try:
        code = request.args.get("code", "")
        if "error" in request.args or not code:
            # Nobody is let in by it, so it need not be ours; some providers leave the state out.
            raise Refusal("sign_in_cancelled", _("You did not sign in there. Begin anew, or sign in with a password of the registry."))
        if begun is None or not hmac.compare_digest(request.args.get("state", "").encode(), begun.state.encode()):
            sentence = _("This sign-in was begun elsewhere, or too long ago. Begin anew.")
            raise Refusal("sign_in_expired", sentence)
        outsider = office.finish(code, begun, _back(), now=now())
        user = account_of(outsider, settings(), now=now(), today=today())
    except Refusal as refusal:
        return _to_sign_in(refusal, target)
    remember(user)
    session[_CAME_BY] = True
    return redirect(target)


@blueprint.get("/sign-in/office/left")
def left() -> ResponseReturnValue:
    """Whoever signed out of the registry is still signed in there."""
    return pages.render("office_sign_in/left.html", provider=provider().name)


@blueprint.get("/sign-in/office/out")
@limiter.limit(sign_in_limit)
def out() -> ResponseReturnValue:
    office, sign_in = provider(), outer_address("roadmapdocs_sign_in.sign_in")
    try:
        return redirect(office.sign_out_address(sign_in, now=now()) or sign_in)
    except Refusal as refusal:
        return _to_sign_in(refusal, "")


def farewell() -> str:
    """Where to go after signing out: whoever came by the provider is told that they are still signed in there."""
    came = session.pop(_CAME_BY, False)
    return url_for("roadmapdocs_office_sign_in.left" if came and settings().oidc_issuer else "roadmapdocs_sign_in.sign_in")


def _back() -> str:
    return outer_address("roadmapdocs_office_sign_in.back")


def _begun() -> tuple[Begun | None, str]:
    """What was begun in this browser, and where to go then."""
    kept: Any = session.pop(_BEGUN, None)
    if not isinstance(kept, list) or len(kept) != 5:
        return None, ""
    state, nonce, verifier, target, at = kept
    if not now().timestamp() - at <= _IN_TIME.total_seconds():
        return None, target
    return Begun("", state, nonce, verifier), target


def _to_sign_in(refusal: Refusal, target: str) -> ResponseReturnValue:
    flash(refusal.message, "refused")
    return redirect(url_for("roadmapdocs_sign_in.sign_in", next=target or None))
