"""Signing in and out, and changing one's own password."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required, login_user, logout_user
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people import operations
from roadmapdocs.web import pages
from roadmapdocs.web.context import Account, actor, now
from roadmapdocs.web.forms import lazy
from roadmapdocs.web.security import limiter, sign_in_limit

blueprint = Blueprint("roadmapdocs_sign_in", __name__)


class SignInForm(FlaskForm):
    login = StringField(lazy("Login"), [InputRequired(lazy("Write your login.")), Length(max=64)])
    password = PasswordField(lazy("Password"), [InputRequired(lazy("Write your password.")), Length(max=1024)])


class PasswordForm(FlaskForm):
    current = PasswordField(lazy("Present password"), [InputRequired(lazy("Write your present password."))])
    new = PasswordField(lazy("New password"), [InputRequired(lazy("Write a new password.")), Length(max=1024)])
    repeat = PasswordField(lazy("New password once more"), [InputRequired(lazy("Write the new password once more."))])


@blueprint.route("/sign-in", methods=["GET", "POST"])
@limiter.limit(sign_in_limit, methods=["POST"])
def sign_in() -> ResponseReturnValue:
    if current_user.is_authenticated:
        return redirect(url_for("roadmapdocs_worklist.index"))
    form = SignInForm()
    refusal: Refusal | None = None
    if form.validate_on_submit():
        try:
            user = operations.sign_in(form.login.data, form.password.data, now=now())
        except Refusal as problem:
            refusal = problem
        else:
            login_user(Account(user))
            return redirect(_safe_target(request.args.get("next")))
    page = pages.render("sign_in.html", form=form, refusal=refusal.message if refusal else None)
    return page, 401 if refusal else 200


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    logout_user()
    return redirect(url_for("roadmapdocs_sign_in.sign_in"))


@blueprint.route("/password", methods=["GET", "POST"])
@login_required
@limiter.limit(sign_in_limit, methods=["POST"])
def password() -> ResponseReturnValue:
    form = PasswordForm()
    refusal: Refusal | None = None
    if form.validate_on_submit():
        try:
            if form.new.data != form.repeat.data:
                raise Refusal("passwords_differ", _("The two new passwords differ. Type them again."))
            user = operations.change_password(
                current_user.user, form.current.data, form.new.data, by=actor(), now=now()
            )
        except Refusal as problem:
            refusal = problem
        else:
            login_user(Account(user))
            flash(_("The password is changed. Other devices have to sign in again."), "done")
            return redirect(url_for("roadmapdocs_worklist.index"))
    if refusal is not None:
        form.current.errors = [*form.current.errors, refusal.message]
    return pages.render("password.html", form=form, must_change=False), 422 if refusal else 200


def _safe_target(target: str | None) -> str:
    """Where to go after signing in: an address of this site, never another's."""
    home: str = url_for("roadmapdocs_worklist.index")
    # Browsers drop control characters from addresses: «/\n//elsewhere» would lead elsewhere.
    if not target or not target.isprintable() or not target.startswith("/") or target.startswith(("//", "/\\")):
        return home
    parts = urlsplit(target)
    return home if parts.scheme or parts.netloc else target
