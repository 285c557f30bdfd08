"""Pages of the ERP: the first one, partners, the board of a project, a task."""

from __future__ import annotations

from typing import Any

import peewee as pw
from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for

from tests.host_erp.access import ADMIN, EVERYONE, OFFICE, PROJECTS, may, my_groups, needs
from tests.host_erp.models import Employee, Group, Partner, Permission, Project, Stage, Task

ROW = "int(max=2147483647)"

blueprint = Blueprint("erp", __name__, template_folder="templates", static_folder="static", static_url_path="/erp-static")


def of_modules(kind: str, external: int) -> list[str]:
    """What modules have to say on the page of a record: ready pieces of markup."""
    return [panel(kind, str(external)) for panel in current_app.extensions["erp"].panels]


@blueprint.app_context_processor
def menu() -> dict[str, Any]:
    """For every template of the ERP: its own menu, with that of the modules."""
    own = [("Главная", "erp.home", True), ("Контрагенты", "erp.partners", may(OFFICE, PROJECTS))]
    own += [("Проекты", "erp.projects", may(EVERYONE)), ("Справочники", "admin.index", may(OFFICE, PROJECTS))]
    own += [("Модули", "erp.modules", may(ADMIN))]
    state = current_app.extensions["erp"]
    theirs = [(one.title, one.endpoint, state.may(module, one.permission)) for module in state.modules for one in module.menu]
    return {"erp_menu": [(title, url_for(endpoint)) for title, endpoint, open_ in own + theirs if open_]}


@blueprint.get("/")
@needs(EVERYONE)
def home() -> Any:
    late = Task.select(Task, Project).join(Project).switch(Task).join(Stage)
    late = late.where(~Stage.closes & (Task.deadline < current_app.extensions["erp"].today())).order_by(Task.deadline)
    return render_template("erp/home.html", late=list(late.limit(20)), modules=current_app.extensions["erp"].modules)


@blueprint.get("/partners/")
@needs(OFFICE, PROJECTS)
def partners() -> Any:
    words = request.args.get("q", "")[:100].split()
    rows = Partner.select().where(Partner.active).order_by(Partner.name)
    found = [one for one in rows if all(word.casefold() in one.name.casefold() for word in words)]
    return render_template("erp/partners.html", partners=found[:200], q=" ".join(words))


@blueprint.get(f"/partners/<{ROW}:number>")
@needs(OFFICE, PROJECTS)
def partner(number: int) -> Any:
    one = Partner.get_or_none(Partner.id == number) or abort(404)
    return render_template("erp/partner.html", partner=one, panels=of_modules("partner", one.id))


@blueprint.get("/projects/")
@needs(EVERYONE)
def projects() -> Any:
    rows = Project.select(Project, Employee).join(Employee, pw.JOIN.LEFT_OUTER).where(Project.active).order_by(Project.name)
    return render_template("erp/projects.html", projects=list(rows))


@blueprint.get(f"/projects/<{ROW}:number>")
@needs(EVERYONE)
def board(number: int) -> Any:
    project = Project.get_or_none(Project.id == number) or abort(404)
    stages = list(Stage.select().order_by(Stage.position))
    tasks = Task.select(Task, Employee).join(Employee, pw.JOIN.LEFT_OUTER).where(Task.project == project)
    columns = [(stage, [task for task in tasks.order_by(Task.deadline, Task.id) if task.stage_id == stage.id]) for stage in stages]
    return render_template("erp/board.html", project=project, columns=columns)


@blueprint.get(f"/tasks/<{ROW}:number>")
@needs(EVERYONE)
def task(number: int) -> Any:
    one = Task.get_or_none(Task.id == number) or abort(404)
    stages = list(Stage.select().order_by(Stage.position))
    return render_template("erp/task.html", task=one, stages=stages, panels=of_modules("task", one.id), may_move=may(PROJECTS))


@blueprint.post(f"/tasks/<{ROW}:number>/stage")
@needs(PROJECTS)
def move(number: int) -> Any:
    one = Task.get_or_none(Task.id == number) or abort(404)
    asked = request.form.get("stage", "")
    stage = Stage.get_or_none(Stage.id == int(asked)) if asked.isascii() and asked.isdecimal() and len(asked) < 9 else None
    if stage is None:
        abort(404)
    Task.update(stage=stage).where(Task.id == one.id).execute()
    flash(f"Задача теперь в колонке «{stage}».")
    return redirect(url_for("erp.task", number=one.id))


@blueprint.route("/modules", methods=["GET", "POST"])
@needs(ADMIN)
def modules() -> Any:
    """Which group of the ERP may do what in a module."""
    installed = current_app.extensions["erp"].modules
    groups = list(Group.select().order_by(Group.id))
    if request.method == "POST":
        keep_permissions(installed, groups, set(request.form.getlist("may")))
        flash("Права в модулях сохранены.")
        return redirect(url_for("erp.modules"))
    given = {(row.module, row.code, row.group_id) for row in Permission.select()}
    return render_template("erp/modules.html", modules=installed, groups=groups, given=given, mine=my_groups())


def keep_permissions(installed: Any, groups: list[Group], ticked: set[str]) -> None:
    """``ticked`` are ``module:code:group`` as the page's boxes are called; what names nothing is passed over."""
    with Permission._meta.database.atomic():
        for module in installed:
            Permission.delete().where(Permission.module == module.name).execute()
            for one in module.permissions:
                for group in groups:
                    if f"{module.name}:{one.code}:{group.code}" in ticked:
                        Permission.create(module=module.name, code=one.code, group=group)
