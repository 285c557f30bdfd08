"""Rendering a page by a template, in a process of its own with limits: the one door for whoever prints."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Sequence
from functools import cache
from typing import Any, Final, NoReturn

from roadmapdocs.drafting.engine.children import CHILDREN, SECONDS, ChildGone
from roadmapdocs.drafting.engine.names import names_of
from roadmapdocs.drafting.engine.troubles import Code, Trouble
from roadmapdocs.drafting.engine.words import sentence
from roadmapdocs.drafting.vocabulary import Page
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import language

#: Texts and numbers of one page. A plan of five hundred rows of seven has four thousand.
MOST_VALUES: Final = 60_000
#: Signs of one page altogether.
MOST_SIGNS: Final = 20_000_000

_UNKNOWN: Final = frozenset({Code.UNKNOWN_NAME, Code.NO_SUCH_ROW})


def render(template: bytes, page: Page, *, title: str = "", author: str = "") -> bytes:
    """The finished DOCX; ``title`` and ``author`` go into its properties. The same input gives the same bytes.

    :raise Refusal: ``template_broken`` and ``template_unknown_name`` naming the place and the name; ``template_too_long``
        (time), ``template_too_large`` (size of page or file), ``render_failed``; for a file that is no sound DOCX as
        :func:`roadmapdocs.files.rules.check_file`
    """
    task = _task("print", type(page)) | {"page": _plain(page), "properties": {"title": title, "author": author}}
    return _asked(task, template)[1]


def troubles_of(template: bytes, page: type[Page], wanted: Sequence[str] = ()) -> list[Trouble]:
    """Everything wrong with a template for pages of this class, found by reading it and by printing made-up pages.

    Which of the ``wanted`` names it does not print is among it.

    :raise Refusal: as :func:`render`, but for what is told as a trouble
    """
    answer, _data = _asked(_task("examine", page) | {"wanted": list(wanted)}, template)
    return [Trouble.from_json(one) for one in answer["troubles"]]


def refusal_of(trouble: Trouble, *, others: int = 0) -> Refusal:
    """A trouble as a refusal; ``others`` tells that it is the first of more."""
    code = {Code.TOO_LARGE: "template_too_large", Code.TOO_LONG: "template_too_long", Code.FAILED: "render_failed"}.get(trouble.code)
    if code is None:
        code = "template_unknown_name" if trouble.code in _UNKNOWN else "template_broken"
    place = dataclasses.asdict(trouble.place)
    return Refusal(code, sentence(trouble), name=trouble.name, place=place, near=trouble.near, others=others)


def _task(what: str, page: type[Page]) -> dict[str, Any]:
    shape: type = page
    names, key = _names(shape)
    return {"do": what, "language": language(), "names": names, "key": key}


@cache
def _names(page: type) -> tuple[dict[str, Any], str]:
    names = names_of(page)
    return names, hashlib.sha256(json.dumps(names, sort_keys=True).encode()).hexdigest()


def _asked(task: dict[str, Any], template: bytes) -> tuple[dict[str, Any], bytes]:
    try:
        answer, made = CHILDREN.ask(task, template, SECONDS)
    except ChildGone as gone:
        raise refusal_of(Trouble(Code.TOO_LONG if gone.too_long else Code.FAILED)) from gone
    if refused := answer.get("refused"):
        raise Refusal(refused["code"], refused["message"])
    if failed := answer.get("failed"):
        _refuse([Trouble.from_json(one) for one in failed])
    return answer, made


def _refuse(troubles: list[Trouble]) -> NoReturn:
    raise refusal_of(troubles[0], others=len(troubles) - 1)


def _plain(page: Page) -> dict[str, Any]:
    """``dataclasses.asdict`` with an end: a page is refused before it is copied wholly."""
    left = [MOST_VALUES, MOST_SIGNS]

    def told(value: Any) -> Any:
        if dataclasses.is_dataclass(value):
            kind: type = type(value)
            return {name: told(getattr(value, name)) for name in _fields(kind)}
        if isinstance(value, tuple | list):
            return [told(one) for one in value]
        left[0] -= 1
        left[1] -= len(value) if isinstance(value, str) else 0
        if min(left) < 0:
            raise Refusal(
                "template_too_large",
                _(
                    "The document says more than one file holds: over %(values)s values. Split it, or put the long table into a file of its own.",
                    values=MOST_VALUES,
                ),
            )
        return value

    plain = told(page)
    assert isinstance(plain, dict)  # a page is a dataclass
    return plain


@cache
def _fields(thing: type) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(thing))
