"""A template tried on a made-up document of its shape."""

from __future__ import annotations

from collections.abc import Mapping

from roadmapdocs.documents.models import Kind
from roadmapdocs.drafting.composing import KindWords, compose
from roadmapdocs.drafting.profiles import profile_for
from roadmapdocs.drafting.rendering import render
from roadmapdocs.drafting.samples import sample
from roadmapdocs.drafting.samples_minutes import sample_page
from roadmapdocs.drafting.shapes import SHAPES
from roadmapdocs.drafting.vocabulary import Page


def tried(path: str, template: bytes) -> bytes:
    """The made-up document printed by the template.

    :raise Refusal: as :func:`roadmapdocs.drafting.rendering.render`
    """
    rows = Kind.select(Kind.code, Kind.name, Kind.gender, Kind.forms).tuples()
    kinds = {code: KindWords.of(code, name, gender, forms) for code, name, gender, forms in rows}
    return render(template, made_up(path, kinds), title=path.removesuffix(".docx"))


def made_up(path: str, kinds: Mapping[str, KindWords]) -> Page:
    """The page of the made-up document of a template."""
    if SHAPES[path].values is None:
        return sample_page(path)
    values = sample(path)
    kind = kinds.get(values.kind) or KindWords.of("other", "Документ", "m", {})
    return compose(path, values, profile_for(values.date, code=values.profile), kind=kind, kinds=kinds)
