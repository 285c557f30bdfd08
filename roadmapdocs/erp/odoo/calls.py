"""One call of a client, whatever the protocol: allowed, carried out in one transaction, entered in the journal."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from roadmapdocs.audit.operations import record
from roadmapdocs.db import transaction
from roadmapdocs.erp.odoo.arguments import converted, given
from roadmapdocs.erp.odoo.catalogue import load
from roadmapdocs.erp.odoo.context import Context, Env, Office, context_of
from roadmapdocs.erp.odoo.errors import Invalid, Unknown
from roadmapdocs.erp.odoo.methods import method_of
from roadmapdocs.erp.odoo.plain import check_plain, without_none
from roadmapdocs.erp.odoo.reading import require_existing
from roadmapdocs.erp.odoo.registry import Method, Model, model_of
from roadmapdocs.errors import Forbidden, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import use_language
from roadmapdocs.people.tokens import Bearer, Scope

_LONGEST_NAME = 80
#: Arguments by place, and by name.
_Sent = tuple[Sequence[Any], Mapping[str, Any]]


@dataclass(slots=True)
class Call:
    """What is being asked, as the journal tells it; ``count`` of the records is known once the arguments are read."""

    protocol: str
    model: str
    method: str
    count: int = 0

    def effect(self, result: str) -> dict[str, object]:
        """Of a call that ended so: "done", or the code of the refusal."""
        model, method = self.model[:_LONGEST_NAME], self.method[:_LONGEST_NAME]
        return {"protocol": self.protocol, "model": model, "method": method, "count": self.count, "result": result}


def call(
    bearer: Bearer,
    office: Office,
    *,
    protocol: str,
    model: object,
    method: object,
    args: object = (),
    kwargs: object = None,
) -> object:
    """Call a published method of a published model; give its result as plain JSON without nulls.

    A method that changes something runs in one transaction with its entry in the journal. One that only reads holds no
    other up, and is entered when it is done. A refusal is entered, too, after what was begun has been taken back.

    :raise Refusal: as :func:`roadmapdocs.erp.odoo.errors.told` translates them
    """
    load()
    asked = Call(protocol, str(model), str(method))
    with use_language(_context(kwargs).language):
        try:
            return _carried_out(bearer, office, asked, _published(model, method), _sent(args, kwargs))
        except Refusal as refusal:
            journal(bearer, office, asked, refusal.code)
            raise
        except RecursionError as problem:
            journal(bearer, office, asked, "arguments")
            raise Invalid("arguments", _("The data are nested too deep. Send them in parts.")) from problem
        except Exception:
            journal(bearer, office, asked, "failed")
            raise


def _carried_out(bearer: Bearer, office: Office, asked: Call, published: tuple[Model, Method], sent: _Sent) -> object:
    model, method = published
    bearer.require(method.scope)
    with contextlib.nullcontext() if method.scope is Scope.READ else transaction():
        result = _run(Env(bearer.actor, office), model, method, asked, sent)
        journal(bearer, office, asked, "done")
    return result


def journal(bearer: Bearer, office: Office, asked: Call, result: str) -> None:
    """One entry for a call, about the account that made it."""
    record("api_called", subject=bearer.user, effect=asked.effect(result), by=bearer.actor, now=office.now)


def _sent(args: object, kwargs: object) -> _Sent:
    """
    :raise Invalid: ``arguments`` unless they are a list and an object
    """
    if kwargs is None or kwargs is False:
        kwargs = {}
    if not isinstance(args, (list, tuple)) or not isinstance(kwargs, Mapping):
        raise Invalid("arguments", _("Arguments by place are a list, arguments by name an object."))
    return args, kwargs


def _context(kwargs: object) -> Context:
    """The context for the language of what is told; whether it can be read at all is found out later."""
    value = kwargs.get("context") if isinstance(kwargs, Mapping) else None
    return context_of(value) if isinstance(value, dict) and all(isinstance(name, str) for name in value) else Context()


def _published(model_name: object, method_name: object) -> tuple[Model, Method]:
    """
    :raise Forbidden: ``private_method``
    :raise Unknown: ``unknown_model``, ``unknown_method``
    """
    model = model_of(model_name)
    if not isinstance(method_name, str):
        raise Unknown("unknown_method", _("The name of a method is a text."))
    if method_name.startswith("_"):
        sentence = _("Methods such as %(method)s are private. Published ones are listed at /doc.", method=method_name[:100])
        raise Forbidden("private_method", sentence)
    method = method_of(model, method_name)
    if method is None:
        sentence = _("%(model)s has no method %(method)s. Published ones are listed at /doc.", model=model.name, method=method_name[:100])
        raise Unknown("unknown_method", sentence, model=model.name)
    return model, method


def _run(env: Env, model: Model, method: Method, asked: Call, sent: _Sent) -> object:
    check_plain(sent)
    found = given(asked.method, method, *sent)
    asked.count = len(found.ids)
    if asked.method == "create":
        made = found.named.get("vals_list")
        asked.count = len(made) if isinstance(made, (list, tuple)) else 1
    env = dataclasses.replace(env, context=context_of(found.context))
    if method.records and asked.method in model.methods:
        require_existing(model, found.ids, env)
    return without_none(method.run(found.ids, env, **converted(method, found.named, env)))
