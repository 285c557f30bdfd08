"""Who may do what in the ERP: by groups."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from flask import abort, g, redirect, request, url_for
from flask_login import current_user

from tests.host_erp.models import Group, Membership, User

ADMIN, PEOPLE, PROJECTS, OFFICE, HEADS, EVERYONE = "admin", "people", "projects", "office", "heads", "everyone"


def groups_of(user: User) -> frozenset[str]:
    rows = Group.select(Group.code).join(Membership).where(Membership.user == user).tuples()
    return frozenset(code for (code,) in rows) | {EVERYONE}


def my_groups() -> frozenset[str]:
    """Groups of who asks; none before signing in."""
    if not current_user.is_authenticated:
        return frozenset()
    if "erp_groups" not in g:
        g.erp_groups = groups_of(current_user.user)
    groups: frozenset[str] = g.erp_groups
    return groups


def may(*groups: str) -> bool:
    """Whether who asks is in one of these groups; administrators are in all."""
    return not my_groups().isdisjoint({*groups, ADMIN})


def to_sign_in() -> Any:
    return redirect(url_for("erp_sign_in.sign_in", next=request.full_path.rstrip("?")))


def needs(*groups: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A page for these groups alone."""

    def guard(view: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(view)
        def guarded(*arguments: Any, **named: Any) -> Any:
            if not current_user.is_authenticated:
                return to_sign_in()
            if not may(*groups):
                abort(403)
            return view(*arguments, **named)

        return guarded

    return guard
