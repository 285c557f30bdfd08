"""How pages are rendered: an environment of our own beside the host's, so that no template name clashes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal
from flask import Flask, current_app
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader

from roadmapdocs.i18n import gettext, language, ngettext
from roadmapdocs.shipped import pages_folder
from roadmapdocs.web import context


def build_environment(app: Flask) -> Environment:
    """The host's environment with our loader, words and filters laid over it."""
    stock = PackageLoader("flask_admin", "templates/bootstrap4")
    environment: Environment = app.jinja_env.overlay(
        loader=ChoiceLoader([FileSystemLoader(pages_folder()), stock]), trim_blocks=True, lstrip_blocks=True
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
    }
    return environment


def render(name: str, /, **values: Any) -> str:
    """Render one of our pages with the context that Flask gives every template."""
    environment: Environment = current_app.extensions[context.EXTENSION].environment
    current_app.update_template_context(values)
    return environment.get_template(name).render(values)


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
