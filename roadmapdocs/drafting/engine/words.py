"""Troubles of templates as sentences: what was found, where it stands, what to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from roadmapdocs.drafting.engine.field_check import ALLOWED
from roadmapdocs.drafting.engine.troubles import Code, Place, Trouble
from roadmapdocs.i18n import gettext as _


def sentence(trouble: Trouble) -> str:
    """What is wrong and what to do, with the place where it stands."""
    told = _SENTENCES[trouble.code](trouble)
    if trouble.code is Code.UNKNOWN_NAME:
        told = f"{told} {_hint(trouble)}".rstrip()
    where = place_words(trouble.place)
    return f"{told} {where}" if where else told


def place_words(place: Place) -> str:
    """«Body, table 2, row 1, cell 3: “…”.»; empty where the trouble is with the file as a whole."""
    if not place.part and not place.paragraph:
        return ""
    parts = {
        "body": _("In the text"),
        "header": _("In the header"),
        "footer": _("In the footer"),
        "footnotes": _("In a footnote"),
    }
    where = parts.get(place.part) or (_("In %(part)s", part=place.part) if place.part else _("In the file"))
    if place.table:
        cell = _("table %(table)s, row %(row)s, cell %(column)s", table=place.table, row=place.row, column=place.column)
        where = f"{where}, {cell}"
    return f"{where}: «{place.paragraph}»."


def _hint(trouble: Trouble) -> str:
    if trouble.near:
        return _("Is %(near)s meant?", near=trouble.near)
    known = ", ".join(trouble.known)
    return _("Known here: %(known)s.", known=known) if known else ""


#: One sentence a code, made in the language of the reader.
_SENTENCES: Final[dict[Code, Callable[[Trouble], str]]] = {
    Code.NOT_DOCX: lambda _t: _("This is not a Word document. Save the template as .docx and choose it again."),
    Code.DANGEROUS_PART: lambda t: _(
        "The file holds something embedded or attached (%(what)s), which templates may not. Take it out in Word and save the file anew.",
        what=t.name,
    ),
    Code.EXTERNAL: lambda t: _(
        "The file refers to something outside itself: %(address)s. Put the picture into the document itself, or detach the template "
        "it is tied to, and save it anew.",
        address=t.name,
    ),
    Code.FIELD: lambda t: _(
        "The field %(name)s may not stand in a template: fields can read other files or run commands. Take it out. Allowed are: %(known)s.",
        name=t.name,
        known=", ".join(ALLOWED),
    ),
    Code.FIELD_MARKER: lambda t: _(
        "There is a marker in the field “%(field)s”: what it becomes could read other files or run commands. Put the marker into the text.",
        field=t.name,
    ),
    Code.BROKEN_MARKER: lambda t: _(
        "The marker %(marker)s has no beginning or no end. A marker stands in one paragraph, between two pairs of brackets.", marker=t.name
    ),
    Code.LOOSE_BRACES: lambda _t: _("There is a space between two brackets: this is not a marker and will be printed as it is."),
    Code.MARKER_ELSEWHERE: lambda t: _(
        "There is a marker in %(part)s, which is not filled in. Markers stand in the text, headers, footers and footnotes.", part=t.name
    ),
    Code.RAW_MARKER: lambda t: _("The marker %(marker)s would put a value outside a text. Write it without the letter.", marker=t.name),
    Code.OUTSIDE_TABLE: lambda t: _("The marker %(marker)s repeats a row or a cell, but stands outside a table.", marker=t.name),
    Code.TEXT_LOST: lambda t: _(
        "The marker %(marker)s takes the place of its whole paragraph, row or cell: what else is in there would be lost. "
        "Give the marker a paragraph, row or cell of its own.",
        marker=t.name,
    ),
    Code.SECTION_LOST: lambda t: _(
        "The marker %(marker)s stands in the paragraph that ends a section, and the section would be lost with it. "
        "Put an empty paragraph behind it.",
        marker=t.name,
    ),
    Code.SYNTAX: lambda _t: _("The marker cannot be read. Check its brackets, its quotes, and the words between the names."),
    Code.UNKNOWN_TAG: lambda t: _("“%(name)s” is no word of templates, or has nothing to end here: there are for, if, elif, else, endfor, endif.", name=t.name),
    Code.NOT_CLOSED: lambda t: _("What was begun with for or if has no %(name)s.", name=t.name),
    Code.FORBIDDEN: lambda t: _("“%(what)s” is not in the language of templates: there are names, for, if and a few filters.", what=t.name),
    Code.UNKNOWN_NAME: lambda t: _("There is no “%(name)s” here.", name=t.name),
    Code.UNKNOWN_FILTER: lambda t: _("There is no filter “%(name)s”. Known: %(known)s.", name=t.name, known=", ".join(t.known)),
    Code.NOT_A_LIST: lambda t: _("“%(name)s” is no list: there is nothing to repeat for.", name=t.name),
    Code.NOT_A_TEXT: lambda t: _(
        "“%(name)s” is a list or has parts of its own: repeat for each, or name the part to print.", name=t.name
    ),
    Code.NO_SUCH_ROW: lambda t: _("The document has no “%(name)s” to print here. Ask for it with if, or repeat with for.", name=t.name),
    Code.TORN: lambda t: _(
        "With these markers the file would come out torn (%(reason)s). for and endfor, if and endif stand at the same level: "
        "both in one paragraph, both in paragraphs of their own, or both in rows of their own.",
        reason=t.name,
    ),
    Code.TOO_LARGE: lambda _t: _("The document would come out too large. Take loops within loops or large pictures out of the template."),
    Code.TOO_LONG: lambda _t: _("The document was not ready in time and was given up. Take loops within loops out of the template."),
    Code.NOT_USED: lambda t: _("The template does not print “%(name)s”.", name=t.name),
    Code.NO_MARKERS: lambda _t: _("There is no marker in the file: every document would come out the same."),
    Code.FAILED: lambda _t: _("The file could not be made by this template. Open the template in Word, save it anew and upload it again."),
}
