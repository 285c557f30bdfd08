"""How pages are rendered: in an environment of our own beside the host's, so that neither sees the other's names."""

from __future__ import annotations

import datetime as dt
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal
from flask import Flask
from flask_wtf.csrf import generate_csrf
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, Undefined
from jinja2.defaults import (
    BLOCK_END_STRING,
    BLOCK_START_STRING,
    COMMENT_END_STRING,
    COMMENT_START_STRING,
    VARIABLE_END_STRING,
    VARIABLE_START_STRING,
)

from roadmapdocs.i18n import gettext, language, ngettext
from roadmapdocs.shipped import pages_folder
from roadmapdocs.web import context
from roadmapdocs.web.frame import frame


def build_environment(app: Flask) -> Environment:
    """The host's environment with our loader, words and filters laid over it, and the signs that our templates use."""
    stock = PackageLoader("flask_admin", "templates/bootstrap4")
    environment: Environment = app.jinja_env.overlay(
        block_start_string=BLOCK_START_STRING,
        block_end_string=BLOCK_END_STRING,
        variable_start_string=VARIABLE_START_STRING,
        variable_end_string=VARIABLE_END_STRING,
        comment_start_string=COMMENT_START_STRING,
        comment_end_string=COMMENT_END_STRING,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=Undefined,
        autoescape=True,
        loader=ChoiceLoader([FileSystemLoader(pages_folder()), stock]),
    )
    environment.filters = {**environment.filters, "capital": capital, "date": date, "day": day, "number": number}
    environment.globals = {
        **environment.globals,
        "_": gettext,
        "gettext": gettext,
        "ngettext": ngettext,
        "language": language,
        "allowed": context.allowed,
        "today": context.today,
        "settings": context.settings,
        "csrf_token": generate_csrf,
    }
    return environment


def render(name: str, /, **values: Any) -> str:
    """Render one of our pages in its frame. What a host gives its own templates is not for ours."""
    if "shell" not in values:
        values["shell"] = frame()
    return context.state().environment.get_template(name).render(values)


def capital(text: str) -> str:
    """With a capital letter first, and the others as they are: «Приказ (ЛС)»."""
    return text[:1].upper() + text[1:]


def date(value: dt.date | None) -> str:
    """29.11.2021, or nothing."""
    return value.strftime("%d.%m.%Y") if value else ""


def day(value: dt.date | None) -> str:
    """«пн 17 ноября»: a day near today, without its year."""
    return format_date(value, "EEE d MMMM", locale=language()).lower() if value else ""


def number(value: float | None) -> str:
    """1 234 567,5 with no-break spaces."""
    return format_decimal(value, locale=language()) if value is not None else ""
