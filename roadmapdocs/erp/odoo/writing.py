"""Changing records: what a client gives is checked by the fields, and handed to the operations of the model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from roadmapdocs.erp.odoo import values
from roadmapdocs.erp.odoo.commands import Command, What, not_here, parse_commands
from roadmapdocs.erp.odoo.context import Env
from roadmapdocs.erp.odoo.domain_columns import field_of
from roadmapdocs.erp.odoo.errors import Invalid
from roadmapdocs.erp.odoo.fields import LISTS, Field, Type, Write, values_of
from roadmapdocs.erp.odoo.reading import missing_records, require_existing, search
from roadmapdocs.erp.odoo.registry import Model, model_of
from roadmapdocs.errors import Forbidden
from roadmapdocs.i18n import gettext as _

MOST_CREATED: Final = 1_000
MOST_CHANGED: Final = 1_000
_DEEPEST: Final = 5


def create(model: Model, given: object, env: Env) -> int:
    """Make one record and give its id. What is not given comes from the context's ``default_<field>``.

    :raise Forbidden: ``not_here`` if records of the model are not made by programs
    :raise Invalid: naming the field that is unknown, not to be given, missing or not right
    """
    if model.create is None:
        raise refused(model, "create")
    asked = _named(given)
    defaults = {name: one for name, one in env.context.defaults.items() if name in values_of(model.fields, Write.CREATE)}
    plain, lists = _checked(model, {**(defaults if _depth(env) == 0 else {}), **asked}, Write.CREATE, env)
    missing = [name for name, field in model.fields.items() if field.required and plain.get(name) is None and _given(field)]
    if missing:
        raise Invalid("required", _("%(model)s needs %(names)s.", model=model.name, names=", ".join(missing)), fields_missing=missing)
    made = model.create(plain, env)
    _apply(model, made, lists, env)
    return made


def write(model: Model, ids: Sequence[int], given: object, env: Env) -> None:
    """Change records that are there for the actor.

    :raise NotFound: ``no_record``
    :raise Forbidden: ``not_here``
    :raise Invalid: as :func:`create`
    """
    if model.write is None:
        raise refused(model, "write")
    _check_number(ids, MOST_CHANGED)
    plain, lists = _checked(model, _named(given), Write.ALWAYS, env)
    emptied = [name for name, one in plain.items() if one is None and model.fields[name].required]
    if emptied:
        raise Invalid("required", _("%(model)s needs %(names)s.", model=model.name, names=", ".join(emptied)), fields_missing=emptied)
    require_existing(model, ids, env)
    for one in dict.fromkeys(ids):
        if plain:
            model.write(one, plain, env)
        _apply(model, one, lists, env)


def unlink(model: Model, ids: Sequence[int], env: Env) -> None:
    """
    :raise NotFound: ``no_record``
    :raise Forbidden: ``not_here``
    """
    if model.unlink is None:
        raise refused(model, "unlink")
    _check_number(ids, MOST_CHANGED)
    require_existing(model, ids, env)
    for one in dict.fromkeys(ids):
        model.unlink(one, env)


def refused(model: Model, what: str) -> Forbidden:
    sentences = {
        "create": _("Records of %(model)s are not made this way.", model=model.name),
        "write": _("Records of %(model)s are not changed this way.", model=model.name),
        "unlink": _("Records of %(model)s are not removed: what is done is told by its methods.", model=model.name),
        "copy": _("Records of %(model)s are not copied: a document has one number and one date.", model=model.name),
    }
    return Forbidden("not_here", sentences[what], model=model.name, what=what)


def apply_to_children(name: str, pointing: str, parent: int, commands: Sequence[Command], env: Env) -> None:
    """Carry out commands on lines of the model ``name`` that point at ``parent`` by their field ``pointing``."""
    child, depth = model_of(name), _depth(env)
    if depth >= _DEEPEST:
        raise Invalid("command", _("Lines are nested too deep in this call. Send them in parts."))
    env.kept["depth"] = depth + 1
    try:
        for one in commands:
            if one.what is What.CREATE:
                create(child, {**one.values, pointing: parent}, env)
            elif one.what in {What.UPDATE, What.DELETE}:
                if one.id not in _lines(child, pointing, parent, env):
                    raise missing_records(child, [one.id])
                if one.what is What.UPDATE:
                    write(child, [one.id], one.values, env)
                else:
                    unlink(child, [one.id], env)
            elif one.what is What.LINK and one.id in _lines(child, pointing, parent, env):
                continue
            else:
                raise not_here(one.what)
    finally:
        env.kept["depth"] = depth


def _lines(child: Model, pointing: str, parent: int, env: Env) -> list[int]:
    domain: list[object] = [[pointing, "=", parent]]
    if "active" in child.fields:
        domain.append(["active", "in", [True, False]])
    return search(child, domain, env)


def _depth(env: Env) -> int:
    """How deep lines of lines of the call are being written."""
    return int(env.kept.get("depth", 0))


def _check_number(ids: Sequence[int], most: int) -> None:
    if len(ids) > most:
        raise Invalid("too_many", _("One call changes up to %(most)s records. Send them in parts.", most=most))


def _given(field: Field) -> bool:
    return field.write is not Write.NEVER and field.type not in LISTS and field.default is None and field.type is not Type.BOOLEAN


def _named(given: object) -> Mapping[str, Any]:
    if not isinstance(given, Mapping) or not all(isinstance(name, str) for name in given):
        raise Invalid("values", _("The values of a record are an object with the names of its fields."))
    return given


def _checked(
    model: Model, given: Mapping[str, Any], way: Write, env: Env
) -> tuple[dict[str, Any], dict[str, tuple[Command, ...]]]:
    """The values by fields, as Python has them, and apart from them the lists whose fields carry commands out."""
    plain: dict[str, Any] = {}
    lists: dict[str, tuple[Command, ...]] = {}
    ways = values_of(model.fields, way)
    for name, value in given.items():
        field = field_of(model, name)
        if name not in ways:
            raise _not_given(model, name, field)
        if field.type in LISTS:
            commands = parse_commands(name, value)
            if field.apply is None:
                plain[name] = commands
            else:
                lists[name] = commands
            continue
        plain[name] = values.from_wire(name, field, value)
        if field.type is Type.MANY2ONE and plain[name] is not None:
            require_existing(model_of(field.relation), [plain[name]], env)
    return plain, lists


def _not_given(model: Model, name: str, field: Field) -> Invalid:
    if field.write is Write.CREATE:
        sentence = _("“%(name)s” of %(model)s is given to a new record only and stays.", name=name, model=model.name)
    else:
        sentence = _("“%(name)s” of %(model)s is not written: it follows from the rest.", name=name, model=model.name)
    return Invalid("readonly", sentence, field=name, model=model.name)


def _apply(model: Model, record: int, lists: Mapping[str, tuple[Command, ...]], env: Env) -> None:
    for name, commands in lists.items():
        apply = model.fields[name].apply
        assert apply is not None  # what _checked has looked at
        apply(record, commands, env)
