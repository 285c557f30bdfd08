"""«Рабочий календарь»: a year with its official days and the office's own, kept by administrators."""

from __future__ import annotations

import calendar as months
import datetime as dt

from babel.dates import format_date
from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose

from roadmapdocs.access.rules import Action
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import language
from roadmapdocs.people.calendar import FIRST_YEAR, LAST_YEAR, remove_day_exception, set_day_exception
from roadmapdocs.web.base import PageView
from roadmapdocs.web.context import actor, now, today
from roadmapdocs.web.errors import status_of
from roadmapdocs.web.reference.absence_forms import DayForm
from roadmapdocs.web.reference.absences import places
from roadmapdocs.workdays.models import DayException
from roadmapdocs.workdays.rules import Calendar, official_names, official_year, transfers_are_known

_MONTH = "LLLL"
_WEEKDAY = "EEEEEE"


class CalendarView(PageView):
    action = Action.MANAGE_PEOPLE

    @expose("/")
    def index(self) -> ResponseReturnValue:
        """``year`` is shown; without it, this one."""
        return self._page(DayForm(), _year(request.args.get("year", "")))

    @expose("/add", methods=["GET", "POST"])
    def add(self) -> ResponseReturnValue:
        if request.method == "GET":
            return redirect(url_for(".index", _anchor="new"))
        form = DayForm()
        year = form.day.data.year if form.day.data else _year(request.form.get("year", ""))
        if not form.validate_on_submit():
            return self._page(form, _year(str(year)), 422)
        working = form.working.data == "work"
        try:
            set_day_exception(form.day.data, working=working, name=form.name.data, by=actor(), now=now())
        except Refusal as refusal:
            form.take(refusal)
            return self._page(form, _year(str(year)), status_of(refusal))
        flash(_("%(day)s is marked in the calendar.", day=f"{form.day.data:%d.%m.%Y}"), "done")
        return redirect(url_for(".index", year=year))

    @expose("/remove", methods=["POST"])
    def remove(self) -> ResponseReturnValue:
        """``day`` is an ISO day."""
        try:
            day = dt.date.fromisoformat(request.form.get("day", ""))
        except ValueError:
            raise NotFound("no_exception", _("There is no such day. Open the calendar anew.")) from None
        remove_day_exception(day, by=actor(), now=now())
        flash(_("%(day)s follows the official calendar again.", day=f"{day:%d.%m.%Y}"), "done")
        return redirect(url_for(".index", year=day.year))

    def _page(self, form: DayForm, year: int, status: int = 200) -> ResponseReturnValue:
        own = list(DayException.select().order_by(DayException.day))
        office = Calendar({row.day: row.working for row in own})
        named = {row.day: row.name for row in own}
        page = self.render(
            "work_calendar.html",
            places=places("calendar", actor()),
            year=year,
            years=[one for one in (year - 1, year + 1) if FIRST_YEAR <= one <= LAST_YEAR],
            known=transfers_are_known(year),
            worked=office.between(dt.date(year - 1, 12, 31), dt.date(year, 12, 31)),
            own=[row for row in own if row.day.year == year],
            official=_official(year),
            weekdays=[format_date(dt.date(2024, 1, day), _WEEKDAY, locale=language()) for day in range(1, 8)],
            months=[_month(year, month, office, named) for month in range(1, 13)],
            form=form,
        )
        return page, status


def _year(text: str) -> int:
    year = int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else today().year
    return min(max(year, FIRST_YEAR), LAST_YEAR)


def _official(year: int) -> list[tuple[dt.date, str, bool]]:
    """Days off beside weekends and weekends that are worked: the day, what it is, whether it is worked."""
    off = [(day, name, False) for day, name in official_names(year, language()).items()]
    worked = [(day, _("working day by a transfer"), True) for day in official_year(year).worked_weekends]
    return sorted(off + worked)


def _month(year: int, month: int, office: Calendar, named: dict[dt.date, str]) -> dict[str, object]:
    """Weeks from Monday; a day of another month is None. ``look`` is work, off, own_work or own_off."""
    names = official_names(year, language())
    weeks = []
    for week in months.Calendar().monthdatescalendar(year, month):
        cells = []
        for day in week:
            look = ("own_" if day in named else "") + ("work" if office.is_working(day) else "off")
            moved = (day.weekday() < months.SATURDAY) != office.is_working(day)
            note = named.get(day) or (names.get(day) or _("working day by a transfer") if moved else "")
            cells.append({"number": day.day, "look": look, "note": note, "moved": moved} if day.month == month else None)
        weeks.append(cells)
    return {"name": format_date(dt.date(year, month, 1), _MONTH, locale=language()), "weeks": weeks}
