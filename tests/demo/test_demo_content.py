"""The content of the made-up office hangs together on any day of any year."""

import datetime as dt
import re
from collections import Counter
from pathlib import Path

import pytest

from roadmapdocs.assignments.deadlines import moved
from roadmapdocs.demo.content import PREPARATION_LABELS, Document, Office, load_office
from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.workdays.rules import Calendar

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
DAYS = [
    dt.date(2026, 11, 22),
    dt.date(2027, 1, 1),
    dt.date(2027, 1, 18),
    dt.date(2028, 2, 29),
    dt.date(2028, 8, 31),
    dt.date(2029, 9, 1),
    dt.date(2030, 12, 31),
]


@pytest.fixture(params=DAYS, ids=str)
def office(request: pytest.FixtureRequest) -> Office:
    return load_office(request.param)


def document(office: Office, key: str) -> Document:
    return next(one for one in office.documents if one.key == key)


def test_the_five_roadmaps_hold_the_intended_rows():
    roadmaps = load_office(DAYS[0]).roadmaps
    counted = {one.key: (one.layout, len(one.sections), len(one.items)) for one in roadmaps}
    assert counted == {
        "reading": ("year_columns", 5, 18),
        "rural": ("planned_values", 5, 22),
        "buses": ("result_column", 5, 24),
        "digital": ("plain", 4, 20),
        "growth": ("three_levels", 10, 28),
    }


def test_people_are_told_apart_and_every_role_has_a_user():
    office = load_office(DAYS[0])
    assert len(office.employees) == 22
    assert len({one.email for one in office.employees}) == 22
    assert all(one.email.endswith("@example.org") for one in office.employees)
    assert {one.role for one in office.users} == {
        "clerk",
        "executive",
        "staff",
        "coordinator",
        "administrator",
    }
    assert all(re.fullmatch(r"[a-z]+", one.login) for one in office.users)


def test_every_reference_between_people_and_places_resolves(office: Office):
    places = {one.key for one in office.organisations}
    units = {one.key: one.organisation for one in office.units}
    people = {one.key for one in office.employees}
    assert {one.parent for one in office.organisations} - {None} <= places
    assert set(units.values()) <= places
    assert {one.employee for one in office.users} <= people
    assert people == {post.employee for post in office.posts}
    for post in office.posts:
        assert post.organisation in places
        assert post.unit is None or units[post.unit] == post.organisation
        assert post.until is None or post.since < post.until < office.today


def test_every_reference_of_a_document_resolves(office: Office):
    keys = Counter(one.key for one in office.documents)
    assert max(keys.values()) == 1
    for one in office.documents:
        assert one.organisation in {place.key for place in office.organisations}
        assert {one.signer, one.drafter} <= {person.key for person in office.employees}
        assert one.journal is None or one.journal in {journal.key for journal in office.journals}
        if one.approved_by is not None:
            order = document(office, one.approved_by)
            assert (order.kind, order.date, order.preparation) == ("приказ", one.date, "signed")


def test_every_proof_and_waiver_names_an_expected_document_of_an_item(office: Office):
    items = {(plan.key, item.number): item for plan in office.roadmaps for item in plan.items}
    proofs = [proof for one in office.documents for proof in one.proves]
    for proof in [*proofs, *office.waivers]:
        assert 0 <= proof.expected < len(items[proof.roadmap, proof.item].expected), proof
        assert proof.year in (None, office.today.year - 1, office.today.year)
    assert {proof.roadmap for proof in proofs} == {plan.key for plan in office.roadmaps}
    answered = {(proof.roadmap, proof.item, proof.expected, proof.year) for proof in proofs}
    assert not answered & {(one.roadmap, one.item, one.expected, one.year) for one in office.waivers}


def test_a_document_is_dated_in_the_year_of_the_period_it_proves(office: Office):
    for one in office.documents:
        for proof in one.proves:
            assert proof.year in (None, one.date.year), one.key


def test_all_states_of_preparation_occur_and_nothing_is_dated_ahead(office: Office):
    states = Counter(one.preparation for one in office.documents)
    assert set(states) == set(PREPARATION_LABELS)
    assert states["signed"] > 60
    assert max(one.date for one in office.documents) <= office.today


def test_a_number_is_given_once_in_a_journal_and_year_and_grows_with_the_date(office: Office):
    registered = [one for one in office.documents if one.number]
    assert len({(one.journal, one.date.year, one.number) for one in registered}) == len(registered)
    for journal in office.journals:
        own = [one for one in registered if one.journal == journal.key]
        dated = sorted((one.date, int(re.sub(r"\D", "", one.number))) for one in own)
        numbers = [(day.year, number) for day, number in dated]
        assert numbers == sorted(numbers), journal.key


def test_only_signed_documents_and_those_with_a_reserve_have_numbers(office: Office):
    for one in office.documents:
        kept = one.preparation == "signed" or (one.reserved and one.preparation == "in_signing")
        assert bool(one.number) == (kept and one.journal is not None), one.key


def test_links_acts_and_cases_name_what_is_there(office: Office):
    documents = {one.key for one in office.documents}
    users = {one.employee for one in office.users}
    journals = {one.key for one in office.journals}
    assert {link.to for one in office.documents for link in one.links} <= documents
    assert {link.kind for one in office.documents for link in one.links} <= set(LinkKind)
    assert {act.document for act in office.acts} <= documents
    assert {act.by for act in office.acts} <= users
    assert all(act.day <= office.today for act in office.acts)
    assert {journal for case in office.cases for journal in case.journals} <= journals
    for one in office.documents:
        assert sum(case.takes(one) for case in office.cases) <= 1, one.key


def test_assignments_name_what_is_there_and_are_told_in_the_order_of_days(office: Office):
    documents = {one.key for one in office.documents} | {""}
    people = {one.key for one in office.employees} | {""}
    assert max(Counter(one.key for one in office.assignments).values()) == 1
    before: set[str] = {""}
    for one in office.assignments:
        assert {one.by, one.responsible, one.author, one.controller, *one.executors} <= people
        assert one.parent in before
        assert {one.document, *(act.document for act in one.acts)} <= documents
        days = [one.given, *(act.day for act in one.acts)]
        assert days == sorted(days), one.key
        assert days[-1] <= office.today
        before.add(one.key)


def test_a_point_that_became_an_assignment_stands_in_the_text_of_its_document(office: Office):
    for one in office.assignments:
        if one.point:
            assert any(line.startswith(f"{one.point}. ") for line in document(office, one.document).body), one.key


#: Long holidays, days before and after them, and what lies far from any.
HOLIDAYS = [dt.date(2026, 12, 28) + dt.timedelta(days=day) for day in range(0, 18, 3)] + [dt.date(2027, 5, 1), dt.date(2028, 2, 29)]


@pytest.mark.parametrize("today", HOLIDAYS, ids=str)
def test_what_is_asked_for_is_later_than_the_deadline_whatever_the_holidays(today: dt.date):
    calendar = Calendar({})
    late = 0
    for one in load_office(today).assignments:
        due = moved(one.due, calendar, "before") if one.due is not None else None
        for act in one.acts:
            wanted = moved(act.wanted, calendar, "before") if act.wanted is not None else None
            assert wanted is None or due is None or (wanted > due and wanted >= act.day), one.key
        over = {"accept", "remove", "cancel"} & {act.do for act in one.acts}
        late += due is not None and due < today and not over
    assert late <= 4


def test_the_first_of_the_series_is_due_between_its_report_and_the_next(office: Office):
    (series,) = (one for one in office.assignments if one.recurrence)
    days = {act.do: act.day for act in series.acts}
    assert series.due is not None
    assert days["report"] <= moved(series.due, Calendar({}), "before") <= days["next_of_series"]


def test_headings_are_worded_as_the_kind_asks(office: Office):
    openings = {
        "приказ": r"Об? ",
        "распоряжение": r"Об? ",
        "аналитическая справка": r"(Об? |По )",
        "протокол": r"(Заседания|Совещания) ",
        "положение": "Положение об? ",
        "порядок": "Порядок ",
        "договор": "Договор ",
        "отчёт": r"Об? ",
        "план": "(План|График|План-график) ",
        "программа": "Программа ",
        "выписка": "Выписка из ",
    }
    assert {one.kind for one in office.documents} == set(openings)
    for one in office.documents:
        assert re.match(openings[one.kind], one.title), one.title
        assert not one.title.endswith(".")
        assert one.summary.endswith(".")


def test_some_documents_are_left_for_suggestions_and_enough_have_a_text(office: Office):
    loose = [one for one in office.documents if not one.proves and one.preparation == "signed"]
    assert len(loose) >= 8
    texts = [one for one in office.documents if one.body]
    assert len(texts) == 27
    assert {one.preparation for one in texts} == {"signed", "agreed", "in_approval", "in_signing"}


def test_no_placeholder_is_left_unfilled(office: Office):
    assert not re.search(r"\{[a-zA-Z]", repr([office.roadmaps, office.documents]))


def test_an_acting_head_signs_while_acting():
    office = load_office(DAYS[0])
    directive = document(office, "directive-timetable")
    assert directive.signer_post == "Исполняющий обязанности начальника Управления образования"
    assert document(office, "directive-duty").signer_post == "Заместитель начальника Управления образования"


def test_approving_orders_come_before_the_years_of_their_roadmap(office: Office):
    for plan in office.roadmaps:
        if plan.approved_by is not None:
            assert document(office, plan.approved_by).date.year == plan.years[0] - 1


def test_an_unknown_day_leaves_no_trace_of_another_day():
    text = repr([load_office(dt.date(2041, 6, 1)).roadmaps, load_office(dt.date(2041, 6, 1)).documents])
    assert set(re.findall(r"\b20\d\d\b", text)) <= {"2039", "2040", "2041", "2042"}


def test_the_content_repeats_no_eight_words_of_a_real_roadmap():
    if not SEEDS.is_dir():
        pytest.skip("no folder of real roadmaps beside the project")

    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"[а-яё]+", text.lower())
        return set(zip(*(words[shift:] for shift in range(8)), strict=False))

    real = set().union(*(runs(file.read_text(encoding="utf-8")) for file in SEEDS.glob("*.txt")))
    folder = Path(__file__).parents[2] / "roadmapdocs" / "demo" / "content"
    ours = set().union(*(runs(file.read_text(encoding="utf-8")) for file in folder.glob("*.toml")))
    assert len(real) > 5000
    assert ours & real == set()
