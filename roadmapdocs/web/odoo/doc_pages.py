"""``/doc``: models, fields and methods for people who write programs, as far as their own rights go."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, abort, url_for

from roadmapdocs.access.rules import may
from roadmapdocs.erp.odoo.catalogue import load
from roadmapdocs.erp.odoo.fields import Write
from roadmapdocs.erp.odoo.methods import methods_of
from roadmapdocs.erp.odoo.registry import MODELS, Method, Model
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor
from roadmapdocs.people.tokens import Scope
from roadmapdocs.web import pages
from roadmapdocs.web.context import actor
from roadmapdocs.web.odoo.documentation import signature_part

blueprint = Blueprint("roadmapdocs_odoo_doc", __name__)


@dataclass(frozen=True, slots=True)
class ModelRow:
    """A model in the list, and what whoever looks may do with its records."""

    name: str
    title: str
    url: str
    does: str


@dataclass(frozen=True, slots=True)
class FieldRow:
    name: str
    title: str
    type: str
    given: str
    help: str


@dataclass(frozen=True, slots=True)
class MethodRow:
    signature: str
    title: str
    scope: str
    own: bool


@blueprint.get("/doc")
def index() -> str:
    who = actor()
    load()
    rows = [
        ModelRow(one.name, _(one.description), url_for("roadmapdocs_odoo_doc.model", name=one.name), ", ".join(_does(one, who)))
        for one in MODELS.values()
    ]
    return pages.render("odoo_doc.html", models=rows)


@blueprint.get("/doc/<name>")
def model(name: str) -> str:
    who = actor()
    load()
    found = MODELS.get(name)
    if found is None:
        abort(404)
    return pages.render(
        "odoo_model.html",
        model=ModelRow(found.name, _(found.description), "", ", ".join(_does(found, who))),
        fields=[_field(key, found) for key in found.all_fields()],
        methods=[_method(key, one, found) for key, one in methods_of(found).items()],
        back=url_for("roadmapdocs_odoo_doc.index"),
    )


def _does(model: Model, who: Actor) -> list[str]:
    """What programs may do with the model's records in that person's name."""
    words = {"create": _("make"), "write": _("change"), "unlink": _("remove")}
    operations = {"create": model.create, "write": model.write, "unlink": model.unlink}
    allowed = [name for name, run in operations.items() if run and (name not in model.access or may(who, model.access[name]))]
    return [_("read"), *(words[name] for name in allowed)]


def _field(name: str, model: Model) -> FieldRow:
    field = model.all_fields()[name]
    words = {Write.NEVER: "", Write.CREATE: _("to a new record"), Write.ALWAYS: _("always")}
    kind = f"{field.type} → {field.relation}" if field.relation else str(field.type)
    return FieldRow(name, _(field.string), kind, words[field.write], _(field.help) if field.help else "")


def _method(name: str, method: Method, model: Model) -> MethodRow:
    parts = [*(["ids"] if method.records else []), *(signature_part(one) for one in method.parameters)]
    scope = _("reads") if method.scope is Scope.READ else _("changes")
    return MethodRow(f"{name}({', '.join(parts)})", _(method.string), scope, name in model.methods)
