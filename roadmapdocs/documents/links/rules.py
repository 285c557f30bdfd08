"""Typed links as plain decisions: their words both ways, which have effects, and which may be made (``domain.md`` §12)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import pgettext

TEXT_LIMIT = 500

#: Links that change what the target is once their source is signed and registered.
EFFECTIVE = frozenset(
    {LinkKind.APPROVES, LinkKind.AMENDS, LinkKind.REPEALS, LinkKind.REPEALS_PARTLY, LinkKind.REPLACES}
)
_CHANGING = frozenset({LinkKind.AMENDS, LinkKind.REPEALS, LinkKind.REPEALS_PARTLY, LinkKind.REPLACES})
#: Links of one group may not lead in a circle, whichever of them it is made of.
GROUPS = (frozenset({LinkKind.APPROVES}), frozenset({LinkKind.APPENDIX_TO}), _CHANGING)
# Groups of kinds that put others into force, or repeat them, and are not approved themselves.
_NOT_APPROVED = frozenset({"order", "copy"})


@dataclass(frozen=True, slots=True)
class End:
    """What is asked of a document at either end of a link. ``group`` is its kind's; ``words`` name it."""

    id: int
    words: str
    group: str = ""
    own_number: bool = True
    date: dt.date | None = None
    annulled: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """A link to be made."""

    kind: LinkKind
    source: End
    target: End
    note: str = ""
    points: str = ""
    since: dt.date | None = None


def group_of(kind: LinkKind) -> frozenset[LinkKind]:
    """The kinds with which a link of this kind may make no circle; empty if circles do no harm."""
    return next((group for group in GROUPS if kind in group), frozenset())


def check_link(wish: Wish, *, present: bool) -> None:
    """Everything but circles, which :func:`check_circle` looks for. ``present``: there is such a link already.

    :raise Refusal: ``link_itself``, ``link_twice``, or ``link`` with a sentence for each field (target, since, points)
    """
    if wish.source.id == wish.target.id:
        raise Refusal("link_itself", _("A document is not linked to itself. Choose another one."))
    if present:
        raise Refusal("link_twice", _("There is such a link already: see it on the card."))
    problems = {name: sentence for name, sentence in _problems(wish) if sentence}
    if problems:
        raise Refusal("link", next(iter(problems.values())), fields=problems)


def check_reason(reason: str) -> None:
    """
    :raise Refusal: ``reason`` if there is none, or more than a journal should hold
    """
    sentence = ""
    if not reason.strip():
        sentence = _("Write why the link is taken off: it stays in the history.")
    elif len(reason) > TEXT_LIMIT:
        sentence = _("This is longer than %(limit)s characters. Shorten it.", limit=TEXT_LIMIT)
    if sentence:
        raise Refusal("reason", sentence, fields={"reason": sentence})


def _problems(wish: Wish) -> Iterable[tuple[str, str | None]]:
    yield "target", _annulled(wish) or _not_to_be_approved(wish) or _earlier(wish)
    yield "since", _too_soon(wish)
    yield "points", _pointless(wish)
    for name in ("points", "note"):
        if len(getattr(wish, name)) > TEXT_LIMIT:
            yield name, _("This is longer than %(limit)s characters. Shorten it.", limit=TEXT_LIMIT)


def _annulled(wish: Wish) -> str | None:
    if wish.kind not in EFFECTIVE:
        return None
    # What was approved by a document since annulled has no number that was annulled: another may approve it.
    again = wish.kind is LinkKind.APPROVES and not wish.target.own_number
    for end in (wish.source,) if again else (wish.source, wish.target):
        if end.annulled:
            return _("The registration of %(document)s is annulled: it neither acts nor is acted upon.", document=end.words)
    return None


def _not_to_be_approved(wish: Wish) -> str | None:
    if wish.kind is not LinkKind.APPROVES:
        return None
    if wish.target.group in _NOT_APPROVED:
        return _("A document of this kind is signed, not approved by another one. Choose a regulation, a plan or the like.")
    if not wish.source.own_number:
        return _("Approval is given by a document with a number of its own, such as an order.")
    return None


def _earlier(wish: Wish) -> str | None:
    source, target = wish.source.date, wish.target.date
    if wish.kind not in _CHANGING or source is None or target is None or source >= target:
        return None
    return _(
        "%(source)s is earlier than %(target)s, and an earlier document does not change a later one. "
        "Correct a date or choose another document.",
        source=_capital(wish.source.words),
        target=wish.target.words,
    )


def _too_soon(wish: Wish) -> str | None:
    if wish.since is None or wish.kind not in EFFECTIVE:
        return None
    for end in (wish.source, wish.target):
        if end.date is not None and wish.since < end.date and (end is wish.source or wish.kind in _CHANGING):
            return _(
                "The effect cannot count from a day before the date of the document, %(day)s. Correct the day.",
                day=end.date.strftime("%d.%m.%Y"),
            )
    return None


def _pointless(wish: Wish) -> str | None:
    if wish.kind is LinkKind.REPEALS_PARTLY and not wish.points.strip():
        return _("A partial repeal names the points that lose force. Write them, for instance «2, 4.1».")
    return None


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def check_circle(wish: Wish, following: Callable[[Collection[int]], Iterable[int]]) -> None:
    """``following`` gives the targets of the stored links of the wish's group that leave these documents.

    :raise Refusal: ``link_circle`` if one comes from the target back to the source
    """
    if group_of(wish.kind) and reaches(wish.target.id, wish.source.id, following):
        raise Refusal(
            "link_circle",
            _(
                "This would lead in a circle: %(target)s already acts on %(source)s, itself or through others.",
                source=wish.source.words,
                target=wish.target.words,
            ),
        )


def reaches(start: int, goal: int, following: Callable[[Collection[int]], Iterable[int]]) -> bool:
    """Whether the links lead from one document to another, in however many steps. One question a step."""
    seen: set[int] = {start}
    front = {start}
    while front and goal not in front:
        front = set(following(front)) - seen
        seen |= front
    return goal in front


def source_words(kind: LinkKind) -> str:
    """The link as the source says it: «утверждает», «приложение к»."""
    return {
        LinkKind.APPROVES: pgettext("link", "approves"),
        LinkKind.APPENDIX_TO: pgettext("link", "is an appendix to"),
        LinkKind.AMENDS: pgettext("link", "amends"),
        LinkKind.REPEALS: pgettext("link", "repeals"),
        LinkKind.REPEALS_PARTLY: pgettext("link", "repeals in part"),
        LinkKind.REPLACES: pgettext("link", "replaces"),
        LinkKind.EXECUTES: pgettext("link", "in execution of"),
        LinkKind.BASED_ON: pgettext("link", "based on"),
        LinkKind.RESULTS_OF: pgettext("link", "on the results of"),
        LinkKind.EXTRACT_OF: pgettext("link", "extract of"),
        LinkKind.COPY_OF: pgettext("link", "copy of"),
        LinkKind.REPLY_TO: pgettext("link", "in reply to"),
        LinkKind.ADDS_TO: pgettext("link", "in addition to"),
        LinkKind.OTHER: pgettext("link", "see also"),
    }[kind]


def target_words(kind: LinkKind, gender: str) -> str:
    """The same link as the target says it; participles agree with the target's gender (m, f, n, p)."""
    if kind in EFFECTIVE:
        return _participle(kind, gender)
    return {
        LinkKind.APPENDIX_TO: pgettext("link", "appendix"),
        LinkKind.EXECUTES: pgettext("link", "executed by"),
        LinkKind.BASED_ON: pgettext("link", "is the ground for"),
        LinkKind.RESULTS_OF: pgettext("link", "resulted in"),
        LinkKind.EXTRACT_OF: pgettext("link", "extract"),
        LinkKind.COPY_OF: pgettext("link", "copy"),
        LinkKind.REPLY_TO: pgettext("link", "reply"),
        LinkKind.ADDS_TO: pgettext("link", "addition"),
        LinkKind.OTHER: pgettext("link", "see also"),
    }[kind]


def _participle(kind: LinkKind, gender: str) -> str:
    return {
        (LinkKind.APPROVES, "m"): pgettext("masculine", "approved by"),
        (LinkKind.APPROVES, "f"): pgettext("feminine", "approved by"),
        (LinkKind.APPROVES, "n"): pgettext("neuter", "approved by"),
        (LinkKind.APPROVES, "p"): pgettext("plural", "approved by"),
        (LinkKind.AMENDS, "m"): pgettext("masculine", "amended by"),
        (LinkKind.AMENDS, "f"): pgettext("feminine", "amended by"),
        (LinkKind.AMENDS, "n"): pgettext("neuter", "amended by"),
        (LinkKind.AMENDS, "p"): pgettext("plural", "amended by"),
        (LinkKind.REPEALS, "m"): pgettext("masculine", "repealed by"),
        (LinkKind.REPEALS, "f"): pgettext("feminine", "repealed by"),
        (LinkKind.REPEALS, "n"): pgettext("neuter", "repealed by"),
        (LinkKind.REPEALS, "p"): pgettext("plural", "repealed by"),
        (LinkKind.REPEALS_PARTLY, "m"): pgettext("masculine", "repealed in part by"),
        (LinkKind.REPEALS_PARTLY, "f"): pgettext("feminine", "repealed in part by"),
        (LinkKind.REPEALS_PARTLY, "n"): pgettext("neuter", "repealed in part by"),
        (LinkKind.REPEALS_PARTLY, "p"): pgettext("plural", "repealed in part by"),
        (LinkKind.REPLACES, "m"): pgettext("masculine", "replaced by"),
        (LinkKind.REPLACES, "f"): pgettext("feminine", "replaced by"),
        (LinkKind.REPLACES, "n"): pgettext("neuter", "replaced by"),
        (LinkKind.REPLACES, "p"): pgettext("plural", "replaced by"),
    }[kind, gender]
