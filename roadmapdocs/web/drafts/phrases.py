"""«Готовые фразы»: the library that clerks keep."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose

from roadmapdocs.access.rules import Action
from roadmapdocs.documents.models import Kind
from roadmapdocs.drafting.models import Phrase
from roadmapdocs.drafting.phrases import LONGEST, PLACES, keep_phrase, placeholders
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.base import ROW_ID, PageView
from roadmapdocs.web.context import actor, now
from roadmapdocs.web.errors import status_of
from roadmapdocs.web.forms import plain_line


class PhrasesView(PageView):
    action = Action.WRITE_DOCUMENT

    @expose("/")
    def index(self) -> ResponseReturnValue:
        rows = list(Phrase.select().order_by(Phrase.position, Phrase.id))
        kinds = dict(Kind.select(Kind.code, Kind.short).tuples())
        groups = [
            {"place": words, "phrases": [_shown(row, kinds) for row in rows if row.place == place]}
            for place, words in _places().items()
        ]
        return self.render("phrases.html", groups=groups)

    @expose("/new", methods=["GET", "POST"])
    def create(self) -> ResponseReturnValue:
        return self._form(None)

    @expose(f"/<{ROW_ID}:phrase_id>", methods=["GET", "POST"])
    def edit(self, phrase_id: int) -> ResponseReturnValue:
        phrase = Phrase.get_or_none(Phrase.id == phrase_id)
        if phrase is None:
            raise NotFound("no_phrase", _("There is no such phrase any more. Look at the library again."))
        return self._form(phrase)

    def _form(self, phrase: Phrase | None) -> ResponseReturnValue:
        if request.method == "GET":
            return self._page(phrase, _typed_of(phrase))
        typed: dict[str, Any] = {
            "place": plain_line(request.form.get("place"))[:16],
            "text": plain_line(request.form.get("text"))[: LONGEST + 1],
            "kinds": [plain_line(one)[:32] for one in request.form.getlist("kinds")[:100]],
            "active": bool(request.form.get("active")),
        }
        try:
            keep_phrase(phrase.id if phrase is not None else None, **typed, by=actor(), now=now())
        except NotFound:
            raise
        except Refusal as refusal:
            return self._page(phrase, typed, refusal)
        flash(_("The phrase is saved."), "done")
        return redirect(url_for(".index"))

    def _page(self, phrase: Phrase | None, typed: dict[str, Any], refusal: Refusal | None = None) -> ResponseReturnValue:
        kinds = Kind.select(Kind.code, Kind.short).where(Kind.active | Kind.code.in_(typed["kinds"])).order_by(Kind.position)
        page = self.render(
            "phrase.html",
            is_new=phrase is None,
            typed=typed,
            places=list(_places().items()),
            kinds=[(code, words, code in typed["kinds"]) for code, words in kinds.tuples()],
            names=[(f"{{{name}}}", words) for name, words in placeholders().items()],
            error={"field": refusal.details.get("field", "text"), "text": refusal.message} if refusal else None,
        )
        return page, status_of(refusal) if refusal else 200


def _typed_of(phrase: Phrase | None) -> dict[str, Any]:
    if phrase is None:
        return {"place": PLACES[0], "text": "", "kinds": [], "active": True}
    return {"place": phrase.place, "text": phrase.text, "kinds": list(phrase.kinds), "active": phrase.active}


def _shown(row: Phrase, kinds: dict[str, str]) -> dict[str, Any]:
    return {
        "url": url_for(".edit", phrase_id=row.id),
        "text": row.text,
        "kinds": ", ".join(kinds.get(code, code) for code in row.kinds),
        "active": row.active,
    }


def _places() -> dict[str, str]:
    return {
        "preamble": _("Preambles"),
        "point": _("Tasks"),
        "repeal": _("Repeal"),
        "force": _("Coming into force"),
        "control": _("Control"),
    }
