"""A small made-up archive with all that makes searching hard in it: made once, searched by every engine."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from roadmapdocs.approvals.models import Remark, Run, Visa
from roadmapdocs.coverage.models import Proof
from roadmapdocs.documents.comments import comment
from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.links.operations import link_documents
from roadmapdocs.documents.models import Document, DocumentVersion
from roadmapdocs.documents.operations import create_document
from roadmapdocs.documents.rules import Card, Preparation
from roadmapdocs.documents.versions import add_version
from roadmapdocs.files.store import MemoryStore
from roadmapdocs.people.directory import DatabaseDirectory
from roadmapdocs.people.models import Employee
from roadmapdocs.people.rules import SYSTEM
from roadmapdocs.roadmap.draft import Approval, Draft, DraftExpected, DraftItem, DraftSection
from roadmapdocs.roadmap.models import Edition, ExpectedDocument, Item, Section
from roadmapdocs.roadmap.operations import store_draft
from roadmapdocs.russian.terms import Term
from roadmapdocs.search.abbreviations import load_abbreviations
from roadmapdocs.texts.models import FileText
from tests.conftest import NOW, TODAY
from tests.factories import unit

VETROVA, SOBOLEV, LYSENKO, CHERNYKH = "Ветрова М. И.", "Соболев А. О.", "Лысенко С. С.", "Черных О. П."


@dataclass(frozen=True)
class Paper:
    """A document of the archive. ``file`` is the text of its file, a form feed between pages."""

    kind: str
    number: str
    day: str
    title: str
    signer: str = VETROVA
    summary: str = ""
    file: str = ""
    state: Preparation = Preparation.SIGNED
    fields: Mapping[str, object] = field(default_factory=dict)


#: By a name that the cases use.
PAPERS: Mapping[str, Paper] = {
    "reading": Paper(
        "order_main", "178-П", "2021-11-29", "Об утверждении Положения о районном зачёте по чтению",
        file="П р и к а з ы в а ю:\n1. Утвердить Положение о районном зачёте по чтению согласно приложению.\n"
        "2. Контроль за исполнением возложить на заместителя начальника Соболева А. О.",
    ),
    "regulation": Paper("regulation", "", "2021-11-29", "Положение о районном зачёте по чтению", signer=""),
    "results": Paper(
        "order_main", "34-ОД", "2024-02-12", "Об итогах районного зачёта по чтению", signer=SOBOLEV,
        file="Во исполнение приказа № 178-П от 29 ноября 2021 г. подвести итоги зачёта и разобрать работы пятых классов.",
    ),
    "change": Paper("order_main", "88-ОД", "2025-05-23", "О внесении изменений в приказ от 29.11.2021 № 178-П"),
    "trial": Paper("order_main", "9-ОД", "2024-01-18", "О пробном зачёте по чтению", signer=SOBOLEV),
    "drawing": Paper("order_main", "41-ОД", "2024-03-04", "О районном зачёте по черчению"),
    "libraries": Paper(
        "order_main", "45", "2022-03-01", "О смотре школьных библиотек",
        file="Провести смотр школьных библио-\nтек с 1 по 15 апреля 2022 года. Фонды обще\u00adобразовательных организаций.",
    ),
    "jury": Paper("order_main", "45а", "2022-03-02", "О жюри смотра"),
    "meals": Paper("order_main", "133/6 – ОД", "2020-09-07", "Об организации горячего питания в школах"),
    "heating": Paper("order_admin", "369/о", "2019-12-30", "О подготовке котельных к отопительному сезону"),
    "camps": Paper("order_main", "12-П", "2023-05-10", "Об отдыхе детей в летних лагерях", signer=CHERNYKH),
    "buses": Paper("order_admin", "7-ОД", "2024-01-19", "О подвозе учеников на школьных автобусах"),
    "hiring": Paper("order_staff", "15-ЛС", "2023-09-01", "О приёме на работу Лысенко Светланы Сергеевны", signer=SOBOLEV),
    "hiring_other": Paper("order_staff", "16-ЛС", "2023-09-04", "О приёме на работу Лысенко П. А.", signer=SOBOLEV),
    "quality": Paper(
        "order_main", "210-П", "2022-10-05", "О муниципальной системе оценки качества образования", signer=LYSENKO
    ),
    "quality_plan": Paper("plan", "", "2023-01-16", "План развития МСОКО на 2023 год", signer=LYSENKO),
    "low_results": Paper("order_main", "77-П", "2021-02-15", "О поддержке школ с низкими образовательными результатами"),
    "low_note": Paper("note", "4", "2021-06-21", "О работе ШНОР района"),
    "hard_report": Paper("report", "", "2022-06-20", "Отчёт о помощи ШНСУ"),
    "centre_1": Paper("protocol", "1", "2020-10-14", "Заседание муниципального образовательного центра", signer=SOBOLEV),
    "centre_2": Paper("protocol", "2", "2020-12-03", "Заседание МОЦ об итогах полугодия", signer=SOBOLEV),
    "centre_3": Paper("protocol", "1", "2021-03-15", "Заседание МОЦ о наставничестве", signer=SOBOLEV),
    "historians": Paper("protocol", "6", "2021-04-02", "Заседание РМО учителей истории", signer=CHERNYKH),
    "exam": Paper("order_main", "14-П", "2026-01-12", "О подготовке к единому государственному экзамену"),
    "check_note": Paper(
        "note", "9", "2025-06-02", "Аналитическая справка по итогам ВПР в пятых классах",
        summary="Пятиклассники хуже всего справились с заданиями на работу с текстом.",
    ),
    "olympiad": Paper("order_main", "301-П", "2025-09-01", "О школьном этапе олимпиады", fields={"keywords": "одарённые дети"}),
    # A Latin «o», «x», «p» and «a», as scanners leave them.
    "safety": Paper(
        "order_main", "52-П", "2025-02-10", "Oб oxpaне труда и пожарной безопасности",
        file="Общие положения.\fЕжемесячно проверять огнетушители и пути эвакуации.\fЖурнал проверок хранит завхоз.",
    ),
    "playground": Paper(
        "order_admin", "61-П", "2023-07-03", unicodedata.normalize("NFD", "О ремонте детской площадки в посёлке Майский")
    ),
    "census": Paper("order_main", "8-П", "2024-08-26", "Об учёте детей, подлежащих обучению"),
    "museum": Paper("regulation", "", "2022-05-16", "П О Л О Ж Е Н И Е о школьном музее", signer=""),
    "board": Paper("order_main", "99-П", "2022-09-12", "О научно-методическом совете"),
    "project": Paper("order_main", "23-П", "2022-02-07", "Об участии в проекте «500+»"),
    "trip": Paper("order_admin", "118-П", "2023-11-20", "О поездке в Мотыгинский район", file="Выезд из Мотыгино в 8:30, автобус ПАЗ."),
    "old_meals": Paper("rules", "", "2020-01-20", "Порядок питания школьников", signer=""),
    "old_tours": Paper("order_main", "20-П", "2020-01-21", "Об экскурсиях школьников"),
    "new_tours": Paper("order_main", "51-П", "2023-08-21", "О правилах экскурсий школьников"),
    "contest": Paper(
        "order_main", "", "2026-03-02", "О конкурсе рисунков", state=Preparation.DRAFT, summary="Проект приказа для отдела."
    ),
    "contract": Paper("contract", "Д-14/23", "2023-04-03", "Договор с домом творчества", signer=SOBOLEV),
    "forecast": Paper("letter", "01-12/345", "2024-04-08", "О прогнозе числа первоклассников"),
    "certificates": Paper("list", "", "2024-05-27", "Перечень справок для зачисления"),
    "people": Paper("memo", "3", "2025-10-06", "О замене людей на дежурстве", signer=CHERNYKH),
    "fair": Paper("order_main", "40-П", "2021-03-29", "О ярмарке с 3 по 9 апреля", file="Ярмарка пройдёт в рабочей группе «Мастер»."),
    "group": Paper("order_main", "66-П", "2024-10-14", "О рабочей группе по наставничеству молодых учителей"),
    "groups": Paper("order_main", "67-П", "2024-10-15", "О группах продлённого дня", summary="Рабочий день, группа и график."),
}


@dataclass(frozen=True)
class Archive:
    """``keys`` maps names of papers, «item 2.1.1» and «section 2» to keys of records."""

    keys: Mapping[str, str]

    def key(self, name: str) -> str:
        return self.keys[name]

    def document(self, name: str) -> Document:
        return Document.get_by_id(int(self.keys[name].partition(":")[2]))


def make_archive() -> Archive:
    """Into an empty, migrated database."""
    load_abbreviations()
    store = MemoryStore()
    office = unit()
    Employee.create(surname="Лысенко", name="Светлана", patronymic="Сергеевна", gender="f")
    Employee.create(surname="Черных", name="Ольга", patronymic="Петровна", gender="f")
    made = {name: _paper(paper, store, office.id) for name, paper in PAPERS.items()}
    _link(made["change"], made["reading"], LinkKind.AMENDS)
    _link(made["new_tours"], made["old_tours"], LinkKind.REPLACES)
    _link(made["reading"], made["regulation"], LinkKind.APPROVES)
    comment(made["buses"], "Водителям выдать светоотражающие жилеты.", by=SYSTEM, now=NOW)
    _remark(made["contest"], "Уточните возраст участников и сроки выставки.")
    keys = {name: f"document:{document.id}" for name, document in made.items()}
    for edition in _roadmaps():
        keys |= {f"item {item.number}": f"item:{item.id}" for item in Item.select().where(Item.edition == edition)}
        keys |= {f"section {one.number}": f"section:{one.id}" for one in Section.select().where(Section.edition == edition)}
    _prove(keys["item 1.1"], made["libraries"])
    return Archive(keys)


def _paper(paper: Paper, store: MemoryStore, unit_id: int) -> Document:
    day = dt.date.fromisoformat(paper.day)
    card = Card(
        paper.kind,
        paper.title,
        number=paper.number,
        date=day,
        summary=paper.summary,
        signer=paper.signer,
        preparation=paper.state,
        unit_id=unit_id,
        fields=paper.fields,
    )
    document = create_document(card, by=SYSTEM, now=NOW, today=TODAY)
    if paper.file:
        version: DocumentVersion = add_version(
            document,
            paper.file.replace("\f", "\n").encode(),
            f"{paper.title[:40].replace('/', '-')}.txt",
            store=store,
            brought_in=True,
            by=SYSTEM,
            now=NOW,
        )
        read = {"state": "read", "text": paper.file, "way": "txt", "reader": 1, "asked_at": NOW, "next_at": NOW, "read_at": NOW}
        FileText.insert(file=version.file, **read).on_conflict(
            conflict_target=[FileText.file], update={FileText.state: "read", FileText.text: paper.file}
        ).execute()
    return document


def _link(source: Document, target: Document, kind: LinkKind) -> None:
    link_documents(source.id, target.id, kind, by=SYSTEM, now=NOW, today=TODAY)


def _remark(document: Document, text: str) -> None:
    run = Run.create(document=document, number=1, plan={}, started_by="Лукина О. С.", started_at=NOW)
    visa = Visa.create(run=run, document=document, step=0, place=0, name="Нечаев И. И.")
    Remark.create(visa=visa, document=document, text=text, by="Нечаев И. И.", at=NOW)


def _prove(item: str, document: Document) -> None:
    expected = ExpectedDocument.get(ExpectedDocument.item == int(item.partition(":")[2]))
    Proof.create(expected=expected, period="", document=document, confirmed_by="Лукина О. С.", confirmed_at=NOW)


def _roadmaps() -> list[Edition]:
    reading = Draft(
        "Дорожная карта развития чтения на 2022-2026 годы",
        (2022, 2026),
        Approval(),
        {},
        (DraftSection("1", "Школьные библиотеки"), DraftSection("2", "Кадры"), DraftSection("2.1", "Повышение квалификации", "2")),
        (
            _item("1.1", "1", "Провести смотр фондов", "Приказ о смотре", "приказ"),
            _item("1.2", "1", "Пополнить фонды учебниками", "Отчёт о закупке", "отчёт"),
            _item("2.1.1", "2.1", "Обучить библиотекарей работе с электронным каталогом", "Список обученных", "перечень"),
        ),
        (),
    )
    quality = Draft(
        "Дорожная карта развития МСОКО",
        (2021, 2023),
        Approval(),
        {"МСОКО": "муниципальная система оценки качества образования"},
        (DraftSection("3", "Мониторинги"),),
        (
            _item("3.1", "3", "Мониторинг адаптации первоклассников", "Аналитическая справка", "аналитическая справка"),
            _item("3.2", "3", "Опрос родителей о качестве питания", "Аналитическая справка", "аналитическая справка"),
        ),
        (),
    )
    return [
        store_draft(one, source=None, directory=DatabaseDirectory(), by=SYSTEM, now=NOW) for one in (reading, quality)
    ]


def _item(number: str, section: str, title: str, expected: str, kind: str) -> DraftItem:
    term = Term("deadline", None, dt.date(2023, 12, 1), None, "до 01.12.2023")
    return DraftItem(
        number=number,
        section=section,
        title=title,
        terms=(term,),
        responsible=("УО",),
        responsible_text="УО",
        expected_documents=(DraftExpected(expected, kind),),
    )
