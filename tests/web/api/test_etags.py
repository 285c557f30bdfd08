"""Tags of states: nothing is sent twice, and nothing of others is written over."""

from __future__ import annotations

import datetime as dt

import pytest

from roadmapdocs.documents.models import Document
from roadmapdocs.documents.versions import add_version
from tests.conftest import NOW
from tests.web.api.conftest import Api

CARD = {"kind": "order_main", "title": "On the reading week"}


@pytest.fixture
def path(api: Api) -> str:
    return f"/documents/{api.post('/documents', CARD).json['id']}"


def tag_of(api: Api, path: str) -> str:
    return str(api.get(path).headers["ETag"])


def test_a_change_without_a_state_is_refused(api: Api, path: str) -> None:
    answer = api.patch(path, {"title": "Otherwise"})
    assert (answer.status_code, answer.json["code"]) == (428, "precondition_required")


def test_a_change_about_the_present_state_is_taken_once(api: Api, path: str) -> None:
    tag = tag_of(api, path)
    assert api.patch(path, {"title": "One"}, tag).status_code == 200
    answer = api.patch(path, {"title": "Two"}, tag)
    assert (answer.status_code, answer.json["code"], answer.json["details"]) == (412, "stale", {"revision": 2})
    assert Document.get().title == "One"


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ("*", 200),
        ('"7.aaaa", "1.bbbb"', 200),
        ('"1"', 200),
        ('"2.1"', 412),
        ('W/"1.aaaa"', 412),
        ('"one"', 412),
        ("", 412),
        ('"1', 412),
        ('""', 412),
        (', ,', 412),
        ('"a" "b', 412),
        ('"11.aaaa"', 412),
        ('"01.aaaa"', 412),
    ],
)
def test_what_if_match_may_say(api: Api, path: str, sent: str, status: int) -> None:
    assert api.call("PATCH", path, json={"title": "Otherwise"}, headers={"If-Match": sent}).status_code == status


def test_what_nobody_changed_is_not_sent_again(api: Api, path: str) -> None:
    tag = tag_of(api, path)
    for sent in (tag, f'"x", {tag}', "*"):
        again = api.get(path, headers={"If-None-Match": sent})
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    api.patch(path, {"title": "Otherwise"}, tag)
    assert api.get(path, headers={"If-None-Match": tag}).status_code == 200


def test_what_is_read_in_one_state_only_is_not_sent_in_another(api: Api, path: str) -> None:
    tag = tag_of(api, path)
    for sent in (tag, f'"x", {tag}', "*"):
        assert api.get(path, headers={"If-Match": sent}).status_code == 200
    for sent in ('"1"', f"W/{tag}", ""):
        answer = api.get(path, headers={"If-Match": sent})
        assert (answer.status_code, answer.content_type) == (412, "application/problem+json")
        assert (answer.json["code"], "On the reading week" in answer.text) == ("stale", False)


def test_fewer_fields_have_a_tag_of_their_own_that_is_good_for_a_change(api: Api, path: str) -> None:
    short = tag_of(api, f"{path}?fields=title")
    assert short != tag_of(api, path)
    assert api.patch(path, {"title": "Otherwise"}, short).status_code == 200


def test_a_file_more_is_seen_by_readers_and_is_no_matter_to_a_change_of_the_card(api: Api, path: str) -> None:
    tag = tag_of(api, path)
    later = NOW + dt.timedelta(hours=1)
    add_version(Document.get(), b"A text", "text.txt", store=api.store, by=api.actor(), now=later)
    assert api.get(path, headers={"If-None-Match": tag}).status_code == 200
    assert api.patch(path, {"title": "Otherwise"}, tag).status_code == 200
