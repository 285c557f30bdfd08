"""What a host lends, so that people can link to its records."""

from __future__ import annotations

from typing import cast

from flask import Flask, current_app

from roadmapdocs.erp.link_rules import LinkTargets

NAME = "roadmapdocs_link_targets"


def use_targets(app: Flask, targets: LinkTargets) -> None:
    """From now on, people of this application choose among these records; before or after the registry is mounted."""
    app.extensions[NAME] = targets


def targets() -> LinkTargets | None:
    """Those of this application; None where there is nothing to choose from."""
    return cast(LinkTargets | None, current_app.extensions.get(NAME))
