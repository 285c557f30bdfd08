"""What stands where Flask-Admin has its first page."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_admin import AdminIndexView, expose


class FrontDoor(AdminIndexView):
    """Flask-Admin's own first page is empty: whoever finds it goes on to ours."""

    @expose("/")
    def index(self) -> ResponseReturnValue:
        return redirect(url_for("roadmapdocs_worklist.index"))
