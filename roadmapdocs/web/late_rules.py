"""Three hundred addresses added to an application without keeping it from its start."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any, cast

from flask import Flask
from werkzeug.routing import Rule

Builder = Callable[..., tuple[str, str]]


class LateRule(Rule):
    """A rule that learns to write its address when one is first asked for.

    Werkzeug compiles two functions of Python for each rule as soon as it is added, which was most of what mounting
    cost. If a later Werkzeug names that step otherwise, it is done at once again and nothing else changes.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Builder:
        compile_now = super()._compile_builder
        compiled: Builder | None = None

        def build(rule: Rule, **values: Any) -> tuple[str, str]:
            nonlocal compiled
            if compiled is None:
                compiled = compile_now(append_unknown)
            return compiled(rule, **values)

        return build


@contextlib.contextmanager
def late_rules(app: Flask) -> Iterator[None]:
    """Rules added within the block are such, and whatever the application's own rules are."""
    own = app.url_rule_class
    app.url_rule_class = cast(type[Rule], type("LateRule", (LateRule, own), {})) if own is not Rule else LateRule
    try:
        yield
    finally:
        app.url_rule_class = own
