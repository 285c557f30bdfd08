"""Addresses added late in name only: they are found and written as all others are."""

from __future__ import annotations

import pytest
from flask import Flask, url_for
from werkzeug.routing import Rule

from roadmapdocs.web.late_rules import LateRule, late_rules


class HostRule(Rule):
    """A host's own kind of rule."""

    def get_converter(self, *arguments: object, **more: object) -> object:
        self.host_asked = True
        return super().get_converter(*arguments, **more)  # type: ignore[arg-type]  # as Werkzeug passes them


@pytest.mark.parametrize("own", [Rule, HostRule])
def test_rules_added_meanwhile_are_late_and_the_applications_own(own: type[Rule]) -> None:
    app = Flask("host")
    app.url_rule_class = own
    with pytest.raises(ZeroDivisionError), late_rules(app):
        app.add_url_rule("/items/<int:number>/<path:name>", "item", lambda number, name: f"{number} {name}")
        raise ZeroDivisionError
    app.add_url_rule("/other", "other", lambda: "other")
    late, other = (next(app.url_map.iter_rules(endpoint)) for endpoint in ("item", "other"))
    assert isinstance(late, LateRule)
    assert isinstance(late, own)
    assert getattr(late, "host_asked", False) is (own is HostRule)
    assert type(other) is app.url_rule_class is own


def test_their_addresses_are_written_with_all_that_is_asked_for() -> None:
    app = Flask("host")
    with late_rules(app):
        app.add_url_rule("/items/<int:number>/<path:name>", "item", lambda number, name: f"{number} {name}")
    with app.test_request_context():
        for _time in range(2):
            assert url_for("item", number=7, name="а б/в") == "/items/7/%D0%B0%20%D0%B1/%D0%B2"
            assert url_for("item", number=7, name="x", q="1 2") == "/items/7/x?q=1+2"
    assert app.test_client().get("/items/7/a/b").text == "7 a/b"
    assert app.test_client().get("/items/seven/a").status_code == 404
