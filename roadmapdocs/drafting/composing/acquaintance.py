"""A sheet of acquaintance as its page: with what, and a row for everybody."""

from __future__ import annotations

from typing import Final

from roadmapdocs.drafting.composing import common
from roadmapdocs.drafting.composing.common import Context, one_line
from roadmapdocs.drafting.values import AcquaintanceValues
from roadmapdocs.drafting.vocabulary import AcquaintancePage, Signer
from roadmapdocs.russian.cases import Case

#: Rows to fill in by hand where nobody is named.
_EMPTY_ROWS: Final = 15


def compose_acquaintance(values: AcquaintanceValues, context: Context) -> AcquaintancePage:
    named = tuple(Signer(post=(one_line(one.post),) if one.post.strip() else (), name=one_line(one.name)) for one in values.people)
    return AcquaintancePage(
        **(common.requisites(values, context) | {"kind": "ЛИСТ ОЗНАКОМЛЕНИЯ"}),
        document=f"с {common.cited_words(values.document, Case.INS, context)}" if values.document else "",
        people=named or (Signer(),) * _EMPTY_ROWS,
    )
