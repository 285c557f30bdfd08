"""``@me``: for whom the token acts, what waits for that person, and their tokens."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView

from roadmapdocs.access.rules import Action, may
from roadmapdocs.people.models import ApiToken, Employee
from roadmapdocs.people.rules import Standing
from roadmapdocs.people.tokens import revoke_token
from roadmapdocs.web.api.asking import actor, bearer
from roadmapdocs.web.api.blueprints import Area
from roadmapdocs.web.api.etags import answered
from roadmapdocs.web.api.in_memory import page_in_memory
from roadmapdocs.web.api.paging import Order, Paged, Sparse, page, page_of, whole
from roadmapdocs.web.api.schemas.me import MeSchema, TokenSchema, WaitingSchema
from roadmapdocs.web.api.sparse import dumped, dumped_all
from roadmapdocs.web.api.waiting import waiting_rows
from roadmapdocs.web.base import ROW_ID
from roadmapdocs.web.context import now, today

area = Area("me", "Oneself: who asks, and what waits")
_NEWEST = Order((whole(ApiToken.id),), descending=True)


@area.route("/@me")
class Me(MethodView):
    @area.arguments(Sparse, location="query")
    @area.response(200, MeSchema)
    def get(self, asked: dict[str, Any]) -> Response:
        """For whom the token acts, and what that person may do."""
        by, user = actor(), bearer().user
        person = Employee.get_or_none(Employee.id == by.employee_id) if by.employee_id is not None else None
        told = {
            "user_id": by.user_id,
            "login": user.login,
            "name": by.name,
            "employee_id": by.employee_id,
            "email": person.email if person is not None else "",
            "roles": sorted(str(role) for role in by.roles),
            "grants": sorted(by.grants),
            "unit_ids": sorted(by.unit_ids),
            "stands_for": [_standing(one) for one in by.stands_for],
            "actions": [str(action) for action in Action if may(by, action)],
            "token": ApiToken.get_by_id(by.token_id),
        }
        return answered(dumped(MeSchema, told, asked["fields_"]))


@area.route("/@me/worklist")
class Worklist(MethodView):
    @area.arguments(Paged, location="query")
    @area.response(200, page_of(WaitingSchema))
    def get(self, asked: dict[str, Any]) -> Response:
        """What waits for oneself: visas, signatures, texts to read, assignments, documents to bring; the earliest first."""
        rows = waiting_rows(actor(), today())
        return answered(page_in_memory(rows, asked, lambda some: dumped_all(WaitingSchema, some, asked["fields_"])))


@area.route("/@me/tokens")
class Tokens(MethodView):
    @area.arguments(Paged, location="query")
    @area.response(200, page_of(TokenSchema))
    def get(self, asked: dict[str, Any]) -> Response:
        """One's own tokens, the newest first, those that are ended among them; never their secrets."""
        query = ApiToken.select().where(ApiToken.user == actor().user_id)
        return answered(page(query, _NEWEST, asked, lambda rows: dumped_all(TokenSchema, rows, asked["fields_"])))


@area.route(f"/@me/tokens/<{ROW_ID}:token_id>")
class OneToken(MethodView):
    @area.response(200, TokenSchema)
    def delete(self, token_id: int) -> Response:
        """End a token of one's own. One that is ended stays so."""
        return answered(dumped(TokenSchema, revoke_token(token_id, by=actor(), now=now())))


def _standing(one: Standing) -> dict[str, Any]:
    return {
        "employee_id": one.employee_id,
        "name": one.name,
        "kinds": sorted(one.kinds),
        "acting": one.acting,
        "basis": one.basis,
    }
