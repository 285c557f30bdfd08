"""Approval in the made-up office: its routes, who is away, visas and signatures of documents on their way."""

from __future__ import annotations

import datetime as dt

from roadmapdocs.approvals.deciding import RemarkText, Verdict, decide
from roadmapdocs.approvals.models import Route, Visa
from roadmapdocs.approvals.plans import Addressee, How, Mode, Plan, Step
from roadmapdocs.approvals.rules import Decision, VisaState
from roadmapdocs.approvals.runs import current_version
from roadmapdocs.approvals.signing import rule_on, set_rule, sign_confirmed
from roadmapdocs.demo.content import schema
from roadmapdocs.demo.desk import Desk, Hour
from roadmapdocs.demo.desk import Step as Happening
from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.transitions import perform
from roadmapdocs.people.acting import Appointment, set_acting
from roadmapdocs.people.rules import Actor, Role
from roadmapdocs.people.substitution import set_substitution


def put_down_approval(desk: Desk) -> None:
    """Routes and the rule on simple signatures from their days on; absences are told of today."""
    office, put = desk.office, desk.calendar.put
    for position, route in enumerate(office.routes):
        put(route.since, Hour.DRAFT, _routing(position, route, desk))
    put(office.signature_rule.since, Hour.CLOSE, _ruling(office.signature_rule, desk))
    put(office.today, Hour.ACT, lambda now, today: _absences(desk, now, today))


def _routing(position: int, content: schema.Route, desk: Desk) -> Happening:
    def step(now: dt.datetime, _today: dt.date) -> None:
        Route.create(
            name=content.name,
            position=position,
            kinds=list(content.kinds),
            units=[desk.units[key].id for key in content.units],
            condition=content.condition,
            obligatory=content.obligatory,
            changeable=content.changeable,
            plan=Plan(tuple(_step(one, desk) for one in content.steps)).as_json(),
            changed_at=now,
        )

    return step


def _step(content: schema.RouteStep, desk: Desk) -> Step:
    people = tuple(Addressee(How.PERSON, str(desk.employees[key].id)) for key in content.people)
    return Step(
        Mode(content.mode), people or (Addressee(How.HEAD),), content.needed, content.term, content.title
    )


def _ruling(content: schema.SignatureRule, desk: Desk) -> Happening:
    def step(now: dt.datetime, today: dt.date) -> None:
        set_rule(desk.documents[content.document].id, today, by=desk.holder(Role.ADMINISTRATOR), now=now)

    return step


def _absences(desk: Desk, now: dt.datetime, today: dt.date) -> None:
    for one in desk.office.absences:
        people = [(desk.employees[key].id, ()) for key in one.substitutes]
        absent = desk.employees[one.absent].id
        set_substitution(
            absent, people, since=one.since, until=one.until, reason=one.reason, by=desk.clerk, now=now, today=today
        )
    for acting in desk.office.acting:
        wanted = Appointment(
            unit_id=desk.units[acting.unit].id,
            title=acting.title,
            printed=acting.printed,
            employee_id=desk.employees[acting.employee].id,
            since=acting.since,
            until=acting.until,
            basis=acting.basis,
            absent_id=desk.employees[acting.absent].id,
        )
        set_acting(wanted, by=desk.clerk, now=now, today=today)


def agreeing(document: schema.Document, desk: Desk) -> Happening:
    """Everybody whom the route asks agrees; a document without a route is agreed to by the deputy head."""

    def step(now: dt.datetime, today: dt.date) -> None:
        stored = desk.documents[document.key]
        if not Visa.select().where(Visa.document == stored).exists():
            perform(stored.id, "agree", by=desk.actor("kholmogorov"), now=now, today=today)
            return
        while (visa := _asked(stored)) is not None:
            key = next(key for key, one in desk.employees.items() if one.id == visa.employee_id)
            _give(visa, Verdict(Decision.AGREED), desk.person(key, desk.office.today), now, today)

    return step


def decide_visa(act: schema.Act, document: Document, desk: Desk, now: dt.datetime, today: dt.date) -> None:
    """«visa_agreed», «visa_remarks», «visa_refused»: what somebody decided on the visa asked of them."""
    employee = desk.employees[act.by]
    visa = Visa.get((Visa.document == document) & (Visa.employee == employee) & (Visa.state == VisaState.OPEN))
    decision = Decision(act.do.removeprefix("visa_"))
    remarks = (RemarkText(act.comment, act.place),) if decision is Decision.REMARKS else ()
    _give(visa, Verdict(decision, act.comment, remarks), desk.person(act.by, desk.office.today), now, today)


def signing(document: schema.Document, name: str, desk: Desk) -> Happening:
    """By password, once the office has its rule and there is a text; before, and without an account, in ink."""

    def step(now: dt.datetime, today: dt.date) -> None:
        stored, signer = desk.documents[document.key], desk.signer(document)
        version = current_version(stored.id)
        if rule_on(today) is None:
            perform(stored.id, name, answers=Answers(date=document.date), by=signer, now=now, today=today)
        elif version is None or signer is desk.clerk:
            perform(stored.id, name, answers=Answers(date=document.date), by=desk.clerk, now=now, today=today)
        else:
            sign_confirmed(stored.id, version=version.id, by=signer, now=now, today=today)

    return step


def _asked(document: Document) -> Visa | None:
    open_here = (Visa.document == document) & (Visa.state == VisaState.OPEN) & ~Visa.information
    found: Visa | None = Visa.select().where(open_here).order_by(Visa.step, Visa.place).first()
    return found


def _give(visa: Visa, verdict: Verdict, by: Actor, now: dt.datetime, today: dt.date) -> None:
    version = current_version(visa.document_id)
    decide(visa.id, verdict, version=version.id if version else None, by=by, now=now, today=today)
