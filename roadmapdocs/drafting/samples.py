"""Made-up values for every template: a usual document, and one that has much of everything. The district is fiction."""

from __future__ import annotations

import datetime as dt
from typing import Final

from roadmapdocs.drafting import values as v
from roadmapdocs.drafting.samples_extreme import EXTREME
from roadmapdocs.drafting.samples_minutes import EXTREMES, SAMPLES

_ORGANISATION: Final = "Управление образования администрации\nСветлореченского муниципального округа"
_GENITIVE: Final = "Управления образования администрации Светлореченского муниципального округа"
_PLACE: Final = "п. Светлоречье"
_DAY: Final = dt.date(2026, 3, 16)
HEAD: Final = v.Person(
    name="Вересова Ирина Аркадьевна", post="Начальник Управления образования", gender="f", phone="2-14-50"
)
DEPUTY: Final = v.Person(name="Холмогоров Павел Ильич", post="Заместитель начальника Управления образования", gender="m")
_DRAFTER: Final = v.Person(name="Масленко Вера Игоревна", phone="8 (39100) 2-14-57", email="maslenko@example.org")
_METHODIST: Final = v.Executor(
    name="Масленко Вера Игоревна", post="Начальник информационно-методического отдела", gender="f"
)
_WORKS: Final = ("№", "Мероприятие", "Срок", "Ответственные", "Документ, подтверждающий выполнение")

_ORDER: Final = v.OrderValues(
    organisation=_ORGANISATION,
    organisation_genitive=_GENITIVE,
    kind="order_main",
    date=_DAY,
    number="47-ОД",
    place=_PLACE,
    title="Об утверждении Положения о мониторинге качества общего образования и дорожной карты развития школьных библиотек",
    preamble="В соответствии с Федеральным законом от 29.12.2012 № 273-ФЗ «Об образовании в Российской Федерации», "
    "во исполнение плана работы Управления образования на 2026 год",
    points=(
        v.Point(kind=v.PointKind.APPROVE, approves="Положение о мониторинге качества общего образования", appendix=1),
        v.Point(kind=v.PointKind.APPROVE, approves="Дорожная карта развития школьных библиотек на 2026–2028 годы", appendix=2),
        v.Point(
            kind=v.PointKind.TASK,
            executors=(_METHODIST,),
            points=(
                v.Point(text="Подготовить график сбора данных", due=dt.date(2026, 4, 15)),
                v.Point(text="Представлять справку о ходе мониторинга", term="ежеквартально, до 10 числа следующего месяца"),
            ),
        ),
        v.Point(
            kind=v.PointKind.TASK,
            text="Обеспечить участие учителей и библиотекарей в семинарах",
            executors=(v.Executor(post="Руководители образовательных организаций"),),
            due=dt.date(2026, 12, 1),
        ),
        v.Point(
            kind=v.PointKind.REPEAL,
            document=v.Cited(
                kind="приказ",
                organisation="Управления образования",
                date=dt.date(2022, 2, 14),
                number="31-ОД",
                title="Об утверждении Положения о мониторинге",
            ),
        ),
        v.Point(kind=v.PointKind.FORCE),
        v.Point(kind=v.PointKind.CONTROL, person=DEPUTY),
    ),
    signers=(HEAD,),
    visas=(
        v.Visa(post="Заместитель начальника", name="Холмогоров Павел Ильич", date=dt.date(2026, 3, 12)),
        v.Visa(post="Главный бухгалтер", name="Кравец Ольга Львовна", date=dt.date(2026, 3, 13), remark="уточнить смету"),
        v.Visa(post="Юрисконсульт", name="Ткач Денис Романович"),
    ),
    drafter=_DRAFTER,
    case="В дело № 01-04 за 2026 г.",
    acquainted=(
        v.Person(name="Масленко Вера Игоревна", post="Начальник информационно-методического отдела", gender="f"),
        DEPUTY,
    ),
    appendices=(
        v.Appendix(
            kind="regulation",
            title="Положение о мониторинге качества общего образования",
            blocks=(
                v.Block(kind=v.BlockKind.HEADING, text="Общие положения"),
                v.Block(
                    kind=v.BlockKind.POINT,
                    level=2,
                    text="Положение определяет цели, порядок и сроки мониторинга качества общего образования в округе.",
                ),
                v.Block(kind=v.BlockKind.POINT, level=2, text="Мониторинг проводится для того, чтобы:"),
                v.Block(kind=v.BlockKind.BULLET, text="видеть, как меняются результаты школ;"),
                v.Block(kind=v.BlockKind.BULLET, text="вовремя помогать тем, кому труднее других."),
                v.Block(kind=v.BlockKind.HEADING, text="Порядок проведения"),
                v.Block(kind=v.BlockKind.POINT, level=2, text="Данные собираются дважды в год: в ноябре и в апреле."),
            ),
        ),
        v.Appendix(
            kind="roadmap",
            title="Дорожная карта\nразвития школьных библиотек на 2026–2028 годы",
            landscape=True,
            blocks=(
                v.Block(
                    kind=v.BlockKind.TABLE,
                    columns=_WORKS,
                    rows=(
                        v.Row(cells=("1. Нормативная основа",), heading=True),
                        v.Row(
                            cells=(
                                "1.1",
                                "Разработать и утвердить Положение о школьной библиотеке",
                                "до 01.06.2026",
                                "Информационно-методический отдел",
                                "Приказ, положение",
                            )
                        ),
                        v.Row(
                            cells=(
                                "1.2",
                                "Заключить соглашение о сотрудничестве с районной библиотекой",
                                "III квартал 2026 года",
                                "Управление образования",
                                "Соглашение",
                            )
                        ),
                        v.Row(cells=("2. Обновление фондов",), heading=True),
                        v.Row(
                            cells=(
                                "2.1",
                                "Провести обследование фондов и составить перечень недостающих изданий",
                                "ежегодно, октябрь",
                                "Руководители образовательных организаций",
                                "Аналитическая справка",
                            )
                        ),
                    ),
                ),
            ),
        ),
    ),
)

_DIRECTIVE: Final = v.OrderValues(
    organisation=_ORGANISATION,
    organisation_genitive=_GENITIVE,
    kind="directive",
    date=_DAY,
    number="12-р",
    place=_PLACE,
    title="О подготовке к совещанию руководителей",
    preamble="В целях подготовки к совещанию руководителей образовательных организаций",
    points=(
        v.Point(executors=(v.Executor(unit="Общий отдел"),), text="подготовить зал и раздаточные материалы", due=dt.date(2026, 3, 20)),
        v.Point(kind=v.PointKind.CONTROL),
    ),
    signers=(HEAD,),
    drafter=_DRAFTER,
)

_APPROVED: Final = v.Cited(
    kind="приказ",
    organisation=_GENITIVE,
    date=_DAY,
    number="47-ОД",
    title="Об утверждении Положения о мониторинге качества общего образования",
)

_REGULATION: Final = v.RegulationValues(
    organisation=_ORGANISATION,
    kind="regulation",
    title="Положение о мониторинге качества общего образования",
    approved_by=_APPROVED,
    appendix=1,
    blocks=(
        *_ORDER.appendices[0].blocks,
        v.Block(kind=v.BlockKind.POINT, level=2, text="Показатели мониторинга приведены в таблице:"),
        v.Block(
            kind=v.BlockKind.TABLE,
            columns=("Показатель", "Единица", "Периодичность"),
            rows=(
                v.Row(cells=("Доля выпускников, получивших аттестат", "процент", "раз в год")),
                v.Row(cells=("Доля учителей, прошедших обучение за три года", "процент", "раз в полугодие")),
            ),
        ),
        v.Block(kind=v.BlockKind.HEADING, text="Заключительные положения"),
        v.Block(kind=v.BlockKind.POINT, level=2, text="Положение действует до принятия нового."),
    ),
    appendices=(
        v.Appendix(
            title="Форма сведений школы",
            blocks=(
                v.Block(
                    kind=v.BlockKind.TABLE,
                    columns=("№", "Класс", "Обучающихся", "Из них с отметками «4» и «5»"),
                    rows=(v.Row(cells=("1", "4 «А»")), v.Row(cells=("2", "9 «Б»"))),
                ),
            ),
        ),
    ),
)

_PLAN: Final = v.PlanValues(
    organisation=_ORGANISATION,
    kind="roadmap",
    title="Дорожная карта развития школьных библиотек на 2026–2028 годы",
    approved_by=_APPROVED,
    appendix=2,
    blocks=(
        v.Block(text="Цель: сделать школьную библиотеку местом, где читают, учатся и встречаются."),
        *_ORDER.appendices[1].blocks,
    ),
)

_LIST: Final = v.PlanValues(
    organisation=_ORGANISATION,
    kind="membership",
    title="Состав рабочей группы по развитию школьных библиотек",
    approved_by=_APPROVED,
    blocks=(
        v.Block(
            kind=v.BlockKind.TABLE,
            columns=("№", "Фамилия, имя, отчество", "Должность", "Обязанности в группе"),
            rows=(
                v.Row(cells=("1", HEAD.name, "начальник Управления образования", "руководитель группы")),
                v.Row(cells=("2", DEPUTY.name, "заместитель начальника Управления образования", "заместитель руководителя")),
                v.Row(cells=("3", "Петрова Алла Геннадьевна", "делопроизводитель", "секретарь")),
            ),
        ),
    ),
)

_USUAL: Final[dict[str, v.Values]] = {
    "order.docx": _ORDER,
    "directive.docx": _DIRECTIVE,
    "regulation.docx": _REGULATION,
    "plan.docx": _PLAN,
    "list.docx": _LIST,
}


def sample(template: str) -> v.Values:
    """A usual document, for one of :data:`roadmapdocs.drafting.shapes.SHAPES` that has values."""
    return _USUAL[template] if template in _USUAL else SAMPLES[template]


def extreme(template: str) -> v.Values:
    """One with much of everything, or with next to nothing."""
    return EXTREME[template] if template in EXTREME else EXTREMES[template]
