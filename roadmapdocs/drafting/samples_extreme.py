"""Made-up values that have much of everything, and some that have almost nothing: what a template must bear."""

from __future__ import annotations

import datetime as dt
from typing import Final

from roadmapdocs.drafting import values as v

_ORGANISATION: Final = (
    "Муниципальное казённое учреждение дополнительного профессионального образования и методического сопровождения "
    "«Информационно-методический центр развития образования и воспитания Светлореченского муниципального округа "
    "Верхнеозёрского края»"
)
_HEADING: Final = (
    "О внесении изменений в Положение о муниципальной системе оценки качества образования, о порядке проведения "
    "мониторинга качества подготовки обучающихся, о показателях и критериях оценки условий осуществления образовательной "
    "деятельности, о работе со школами с низкими результатами обучения и школами, работающими в неблагоприятных социальных "
    "условиях, об организации методической помощи педагогическим работникам, о проведении муниципального этапа олимпиады "
    "школьников, об утверждении перечня ответственных лиц и графика представления отчётов образовательными организациями "
    "на 2026/27, 2027/28 и 2028/29 учебные годы"
)
_LONG: Final = (
    "организовать сбор, проверку и обобщение сведений, поступивших от образовательных организаций, включая сведения о "
    "результатах независимой оценки, об условиях обучения, о повышении квалификации педагогических и руководящих работников"
)
_WORD: Final = "Сверхдлинноеслово" * 8
_SIGNER: Final = v.Person(
    name="Салтыков-Щедринский Константин-Эммануил Святославович",
    post="Исполняющий обязанности директора муниципального казённого учреждения дополнительного профессионального "
    "образования «Информационно-методический центр развития образования»",
)
_SHORT: Final = v.Person(name="Гогия Лали", post="Директор")
_NO_NAME: Final = v.Person(name="Ким", post="")


def _table(rows: int, columns: int) -> v.Block:
    return v.Block(
        kind=v.BlockKind.TABLE,
        columns=("№", *(f"Показатель {column}" for column in range(2, columns + 1))),
        rows=tuple(
            v.Row(cells=(f"Раздел {row // 25 + 1}. {_LONG}",), heading=True)
            if row % 25 == 0
            else v.Row(cells=(f"{row}", _LONG if row % 7 == 0 else "Мероприятие", *["текст"] * (columns - 2)))
            for row in range(rows)
        ),
    )


_BLOCKS: Final = (
    *(
        block
        for section in range(1, 13)
        for block in (
            v.Block(kind=v.BlockKind.HEADING, text=f"Раздел с длинным названием, которое занимает больше одной строки {section}"),
            *(v.Block(kind=v.BlockKind.POINT, level=2, text=f"Организации вправе {_LONG}.") for _ in range(4)),
            v.Block(kind=v.BlockKind.POINT, level=3, text="Подпункт третьего уровня."),
            v.Block(kind=v.BlockKind.BULLET, text=f"{_LONG};"),
        )
    ),
    _table(40, 4),
)

_ORDER: Final = v.OrderValues(
    organisation=_ORGANISATION,
    organisation_genitive="МКУ ДПО «ИМЦ развития образования и воспитания Светлореченского муниципального округа»",
    unit="Отдел оценки качества образования и сопровождения школ",
    kind="order_main",
    date=dt.date(2026, 12, 31),
    number="1234/56-ОД",
    place="пгт Верхние Светлые Озёра Светлореченского муниципального округа",
    title=_HEADING,
    mark="Для служебного пользования",
    preamble=f"В целях исполнения {_HEADING.lower()}, ",
    points=(
        *(
            v.Point(
                kind=v.PointKind.TASK,
                executors=tuple(
                    v.Executor(name=name, post="Начальник отдела общего и дополнительного образования")
                    for name in ("Черных Ольга Ивановна", "Рыбашапка Сергей Борисович", "Ким")[: number % 4]
                ),
                text=_LONG,
                due=dt.date(2027, 1 + number % 12, 1 + number % 28),
                points=tuple(v.Point(text=f"{_LONG} & <проверить>", term="постоянно") for _ in range(number % 3)),
            )
            for number in range(1, 58)
        ),
        v.Point(text=_WORD),
        v.Point(kind=v.PointKind.CONTROL, person=_SIGNER),
    ),
    signers=(_SIGNER, _SHORT, _NO_NAME),
    visas=tuple(v.Visa(post=_SIGNER.post, name=_SIGNER.name, remark="замечания") for _ in range(9)),
    drafter=v.Person(name=_SIGNER.name, post="ведущий специалист", phone="8 (39100) 2-14-57, доб. 12345", email="a" * 50 + "@example.org"),
    case="В дело № 01-04-112 за 2026 г.",
    acquainted=tuple(_SIGNER for _ in range(12)),
    appendices=(
        v.Appendix(kind="regulation", title=f"Положение {_HEADING}", blocks=_BLOCKS),
        v.Appendix(kind="plan", title="План мероприятий", blocks=(_table(60, 5),), landscape=True),
        v.Appendix(kind="list", title="Перечень отдельных показателей", separate=True),
        v.Appendix(title="Форма отчёта", approved=False, blocks=(_table(12, 3),)),
        v.Appendix(kind="schedule", title="График", blocks=(_table(30, 14),)),
    ),
)
_PLAN: Final = v.PlanValues(
    organisation=_ORGANISATION,
    kind="plan",
    title=f"План {_HEADING}",
    approved_by_person=_SIGNER,
    blocks=(v.Block(text=_LONG), _table(300, 5), v.Block(text=_LONG)),
    signers=(_SIGNER,),
)

EXTREME: Final[dict[str, v.Values]] = {
    "order.docx": _ORDER,
    "directive.docx": v.OrderValues(kind="directive", signers=(_NO_NAME,), points=(v.Point(text="Явиться"),), decree="-"),
    "regulation.docx": v.RegulationValues(
        organisation=_ORGANISATION,
        kind="regulation",
        title=f"Положение {_HEADING}",
        approved_by=v.Cited(kind="приказ"),
        blocks=_BLOCKS,
        appendices=(v.Appendix(title="Форма", blocks=(_table(60, 9),)), v.Appendix(title="Схема", blocks=_BLOCKS[:9])),
    ),
    "plan.docx": _PLAN,
    "list.docx": v.PlanValues(kind="list", title="Перечень", blocks=(_table(60, 3),)),
}
