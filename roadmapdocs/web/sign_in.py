"""Signing in and out, and changing one's own password."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people import operations, outside_sign_in
from roadmapdocs.people.models import User
from roadmapdocs.web import pages
from roadmapdocs.web.context import actor, forget, now, remember, settings, signed_in, today
from roadmapdocs.web.forms import lazy
from roadmapdocs.web.office_sign_in.targets import safe_target
from roadmapdocs.web.office_sign_in.view import farewell
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
    if signed_in() is not None:
        return redirect(url_for("roadmapdocs_worklist.index"))
    form = SignInForm()
    refusal: Refusal | None = None
    if form.validate_on_submit():
        try:
            user = outside_sign_in.sign_in(form.login.data, form.password.data, settings(), now=now(), today=today())
        except Refusal as problem:
            refusal = problem
        else:
            remember(user)
            return redirect(safe_target(request.args.get("next")))
    page = pages.render("sign_in.html", form=form, refusal=refusal.message if refusal else None)
    return page, 401 if refusal else 200


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    # Asked for first: it depends on how the person came in.
    address = farewell()
    forget()
    return redirect(address)


@blueprint.route("/password", methods=["GET", "POST"])
@limiter.limit(sign_in_limit, methods=["POST"])
def password() -> ResponseReturnValue:
    me = actor()
    form = PasswordForm()
    refusal: Refusal | None = None
    if form.validate_on_submit():
        try:
            if form.new.data != form.repeat.data:
                raise Refusal("passwords_differ", _("The two new passwords differ. Type them again."))
            user = operations.change_password(
                User.get_by_id(me.user_id), form.current.data, form.new.data, by=me, now=now()
            )
        except Refusal as problem:
            refusal = problem
        else:
            remember(user)
            flash(_("The password is changed. Other devices have to sign in again."), "done")
            return redirect(url_for("roadmapdocs_worklist.index"))
    if refusal is not None:
        form.current.errors = [*form.current.errors, refusal.message]
    return pages.render("password.html", form=form, must_change=False), 422 if refusal else 200
