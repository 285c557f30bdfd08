"""The environment in which templates run: no globals, no calls, no arithmetic, and filters of ours only.

:mod:`roadmapdocs.drafting.engine.language` has read the template before; what it lets through needs no more than this.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import entry_points
from typing import Any, Final

from jinja2 import StrictUndefined
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from roadmapdocs.drafting.engine.names import NUMBER, TEXT, TRUTH

LOOP: Final = {"index": NUMBER, "index0": NUMBER, "length": NUMBER, "first": TRUTH, "last": TRUTH}
_NBSP: Final = "\u00a0"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _nbsp(text: str) -> str:
    return text.replace(" ", _NBSP)


def _join(texts: list[str], between: str = ", ") -> str:
    return between.join(texts)


#: The filters of templates: what each takes, gives and does.
FILTERS: Final[dict[str, tuple[object, str, Callable[..., Any]]]] = {
    "upper": (TEXT, TEXT, str.upper),
    "lower": (TEXT, TEXT, str.lower),
    "capital": (TEXT, TEXT, _capital),
    "nbsp": (TEXT, TEXT, _nbsp),
    "join": ([TEXT], TEXT, _join),
    "length": (None, NUMBER, len),
}


#: Filters that plug-ins bring, each a function from text to text: the printing process reads the same list.
PLUGIN_FILTERS: Final = "roadmapdocs.template_filters"


def _add_plugins() -> None:
    for point in entry_points(group=PLUGIN_FILTERS):
        FILTERS.setdefault(point.name, (TEXT, TEXT, point.load()))


_add_plugins()


class Missing(StrictUndefined):
    """Whatever is done with a missing row or name fails, and the message is its name."""

    @property
    def _undefined_message(self) -> str:
        return str(self._undefined_name)


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """Nothing can be called or reckoned, attributes are keys of plain values, there are no globals and no tests.

    The reader of the syntax tree lets none of that through; should it ever, this fails as well.
    """

    intercepted_binops = frozenset(["//", "%", "+", "*", "-", "/", "**"])
    intercepted_unops = frozenset(["+", "-"])

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=Missing, finalize=_printed, cache_size=0)
        self.globals.clear()
        self.tests = {}
        self.filters = {name: function for name, (_takes, _gives, function) in FILTERS.items()}

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        if isinstance(obj, Missing):
            return obj
        if isinstance(obj, LoopContext) and attribute in LOOP:
            return getattr(obj, attribute)
        return self.undefined(name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(obj, list) and isinstance(argument, int) and argument < len(obj):
            return obj[argument]
        return self.undefined(name=f"[{argument}]")

    def call(self, *_arguments: Any, **_named: Any) -> Any:
        raise TypeError("nothing is called in a template")

    call_binop = call_unop = call

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ARG002  # Jinja's signature
        return False

    def is_safe_callable(self, obj: Any) -> bool:  # noqa: ARG002  # likewise
        return False


def _printed(value: Any) -> Any:
    """A value as the inside of a ``<w:t>``: line ends and tabs are elements of their own in a Word file."""
    if not isinstance(value, str):
        return value
    text = str(escape(value))
    if "\n" in text or "\t" in text:
        text = text.replace("\n", f"</w:t><w:br/>{_AGAIN}").replace("\t", f"</w:t><w:tab/>{_AGAIN}")
    return Markup(text)  # noqa: S704 - escaped two lines above


_AGAIN: Final = '<w:t xml:space="preserve">'
