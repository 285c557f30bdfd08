"""Reading a call of XML-RPC that may be malformed or hostile: no entities, no document types, bounded depth."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from xmlrpc.client import Unmarshaller

from defusedxml.xmlrpc import DefusedExpatParser  # type: ignore[import-untyped]  # it has no types

from roadmapdocs.erp.odoo.errors import Invalid
from roadmapdocs.erp.odoo.plain import DEEPEST
from roadmapdocs.i18n import gettext as _


class _TooDeep(ValueError):
    pass


class _Reader(Unmarshaller):
    """The library's, which takes anything, with a bound on the depth and without names that stand twice."""

    def __init__(self) -> None:
        super().__init__(use_builtin_types=True)
        self._deep = 0

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        if tag in {"array", "struct"}:
            self._deep += 1
            if self._deep > DEEPEST:
                raise _TooDeep
        super().start(tag, attrs)

    def end(self, tag: str) -> None:
        if tag in {"array", "struct"}:
            self._deep -= 1
        if tag == "struct":
            self._check_names()
        super().end(tag)

    def _check_names(self) -> None:
        """That the members begun by the last struct are pairs of a name of its own and a value."""
        reader: Any = self  # these two are of the library's own making, and in none of its stubs
        members = reader._stack[reader._marks[-1] :]
        names = members[0::2]
        if len(members) % 2 or not all(isinstance(name, str) for name in names) or len(set(names)) < len(names):
            raise ValueError("members")


def read_call(data: bytes) -> tuple[str, list[Any]]:
    """The method's name and its arguments.

    :raise Invalid: ``xml`` if this is no call of XML-RPC
    """
    reader = _Reader()
    try:
        parser = DefusedExpatParser(reader, forbid_dtd=True)
        parser.feed(data)
        parser.close()
        arguments = reader.close()
        name = reader.getmethodname()
    except _TooDeep as problem:
        raise Invalid("xml", _("The data are nested more than %(most)s deep.", most=DEEPEST)) from problem
    except Exception as problem:  # the library raises whatever its parts do on data that are none
        raise _no_call() from problem
    if not isinstance(name, str) or not name:
        raise _no_call()
    try:
        return name, [_plain(one) for one in arguments]
    except ValueError as problem:  # a decimal that is no number at all
        raise _no_call() from problem


def _no_call() -> Invalid:
    return Invalid("xml", _("This is no call of XML-RPC. Send a methodCall without a document type."))


def _plain(value: Any) -> Any:
    """With texts for moments and numbers for decimals, as clients of JSON send them. The depth is bounded by now."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    convert = _CONVERTED.get(type(value).__name__)
    return value if convert is None else convert(value)


_CONVERTED: Final[dict[str, Callable[[Any], object]]] = {
    "datetime": lambda value: value.isoformat(" ", "seconds"),
    "Decimal": float,
}
