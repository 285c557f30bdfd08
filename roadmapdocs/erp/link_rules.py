"""A record of another program that something here is linked to, and what of it may be kept. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol
from urllib.parse import urlsplit

from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _

LONGEST_TITLE: Final = 500
LONGEST_ADDRESS: Final = 2_000
#: As long as the columns of :class:`roadmapdocs.erp.models.ExternalLink` are.
_LONGEST: Final = {"source": 64, "model": 128, "external": 128}


@dataclass(frozen=True, slots=True)
class Target:
    """A record of another program: ``model`` and ``external`` are its own words ("project.task", "17").

    ``title`` and ``url`` are what people see: a name, and the page of that program (an address with http or https, or one
    of the same server, "/tasks/17"; empty where there is no page).
    """

    source: str
    model: str
    external: str
    title: str
    url: str = ""


class LinkTargets(Protocol):
    """What a host lends, so that people can link documents and items to its records.

    Both methods are asked within a request of the one who looks: whom the host shows what is the host's matter, and it
    gives nothing that this person may not see there.
    """

    def search(self, words: str, limit: int) -> Sequence[Target]:
        """Records that these words find, best first; without words, those likely to be wanted."""

    def get(self, model: str, external: str) -> Target | None:
        """One record as it is now; None if there is none, or none for this person."""


def checked(target: Target) -> Target:
    """The target with its title in one line.

    :raise Refusal: ``external_target`` for names that are missing, too long or unprintable; ``external_title``;
        ``external_address`` for an address that is neither http(s) nor of the same server
    """
    for name, longest in _LONGEST.items():
        value = getattr(target, name)
        if not value or len(value) > longest or not value.isprintable():
            raise Refusal("external_target", _("The other program names its record in a way that cannot be kept: %(name)s.", name=name))
    title = " ".join(_seen(target.title).split())
    if not title or len(title) > LONGEST_TITLE:
        raise Refusal(
            "external_title",
            _("A link needs a title of up to %(longest)s characters. Give the record a name.", longest=LONGEST_TITLE),
        )
    check_address(target.url)
    return Target(target.source, target.model, target.external, title, target.url)


def check_address(url: str) -> None:
    """
    :raise Refusal: ``external_address`` unless it is empty, http, https, or a path of the same server
    """
    if url and not _is_address(url):
        raise Refusal(
            "external_address",
            _("This is not an address of a page. It begins with https://, http:// or a single stroke “/”."),
        )


def _is_address(url: str) -> bool:
    """Browsers read a backslash as a stroke and drop signs that nobody sees: none of them may stand in it."""
    if len(url) > LONGEST_ADDRESS or not url.isprintable() or " " in url or "\\" in url:
        return False
    if url.startswith("/"):
        return not url.startswith("//")
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc and parts.port != 0
    except ValueError:
        return False


def _seen(text: str) -> str:
    return "".join(" " if unicodedata.category(letter) in {"Cc", "Cs"} else letter for letter in text)
