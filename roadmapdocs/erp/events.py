"""Facts as other programs are told of them: public names, and what each carries.

Names and fields are a promise: they are only ever added to. ``docs/webhooks.md`` has them as a table, which
``tests/erp/test_events.py`` compares with :func:`table`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from roadmapdocs.assignments.acts import Act

#: What a button sends to see whether anybody listens.
TEST: Final = "test"
#: JSON Schema of a value by the word of its type; a question mark after the word lets it be null.
_TYPES: Final[dict[str, dict[str, object]]] = {
    "id": {"type": "integer"},
    "number": {"type": "integer"},
    "text": {"type": "string"},
    "date": {"type": "string", "format": "date"},
    "yes/no": {"type": "boolean"},
    "ids": {"type": "array", "items": {"type": "integer"}},
}
#: Those words where people read them.
_TYPE_WORDS: Final = {
    "id": "целое",
    "number": "целое",
    "text": "строка",
    "date": "дата",
    "yes/no": "да/нет",
    "ids": "список целых",
}

Fields = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class EventType:
    """``meaning`` is Russian, for administrators and documentation; ``fields`` maps a name to a word of a type."""

    name: str
    meaning: str
    fields: Fields

    @property
    def area(self) -> str:
        """«document» of «document.moved»: by it, the rule is found of who may be told."""
        return self.name.partition(".")[0]

    def schema(self) -> dict[str, Any]:
        """JSON Schema of ``data``."""
        return {
            "type": "object",
            "properties": {name: _schema(word) for name, word in self.fields.items()},
            "required": sorted(self.fields),
            "additionalProperties": False,
        }


#: Of a document with an access mark, number, date and title are null: what is sent leaves the house.
_DOCUMENT: Final = {
    "document": "id",
    "kind": "text",
    "mark": "text",
    "number": "text?",
    "date": "date?",
    "title": "text?",
    "revision": "number",
    "url": "text",
}
_VISA: Final = {
    **_DOCUMENT,
    "visa": "id",
    "employee": "id?",
    "information": "yes/no",
    "due": "date?",
}
_READING: Final = {**_DOCUMENT, "sheet": "id"}
_ASSIGNMENT: Final = {
    "assignment": "id",
    "document": "id?",
    "item": "id?",
    "responsible": "id",
    "controller": "id?",
    "state": "text",
    "due": "date?",
    "url": "text",
}
_ACTS: Final = {
    Act.DRAFTED: "подготовлен проект поручения",
    Act.GIVEN: "поручение дано исполнителю",
    Act.TAKEN: "поручение принято в работу",
    Act.ASKED: "запрошено уточнение по поручению",
    Act.EXPLAINED: "дано уточнение по поручению",
    Act.REPORTED: "представлен отчёт об исполнении",
    Act.RECALLED: "отчёт об исполнении отозван",
    Act.ACCEPTED: "исполнение принято",
    Act.RETURNED: "поручение возвращено исполнителю",
    Act.REMOVED: "поручение снято с контроля",
    Act.REOPENED: "поручение возобновлено",
    Act.CANCELLED: "поручение отменено",
    Act.EXTENSION_ASKED: "запрошен перенос срока",
    Act.EXTENSION_GRANTED: "перенос срока разрешён",
    Act.EXTENSION_REFUSED: "в переносе срока отказано",
    Act.EXTENSION_WITHDRAWN: "просьба о переносе срока снята",
    Act.DUE_MOVED: "срок поручения перенесён",
    Act.REASSIGNED: "у поручения другие исполнители",
    Act.CORRECTED: "поручение исправлено",
}


def _all() -> list[EventType]:
    return [
        EventType("document.created", "создана карточка документа", _DOCUMENT),
        EventType("document.changed", "изменена карточка документа", _DOCUMENT),
        EventType(
            "document.moved", "документ перешёл в другое состояние", {**_DOCUMENT, "line": "text", "transition": "text", "state": "text"}
        ),
        EventType("document.signed", "документ подписан (вместе с document.moved)", _DOCUMENT),
        EventType("document.registered", "документ зарегистрирован (вместе с document.moved)", _DOCUMENT),
        EventType(
            "version.added", "добавлена версия текста", {**_DOCUMENT, "version": "id", "version_number": "number", "sha256": "text", "size": "number"}
        ),
        EventType("attachment.added", "добавлено вложение", {**_DOCUMENT, "attachment": "id", "sha256": "text", "size": "number"}),
        EventType("visa.asked", "у человека запрошена виза", _VISA),
        EventType("visa.given", "по визе принято решение", {**_VISA, "decision": "text", "decided_by": "id?"}),
        EventType("visa.reminded", "исполнитель напомнил о визе", _VISA),
        EventType("route.ended", "согласование завершено", {**_DOCUMENT, "run": "id", "run_state": "text"}),
        EventType("reading.asked", "людей просят ознакомиться с документом", {**_READING, "employees": "ids", "due": "date?"}),
        EventType("reading.decided", "человек ознакомился или отказался", {**_READING, "employee": "id", "state": "text"}),
        EventType("reading.dropped", "человека больше не просят ознакомиться", {**_READING, "employee": "id", "state": "text"}),
        EventType("reading.ended", "по листу ознакомления больше никого не ждут", _READING),
        EventType("reading.reminded", "напомнили тем, кто не ознакомился", {**_READING, "employees": "ids"}),
        *(EventType(f"assignment.{act}", _ACTS[act], _ASSIGNMENT) for act in Act),
        EventType(
            "coverage.changed",
            "изменилось, чем доказан период пункта дорожной карты",
            {"item": "id", "roadmap": "id", "edition": "id", "period": "text", "act": "text", "url": "text"},
        ),
        EventType(
            "roadmap.edition",
            "загружена редакция дорожной карты",
            {"roadmap": "id", "edition": "id", "edition_number": "number", "items": "number", "url": "text"},
        ),
        EventType(TEST, "проверка по кнопке", {"webhook": "id"}),
    ]


EVENTS: Final[Mapping[str, EventType]] = {one.name: one for one in _all()}
#: What a webhook can be subscribed to; the test comes to all.
CHOSEN: Final = tuple(name for name in EVENTS if name != TEST)


def table() -> str:
    """All events as the table of the documentation, in Markdown."""
    rows = [
        f"| `{one.name}` | {one.meaning} | {', '.join(f'`{name}` {_words(word)}' for name, word in one.fields.items())} |"
        for one in EVENTS.values()
    ]
    return "\n".join(["| Событие | Что произошло | Поля `data` |", "|---|---|---|", *rows])


def _words(word: str) -> str:
    return _TYPE_WORDS[word.removesuffix("?")] + (" или null" if word.endswith("?") else "")


def _schema(word: str) -> dict[str, object]:
    plain = _TYPES[word.removesuffix("?")]
    return {**plain, "type": [plain["type"], "null"]} if word.endswith("?") else plain
