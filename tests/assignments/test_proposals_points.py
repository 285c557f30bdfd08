"""Points of orders and decisions of minutes, as an office of fiction writes them, read into proposed assignments."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass

import pytest

from roadmapdocs.assignments.plans import Deadline
from roadmapdocs.assignments.point_people import MOST_OFFERS, Named, People
from roadmapdocs.assignments.point_texts import MOST_SIGNS, parts_of
from roadmapdocs.assignments.proposals import Proposal, Proposals, proposals_of
from roadmapdocs.assignments.words import DeadlineKind
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import create_document, get_document
from roadmapdocs.documents.rules import Card
from roadmapdocs.files.reading.office import paragraphs_of
from roadmapdocs.i18n import use_language
from roadmapdocs.people.models import Acting, Employee, EmployeeForms, Organisation, Post, Unit
from roadmapdocs.people.rules import SYSTEM
from roadmapdocs.russian.cases import Case
from tests import factories as make
from tests.conftest import NOW, TODAY
from tests.drafting.printed import printed

SIGNED = dt.date(2026, 3, 16)
#: Short name → (surname, name, patronymic, gender, post, unit, heads). The two Ивановы have the same initials.
STAFF = {
    "Ветрова": ("Ветрова", "Мария", "Ивановна", "f", "Начальник управления", "УО", True),
    "Соболев": ("Соболев", "Павел", "Петрович", "m", "Заместитель начальника по образовательной политике", "УО", False),
    "Зимина": ("Зимина", "Ольга", "Сергеевна", "f", "Заместитель начальника по общим вопросам", "УО", False),
    "Методист": ("Иванова", "Ирина", "Игоревна", "f", "Методист", "ИМЦ", False),
    "Бухгалтер": ("Иванова", "Инна", "Ильинична", "f", "Главный бухгалтер", "УО", False),
    "Кадровик": ("Иванов", "Илья", "Андреевич", "m", "Начальник отдела", "ОК", True),
    "Шилко": ("Шилко", "Тамара", "Викторовна", "f", "Начальник отдела", "ООО", True),
    "Масленко": ("Масленко", "Вера", "Игоревна", "f", "Директор", "ИМЦ", True),
    "Ким": ("Ким", "Юрий", "Олегович", "m", "Директор", "Школа № 1", True),
    "Пётр": ("Петров", "Пётр", "Петрович", "m", "Директор", "Школа № 2", True),
    "Черных": ("Черных", "Лев", "Львович", "m", "Делопроизводитель", "УО", False),
}
UNITS = {
    "УО": "Управление образования",
    "ОК": "Отдел кадров и правовой работы",
    "ООО": "Отдел общего образования",
    "ИМЦ": "Информационно-методический центр",
    "Школа № 1": "МБОУ «Школа № 1 с. Озёрное»",
    "Школа № 2": "МБОУ «Школа № 2 с. Озёрное»",
}


@dataclass
class Made:
    ids: dict[str, int]
    units: dict[str, int]

    def names(self, people: tuple[Named, ...]) -> list[str]:
        """Short names; of who is not told for certain: «*» many, «2?» so many fit, «?» nobody."""
        by_id = {number: name for name, number in self.ids.items()}
        return [by_id[one.employee_id] if one.employee_id else "*" if one.many else f"{len(one.offers) or ''}?" for one in people]


@pytest.fixture
def office(sqlite_database: None) -> Made:
    organisation = Organisation.create(
        name="Муниципальное казённое учреждение «Управление образования Заозёрского района»",
        short_name="МКУ «Управление образования Заозёрского района»",
        genitive="МКУ «Управление образования Заозёрского района»",
    )
    units: dict[str, Unit] = {}
    for short, name in UNITS.items():
        abbreviation = short if short.isupper() else ""
        units[short] = Unit.create(organisation=organisation, name=name, abbreviation=abbreviation, parent=units.get("УО"))
    ids = {}
    for short, (surname, name, patronymic, gender, post, unit, heads) in STAFF.items():
        person = Employee.create(surname=surname, name=name, patronymic=patronymic, gender=gender)
        Post.create(employee=person, unit=units[unit], title=post, since=dt.date(2020, 1, 1), heads=heads)
        ids[short] = person.id
    return Made(ids, {short: unit.id for short, unit in units.items()})


def document(body: str, office: Made, *, kind: str = "order_main", title: str = "О летнем чтении") -> Document:
    card = Card(kind, title, date=SIGNED, signer="Ветрова М. И.", signer_id=office.ids["Ветрова"])
    made = create_document(card, by=SYSTEM, now=NOW, today=TODAY)
    Document.update(body=body).where(Document.id == made.id).execute()
    return get_document(made.id)


def read(body: str, office: Made) -> Proposals:
    return proposals_of(document(body, office), today=TODAY)


def said(deadline: Deadline | None) -> str:
    """A deadline in short: «!» unread, a day, or its kind with what belongs to it."""
    if deadline is None:
        return "!"
    if deadline.kind is DeadlineKind.DATE and deadline.date is not None:
        return deadline.date.strftime("%d.%m.%Y")
    more = " ".join(str(one) for one in (deadline.recurrence, deadline.count or "", deadline.anchor or "") if one)
    return f"{deadline.kind} {more}".strip()


#: The point; who; what; until when.
POINTS = [
    # People by name
    ("Шилко Т.В.: подготовить список книг.", "Шилко", "Подготовить список книг", "month"),
    ("Шилко Т. В. подготовить список книг.", "Шилко", "Подготовить список книг", "month"),
    ("Т.В. Шилко подготовить список книг.", "Шилко", "Подготовить список книг", "month"),
    ("Масленко В.И., директору центра, провести семинар.", "Масленко", "Провести семинар", "month"),
    ("Директору ИМЦ Масленко В.И. провести семинар.", "Масленко", "Провести семинар", "month"),
    ("Соболеву П.П. провести семинар.", "Соболев", "Провести семинар", "month"),
    ("Соболеву Павлу Петровичу провести семинар.", "Соболев", "Провести семинар", "month"),
    ("Иванову И.А. провести семинар.", "Кадровик", "Провести семинар", "month"),
    ("Ивановой И.И. провести семинар.", "2?", "Провести семинар", "month"),
    ("Методисту Ивановой И.И. провести семинар.", "Методист", "Провести семинар", "month"),
    ("Главному бухгалтеру Ивановой И.И. подготовить смету.", "Бухгалтер", "Подготовить смету", "month"),
    ("Ивановой Инне Ильиничне подготовить смету.", "2?", "Подготовить смету", "month"),
    ("Киму Ю.О. открыть смену.", "Ким", "Открыть смену", "month"),
    ("Петрову П.П. открыть смену.", "Пётр", "Открыть смену", "month"),
    ("Черных Л.Л. разослать приказ.", "Черных", "Разослать приказ", "month"),
    ("Соболеву провести семинар.", "Соболев", "Провести семинар", "month"),
    ("Кузнецову К.К. провести семинар.", "?", "Провести семинар", "month"),
    # People by post
    ("Начальнику управления провести приём.", "Ветрова", "Провести приём", "month"),
    ("Заместителю начальника по образовательной политике провести семинар.", "Соболев", "Провести семинар", "month"),
    (
        "Заместителю начальника МКУ «Управление образования Заозёрского района» по образовательной политике обеспечить"
        " информирование школ.",
        "Соболев", "Обеспечить информирование школ", "month",
    ),
    (
        "Заместителю начальника управления образования по общим вопросам подготовить договоры.",
        "Зимина", "Подготовить договоры", "month",
    ),
    ("Заместителю начальника провести семинар.", "2?", "Провести семинар", "month"),
    ("Зам. начальника по общим вопросам подготовить договоры.", "Зимина", "Подготовить договоры", "month"),
    ("Главному бухгалтеру подготовить смету.", "Бухгалтер", "Подготовить смету", "month"),
    ("Делопроизводителю ознакомить с приказом.", "Черных", "Ознакомить с приказом", "month"),
    ("Начальнику отдела кадров и правовой работы: проверить личные дела.", "Кадровик", "Проверить личные дела", "month"),
    ("Начальнику отдела общего образования: собрать заявки.", "Шилко", "Собрать заявки", "month"),
    ("Начальнику отдела собрать заявки.", "2?", "Собрать заявки", "month"),
    ("Директору информационно-методического центра собрать заявки.", "Масленко", "Собрать заявки", "month"),
    ("Директору школы № 2 открыть смену.", "Пётр", "Открыть смену", "month"),
    ("Директору МБОУ «Школа № 1 с. Озёрное» открыть смену.", "Ким", "Открыть смену", "month"),
    ("Директору школы открыть смену.", "2?", "Открыть смену", "month"),
    ("Директору МБОУ «Ромашка» открыть смену.", "?", "Открыть смену", "month"),
    ("Водителю подать автобус.", "?", "Подать автобус", "month"),
    # Units, and so their heads
    ("Отделу общего образования подготовить справку.", "Шилко", "Подготовить справку", "month"),
    ("Отделу общего образования (Шилко Т.В.) подготовить справку.", "Шилко", "Подготовить справку", "month"),
    ("Отделу кадров и правовой работы подготовить справку.", "Кадровик", "Подготовить справку", "month"),
    ("ИМЦ подготовить справку.", "Масленко", "Подготовить справку", "month"),
    ("ООО, ИМЦ: подготовить справку.", "Шилко Масленко", "Подготовить справку", "month"),
    ("Информационно-методическому центру: подготовить справку.", "Масленко", "Подготовить справку", "month"),
    # Many, and several
    ("Руководителям образовательных организаций провести беседы.", "*", "Провести беседы", "month"),
    ("Директорам школ: провести беседы.", "*", "Провести беседы", "month"),
    ("Соболеву П.П., Шилко Т.В.: составить график.", "Соболев Шилко", "Составить график", "month"),
    ("Соболеву П.П. и Шилко Т.В. составить график.", "Соболев Шилко", "Составить график", "month"),
    ("Соболеву П.П. совместно с Шилко Т.В. и отделом кадров и правовой работы: составить график.",
     "Соболев Шилко Кадровик", "Составить график", "month"),
    ("ИМЦ (Масленко В.И.), директорам школ: составить график.", "Масленко *", "Составить график", "month"),
    ("Соболеву П.П., Соболеву П.П.: составить график.", "Соболев", "Составить график", "month"),
    # Nobody
    ("Провести конкурс «Книга: лучший друг» до 20.05.2026.", "", "Провести конкурс «Книга: лучший друг»", "20.05.2026"),
    ("Итоги смотра разместить на сайте.", "", "Итоги смотра разместить на сайте", "month"),
    # Titles with a colon, brackets and quotes
    ("Шилко Т.В. провести викторину «Лето: время читать» для школ.", "Шилко", "Провести викторину «Лето: время читать» для школ", "month"),
    ("Секретарю разослать протокол: членам группы и школам.", "?", "Разослать протокол: членам группы и школам", "month"),
    # Deadlines
    ("Шилко Т.В. подготовить список в срок до 01.06.2026.", "Шилко", "Подготовить список", "01.06.2026"),
    ("Шилко Т.В. в срок до 1 июня 2026 года подготовить список.", "Шилко", "Подготовить список", "01.06.2026"),
    ("В срок до 01.06.2026 Шилко Т.В. подготовить список.", "Шилко", "Подготовить список", "01.06.2026"),
    ("До 15 мая Шилко Т.В. подготовить список.", "Шилко", "Подготовить список", "15.05.2026"),
    ("Шилко Т.В. подготовить список до 15 мая.", "Шилко", "Подготовить список", "15.05.2026"),
    ("Шилко Т.В. подготовить список (срок – 1 июня 2026 г.).", "Шилко", "Подготовить список", "01.06.2026"),
    ("Шилко Т.В. подготовить до 1 июня 2026 года список книг.", "Шилко", "Подготовить до 1 июня 2026 года список книг", "01.06.2026"),
    ("Шилко Т.В. срочно подготовить список.", "Шилко", "Подготовить список", "urgent"),
    ("Шилко Т.В. подготовить список незамедлительно.", "Шилко", "Подготовить список", "urgent"),
    ("Шилко Т.В. в месячный срок подготовить список.", "Шилко", "Подготовить список", "month"),
    ("В недельный срок Шилко Т.В. подготовить список.", "Шилко", "Подготовить список", "days 7"),
    ("Шилко Т.В. подготовить список в течение 10 рабочих дней.", "Шилко", "Подготовить список", "working_days 10"),
    ("Шилко Т.В. подготовить список в течение 10 дней.", "Шилко", "Подготовить список", "days 10"),
    ("Шилко Т.В. подготовить список до конца квартала.", "Шилко", "Подготовить список", "31.03.2026"),
    ("Шилко Т.В. подготовить список до 25 числа.", "Шилко", "Подготовить список", "25.03.2026"),
    ("Шилко Т.В. представлять сводку ежеквартально.", "Шилко", "Представлять сводку", "periodic quarterly"),
    ("Шилко Т.В. ежеквартально представлять сводку.", "Шилко", "Представлять сводку", "periodic quarterly"),
    ("Шилко Т.В. ежеквартально, до 15 числа, представлять сводку.", "Шилко", "Представлять сводку", "periodic quarterly 15"),
    ("Шилко Т.В.: ежемесячно представлять сводку до 5 числа.", "Шилко", "Ежемесячно представлять сводку до 5 числа", "periodic monthly 5"),
    ("Шилко Т.В. ежегодно до 1 октября представлять сводку.", "Шилко", "Представлять сводку", "periodic yearly 1"),
    ("Шилко Т.В. вести учёт постоянно.", "Шилко", "Вести учёт", "open"),
    ("Шилко Т.В. провести сверку за I квартал 2026 года до 10.04.2026.", "Шилко", "Провести сверку за I квартал 2026 года", "10.04.2026"),
    ("Шилко Т.В. выполнить план на 2024–2026 годы.", "Шилко", "Выполнить план на 2024–2026 годы", "month"),
    ("Шилко Т.В. провести смотр в октябре 2026 года.", "Шилко", "Провести смотр", "31.10.2026"),
    ("Шилко Т.В. ответить в течение 5 дней со дня получения письма.", "Шилко", "Ответить", "!"),
    ("Шилко Т.В. сдать список до 31.04.2026.", "Шилко", "Сдать список", "!"),
    ("Шилко Т.В. сдать план до 1 мая и отчёт до 1 июня.", "Шилко", "Сдать план до 1 мая и отчёт до 1 июня", "!"),
    ("Шилко Т.В. сдать список до 01.03.2026.", "Шилко", "Сдать список", "01.03.2026"),
    # The other order of words
    ("Поручить Шилко Т.В. подготовить список до 01.06.2026.", "Шилко", "Подготовить список", "01.06.2026"),
    ("Поручить Шилко Т.В. подготовку списка.", "Шилко", "Подготовку списка", "month"),
    ("Рекомендовать руководителям школ: провести беседы.", "*", "Провести беседы", "month"),
    ("Обязать Соболева П.П. и Зимину О.С. представить планы.", "Соболев Зимина", "Представить планы", "month"),
]  # fmt: skip


def test_points_say_who_what_and_until_when(office: Made) -> None:
    body = "\n".join(["ПРИКАЗЫВАЮ:", *(f"{number}. {point[0]}" for number, point in enumerate(POINTS, 1))])
    found = read(body, office).points
    told = [(one.printed, " ".join(office.names(one.people)), one.text, said(one.deadline)) for one in found]
    assert [pair for pair in zip(told, POINTS, strict=True) if pair[0] != pair[1]] == []
    assert all(one.needed for one in found)


@pytest.mark.parametrize(
    "words",
    [
        "Утвердить Положение о летнем чтении (приложение).",
        "Признать утратившим силу приказ от 01.02.2025 № 7-П «О чтении».",
        "Приказ вступает в силу со дня подписания.",
        "Контроль за исполнением приказа оставляю за собой.",
        "Назначить ответственной Шилко Т.В.",
        "Создать рабочую группу в составе согласно приложению.",
        "Принять к сведению информацию Шилко Т.В.",
        "Внести изменения в приказ от 01.02.2025 № 7-П.",
        "Признать победителями смотра школы № 1 и № 2.",
    ],
)
def test_what_is_done_by_signing_needs_nobody(words: str, office: Made) -> None:
    (found,) = read(f"ПРИКАЗЫВАЮ:\n1. {words}", office).points
    assert not found.needed
    assert found.reason
    assert found.printed == words


def test_what_is_in_force_and_has_to_be_published_needs_somebody(office: Made) -> None:
    (found,) = read("ПРИКАЗЫВАЮ:\n1. Приказ вступает в силу со дня подписания и подлежит размещению на сайте.", office).points
    assert (found.needed, found.people) == (True, ())
    assert found.remarks


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Контроль за исполнением приказа оставляю за собой.", "Ветрова"),
        ("Контроль за исполнением приказа возложить на Соболева П.П.", "Соболев"),
        ("Контроль исполнения возложить на заместителя начальника по общим вопросам Зимину О.С.", "Зимина"),
        ("Контроль за выполнением приказа возложить на заместителя начальника управления образования по образовательной политике.", "Соболев"),
        ("Контроль за исполнением приказа возлагаю на главного бухгалтера.", "Бухгалтер"),
        ("Контроль за исполнением настоящего приказа возложить на Иванова И.А.", "Кадровик"),
        ("Контроль за исполнением приказа возложить на Иванову И.И.", "2?"),
        ("Контроль за исполнением приказа возложить на Кузнецова К.К.", "?"),
    ],
)
def test_the_point_on_control_names_the_controller(words: str, name: str, office: Made) -> None:
    found = read(f"ПРИКАЗЫВАЮ:\n1. Ким Ю.О.: открыть смену.\n2. {words}", office)
    assert found.controller is not None
    assert office.names((found.controller,)) == [name]
    assert not found.points[1].needed


def test_of_several_controllers_the_first_is_taken_and_that_is_told(office: Made) -> None:
    found = read("ПРИКАЗЫВАЮ:\n1. Контроль за исполнением возложить на Соболева П.П. и Зимину О.С.", office)
    assert found.controller is not None
    assert found.controller.employee_id == office.ids["Соболев"]
    assert found.points[0].remarks


def points(found: Proposals, office: Made) -> list[tuple[str, str, str, str]]:
    return [(one.number, " ".join(office.names(one.people)), one.text, said(one.deadline)) for one in found.points if one.needed]


def test_parts_of_a_point_take_over_who_and_until_when(office: Made) -> None:
    found = read(
        "п р и к а з ы в а ю:\n"
        "1. Шилко Т.В.:\n"
        "1.1. Собрать заявки до 01.04.2026.\n"
        "1.2. Составить список.\n"
        "2. Отделу кадров и правовой работы обеспечить в срок до 20.04.2026:\n"
        "2.1. сбор документов;\n"
        "2.2. Ким Ю.О. выдать справки.\n"
        "3. Руководителям образовательных организаций:\n"
        "3.1 Провести беседы.\n"
        "3.2 Масленко В.И. провести семинар.",
        office,
    )
    assert points(found, office) == [
        ("1.1", "Шилко", "Собрать заявки", "01.04.2026"),
        ("1.2", "Шилко", "Составить список", "month"),
        ("2.1", "Кадровик", "Обеспечить: сбор документов", "20.04.2026"),
        ("2.2", "Ким", "Выдать справки", "20.04.2026"),
        ("3.1", "*", "Провести беседы", "month"),
        ("3.2", "Масленко", "Провести семинар", "month"),
    ]
    assert [one.number for one in found.points if not one.needed] == ["1", "2", "3"]


def test_a_point_with_a_task_of_its_own_stays_beside_its_parts(office: Made) -> None:
    found = read("ПРИКАЗЫВАЮ:\n1. Шилко Т.В. провести смотр.\n1.1. Составить список до 01.04.2026.", office)
    assert points(found, office) == [
        ("1", "Шилко", "Провести смотр", "month"),
        ("1.1", "Шилко", "Составить список", "01.04.2026"),
    ]


def test_what_its_parts_only_begin_with_a_verb_of_their_own_is_not_lost(office: Made) -> None:
    found = read(
        "ПРИКАЗЫВАЮ:\n1. Шилко Т.В. провести смотр библиотек:\n1.1. Составить график.\n"
        "2. Ким Ю.О. организовать работу:\n2.1. летней смены;\n2.2. Открыть клуб.",
        office,
    )
    assert points(found, office) == [
        ("1", "Шилко", "Провести смотр библиотек", "month"),
        ("1.1", "Шилко", "Составить график", "month"),
        ("2.1", "Ким", "Организовать работу: летней смены", "month"),
        ("2.2", "Ким", "Открыть клуб", "month"),
    ]


def test_lines_lists_tables_and_signatures_are_told_apart(office: Made) -> None:
    found = read(
        "Об итогах\n\nВ целях развития чтения\nПРИКАЗЫВАЮ: \n"
        "1. Шилко Т.В. подготовить\nсписок книг\nдо 01.04.2026.\n"
        "2.Ким Ю.О. открыть смену:\n- в июне;\n- в июле.\n"
        "№\tШкола\tСрок\n1\tШкола № 1\tдо 01.05.2026\n"
        "3) Масленко В.И. провести семинар.\n"
        "Начальник управления\nМ.И. Ветрова\n"
        "УТВЕРЖДЕНО\n1. Общие положения\n1.1. Ким Ю.О. отвечает за всё.",
        office,
    )
    assert [(one.number, one.printed) for one in found.points] == [
        ("1", "Шилко Т.В. подготовить список книг до 01.04.2026."),
        ("2", "Ким Ю.О. открыть смену: в июне; в июле."),
        ("3", "Масленко В.И. провести семинар."),
    ]
    assert [bool(one.remarks) for one in found.points] == [False, True, False]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("Начальник управления\tМ.И. Ветрова", False),
        ("Председательствующий\tМ.И. Ветрова\nСекретарь\tТ.В. Шилко", False),
        ("Начальник управления\tМ.И. Ветрова\nПодписано\t16.03.2026", False),
        ("___\t___\n1\t2\nНачальник управления\tМ.И. Ветрова", False),
        ("№\tШкола\n1\tШкола № 1", True),
        ("№\tШкола\n1\tШкола № 1\nНачальник управления\tМ.И. Ветрова", True),
        ("Комиссия\tДолжность\nВетрова М.И.\tпредседатель\nШилко Т.В.\tсекретарь", True),
    ],
)
def test_a_signature_is_no_table_of_the_last_point(rows: str, told: bool) -> None:
    (part,) = parts_of(("ПРИКАЗЫВАЮ:", "1. Шилко Т.В. провести смотр.", *rows.split("\n")), "Ветрова М. И.")
    assert part.points[0].table is told


@pytest.mark.parametrize(
    ("template", "which", "signer"),
    [
        ("order.docx", "sample", ""),
        ("order.docx", "extreme", ""),
        ("directive.docx", "sample", ""),
        ("protocol.docx", "extreme", "Мусин-Пушкин-Загорский Х. В."),
    ],
)
def test_signatures_that_the_templates_print_are_no_tables(template: str, which: str, signer: str) -> None:
    parts = parts_of(paragraphs_of(printed(template, which), template), signer)
    points = [point for part in parts for point in part.points]
    assert points
    assert not any(point.table for point in points)


def test_an_order_without_numbers_is_read_by_its_paragraphs(office: Made) -> None:
    found = read("ПРИКАЗЫВАЮ:\nШилко Т.В. подготовить список.\nКим Ю.О. открыть смену.\nНачальник управления\nВетрова", office)
    assert points(found, office) == [
        ("", "Шилко", "Подготовить список", "month"),
        ("", "Ким", "Открыть смену", "month"),
    ]


def test_an_appendix_without_a_heading_begins_where_counting_begins_again(office: Made) -> None:
    found = read("ПРИКАЗЫВАЮ:\n1. Утвердить план.\n2. Ким Ю.О. открыть смену.\n1. Провести смотр.\n2. Собрать заявки.", office)
    assert [one.number for one in found.points] == ["1", "2"]


def test_decisions_of_minutes_are_numbered_by_their_questions(office: Made) -> None:
    found = read(
        "ПРОТОКОЛ № 3\nСЛУШАЛИ: Шилко Т.В. о чтении.\nРЕШИЛИ: \n"
        "1. Принять к сведению информацию Шилко Т.В.\n2. Поручить Ким Ю.О. открыть смену до 01.06.2026.\n"
        "2. СЛУШАЛИ: Масленко В.И.\nРЕШИЛИ: 1. Масленко В.И. провести семинар.\nГОЛОСОВАЛИ: за – 5.\nПредседатель М.И. Ветрова",
        office,
    )
    assert [(one.number, one.needed, " ".join(office.names(one.people))) for one in found.points] == [
        ("1.1", False, ""),
        ("1.2", True, "Ким"),
        ("2.1", True, "Масленко"),
    ]


@pytest.mark.parametrize("body", ["", "   \n ", "Положение\n1. Общие положения\n1.1. Школы читают.", "ПРИКАЗЫВАЮ:", "\t\t\n\x00", "1. " * 5000])
def test_a_text_without_points_says_why_there_are_none(body: str, office: Made) -> None:
    found = read(body, office)
    assert found.points == ()
    assert found.why_none


def test_an_endless_order_is_read_as_far_as_it_goes(office: Made) -> None:
    found = read("ПРИКАЗЫВАЮ:\n" + "\n".join(f"1.{n}. Шилко Т.В. провести смотр." for n in range(1, 100)) * 9, office)
    assert 0 < len(found.points) <= 500


@pytest.mark.parametrize("words", ["в течение ", "до 1 мая и ", "Шилко Т.В., ", "«(«(", "1.1. ", "(", ", ("])
def test_a_point_without_end_is_read_in_no_time(words: str, office: Made) -> None:
    begun = time.process_time()
    read("ПРИКАЗЫВАЮ:\n1. " + words * 20_000 + "\n" + words * 20_000, office)
    assert time.process_time() - begun < 10


@pytest.mark.parametrize(("head", "more"), [("ПРИКАЗЫВАЮ:", ""), ("РЕШИЛИ:", ""), ("РЕШИЛИ:", "РЕШИЛИ:\n")])
def test_ten_thousand_points_are_read_as_far_as_an_order_goes_and_that_is_told(head: str, more: str, office: Made) -> None:
    points = "".join(f"{more}{number % 99 + 1}. Шилко Т.В. провести смотр.\n" for number in range(10_000))
    with use_language("en"):
        found = read(f"{head}\n{points}" if more else f"{head}\n" + points.replace("\n1. ", "\n99. "), office)
    assert len(found.points) == 500
    assert "further points are not read" in found.points[-1].remarks[-1]


def test_many_points_cost_the_statements_of_one(office: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    EmployeeForms.create(employee=office.ids["Шилко"], forms={"surname": {"nom": "Шилко", "dat": "Шилке"}})
    sent = make.count_queries(monkeypatch)

    def cost(number: int) -> int:
        order = document("ПРИКАЗЫВАЮ:\n" + "".join(f"{n}. ОК, Шилке Т.В. провести смотр.\n" for n in range(1, number + 1)), office)
        sent.clear()
        assert office.names(proposals_of(order, today=TODAY).points[-1].people)[-1] == "Шилко"
        return len(sent)

    assert cost(60) == cost(1)


def test_points_that_are_too_long_together_are_read_in_part(office: Made) -> None:
    points = "".join(f"{number}. Шилко Т.В. {'провести смотр и ' * 250}.\n" for number in range(1, 60))
    with use_language("en"):
        found = read(f"ПРИКАЗЫВАЮ:\n{points}", office)
    assert 0 < sum(len(one.printed) for one in found.points) <= MOST_SIGNS
    assert "further points are not read" in found.points[-1].remarks[-1]
    assert not any("further points" in remark for one in found.points[:-1] for remark in one.remarks)


def test_who_would_control_the_own_work_is_told(office: Made) -> None:
    found = read("ПРИКАЗЫВАЮ:\n1. Контроль за исполнением приказа возложить на Соболева П.П.\n2. Соболеву П.П. провести семинар.", office)
    assert found.points[1].remarks


def test_whoever_fills_a_post_by_an_order_is_meant_by_its_title(office: Made) -> None:
    Acting.create(
        unit=office.units["УО"], title="Начальник управления", printed="И.о. начальника управления", absent=office.ids["Ветрова"],
        employee=office.ids["Зимина"], since=dt.date(2026, 3, 1), basis="приказ", set_by="Л", made_at=NOW,
    )  # fmt: skip
    people = People(TODAY)
    for words in ("Начальнику управления", "И.о. начальника управления"):
        assert people.named(words).employee_id == office.ids["Зимина"]


def test_who_has_left_is_nobody(office: Made) -> None:
    Post.update(until=dt.date(2026, 3, 1)).where(Post.employee == office.ids["Шилко"]).execute()
    assert People(TODAY).named("Шилко Т.В.") == Named("Шилко Т.В.")


def test_the_case_tells_a_man_from_a_woman(office: Made) -> None:
    Employee.update(patronymic="Игоревич", name="Иван").where(Employee.id == office.ids["Кадровик"]).execute()
    people = People(TODAY)
    assert people.named("Иванову И.И.", Case.DAT).employee_id == office.ids["Кадровик"]
    assert {one.employee_id for one in people.named("Иванову И.И.", Case.ACC).offers} == {office.ids["Методист"], office.ids["Бухгалтер"]}


def test_a_corrected_surname_is_known_by_its_corrected_form(office: Made) -> None:
    EmployeeForms.create(employee=office.ids["Шилко"], forms={"surname": {"nom": "Шилко", "dat": "Шилке"}})
    assert People(TODAY).named("Шилке Т.В.").employee_id == office.ids["Шилко"]
    assert People(TODAY).named("Шилкой Т.В.").employee_id is None


def test_at_most_twenty_are_offered(office: Made) -> None:
    for _number in range(25):
        person = Employee.create(surname="Белов", name="Олег", patronymic="Ильич", gender="m")
        Post.create(employee=person, unit=office.units["УО"], title="Методист", since=SIGNED)
    found = People(TODAY).named("Белову О.И.")
    assert (found.employee_id, len(found.offers)) == (None, MOST_OFFERS)


def test_proposals_have_a_responsible_and_co_executors(office: Made) -> None:
    (one,) = read("ПРИКАЗЫВАЮ:\n1. Соболеву П.П., Шилко Т.В., Ким Ю.О.: составить график.", office).points
    assert isinstance(one, Proposal)
    assert one.responsible is not None
    assert one.responsible.employee_id == office.ids["Соболев"]
    assert [named.employee_id for named in one.executors] == [office.ids["Шилко"], office.ids["Ким"]]
