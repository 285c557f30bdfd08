"""Fields that a kind of document asks for beyond those of every card: a shipped catalogue and the office's own."""

from __future__ import annotations

import datetime as dt
import functools
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import language

TYPES: Final = ("text", "long", "date", "integer", "yes_no", "choice", "person")
TEXT_LIMIT: Final = 500
LONG_LIMIT: Final = 10_000
INTEGER_LIMIT: Final = 1_000_000
MOST_FIELDS: Final = 40
_NAME = re.compile(r"[a-z][a-z0-9_]{0,31}")


@dataclass(frozen=True, slots=True)
class Field:
    """``choices`` are what may be stored in a field of the type "choice"."""

    name: str
    label: str
    type: str
    required: bool = False
    choices: tuple[str, ...] = ()


@functools.cache
def catalogue() -> dict[str, dict[str, object]]:
    """Shipped fields by name, as ``fields.toml`` has them."""
    return tomllib.loads((files("roadmapdocs.documents") / "fields.toml").read_text(encoding="utf-8"))


def fields_of(stored: Iterable[object]) -> list[Field]:
    """The fields of a kind as it stores them: names of the catalogue, or fields of the office's own."""
    found = []
    for one in stored:
        shipped = catalogue().get(one) if isinstance(one, str) else None
        if shipped is not None:
            words = str(shipped[language()] if language() in shipped else shipped["ru"])
            found.append(Field(str(one), words, str(shipped["type"]), choices=_choices(shipped)))
        elif isinstance(one, Mapping):
            required = bool(one.get("required"))
            found.append(Field(str(one["name"]), str(one["label"]), str(one["type"]), required, _choices(one)))
    return found


def _choices(field: Mapping[str, object]) -> tuple[str, ...]:
    choices = field.get("choices")
    return tuple(str(choice) for choice in choices) if isinstance(choices, list) else ()


def check_fields(stored: Iterable[object]) -> None:
    """
    :raise Refusal: ``fields`` if what a kind is to ask for makes no sense: an unknown name or type, a repetition
    """
    names: set[str] = set()
    for one in stored:
        name = one if isinstance(one, str) else str(one.get("name", "")) if isinstance(one, Mapping) else ""
        if name in names:
            raise Refusal("fields", _("The field %(name)s is named twice. Leave one.", name=name), field="fields")
        names.add(name)
        if isinstance(one, str):
            if one not in catalogue():
                known = ", ".join(catalogue())
                raise Refusal(
                    "fields", _("There is no field %(name)s. Known: %(known)s.", name=name, known=known), field="fields"
                )
            continue
        _check_own(one, name)
    if len(names) > MOST_FIELDS:
        raise Refusal("fields", _("A card has %(most)s fields at the most. Leave some out.", most=MOST_FIELDS), field="fields")


def _check_own(one: object, name: str) -> None:
    if not isinstance(one, Mapping) or not _NAME.fullmatch(name) or name in catalogue():
        raise Refusal(
            "fields",
            _("%(name)s cannot name a field: take Latin letters, and none of the names in use.", name=name or "?"),
            field="fields",
        )
    if not str(one.get("label", "")).strip() or one.get("type") not in TYPES:
        raise Refusal(
            "fields",
            _("The field %(name)s needs a label and one of the types %(types)s.", name=name, types=", ".join(TYPES)),
            field="fields",
        )
    if one["type"] == "choice" and not _choices(one):
        raise Refusal("fields", _("The field %(name)s has nothing to choose from. Add choices.", name=name), field="fields")


def read_fields(fields: Iterable[Field], given: Mapping[str, object], kept: Mapping[str, object]) -> dict[str, object]:
    """Values to store: of each field what was ``given``, as plain JSON; what the kind does not ask for stays ``kept``.

    :raise Refusal: ``card`` with a sentence for each field that cannot be read
    """
    values: dict[str, object] = dict(kept)
    problems: dict[str, str] = {}
    for field in fields:
        if field.name not in given and field.name in kept:
            continue
        try:
            value = _read(field, given.get(field.name))
        except ValueError as problem:
            problems[field.name] = str(problem)
            continue
        if value in ("", None):
            values.pop(field.name, None)
            if field.required:
                problems[field.name] = _("The kind of document asks for this. Fill it in.")
        else:
            values[field.name] = value
    if problems:
        raise Refusal("card", _("The card is not filled in completely. See the marked fields."), fields=problems)
    return values


def _read(field: Field, value: object) -> object:
    """
    :raise ValueError: with the sentence to be shown beside the field
    """
    if value in (None, ""):
        return None
    if field.type == "yes_no":
        return bool(value)
    if field.type == "integer":
        return _integer(value)
    if field.type == "date":
        return _date(value)
    text = str(value).strip()
    if field.type == "choice" and text not in field.choices:
        raise ValueError(_("Choose one of: %(choices)s.", choices=", ".join(field.choices)))
    limit = LONG_LIMIT if field.type == "long" else TEXT_LIMIT
    if len(text) > limit:
        raise ValueError(_("This is longer than %(limit)s characters. Shorten it.", limit=limit))
    return text


def _integer(value: object) -> int:
    text = str(value).strip()
    if not (text.isascii() and text.isdecimal()) or len(text) > len(str(INTEGER_LIMIT)) or int(text) > INTEGER_LIMIT:
        raise ValueError(_("Write a whole number up to %(limit)s.", limit=INTEGER_LIMIT))
    return int(text)


def _date(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    try:
        return dt.date.fromisoformat(str(value)).isoformat()
    except ValueError as problem:
        raise ValueError(_("%(words)s is not a date. Write it as 29.11.2021.", words=value)) from problem


def read_own_fields(text: str, known: Iterable[object]) -> list[dict[str, object]]:
    """Fields of the office's own, a line each: «Номер договора; текст; обязательно» or «Форма; выбор: очно, заочно».

    A field keeps the name it has in ``known`` by its label, so that what documents hold of it stays theirs.

    :raise Refusal: ``fields`` with the line that cannot be read
    """
    names = {str(one["label"]): str(one["name"]) for one in known if isinstance(one, Mapping)}
    taken = set(names.values())
    fields: list[dict[str, object]] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        label, *rest = (part.strip() for part in line.split(";"))
        words, _colon, choices = (rest[0] if rest else "").partition(":")
        kind = {word: name for name, word in type_words().items()}.get(words.strip().casefold())
        if kind is None or not label or len(rest) > 2:  # type and "required"
            sentence = _(
                "The line “%(line)s” is not understood. Write: name of the field; one of %(types)s.",
                line=line,
                types=", ".join(type_words().values()),
            )
            raise Refusal("fields", sentence, field="own_fields")
        if any(label == field["label"] for field in fields):
            raise Refusal("fields", _("The field %(name)s is named twice. Leave one.", name=label), field="own_fields")
        name = names.get(label) or next(f"own_{n}" for n in range(1, 1_000) if f"own_{n}" not in taken)
        taken.add(name)
        field: dict[str, object] = {"name": name, "label": label, "type": kind}
        if kind == "choice":
            field["choices"] = [choice.strip() for choice in choices.split(",") if choice.strip()]
        if len(rest) == 2:  # as above
            field["required"] = True
        fields.append(field)
    return fields


def own_field_lines(stored: Iterable[object]) -> str:
    """Fields of the office's own as :func:`read_own_fields` reads them."""
    lines = []
    for field in fields_of([one for one in stored if isinstance(one, Mapping)]):
        words = type_words()[field.type]
        kind = f"{words}: {', '.join(field.choices)}" if field.choices else words
        lines.append("; ".join([field.label, kind, *([_("required")] if field.required else [])]))
    return "\n".join(lines)


def type_words() -> dict[str, str]:
    """What types of fields are called."""
    return {
        "text": _("text"),
        "long": _("long text"),
        "date": _("date"),
        "integer": _("whole number"),
        "yes_no": _("yes or no"),
        "choice": _("choice"),
        "person": _("person"),
    }
