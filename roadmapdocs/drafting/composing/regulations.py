"""A regulation, plan or list as its page: mark, stamp, name, text."""

from __future__ import annotations

import datetime as dt
from typing import Final

from roadmapdocs.documents.links.stamp_rules import appendix_mark
from roadmapdocs.drafting.composing import common
from roadmapdocs.drafting.composing.common import NBSP, Context
from roadmapdocs.drafting.composing.stamps import stamp_lines
from roadmapdocs.drafting.composing.tables import lies_across, pieces
from roadmapdocs.drafting.values import Appendix, Person, RegulationValues
from roadmapdocs.drafting.vocabulary import PrintedAppendix, RegulationPage

_DATE_BY_HAND: Final = f"«___»{NBSP}______________ 20___{NBSP}г."


def compose_regulation(values: RegulationValues, context: Context, *, landscape: bool = False) -> RegulationPage:
    """``landscape``: the pages lie across, whatever its tables are."""
    across = landscape or lies_across(values.blocks)
    appendices = _appendices(values.appendices, context, across=across)
    return RegulationPage(
        **common.requisites(values, context),
        appendix_mark=_mark(values, context),
        stamp=_stamp(values, context),
        titles=tuple(common.name_without_kind(values.title, context.kind).splitlines()),
        pieces=pieces(values.blocks),
        appendices=appendices,
        landscape=across,
        ends_landscape=appendices[-1].landscape if appendices else across,
    )


def _mark(values: RegulationValues, context: Context) -> tuple[str, ...]:
    """«Приложение № 2 / к приказу …» where an act puts it into force and the profile wants it beside the stamp."""
    if values.approved_by is None or not context.profile.mark_with_stamp:
        return ()
    among = 2 if values.appendix else 1
    return appendix_mark(common.act_of(values.approved_by, context), max(values.appendix, 1), among)


def _stamp(values: RegulationValues, context: Context) -> tuple[str, ...]:
    if values.approved_by_person is not None:
        return _by_person(values.approved_by_person, values.date, context)
    if values.approved_by is None:
        return ()
    cited = values.approved_by
    return stamp_lines(context.kind.gender, common.act_of(cited, context), context.profile, cited.title)


def _by_person(person: Person, date: dt.date | None, context: Context) -> tuple[str, ...]:
    """«УТВЕРЖДАЮ / post / signature, name / date»."""
    (signer,) = common.signers((person,), context)
    return ("УТВЕРЖДАЮ", *signer.post, f"____________ {signer.name}".rstrip(), common.in_words(date) or _DATE_BY_HAND)


def _appendices(given: tuple[Appendix, ...], context: Context, *, across: bool) -> tuple[PrintedAppendix, ...]:
    """«Приложение № 1 / к Положению»: they have no stamp of their own, they are approved with the whole."""
    printed: list[PrintedAppendix] = []
    for place, appendix in enumerate(given, start=1):
        if appendix.separate:
            continue
        head = f"Приложение №{NBSP}{place}" if len(given) > 1 else "Приложение"
        kind = common.kind_of(appendix.kind, context) if appendix.kind else None
        printed.append(
            PrintedAppendix(
                mark=(head, f"к {common.capital(context.kind.dat)}"),
                kind=kind.name.upper() if kind else "",
                title=common.appendix_title(appendix, kind),
                landscape=appendix.landscape or lies_across(appendix.blocks),
                follows_landscape=printed[-1].landscape if printed else across,
                pieces=pieces(appendix.blocks),
            )
        )
    return tuple(printed)
