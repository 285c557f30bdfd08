"""«Ознакомиться» on «Ждёт меня»."""

from __future__ import annotations

import datetime as dt

from flask import url_for

from roadmapdocs.acquaintance.queries import queue_of
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor
from roadmapdocs.web.acquaintance.queue_page import reading_tasks
from roadmapdocs.web.worklist.rows import Group

#: Rows on the first page; the others stand on the page of what is to be read.
MOST_ROWS = 8
_SEVERAL = 2


def reading_groups(actor: Actor, today: dt.date) -> list[Group]:
    """One group of what is to be read, the nearest term first; none where nothing is."""
    queue = queue_of(actor)
    if not queue:
        return []
    rest = tuple(one.due for one in queue[MOST_ROWS:])
    group = Group(
        _("To read and confirm"),
        reading_tasks(queue[:MOST_ROWS], today, total=len(queue)),
        rest=rest,
        late_rest=sum(due is not None and due < today for due in rest),
        all_url=url_for("roadmapdocs_acquaintance.index") if len(queue) >= _SEVERAL else "",
    )
    return [group]
