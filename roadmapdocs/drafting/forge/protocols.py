"""Templates of a protocol, in full and in brief, and of an extract from one (``domain.md`` §7.2)."""

from __future__ import annotations

from docx.document import Document

from roadmapdocs.drafting.forge import requisites as r
from roadmapdocs.drafting.forge import styles as s
from roadmapdocs.drafting.forge.parts import (
    add_row,
    bare_table,
    line,
    lines,
    loop,
    new_document,
    save,
    tag,
    when,
)


def protocol() -> bytes:
    """In full: agenda, then heard, spoke, decided and votes of each question."""
    document = new_document()
    _opening(document)
    _agenda(document)
    with loop(document, "question in agenda"):
        _question(document)
    _closing(document)
    _present_list(document)
    return save(document)


def protocol_brief() -> bytes:
    """In brief: who was there, questions, decisions."""
    document = new_document()
    _opening(document)
    line(document, "Рассмотренные вопросы и принятые решения:", s.LABEL)
    with loop(document, "question in agenda"):
        line(document, _TITLE, s.LABEL)
        with when(document, "question.speaker"):
            line(document, "({{ question.speaker }})", s.REQUISITE)
        _decisions(document)
    _closing(document)
    _present_list(document)
    return save(document)


def extract() -> bytes:
    """Some questions of a protocol under its own head, with the mark that the copy is right."""
    document = new_document()
    _opening(document)
    _agenda(document)
    with loop(document, "question in agenda"):
        _question(document)
    r.signatures(document)
    with when(document, "copied_by.name"):
        line(document, "", s.BEFORE_SIGNATURE)
        line(document, "{{ certified }}", s.REQUISITE)
        table = bare_table(document, (52, 18, 30))
        texts = ("{{ copied_by.post | join('\\n') }}", "", "{{ copied_by.name }}")
        add_row(table, texts, (s.REQUISITE, s.REQUISITE, s.REQUISITE_RIGHT))
        line(document, "{{ copied_on or '____________' }}", s.REQUISITE)
    with when(document, "original"):
        line(document, "", s.GAP)
        line(document, "{{ original }}", s.NOTE)
    r.marks(document)
    _present_list(document)
    return save(document)


_TITLE = "{{ question.number }}\u00a0{{ question.title }}"


def _opening(document: Document) -> None:
    """Everything above the agenda: requisites, heading, and who was there."""
    r.head(document)
    with when(document, "meeting"):
        line(document, "{{ meeting }}", s.HEADING)
        tag(document, "else")
        line(document, "", s.BEFORE_SIGNATURE)
    for name, word in (("chair", "Председательствующий"), ("secretary", "Секретарь")):
        with when(document, name):
            line(document, f"{word} – {{{{ {name} }}}}", s.REQUISITE)
    with when(document, "present_words"):
        line(document, "{{ present_words }}", s.LABEL)
        tag(document, "elif present")
        _people(document, "Присутствовали:", "present")
    with when(document, "invited"):
        _people(document, "Приглашённые:", "invited")
    with when(document, "attendance"):
        line(document, "{{ attendance }}", s.LABEL)


def _people(document: Document, word: str, name: str) -> None:
    line(document, word, s.LABEL)
    with loop(document, f"person in {name}"):
        line(document, "{{ person }}", s.PARTICIPANT)


def _agenda(document: Document) -> None:
    with when(document, "agenda"):
        line(document, "ПОВЕСТКА ДНЯ:", s.LABEL)
    with loop(document, "question in agenda"), when(document, "question.speaker"):
        line(document, _TITLE, s.TEXT_KEPT)
        line(document, "Докладчик: {{ question.speaker }}", s.PARTICIPANT)
        tag(document, "else")
        line(document, _TITLE, s.TEXT)


def _question(document: Document) -> None:
    with when(document, "question.heard"):
        line(document, "{{ question.number }}\u00a0СЛУШАЛИ:", s.LABEL)
        lines(document, "question.heard")
        tag(document, "else")
        line(document, _TITLE, s.LABEL)
    with when(document, "question.spoke"):
        line(document, "ВЫСТУПИЛИ:", s.LABEL)
        lines(document, "question.spoke")
    _decisions(document, word=True)


def _decisions(document: Document, *, word: bool = False) -> None:
    """What was decided and how many voted; the last line stays with the signatures or with the next question."""
    with when(document, "question.decided"):
        if word:
            line(document, "{{ decided_word }}", s.LABEL)
        lines(document, "question.decided", before_signature=True)
    with when(document, "question.votes and loop.last"):
        line(document, "{{ question.votes }}", s.TEXT_KEPT)
        tag(document, "elif question.votes")
        line(document, "{{ question.votes }}", s.TEXT)


def _closing(document: Document) -> None:
    r.signatures(document)
    r.visas(document)
    r.marks(document)


def _present_list(document: Document) -> None:
    """The list of those present on a page of its own, where they are too many for the first one."""
    with when(document, "present_list"):
        mark = document.add_paragraph("Приложение\nк протоколу от {{ date or '____________' }}", s.CORNER)
        mark.paragraph_format.page_break_before = True
        line(document, "№\u00a0{{ number or '________' }}", s.CORNER)
        line(document, "СПИСОК", s.KIND)
        line(document, "присутствовавших{% if meeting %} на заседании{% endif %}", s.TITLE_LAST)
        with loop(document, "person in present_list"):
            line(document, "{{ loop.index }}.\u00a0{{ person }}", s.PARTICIPANT)
