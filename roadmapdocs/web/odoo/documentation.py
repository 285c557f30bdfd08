"""What may be called, told to programs (``/doc-bearer``). The order of parameters is a promise: clients go by it."""

from __future__ import annotations

from roadmapdocs.erp.odoo.catalogue import load
from roadmapdocs.erp.odoo.describing import described
from roadmapdocs.erp.odoo.methods import methods_of
from roadmapdocs.erp.odoo.registry import MODELS, Method, Model, Parameter, model_of
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.tokens import Scope


def model_told(name: str) -> dict[str, object]:
    """One model with its fields and methods.

    :raise Unknown: ``unknown_model``
    """
    load()
    model = model_of(name)
    return {
        "model": model.name,
        "name": _(model.description),
        "doc": _(model.description),
        "fields": {field: described(field, about) for field, about in model.all_fields().items()},
        "methods": {method: _method(model, method, about) for method, about in methods_of(model).items()},
    }


def index_told() -> dict[str, object]:
    """All models, with the names of their fields and methods."""
    load()
    models = [
        {
            "model": model.name,
            "name": _(model.description),
            "fields": {field: {"string": _(about.string)} for field, about in model.all_fields().items()},
            "methods": list(methods_of(model)),
        }
        for model in MODELS.values()
    ]
    return {"modules": ["roadmapdocs"], "models": models}


def _method(model: Model, name: str, method: Method) -> dict[str, object]:
    kinds = ([] if method.records else ["model"]) + (["readonly"] if method.scope is Scope.READ else [])
    shown = ", ".join(signature_part(one) for one in method.parameters)
    return {
        "module": "roadmapdocs",
        "model": model.name,
        "signature": f"{name}({shown})",
        "parameters": {one.name: _parameter(one) for one in method.parameters},
        "doc": _(method.string),
        "api": kinds,
        "return": {},
        "raise": {},
    }


def signature_part(parameter: Parameter) -> str:
    """``limit=None``, as a signature shows an argument."""
    return parameter.name if parameter.required else f"{parameter.name}={parameter.default!r}"


def _parameter(parameter: Parameter) -> dict[str, object]:
    told: dict[str, object] = {"kind": "POSITIONAL_OR_KEYWORD", "annotation": str(parameter.type)}
    if not parameter.required:
        told["default"] = parameter.default
    if parameter.help:
        told["doc"] = _(parameter.help)
    return told
