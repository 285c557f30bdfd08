"""Odoo's external API as a part of an application."""

from __future__ import annotations

from flask import Flask, request
from flask_wtf import CSRFProtect

from roadmapdocs.erp.odoo.models.messages import SENTENCES
from roadmapdocs.web.event_words import event_sentence
from roadmapdocs.web.odoo.doc_pages import blueprint as pages
from roadmapdocs.web.odoo.view import blueprint


def add_odoo(app: Flask, url: str = "") -> None:
    """Add the addresses that clients of Odoo know below ``url``: an Odoo lies at the root of its host, or at a path."""
    # Sentences are ours to say: below, events have codes.
    SENTENCES[:] = [event_sentence]
    app.register_blueprint(blueprint, url_prefix=url or None)
    app.register_blueprint(pages, url_prefix=url or None)
    app.before_request_funcs.setdefault(None, []).insert(0, _Exempt(app))


class _Exempt:
    """Keeps forms' tokens away from calls, which carry a secret of their own and for which no cookie counts.

    A host's guard of forms may have come after us, so it is looked for with each call.
    """

    __name__ = "roadmapdocs_odoo_exempt"

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._exempt_from: list[CSRFProtect] = []

    def __call__(self) -> None:
        if request.blueprint != blueprint.name:
            return
        guard = self._app.extensions.get("csrf")
        if guard is not None and not any(guard is one for one in self._exempt_from):
            guard.exempt(blueprint)
            self._exempt_from.append(guard)
