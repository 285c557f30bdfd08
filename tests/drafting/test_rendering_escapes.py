"""The usual lists of ways out of a template sandbox: each is refused before it runs, wherever in the file it stands."""

from __future__ import annotations

import time

import pytest
from jinja2 import TemplateError, TemplateSyntaxError

from roadmapdocs.drafting.engine.language import Reader
from roadmapdocs.drafting.engine.names import names_of
from roadmapdocs.drafting.engine.prepared import ENVIRONMENT
from roadmapdocs.drafting.engine.troubles import NOWHERE, Code
from roadmapdocs.drafting.rendering import render, troubles_of
from roadmapdocs.drafting.vocabulary import Line, OrderPage
from roadmapdocs.errors import Refusal
from tests.drafting.made import changed, word

PAGE = OrderPage(kind="ПРИКАЗ", points=(Line(number="1.", text="первый"), Line(number="2.", text="второй")))
ESCAPES = [
    "{{ ''.__class__ }}",
    "{{ kind.__class__.__mro__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ kind['__class__'] }}",
    "{{ points.__class__ }}",
    "{{ points[0]['__init__'] }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ joiner.__init__.__globals__ }}",
    "{{ namespace.__init__.__globals__ }}",
    "{{ lipsum.__globals__['os'] }}",
    "{{ lipsum() }}",
    "{{ dict() }}",
    "{{ self.__init__ }}",
    "{{ self }}",
    "{{ self._TemplateReference__context }}",
    "{{ config }}",
    "{{ request }}",
    "{{ get_flashed_messages.__globals__ }}",
    "{{ __builtins__ }}",
    "{{ kind|attr('__class__') }}",
    "{{ points|map(attribute='__class__')|list }}",
    "{{ points|map('attr', '__class__') }}",
    "{{ points|selectattr('text') }}",
    "{{ points|groupby('__class__') }}",
    "{{ '{0.__class__}'.format(kind) }}",
    "{{ '{0.__class__}'|format(kind) }}",
    "{{ kind.format_map(page) }}",
    "{{ '%s'|format(points) }}",
    "{{ kind.upper() }}",
    "{{ kind.encode }}",
    "{{ points.append }}",
    "{{ points.append(1) }}",
    "{% for a in points %}{{ loop.__init__.__globals__ }}{% endfor %}",
    "{% for a in points %}{{ loop.cycle('a', 'b') }}{% endfor %}",
    "{% for a in points %}{{ loop._iterator }}{% endfor %}",
    "{% for a in points recursive %}{{ loop(points) }}{% endfor %}",
    "{% for a in range(10**9) %}x{% endfor %}",
    "{% for a in [1, 2] %}x{% endfor %}",
    "{% for a, b in points %}x{% endfor %}",
    "{% for _a in points %}x{% endfor %}",
    "{% for loop in points %}x{% endfor %}",
    "{{ 'a' * 10**9 }}",
    "{{ 10 ** 10 ** 8 }}",
    "{{ 'a' ~ 'b' * 999999999 }}",
    "{{ kind % 5 }}",
    "{{ 1 + 1 }}",
    "{{ -1 }}",
    "{{ kind[0:5] }}",
    "{{ kind[0] }}",
    "{{ 'x'|center(999999999) }}",
    "{{ kind|safe }}",
    "{{ kind|tojson }}",
    "{{ kind|join(points) }}",
    "{{ organisation|join(kind) }}",
    "{% set x = kind %}{{ x }}",
    "{% set ns = namespace(x=1) %}",
    "{% set x %}{{ kind }}{% endset %}",
    "{% include '/etc/passwd' %}",
    "{% include 'a' ignore missing %}",
    "{% import 'os' as os %}",
    "{% from 'os' import path %}",
    "{% extends 'base' %}",
    "{% block a %}{% endblock %}",
    "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
    "{% call kind() %}{% endcall %}",
    "{% filter upper %}a{% endfilter %}",
    "{% autoescape false %}{{ kind }}{% endautoescape %}",
    "{% with a = kind %}{{ a }}{% endwith %}",
    "{% do points.clear() %}",
    "{% debug %}",
    "{{ kind is defined }}",
    "{{ kind is sameas(title) }}",
    "{{ caller() }}",
    "{{ varargs }}",
    "{{ [kind] }}",
    "{{ {'a': kind} }}",
    "{{ (kind, title) }}",
    "{{r kind }}",
    "{{ points }}",
    "".join("{% for a in points %}" for _ in range(5)) + "x" + "{% endfor %}" * 5,
]


#: As deep as Python's own stack, or deeper.
DEEP = ["{{ " + "(" * 3000 + "kind" + ")" * 3000 + " }}", "{{ " + "not " * 3000 + "kind }}"]


@pytest.mark.parametrize("escape", ESCAPES, ids=range(len(ESCAPES)))
def test_an_escape_is_no_part_of_the_language(escape: str) -> None:
    reader = Reader(names_of(OrderPage), lambda _line: NOWHERE)
    try:
        reader.read(ENVIRONMENT.parse(escape))
    except TemplateSyntaxError:
        return
    assert reader.troubles


@pytest.mark.parametrize("walk", [one for one in ESCAPES if "__" in one or "*" in one or "()" in one])
def test_the_environment_alone_calls_walks_and_reckons_nothing(walk: str) -> None:
    """What the reader lets through none of fails without the reader, too."""
    page = {"kind": "ПРИКАЗ", "points": [{"text": "первый"}, {"text": "второй"}], "organisation": ["Один"]}
    with pytest.raises((TemplateError, TypeError, LookupError)):
        ENVIRONMENT.from_string(walk).render(page)


@pytest.mark.parametrize("escape", [ESCAPES[0], ESCAPES[6], ESCAPES[41], ESCAPES[56]])
def test_a_render_names_the_place_of_an_escape(escape: str) -> None:
    with pytest.raises(Refusal) as refused:
        render(word("До {{ kind }}", escape), PAGE)
    assert refused.value.code in ("template_broken", "template_unknown_name")
    assert refused.value.details["place"]["part"] == "body"  # type: ignore[index]  # a dictionary of the place


@pytest.mark.parametrize("deep", DEEP, ids=range(len(DEEP)))
def test_depth_is_refused(deep: str) -> None:
    with pytest.raises(Refusal) as refused:
        render(word(deep), PAGE)
    assert refused.value.code in ("template_broken", "template_too_large")


@pytest.mark.parametrize("where", ["header", "footer"])
def test_headers_and_footers_are_no_side_doors(where: str) -> None:
    with pytest.raises(Refusal) as refused:
        render(word("{{ kind }}", **{where: "{{ cycler.__init__ }}"}), PAGE)
    assert refused.value.details["place"]["part"] == where  # type: ignore[index]  # a dictionary of the place


def test_footnotes_are_no_side_door() -> None:
    """A part of footnotes with its type and relationship, as Word writes it."""
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    notes = f'<w:footnotes {names}><w:footnote w:id="2"><w:p><w:r><w:t>{{{{ cycler.x }}}}</w:t></w:r></w:p></w:footnote></w:footnotes>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    data = changed(word("{{ kind }}"), "word/footnotes.xml", lambda _text: notes)
    override = f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'
    data = changed(data, "[Content_Types].xml", lambda text: text.replace("</Types>", override))
    added = f'<Relationship Id="rId99" Type="{relation}" Target="footnotes.xml"/></Relationships>'
    data = changed(data, "word/_rels/document.xml.rels", lambda text: text.replace("</Relationships>", added))
    with pytest.raises(Refusal) as refused:
        render(data, PAGE)
    assert refused.value.details["place"]["part"] == "footnotes"  # type: ignore[index]  # a dictionary of the place
    safe = changed(data, "word/footnotes.xml", lambda text: text.replace("cycler.x", "kind"))
    assert render(safe, PAGE)


@pytest.mark.parametrize("part", ["docProps/core.xml", "docProps/app.xml", "word/comments.xml"])
def test_markers_where_nothing_is_filled_in_are_refused(part: str) -> None:
    data = word("{{ kind }}")
    data = changed(data, part, lambda text: text.replace("</", "{{ cycler.x }}</", 1) if text else "<a>{{ cycler }}</a>")
    assert [one.code for one in troubles_of(data, OrderPage)] == [Code.MARKER_ELSEWHERE]
    with pytest.raises(Refusal, match=r"core|app|comments"):
        render(data, PAGE)


def test_markers_in_attributes_are_read_as_well() -> None:
    data = changed(word("{{ kind }}"), "word/document.xml", lambda text: text.replace("<w:pPr>", '<w:pPr w:x="{{ cycler }}">', 1) if "<w:pPr>" in text else text.replace("<w:r>", '<w:r w:rsidR="{{ cycler }}">', 1))
    with pytest.raises(Refusal) as refused:
        render(data, PAGE)
    assert refused.value.code == "template_unknown_name"


def test_half_markers_without_number_are_refused_in_time() -> None:
    start = time.monotonic()
    for half in ("{{ " * 20_000, "{% " * 20_000, "{" * 60_000, "{{" + "a" * 60_000, "{%p " * 20_000):
        with pytest.raises(Refusal):
            render(word(half), PAGE)
    assert time.monotonic() - start < 30
