"""How documents are named in sentences and stamps: «приказа от 29.11.2021 № 178-П»."""

from __future__ import annotations

import datetime as dt

from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.i18n import gettext as _

#: What naming, dating and showing another document takes; building a statement of all columns costs more than running it.
NAMED = (
    *(Document.id, Document.kind, Document.number, Document.date, Document.title, Document.organisation),
    *(Document.preparation, Document.registration, Document.force, Document.force_from, Document.force_until),
    *(Document.readers, Document.drafter, Document.signer_employee, Document.unit),
    *(Kind.id, Kind.code, Kind.short, Kind.forms, Kind.gender),
)


def kind_word(kind: Kind, case: str = "") -> str:
    """The kind's word in a case (gen, dat, acc, ins, pre), in lower case; the nominative where no form is stored."""
    return str(kind.forms.get(case) or kind.short.lower())


def reference(document: Document, case: str = "") -> str:
    """Kind, date and number, as far as the document has them."""
    return reference_words(kind_word(document.kind, case), document.date, document.number)


def reference_words(kind: str, date: dt.date | None, number: str) -> str:
    day = date.strftime("%d.%m.%Y") if date else ""
    if day and number:
        return _("%(kind)s of %(date)s No. %(number)s", kind=kind, date=day, number=number)
    if day:
        return _("%(kind)s of %(date)s", kind=kind, date=day)
    return _("%(kind)s No. %(number)s", kind=kind, number=number) if number else kind
