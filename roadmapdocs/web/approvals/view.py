"""Pages about one document's approval: sending it round, and changing its run in flight."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose

from roadmapdocs.web.approvals.flight import FlightPages
from roadmapdocs.web.approvals.start import StartPages
from roadmapdocs.web.base import PageView


class ApprovalsView(StartPages, FlightPages, PageView):
    """Open to everyone who signed in; each page asks for its own right."""

    @expose("/")
    def index(self) -> ResponseReturnValue:
        """What is asked of a person stands on the page of what waits for them."""
        return redirect(url_for("roadmapdocs_worklist.index"))
