"""The models that are published, a family a module: each ends with ``MODELS``."""

from __future__ import annotations

#: Modules of this package, in the order in which their models are listed.
NAMES = (
    "documents",
    "document_links",
    "attachments",
    "books",
    "cases",
    "plans",
    "occurrences",
    "approvals",
    "assignments",
    "acquaintance",
    "messages",
    "activities",
    "users",
    "partners",
    "staff",
    "technical",
)
