"""What programs ask of any Odoo: which models and fields there are, and a few settings that are no secret."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from typing import Any, Final

from roadmapdocs.erp.odoo.context import LOCALES, Env
from roadmapdocs.erp.odoo.fields import Field, Pairs, Type, Write, lazy
from roadmapdocs.erp.odoo.registry import MODELS as PUBLISHED
from roadmapdocs.erp.odoo.registry import Method, Model, Parameter
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import language
from roadmapdocs.people.tokens import Scope

#: Fields of a model have ids from its own on.
_STRIDE: Final = 1_000


def _models(_env: Env) -> Sequence[Mapping[str, Any]]:
    return [
        {
            "id": place,
            "model": name,
            "name": _(one.description),
            "state": "base",
            "transient": False,
            "field_id": [place * _STRIDE + number for number, _name in enumerate(one.all_fields())],
        }
        for place, (name, one) in enumerate(PUBLISHED.items(), start=1)
    ]


def _fields(_env: Env) -> Sequence[Mapping[str, Any]]:
    return list(_told())


def _told() -> Iterator[Mapping[str, Any]]:
    for place, (model, one) in enumerate(PUBLISHED.items(), start=1):
        for number, (name, field) in enumerate(one.all_fields().items()):
            yield {
                "id": place * _STRIDE + number,
                "display_name": f"{_(field.string)} ({model})",
                "name": name,
                "model": model,
                "model_id": place,
                "field_description": _(field.string),
                "help": _(field.help) if field.help else "",
                "ttype": str(field.type),
                "relation": field.relation,
                "relation_field": field.relation_field,
                "required": field.required,
                "readonly": field.write is Write.NEVER,
                "store": field.column is not None,
            }


def _types() -> Pairs:
    return [(str(one), str(one)) for one in Type]


IR_MODEL: Final = Model(
    name="ir.model",
    description=lazy("Model"),
    listed=_models,
    display=Field(Type.CHAR, lazy("Name")),
    fields={
        "model": Field(Type.CHAR, lazy("Name for programs")),
        "name": Field(Type.CHAR, lazy("Name")),
        "state": Field(Type.SELECTION, lazy("Type"), selection=(("base", "Base"),)),
        "transient": Field(Type.BOOLEAN, lazy("Passing")),
        "field_id": Field(Type.ONE2MANY, lazy("Fields"), relation="ir.model.fields", relation_field="model_id"),
    },
)

IR_FIELD: Final = Model(
    name="ir.model.fields",
    description=lazy("Field"),
    listed=_fields,
    display=Field(Type.CHAR, lazy("Name")),
    fields={
        "name": Field(Type.CHAR, lazy("Name for programs")),
        "model": Field(Type.CHAR, lazy("Model")),
        "model_id": Field(Type.MANY2ONE, lazy("Model as a record"), relation="ir.model"),
        "field_description": Field(Type.CHAR, lazy("Name")),
        "help": Field(Type.TEXT, lazy("Help")),
        "ttype": Field(Type.SELECTION, lazy("Type"), selection=_types),
        "relation": Field(Type.CHAR, lazy("Related model")),
        "relation_field": Field(Type.CHAR, lazy("Field that points back")),
        "required": Field(Type.BOOLEAN, lazy("Required")),
        "readonly": Field(Type.BOOLEAN, lazy("Not written")),
        "store": Field(Type.BOOLEAN, lazy("Stored")),
    },
)


def _settings(env: Env) -> dict[str, str]:
    """The whole of what is told: no path, no address of a base, no secret."""
    return {
        "web.base.url": env.office.url,
        "roadmapdocs.version": version("roadmapdocs"),
        "roadmapdocs.language": LOCALES[language()],
        "roadmapdocs.timezone": env.office.zone,
    }


def _parameters(env: Env) -> Sequence[Mapping[str, Any]]:
    told = enumerate(_settings(env).items(), start=1)
    return [{"id": number, "display_name": key, "key": key, "value": value} for number, (key, value) in told]


def _get_param(_ids: Sequence[int], env: Env, key: str, default: str = "") -> str:
    return _settings(env).get(key, default)


PARAMETER: Final = Model(
    name="ir.config_parameter",
    description=lazy("Setting"),
    listed=_parameters,
    display=Field(Type.CHAR, lazy("Key")),
    fields={"key": Field(Type.CHAR, lazy("Key")), "value": Field(Type.TEXT, lazy("Value"))},
    methods={
        "get_param": Method(
            _get_param,
            lazy("A setting by its key"),
            (Parameter("key", required=True), Parameter("default", default="")),
            scope=Scope.READ,
            records=False,
        )
    },
)
MODELS = (IR_MODEL, IR_FIELD, PARAMETER)
