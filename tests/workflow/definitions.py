"""Small definitions to break, and those that we ship."""

from __future__ import annotations

from pathlib import Path

from roadmapdocs.documents.workflows import known
from roadmapdocs.workflow.loader import Catalogue, load

KNOWN = known()

#: A whole definition; tests replace a part of it.
GOOD = """
title = {ru = "Подготовка письма", en = "Preparation of a letter"}
line = "preparation"
version = 1
initial = "draft"
[states.draft]
label = {ru = "проект", en = "draft"}
look = "closed"
rights = {read = ["clerk", "drafter"], change = []}
[states.signed]
label = {ru = {m = "подписан", f = "подписана", n = "подписано", p = "подписаны"}, en = "signed"}
final = true
[transitions.sign]
label = {ru = "Подписать", en = "Sign"}
from = ["draft"]
to = "signed"
who = ["signer", "clerk"]
guards = ["has_text"]
effects = ["date_signing"]
asks = ["reason"]
may_ask = ["date"]
symbol = "edit"
main = true
"""


def own(folder: Path, **texts: str) -> Path:
    """A folder of an organisation's own definitions by code."""
    folder.mkdir(exist_ok=True)
    for code, text in texts.items():
        (folder / f"{code}.toml").write_text(text, encoding="utf-8")
    return folder


def shipped() -> Catalogue:
    return load(None, KNOWN)
