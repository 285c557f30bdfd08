"""The people of a made-up office, as the ERP knows them."""

from __future__ import annotations

import datetime as dt

from tests.host_erp import access, models
from tests.host_erp.sign_in import set_password

PASSWORD = "лодка-у-причала-4"

#: Login, groups, department, surname, name, patronymic, gender, job, heads.
PEOPLE = (
    ("admin", (access.ADMIN,), "ОИТ", "Юдин", "Павел", "Андреевич", "m", "системный администратор", False),
    ("ilina", (access.OFFICE,), "ОД", "Ильина", "Вера", "Петровна", "f", "делопроизводитель", False),
    ("gromov", (access.HEADS,), "УО", "Громов", "Олег", "Игоревич", "m", "начальник управления", True),
    ("lapina", (access.PROJECTS,), "ОД", "Лапина", "Нина", "Юрьевна", "f", "главный специалист", True),
    ("sorokina", (), "ОД", "Сорокина", "Анна", "Львовна", "f", "методист", False),
)
DEPARTMENTS = (("УО", "Управление образования", None), ("ОД", "Отдел документов", "УО"), ("ОИТ", "Отдел связи", "УО"))
PARTNERS = (("ООО «Книжный двор»", "7700000001"), ("Районная библиотека имени Бажова", "7700000002"))
TASKS = (
    ("Провести смотр школьных библиотек", "В работе", dt.date(2026, 5, 15)),
    ("Собрать заявки школ", "Новые", dt.date(2026, 2, 1)),
)


def furnish() -> None:
    """Into empty tables, within a connection."""
    company = models.Company.create(
        name="Управление образования Заречного района",
        short_name="УО Заречного района",
        genitive="Управления образования Заречного района",
        place="г. Заречный",
    )
    departments: dict[str, models.Department] = {}
    for abbreviation, name, above in DEPARTMENTS:
        departments[abbreviation] = models.Department.create(
            company=company, name=name, abbreviation=abbreviation, parent=departments.get(above or "")
        )
    for login, groups, where, surname, name, patronymic, gender, job, heads in PEOPLE:
        employee = models.Employee.create(
            department=departments[where],
            surname=surname,
            name=name,
            patronymic=patronymic,
            gender=gender,
            email=f"{login}@example.test",
            job=job,
            heads=heads,
        )
        account(login, *groups, employee=employee)
    for name, tax_number in PARTNERS:
        models.Partner.create(name=name, tax_number=tax_number, email="mail@example.test")
    manager = models.Employee.get(models.Employee.surname == "Лапина")
    project = models.Project.create(name="Год чтения", manager=manager)
    for title, stage, deadline in TASKS:
        models.Task.create(project=project, stage=models.Stage.get(name=stage), title=title, deadline=deadline, assignee=manager)


def account(login: str, *groups: str, employee: models.Employee | None = None) -> models.User:
    user = models.User(login=login, employee=employee)
    set_password(user, PASSWORD)
    user.save()
    for group in models.Group.select().where(models.Group.code.in_(groups)):
        models.Membership.create(user=user, group=group)
    return user
