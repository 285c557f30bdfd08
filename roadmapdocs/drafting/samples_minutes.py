"""Samples of protocols, notes and sheets, usual and extreme ones. The district and its people are made up."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Final

from roadmapdocs.drafting import values as v
from roadmapdocs.drafting.samples_sheets import extreme_sheet, sheet
from roadmapdocs.drafting.vocabulary import TablePage

ORGANISATION: Final = "Управление образования администрации\nСветлореченского муниципального округа"
_GENITIVE: Final = "Управления образования администрации Светлореченского муниципального округа"
_DAY: Final = dt.date(2026, 3, 16)

CHAIR: Final = v.Person(name="Вересова Ирина Аркадьевна", post="начальник Управления образования", gender="f")
SECRETARY: Final = v.Person(name="Петрова Алла Геннадьевна", post="делопроизводитель", gender="f")
_DEPUTY: Final = v.Person(name="Холмогоров Павел Ильич", post="заместитель начальника Управления образования", gender="m")
_METHODIST: Final = v.Person(name="Масленко Вера Игоревна", post="начальник информационно-методического отдела", gender="f")
_DIGITAL: Final = v.Person(name="Рябинин Глеб Тимофеевич", post="начальник отдела цифровых технологий", gender="m")
_GENERAL: Final = v.Person(name="Шилко Тамара Викторовна", post="начальник отдела общего образования", gender="f")
_DIRECTOR: Final = v.Person(name="Стриж Марина Фёдоровна", post="директор Светлореченской СШ № 1", gender="f")
_GUEST: Final = v.Person(name="Огородник Виктор Семёнович", post="директор лицея «Маяк»", gender="m")
_MEMBERS: Final = (_DEPUTY, _METHODIST, _DIGITAL, _GENERAL, _DIRECTOR, CHAIR)


def _to(person: v.Person) -> v.Executor:
    return v.Executor(name=person.name, post=person.post, gender=person.gender)


_QUESTIONS: Final = (
    v.Question(
        title="О ходе выполнения дорожной карты развития школьных библиотек",
        speaker=_METHODIST,
        heard=(
            v.Speech(
                person=_METHODIST,
                text="сообщила, что из двенадцати мероприятий первого полугодия выполнено десять. Не проведён семинар для "
                "библиотекарей сельских школ, не заключено соглашение с районной библиотекой",
                attached=True,
            ),
        ),
        spoke=(
            v.Speech(person=_DIRECTOR, text="предложила провести семинар на базе школы в апреле"),
            v.Speech(person=_GUEST, text="поддержал предложение и напомнил о сроках подписки на 2027 год"),
        ),
        decided=(
            v.Point(text="принять информацию о ходе выполнения дорожной карты к сведению"),
            v.Point(
                kind=v.PointKind.TASK,
                text="провести семинар для библиотекарей сельских школ",
                executors=(_to(_METHODIST),),
                due=dt.date(2026, 4, 17),
            ),
            v.Point(
                kind=v.PointKind.TASK,
                text="подготовить проект соглашения с районной библиотекой",
                executors=(_to(_DEPUTY),),
                due=dt.date(2026, 4, 30),
                points=(
                    v.Point(text="согласовать проект с юристом"),
                    v.Point(text="направить проект на подписание"),
                ),
            ),
        ),
        votes=v.Votes(yes=6, no=0, abstained=1),
    ),
    v.Question(
        title="Об обеспечении школ доступом к электронным изданиям",
        speaker=_DIGITAL,
        heard=(v.Speech(person=_DIGITAL, text="доложил о подключении восьми школ из девяти"),),
        decided=(
            v.Point(
                kind=v.PointKind.TASK,
                text="подключить к электронной библиотеке Ивняковскую школу – детский сад",
                executors=(v.Executor(unit="Отдел цифровых технологий"),),
                due=dt.date(2026, 5, 15),
            ),
        ),
        votes=v.Votes(yes=7),
    ),
)

PROTOCOL: Final = v.ProtocolValues(
    organisation=ORGANISATION,
    organisation_genitive=_GENITIVE,
    kind="protocol",
    date=_DAY,
    number="4/РГ",
    place="п. Светлоречье",
    title="Протокол заседания рабочей группы по развитию школьных библиотек",
    meeting="заседания рабочей группы по развитию школьных библиотек",
    chair=CHAIR,
    secretary=SECRETARY,
    present=(*_MEMBERS, SECRETARY),
    invited=(_GUEST,),
    members=9,
    agenda=_QUESTIONS,
    case="В дело № 01-04 за 2026 г.",
)

EXTRACT: Final = v.ExtractValues(
    **{
        field.name: getattr(PROTOCOL, field.name)
        for field in dataclasses.fields(PROTOCOL)
        if field.name not in ("agenda", "present", "invited", "case")
    },
    present=_MEMBERS[1:],
    agenda=(dataclasses.replace(_QUESTIONS[1], votes=v.Votes(yes=5)),),
    questions=(2,),
    copied_by=SECRETARY,
    copied_on=dt.date(2026, 3, 20),
    original_place="Управлении образования в деле № 01-04 за 2026 год",
)

NOTE: Final = v.NoteValues(
    organisation=ORGANISATION,
    organisation_genitive=_GENITIVE,
    unit="Отдел общего образования",
    kind="note",
    date=_DAY,
    number="12-АС",
    place="п. Светлоречье",
    title="О результатах диагностики читательской грамотности в пятых классах",
    addressee=CHAIR,
    basis="пункт 2.4 дорожной карты развития школьных библиотек, приказ от 12.01.2026 № 9-ОД",
    blocks=(
        v.Block(kind=v.BlockKind.HEADING, text="Как проводилась диагностика"),
        v.Block(
            text="Диагностика прошла 24 и 25 февраля 2026 г. в девяти школах округа. В ней участвовали 214 учеников из 231, "
            "что составляет 92,6 %."
        ),
        v.Block(kind=v.BlockKind.HEADING, text="Что она показала"),
        v.Block(text="Результаты школ по уровням приведены в таблице."),
        v.Block(
            kind=v.BlockKind.TABLE,
            columns=("Школа", "Писали", "Высокий", "Средний", "Низкий"),
            widths=(44, 14, 14, 14, 14),
            rows=(
                v.Row(cells=("Районный центр",), heading=True),
                v.Row(cells=("Светлореченская СШ № 1", "74", "31", "35", "8")),
                v.Row(cells=("Лицей «Маяк»", "58", "33", "22", "3")),
                v.Row(cells=("Сёла и деревни",), heading=True),
                v.Row(cells=("Старобороская СШ", "41", "9", "24", "8")),
                v.Row(cells=("Тихобродская ОШ", "23", "5", "12", "6")),
                v.Row(cells=("Верхнелуговская ОШ", "18", "4", "9", "5")),
            ),
        ),
        v.Block(text="Чаще всего ученики затрудняются:"),
        v.Block(kind=v.BlockKind.BULLET, text="находить в тексте сведения, данные неявно;"),
        v.Block(kind=v.BlockKind.BULLET, text="сопоставлять сведения двух текстов."),
    ),
    conclusions=(
        "Высокий уровень показали 38 % учеников, низкий – 14 %",
        "Доля низких результатов в сельских школах вдвое больше, чем в районном центре",
    ),
    proposals=(
        v.Point(
            kind=v.PointKind.TASK,
            text="провести мастер-классы для учителей сельских школ",
            executors=(_to(_METHODIST),),
            due=dt.date(2026, 5, 22),
        ),
        v.Point(text="повторить диагностику в сентябре 2026 г."),
    ),
    signers=(v.Person(name="Шилко Тамара Викторовна", post="Начальник отдела общего образования", gender="f"),),
    drafter=v.Person(name="Луговая Ксения Романовна", phone="8 (39100) 2-14-05", gender="f"),
)

#: What became of the first of those asked; who follows has not signed yet.
_MARKS: Final = (
    (dt.date(2026, 3, 17), "простая ЭП, 17.03.2026 09:12"),
    (dt.date(2026, 3, 17), "подпись на листе, скан"),
    (dt.date(2026, 3, 18), "отказ, акт"),
    *((None, ""),) * 3,
)

ACQUAINTANCE: Final = v.AcquaintanceValues(
    organisation=ORGANISATION,
    organisation_genitive=_GENITIVE,
    kind="acquaintance",
    date=_DAY,
    document=v.Cited(
        kind="приказ",
        organisation=_GENITIVE,
        date=_DAY,
        number="41-ОД",
        title="О проведении недели чтения в школах округа",
    ),
    people=(_GUEST,),
    acquainted=tuple(
        v.Acquainted(name=one.name, post=one.post, gender=one.gender, day=day, mark=mark)
        for one, (day, mark) in zip(_MEMBERS, _MARKS, strict=True)
    ),
    notes=("Простая ЭП: по Порядку использования простой электронной подписи, приказ от 12.01.2026 № 3-ОД.",),
)

SAMPLES: Final[dict[str, v.Values]] = {
    "protocol.docx": PROTOCOL,
    "protocol_brief.docx": dataclasses.replace(PROTOCOL, brief=True),
    "extract.docx": EXTRACT,
    "note.docx": NOTE,
    "acquaintance.docx": ACQUAINTANCE,
}
SHEETS: Final = ("approval_sheet.docx", "journal.docx", "roadmap_report.docx")


def sample_page(template: str) -> TablePage:
    """What a template without values of its own prints as its sample."""
    return sheet(template)


def extreme_page(template: str) -> TablePage:
    """The same with all that can be long."""
    return extreme_sheet(template)


# Extremes: as long as a document of an office has ever been, and longer.

_LONG_WORDS: Final = (
    "выступила с подробным сообщением об итогах работы школ по каждому направлению дорожной карты, о трудностях "
    "снабжения удалённых территорий, о подготовке педагогов и об участии родителей, и привела сведения за три года"
)
_HARD_NAME: Final = "Мусин-Пушкин-Загорский Христофор-Вениамин Всеволодович"


def _crowd(count: int) -> tuple[v.Person, ...]:
    surnames = ("Абрамов", "Белкина", "Вьюгин", "Громова", "Дятлов", "Ежова", "Жилин", "Зуева", "Ильин", "Котова")
    posts = ("методист", "директор Верхнелуговской основной школы имени героев-первопроходцев", "учитель информатики")
    return tuple(
        v.Person(
            name=f"{surnames[number % 10]} {'Анна Ивановна' if number % 2 else 'Пётр Львович'}",
            post=f"{posts[number % 3]}, участник № {number + 1}",
            gender="f" if number % 2 else "m",
        )
        for number in range(count)
    )


def _long_question(number: int, people: tuple[v.Person, ...]) -> v.Question:
    tasks = tuple(
        v.Point(
            kind=v.PointKind.TASK,
            text="обеспечить выполнение мероприятий дорожной карты и представить отчёт с приложением подтверждающих документов",
            executors=(_to(people[place]), _to(_METHODIST), v.Executor(text="руководителям школ округа")),
            due=dt.date(2026, 6, 1 + place),
        )
        for place in range(4)
    )
    return v.Question(
        title=f"О рассмотрении вопроса № {number}, который назван так подробно, что его название занимает в повестке дня "
        "три строки и ни одной строкой меньше",
        speaker=people[number],
        heard=(v.Speech(person=people[number], text=f"{_LONG_WORDS}. " * 8, attached=bool(number % 2)),),
        spoke=tuple(v.Speech(person=one, text=_LONG_WORDS) for one in people[:6]),
        decided=(v.Point(text="принять информацию к сведению"), *tasks),
        votes=v.Votes(yes=21, no=1, abstained=2) if number % 3 else None,
    )


def _extreme_protocol() -> v.ProtocolValues:
    people = _crowd(40)
    return dataclasses.replace(
        PROTOCOL,
        mark="Для служебного пользования\nЭкз. № 1",
        meeting="расширенного заседания межведомственной рабочей группы по разработке и реализации муниципальной дорожной "
        "карты «Каждому ученику – свой путь» совместно с окружными методическими объединениями учителей",
        chair=v.Person(name=_HARD_NAME, post="исполняющий обязанности начальника Управления образования", gender="m"),
        present=people,
        invited=_crowd(6),
        members=50,
        agenda=tuple(_long_question(number, people) for number in range(1, 13)),
    )


def _extreme_note() -> v.NoteValues:
    rows = tuple(
        v.Row(cells=(f"{number}", f"Показатель {number} с длинным названием в две строки", "9f2c" * 16, "100 %", _LONG_WORDS))
        for number in range(1, 301)
    )
    table = v.Block(kind=v.BlockKind.TABLE, columns=("№", "Показатель", "Код", "Доля", "Замечания"), rows=rows)
    wide = v.Block(
        kind=v.BlockKind.TABLE,
        columns=tuple(f"Ст. {number}" for number in range(1, 13)),
        rows=(v.Row(cells=tuple(str(number) for number in range(1, 13))),),
    )
    return dataclasses.replace(
        NOTE,
        addressee=v.Person(name=_HARD_NAME, post="исполняющий обязанности начальника Управления образования", gender="m"),
        blocks=(*NOTE.blocks, wide, v.Block(kind=v.BlockKind.HEADING, text="Сведения по показателям"), table),
        conclusions=NOTE.conclusions * 8,
        proposals=NOTE.proposals * 8,
    )


EXTREMES: Final[dict[str, v.Values]] = {
    "protocol.docx": _extreme_protocol(),
    "protocol_brief.docx": dataclasses.replace(_extreme_protocol(), brief=True),
    "extract.docx": dataclasses.replace(
        EXTRACT, agenda=tuple(_long_question(number, _crowd(40)) for number in (7, 11)), questions=(7, 11), present=_crowd(40)
    ),
    "note.docx": _extreme_note(),
    "acquaintance.docx": dataclasses.replace(ACQUAINTANCE, people=(v.Person(name=_HARD_NAME), *_crowd(120))),
}
