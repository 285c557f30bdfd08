"""An office that gives assignments, and the browsers of its people."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from roadmapdocs.people.models import User
from tests.assignments.office import Office
from tests.web import office as web

FRIDAY = "2026-04-03"


@dataclass
class Desk:
    office: Office
    web: web.Office

    def client(self, surname: str) -> FlaskClient:
        return self.web.client_of(User.get_by_id(self.office.users[surname].id))

    def get(self, surname: str, address: str, status: int = 200) -> str:
        answer = self.client(surname).get(address)
        assert answer.status_code == status, answer.text
        return answer.text

    def send(self, surname: str, address: str, status: int = 302, **fields: Any) -> TestResponse:
        """Fill a page in as it is at this moment, and press a button of it."""
        client = self.client(surname)
        known = hidden(client.get(address).text)
        answer = client.post(address, data={"csrf_token": web.token(client), **known, **fields})
        assert answer.status_code == status, answer.text
        return answer

    def press(self, surname: str, address: str, status: int = 302, **fields: Any) -> TestResponse:
        """Send a form without looking at its page first."""
        answer = web.post(self.client(surname), address, **fields)
        assert answer.status_code == status, answer.text
        return answer


def hidden(page: str) -> dict[str, str]:
    """What a form of the page carries along unseen, the last one of each name."""
    found = re.findall(r'<input[^>]*type="hidden"[^>]*>', page)
    named = [(re.search(r'name="([^"]*)"', one), re.search(r'value="([^"]*)"', one)) for one in found]
    return {name[1]: html.unescape(value[1]) for name, value in named if name and value}


def words(page: str) -> str:
    """The text of a page without its tags, in one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def buttons(page: str) -> tuple[set[str], set[str]]:
    """Labels of the open acts of a card, and of those that are closed."""
    shown = page[page.index("rd-assignacts") : page.index("rd-assigncard")] if "rd-assignacts" in page else ""
    closed = re.findall(r'aria-disabled="true"[^>]*>(.*?)</button>', shown)
    opened = [one for one in re.findall(r'<(?:a|button) class="rd-btn[^>]*>(.*?)</(?:a|button)>', shown) if one not in closed]
    return {words(one) for one in opened}, {words(one) for one in closed}
