"""An office in which documents are sent round, behind the pages; and forms filled in as a browser would."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from roadmapdocs.people.models import User
from roadmapdocs.people.operations import create_user
from roadmapdocs.people.rules import SYSTEM, Role
from tests.approvals.office import Office, make_office
from tests.conftest import NOW
from tests.web.office import Office as Pages
from tests.web.office import office_on


class Approving:
    """The office of the approval's tests, and browsers in which its people have signed in."""

    def __init__(self, pages: Pages) -> None:
        self.pages = pages
        self.office: Office = make_office()
        self.office.store = pages.app.extensions["roadmapdocs"].store
        self.office.users["Админова"] = create_user("admin", "тетрадь-в-клетку", [Role.ADMINISTRATOR], by=SYSTEM, now=NOW)

    def client(self, surname: str) -> FlaskClient:
        return self.pages.client_of(User.get_by_id(self.office.users[surname].id))

    def clock(self, now: dt.datetime) -> None:
        self.pages.app.extensions["roadmapdocs"].clock = lambda: now


@contextlib.contextmanager
def approving_on(address: str, folder: Path) -> Iterator[Approving]:
    with office_on(address, folder) as pages:
        yield Approving(pages)


class Form(HTMLParser):
    """The first form of a page that sends: what a browser would send of it, were nothing typed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.values: MultiDict[str, str] = MultiDict()
        self._inside = self._over = False
        self._select: str | None = None
        self._first: str | None = None
        self._area: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            here = found.get("method") == "post" and "sign-out" not in found.get("action", "")
            self._inside = here and not self._over
        if not self._inside:
            return
        if tag == "input" and found.get("type") not in {"file", "submit"} and "name" in found:
            if found.get("type") not in {"checkbox", "radio"} or "checked" in found:
                self.values.add(found["name"], found.get("value", ""))
        elif tag == "select":
            self._select, self._first = found["name"], None
        elif tag == "option" and self._select is not None:
            self._first = found["value"] if self._first is None else self._first
            if "selected" in found:
                self.values.add(self._select, found["value"])
        elif tag == "textarea":
            self._area = found["name"]
            self.values[self._area] = ""

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self.values[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self._select is not None:
            if self._select not in self.values and self._first is not None:
                self.values.add(self._select, self._first)
            self._select = None
        if tag == "textarea":
            self._area = None
        if tag == "form" and self._inside:
            self._inside, self._over = False, True


class Browser:
    """A browser without script: what is typed stays in the form, a button sends it with all that it holds."""

    def __init__(self, client: FlaskClient, address: str) -> None:
        self.client, self.address = client, address
        self.answer = client.get(address)
        self.form = Form(self.page)

    @property
    def page(self) -> str:
        return self.answer.get_data(as_text=True)

    @property
    def status(self) -> int:
        return self.answer.status_code

    def type(self, **values: str | list[str]) -> Browser:
        """Fields by name; a leading «s» stands before names that begin with a figure, an empty list unticks."""
        for name, value in values.items():
            key = name[1:].replace("_", "-", 1) if name[0] == "s" and name[1:2].isdecimal() else name
            self.form.values.setlist(key, value if isinstance(value, list) else [value])
        return self

    def press(self, do: str) -> Browser:
        self.form.values["do"] = do
        self.answer = self.client.post(self.address, data=self.form.values)
        if self.answer.status_code in {200, 409, 422, 403}:
            self.form = Form(self.page)
        return self

    def send(self, **files: object) -> TestResponse:
        self.answer = self.client.post(self.address, data={**self.form.values.to_dict(flat=False), **files})
        return self.answer
