"""Addresses of search: the page, its parts that a script asks for, files, kept searches, what is like a document."""

from __future__ import annotations

from dataclasses import replace

from flask import flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose

from roadmapdocs.documents.operations import read_document
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.search import saved
from roadmapdocs.search.address import asked_of, asked_of_query, asks_something
from roadmapdocs.search.answers import Asked
from roadmapdocs.search.operations import search
from roadmapdocs.search.similar import similar
from roadmapdocs.web.base import ROW_ID, PageView
from roadmapdocs.web.context import actor, now, today
from roadmapdocs.web.lists.view import MEDIA_TYPES
from roadmapdocs.web.search.around import search_url
from roadmapdocs.web.search.context import answer_context, like_context, saved_rows, start_context
from roadmapdocs.web.search.export import write_found
from roadmapdocs.web.search.hits import hits
from roadmapdocs.web.search.words import total_words

#: Under the box of the header; on the card; on a page of their own.
SUGGESTED, LIKE_ON_CARD, LIKE_ON_PAGE = 6, 5, 20
_LONGEST_ID = 9


class SearchView(PageView):
    @expose("/")
    def index(self) -> ResponseReturnValue:
        like = request.args.get("like", "")
        if like.isascii() and like.isdecimal() and len(like) <= _LONGEST_ID:
            return self._like(int(like))
        asked = _asked()
        if not asks_something(asked):
            return self.render("search.html", **start_context())
        return self.render("search.html", **answer_context(asked))

    @expose("/part")
    def part(self) -> ResponseReturnValue:
        """What of the page changes while one types."""
        asked = _asked()
        context = answer_context(asked) if asks_something(asked) else start_context()
        return self.render("search_part.html", **context)

    @expose("/suggest")
    def suggest(self) -> ResponseReturnValue:
        """The first few hits of what is being typed into the header's box."""
        asked = replace(_asked(), growing=True, facets=False, limit=SUGGESTED, offset=0)
        if not asked.query:
            return self.render("search_suggest.html", hits=[], total="", url="")
        answer = search(asked, by=actor(), today=today())
        total = total_words(answer.total, exact=answer.exact)
        return self.render("search_suggest.html", hits=hits(answer.hits), total=total, url=search_url(Asked(asked.query)))

    @expose("/export.<any(xlsx, csv):format>")
    def export(self, format: str) -> ResponseReturnValue:
        written = write_found(_asked(), format, by=actor(), now=now(), today=today())
        name = _("found %(day)s", day=today().isoformat()) + f".{format}"
        response = send_file(written, mimetype=MEDIA_TYPES[format], as_attachment=True, download_name=name)
        response.cache_control.private = True
        return response

    @expose(f"/similar/<{ROW_ID}:document_id>")
    def similar(self, document_id: int) -> ResponseReturnValue:
        """What the card shows of documents like it, once somebody wants to see them."""
        read_document(document_id, by=actor())
        found = similar(document_id, by=actor(), limit=LIKE_ON_CARD)
        return self.render("search_similar.html", hits=hits(found), like_url=url_for(".index", like=document_id))

    @expose("/saved")
    def saved(self) -> ResponseReturnValue:
        return self._saved()

    @expose("/saved", methods=["POST"])
    def save(self) -> ResponseReturnValue:
        """Keep a question under a name; one goes back to what it finds."""
        form = request.form
        query = form.get("query", "")
        back = search_url(asked_of_query(query, today=today()))
        try:
            kept = saved.save_search(
                form.get("name", ""), query, notify=form.get("notify") == "1", by=actor(), now=now(), today=today()
            )
        except Refusal as refusal:
            flash(refusal.message, "refused")
        else:
            told = _("You will be told when something new matches.") if kept.notify else ""
            flash(" ".join([_("The search “%(name)s” is kept.", name=kept.name), told]).strip(), "done")
        return redirect(back)

    @expose(f"/saved/<{ROW_ID}:search_id>")
    def open_saved(self, search_id: int) -> ResponseReturnValue:
        kept = saved.saved_search(search_id, by=actor())
        return redirect(search_url(asked_of_query(kept.query, today=today())))

    @expose(f"/saved/<{ROW_ID}:search_id>", methods=["POST"])
    def change_saved(self, search_id: int) -> ResponseReturnValue:
        act = request.form.get("act", "")
        try:
            if act == "rename":
                saved.rename_search(search_id, request.form.get("name", ""), by=actor())
            elif act == "up":
                saved.move_search_up(search_id, by=actor())
            elif act == "remove":
                saved.remove_search(search_id, by=actor())
            elif act in {"tell", "quiet"}:
                saved.set_notify(search_id, act == "tell", by=actor(), now=now(), today=today())
            else:
                saved.saved_search(search_id, by=actor())
        except NotFound:
            raise
        except Refusal as refusal:
            return self._saved(search_id, request.form.get("name", ""), refusal)
        return redirect(url_for(".saved"))

    def _saved(self, search_id: int = 0, typed: str = "", refusal: Refusal | None = None) -> ResponseReturnValue:
        rows = [one | {"problem": None} for one in saved_rows()]
        for one in rows:
            if refusal is not None and one["id"] == search_id:
                one |= {"name": typed if refusal.code == "search_name" else one["name"], "problem": refusal.message}
        page = self.render(
            "search_saved.html",
            saved=rows,
            limit=saved.MOST_SEARCHES,
            name_limit=saved.NAME_LIMIT,
            may_be_told=actor().employee_id is not None,
        )
        return page, 422 if refusal is not None else 200

    def _like(self, document_id: int) -> ResponseReturnValue:
        document = read_document(document_id, by=actor())
        found = similar(document_id, by=actor(), limit=LIKE_ON_PAGE)
        return self.render("search_like.html", **like_context(document, found))


def _asked() -> Asked:
    return asked_of(request.args.items(multi=True), today=today())
