"""Printing a page by a template with docxtpl: what the child process does, on bytes and plain values only."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from docxtpl import DocxTemplate
from jinja2 import UndefinedError
from lxml import etree

from roadmapdocs.drafting.engine.names import filled
from roadmapdocs.drafting.engine.package_check import check_fields
from roadmapdocs.drafting.engine.prepared import ENVIRONMENT, Prepared, prepare, read
from roadmapdocs.drafting.engine.printed_file import finished
from roadmapdocs.drafting.engine.troubles import Code, Severity, TemplateTrouble, Trouble
from roadmapdocs.russian.letters import printable

#: Signs of one rendered part. A plan of five hundred rows has half a million.
LONGEST_PART: Final = 60_000_000


class Quiet(DocxTemplate):  # type: ignore[misc]  # the library has no types
    """docxtpl with our environment: strict about what comes out, no markers in properties, nothing compiled twice."""

    def __init__(self, prepared: Prepared) -> None:
        super().__init__(io.BytesIO(prepared.data))
        self.prepared = prepared

    def patch_xml(self, src_xml: str) -> str:
        known = self.prepared.patched
        if src_xml not in known:
            known[src_xml] = super().patch_xml(src_xml)
        return known[src_xml]

    def render_xml_part(self, src_xml: str, part: Any, context: Mapping[str, Any], jinja_env: Any = None) -> str:  # noqa: ARG002  # docxtpl's signature
        compiled = self.prepared.compiled
        if src_xml not in compiled:
            compiled[src_xml] = jinja_env.from_string(src_xml)
        pieces, left = [], LONGEST_PART
        for piece in compiled[src_xml].generate(context):
            left -= len(piece)
            if left < 0:
                raise TemplateTrouble(Trouble(Code.TOO_LARGE))
            pieces.append(piece)
        return "".join(pieces)

    def fix_tables(self, xml: str) -> Any:
        """docxtpl mends broken XML in silence, and text is lost: it is told instead."""
        etree.fromstring(xml)
        return super().fix_tables(xml)

    def render_properties(self, context: Any, jinja_env: Any = None) -> None:
        """They are set afterwards, from plain values."""


def print_page(template: bytes, names: Mapping[str, Any], key: str, page: Mapping[str, Any], properties: Mapping[str, str]) -> bytes:
    """The finished file. ``names`` are those of the page, ``key`` stands for them.

    :raise TemplateTrouble: with all errors of the template, or the one that came up
    :raise Refusal: as :func:`roadmapdocs.files.rules.check_file`
    """
    prepared = prepare(template)
    troubles, _used = read(prepared, names, key)
    errors = [one for one in troubles if one.severity is Severity.ERROR]
    if errors:
        raise TemplateTrouble(*errors)
    return _print(prepared, _told(page), properties)


def _print(prepared: Prepared, page: Any, properties: Mapping[str, str]) -> bytes:
    quiet = Quiet(prepared)
    try:
        quiet.render(page, jinja_env=ENVIRONMENT)
    except UndefinedError as problem:
        name = str(problem)
        raise TemplateTrouble(Trouble(Code.NO_SUCH_ROW, name, prepared.place_of(name))) from problem
    except etree.XMLSyntaxError as problem:
        raise TemplateTrouble(Trouble(Code.TORN, str(problem.msg or "").partition(", line")[0])) from problem
    except (TypeError, ValueError, AttributeError, KeyError) as problem:
        raise TemplateTrouble(Trouble(Code.FAILED, str(problem)[:200])) from problem
    return finished(quiet.docx, properties)


def _told(value: Any) -> Any:
    """Values as XML can hold them; line ends of any system are one sign."""
    if isinstance(value, str):
        return printable(value.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n"))
    if isinstance(value, dict):
        return {name: _told(one) for name, one in value.items()}
    return [_told(one) for one in value] if isinstance(value, list) else value


def examine(
    template: bytes, names: Mapping[str, Any], key: str, wanted: Sequence[str], validate: Callable[[bytes], list[str]]
) -> list[Trouble]:
    """Every trouble there is: those read off the template, and those of printing it with much and with nothing.

    ``wanted`` are the names that such a document has to print. ``validate`` gives a line for each thing wrong with a file.

    :raise Refusal: as :func:`roadmapdocs.files.rules.check_file`
    """
    prepared = prepare(template)
    troubles, used = read(prepared, names, key)
    found = list(troubles)
    if not prepared.markers and not troubles:
        found.append(Trouble(Code.NO_MARKERS, severity=Severity.WARNING))
    if not any(one.severity is Severity.ERROR for one in found):
        found.extend(_tried(prepared, names, validate))
    return [*found, *(Trouble(Code.NOT_USED, name, severity=Severity.WARNING) for name in wanted if name not in used)]


def _tried(prepared: Prepared, names: Mapping[str, Any], validate: Callable[[bytes], list[str]]) -> list[Trouble]:
    """What the file would have wrong that the template has not: templates of other programs are no model, and open."""
    before = set(validate(prepared.data))
    for rows in (2, 0):
        try:
            made = _print(prepared, filled(names, rows), {})
        except TemplateTrouble as trouble:
            return list(trouble.troubles)
        if fields := check_fields(made):
            return fields
        if wrong := [one for one in validate(made) if one not in before]:
            return [Trouble(Code.TORN, wrong[0])]
    return []
