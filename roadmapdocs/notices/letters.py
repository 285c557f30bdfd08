"""Mails: headers that nobody can smuggle a line into, plain text, and the same in simple HTML without anything remote."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from html import escape
from urllib.parse import quote

from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import ngettext
from roadmapdocs.notices.words import Said
from roadmapdocs.settings import Settings, is_mail_address

LONGEST_SUBJECT = 200
NOBODY = "roadmapdocs@localhost"
SETTINGS_PATH = "/notices/settings"
#: Of a digest with more notices than these, the others are counted.
MOST_IN_DIGEST = 50


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a mail tells. ``path`` is below the registry's address; empty where there is nothing to open."""

    said: Said
    path: str


@dataclass(frozen=True, slots=True)
class Letter:
    """``settings``: whether the reader can choose how mail comes, and is told where."""

    subject: str
    parts: Sequence[Part]
    left_out: int = 0
    settings: bool = True


def single(part: Part) -> Letter:
    return Letter(part.said.headline, [part])


def digest(parts: Sequence[Part]) -> Letter:
    subject = ngettext("%(num)s notice for you", "%(num)s notices for you", len(parts))
    return Letter(subject, parts[:MOST_IN_DIGEST], left_out=max(len(parts) - MOST_IN_DIGEST, 0))


def for_guest(subject: str, lines: Sequence[str], path: str) -> Letter:
    return Letter(subject, [Part(Said(subject, tuple(lines), _("Open the document")), path)], settings=False)


def compose(letter: Letter, *, to: str, message_id: str, settings: Settings, now: dt.datetime) -> EmailMessage:
    """The mail as it is handed to a server. ``message_id`` is its part before the @ sign.

    :raise ValueError: if ``to`` is no address
    """
    if not is_mail_address(to):
        raise ValueError(f"{to!r} is not an address")
    sender = _sender(settings)
    mail = EmailMessage()
    mail["Subject"] = header_line(letter.subject)
    mail["From"] = sender
    mail["To"] = to
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = f"<{message_id}@{sender.domain}>"
    # Programs that answer by themselves (автоответ) leave such mail alone (RFC 3834).
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(_text(letter, settings))
    mail.add_alternative(_html(letter, settings), subtype="html")
    return mail


def header_line(text: str) -> str:
    """One line without control characters, of bounded length: what stands in a header ends where we end it.

    The library decodes encoded words («=?utf-8?q?=0D=0ABcc:…?=») of a title and writes their line ends out as such, so
    that no title may begin one.
    """
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text.replace("=?", "= ?")).split())
    return line if len(line) <= LONGEST_SUBJECT else line[: LONGEST_SUBJECT - 1] + "…"


def link(path: str, settings: Settings) -> str:
    """Where a path leads, or nothing while the registry does not know its own address."""
    if not settings.base_url or not path:
        return ""
    return settings.base_url.rstrip("/") + quote(path, safe="/?=&#%-._~:")


def _sender(settings: Settings) -> Address:
    name, address = parseaddr(settings.mail_from or NOBODY)
    return Address(header_line(name or settings.office or _("Document registry")), addr_spec=address)


def _where(part: Part, settings: Settings) -> str:
    """How to come to the act without a link."""
    return link(part.path, settings) or (_("Open the registry, “Notices”.") if part.path else "")


def _footer(letter: Letter, settings: Settings) -> tuple[str, ...]:
    office = settings.office or _("Document registry")
    lines = [_("%(office)s. The registry wrote this by itself; answers are not read.", office=header_line(office))]
    if letter.settings:
        where = link(SETTINGS_PATH, settings)
        lines.append(
            _("How mail comes: %(where)s", where=where) if where else _("How mail comes is chosen in the registry, “Notices”.")
        )
    return tuple(lines)


def _left_out(letter: Letter) -> str:
    if not letter.left_out:
        return ""
    return ngettext("%(num)s more in the registry.", "%(num)s more in the registry.", letter.left_out)


def _text(letter: Letter, settings: Settings) -> str:
    blocks = ["\n".join([part.said.headline, *part.said.details, _where(part, settings)]).rstrip() for part in letter.parts]
    blocks += [_left_out(letter)] if letter.left_out else []
    return "\n\n".join([*blocks, "-- \n" + "\n".join(_footer(letter, settings))]) + "\n"


def _html(letter: Letter, settings: Settings) -> str:
    blocks = []
    for part in letter.parts:
        details = "".join(f"<p>{escape(line)}</p>" for line in part.said.details)
        url = link(part.path, settings)
        act = f'<p><a href="{escape(url)}">{escape(part.said.act)}</a></p>' if url else _paragraph(_where(part, settings))
        blocks.append(f"<p><b>{escape(part.said.headline)}</b></p>{details}{act}")
    footer = "<br>".join(escape(line) for line in _footer(letter, settings))
    rest = _paragraph(_left_out(letter))
    body = "<hr>".join(blocks) + rest + f'<hr><p style="color:#5d5850"><small>{footer}</small></p>'
    return f'<!doctype html><html lang="{settings.language}"><meta charset="utf-8"><body>{body}</body></html>'


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>" if text else ""
