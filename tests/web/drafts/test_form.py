"""The form of a draft keeps what is typed and makes values of it; what it does not show stays as it was."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from roadmapdocs.drafting import values as v
from roadmapdocs.drafting.values import Block, BlockKind, Executor, Person, Point, PointKind
from roadmapdocs.people.models import Employee
from roadmapdocs.web.drafts.form import DraftForm
from roadmapdocs.web.drafts.lines import read_point, read_speeches, write_point, write_speeches
from roadmapdocs.web.drafts.rows import PointRow, act, numbers, point_rows, points_of, read_cited
from tests import factories as make

pytestmark = pytest.mark.usefixtures("sqlite_database")

ORDER = v.OrderValues(
    title="Об утверждении графика",
    preamble="В целях порядка",
    points=(
        Point(kind=PointKind.APPROVE, approves="график проверок", appendix=1),
        Point(
            kind=PointKind.TASK,
            text="провести проверки",
            executors=(Executor(text="Руководителям школ"),),
            due=dt.date(2025, 12, 15),
            points=(Point(text="начать с малых"), Point(kind=PointKind.TASK, text="доложить", term="ежеквартально")),
        ),
        Point(
            kind=PointKind.REPEAL,
            document=v.Cited(kind="приказ", date=dt.date(2024, 2, 1), number="15", title="О графике"),
        ),
        Point(kind=PointKind.CONTROL, person=Person(name="Некто Н.Н.", post="заместитель начальника")),
    ),
    appendices=(v.Appendix(kind="schedule", title="проверок", blocks=(Block(kind=BlockKind.HEADING, text="Раз"),)),),
)
PROTOCOL = v.ProtocolValues(
    meeting="заседания совета",
    chair=Person(name="Первый П.П.", post="председатель"),
    present=(Person(name="Первый П.П."), Person(name="Второй В.В.")),
    members=7,
    agenda=(
        v.Question(
            title="О графике",
            heard=(v.Speech(person=Person(name="Первый П.П."), text="сказал", attached=True),),
            decided=(Point(text="Принять"), Point(kind=PointKind.TASK, text="сделать", executors=(Executor(text="Второму В.В."),))),
            votes=v.Votes(yes=5, abstained=1),
        ),
    ),
)
NOTE = v.NoteValues(
    basis="план",
    blocks=(Block(text="Абзац"), Block(kind=BlockKind.BULLET, text="раз;")),
    conclusions=("Один", "Два"),
    proposals=(Point(text="Обсудить"),),
)
PLAN = v.PlanValues(landscape=False, blocks=(Block(text="До таблицы"),))


def sent(form: DraftForm) -> MultiDict[str, str]:
    """What a browser sends of the form as it stands."""
    pairs: list[tuple[str, str]] = [("title", form.title), ("revision", str(form.revision)), *form.texts.items()]
    for rows in form.rows.values():
        for place, row in enumerate(rows):
            pairs.append((row.prefix, str(place)))
            for name, value in vars(row).items():
                if value is True or (value and not isinstance(value, bool)):
                    pairs.append((f"{row.prefix}-{place}-{name}", "1" if value is True else str(value)))
    return MultiDict(pairs)


@pytest.mark.parametrize("values", [ORDER, PROTOCOL, NOTE, PLAN, v.OrderValues(), v.AcquaintanceValues(), v.ExtractValues()])
def test_a_form_sent_back_untouched_says_the_same(values: v.Values) -> None:
    shown = DraftForm.of(values, 3)
    read = DraftForm.read(type(values), sent(shown))
    assert (read.title, read.revision) == (values.title, 3)
    assert read.values(values) == values


def test_what_the_form_does_not_show_stays() -> None:
    before = v.OrderValues(profile="2016", decree="ОБЯЗЫВАЮ:", visas=(v.Visa(name="Н.Н. Некто"),))
    form = DraftForm.read(v.OrderValues, MultiDict({"preamble": "В целях"}))
    after = form.values(before)
    assert isinstance(after, v.OrderValues)
    assert (after.profile, after.decree, after.visas, after.preamble) == ("2016", "ОБЯЗЫВАЮ:", before.visas, "В целях")


def test_an_employee_is_known_by_any_spelling_and_noted_by_id() -> None:
    person = make.employee("Лукина")
    for line in ("Лукина О.С., методист", "О. С. Лукина, методист", "Лукина Ольга Сергеевна, методист"):
        form = DraftForm.read(v.ProtocolValues, MultiDict({"chair": line}))
        after = form.values(v.ProtocolValues())
        assert isinstance(after, v.ProtocolValues)
        assert after.chair == Person(name="Лукина Ольга Сергеевна", post="методист", gender="f", employee_id=person.id)


@pytest.mark.parametrize(
    ("typed", "executor"),
    [
        ("руководители школ", Executor(post="руководители школ")),
        ("Руководитель эксплуатационной службы", Executor(post="Руководитель эксплуатационной службы")),
        ("Руководителям школ", Executor(text="Руководителям школ")),
        ("И.о. начальника", Executor(text="И.о. начальника")),
        ("Петров Иван Иванович, главный специалист", Executor(name="Петров Иван Иванович", post="главный специалист")),
        ("Петрову Ивану Ивановичу", Executor(text="Петрову Ивану Ивановичу")),
    ],
)
def test_nominative_words_are_a_post_to_be_declined_and_others_stay(typed: str, executor: Executor) -> None:
    (read,) = PointRow(what="сделать", who=typed).point().executors
    assert read == executor
    assert PointRow.of(Point(kind=PointKind.TASK, text="сделать", executors=(read,)), 1).who == typed


def test_words_of_a_speech_without_a_name_are_kept() -> None:
    (speech,) = read_speeches(": доложил")
    assert (speech.person, speech.text) == (Person(), "доложил")


def test_namesakes_are_asked_about_and_nothing_is_lost() -> None:
    for name in ("Ольга", "Оксана"):
        Employee.create(surname="Лукина", name=name, patronymic="Сергеевна", gender="f")
    form = DraftForm.read(v.ProtocolValues, MultiDict({"chair": "Лукина О.С.", "meeting": "заседания совета"}))
    assert form.values(v.ProtocolValues()) is None
    assert set(form.errors) == {"chair"}
    assert form.texts["chair"] == "Лукина О.С."
    assert form.texts["meeting"] == "заседания совета"


@pytest.mark.parametrize("typed", ["семь", "-1", "1.5", "99999999", "٣"])
def test_a_number_is_written_in_figures(typed: str) -> None:
    form = DraftForm.read(v.ProtocolValues, MultiDict({"members": typed}))
    assert form.values(v.ProtocolValues()) is None
    assert set(form.errors) == {"members"}


@pytest.mark.parametrize(
    ("do", "after"),
    [
        ("point-add-3", "АБВ_"),
        ("point-add-0", "А_БВ"),
        ("point-add-99", "АБВ_"),
        ("point-up-1", "БАВ"),
        ("point-up-0", "АБВ"),
        ("point-down-1", "АВБ"),
        ("point-down-2", "АБВ"),
        ("point-remove-1", "АВ"),
        ("point-remove-9", "АБВ"),
        ("point-remove-x", "АБВ"),
        ("question-add-0", "АБВ"),
        ("", "АБВ"),
    ],
)
def test_a_button_of_a_row_moves_that_row_only(do: str, after: str) -> None:
    rows: list[Any] = [PointRow(what=letter) for letter in "АБВ"]
    act(rows, do, PointRow())
    assert "".join(row.what or "_" for row in rows) == after


def test_a_row_deeper_than_it_can_be_stands_below_the_one_before() -> None:
    rows = [PointRow(what="а", level="3"), PointRow(what="б", level="3"), PointRow(what="в", level="1")]
    first, second = points_of(rows)
    assert [point.text for point in (first, first.points[0], second)] == ["а", "б", "в"]
    assert numbers(rows) == ["1.", "1.1.", "2."]


def test_a_row_with_nothing_in_it_is_no_point_but_a_control_needs_no_words() -> None:
    assert points_of([PointRow(), PointRow(kind="control"), PointRow(kind="none of ours", what="а")]) == (
        Point(kind=PointKind.CONTROL),
        Point(text="а"),
    )


@pytest.mark.parametrize(
    ("text", "number", "date"),
    [
        ("приказ от 01.02.2024 № 15 «О графике»", "15", dt.date(2024, 2, 1)),
        ("приказ № 15-П от 1 февраля 2024 г.", "15-П", dt.date(2024, 2, 1)),
    ],
)
def test_what_is_repealed_is_read_out_of_its_words(text: str, number: str, date: dt.date) -> None:
    cited = read_cited(text)
    assert cited is not None
    assert (cited.kind, cited.number, cited.date) == ("приказ", number, date)


def test_words_that_name_no_document_stay_words() -> None:
    assert read_cited("всё прежнее") is None
    row = PointRow(kind="repeal", what="Считать утратившим силу всё прежнее")
    assert row.point() == Point(kind=PointKind.REPEAL, text="Считать утратившим силу всё прежнее")


TEXT = st.text("абв гд1.,", min_size=1, max_size=15).map(lambda text: " ".join(text.split())).filter(bool)


@given(TEXT, st.lists(TEXT.map(lambda text: text.replace(",", "")).filter(str.strip), max_size=2), st.dates(dt.date(2000, 1, 1), dt.date(2099, 1, 1)) | TEXT | st.none())
def test_a_decision_is_read_as_it_was_written(text: str, who: list[str], when: dt.date | str | None) -> None:
    made = read_point(" | ".join([text, "; ".join(who), when.strftime("%d.%m.%Y") if isinstance(when, dt.date) else when or ""]))
    assert read_point(write_point(made)) == made
    assert made.text == text


def test_a_speech_has_a_name_and_may_have_words() -> None:
    text = "Первый П.П., директор: доложил (текст доклада прилагается)\nВторой В.В."
    assert write_speeches(read_speeches(text)) == text


@given(st.recursive(st.just(()), lambda kids: st.lists(kids.map(lambda points: Point(text="а", points=points)), max_size=3).map(tuple), max_leaves=8))
def test_points_are_the_same_tree_after_the_form(points: tuple[Point, ...]) -> None:
    def depth(tree: tuple[Point, ...]) -> int:
        return 1 + max((depth(one.points) for one in tree), default=0) if tree else 0

    if depth(points) <= 3:
        assert points_of(point_rows(points)) == points


RICH = [
    v.ProtocolValues(
        agenda=(
            v.Question(
                title="О графике",
                heard=(v.Speech(person=Person(name="Первый П.П.", post="начальник: отдел", phone="2-14"), text="одно\nдва"),),
                decided=(
                    Point(kind=PointKind.APPROVE, approves="график", points=(Point(text="ниже"),)),
                    Point(text="в две\nстроки", executors=(Executor(post="руководитель школы"),)),
                ),
            ),
        ),
        chair=Person(name="Первый П.П.", phone="2-14"),
    ),
    v.OrderValues(
        points=(
            Point(kind=PointKind.REPEAL, document=v.Cited(kind="приказ", organisation="Управления", number="1", document_id=7)),
            Point(kind=PointKind.TASK, text="а", executors=(Executor(unit="чужая организация"), Executor(post="координаторам"))),
        ),
    ),
    v.PlanValues(
        blocks=(
            Block(kind=BlockKind.TABLE, columns=("№", "Что"), widths=(5, 45), rows=(v.Row(cells=("1", "в две\nстроки")),)),
            Block(kind=BlockKind.TABLE, columns=("А", "Б"), rows=(v.Row(cells=("1", "2")),)),
        )
    ),
    v.OrderValues(points=tuple(Point(text=str(place)) for place in range(300))),
]


@pytest.mark.parametrize("values", RICH)
def test_what_a_field_cannot_show_stays_while_nobody_touches_it(values: v.Values) -> None:
    read = DraftForm.read(type(values), sent(DraftForm.of(values, 1)))
    assert read.values(values) == values


def test_a_changed_line_costs_no_other_line_what_it_has() -> None:
    form = DraftForm.of(RICH[0], 1)
    sent_back = sent(form)
    sent_back["question-0-decided"] = sent_back["question-0-decided"].replace("в две строки", "в одну строку")
    after = DraftForm.read(v.ProtocolValues, sent_back).values(RICH[0])
    assert isinstance(after, v.ProtocolValues)
    first, second = after.agenda[0].decided
    assert first.approves == "график"
    assert first.points == (Point(text="ниже"),)
    assert second.text == "в одну строку"


@pytest.mark.parametrize("typed", ["12 чел.", "один", "№ 2"])
def test_votes_and_numbers_of_appendices_are_figures(typed: str) -> None:
    votes = MultiDict({"question": "0", "question-0-title": "О", "question-0-yes": typed})
    assert DraftForm.read(v.ProtocolValues, votes).values(v.ProtocolValues()) is None
    point = MultiDict({"point": "0", "point-0-kind": "approve", "point-0-what": "план", "point-0-appendix": typed})
    assert DraftForm.read(v.OrderValues, point).values(v.OrderValues()) is None


def test_what_is_too_long_is_told_and_not_cut() -> None:
    form = DraftForm.read(v.OrderValues, MultiDict([("point", str(place)) for place in range(1_200)]))
    assert form.values(v.OrderValues()) is None
    assert set(form.errors) == {"points"}
    long = DraftForm.read(v.NoteValues, MultiDict({"basis": "а" * 2_000_001}))
    assert long.values(v.NoteValues()) is None
    assert set(long.errors) == {"basis"}


@pytest.mark.parametrize("typed", ["31.02.2027", "до 32.01.2027", "2027-13-01", "29.02.2027 г."])
def test_a_day_that_the_calendar_lacks_is_asked_about(typed: str) -> None:
    form = DraftForm.read(v.OrderValues, MultiDict({"point": "0", "point-0-what": "сделать", "point-0-term": typed}))
    assert form.values(v.OrderValues()) is None
    assert set(form.errors) == {"points"}


@pytest.mark.parametrize("typed", ["ежеквартально", "до 15.12.2027", "в течение 10 дней", "1 квартал 2027 г."])
def test_other_words_for_a_term_stay(typed: str) -> None:
    form = DraftForm.read(v.OrderValues, MultiDict({"point": "0", "point-0-what": "сделать", "point-0-term": typed}))
    assert form.values(v.OrderValues()) is not None
