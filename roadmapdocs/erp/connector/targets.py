"""Records of a live Odoo that documents and items can be linked to: partners, projects, tasks.

They are those that the connector's account may see; whoever may link documents here chooses among them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Final

from roadmapdocs.erp.connector.odoo import Odoo, Refused, Unreachable
from roadmapdocs.erp.connector.pulling import SOURCE
from roadmapdocs.erp.link_rules import Target
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _

#: In the order in which they are offered.
MODELS: Final = ("res.partner", "project.project", "project.task")


class OdooTargets:
    """:class:`roadmapdocs.erp.link_rules.LinkTargets` over a live Odoo; ``opened`` gives the port to it."""

    def __init__(self, opened: Callable[[], Odoo], address: str) -> None:
        self._opened, self._address = opened, address.rstrip("/")

    def search(self, words: str, limit: int) -> Sequence[Target]:
        """
        :raise Refusal: ``odoo_away`` if it does not answer
        """
        domain = [["display_name", "ilike", words]] if words else []
        return list(islice(self._found(MODELS, domain, limit), limit))

    def get(self, model: str, external: str) -> Target | None:
        """
        :raise Refusal: ``odoo_away``
        """
        if model not in MODELS or not external.isascii() or not external.isdecimal():
            return None
        return next(self._found([model], [["id", "=", int(external)]], 1), None)

    def _found(self, models: Sequence[str], domain: Sequence[object], limit: int) -> Iterator[Target]:
        try:
            odoo = self._opened()
            for model in models:
                if "display_name" not in odoo.fields(model):
                    continue  # not installed there, or not open to the account
                for row in odoo.search_read(model, domain, ["id", "display_name"], limit=limit):
                    title = _title(model, str(row["display_name"]))
                    address = f"{self._address}/web#id={row['id']}&model={model}&view_type=form"
                    yield Target(SOURCE, model, str(row["id"]), title, address)
        except Unreachable as problem:
            raise Refusal("odoo_away", _("Odoo does not answer now, so its records cannot be shown. Try again later.")) from problem
        except Refused as problem:
            sentence = _("Odoo shows no records to the registry: %(problem)s. Tell the administrator.", problem=problem)
            raise Refusal("odoo_away", sentence) from problem


def _title(model: str, name: str) -> str:
    if model == "res.partner":
        return _("Partner: %(name)s", name=name)
    return _("Project: %(name)s", name=name) if model == "project.project" else _("Task: %(name)s", name=name)
