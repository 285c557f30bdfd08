"""Who may what in which state, laid out as a table: read off the definitions and the marks, for people to look at.

A row says what one line gives in one state. What somebody may do to a document follows from all six lines and the
mark together: see :func:`roadmapdocs.workflow.rules.holders` and :data:`roadmapdocs.access.rules.MARKED`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from roadmapdocs.access.rules import ALLOWED, HOLDERS, MARKED, Action, Mark, reason
from roadmapdocs.documents.visibility import holder_words
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import language
from roadmapdocs.people.rules import Role
from roadmapdocs.workflow.rules import EVERYONE, RIGHTS, Definition, Line, State, Transition


@dataclass(frozen=True, slots=True)
class Row:
    """``action`` is a right or the name of a transition that leaves ``state``; ``who`` are roles and ties.

    ``who`` is empty where nobody may, or where only a rule performs it.
    """

    line: Line
    definition: str
    state: str
    action: str
    is_transition: bool
    who: frozenset[str]


def rows_of(definition: Definition) -> Iterator[Row]:
    """State by state: the rights of which the state speaks, then the transitions that leave it."""
    for state in definition.states.values():
        for right in RIGHTS:
            if right in state.rights:
                who = _spelt_out(state.rights[right])
                yield Row(definition.line, definition.code, state.name, right, False, who)
        for transition in _leaving(definition, state):
            yield Row(definition.line, definition.code, state.name, transition.name, True, _spelt_out(transition.who))


def as_markdown(definitions: Iterable[Definition]) -> str:
    """The tables of all definitions, of the marks and of the registry itself, in the reader's language."""
    in_order = sorted(definitions, key=lambda one: (list(Line).index(one.line), one.code))
    parts = [_registry(), _marks(), *(_definition(one) for one in in_order)]
    return "\n\n".join(parts) + "\n"


def _spelt_out(who: frozenset[str]) -> frozenset[str]:
    """Roles and ties, with "everyone" as all of them."""
    return frozenset(HOLDERS) if EVERYONE in who else who.intersection(HOLDERS)


def _leaving(definition: Definition, state: State) -> list[Transition]:
    return [one for one in definition.transitions.values() if state.name in one.sources]


def _registry() -> str:
    head = [_("Right"), *(holder_words()[role] for role in Role), _("Said to others")]
    rows = [[f"`{one}`", *(_sign(role in ALLOWED[one]) for role in Role), reason(one)] for one in Action]
    return _section(_("The registry as a whole"), head, rows)


def _marks() -> str:
    words = {
        Mark.GENERAL: _("for general use"),
        Mark.OFFICIAL: _("for official use only"),
        Mark.PERSONAL: _("personal data"),
    }
    rows = [[words[mark], *(_sign(holder in MARKED[mark]) for holder in HOLDERS)] for mark in Mark]
    return _section(_("Whom an access mark leaves"), [_("Mark"), *holder_words().values()], rows)


def _definition(definition: Definition) -> str:
    title = definition.title.in_language(language())
    head = [_("State"), _("What is done"), *holder_words().values(), _("Conditions")]
    rows = [_row(definition, row) for row in rows_of(definition)]
    return _section(f"{title} (`{definition.code}`)", head, rows)


def _row(definition: Definition, row: Row) -> list[str]:
    state = definition.states[row.state].label.in_language(language())
    signs = [_sign(holder in row.who) for holder in HOLDERS]
    if not row.is_transition:
        return [state, _right_words()[row.action], *signs, ""]
    transition = definition.transitions[row.action]
    target = definition.states[transition.target].label.in_language(language())
    act = f"«{transition.label.in_language(language())}» → {target}"
    conditions = ", ".join(f"`{guard}`" for guard in transition.guards)
    return [state, act if transition.by_people else _("%(act)s (by itself)", act=act), *signs, conditions]


def _section(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [_cells(head), _cells(["---"] * len(head)), *(_cells(row) for row in rows)]
    return "\n".join([f"## {title}", "", *lines])


def _cells(texts: Iterable[str]) -> str:
    return "| " + " | ".join(text.replace("|", "\\|") for text in texts) + " |"


def _sign(has: bool) -> str:
    return _("yes") if has else "·"


def _right_words() -> dict[str, str]:
    return {
        "read": _("read it"),
        "change": _("change the card"),
        "add_version": _("add the text"),
        "attach": _("attach files"),
        "link": _("link it with other documents"),
    }
