"""An order or directive as its page: preamble, decree, points, appendices with their marks and stamps."""

from __future__ import annotations

import re
from typing import Final

from roadmapdocs.documents.links.stamp_rules import Act, appendix_mark
from roadmapdocs.drafting.composing import common
from roadmapdocs.drafting.composing.common import Context, one_line
from roadmapdocs.drafting.composing.points import Place, point_lines
from roadmapdocs.drafting.composing.stamps import stamp_lines
from roadmapdocs.drafting.composing.tables import lies_across, pieces
from roadmapdocs.drafting.composing.words import KindWords
from roadmapdocs.drafting.values import OrderValues
from roadmapdocs.drafting.vocabulary import OrderPage, PrintedAppendix

#: The word between preamble and points, by the kind's code; a dash in the values asks for none.
_DECREES: Final = {"directive": "ОБЯЗЫВАЮ:"}
_DECREE: Final = "ПРИКАЗЫВАЮ:"
_NO_DECREE: Final = frozenset("-–—")
_DECREE_AT_END: Final = re.compile(r"\s*\b(?:приказываю|обязываю|распоряжаюсь|предлагаю)\s*:?\s*$", re.IGNORECASE)


def compose_order(values: OrderValues, context: Context) -> OrderPage:
    own = Act(
        context.kind.ins,
        context.kind.dat,
        one_line(values.organisation_genitive),
        values.date,
        common.bare_number(values.number),
    )
    decree = _decree(values.decree, context.kind)
    appendices = _appendices(values, own, context)
    return OrderPage(
        **common.requisites(values, context),
        preamble=_preamble(values.preamble, followed=bool(decree)),
        decree=decree,
        points=point_lines(values.points, Place(context, len(values.appendices))),
        appendices=appendices,
        ends_landscape=bool(appendices) and appendices[-1].landscape,
        acquainted=common.signers(values.acquainted, context),
        acquainted_words=context.profile.acquainted.replace("приказом", context.kind.ins),
    )


def _decree(given: str, kind: KindWords) -> str:
    word = common.despaced(one_line(given)) or _DECREES.get(kind.code, _DECREE)
    if word in _NO_DECREE:
        return ""
    return word if word.endswith(":") else f"{word.rstrip(' .,;')}:"


def _preamble(text: str, *, followed: bool) -> str:
    """As it was written, with the decree taken off its end; a full stop or colon there only where nothing follows."""
    text = _DECREE_AT_END.sub("", common.despaced(one_line(text)))
    text = re.sub(r"\s+([,;:.])", r"\1", text)
    text = re.sub(r",{2,}", ",", text)
    if not followed:
        return common.with_stop(text)
    comma = "," if text.endswith(",") else ""
    return common.without_stop(text.rstrip(",;: ")) + comma


def _appendices(values: OrderValues, own: Act, context: Context) -> tuple[PrintedAppendix, ...]:
    printed: list[PrintedAppendix] = []
    for place, appendix in enumerate(values.appendices, start=1):
        if appendix.separate:
            continue
        kind = common.kind_of(appendix.kind, context) if appendix.kind else None
        stamp = stamp_lines(kind.gender, own, context.profile, values.title) if kind and appendix.approved else ()
        printed.append(
            PrintedAppendix(
                mark=() if stamp and not context.profile.mark_with_stamp else appendix_mark(own, place, len(values.appendices)),
                stamp=stamp,
                kind=kind.name.upper() if kind else "",
                title=common.appendix_title(appendix, kind),
                landscape=appendix.landscape or lies_across(appendix.blocks),
                follows_landscape=bool(printed) and printed[-1].landscape,
                pieces=pieces(appendix.blocks),
            )
        )
    return tuple(printed)

