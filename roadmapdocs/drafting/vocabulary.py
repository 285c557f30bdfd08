"""The whole vocabulary of templates: what each may print, ready in its case, place and type.

One page class a template. A template gets ``dataclasses.asdict`` of a page: texts, truths, and lists of the same;
nothing that can be called. The tables in ``docs/templates.md`` are generated from these classes, so the sentence
behind each field is written for whoever makes templates.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


def says(words: str, **more: Any) -> Any:
    """A field with its sentence in the guide (Russian)."""
    return field(metadata={"says": words}, **more)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Подпись: должность может занимать несколько строк."""

    post: tuple[str, ...] = says("строки должности", default=())
    name: str = says("И.О. Фамилия", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedVisa:
    """Виза."""

    post: str = says("должность", default="")
    name: str = says("И.О. Фамилия", default="")
    date: str = says("дата визы или пусто", default="")
    remark: str = says("«Замечания прилагаются» или пусто", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Пункт или абзац. Номер уже сосчитан."""

    number: str = says("номер с точкой: «1.», «1.1.»; пусто у абзаца", default="")
    text: str = says("текст", default="")
    level: int = says("глубина: 1 – пункт, 2 – подпункт", default=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Ячейка таблицы."""

    text: str = says("текст ячейки", default="")
    width: int = says("доля ширины для {% colspan %}: в строке их 50", default=1)
    note: str = says("примечание под текстом или пусто (журнал)", default="")
    struck: bool = says("текст зачёркнут (журнал: номер аннулирован)", default=False)
    strong: bool = says("текст выделен (отчёт: просрочено)", default=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """Строка таблицы."""

    heading: bool = says("строка-заголовок через всю таблицу", default=False)
    title: str = says("текст строки-заголовка", default="")
    cells: tuple[Cell, ...] = says("ячейки обычной строки", default=())
    shaded: bool = says("строка с заливкой (журнал: номер без документа)", default=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Часть текста: заголовок раздела, пункт, абзац, пункт перечня или таблица."""

    kind: str = says("heading, point, paragraph, bullet, table или frame (рамка)", default="paragraph")
    number: str = says("номер с точкой", default="")
    text: str = says("текст", default="")
    level: int = says("глубина", default=1)
    columns: tuple[Cell, ...] = says("шапка таблицы", default=())
    widths: tuple[int, ...] = says("доли ширины столбцов, всего 50", default=())
    rows: tuple[TableRow, ...] = says("строки таблицы", default=())
    lines: tuple[str, ...] = says("строки рамки после первой: отметка об электронной подписи", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedAppendix:
    """Приложение со своей отметкой и своим грифом."""

    mark: tuple[str, ...] = says("строки отметки «Приложение № 1 к приказу …»", default=())
    stamp: tuple[str, ...] = says("строки грифа «УТВЕРЖДЕНО приказом …»; пусто, если не утверждается", default=())
    kind: str = says("вид прописными: «ПОЛОЖЕНИЕ»", default="")
    title: tuple[str, ...] = says("строки названия", default=())
    landscape: bool = says("страницы поперёк", default=False)
    follows_landscape: bool = says("страницы перед этим приложением лежат поперёк", default=False)
    pieces: tuple[Piece, ...] = says("части текста", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Есть у каждого документа."""

    organisation: tuple[str, ...] = says("строки наименования организации", default=())
    unit: str = says("структурное подразделение", default="")
    kind: str = says("вид документа прописными: «ПРИКАЗ»", default="")
    date: str = says("дата: 29.11.2021", default="")
    date_words: str = says("дата словами: 29 ноября 2021 г.", default="")
    number: str = says("номер без знака №", default="")
    place: str = says("место составления", default="")
    title: str = says("заголовок к тексту", default="")
    mark: str = says("гриф ограничения доступа или пусто", default="")
    signers: tuple[Signer, ...] = says("подписи по старшинству", default=())
    visas: tuple[PrintedVisa, ...] = says("визы", default=())
    drafter: str = says("отметка об исполнителе: имя полностью", default="")
    drafter_contacts: str = says("телефон и почта исполнителя", default="")
    case: str = says("«В дело № … за … г.» или пусто", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPage(Page):
    """Приказ и распоряжение."""

    preamble: str = says("преамбула с запятой или без", default="")
    decree: str = says("«ПРИКАЗЫВАЮ:»", default="")
    points: tuple[Line, ...] = says("пункты и подпункты подряд", default=())
    appendices: tuple[PrintedAppendix, ...] = says("приложения в этом же файле", default=())
    ends_landscape: bool = says("последние страницы файла лежат поперёк", default=False)
    acquainted: tuple[Signer, ...] = says("«С приказом ознакомлены»", default=())
    acquainted_words: str = says("«С приказом ознакомлены:»", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class RegulationPage(Page):
    """Положение, порядок, план, перечень – и как самостоятельный файл, и как приложение к приказу."""

    appendix_mark: tuple[str, ...] = says("строки отметки «Приложение …» или пусто", default=())
    stamp: tuple[str, ...] = says("строки грифа утверждения", default=())
    titles: tuple[str, ...] = says("строки названия без вида", default=())
    pieces: tuple[Piece, ...] = says("части текста", default=())
    appendices: tuple[PrintedAppendix, ...] = says("приложения", default=())
    landscape: bool = says("страницы поперёк", default=False)
    ends_landscape: bool = says("последние страницы файла лежат поперёк", default=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotePage(Page):
    """Аналитическая справка, отчёт, обзор."""

    addressee: tuple[str, ...] = says("строки адресата в дательном падеже", default=())
    basis: str = says("основание", default="")
    pieces: tuple[Piece, ...] = says("части текста", default=())
    conclusions: tuple[Line, ...] = says("выводы", default=())
    proposals: tuple[Line, ...] = says("предложения", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedQuestion:
    """Вопрос повестки дня."""

    number: str = says("номер с точкой", default="")
    title: str = says("«О …»", default="")
    speaker: str = says("докладчик: Фамилия И.О., должность", default="")
    heard: tuple[Line, ...] = says("СЛУШАЛИ", default=())
    spoke: tuple[Line, ...] = says("ВЫСТУПИЛИ", default=())
    decided: tuple[Line, ...] = says("решения с номерами 1.1., 1.2.", default=())
    votes: str = says("«Голосовали: за – 7, против – нет, …» или пусто", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolPage(Page):
    """Протокол полный и краткий."""

    meeting: str = says("заголовок в родительном падеже: «заседания …»", default="")
    chair: str = says("председательствующий: Фамилия И.О.", default="")
    secretary: str = says("секретарь: Фамилия И.О.", default="")
    present: tuple[str, ...] = says("присутствовали по алфавиту: Фамилия И.О., должность", default=())
    present_words: str = says("«Присутствовали: 12 человек (список прилагается)» или пусто", default="")
    attendance: str = says("«Присутствуют 7 из 9 членов, кворум имеется» или пусто", default="")
    invited: tuple[str, ...] = says("приглашённые", default=())
    agenda: tuple[PrintedQuestion, ...] = says("вопросы", default=())
    decided_word: str = says("«ПОСТАНОВИЛИ:» или «РЕШИЛИ:»", default="")
    present_list: tuple[str, ...] = says("список присутствовавших для приложения", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractPage(ProtocolPage):
    """Выписка из протокола."""

    source: str = says("«из протокола заседания … от … № …»", default="")
    certified: str = says("«Верно»", default="Верно")
    copied_by: Signer = says("кто заверил", default=Signer())  # noqa: RUF009  # a frozen value is no shared state
    copied_on: str = says("дата заверения", default="")
    original: str = says("где хранится подлинник или пусто", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Acquainted(Signer):
    """Строка листа ознакомления: кого спросили и чем это кончилось."""

    number: str = says("номер строки", default="")
    date: str = says("дата ознакомления или отказа; пусто, пока не расписались", default="")
    mark: str = says("в графе подписи: «простая ЭП, …», «отказ, акт» или пусто", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class AcquaintancePage(Page):
    """Лист ознакомления."""

    document: str = says("с чем знакомят, в творительном падеже", default="")
    people: tuple[Acquainted, ...] = says("кто знакомится", default=())
    notes: tuple[str, ...] = says("примечания под таблицей: правило о простой ЭП, итог", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePage(Page):
    """Лист согласования, журнал, отчёты о дорожной карте и поручениях: сведения, таблицы и примечания."""

    caption: str = says("название: «ЛИСТ СОГЛАСОВАНИЯ»", default="")
    facts: tuple[Line, ...] = says("строки сведений: number – что, text – значение", default=())
    pieces: tuple[Piece, ...] = says("части: заголовки, абзацы, таблицы", default=())
    made: str = says("когда составлен", default="")
    code: str = says("подпись под QR-кодом карточки; сам код встаёт на место рисунка шаблона", default="")
