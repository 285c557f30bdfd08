"""``@types``: kinds of documents."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView

from roadmapdocs.documents.fields import fields_of
from roadmapdocs.documents.models import Kind
from roadmapdocs.errors import NotFound
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.api.blueprints import Area
from roadmapdocs.web.api.etags import answered
from roadmapdocs.web.api.paging import Order, Paged, Sparse, page, page_of, whole
from roadmapdocs.web.api.schemas.types import TypeSchema
from roadmapdocs.web.api.sparse import dumped, dumped_all

area = Area("types", "Kinds of documents")
_ORDER = Order((whole(Kind.position), whole(Kind.id)))


@area.route("/@types")
class Types(MethodView):
    @area.arguments(Paged, location="query")
    @area.response(200, page_of(TypeSchema))
    def get(self, asked: dict[str, Any]) -> Response:
        """Kinds of documents, in the order of the office."""
        return answered(page(Kind.select(), _ORDER, asked, lambda rows: dumped_all(TypeSchema, _told(rows), asked["fields_"])))


@area.route("/@types/<string(maxlength=32):code>")
class Type(MethodView):
    @area.arguments(Sparse, location="query")
    @area.response(200, TypeSchema)
    def get(self, asked: dict[str, Any], code: str) -> Response:
        """One kind of documents, by its code."""
        kind = Kind.get_or_none(Kind.code == code)
        if kind is None:
            raise NotFound("no_type", _("There is no kind %(code)s. Look at the list of kinds.", code=code))
        return answered(dumped(TypeSchema, _told([kind])[0], asked["fields_"]))


def _told(kinds: list[Kind]) -> list[Kind]:
    for kind in kinds:
        kind.own_fields = fields_of(kind.fields)
    return kinds
