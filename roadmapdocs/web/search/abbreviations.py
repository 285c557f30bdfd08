"""«Сокращения и синонимы»: words that a search takes for one another, for the administrator."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose

from roadmapdocs.access.rules import Action
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.russian.letters import fold_word
from roadmapdocs.search import abbreviations
from roadmapdocs.search.abbreviations import Group, Origin, Spelling
from roadmapdocs.web.base import LONGEST_SEARCH, ROW_ID, PageView
from roadmapdocs.web.context import actor, now
from roadmapdocs.web.errors import status_of
from roadmapdocs.web.forms import plain_line

#: Longer spellings are not even looked at.
_LONGEST = 300
#: Fields of a new group: an abbreviation, what it stands for, and one more way to say it.
_FIELDS = 3


class AbbreviationsView(PageView):
    action = Action.MANAGE_REGISTRY

    @expose("/")
    def index(self) -> ResponseReturnValue:
        return self._page()

    @expose("/", methods=["POST"])
    def create(self) -> ResponseReturnValue:
        typed = [plain_line(text)[:_LONGEST] for text in request.form.getlist("text")[:_FIELDS]]
        try:
            number = abbreviations.create_group([text for text in typed if text], by=actor(), now=now())
        except Refusal as refusal:
            return self._page(typed, refusal)
        flash(_("Added. It counts from the next search on."), "done")
        return redirect(url_for(".index", _anchor=f"group-{number}"))

    @expose(f"/<{ROW_ID}:group_id>", methods=["POST"])
    def add(self, group_id: int) -> ResponseReturnValue:
        """One more spelling for a group."""
        try:
            abbreviations.add(group_id, plain_line(request.form.get("text"))[:_LONGEST], by=actor(), now=now())
        except NotFound:
            raise
        except Refusal as refusal:
            flash(refusal.message, "refused")
        else:
            flash(_("Added. It counts from the next search on."), "done")
        return redirect(url_for(".index", _anchor=f"group-{group_id}"))

    @expose(f"/spellings/<{ROW_ID}:spelling_id>", methods=["POST"])
    def change(self, spelling_id: int) -> ResponseReturnValue:
        """Switch a spelling on or off, or remove one of the office's own."""
        act = request.form.get("act", "")
        try:
            if act == "remove":
                abbreviations.remove(spelling_id, by=actor(), now=now())
            elif act in {"on", "off"}:
                abbreviations.switch(spelling_id, active=act == "on", by=actor(), now=now())
        except NotFound:
            raise
        except Refusal as refusal:
            flash(refusal.message, "refused")
        group = plain_line(request.form.get("group"))[:9]
        return redirect(url_for(".index", _anchor=f"group-{group}" if group.isdecimal() else None))

    def _page(self, typed: list[str] | None = None, refusal: Refusal | None = None) -> ResponseReturnValue:
        q = plain_line(request.args.get("q"))[:LONGEST_SEARCH]
        found = [group for group in abbreviations.groups(by=actor()) if _says(group, q)]
        page = self.render(
            "search_abbreviations.html",
            q=q,
            groups=[
                {
                    "id": group.number,
                    "waits": abbreviations.waits(group),
                    "spellings": [_shown(one) for one in group.spellings],
                }
                for group in found
            ],
            typed=((typed or []) + [""] * _FIELDS)[:_FIELDS],
            problem=refusal.message if refusal is not None else None,
        )
        return page, status_of(refusal) if refusal is not None else 200


def _says(group: Group, words: str) -> bool:
    """Whether a spelling of the group holds the words."""
    return not words or any(fold_word(words) in fold_word(one.text) for one in group.spellings)


def _shown(spelling: Spelling) -> dict[str, object]:
    sources = {
        Origin.SHIPPED: "",
        Origin.FOUND: _("found in: %(where)s", where=spelling.found_in) if spelling.found_in else _("found in a text"),
        Origin.OFFICE: _("added by the office"),
    }
    return {
        "id": spelling.id,
        "text": spelling.text,
        "source": sources[spelling.source],
        "active": spelling.active,
        "own": spelling.source is Origin.OFFICE,
        "waits": spelling.source is Origin.FOUND and not spelling.active,
    }
