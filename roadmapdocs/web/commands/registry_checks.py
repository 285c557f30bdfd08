"""What ``roadmapdocs check`` asks of workflows, journals, kinds and documents: each check gives all that is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import peewee as pw

from roadmapdocs.documents.fields import check_fields
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.workflows import catalogue, definition_problems, workflow_for
from roadmapdocs.errors import ConfigurationError, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import ngettext
from roadmapdocs.registration.models import Counter, Entry, Journal
from roadmapdocs.registration.patterns import Pattern
from roadmapdocs.registration.rules import EntryState
from roadmapdocs.workflow.operations import workflow_of
from roadmapdocs.workflow.rules import Line

#: Of what there may be thousands of, so many are named.
SHOWN = 5
#: Numbers that were given to a document; reserved and freed ones may wait for theirs.
GIVEN = (EntryState.REGISTERED, EntryState.ANNULLED)


def check_workflows() -> str:
    """
    :raise Refusal: ``workflows`` with a line for each problem, naming file and key
    """
    _refuse("workflows", definition_problems())
    return ngettext("%(num)s definition", "%(num)s definitions", len(catalogue().definitions))


def check_journals() -> str:
    """
    :raise Refusal: ``journals`` with a line for each problem, naming journal and column
    """
    _refuse("journals", [*_patterns(), *_counters(), *_entries()])
    return ngettext("%(num)s journal", "%(num)s journals", Journal.select().count())


def check_kinds() -> str:
    """
    :raise Refusal: ``kinds`` with a line for each problem, naming kind and column
    """
    _refuse("kinds", [problem for kind in Kind.select().order_by(Kind.position) for problem in _kind(kind)])
    return ngettext("%(num)s kind", "%(num)s kinds", Kind.select().count())


def check_documents() -> str:
    """
    :raise Refusal: ``documents`` with a line for each workflow that cannot be read, or has not the states in use
    """
    _refuse("documents", list(_adopted()))
    return ngettext("%(num)s document", "%(num)s documents", Document.select().count())


def _refuse(code: str, problems: list[str]) -> None:
    if problems:
        raise Refusal(code, "\n".join(problems))


def _patterns() -> Iterator[str]:
    for journal in Journal.select().order_by(Journal.position, Journal.id):
        try:
            Pattern.parse(journal.pattern)
        except Refusal as refusal:
            yield f"{journal.code}: pattern: {journal.pattern!r}: {refusal.message}"


def _counters() -> Iterator[str]:
    """Counters that would give a number a second time. A literal number follows one that was counted."""
    highest = (
        Entry.select(Entry.journal, Entry.period, pw.fn.MAX(Entry.n).alias("n"))
        .where(Entry.suffix == "")
        .group_by(Entry.journal, Entry.period)
        .tuples()
    )
    last = {(journal, period): count for journal, period, count in Counter.select(Counter.journal, Counter.period, Counter.last).tuples()}
    codes: dict[int, str] = dict(Journal.select(Journal.id, Journal.code).tuples())
    for journal, period, n in highest:
        counted = last.get((journal, period), 0)
        if counted < n:
            yield _(
                "%(journal)s: %(period)s: the counter stands at %(counted)s, and No. %(number)s is given. Put the counter right.",
                journal=codes[journal],
                period=period,
                counted=counted,
                number=n,
            )


def _entries() -> Iterator[str]:
    """Numbers given to documents that are not there."""
    held = Document.select(pw.SQL("1")).where(Document.entry == Entry.id)
    lost = Entry.select(Entry, Journal).join(Journal).where(Entry.state.in_(GIVEN) & ~pw.fn.EXISTS(held)).order_by(Entry.id)
    number = lost.count()
    for entry in lost.limit(SHOWN):
        yield _(
            "%(journal)s: %(period)s: No. %(number)s has no document. Bring the document back from a backup.",
            journal=entry.journal.code,
            period=entry.period,
            number=entry.number,
        )
    if number > SHOWN:
        yield ngettext("and %(num)s number more", "and %(num)s numbers more", number - SHOWN)


def _kind(kind: Kind) -> Iterator[str]:
    try:
        workflow_for(kind)
    except ConfigurationError as mistake:
        yield f"{kind.code}: workflows: {mistake}"
    except ValueError:
        known = ", ".join(line.value for line in Line)
        yield _("%(kind)s: workflows: not lines of a document: %(names)s", kind=kind.code, names=f"{_strange(kind.workflows)}; {known}")
    try:
        check_fields(kind.fields)
    except Refusal as refusal:
        yield f"{kind.code}: fields: {refusal.message}"
    numbered = Journal.select().where(Journal.active & (Journal.series == kind.series)).exists()
    if kind.active and kind.own_number and not numbered:
        yield _(
            "%(kind)s: series: %(series)s: no open journal of this series. Add one under Journals.",
            kind=kind.code,
            series=kind.series or "—",
        )


def _strange(workflows: Mapping[str, str]) -> str:
    return ", ".join(sorted(repr(name) for name in workflows if name not in set(Line)))


def _adopted() -> Iterator[str]:
    """Workflows under which documents live: read once each, with the states in which documents are."""
    lines = [getattr(Document, line.value) for line in Line]
    rows = Document.select(Document.workflow, Document.named_states, *lines).distinct().tuples()
    unread: dict[int | None, str] = {}
    for workflow_id, named, *meanings in rows:
        if workflow_id in unread:
            continue
        if workflow_id is None:
            unread[None] = _("There are documents without a workflow. Run “roadmapdocs upgrade”.")
            continue
        try:
            workflow = workflow_of(workflow_id)
        except (ConfigurationError, Refusal) as problem:
            unread[workflow_id] = _("workflow %(id)s: %(why)s", id=workflow_id, why=problem)
            continue
        for line, meaning in zip(Line, meanings, strict=True):
            state = named.get(line.value) or meaning
            if state not in workflow.definitions[line].states:
                unread[workflow_id] = _(
                    "workflow %(id)s: %(line)s: documents are in the state %(state)s, which it does not have.",
                    id=workflow_id,
                    line=line.value,
                    state=repr(state),
                )
    yield from unread.values()
