"""``roadmapdocs decline``."""

from __future__ import annotations

import click

from roadmapdocs.russian.cases import Case
from roadmapdocs.russian.names import FullName
from roadmapdocs.russian.names import decline as declined
from roadmapdocs.web.console import json_option, print_json


@click.command()
@click.argument("name")
@click.option("--gender", type=click.Choice(["m", "f"]), help="Where neither patronymic nor first name tells it.")
@json_option
def decline(name: str, gender: str | None, as_json: bool) -> None:
    """Give a name in all cases, such as "Левченко Светлана Сергеевна", and with initials."""
    read = FullName.read(name, gender)
    forms = {case: declined(read, case) for case in Case}
    if as_json:
        print_json(
            {
                "name": read.full,
                "gender": read.gender,
                "full": {str(case): form.full for case, form in forms.items()},
                "initials_before": {str(case): form.initials_before for case, form in forms.items()},
                "initials_after": {str(case): form.initials_after for case, form in forms.items()},
            }
        )
        return
    for case, form in forms.items():
        click.echo("\t".join([case, form.full, form.initials_before, form.initials_after]))
