"""All models that are published, read once a process."""

from __future__ import annotations

import importlib
from functools import cache

from roadmapdocs.erp.odoo import models
from roadmapdocs.erp.odoo.registry import publish


@cache
def load() -> None:
    """Publish the models of each module that :data:`roadmapdocs.erp.odoo.models.NAMES` names."""
    for name in models.NAMES:
        publish(importlib.import_module(f"{models.__name__}.{name}").MODELS)
