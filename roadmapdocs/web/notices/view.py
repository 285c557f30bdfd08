"""Pages of notices: the list, the way from a notice to its act, and how mail comes."""

from __future__ import annotations

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose

from roadmapdocs.access.rules import Action, may, require
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import ngettext
from roadmapdocs.notices import failures
from roadmapdocs.notices.operations import (
    mark_read,
    my_habits,
    notices_of,
    open_notice,
    set_settings,
    unread_count,
)
from roadmapdocs.notices.worker import office_habits
from roadmapdocs.people.models import Employee
from roadmapdocs.web.base import LAST_PAGE, ROW_ID, PageView
from roadmapdocs.web.context import actor, now, settings, today
from roadmapdocs.web.notices.forms import SettingsForm
from roadmapdocs.web.notices.rows import days, undelivered_row

#: Longer numbers are not even read: no page has them.
_LONGEST_PAGE = 9


class NoticesView(PageView):
    @expose("/")
    def index(self) -> ResponseReturnValue:
        page = notices_of(actor(), _page())
        zone = settings().zone
        return self.render(
            "notices.html",
            days=days(page.notices, today=today(), zone=zone),
            unread=unread_count(actor()),
            newer_url=url_for(".index", page=page.number - 1) if page.number > 1 else None,
            older_url=url_for(".index", page=page.number + 1) if page.more else None,
            has_person=actor().employee_id is not None,
            undelivered=[undelivered_row(one, zone) for one in failures.undelivered()] if _keeps_people() else [],
        )

    @expose(f"/<{ROW_ID}:notice_id>")
    def open(self, notice_id: int) -> ResponseReturnValue:
        """To the act that the notice asks for; the notice is read by that."""
        notice = open_notice(notice_id, by=actor(), now=now())
        home = url_for("roadmapdocs_worklist.index").rstrip("/")
        return redirect(home + notice.path)

    @expose("/read", methods=["POST"])
    def read(self) -> ResponseReturnValue:
        number = mark_read(None, by=actor(), now=now())
        flash(ngettext("%(num)s notice is read now.", "%(num)s notices are read now.", number), "done")
        return redirect(url_for(".index"))

    @expose("/settings", methods=["GET", "POST"])
    def settings(self) -> ResponseReturnValue:
        form = SettingsForm(obj=my_habits(actor(), office_habits(settings())))
        if form.validate_on_submit():
            try:
                set_settings(form.habits(), by=actor())
            except Refusal as refusal:
                form.take(refusal)
            else:
                flash(_("Saved. The next mail comes this way."), "done")
                return redirect(url_for(".settings"))
        page = self.render("notice_settings.html", form=form, address=_address())
        return page, 422 if form.errors else 200

    @expose(f"/undelivered/<{ROW_ID}:delivery_id>", methods=["POST"])
    def send_again(self, delivery_id: int) -> ResponseReturnValue:
        require(actor(), Action.MANAGE_PEOPLE)
        failures.send_again(delivery_id, by=actor(), now=now())
        flash(_("The mail waits for its turn again."), "done")
        return redirect(url_for(".index"))


def _page() -> int:
    raw = request.args.get("page", "1")
    if not raw.isascii() or not raw.isdigit() or len(raw) > _LONGEST_PAGE or not 1 <= int(raw) <= LAST_PAGE:
        abort(404)
    return int(raw)


def _keeps_people() -> bool:
    return may(actor(), Action.MANAGE_PEOPLE)


def _address() -> str:
    """Where this person's mail goes; empty where none is known."""
    employee = Employee.get_or_none(Employee.id == (actor().employee_id or 0))
    return str(employee.email) if employee is not None else ""
