"""Made-up contexts of the pages of notices, for looking at their templates without views."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, Form, SelectField, TimeField, validators


class Settings(Form):
    mail = SelectField("Почта")
    digest_at = TimeField("Час ежедневного письма", [validators.InputRequired("Напишите часы и минуты, например 08:30.")])
    quiet_from = TimeField("Тихо с", description="В эти часы письма ждут.")
    quiet_until = TimeField("Тихо до")
    days_off = BooleanField("Письма и в выходные")

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        self.mail.choices = [("at_once", "сразу, каждое отдельно"), ("digest", "раз в день, вместе"), ("none", "не нужна")]


def row(headline: str, **more: Any) -> dict[str, Any]:
    return {
        "unread": False,
        "urgent": False,
        "headline": headline,
        "details": [],
        "when": "14:05",
        "act": "Рассмотреть",
        "url": "/x",
    } | more


def notices(**more: Any) -> dict[str, Any]:
    asked = row("Согласовать до 19.11.2025: приказ «О неделе чтения»", unread=True, urgent=True)
    returned = row("Возвращено на доработку: приказ «О смотре»", unread=True, details=["Дёмин Ю. А.: нет сроков"], act="Открыть карточку")
    closed = row("Согласовать: документ, который вам не открыт", url="")
    stuck = {
        "id": 3,
        "to": "Дёмин Ю. А. – demin@example.test",
        "subject": "Согласовать: приказ «О смотре»",
        "when": "13.11.2025 09:12",
        "reason": "550 no such user",
        "given_up": False,
        "letter": False,
    }
    return {
        "days": [{"title": "сегодня", "rows": [asked, returned]}, {"title": "чт 13 ноября", "rows": [closed]}],
        "unread": 2,
        "newer_url": "?page=1",
        "older_url": "?page=3",
        "has_person": True,
        "undelivered": [stuck, stuck | {"id": 4, "given_up": True, "reason": "Connection refused", "subject": ""}],
    } | more


def nothing() -> dict[str, Any]:
    return notices(days=[], unread=0, newer_url=None, older_url=None, undelivered=[])


def chosen(address: str = "lavrova@example.test") -> dict[str, Any]:
    form = Settings(mail="digest")
    form.validate()
    return {"form": form, "address": address}


LOOKS = {
    "notices": ("notices.html", notices()),
    "notices_none": ("notices.html", nothing()),
    "notice_settings": ("notice_settings.html", chosen()),
    "notice_settings_nowhere": ("notice_settings.html", chosen("")),
}
