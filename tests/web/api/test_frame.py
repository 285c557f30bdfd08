"""What all resources have in common: tokens, problems, pages, sparse fields, languages."""

from __future__ import annotations

import datetime as dt
import json
import re

import peewee as pw
import pytest

from roadmapdocs.documents.models import Kind
from roadmapdocs.errors import Conflict, Forbidden, NotFound, Refusal
from roadmapdocs.i18n import use_language
from roadmapdocs.people.models import ApiToken, User
from roadmapdocs.people.rules import Role
from roadmapdocs.people.tokens import Scope, make_token, revoke_token
from roadmapdocs.web.api import types
from roadmapdocs.web.api.asking import LIMIT_SETTING
from roadmapdocs.web.api.words import sentence_of
from roadmapdocs.web.context import SESSION_KEY, session_value
from roadmapdocs.web.security import limiter
from tests.conftest import NOW
from tests.web.api.conftest import Api

KINDS = "/@types"


class TestTokens:
    def test_without_a_token_nothing_is_answered(self, api: Api) -> None:
        answer = api.get(KINDS, who=None)
        assert (answer.status_code, answer.json["code"]) == (401, "unauthorized")
        assert answer.headers["WWW-Authenticate"] == 'Bearer realm="roadmapdocs"'

    @pytest.mark.parametrize("sent", ["Bearer rd_nobody", "Bearer x", "Bearer rd_ключ", "bearer rd_a rd_b"])
    def test_a_token_that_opens_nothing_is_named_invalid(self, api: Api, sent: str) -> None:
        answer = api.get(KINDS, who=None, headers={"Authorization": sent.encode().decode("latin-1")})
        assert answer.status_code == 401
        assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]

    @pytest.mark.parametrize("sent", ["Basic Y2xlcms6eA==", "Bearer", "Bearer ", "rd_x"])
    def test_other_ways_to_sign_in_are_none(self, api: Api, sent: str) -> None:
        assert api.get(KINDS, who=None, headers={"Authorization": sent}).status_code == 401

    def test_a_cookie_of_a_browser_is_no_token(self, api: Api) -> None:
        client = api.app.test_client()
        with client.session_transaction() as session:
            session[SESSION_KEY] = session_value(api.user(Role.ADMINISTRATOR))
        assert client.get("/").status_code == 200
        assert client.get("/api/v1/@types").status_code == 401

    def test_a_token_acts_for_its_own_person_whatever_cookie_comes_along(self, api: Api) -> None:
        client = api.app.test_client()
        with client.session_transaction() as session:
            session[SESSION_KEY] = session_value(api.user(Role.CLERK))
        headers = {"Authorization": f"Bearer {api.secret(Role.STAFF)}"}
        answer = client.post("/api/v1/documents", json={"kind": "order_main", "title": "x"}, headers=headers)
        assert answer.status_code == 403

    def test_a_token_for_reading_changes_nothing(self, api: Api) -> None:
        headers = {"Authorization": f"Bearer {api.secret(scopes=(Scope.READ,))}"}
        assert api.get(KINDS, headers=headers).status_code == 200
        answer = api.post("/documents", {"kind": "order_main", "title": "x"}, headers=headers)
        assert (answer.status_code, answer.json["code"], answer.json["details"]) == (403, "scope", {"scope": "write"})
        only_calendar = {"Authorization": f"Bearer {api.secret(scopes=(Scope.CALENDAR,))}"}
        assert api.get(KINDS, headers=only_calendar).status_code == 403

    def test_a_token_ends_when_it_is_revoked_expired_or_its_account_closed(self, api: Api) -> None:
        secret = api.secret()
        user, by = api.user(Role.CLERK), api.actor()
        short = make_token(user, "Short", [Scope.READ], expires_at=NOW + dt.timedelta(days=1), by=by, now=NOW)[1]
        assert api.get(KINDS, headers={"Authorization": f"Bearer {short}"}).status_code == 200
        ApiToken.update(expires_at=NOW).where(ApiToken.name == "Short").execute()
        assert api.get(KINDS, headers={"Authorization": f"Bearer {short}"}).status_code == 401
        revoke_token(ApiToken.get(ApiToken.name == "Tests").id, by=by, now=NOW)
        assert api.get(KINDS, headers={"Authorization": f"Bearer {secret}"}).status_code == 401
        staff = api.secret(Role.STAFF)
        User.update(active=False).where(User.id == api.user(Role.STAFF).id).execute()
        assert api.get(KINDS, headers={"Authorization": f"Bearer {staff}"}).status_code == 401

    def test_the_last_use_is_kept(self, api: Api) -> None:
        api.get(KINDS)
        assert ApiToken.get().last_used_at == NOW

    def test_one_token_asks_so_often_and_others_go_on(self, api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
        limiter.reset()
        monkeypatch.setitem(api.app.config, LIMIT_SETTING, "2 per minute")
        assert [api.get(KINDS).status_code for _ in range(3)] == [200, 200, 429]
        refused = api.get(KINDS)
        assert (refused.content_type, refused.json["code"]) == ("application/problem+json", "too_many_requests")
        assert int(refused.headers["Retry-After"]) > 0
        assert api.get(KINDS, who=Role.STAFF).status_code == 200

    def test_another_spelling_of_the_header_is_the_same_token(self, api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
        limiter.reset()
        monkeypatch.setitem(api.app.config, LIMIT_SETTING, "2 per minute")
        sent = [f"{begun}{api.secret()}" for begun in ("Bearer ", "bearer ", "Bearer   ")]
        assert [api.get(KINDS, headers={"Authorization": one}).status_code for one in sent] == [200, 200, 429]


class TestProblems:
    @pytest.mark.parametrize(
        ("method", "path", "status", "code"),
        [
            ("GET", "/nowhere", 404, "not_found"),
            ("GET", "/documents/0x1", 404, "not_found"),
            ("GET", "/documents/99999999999999999999", 404, "not_found"),
            ("GET", "/documents/-1", 404, "not_found"),
            ("DELETE", "/@types", 405, "method_not_allowed"),
            ("TRACE", "/@types", 405, "method_not_allowed"),
            ("GET", "/@types/none", 404, "no_type"),
        ],
    )
    def test_what_is_not_there_is_told_as_a_problem(self, api: Api, method: str, path: str, status: int, code: str) -> None:
        answer = api.call(method, path)
        assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
        told = answer.json
        assert (told["status"], told["code"], told["type"]) == (status, code, f"urn:roadmapdocs:problem:{code}")
        assert told["instance"] == f"/api/v1{path}"
        assert all(told[name] for name in ("title", "detail"))
        assert ("Allow" in answer.headers) == (status == 405)

    def test_a_page_that_is_not_there_stays_a_page(self, api: Api) -> None:
        for path in ("/nowhere", "/api/v1", "/api/v10/documents"):
            answer = api.app.test_client().get(path)
            assert (answer.status_code, answer.mimetype) == (404, "text/html")

    @pytest.mark.parametrize(
        ("data", "kind", "status", "code"),
        [
            (b"{", "application/json", 400, "json"),
            (b"\xff\xfe", "application/json", 400, "json"),
            (b"[" * 200_000, "application/json", 400, "bad_request"),
            (b'{"a":' * 100_000, "application/json", 400, "bad_request"),
            (b"[]", "application/json", 422, "values"),
            (b"5", "application/json", 422, "values"),
            (b"null", "application/json", 422, "values"),
            (b"", "application/json", 422, "values"),
            (b"{}", "text/plain", 415, "unsupported_media_type"),
            (b"title=x", "application/x-www-form-urlencoded", 415, "unsupported_media_type"),
            (b" " * 5_000_000, "application/json", 413, "request_entity_too_large"),
        ],
    )
    def test_a_body_that_is_none_is_told_so(self, api: Api, data: bytes, kind: str, status: int, code: str) -> None:
        answer = api.call("POST", "/documents", data=data, content_type=kind)
        assert (answer.status_code, answer.json["code"]) == (status, code)
        assert answer.content_type == "application/problem+json"

    @pytest.mark.parametrize(
        ("raised", "status", "code"),
        [
            (Refusal("x", "Why."), 422, "x"),
            (Forbidden("x", "Why."), 403, "x"),
            (NotFound("x", "Why."), 404, "x"),
            (Conflict("stale", "Why."), 409, "stale"),
            (pw.OperationalError("database is locked"), 503, "busy"),
            (pw.DataError("integer out of range"), 422, "unstorable"),
            (OverflowError("too large"), 422, "unstorable"),
            (ZeroDivisionError("secret words"), 500, "broken"),
        ],
    )
    def test_whatever_breaks_is_a_problem_that_tells_no_secrets(
        self, api: Api, monkeypatch: pytest.MonkeyPatch, raised: Exception, status: int, code: str
    ) -> None:
        def fail(*_arguments: object) -> None:
            raise raised

        monkeypatch.setattr(types, "page", fail)
        monkeypatch.setitem(api.app.config, "TESTING", False)
        monkeypatch.setitem(api.app.config, "PROPAGATE_EXCEPTIONS", False)
        answer = api.get(KINDS)
        assert (answer.status_code, answer.json["code"]) == (status, code)
        assert "secret words" not in answer.text
        assert ("Retry-After" in answer.headers) == (status == 503)

    def test_sentences_are_in_the_language_that_is_asked_for(self, api: Api) -> None:
        told = {
            language: api.get("/documents/77", headers={"Accept-Language": language}).json["detail"]
            for language in ("ru", "en", "ru-RU,ru;q=0.9", "de")
        }
        assert told["ru"] == told["ru-RU,ru;q=0.9"] != told["en"]
        assert told["de"] == told["en"]  # that of the office

    @pytest.mark.parametrize(
        ("said", "ours"),
        [
            ("Must be one of: a, b.", "This is one of: a, b."),
            ("Longer than maximum length 5.", "This is longer than 5 characters."),
            ("Must be greater than or equal to 1 and less than or equal to 9.", "This lies between 1 and 9."),
            ("Must be greater than or equal to 1.", "This is at least 1."),
            ("Our own sentence.", "Our own sentence."),
        ],
    )
    def test_sentences_of_the_library_are_put_into_ours(self, said: str, ours: str) -> None:
        with use_language("en"):
            assert sentence_of(said) == ours


class TestPages:
    def test_a_list_goes_on_where_it_ended(self, api: Api) -> None:
        first = api.get("/@types?limit=20&fields=code").json
        second = api.get(first["next"]).json
        codes = [item["code"] for item in (*first["items"], *second["items"])]
        assert codes == [kind.code for kind in Kind.select().order_by(Kind.position, Kind.id)]
        assert second["next"] is None

    def test_a_page_that_is_just_full_is_the_last(self, api: Api) -> None:
        assert api.get(f"/@types?limit={Kind.select().count()}").json["next"] is None

    @pytest.mark.parametrize("query", ["limit=0", "fields=code,nothing", "cursor=WzFd", "unknown=1"])
    def test_a_question_that_makes_no_sense_names_the_parameter(self, api: Api, query: str) -> None:
        answer = api.get(f"/@types?{query}")
        assert answer.status_code == 422, answer.text
        name = query.partition("=")[0]
        assert list(answer.json["details"]["fields"]) == [name]


class TestConditional:
    def test_what_the_caller_has_is_not_sent_again(self, api: Api) -> None:
        tag = api.get(KINDS).headers["ETag"]
        assert tag.startswith('"')
        again = api.get(KINDS, headers={"If-None-Match": tag})
        assert (again.status_code, again.data) == (304, b"")
        Kind.update(short="Renamed").where(Kind.code == "order_main").execute()
        assert api.get(KINDS, headers={"If-None-Match": tag}).status_code == 200


def test_a_token_is_needed_by_every_operation(api: Api) -> None:
    """Whoever adds a resource beside the frame would leave it open."""
    for rule in api.app.url_map.iter_rules():
        if rule.endpoint.startswith("roadmapdocs_api_") and not rule.endpoint.startswith("roadmapdocs_api_description"):
            path = re.sub(r"<any\((\w+)[^>]*>", r"\1", rule.rule)
            path = re.sub(r"<[^>]*>", "1", path)
            for method in (rule.methods or set()) - {"HEAD"}:
                answer = api.app.test_client().open(path, method=method)
                assert answer.status_code == 401, (rule.endpoint, method)
                assert json.loads(answer.data)["code"] == "unauthorized"
