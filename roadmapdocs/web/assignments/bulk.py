"""One act for ticked assignments: which acts there are, whom each fits, and the report of what was done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final
from urllib.parse import urlencode

from flask import request, url_for

from roadmapdocs.assignments.acts import Act
from roadmapdocs.assignments.extensions import move_due
from roadmapdocs.assignments.judging import accept, cancel
from roadmapdocs.assignments.models import Assignment
from roadmapdocs.assignments.offers import Offer, offers_of_all
from roadmapdocs.assignments.people import reassign
from roadmapdocs.assignments.tree import chain_of
from roadmapdocs.assignments.visibility import visible_to
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import ngettext
from roadmapdocs.web import pages
from roadmapdocs.web.assignments.act_form import NAME_OF, ActForm
from roadmapdocs.web.assignments.acting import new_people
from roadmapdocs.web.assignments.conditions import Conditions, whole
from roadmapdocs.web.assignments.listing import rows_of
from roadmapdocs.web.assignments.rows import lines
from roadmapdocs.web.assignments.words import act_words
from roadmapdocs.web.context import actor, now, today
from roadmapdocs.web.documents.people import suggested
from roadmapdocs.web.errors import status_of

MOST_AT_ONCE: Final = 100
_ACTS: Final = {"people": Act.REASSIGNED, "accept": Act.ACCEPTED, "due": Act.DUE_MOVED, "cancel": Act.CANCELLED}
Answer = tuple[Assignment, str | None]


def asked_act() -> str:
    """The name of the act that the address or the form speaks of; empty for none of ours."""
    name = request.values.get("do", "")
    return name if name in _ACTS else ""


def choose_page() -> str:
    """The assignments ticked, and the acts that are open for at least one of them."""
    chosen = _chosen(_ticked())
    query = [("id", one.id) for one in chosen]
    offered = _offered(chosen)
    acts = []
    for name, act in _ACTS.items():
        fits = sum(why is None for _one, why in _weighed(offered, act))
        if fits:
            url = f"{url_for('.bulk')}?{urlencode([*query, ('do', name), ('back', _back().query())])}"
            words = act_words(act)
            acts.append({"label": words.label, "symbol": words.symbol, "url": url, "fits": _fits(fits, len(chosen))})
    return _render("choose", summary=_count(len(chosen)), acts=acts, rows=_lines(chosen))


def preview_page(name: str, form: ActForm | None = None, refusal: Refusal | None = None) -> tuple[str, int]:
    """Whom it will be done for and whom not, with what has to be said first."""
    chosen = _chosen(_ticked() or list(_seen()))
    weighed = _weighed(_offered(chosen), _ACTS[name])
    fitting = [one for one, why in weighed if why is None]
    form = form or ActForm(name, below=1 if name == "due" else 0)
    trouble = form.take_refusal(refusal) if refusal is not None else None
    page = _render(
        "preview",
        act=_act(name),
        summary=_fits(len(fitting), len(chosen)),
        will=_lines(fitting),
        will_not=_told([one for one in weighed if one[1] is not None]),
        form=form if fitting else None,
        trouble=trouble,
        name=name,
        query=_back().query(),
        people=suggested(today()) if name == "people" else [],
    )
    return page, status_of(refusal) if refusal is not None else 422 if form.errors else 200


def perform_page(name: str) -> tuple[str, int]:
    """Do it, assignment by assignment, and tell of each."""
    seen = _seen()
    chosen = _chosen(list(seen))
    form = ActForm(name, below=1 if name == "due" else 0)
    if not chosen or not form.validate():
        return preview_page(name, form)
    try:
        answers = _DOORS[name](chosen, seen, form)
    except NotFound:
        raise
    except Refusal as refusal:
        return preview_page(name, form, refusal)
    done = [one.id for one, why in answers if why is None]
    page = _render(
        "report",
        act=_act(name),
        summary=_("done for %(done)s of %(total)s", done=len(done), total=len(answers)),
        done=_lines(rows_of(done)),
        not_done=_told([one for one in answers if one[1] is not None]),
    )
    return page, 200


def _people(chosen: Sequence[Assignment], seen: dict[int, int], form: ActForm) -> list[Answer]:
    """Those that fit and did not change meanwhile, all or none."""
    responsible, controller = new_people(form)
    weighed = _weighed(_offered(chosen), Act.REASSIGNED)
    answers = [(one, why or (None if one.revision == seen[one.id] else _changed())) for one, why in weighed]
    fitting = [one.id for one, why in answers if why is None]
    if fitting:
        told: dict[str, Any] = {"by": actor(), "now": now(), "today": today()}
        reassign(fitting, responsible=responsible, controller=controller, reason=form.typed("reason"), **told)
    return answers


def _each(act: Callable[[Assignment, dict[str, Any]], object]) -> Callable[[Sequence[Assignment], dict[int, int]], list[Answer]]:
    """One by one: what is refused is told and does not hold up the others."""

    def over_all(chosen: Sequence[Assignment], seen: dict[int, int]) -> list[Answer]:
        answers: list[Answer] = []
        for one in chosen:
            told: dict[str, Any] = {"revision": seen[one.id], "by": actor(), "now": now(), "today": today()}
            try:
                act(one, told)
            except Refusal as refusal:
                answers.append((one, refusal.message))
            else:
                answers.append((one, None))
        return answers

    return over_all


def _accept(chosen: Sequence[Assignment], seen: dict[int, int], form: ActForm) -> list[Answer]:
    return _each(lambda one, told: accept(one.id, comment=form.typed("text"), **told))(chosen, seen)


def _due(chosen: Sequence[Assignment], seen: dict[int, int], form: ActForm) -> list[Answer]:
    def move(one: Assignment, told: dict[str, Any]) -> object:
        return move_due(one.id, form.due.data, form.typed("reason"), tree=form.ticked("tree"), **told)

    return _each(move)(chosen, seen)


def _cancel(chosen: Sequence[Assignment], seen: dict[int, int], form: ActForm) -> list[Answer]:
    """Parents before their parts: a part that ended with its parent is done, too."""
    over: set[int] = set()

    def end(one: Assignment, told: dict[str, Any]) -> None:
        if over.isdisjoint(above.id for above in chain_of(one)[1:]):
            cancel(one.id, form.typed("reason"), **told)
        over.add(one.id)

    return _each(end)(sorted(chosen, key=lambda one: one.id), seen)


_DOORS: Final = {"people": _people, "accept": _accept, "due": _due, "cancel": _cancel}


def _offered(chosen: Sequence[Assignment]) -> list[tuple[Assignment, list[Offer]]]:
    offers = offers_of_all(chosen, actor(), today())
    return [(one, offers[one.id]) for one in chosen]


def _weighed(offered: Sequence[tuple[Assignment, list[Offer]]], act: Act) -> list[Answer]:
    """Each with why the act is closed for it; None where it is open."""
    answers: list[Answer] = []
    for one, offers in offered:
        offer = next((offer for offer in offers if offer.act is act), None)
        why = offer.why_not if offer is not None else _("This is not open in its state, or not yours to do.")
        if why is None and offer is not None and offer.children and act is Act.ACCEPTED:
            why = _("It has subordinate assignments that are not over. Accept it on its card.")
        answers.append((one, why))
    return answers


def _changed() -> str:
    return _("Somebody changed the assignment meanwhile. See how it stands now.")


def _chosen(ids: Sequence[int]) -> list[Assignment]:
    """Those that this person may know of, in the order ticked.

    :raise Refusal: ``nothing_chosen``, ``too_many``
    """
    if len(ids) > MOST_AT_ONCE:
        raise Refusal("too_many", _("More than %(most)s at once. Tick fewer of them.", most=MOST_AT_ONCE))
    mine = {id_ for (id_,) in Assignment.select(Assignment.id).where(Assignment.id.in_(list(ids) or [0]) & visible_to(actor())).tuples()}
    found = rows_of([id_ for id_ in dict.fromkeys(ids) if id_ in mine])
    if not found:
        raise Refusal("nothing_chosen", _("No assignment is chosen. Tick those that are meant."))
    return found


def _ticked() -> list[int]:
    return [id_ for text in request.values.getlist("id")[: MOST_AT_ONCE + 1] if (id_ := whole(text)) is not None]


def _seen() -> dict[int, int]:
    """Revisions as the preview showed them; what makes no sense is passed over."""
    found: dict[int, int] = {}
    for text in request.form.getlist("seen")[: MOST_AT_ONCE + 1]:
        id_, revision = (whole(part) for part in (*text.split(":", 1), "")[:2])
        if id_ is not None and revision is not None:
            found[id_] = revision
    return found


def _back() -> Conditions:
    return Conditions.of_query(request.values.get("back", ""))


def _lines(rows: Sequence[Assignment]) -> list[dict[str, Any]]:
    return lines(rows, actor(), today())


def _told(answers: Sequence[Answer]) -> list[dict[str, Any]]:
    shown = _lines([one for one, _why in answers])
    return [line | {"why_not": why} for line, (_one, why) in zip(shown, answers, strict=True)]


def _act(name: str) -> dict[str, str]:
    words = act_words(_ACTS[name])
    return {"name": NAME_OF[_ACTS[name]], "label": words.label, "symbol": words.symbol}


def _render(step: str, **context: Any) -> str:
    return pages.render("assignments_bulk.html", step=step, back_url=_back().url(), **context)


def _count(number: int) -> str:
    return ngettext("%(num)s assignment is chosen.", "%(num)s assignments are chosen.", number)


def _fits(fits: int, total: int) -> str:
    return _("fits %(fits)s of %(total)s", fits=fits, total=total)
