"""The ERP's own accounts and sessions."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Blueprint, Flask, redirect, render_template, request, url_for
from flask_login import LoginManager, UserMixin, login_user, logout_user
from flask_wtf import FlaskForm
from werkzeug.security import check_password_hash, generate_password_hash
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from tests.host_erp.models import User

#: Cheap, because the passwords here are those of tests.
HASH = "pbkdf2:sha256:1000"

blueprint = Blueprint("erp_sign_in", __name__)


class Account(UserMixin):
    """A user as Flask-Login wants it."""

    def __init__(self, user: User) -> None:
        self.user = user

    @property
    def is_active(self) -> bool:
        return bool(self.user.active)

    def get_id(self) -> str:
        return f"{self.user.id}.{self.user.key}"


class SignInForm(FlaskForm):
    login = StringField("Логин", [InputRequired("Напишите логин."), Length(max=64)])
    password = PasswordField("Пароль", [InputRequired("Напишите пароль."), Length(max=200)])


def set_password(user: User, password: str) -> None:
    user.password = generate_password_hash(password, HASH)
    user.key = secrets.token_hex(16)


def add_sign_in(app: Flask) -> None:
    manager = LoginManager(app)
    manager.login_view = "erp_sign_in.sign_in"
    manager.user_loader(_load)
    app.register_blueprint(blueprint)


def _load(account: str) -> Account | None:
    number, _dot, key = account.partition(".")
    user = User.get_or_none((User.id == int(number)) & (User.key == key) & User.active) if number.isdecimal() else None
    return Account(user) if user else None


@blueprint.route("/login", methods=["GET", "POST"])
def sign_in() -> Any:
    form, refused = SignInForm(), None
    if form.validate_on_submit():
        user = User.get_or_none((User.login == form.login.data) & User.active)
        if user is not None and check_password_hash(user.password, form.password.data):
            login_user(Account(user))
            return redirect(_back(request.args.get("next", "")))
        refused = "Логин или пароль не подходят."
    return render_template("erp/sign_in.html", form=form, refused=refused), 401 if refused else 200


@blueprint.route("/logout", methods=["GET", "POST"])
def sign_out() -> Any:
    """A plug-in leads here by a link as well as by a form."""
    logout_user()
    return redirect(url_for("erp_sign_in.sign_in"))


def _back(address: str) -> str:
    """An address of this site alone."""
    plain = address.isprintable() and address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if plain else url_for("erp.home")
