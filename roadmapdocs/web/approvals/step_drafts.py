"""Steps as they stand in a form while somebody builds them: everything typed is kept, every button is a submit.

Fields of a step begin with its place in the form («2-title»); ``step`` lists the places in their order. What a button
asks for is one word: «add», «up-2», «down-2», «remove-2», «who-2» (take in whom the step's fields name), «out-2-0»,
«first-2-1» (an addressee out, or one place up). Any other word leaves the steps as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from roadmapdocs.approvals.plans import (
    MOST_ADDRESSEES,
    MOST_STEPS,
    NAME_LIMIT,
    Addressee,
    How,
    Mode,
    Plan,
    Step,
)
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.approvals.addressees import Names, read_token, token
from roadmapdocs.web.documents.people import employee_called
from roadmapdocs.web.forms import plain_line

FLAGS = ("once", "own", "four_eyes", "to_signer")
#: One more than a route may have, so that the sixty-first is refused in words and a flood is not read at all.
_MOST_READ = MOST_STEPS + 1
_LONGEST_NUMBER = 4
_USUAL_TERM = "3"


@dataclass
class StepDraft:
    """What stands in the fields of one step; ``person``, ``other`` and the guest's are not taken in yet."""

    title: str = ""
    mode: str = Mode.TURN
    needed: str = ""
    term: str = _USUAL_TERM
    at_once: bool = False
    body: str = ""
    who: list[Addressee] = field(default_factory=list)
    person: str = ""
    other: str = ""
    guest: str = ""
    guest_email: str = ""
    errors: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, step: Step) -> StepDraft:
        needed = str(step.needed) if step.mode is Mode.QUORUM else ""
        return cls(step.title, step.mode, needed, str(step.term), step.at_once, step.body, list(step.addressees))

    @classmethod
    def read(cls, form: MultiDict[str, str], place: str) -> StepDraft:
        def typed(name: str, limit: int = NAME_LIMIT + 1) -> str:
            return plain_line(form.get(f"{place}-{name}"))[:limit]

        sent = [read_token(one) for one in form.getlist(f"{place}-who")[: MOST_ADDRESSEES + 1]]
        return cls(
            title=typed("title"),
            mode=typed("mode"),
            needed=typed("needed"),
            term=typed("term"),
            at_once=bool(form.get(f"{place}-at_once")),
            body=typed("body"),
            who=list(dict.fromkeys(one for one in sent if one is not None)),
            person=typed("person"),
            other=(form.get(f"{place}-other") or "").strip(),
            guest=typed("guest"),
            guest_email=typed("guest_email", 300),
        )

    def take_in(self) -> None:
        """Whom the fields name becomes an addressee; who is not to be found stays typed, with a sentence."""
        self._take_person()
        if self.other:
            self._add(read_token(self.other))
            self.other = ""
        if self.guest or self.guest_email:
            self._take_guest()

    def step(self) -> Step | None:
        """The step; None, with sentences, where what is typed is none."""
        if self.mode not in set(Mode):
            self.errors.append(_("Say how the step asks."))
        term, needed = _number(self.term), _number(self.needed) if self.needed else 0
        if term is None or needed is None:
            self.errors.append(_("Terms and numbers of people are whole numbers. Correct them."))
        if self.errors or term is None or needed is None:
            return None
        mode = Mode(self.mode)
        return Step(
            mode=mode,
            addressees=tuple(self.who),
            needed=needed if mode is Mode.QUORUM else 0,
            term=term,
            title=self.title,
            at_once=self.at_once and mode is Mode.TOGETHER,
            body=self.body if mode is Mode.COMMITTEE else "",
        )

    def _take_person(self) -> None:
        if not self.person:
            return
        try:
            found = employee_called(self.person)
        except Refusal as refusal:
            self.errors.append(refusal.message)
            return
        if found is None:
            self.errors.append(_("Nobody of the office is called “%(name)s”. Choose a name of the list.", name=self.person))
            return
        self._add(Addressee(How.PERSON, str(found.id)))
        self.person = ""

    def _take_guest(self) -> None:
        if not (self.guest and self.guest_email):
            self.errors.append(_("A guest has a name and an address of electronic mail: the link goes there. Write both."))
            return
        self._add(Addressee(How.GUEST, self.guest, self.guest_email))
        self.guest = self.guest_email = ""

    def _add(self, one: Addressee | None) -> None:
        if one is not None and one not in self.who:
            self.who.append(one)


@dataclass
class PlanDraft:
    """The steps and flags of a plan in a form."""

    steps: list[StepDraft] = field(default_factory=list)
    flags: dict[str, bool] = field(default_factory=dict)

    @classmethod
    def blank(cls) -> PlanDraft:
        """One empty step, and the flags of a plan that nobody changed."""
        usual = Plan(())
        return cls([StepDraft()], {name: getattr(usual, name) for name in FLAGS})

    @classmethod
    def of(cls, plan: Plan) -> PlanDraft:
        return cls([StepDraft.of(one) for one in plan.steps], {name: getattr(plan, name) for name in FLAGS})

    @classmethod
    def read(cls, form: MultiDict[str, str]) -> PlanDraft:
        places = [one for one in dict.fromkeys(form.getlist("step")) if _number(one) is not None][:_MOST_READ]
        return cls([StepDraft.read(form, one) for one in places], {name: bool(form.get(name)) for name in FLAGS})

    def act(self, do: str) -> int | None:
        """Do what a button asks for; give the place that the page should show, if any."""
        for one in self.steps:
            one.take_in()
        verb, *places = do.split("-")
        if verb == "add" and not places and len(self.steps) < _MOST_READ:
            self.steps.append(StepDraft())
            return len(self.steps) - 1
        numbers = [_number(one) for one in places]
        if not numbers or numbers[0] is None or numbers[0] >= len(self.steps):
            return None
        return self._act_on(verb, numbers[0], numbers[1] if len(numbers) > 1 else None)

    def _act_on(self, verb: str, place: int, inner: int | None) -> int:
        if verb == "remove":
            self.steps.pop(place)
            return max(place - 1, 0)
        if verb in {"up", "down"}:
            other = place + (1 if verb == "down" else -1)
            _swap(self.steps, place, other)
            return min(max(other, 0), len(self.steps) - 1)
        who = self.steps[place].who
        if inner is not None and inner < len(who):
            if verb == "out":
                who.pop(inner)
            if verb == "first":
                _swap(who, inner, inner - 1)
        return place

    def plan(self) -> Plan | None:
        """The plan; None, with sentences beside the steps, where it cannot be read."""
        for one in self.steps:
            one.take_in()
        steps = [one.step() for one in self.steps]
        found = tuple(one for one in steps if one is not None)
        return Plan(found, **self.flags) if len(found) == len(steps) else None

    def take(self, refusal: Refusal) -> bool:
        """Put sentences about steps beside them; whether there were any."""
        told = refusal.details.get("steps")
        sentences = told if isinstance(told, Mapping) else {}
        for place, sentence in sentences.items():
            if place < len(self.steps):
                self.steps[place].errors.append(str(sentence))
        return bool(sentences)

    def addressees(self) -> Iterable[Addressee]:
        return (who for one in self.steps for who in one.who)

    def rows(self) -> list[dict[str, object]]:
        """For the page: each step with its addressees as (token, words)."""
        names = Names.of(self.addressees())
        return [
            {"draft": one, "who": [{"token": token(who), "label": names.label(who)} for who in one.who]} for one in self.steps
        ]


def _swap(rows: list[StepDraft] | list[Addressee], one: int, other: int) -> None:
    if 0 <= other < len(rows):
        rows[one], rows[other] = rows[other], rows[one]  # type: ignore[assignment]  # of one list, so of one kind


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER else None


def sentences_of(steps: Sequence[StepDraft]) -> list[tuple[int, str]]:
    """Place (from 0) and words of whatever is not right."""
    return [(place, " ".join(one.errors)) for place, one in enumerate(steps) if one.errors]
