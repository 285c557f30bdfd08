"""Where to go after signing in."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import url_for


def safe_target(target: str | None) -> str:
    """The address asked for, if it is one of this site; else the first page."""
    home: str = url_for("roadmapdocs_worklist.index")
    # Browsers drop control characters from addresses: «/\n//elsewhere» would lead elsewhere.
    if not target or not target.isprintable() or not target.startswith("/") or target.startswith(("//", "/\\")):
        return home
    try:
        parts = urlsplit(target)
    except ValueError:
        return home
    return home if parts.scheme or parts.netloc else target
