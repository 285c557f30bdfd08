"""Every shipped check: a document in which it finds nothing, and one in which it finds what it is for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from roadmapdocs.drafting.checks.facts import Facts, VisaFact
from roadmapdocs.drafting.checks.registry import CHECKS, FAMILIES, examine, missing, run
from roadmapdocs.drafting.checks.rules import Need, Severity
from roadmapdocs.i18n import use_language
from tests.drafting.checks.examples import EXAMPLES
from tests.drafting.checks.made import facts, order, plan, protocol

CODES = [code for code, *_rest in EXAMPLES]


def test_no_check_lacks_an_example_that_passes_and_one_that_fails() -> None:
    assert sorted(CODES) == sorted(CHECKS)
    assert {point for check in CHECKS.values() for point in check.points} == set(range(1, 21))


@pytest.mark.parametrize(("code", "good", "bad", "place"), EXAMPLES, ids=CODES)
def test_a_check_passes_what_is_in_order_and_finds_what_is_not(
    code: str, good: Callable[[], Facts], bad: Callable[[], Facts], place: str
) -> None:
    check = CHECKS[code]
    right, wrong = good(), bad()
    assert (missing(check, right), missing(check, wrong)) == ("", "")
    assert check.findings(right) == []
    with use_language("en"):
        found = check.findings(wrong)
    assert found
    assert all(one.sentence and one.mend and one.code == code for one in found)
    assert {one.severity for one in found} <= set(list(Severity)[list(Severity).index(check.severity) :])
    assert found[0].place.startswith(place)


@pytest.mark.parametrize("make", [facts, plan, protocol])
def test_a_document_in_order_has_no_findings_at_all(make: Callable[[], Facts]) -> None:
    assert [(one.code, one.place, one.sentence) for one in run(make())] == []


def test_what_cannot_be_looked_at_is_neither_passed_nor_failed() -> None:
    with use_language("en"):
        report = examine(facts(text=None, why_no_text="there is no file", pages=None, visas=None))
        unchecked = {check.code: why for check, why in report.unchecked}
    assert unchecked["stamp_date"] == unchecked["margins"] == unchecked["control_missing"] == "there is no file"
    assert unchecked["author_alone"]
    assert not {check.code for check in report.passed} & set(unchecked)
    assert len(report.passed) + len(unchecked) + len({one.code for one in report.findings}) == len(CHECKS)


def test_the_gravest_findings_come_first() -> None:
    found = run(facts(card={"title": "Об итогах смотра."}, visas=(VisaFact("Лукина О. С.", lapsed=True),), text=order("1. Утвердить {{ x }}.")))
    ranks = [list(Severity).index(one.severity) for one in found]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) > 1


def test_every_rule_of_a_family_is_a_check_and_every_check_says_what_to_do_in_both_languages() -> None:
    rules = {
        name
        for family in FAMILIES
        for name, thing in vars(family).items()
        if callable(thing) and getattr(thing, "__module__", "") == family.__name__ and _is_rule(name, thing)
    }
    assert rules == set(CHECKS)
    for check in CHECKS.values():
        assert all((check.title.ru, check.title.en, check.mend.ru, check.mend.en, check.clause))
        assert check.need in Need


def _is_rule(name: str, thing: object) -> bool:
    annotations = getattr(thing, "__annotations__", {})
    return not name.startswith("_") and list(annotations) == ["facts", "return"]


def test_what_is_signed_is_not_offered_to_be_mended() -> None:
    (offer,) = CHECKS["heading_stop"].findings(facts(card={"title": "Об итогах."}))
    (signed,) = CHECKS["heading_stop"].findings(facts(card={"title": "Об итогах.", "signed": True}))
    assert offer.offered is not None
    assert offer.offered.after == "Об итогах"
    assert signed.offered is None
