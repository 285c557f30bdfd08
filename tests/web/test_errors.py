"""Pages that could not be shown: where they lead to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from roadmapdocs.people.rules import Role
from tests.web.office import Office, office_on


@pytest.fixture
def opened(sqlite_address: str, tmp_path: Path) -> Iterator[Office]:
    with office_on(sqlite_address, tmp_path) as made:
        yield made


@pytest.mark.parametrize(("address", "leads"), [("/assignments/999", True), ("/documents/999", False)])
def test_where_there_is_no_such_assignment_the_list_of_them_is_offered(opened: Office, address: str, leads: bool) -> None:
    answer = opened.client(Role.STAFF).get(address)
    assert answer.status_code == 404
    assert ('assignments that you have to do with: <a href="/assignments/">Assignments</a>' in answer.text) is leads
    assert ("Find the document or roadmap" in answer.text) is not leads
