"""The services that XML-RPC and JSON-RPC share: ``common``, ``object`` and ``db``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from roadmapdocs.erp.odoo.calls import call
from roadmapdocs.erp.odoo.errors import Denied, Invalid, Unknown
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.odoo import asking

#: Clients take their way by the first number: this is the branch whose names and arguments we have.
SERIES: Final = "18.0"
SERVER_VERSION: Final = f"{SERIES}+roadmapdocs"
VERSION_INFO: Final = (18, 0, 0, "final", 0, "")
_WRONG: Final = "wrong_credentials"


def version() -> dict[str, object]:
    return {
        "server_version": SERVER_VERSION,
        "server_version_info": list(VERSION_INFO),
        "server_serie": SERIES,
        "protocol_version": 1,
    }


def serve(protocol: str, service: object, method: object, args: object) -> object:
    """Carry out a call of a service.

    :raise Unknown: ``unknown_service``, ``unknown_method``
    :raise Refusal: as :func:`roadmapdocs.erp.odoo.calls.call`
    """
    if not isinstance(args, (list, tuple)):
        raise Invalid("arguments", _("The arguments of a call are a list."))
    if service == "common":
        return _common(protocol, method, args)
    if service == "object":
        return _object(protocol, method, args)
    if service == "db":
        return _db(method)
    raise Unknown("unknown_service", _("There is no service %(name)s. Known: common, object, db.", name=str(service)[:40]))


def _common(protocol: str, method: object, args: Sequence[Any]) -> object:
    if method == "version":
        return version()
    if method in ("login", "authenticate"):
        _check_count("common", method, args, least=3, most=4)
        asking.check_database(args[0])
        try:
            return asking.signed_in(protocol, args[1], args[2]).user.id
        except Denied as refusal:
            # Clients ask for a number and take False for "no"; why a right secret does not open is told all the same.
            if refusal.code == _WRONG:
                return False
            raise
    raise _no_method("common", method)


def _object(protocol: str, method: object, args: Sequence[Any]) -> object:
    if method not in ("execute", "execute_kw"):
        raise _no_method("object", method)
    _check_count("object", method, args, least=5, most=7 if method == "execute_kw" else None)
    database, uid, secret, model, name, *more = args
    asking.check_database(database)
    bearer = asking.caller(uid, secret)
    by_place: object = more
    by_name: object = {}
    if method == "execute_kw":
        by_place, by_name = ([*more, [], {}])[:2] if not more else ([*more, {}])[:2]
    return call(bearer, asking.office(), protocol=protocol, model=model, method=name, args=by_place, kwargs=by_name)


def _db(method: object) -> object:
    if method == "server_version":
        return SERVER_VERSION
    raise Denied("database_service", _("Databases are not listed and not managed from outside."))


def _check_count(service: str, method: object, args: Sequence[Any], *, least: int, most: int | None) -> None:
    if len(args) < least or (most is not None and len(args) > most):
        sentence = _("%(name)s takes other arguments: at least %(least)s.", name=f"{service}.{method}", least=least)
        raise Invalid("arguments", sentence)


def _no_method(service: str, method: object) -> Unknown:
    return Unknown("unknown_method", _("There is no method %(name)s.", name=f"{service}.{str(method)[:60]}"))
