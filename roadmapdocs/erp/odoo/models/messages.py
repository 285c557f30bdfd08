"""The history of documents, with what people said between, as mail.message."""

from __future__ import annotations

import html
import operator as comparing
from collections.abc import Callable, Iterable, Sequence
from html.parser import HTMLParser
from typing import Any, Final

import peewee as pw

from roadmapdocs.audit.models import Event
from roadmapdocs.documents.models import Comment, Document
from roadmapdocs.documents.visibility import visible_to
from roadmapdocs.erp.odoo.context import Env
from roadmapdocs.erp.odoo.fields import Field, Pairs, Row, Type, lazy
from roadmapdocs.erp.odoo.models.shared import DOCUMENT_MODEL, among, readable_names
from roadmapdocs.erp.odoo.registry import Model
from roadmapdocs.i18n import gettext as _

#: How an entry is told in a sentence: lent by the pages, which word the history of a card.
SENTENCES: Final[list[Callable[[Event], str]]] = []
_COMMENTED: Final = "commented"
_PREFIX: Final = "document:"
#: The document that an entry is about; nothing for entries about other things.
_DOCUMENT: Final = pw.Case(
    None, ((Event.subject.startswith(_PREFIX), pw.fn.SUBSTR(Event.subject, len(_PREFIX) + 1).cast("INTEGER")),)
)
_COMPARED: Final = {"<": comparing.lt, "<=": comparing.le, ">": comparing.gt, ">=": comparing.ge}
_KIND: Final = pw.Case(None, ((Event.what == _COMMENTED, "comment"),), "notification")


class _Words(HTMLParser):
    """The words of a text in HTML, a line for each paragraph."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        if tag == "br":
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"p", "div", "li"}:
            self.found.append("\n")


def plain(body: str) -> str:
    """A body as a client of Odoo sends it, without its tags; a plain text stays as it is."""
    if not ("<" in body and ">" in body):
        return html.unescape(body)
    reader = _Words()
    reader.feed(body)
    reader.close()
    return "".join(reader.found).strip()


def last_message(document_id: int) -> int:
    """Id of the newest entry about the document."""
    found = Event.select(pw.fn.MAX(Event.id)).where(Event.subject == f"{_PREFIX}{document_id}").scalar()
    return int(found or 0)


def _rows(env: Env) -> Any:
    seen = Document.select(pw.SQL("1")).where((Document.id == _DOCUMENT) & visible_to(env.actor, few=True))
    return Event.select().where(Event.subject.startswith(_PREFIX) & pw.fn.EXISTS(seen))


def _number(row: Row) -> int:
    return int(str(row.subject).removeprefix(_PREFIX))


def _record_searched(operator: str, value: Any, _env: Env) -> Any:
    """By the key of the document, which the table has an index of; comparisons by size go through all entries."""
    if operator in _COMPARED:
        return _COMPARED[operator](_DOCUMENT, value)
    found = Event.subject.in_([f"{_PREFIX}{one}" for one in among(value)])
    return ~found if operator in {"!=", "not in"} else found


def _record_names(rows: Sequence[Row], env: Env) -> Iterable[object]:
    names = readable_names({_number(row) for row in rows}, env)
    return [names.get(_number(row)) for row in rows]


def _names(rows: Sequence[Row], _env: Env) -> Iterable[object]:
    return [f"{row.who}, {row.at:%d.%m.%Y}" for row in rows]


def _bodies(rows: Sequence[Row], _env: Env) -> Iterable[object]:
    """HTML, as Odoo has it: what was said, or the sentence of the history."""
    said = [row.effect.get("comment") for row in rows if row.what == _COMMENTED]
    texts = {one.id: one.text for one in Comment.select().where(Comment.id.in_([one for one in said if one]))} if said else {}
    return [_paragraphs(texts.get(row.effect.get("comment"), "") if row.what == _COMMENTED else _sentence(row)) for row in rows]


def _sentence(row: Row) -> str:
    event = Event(what=row.what, effect=row.effect)
    return next((tell(event) for tell in SENTENCES), str(row.what))


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in text.splitlines() if line.strip())


def _models(rows: Sequence[Row], _env: Env) -> Iterable[object]:
    return [DOCUMENT_MODEL] * len(rows)


def _model_searched(operator: str, value: Any, _env: Env) -> Any:
    asked = DOCUMENT_MODEL in value if isinstance(value, (list, tuple)) else value == DOCUMENT_MODEL
    return Event.id.is_null(asked is (operator not in {"=", "in"}))


def _kinds() -> Pairs:
    return [("comment", _("what somebody said")), ("notification", _("entry of the history"))]


MESSAGE: Final = Model(
    name="mail.message",
    description=lazy("History and comments"),
    table=Event,
    rows=_rows,
    display=Field(Type.CHAR, lazy("Name"), needs=(Event.who, Event.at), read=_names),
    fields={
        "model": Field(Type.CHAR, lazy("Model"), read=_models, search=_model_searched),
        "res_id": Field(Type.INTEGER, lazy("Id of the record"), column=_DOCUMENT, search=_record_searched),
        "record_name": Field(Type.CHAR, lazy("Document"), needs=(Event.subject,), read=_record_names),
        "message_type": Field(Type.SELECTION, lazy("Type"), column=_KIND, selection=_kinds),
        "subtype": Field(Type.CHAR, lazy("What happened, as a code"), column=Event.what),
        "body": Field(Type.HTML, lazy("Text"), needs=(Event.what, Event.effect), read=_bodies),
        "author": Field(Type.CHAR, lazy("Who did it"), column=Event.who),
        "author_id": Field(Type.MANY2ONE, lazy("Account"), column=Event.user_id, relation="res.users"),
        "date": Field(Type.DATETIME, lazy("When"), column=Event.at),
        "number": Field(Type.INTEGER, lazy("Number in the journal of events"), column=Event.number),
    },
    order="id desc",
)
MODELS = (MESSAGE,)
