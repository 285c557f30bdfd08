"""Made-up contexts of the pages by which other programs come in, for looking at their templates without views."""

from __future__ import annotations

from typing import Any

from wtforms import Form, SelectField, SelectMultipleField, StringField, validators

SECRET = "rd_" + "kZ7" * 14
OK = {"look": "ok", "label": "действует"}
OFF = {"look": "na", "label": "отозван"}
EVENTS = ("document.created", "document.registered", "visa.given")


class NewToken(Form):
    name = StringField("Для какой программы", [validators.InputRequired("Назовите программу.")])
    scopes = SelectMultipleField("Что можно", [validators.InputRequired("Выберите, что можно.")])
    days = SelectField("Сколько действует", coerce=int)

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        self.scopes.choices = [("read", "смотреть и искать"), ("write", "создавать и менять")]
        self.days.choices = [(90, "90 дней"), (0, "без срока")]


class NewWebhook(Form):
    name = StringField("Кому сообщать", [validators.InputRequired("Назовите, кому.")])
    login = StringField("С чьими правами", description="Логин учётной записи.")
    url = StringField("Адрес", [validators.InputRequired("Напишите адрес.")], description="Начинается с https://.")
    events = SelectMultipleField("События")

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        self.events.choices = [(name, name) for name in EVENTS]


def token(**more: Any) -> dict[str, Any]:
    return {
        "id": 3,
        "name": "Odoo кадровой службы",
        "hint": "rd_kZ7Q",
        "scopes": "смотреть и искать",
        "made": "12.11.2025, 10:40",
        "expires": "10.02.2026, 10:40",
        "used": "",
        "live": True,
        "badge": OK,
    } | more


def tokens(form: Form | None = None, **more: Any) -> dict[str, Any]:
    ended = token(id=2, name="Старый отчёт", expires="", used="01.10.2025, 09:00", live=False, badge=OFF)
    return {"form": form or NewToken(), "fresh": "", "live": [token()], "ended": [ended], "calendar_url": "/calendar/"} | more


def calendar(**more: Any) -> dict[str, Any]:
    rows = [token(), token(id=4, hint="rd_pW2a", used="14.11.2025, 08:15")]
    return {"rows": rows, "fresh": "", "trouble": "", "has_person": True} | more


def row(**more: Any) -> dict[str, Any]:
    return {
        "id": 1,
        "name": "Учёт кадров",
        "host": "hooks.example.org",
        "login": "clerk",
        "events": "3 события",
        "active": True,
        "badge": OK,
        "waiting": 2,
        "dead": 1,
    } | more


def sent(**more: Any) -> dict[str, Any]:
    return {
        "id": 7,
        "event": "document.registered",
        "subject": "document:17",
        "badge": {"look": "late", "label": "не принято"},
        "made": "14.11.2025, 08:15",
        "attempts": 7,
        "next": "",
        "answer": "It answers 500.",
        "body": '{\n  "type": "document.registered",\n  "data": {"title": "О неделе чтения <b>"}\n}',
        "dead": True,
    } | more


def card(**more: Any) -> dict[str, Any]:
    webhook = {
        "id": 1,
        "name": "Учёт кадров",
        "url": "https://hooks.example.org/" + "very-long-part-of-an-address" * 8,
        "login": "clerk",
        "events": list(EVENTS),
        "active": True,
        "badge": OK,
        "made": "12.11.2025, 10:40",
        "made_by": "Исаева О. С.",
    }
    chips = [
        {"label": label, "url": "?", "current": not number, "count": number or None, "late": number == 1, "symbol": None}
        for number, label in enumerate(("все", "не принятые", "ждут"))
    ]
    waits = sent(id=8, badge={"look": "work", "label": "ждёт"}, next="14.11.2025, 08:45", answer="", attempts=0, dead=False)
    return {
        "webhook": webhook,
        "fresh": "",
        "trouble": "",
        "filters": chips,
        "deliveries": [sent(), waits],
        "dead": 1,
        "newer_url": "?page=1",
        "older_url": "?page=3",
    } | more


def wrong(form: Form) -> Form:
    form.validate()
    return form


def form(**more: Any) -> dict[str, Any]:
    shown = {"title": "Новый вебхук", "back_url": "/webhooks/", "fresh": True}
    return {"form": NewWebhook(), "hints": {EVENTS[0]: "создана карточка"}, **shown} | more


def looks() -> dict[str, tuple[str, dict[str, Any]]]:
    off = card()["webhook"] | {"active": False, "badge": OFF, "events": []}
    return {
        "tokens": ("tokens.html", tokens()),
        "tokens_none": ("tokens.html", tokens(live=[], ended=[])),
        "tokens_fresh": ("tokens.html", tokens(fresh=SECRET)),
        "tokens_wrong": ("tokens.html", tokens(wrong(NewToken()))),
        "calendar_feed": ("calendar_feed.html", calendar()),
        "calendar_feed_none": ("calendar_feed.html", calendar(rows=[], has_person=False, trouble="Токенов уже 50.")),
        "calendar_feed_fresh": ("calendar_feed.html", calendar(fresh=f"https://registry.example.org/calendar/{SECRET}.ics")),
        "webhooks": ("webhooks.html", {"rows": [row(), row(id=2, active=False, badge=OFF, waiting=0, dead=0)]}),
        "webhooks_none": ("webhooks.html", {"rows": []}),
        "webhook": ("webhook.html", card()),
        "webhook_fresh": ("webhook.html", card(fresh="whsec_" + "k" * 44)),
        "webhook_off": ("webhook.html", card(webhook=off, deliveries=[], dead=0, newer_url=None, older_url=None, trouble="Выключен.")),
        "webhook_form": ("webhook_form.html", form()),
        "webhook_form_wrong": ("webhook_form.html", form(form=wrong(NewWebhook()))),
    }
