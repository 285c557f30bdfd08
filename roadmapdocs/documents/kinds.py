"""Kinds of documents as data: shipped rows, and what administrators make of them."""

from __future__ import annotations

import datetime as dt
import functools
import re
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, Final

from roadmapdocs.access.rules import Action, require
from roadmapdocs.audit.operations import record
from roadmapdocs.cases.models import Retention
from roadmapdocs.db import transaction
from roadmapdocs.documents.fields import check_fields
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.workflows import catalogue
from roadmapdocs.errors import ConfigurationError, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor
from roadmapdocs.workflow.rules import Line

_CODE = re.compile(r"[a-z][a-z0-9_]{0,31}")
CASE_FORMS = ("gen", "dat", "acc", "ins", "pre")


#: Kinds that plug-ins add, as rows of the file of ours.
ADDED: Final[dict[str, Mapping[str, Any]]] = {}
_NEEDED: Final = ("name", "short", "gender", "expected")


@functools.cache
def shipped() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files("roadmapdocs.documents") / "kinds.toml").read_text(encoding="utf-8"))


def load_kinds() -> int:
    """Add the kinds that we ship and the table lacks; give how many were added. Rows of the office stay as they are.

    Rows made before kinds had a group get what has been added to kinds since.
    """
    retentions = {row.code: row.id for row in Retention.select()}
    with transaction():
        known = {kind.code: kind for kind in Kind.select()}
        missing = 0
        for place, (code, row) in enumerate([*shipped().items(), *ADDED.items()], start=1):
            values = {**row, "retention": retentions.get(row.get("retention", ""))}
            if code not in known:
                Kind.create(code=code, position=place, **values)
                missing += 1
            elif not known[code].group:
                since = {name: value for name, value in values.items() if name not in ("name", "short", "gender", "expected")}
                Kind.update(since).where(Kind.code == code).execute()
        Kind.update(group="other").where(Kind.group == "").execute()
    return missing


def check_row(code: str, row: Mapping[str, Any], place: str) -> None:
    """
    :raise ConfigurationError: naming ``place``, the key and what is wrong, where a row cannot become a kind
    """
    if not _CODE.fullmatch(code):
        raise ConfigurationError(f"{place}: kind {code!r}: a code is Latin small letters, digits and _")
    columns = set(Kind._meta.fields) - {"id", "code", "position"}
    for key in row:
        if key not in columns:
            raise ConfigurationError(f"{place}: kind {code!r}: unknown key {key!r}; known: {', '.join(sorted(columns))}")
    for key in _NEEDED:
        if not str(row.get(key, "")).strip():
            raise ConfigurationError(f"{place}: kind {code!r}: {key!r} is missing")
    try:
        check_fields(row.get("fields", []))
    except Refusal as refusal:
        raise ConfigurationError(f"{place}: kind {code!r}: {refusal.message}") from refusal


def keep_kind(kind: Kind | None, values: Mapping[str, Any], *, by: Actor, now: dt.datetime) -> Kind:
    """Add a kind, or change one; documents keep the workflow they began with.

    :raise Forbidden: if the actor does not keep the registry
    :raise Refusal: with ``field`` in the details: ``code``, ``name``, ``fields`` or ``workflows``
    """
    require(by, Action.MANAGE_REGISTRY)
    _check(kind, values)
    with transaction():
        if Kind.select().where((Kind.code == values["code"]) & (Kind.id != (kind.id if kind else 0))).exists():
            raise Refusal("code_taken", _("A kind with this code is there already. Choose another."), field="code")
        if kind is None:
            last = Kind.select(Kind.position).order_by(Kind.position.desc()).limit(1).scalar() or 0
            kept = Kind.create(position=last + 1, **values)
        else:
            Kind.update(dict(values)).where(Kind.id == kind.id).execute()
            kept = Kind.get_by_id(kind.id)
        effect = {name: getattr(value, "id", value) for name, value in values.items()}
        record("kind_kept", subject=kept, effect=effect, by=by, now=now)
    return kept


def _check(kind: Kind | None, values: Mapping[str, Any]) -> None:
    if not _CODE.fullmatch(str(values["code"])):
        raise Refusal("code", _("A code is Latin small letters, digits and _. Correct it."), field="code")
    if kind is not None and kind.code != values["code"] and Document.select().where(Document.kind == kind).exists():
        raise Refusal("code", _("There are documents of this kind: its code stays."), field="code")
    for name in ("name", "short", "expected"):
        if not str(values[name]).strip():
            raise Refusal("name", _("Fill this in."), field=name)
    check_fields(values["fields"])
    try:
        catalogue().workflow({Line(line): code for line, code in values["workflows"].items()})
    except (ConfigurationError, ValueError) as problem:
        raise Refusal("workflows", str(problem), field="workflows") from problem
