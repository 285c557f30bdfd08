"""The card of a document as a row of an old journal describes it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from roadmapdocs.documents.fields import INTEGER_LIMIT, fields_of
from roadmapdocs.documents.journals.import_rows import ReadRow
from roadmapdocs.documents.models import Kind
from roadmapdocs.documents.rules import LINE_LIMIT, Card, Preparation
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Employee
from roadmapdocs.registration.models import Journal

#: Meanings of columns that are fields of the kind where it asks for them.
_FIELDS = ("recipients", "agenda", "chair", "secretary", "basis", "considered", "sheets")


@dataclass(frozen=True, slots=True)
class People:
    """Employees by their name as lists print it; a name that two of them have names nobody."""

    ids: Mapping[str, int]

    @classmethod
    def known(cls) -> People:
        found = defaultdict(list)
        for employee in Employee.select():
            found[_folded(str(employee))].append(employee.id)
        return cls({name: ids[0] for name, ids in found.items() if len(ids) == 1})

    def named(self, text: str) -> int | None:
        return self.ids.get(_folded(text))


def card_of(row: ReadRow, journal: Journal, kind: Kind, people: People) -> Card:
    """A signed document brought in. What has no field of its own goes into the notes, with its name.

    :raise Refusal: ``line`` if a name is longer than a line
    """
    texts = row.texts
    for name in ("signer", "body"):
        if len(texts[name]) > LINE_LIMIT:
            raise Refusal("line", _("This is longer than %(limit)s characters. Shorten it.", limit=LINE_LIMIT))
    asked = {field.name: field for field in fields_of(kind.fields)}
    own: dict[str, object] = {name: texts[name] for name in _FIELDS if texts[name] and name in asked}
    if "sheets" in own and not _is_count(texts["sheets"]):
        del own["sheets"]
    drafter = people.named(texts["drafter"])
    notes = _notes(texts, own, drafter is not None)
    if notes and "notes" in asked:
        own["notes"] = notes
    return Card(
        kind=kind.code,
        title=texts["title"],
        number=row.number,
        date=row.day,
        summary="" if "notes" in asked else notes,
        signer=texts["signer"],
        preparation=Preparation.SIGNED,
        signer_id=people.named(texts["signer"]),
        drafter_id=drafter,
        organisation_id=journal.organisation_id,
        body=texts["body"] or journal.body,
        fields=own,
    )


def _notes(texts: Mapping[str, str], own: Mapping[str, object], drafter_known: bool) -> str:
    words = {
        "drafter": _("Drafter"),
        "case": _("Case"),
        "execution": _("Mark of execution"),
        "recipients": _("Sent to"),
        "chair": _("Chair"),
        "secretary": _("Secretary"),
        "basis": _("Basis"),
        "considered": _("Considered at"),
        "sheets": _("Sheets"),
    }
    left = [name for name in words if texts[name] and name not in own and not (name == "drafter" and drafter_known)]
    told = [f"{words[name]}: {texts[name]}" for name in left]
    return "\n".join([*([texts["notes"]] if texts["notes"] else []), *told])


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= len(str(INTEGER_LIMIT)) and int(text) <= INTEGER_LIMIT


def _folded(name: str) -> str:
    return "".join(name.split()).casefold().replace("ё", "е")
