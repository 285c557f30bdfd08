"""Что плагин добавляет и за чем следит."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import peewee as pw

from roadmapdocs.coverage.rules import Evidence, Expected, Slot
from roadmapdocs.documents.models import Attachment, Document
from roadmapdocs.drafting.checks.facts import Facts
from roadmapdocs.drafting.checks.rules import Check, Need, Severity, Trouble, Words
from roadmapdocs.hooks import document_moved, transition_asked
from roadmapdocs.plugins import Column, Registry, after
from roadmapdocs.workflow.rules import Transition

log = logging.getLogger(__name__)

LETTER = {
    "name": "Информационное письмо",
    "short": "Информационное письмо",
    "gender": "n",
    "expected": "прочее",
    "group": "other",
    "forms": {"gen": "информационного письма", "dat": "информационному письму"},
    "own_number": True,
    "series": "letter",
}


def register(registry: Registry) -> None:
    """Вызывается один раз при запуске программы."""
    registry.kind("info_letter", LETTER)
    registry.check(NO_EXCLAMATION)
    registry.column(ATTACHMENTS)
    registry.proof_rule("letter_proves_nothing", letter_proves_nothing)


def _exclamations(facts: Facts) -> Iterator[Trouble]:
    if "!" in facts.card.title:
        yield Trouble("Заголовок", "В заголовке стоит восклицательный знак.")


NO_EXCLAMATION = Check(
    code="no_exclamation",
    title=Words("Заголовок без восклицаний", "No exclamation in the heading"),
    clause="Инструкция по делопроизводству, п. 3.4",
    severity=Severity.ERROR,
    mend=Words("Уберите восклицательный знак.", "Take the exclamation mark off."),
    points=(),
    need=Need.CARD,
    run=_exclamations,
)


def _attachments(ids: Sequence[int]) -> Mapping[int, int]:
    """Сколько у документов приложенных файлов: один запрос на страницу."""
    rows = Attachment.select(Attachment.document, pw.fn.COUNT(Attachment.id))
    live = Attachment.document.in_(list(ids)) & Attachment.removed_at.is_null()
    return dict(rows.where(live).group_by(Attachment.document).tuples())


ATTACHMENTS = Column("attachments", lambda: "Файлов", _attachments, width=10)


def letter_proves_nothing(expected: Expected, _slot: Slot, document: Evidence) -> bool:
    """Письмо не доказывает пункт, по которому ждут документ определённого вида."""
    return document.kind != "Информационное письмо" or expected.kind == "прочее"


@transition_asked.connect
def no_letters_on_monday(document: Document, *, transition: Transition, today: dt.date, **_more: Any) -> str | None:
    """Вопрос до изменения: предложение в ответ закрывает шаг и стоит на кнопке."""
    if document.kind.code == "info_letter" and transition.name == "register" and today.weekday() == 0:
        return "Письма регистрируют со вторника: понедельник отдан приказам."
    return None


@after(document_moved)
def note_it(document: Document, *, transition: Transition, **_more: Any) -> None:
    """Факт после записи: изменение уже в базе, и отменить его отсюда нельзя."""
    log.info("Документ %s: шаг %s сделан", document.id, transition.name)
