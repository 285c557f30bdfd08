"""Who or what put the roadmap into force: a stamp «УТВЕРЖДАЮ» by a person, or an order with its stamp."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from roadmapdocs.files.reading.blocks import Paragraph
from roadmapdocs.roadmap.draft import Approval
from roadmapdocs.roadmap.reader.clean import fold, one_line, strip_markup, unspace
from roadmapdocs.roadmap.reader.defects import Defects
from roadmapdocs.roadmap.reader.organisations import nominative_organisation, organisation_of_post
from roadmapdocs.russian.terms import read_date

_STAMP_LINES = 10
# Signs between the date and the number of one act: «г. за», « от ».
_NEAR = 12
_PERSON = re.compile(
    r"(?P<initials>[А-ЯЁ]\.\s?[А-ЯЁ]\.)\s*(?P<surname>[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?)|"
    r"(?P<surname2>[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?)\s+(?P<initials2>[А-ЯЁ]\.\s?[А-ЯЁ]\.)"
)
_ACT = re.compile(r"\b(?P<act>приказ|распоряжени|постановлени|решени|протокол)\w*", re.IGNORECASE)
_APPROVED = re.compile(r"^\s*[«\"(]?утв(?:ержд[её]н[аоы]?|\.)[»\"]?(?!\w)", re.IGNORECASE)
_NUMBER = re.compile(r"(?:№|\bN)\s*(?P<number>\d[\w/-]*(?:\s*[-–—/]\s*[А-ЯЁа-яё\d]{1,4}\b)*)")
_DATE = re.compile(
    r"[«\"“]?\s*\d{1,2}\s*[»\"”]?\s+(?:январ|феврал|март|апрел|ма|июн|июл|август|сентябр|октябр|ноябр|декабр)[а-я]*\s+20\d\d|"
    r"\b\d{1,2}\.\d{1,2}\.(?:20)?\d\d(?!\d)|[«\"“]\s*\d{1,2}\s*[»\"”][\s_.]*\d{1,2}[\s_.]*20\d\d",
    re.IGNORECASE,
)
_GAP = re.compile(r" {3,}")
_STAMP_HEAD = re.compile(r"[«\"]?(?:утвержд|согласован|принят|рассмотрен|одобрен)", re.IGNORECASE)
_POST = re.compile(
    r"^(?:и\.?\s?о\.?|врио|исполняющ\w+ обязанности)?\s*(?:начальник|заместитель|директор|ректор|руководител|глав[аы]|"
    r"заведующ|председател|министр|ректора|начальника|директора)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Act:
    """What an order's head or the stamp that cites it says."""

    organisation: str | None = None
    date: dt.date | None = None
    number: str | None = None
    act: str = ""


def find_approval(paragraphs: Sequence[Paragraph], defects: Defects) -> Approval:
    """From the text above the table. Every part that is not printed stays None."""
    lines = [(one_line(unspace(strip_markup(p.text)[0])), p.line) for p in _in_columns(paragraphs)]
    for index, (text, _line) in enumerate(lines):
        stamped = re.match(r"[«\"]?утверждаю[»\"]?\s*:?(?!\w)", text, re.IGNORECASE)
        if stamped:
            beside = text[stamped.end() :].strip()
            below = [text for text, _line in lines[index + 1 : index + 1 + _STAMP_LINES]]
            return _by_person([beside, *below])
    order = _order_head([text for text, _line in lines])
    stamp, line = _stamp(lines)
    if order is None and stamp is None:
        return Approval()
    _compare(order, stamp, line, defects)
    first, second = order or stamp or _Act(), stamp or _Act()
    position, person = _signer([text for text, _line in lines]) if order else (None, None)
    return Approval(
        "приказ",
        second.organisation or first.organisation or organisation_of_post(position or ""),
        position,
        person,
        first.date or second.date,
        first.number or second.number,
    )


def _in_columns(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """«СОГЛАСОВАНО        УТВЕРЖДАЮ» parted by spaces alone: the right column is read to its end, then the left."""
    for index, paragraph in enumerate(paragraphs):
        heads = _GAP.split(paragraph.text.strip())
        if len(heads) != 2 or not all(_STAMP_HEAD.match(head) for head in heads):
            continue
        left, right = list[Paragraph](), list[Paragraph]()
        for line in paragraphs[index : index + _STAMP_LINES]:
            pair = _GAP.split(line.text.strip())
            if len(pair) != 2:
                break
            left.append(Paragraph(pair[0], line.line))
            right.append(Paragraph(pair[1], line.line))
        columns = [*right, *left] if "утвержд" in heads[1].lower() else [*left, *right]
        return [*paragraphs[:index], *columns, *paragraphs[index + len(left) :]]
    return list(paragraphs)


def _by_person(lines: list[str]) -> Approval:
    post: list[str] = []
    person = date = number = None
    for text in lines:
        act = _act_beside(text)
        if act:
            number, date = act.number, act.date or date
            continue
        if fold(text).startswith(("план", "дорожная", "**", "муниципальн")) and post and not person:
            break
        found = _PERSON.search(text)
        when = _DATE.search(text)
        if found and person is None:
            person = _name(found)
            rest = re.sub(r"[_/]+", " ", text[: found.start()]).strip(" .,")
            if rest:
                post.append(rest)
        elif when:
            date = _day(when[0])
            if person or post:
                break
        elif person is None and text.strip("_ /"):
            post.append(text.strip("_ /"))
        elif person is not None and not re.fullmatch(r"[\W_\dгода. ]*", text):
            break
    position = " ".join(" ".join(post).split()) or None
    if person is None and date is None and not (position and _POST.match(position)):
        return Approval("утверждаю")
    return Approval("утверждаю", organisation_of_post(position or ""), position, person, date, number)


def _act_beside(text: str) -> _Act | None:
    """«Приказ от 31.08.2022 № 115» under the word «УТВЕРЖДАЮ»."""
    act = _ACT.match(text)
    number, date = _NUMBER.search(text), _DATE.search(text)
    if not act or not (number or date):
        return None
    return _Act(None, _day(date[0]) if date else None, _tidy_number(number) if number else None)


def _day(printed: str) -> dt.date | None:
    """A date as printed, also on a form filled in by hand: «10»____01____2022."""
    filled = re.fullmatch(r"\W*(\d{1,2})\W+?[\s_.]*(\d{1,2})[\s_.]*(20\d\d)", printed)
    return read_date(".".join(filled.groups()) if filled else printed)


def _name(found: re.Match[str]) -> str:
    """«С. С. Лысенко» as «С.С. Лысенко», in the order printed."""
    initials = re.sub(r"\s", "", found["initials"] or found["initials2"])
    return f"{initials} {found['surname']}" if found["surname"] else f"{found['surname2']} {initials}"


def _order_head(lines: list[str]) -> _Act | None:
    """«П Р И К А З», with the letterhead above it and the date and number below."""
    for index, text in enumerate(lines):
        if fold(text) in ("приказ", "распоряжение", "постановление", "решение"):
            below = " ".join(lines[index + 1 : index + 8])
            number, date = _NUMBER.search(below), _DATE.search(below)
            head = " ".join(text for text in lines[max(0, index - 5) : index] if text)
            return _Act(
                nominative_organisation(head) if head else None,
                _day(date[0]) if date else None,
                _tidy_number(number) if number else None,
                fold(text),
            )
    return None


def _stamp(lines: list[tuple[str, int]]) -> tuple[_Act | None, int | None]:
    """«УТВЕРЖДЕНА приказом … от … № …» or «Приложение к приказу … от … № …»."""
    for index, (text, line) in enumerate(lines):
        start = _APPROVED.match(text) or re.match(r"\s*приложение\b", text, re.IGNORECASE)
        if not start or len(text) > 300:
            continue
        whole = " ".join(text for text, _line in lines[index : index + 5])
        act = _ACT.search(whole)
        if not act:
            continue
        date = _DATE.search(whole, act.end())
        number = _number_beside(whole, act.end(), date)
        if not number and not date:
            continue
        ends = [found.start() for found in (number, date, re.search(r"\sот\s", whole[act.end() :])) if found]
        until = min([*ends[:2], act.end() + ends[-1] if whole[act.end() :].find(" от ") >= 0 else len(whole)])
        name = whole[act.end() : until].strip(" ,.«»\"") if until > act.end() else ""
        name = re.sub(r"\s+(?:от|№)$", "", whole[act.end() : until].strip()).strip(" ,.") if name else ""
        name = re.sub(r"\s*\(?\bпротокол\b.*$", "", name)
        return (
            _Act(
                _issuer(name, act[0]),
                _day(date[0]) if date else None,
                _tidy_number(number) if number else None,
                act[0].lower(),
            ),
            line,
        )
    return None, None


def _number_beside(text: str, start: int, date: re.Match[str] | None) -> re.Match[str] | None:
    """The number next to the date, for «приказом директора школы № 4 от 31.08.2023 № 210» has two of them."""
    numbers = list(_NUMBER.finditer(text, start))
    if date:
        behind = [one for one in numbers if 0 <= one.start() - date.end() <= _NEAR]
        before = [one for one in numbers if 0 <= date.start() - one.end() <= _NEAR]
        numbers = [*behind[:1], *before[-1:], *numbers]
    return numbers[0] if numbers else None


def _issuer(name: str, act: str) -> str | None:
    """Whose act it is: «управления образования», «директора МБОУ …»; a meeting's minutes name no organisation."""
    if not name or act.lower().startswith("протокол"):
        return None
    return organisation_of_post(name) or nominative_organisation(name)


def _tidy_number(found: re.Match[str]) -> str:
    return re.sub(r"\s*[-–—]\s*", "-", found["number"]).strip()


def _signer(lines: list[str]) -> tuple[str | None, str | None]:
    """Post and name under the order's text: the first name that has a post right above it or beside it."""
    for index, text in enumerate(lines):
        found = _PERSON.search(text)
        if not found or len(text) > 120:
            continue
        beside = re.sub(r"[_/]+", " ", text[: found.start()]).strip(" .,")
        post = beside if _POST.match(beside) else ""
        above: list[str] = []
        for upper in reversed(lines[max(0, index - 5) : index]):
            if post or _PERSON.search(upper) or re.search(r"[.:;]$", upper) or re.match(r"\d", upper):
                break
            above.insert(0, upper)
            if _POST.match(upper):
                post = " ".join(text for text in above if text)
        if post:
            return " ".join(post.split()), _name(found)
    return None, None


def _compare(order: _Act | None, stamp: _Act | None, line: int | None, defects: Defects) -> None:
    act = order or stamp
    if act and act.act and not act.act.startswith("приказ"):
        defects.add("approval_by_other_act", line, text=act.act)
    if not order or not stamp:
        return
    if order.number and stamp.number and order.number != stamp.number:
        defects.add("approval_mismatch", line, order=order.number, stamp=stamp.number)
    if order.date and stamp.date and order.date != stamp.date:
        defects.add("approval_date_mismatch", line, order=order.date.isoformat(), stamp=stamp.date.isoformat())
