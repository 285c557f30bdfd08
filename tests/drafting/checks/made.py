"""Facts of a made-up order in which everything is in order, to be spoilt one thing at a time."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from roadmapdocs.drafting.checks.facts import (
    ActFact,
    CardFacts,
    Facts,
    KindFacts,
    OfficeFacts,
    Pages,
    PageSize,
    SignerFact,
    Text,
    VisaFact,
)
from roadmapdocs.drafting.checks.reading import read_text
from roadmapdocs.files.reading.blocks import Paragraph

DAY = dt.date(2026, 3, 16)
TITLE = "Об итогах смотра школьных библиотек"
HEAD = ("УПРАВЛЕНИЕ ОБРАЗОВАНИЯ ЗАРЕЧНОГО РАЙОНА", "ПРИКАЗ", "16.03.2026", "п. Заречный", "№ 41-П", TITLE)
POINTS = (
    "1. Утвердить итоги смотра (приложение).",
    "2. Методисту Лукиной О.С. разослать итоги школам в срок до 20.03.2026.",
    "3. Контроль за исполнением приказа возложить на заместителя начальника управления.",
)
SIGNED = ("Начальник управления", "М.И. Ветрова")
APPENDIX = ("Приложение", "к приказу управления образования Заречного района", "от 16.03.2026 № 41-П", "Итоги смотра")

OFFICE = OfficeFacts(
    people=("Ветрова Мария Ивановна", "Лукина Ольга Сергеевна"),
    posts=("Начальник управления", "Заместитель начальника управления", "методист"),
    units=("Информационно-методический центр",),
    organisations=("Управление образования Заречного района",),
    abbreviations={"ИМЦ": "Информационно-методический центр"},
)
CARD = CardFacts(title=TITLE, number="41-П", date=DAY, signer="Ветрова М. И.")
SIGNER = SignerFact("Ветрова М. И.", posts=("Начальник управления",))
PAGE = PageSize(210, 297, 30, 10, 20, 20)
PAGES = Pages((PAGE,), {"PT Astra Serif": 4_000}, {14.0: 4_000}, numbered=True, letters=4_000)
GENDERS = {"приказ": "m", "план": "m", "дорожная карта": "f", "положение": "n", "правила": "p"}
PLAN_KIND = KindFacts("roadmap", "дорожная карта", "дорожной картой", "f", "planning", own_number=False, keep_years=5)
PROTOCOL_KIND = KindFacts("protocol", "протокол", "протоколом", "m", "protocol", keep_years=None)
ACT = ActFact("приказом", "управления образования Заречного района", DAY, "41-П")


def text(*lines: str) -> Text:
    return read_text([Paragraph(line, place) for place, line in enumerate(lines, start=1)])


def order(*points: str, head: tuple[str, ...] = HEAD, signed: tuple[str, ...] = SIGNED, behind: tuple[str, ...] = APPENDIX) -> Text:
    """The order with other points, head, signature or appendix."""
    return text(*head, "В целях развития чтения", "ПРИКАЗЫВАЮ:", *(points or POINTS), *signed, *behind)


def facts(**changes: Any) -> Facts:
    """The order in order; a change named ``card`` is a mapping of what the card says otherwise."""
    card = dataclasses.replace(CARD, **changes.pop("card", {}))
    whole: dict[str, Any] = {
        "kind": KindFacts(keep_years=None),
        "card": card,
        "text": order(),
        "pages": PAGES,
        "signer": SIGNER,
        "office": OFFICE,
        "visas": (VisaFact("Лукина О. С."),),
        "kind_genders": GENDERS,
        "day": DAY,
        "today": DAY,
    }
    return Facts(**{**whole, **changes})


def plan(*stamp: str, **changes: Any) -> Facts:
    """A roadmap that the order approves, with its own stamp."""
    lines = stamp or ("УТВЕРЖДЕНА", "приказом управления образования Заречного района", "от 16.03.2026 № 41-П")
    card = {"title": "Дорожная карта развития чтения", "number": "", "signer": ""} | changes.pop("card", {})
    body = ("Дорожная карта развития чтения", "1. Чтение в школах", "2. Библиотеки")
    changed = {"kind": PLAN_KIND, "card": card, "text": text(*lines, *body), "approved_by": ACT, "signer": None} | changes
    return facts(**changed)


def protocol(*lines: str, **changes: Any) -> Facts:
    """A protocol from its file alone."""
    head = ("ПРОТОКОЛ", "16.03.2026", "№ 3", "заседания методического совета от 16.03.2026", "Присутствовали: 7 человек из 9")
    card = {"title": "заседания методического совета", "number": "3"} | changes.pop("card", {})
    said = lines or ("1. СЛУШАЛИ:", "Лукину О.С. об итогах смотра", "РЕШИЛИ:", "1.1. Лукиной О.С. разослать итоги до 20.03.2026.")
    return facts(**{"kind": PROTOCOL_KIND, "card": card, "text": text(*head, *said, *SIGNED)} | changes)
