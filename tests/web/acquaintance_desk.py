"""An office whose people read documents, and their browsers."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from roadmapdocs.documents.models import Document
from roadmapdocs.people.models import User
from tests.acquaintance.office import Office, make_office
from tests.web import office as web

#: More letters than one part has.
LONG = "\n".join(f"{number}. Пункт приказа, {'в котором сказано многое, ' * 12}и точка." for number in range(1, 21))


@dataclass
class Desk:
    office: Office
    web: web.Office

    def client(self, surname: str) -> FlaskClient:
        return self.web.client_of(User.get_by_id(self.office.users[surname].id))

    def get(self, surname: str, address: str, status: int = 200) -> str:
        response = web.download(self.client(surname), address)
        assert response.status_code == status, response.text
        return response.text

    def post(self, surname: str, address: str, follow: bool = True, **values: Any) -> TestResponse:
        client = self.client(surname)
        return client.post(address, data={"csrf_token": web.token(client), **values}, follow_redirects=follow)

    def reading(self, document: Document, surname: str) -> dict[str, Any]:
        """The hidden fields of a person's page."""
        line = self.office.line(document, surname)
        return {"line": line.id, "version": line.sheet.version_id}


@contextlib.contextmanager
def desk_on(address: str, data: Path) -> Iterator[Desk]:
    with web.office_on(address, data) as made:
        office = make_office()
        office.store = made.app.extensions["roadmapdocs"].store
        yield Desk(office, made)


def pdf(words: str = "scan") -> tuple[io.BytesIO, str]:
    return web.upload(f"{words}".encode(), "лист.txt")


def said(response: TestResponse) -> str:
    """What the notes above the page say."""
    return " ".join(re.findall(r'role="(?:status|alert)">.*?<div>(.*?)</div>', response.text, re.DOTALL))
