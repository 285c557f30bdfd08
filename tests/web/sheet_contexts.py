"""Made-up contexts of the sheet of approval, of remarks, of the check of a file, and of approval on the card."""

from __future__ import annotations

import datetime as dt
from typing import Any

from markupsafe import Markup
from wtforms import Form, RadioField, StringField

from roadmapdocs.web.sheets.printed import Captions, Printed, Row, SignatureMark, Table
from roadmapdocs.web.sheets.route import Person, Step

HASH = "9f2c" * 16
CODE = Markup('<svg viewBox="0 0 25 25" class="rd-qr"><path d="M2 2h7"/></svg>')


class Version(Form):
    """The form of a new version where visas were given."""

    file = StringField("Файл")
    comment = StringField("Что нового")
    substance = RadioField("Что изменилось", default="substantial", validate_choice=False)

    def __init__(self) -> None:
        super().__init__()
        self.substance.choices = [
            ("substantial", "Изменено существо: согласование начнётся заново."),
            ("editorial", "Правка редакционная."),
        ]


def named() -> dict[str, Any]:
    return {
        "id": 5,
        "kind": "приказ",
        "number": "214-О",
        "date": dt.date(2025, 11, 10),
        "title": "Об итогах недели чтения",
        "annulled": False,
    }


def _row(number: int, name: str, **more: Any) -> Row:
    plain: dict[str, Any] = {
        "post": "юрист",
        "received": "07.11.2025 12:30\nсрок 12.11.2025",
        "result": "согласовано",
        "remarks": (),
        "decided": "08.11.2025 14:30",
        "mark": "виза в системе",
        "version": "1 (9f2c9f2c…)",
        "standing": "действует: с версии 2 правки редакционные",
        "holds": True,
    }
    return Row(str(number), name=name, visa=number, **(plain | more))


def printed(**more: Any) -> Printed:
    waits = {"result": "решения ещё нет", "decided": "", "mark": "", "version": "", "standing": "", "holds": None}
    lapsed = {
        "result": "не согласовано",
        "remarks": ("Нет денег на поездки.", "п. 4: приложить смету — ответа ещё нет"),
        "standing": "не действует: версия 2 изменила существо",
        "holds": False,
        "objection": "Файл: протокол разногласий, разногласия.docx",
    }
    rows = (_row(1, "Нечаев П. И."), _row(2, "Соболев А. О. (замещает: Ветрова М. И.)", **lapsed), _row(3, "Громова О. Ю.", **waits))
    frame = ("ДОКУМЕНТ ПОДПИСАН ЭЛЕКТРОННОЙ ПОДПИСЬЮ", "Сертификат: 00F3 A91C", "Владелец: Ветрова Мария Игоревна")
    values: dict[str, Any] = {
        "title": "Лист согласования",
        "facts": (("Документ", "Приказ от 10.11.2025 № 214-О"), ("Версия текста", "2, приказ.docx"), ("SHA-256", HASH)),
        "columns": ("№", "Должность", "Фамилия И. О.", "Поступило", "Результат", "Замечания", "Решение", "Отметка", "Версия"),
        "tables": (Table("Круг 2", ("Начато 07.11.2025: Дёмина Ю. А.",), rows), Table("Круг 1", (), rows[:1])),
        "disagreements": ("Соболев А. О.: не согласовано. Нет денег на поездки.",),
        "signatures": (
            SignatureMark("Подписание", ("начальник управления, Ветрова М. И.",), frame, 7, "подпись.sig"),
            SignatureMark("Подписание", ("Простой электронной подписью",), (), 8),
        ),
        "hashes": (("версия 2", HASH), ("версия 1", "87c0" * 16)),
        "captions": Captions("Замечания полностью", "Замечания прилагаются", "Неснятые разногласия", "Подписи", "Версии текста", "Документ не направляли.", "Код открывает карточку"),
        "address": "https://registry.example/documents/5",
        "made": "Составлено 16.11.2025 12:30",
        "on": dt.date(2025, 11, 16),
        "language": "ru",
    }
    return Printed(**(values | more))


def remark(number: int, state: str = "open", **more: Any) -> dict[str, Any]:
    return {
        "id": number,
        "place": "п. 3",
        "text": "указать срок",
        "by": "Нечаев П. И.",
        "at": "08.11.2025 14:30",
        "version": 1,
        "badge": {"look": "work", "label": "без ответа", "symbol": None},
        "state": state,
        "answer": "",
        "answered_by": "",
        "answered_at": "",
        "url": f"/sheets/5/remarks/{number}",
        "run": 1,
        "may_withdraw": False,
        **more,
    }


def remarks() -> list[dict[str, Any]]:
    answered = {"answer": "Срок есть в приложении.", "answered_by": "Дёмина Ю. А.", "answered_at": "09.11.2025 10:00"}
    return [
        remark(1),
        remark(2, "rejected", may_withdraw=True, **answered),
        remark(3, "accepted", place="", version=None, answered_by="Дёмина Ю. А.", answered_at="09.11.2025"),
        remark(4, "withdrawn"),
    ]


def card_approval(**more: Any) -> dict[str, Any]:
    """What the card has of approval, with every part in use."""
    person = Person("Нечаев П. И.", "юрист", "ok", "согласовано", "08.11.2025", "виза в системе, версия 1", "действует", True, "")
    late = Person("Громова О. Ю.", "", "late", "просрочено", "с 07.11.2025, срок 10.11.2025", "", "", None, "")
    lapsed = Person("Ярцева И. М.", "", "late", "не согласовано", "08.11.2025", "на бумаге", "не действует", False, "Нет денег.")
    act = {"label": "Решить", "url": "/decide/5", "symbol": "tick", "look": "main"}
    waiting = {"name": "Громова О. Ю.", "post": "бухгалтер", "since": "07.11.2025 12:30", "due": "10.11.2025", "late": True}
    return {
        "run": {"number": 2, "name": "Обычный", "state": {"look": "work", "label": "визы собираются", "symbol": None}, "why": "так"},
        "now": [waiting | {"away": "на месте нет, и никто не замещает", "acts": [act]}],
        "remind": {"url": "/sheets/5/remind", "last": "09.11.2025 10:00", "why_not": None},
        "signing": {"name": "Соболев А. О.", "post": "И.о. начальника", "basis": "приказ № 61-К"},
        "steps": [
            Step(1, "Юрист", "", "done", (person,)),
            Step(2, "", "все вместе", "now", (late, lapsed)),
            Step(3, "", "", "stopped", (person,)),
            Step(4, "", "", "ahead", ()),
        ],
        "count": {"given": 1, "asked": 3},
        "remarks": remarks(),
        "more_remarks": 3,
        "may_answer": True,
        "signatures": [{"title": "Подписание", "lines": ("Ветрова М. И.",), "frame": ("ДОКУМЕНТ ПОДПИСАН",), "file": "п.sig", "url": "/s"}],
        "earlier": 1,
        "sheet_url": "/sheets/5",
        "remarks_url": "/sheets/5/remarks",
        **more,
    }


def looks() -> dict[str, tuple[str, dict[str, Any]]]:
    """Template and context by the name of the look."""
    page = {"document": named(), "code": CODE, "checks": None, "check_url": "/check/"}
    empty = printed(tables=(), disagreements=(), signatures=(), hashes=())
    failed = {"id": 1, "sentence": "Напишите, почему замечание не принято.", "answer": "потом", "state": "rejected"}
    answers = {"document": named(), "remarks": remarks(), "may_answer": True, "back_url": "/documents/5"}
    card = {"name": "Приказ от 10.11.2025 № 214-О", "title": "Об итогах", "version": 2, "edition": 2, "url": "/documents/5"}
    result = {"look": "ok", "sentence": "Этот файл — подписанная версия.", "advice": "", "sha256": HASH, "card": card}
    return {
        "sheet": ("sheet.html", page | {"sheet": printed()}),
        "sheet_empty": ("sheet.html", page | {"sheet": empty}),
        "remarks": ("remarks.html", answers | {"failed": None}),
        "remarks_failed": ("remarks.html", answers | {"failed": failed}),
        "remarks_none": ("remarks.html", answers | {"remarks": [], "may_answer": False, "failed": None}),
        "check": ("file_check.html", {"result": None, "refusal": "Файл не выбран."}),
        "check_known": ("file_check.html", {"result": result, "refusal": None}),
        "check_unknown": ("file_check.html", {"result": result | {"look": "late", "card": None, "advice": "Проверьте."}, "refusal": None}),
        "document_version_substance": (
            "document_version.html",
            {"form": Version(), "document": named(), "refusal": None, "back_url": "/documents/5"},
        ),
    }
