"""A stored draft on its way to paper: values, requisites of its day, page, template, file."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.drafting.composing import Context, KindWords, compose
from roadmapdocs.drafting.declining import OfficeForms
from roadmapdocs.drafting.filling import day_of, values_of
from roadmapdocs.drafting.models import Draft, OfficeTemplate
from roadmapdocs.drafting.profiles import Profile, profile_for
from roadmapdocs.drafting.rendering import render
from roadmapdocs.drafting.templates import template_for
from roadmapdocs.drafting.values import Values
from roadmapdocs.drafting.vocabulary import Page
from roadmapdocs.installation import Kept

_own: Kept[Profile | None] = Kept("own_profile", lambda: None)


def use_own_profile(profile: Profile | None) -> None:
    """From now on, documents keep to the office's own instruction (None: to the standard of their day)."""
    _own.set(profile)


@dataclass(frozen=True, slots=True)
class Printed:
    """A file and what it was made from."""

    data: bytes
    values: Values
    profile: Profile
    template: str
    sha256: str
    office_template: OfficeTemplate | None


def page_of(document: Document, draft: Draft, *, today: dt.date) -> Page:
    """What the template of a draft would print, in words."""
    values = values_of(document, draft, today=today)
    return page_from(draft.template, values, document.kind, day_of(document, today))


def page_from(template: str, values: Values, kind: Kind, day: dt.date) -> Page:
    context = context_of(values, kind, day)
    return compose(
        template, values, context.profile, kind=context.kind, kinds=context.kinds, declension=context.declension
    )


def context_of(values: Values, kind: Kind, day: dt.date) -> Context:
    """What values are put into words by: requisites of the day, words of kinds, forms that people have corrected."""
    kinds = {row.code: words_of(row) for row in Kind.select()}
    return Context(profile_for(day, _own.get(), values.profile), words_of(kind), kinds, OfficeForms())


def printed(document: Document, draft: Draft, *, today: dt.date) -> Printed:
    """
    :raise Refusal: as :func:`roadmapdocs.drafting.rendering.render`, ``bad_values``, ``no_template``
    """
    values = values_of(document, draft, today=today)
    day = day_of(document, today)
    chosen = template_for(draft.template, day)
    author = values.drafter.name if values.drafter else ""
    page = page_from(draft.template, values, document.kind, day)
    return Printed(
        data=render(chosen.data, page, title=document.title, author=author),
        values=values,
        profile=profile_for(day, _own.get(), values.profile),
        template=draft.template,
        sha256=chosen.sha256,
        office_template=chosen.office_template,
    )


def words_of(kind: Kind) -> KindWords:
    """The kind's word with its cases and gender."""
    return KindWords.of(kind.code, kind.name, kind.gender, kind.forms)
