"""All checks with their words, and running them over facts."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from importlib.resources import files
from typing import Any, Final

from roadmapdocs.drafting.checks import (
    appendices,
    citations,
    dates,
    headings,
    integrity,
    layout,
    numbering,
    people,
    protocol,
    stamps,
    tasks,
    wording,
)
from roadmapdocs.drafting.checks.facts import Facts
from roadmapdocs.drafting.checks.rules import Check, Finding, Need, Report, Severity, Words
from roadmapdocs.i18n import gettext as _

FAMILIES: Final = (
    stamps, dates, people, integrity, wording, tasks, appendices, citations, headings, numbering, protocol, layout,
)  # fmt: skip
_ORDER: Final = {severity: place for place, severity in enumerate(Severity)}


def _load() -> dict[str, Check]:
    rows: dict[str, dict[str, Any]] = tomllib.loads(
        (files("roadmapdocs.drafting.checks") / "checks.toml").read_text(encoding="utf-8")
    )
    return {code: _check(code, row) for code, row in rows.items()}


def _check(code: str, row: dict[str, Any]) -> Check:
    return Check(
        code=code,
        title=Words(row["ru"], row["en"]),
        clause=row["clause"],
        severity=Severity(row["severity"]),
        mend=Words(row["mend_ru"], row["mend_en"]),
        points=tuple(row["points"]),
        need=Need(row["need"]),
        run=_rule(code),
    )


def _rule(code: str) -> Callable[[Facts], Iterable[Any]]:
    """The function called like the row, of whichever family has it."""
    found: Callable[[Facts], Iterable[Any]] = next(
        getattr(family, code) for family in FAMILIES if hasattr(family, code)
    )
    return found


CHECKS: Final[dict[str, Check]] = _load()


def run(facts: Facts) -> list[Finding]:
    """What all checks find, the gravest first."""
    return list(examine(facts).findings)


def examine(facts: Facts) -> Report:
    """Findings, what was found in order, and what could not be looked at."""
    findings: list[Finding] = []
    passed: list[Check] = []
    unchecked: list[tuple[Check, str]] = []
    for check in CHECKS.values():
        why = missing(check, facts)
        if why:
            unchecked.append((check, why))
            continue
        found = check.findings(facts)
        findings += found
        if not found:
            passed.append(check)
    findings.sort(key=lambda one: _ORDER[one.severity])
    return Report(tuple(findings), tuple(passed), tuple(unchecked))


def missing(check: Check, facts: Facts) -> str:
    """Why the check cannot be made, in words; empty where it can."""
    if check.need is Need.TEXT and facts.text is None:
        return facts.why_no_text or _("there is no file")
    if check.need is Need.PAGES and facts.pages is None:
        return facts.why_no_pages or facts.why_no_text or _("there is no file")
    if check.need is Need.VALUES and facts.values is None:
        return _("there is no draft by fields")
    if check.need is Need.VISAS and not facts.visas:
        return _("no visas are given yet")
    if check.code in _POINTS and facts.text is None and facts.values is None:
        return facts.why_no_text or _("there is no file")
    return ""


#: Checks of points: they look at the draft, else at the file, and have nothing to look at without either.
_POINTS: Final = frozenset(
    "deadline_before_document deadline_passed deadline_day_off executor_unknown control_missing controller_unknown "
    "appendix_not_attached protocol_quorum decision_term".split()
)
