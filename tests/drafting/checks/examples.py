"""Of every check a document that passes and one that fails, and where the failure is found."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable

from roadmapdocs.drafting.checks.facts import CitedFact, CitedState, Facts, SignerFact, VisaFact
from roadmapdocs.drafting.profiles import PROFILES
from roadmapdocs.drafting.values import (
    Executor,
    OrderValues,
    Person,
    Point,
    PointKind,
    ProtocolValues,
    Question,
    Votes,
)
from tests.drafting.checks.made import (
    APPENDIX,
    HEAD,
    PAGE,
    PAGES,
    POINTS,
    SIGNER,
    TITLE,
    facts,
    order,
    plan,
    protocol,
    text,
)

Example = tuple[str, Callable[[], Facts], Callable[[], Facts], str]
FRIDAY = dt.date(2026, 3, 20)


def cited(state: CitedState) -> Facts:
    return facts(cited=(CitedFact("приказ от 02.03.2026 № 30-П", state, "Судьба этого приказа."),))


def drafted(*points: Point) -> Facts:
    control = Point(kind=PointKind.CONTROL)
    return facts(values=OrderValues(points=(*points, control)), text=None)


def met(**changes: object) -> Facts:
    """A protocol by its draft, in which everything is in order but for the changes."""
    ann, bea, eva = (Person(name=name) for name in ("Ветрова Мария Ивановна", "Лукина Ольга Сергеевна", "Ярцева Инна Марковна"))
    task = Point(text="разослать итоги", executors=(Executor(name="Лукина Ольга Сергеевна"),), due=FRIDAY)
    question = Question(title="Об итогах смотра", speaker=bea, decided=(task,), votes=Votes(yes=3))
    values = ProtocolValues(date=dt.date(2026, 3, 16), chair=ann, secretary=bea, present=(ann, bea, eva), members=5, agenda=(question,))
    return protocol(values=dataclasses.replace(values, **changes), text=None)  # type: ignore[arg-type]  # fields of the class


def decided(point: Point, **more: object) -> Facts:
    return met(agenda=(dataclasses.replace(Question(title="Об итогах", decided=(point,)), **more),))  # type: ignore[arg-type]  # likewise


def stamped(*lines: str) -> Callable[[], Facts]:
    return lambda: plan(*lines)


def with_points(*points: str) -> Callable[[], Facts]:
    return lambda: facts(text=order(*points))


def card(**changes: object) -> Callable[[], Facts]:
    return lambda: facts(card=changes)


def page(**changes: object) -> Callable[[], Facts]:
    return lambda: facts(pages=dataclasses.replace(PAGES, sections=(dataclasses.replace(PAGE, **changes),)))  # type: ignore[arg-type]  # millimetres


AUTHOR = "приказом управления образования Заречного района"
TASK = Point(kind=PointKind.TASK, text="разослать итоги", executors=(Executor(post="методист"),), due=FRIDAY)
CONTROL = POINTS[2]

EXAMPLES: list[Example] = [
    ("stamp_date", plan, stamped("УТВЕРЖДЕНА", AUTHOR, "от 17.03.2026 № 41-П"), "stamp"),
    ("stamp_number", plan, stamped("УТВЕРЖДЕНА", AUTHOR, "от 16.03.2026 № 42-П"), "stamp"),
    ("stamp_letter_case", plan, stamped("УТВЕРЖДЕНА", AUTHOR, "от 16.03.2026 № 41-п"), "stamp"),
    ("stamp_act", plan, stamped("УТВЕРЖДЕНА", "распоряжением управления образования Заречного района", "от 16.03.2026 № 41-П"), "stamp"),
    ("stamp_organisation", plan, stamped("УТВЕРЖДЕНА", "приказом администрации", "от 16.03.2026 № 41-П"), "stamp"),
    ("stamp_missing", plan, lambda: plan(text=text("Дорожная карта развития чтения", "1. Чтение")), "stamp"),
    ("stamp_gender", plan, stamped("УТВЕРЖДЁН", AUTHOR, "от 16.03.2026 № 41-П"), "stamp"),
    ("date_missing", card(signed=True), card(signed=True, date=None), "card"),
    ("date_differs", facts, card(date=dt.date(2026, 3, 17)), "date"),
    ("number_missing", card(registered=True), card(registered=True, number=""), "card"),
    ("number_differs", facts, card(number="42-П"), "number"),
    ("registered_before_signed", card(registered_on=FRIDAY), card(registered_on=dt.date(2026, 3, 13)), "card"),
    (
        "numbers_out_of_order",
        card(registered_on=FRIDAY, before=("40-П", FRIDAY), after=("42-П", FRIDAY)),
        card(registered_on=FRIDAY, before=("40-П", dt.date(2026, 3, 23))),
        "journal",
    ),
    ("date_day_off", facts, card(date=dt.date(2026, 3, 15)), "date"),
    ("signer_missing", facts, card(signer=""), "card"),
    ("signer_without_authority", facts, lambda: facts(signer=SignerFact("Ветрова М. И.")), "signature"),
    ("signer_away", facts, lambda: facts(signer=dataclasses.replace(SIGNER, away=True, instead="И.о. начальника Соболев А. О.")), "signature"),
    ("signer_not_in_text", facts, card(signer="Соболев А. О."), "signature"),
    ("signed_for_another", facts, lambda: facts(text=order(signed=("за начальника управления", "М.И. Ветрова"))), "signature"),
    ("acting_not_said", facts, lambda: facts(signer=SignerFact("Ветрова М. И.", acting=("И.о. начальника управления",))), "signature"),
    ("changed_after_visa", facts, lambda: facts(visas=(VisaFact("Лукина О. С.", same=False, lapsed=True),)), "visas"),
    ("file_behind_draft", lambda: drafted(TASK), lambda: dataclasses.replace(drafted(TASK), stale=True), "text"),
    ("template_leftovers", facts, with_points("1. Утвердить {{ title }}.", CONTROL), "point 1"),
    ("blanks", facts, with_points("1. Утвердить итоги до ______ 2026 года.", CONTROL), "point 1"),
    ("deadline_before_document", facts, with_points("1. Разослать итоги в срок до 13.03.2026.", CONTROL), "point 1"),
    ("deadline_passed", facts, lambda: facts(today=dt.date(2026, 4, 1)), "point 2"),
    ("deadline_day_off", facts, with_points("1. Разослать итоги в срок до 21.03.2026.", CONTROL), "point 1"),
    ("executor_unknown", lambda: drafted(TASK), lambda: drafted(dataclasses.replace(TASK, executors=(Executor(post="лесник"),))), "point 1"),
    ("task_without_executor", lambda: drafted(TASK), lambda: drafted(dataclasses.replace(TASK, executors=())), "point 1"),
    ("point_empty", lambda: drafted(TASK), lambda: drafted(dataclasses.replace(TASK, text=" ")), "point 1"),
    ("control_missing", facts, with_points("1. Утвердить итоги смотра (приложение)."), "points"),
    (
        "controller_unknown",
        facts,
        with_points("1. Утвердить итоги.", "2. Контроль за исполнением приказа возложить на Кротова П.П."),
        "point 2",
    ),
    ("appendix_not_attached", facts, lambda: facts(text=order("1. Утвердить итоги (приложение № 2).", CONTROL)), "appendix No. 2"),
    ("appendix_not_announced", facts, with_points("1. Утвердить итоги.", CONTROL), "appendix"),
    (
        "appendix_unmarked",
        facts,
        lambda: facts(text=order(behind=("Итоги смотра", "№\tШкола\tБаллы\tМесто", "1\tЗареченская\t12\t1"))),
        "appendix",
    ),
    (
        "appendix_numbers",
        facts,
        lambda: facts(text=order("1. Утвердить (приложения № 1, 3).", behind=("Приложение № 1", "Итоги", "Приложение № 3", "Список"))),
        "appendices",
    ),
    ("cited_unknown", lambda: cited(CitedState.LINKED), lambda: cited(CitedState.OPEN), "«приказ"),
    ("cited_out_of_force", lambda: cited(CitedState.OUTSIDE), lambda: cited(CitedState.WARNING), "«приказ"),
    ("cited_without_number", lambda: cited(CitedState.LINKED), lambda: cited(CitedState.UNNUMBERED), "«приказ"),
    ("heading_about", facts, card(title="Итоги смотра школьных библиотек"), "heading"),
    ("heading_vowel", facts, card(title="О итогах смотра школьных библиотек"), "heading"),
    ("heading_stop", facts, card(title=TITLE + "."), "heading"),
    ("heading_differs", facts, card(title="Об итогах смотра музеев"), "heading"),
    ("numbering", facts, with_points("1. Утвердить итоги (приложение).", "3. Контроль за исполнением оставляю за собой."), "point 3"),
    ("numbering_dots", facts, with_points("1.. Утвердить итоги (приложение).", CONTROL), "point 1"),
    ("protocol_date", protocol, lambda: protocol(card={"date": FRIDAY}), "date"),
    ("protocol_quorum", met, lambda: met(members=9), "attendance"),
    ("protocol_people", met, lambda: met(chair=None), "attendance"),
    ("protocol_votes", met, lambda: decided(Point(text="Утвердить итоги"), votes=Votes(yes=9)), "question 1"),
    ("decision_executor", met, lambda: decided(Point(text="Разослать итоги", due=FRIDAY)), "point 1.1"),
    ("decision_term", met, lambda: decided(Point(text="разослать", executors=(Executor(post="методист"),))), "point 1.1"),
    ("author_alone", facts, lambda: facts(visas=(VisaFact("Лукина О. С.", author=True),)), "visas"),
    ("margin_left", facts, page(left=20), "page layout"),
    ("margins", facts, page(right=5), "page layout"),
    ("paper", facts, page(width=216, height=279), "page layout"),
    (
        "fonts",
        lambda: facts(profile=dataclasses.replace(PROFILES["2025"], fonts=("PT Astra Serif",))),
        lambda: facts(profile=dataclasses.replace(PROFILES["2025"], fonts=("Times New Roman",))),
        "page layout",
    ),
    ("sizes", facts, lambda: facts(pages=dataclasses.replace(PAGES, sizes={14.0: 3_000, 11.0: 1_000})), "page layout"),
    ("page_numbers", facts, lambda: facts(pages=dataclasses.replace(PAGES, numbered=False)), "page layout"),
    ("personal_data", card(published=True), lambda: facts(card={"published": True}, text=order(*POINTS, behind=("Приложение", "Телефон: 8 912 000-11-22"))), "appendix, "),
    ("abbreviation_contradicts", facts, lambda: facts(text=order(behind=(*APPENDIX, "ИМЦ – детский оздоровительный лагерь"))), "appendix, "),
    ("abbreviation_unexpanded", facts, with_points("1. Утвердить итоги ПНСУ (приложение).", CONTROL), "text"),
    ("letter_spacing", facts, lambda: facts(text=order(head=(HEAD[0], "П Р И К А З", *HEAD[2:]))), "paragraph 2"),
    ("mixed_letters", facts, with_points("1. Утвердить yчёт (приложение).", CONTROL), "point 1"),
    ("typography", facts, card(title='Об итогах смотра "Книга"'), "heading"),
]

