"""Printing samples by shipped templates for tests, and reading what came out."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import cache
from typing import Any

import docx
from docx.oxml.ns import qn

from roadmapdocs.documents import kinds
from roadmapdocs.drafting.composing import KindWords, compose
from roadmapdocs.drafting.profiles import Profile, profile_for
from roadmapdocs.drafting.rendering import render
from roadmapdocs.drafting.samples import extreme, sample
from roadmapdocs.drafting.samples_minutes import SHEETS, extreme_page, sample_page
from roadmapdocs.drafting.values import Values
from roadmapdocs.drafting.vocabulary import Page
from roadmapdocs.shipped import pages_folder

DOCUMENTS = pages_folder().parent / "documents"


@cache
def kind_words() -> Mapping[str, KindWords]:
    return {code: KindWords.of(code, one["name"], one["gender"], one["forms"]) for code, one in kinds.shipped().items()}


def page_of(template: str, values: Values, profile: Profile | None = None) -> Page:
    known = kind_words()
    # A sheet of those who know a document is no kind of document.
    kind = known.get(values.kind, known["other"])
    return compose(template, values, profile or profile_for(values.date), kind=kind, kinds=known)


def shipped(template: str) -> bytes:
    return (DOCUMENTS / template).read_bytes()


@cache
def printed(template: str, which: str) -> bytes:
    """A shipped template with its sample or extreme."""
    if template in SHEETS:
        page: Page = sample_page(template) if which == "sample" else extreme_page(template)
    else:
        page = page_of(template, sample(template) if which == "sample" else extreme(template))
    return render(shipped(template), page)


def body_of(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data)).element.body


def text_of(data: bytes) -> str:
    """All paragraphs in their order, also those in tables, a line each."""
    return "\n".join(words_of(paragraph) for paragraph in body_of(data).iter(qn("w:p")))


def words_of(paragraph: Any) -> str:
    signs = {qn("w:br"): "\n", qn("w:tab"): "\t"}
    return "".join(signs.get(one.tag, one.text or "") for one in paragraph.iter(qn("w:t"), *signs))
