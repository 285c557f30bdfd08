"""What the page of an act asks: only the fields that this act needs."""

from __future__ import annotations

from typing import Any, Final

from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, HiddenField, MultipleFileField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from roadmapdocs.assignments.acts import Act
from roadmapdocs.assignments.changing import TEXT_LIMIT
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.assignments.conditions import whole
from roadmapdocs.web.forms import lazy, plain_line, plain_text

#: The end of the address of each act, and what it asks; a star: it cannot go without.
ACTS: Final[dict[str, tuple[Act, tuple[str, ...]]]] = {
    "take": (Act.TAKEN, ()),
    "ask": (Act.ASKED, ("text*",)),
    "explain": (Act.EXPLAINED, ("text*",)),
    "report": (Act.REPORTED, ("text*", "files", "document")),
    "recall": (Act.RECALLED, ()),
    "accept": (Act.ACCEPTED, ("text", "children")),
    "return": (Act.RETURNED, ("reason*",)),
    "remove": (Act.REMOVED, ("reason", "children")),
    "reopen": (Act.REOPENED, ("reason*",)),
    "cancel": (Act.CANCELLED, ("reason*",)),
    "extension": (Act.EXTENSION_ASKED, ("due*", "reason*")),
    "grant": (Act.EXTENSION_GRANTED, ("due*", "reason")),
    "refuse": (Act.EXTENSION_REFUSED, ("reason*",)),
    "withdraw": (Act.EXTENSION_WITHDRAWN, ()),
    "due": (Act.DUE_MOVED, ("due*", "reason*", "tree")),
    "people": (Act.REASSIGNED, ("responsible", "controller", "reason*")),
    "correct": (Act.CORRECTED, ("text*",)),
}
NAME_OF: Final = {act: name for name, (act, _fields) in ACTS.items()}
#: Done by one press on the card; what they may ask besides stands on their pages.
AT_ONCE: Final = (Act.TAKEN, Act.RECALLED, Act.EXTENSION_WITHDRAWN, Act.ACCEPTED)
REASON_LIMIT: Final = 2_000
_DAYS = ["%Y-%m-%d", "%d.%m.%Y"]


class ActForm(FlaskForm):
    text = TextAreaField(lazy("Text"), [Length(max=TEXT_LIMIT)], render_kw={"rows": 5})
    files = MultipleFileField(lazy("Files"), [Optional()])
    document = HiddenField()
    due = DateField(lazy("New deadline"), [Optional()], format=_DAYS)
    responsible = StringField(lazy("Responsible"), [Length(max=300)], render_kw={"list": "people"})
    controller = StringField(lazy("Controller"), [Length(max=300)], render_kw={"list": "people"})
    reason = TextAreaField(lazy("Reason"), [Length(max=REASON_LIMIT)], render_kw={"rows": 3})
    tree = BooleanField(lazy("Move the deadlines of subordinate assignments, too"))
    children = BooleanField(lazy("Close the subordinate assignments, too"))
    revision = HiddenField(default="0")

    def __init__(self, name: str, *, below: int = 0, **values: Any) -> None:
        """``below``: how many live subordinates there are; without them nothing is asked about them."""
        super().__init__(data=values)
        self.act, asked = ACTS[name]
        needed = {one.rstrip("*") for one in asked if one.endswith("*")}
        kept = {one.rstrip("*") for one in asked} - (set() if below else {"tree", "children"})
        for field in [one for one in self._fields if one not in {*kept, "revision", "csrf_token"}]:
            del self[field]
        for field in needed:
            self._fields[field].validators = [InputRequired(lazy("Fill this in.")), *self._fields[field].validators]
            self._fields[field].flags.required = True
        self._name_fields()

    def _name_fields(self) -> None:
        words = {
            (Act.REPORTED, "text"): _("What was done"),
            (Act.ASKED, "text"): _("What is not clear"),
            (Act.EXPLAINED, "text"): _("Answer"),
            (Act.ACCEPTED, "text"): _("Remark"),
            (Act.EXTENSION_GRANTED, "reason"): _("Remark"),
            (Act.EXTENSION_ASKED, "due"): _("Until what day"),
            (Act.EXTENSION_GRANTED, "due"): _("The deadline is moved to"),
            (Act.RETURNED, "reason"): _("What is missing"),
        }
        for (act, name), label in words.items():
            if act is self.act and name in self._fields:
                self._fields[name].label.text = label

    def typed(self, name: str) -> str:
        """Words of a field, cleaned; nothing where the act does not ask for it."""
        if name not in self._fields:
            return ""
        said = str(self._fields[name].data or "")
        return plain_line(said) if name in {"responsible", "controller"} else plain_text(said)

    def ticked(self, name: str) -> bool:
        return name in self._fields and bool(self._fields[name].data)

    def chosen(self) -> int | None:
        """The id of the document that was made."""
        return whole(self.document.data) if "document" in self._fields else None

    @property
    def read_at(self) -> int:
        """The revision at which the page was opened; 0, which no assignment has, for anything that is none."""
        return whole(self.revision.data) or 0

    def take_refusal(self, refusal: Refusal) -> str | None:
        """Put sentences beside their fields; give the refusal back where it is about none of them."""
        told = refusal.details.get("fields")
        sentences = dict(told) if isinstance(told, dict) else {refusal.details.get("field"): refusal.message}
        named = {"why": "reason", "question": "text", "answer": "text", "wanted": "due", "comment": "text"}
        placed = False
        for field, sentence in sentences.items():
            control = self._fields.get(str(field)) or self._fields.get(named.get(str(field), ""))
            if control is not None:
                control.errors = [*control.errors, str(sentence)]
                placed = True
        return None if placed else refusal.message
