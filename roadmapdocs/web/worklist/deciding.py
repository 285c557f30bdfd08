"""What waits for a person's decision, as groups of «Ждёт меня»: act by act, then whose place they stand in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import groupby
from urllib.parse import urlencode

from flask import url_for

from roadmapdocs.approvals.waiting import Waiting
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import ngettext
from roadmapdocs.web.context import settings
from roadmapdocs.web.decide.words import act_words, group_word, in_place_words
from roadmapdocs.web.worklist.documents import Shown, shown
from roadmapdocs.web.worklist.rows import Act, Group, Task, task

#: Rows of one act on the first page; the others have a page of their own.
MOST_ROWS = 8
#: An act on one thing alone needs no list of several.
_SEVERAL = 2


def deciding_groups(queue: Sequence[Waiting], today: dt.date) -> list[Group]:
    """One statement, whatever waits: only the rows that are shown are looked up."""
    groups = [list(rows) for _key, rows in groupby(queue, key=lambda one: (one.in_place_of or one.act, one.acting))]
    names = shown({one.document_id for rows in groups for one in rows[:MOST_ROWS]})
    return [_group(rows, names, today) for rows in groups]


def _group(rows: Sequence[Waiting], names: dict[int, Shown], today: dt.date) -> Group:
    """What is asked in another's place stands in one list, whatever the act."""
    first = rows[0]
    title = in_place_words(first.in_place_of, first.acting) if first.in_place_of else group_word(first.act)
    several = len(rows) >= _SEVERAL and not first.in_place_of
    rest = [one.due for one in rows[MOST_ROWS:]]
    all_url = f"{url_for('roadmapdocs_decide.bulk')}?{urlencode({'act': first.act})}"
    return Group(
        title,
        [_task(one, names[one.document_id], today) for one in rows[:MOST_ROWS] if one.document_id in names],
        rest=tuple(rest),
        late_rest=sum(due is not None and due < today for due in rest),
        all_url=all_url if several or len(rows) > MOST_ROWS else "",
    )


def _task(one: Waiting, document: Shown, today: dt.date) -> Task:
    words = act_words(one.act)
    about = [_("Drafted by: %(name)s", name=document.drafter) if document.drafter else "", words.verb if one.in_place_of else ""]
    lies = (today - one.since.astimezone(settings().zone).date()).days if one.since is not None else 0
    if one.due is None and lies > 0:
        about.append(ngettext("lies for %(num)s day", "lies for %(num)s days", lies))
    url = url_for("roadmapdocs_decide.document", document_id=one.document_id)
    return task(document.name, about=about, act=Act(words.open, url), due=one.due, today=today)
