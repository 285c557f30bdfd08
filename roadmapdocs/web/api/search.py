"""``@search``: words, numbers, dates and names, found among what is open to who asks."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Response, request
from flask.views import MethodView

from roadmapdocs.search.answers import Answer, Asked
from roadmapdocs.search.operations import search
from roadmapdocs.search.ports import RANKED, Sort
from roadmapdocs.search.tags import FACETS, KIND
from roadmapdocs.web.api.asking import actor
from roadmapdocs.web.api.blueprints import Area
from roadmapdocs.web.api.etags import answered
from roadmapdocs.web.api.schemas.search import AnswerSchema, SearchAskedSchema
from roadmapdocs.web.api.sparse import dumped
from roadmapdocs.web.context import today
from roadmapdocs.web.search.answer_json import answer_as_json
from roadmapdocs.web.search.called import day_called, kinds_called

area = Area("search", "Search")


@area.route("/@search")
class Search(MethodView):
    @area.arguments(SearchAskedSchema, location="query")
    @area.response(200, AnswerSchema)
    def get(self, asked: dict[str, Any]) -> Response:
        """What `search --json` prints, for who asks; `narrowing` counts what may be narrowed by, `next` is the next page."""
        answer = search(_question(asked), by=actor(), today=today())
        told = answer_as_json(answer) | {"narrowing": answer.facets, "next": _next(answer)}
        return answered(dumped(AnswerSchema, told))


def _question(asked: dict[str, Any]) -> Asked:
    narrowed = {facet: frozenset(asked[facet]) for facet in FACETS if facet != KIND and asked.get(facet)}
    if asked.get("kind"):
        narrowed[KIND] = kinds_called(asked["kind"])
    return Asked(
        asked["q"],
        narrowed=narrowed,
        in_force=day_called(asked["in_force"], today()) if asked.get("in_force") else None,
        literal=asked["literal"],
        sort=Sort(asked["sort"]),
        offset=asked["offset"],
        limit=asked["limit"],
    )


def _next(answer: Answer) -> str | None:
    """Beyond what is ranked nothing is shown: the far past is reached by narrowing."""
    following = answer.asked.offset + answer.asked.limit
    if following >= min(answer.total, RANKED):
        return None
    values = [(name, value) for name, value in request.args.items(multi=True) if name != "offset"]
    return f"{request.base_url}?{urlencode([*values, ('offset', following)])}"
