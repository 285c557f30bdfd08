"""The two real orders, read from their files: what is wrong with them is found, and nothing else."""

from __future__ import annotations

import datetime as dt

import pytest

from roadmapdocs.drafting.checks.facts import CardFacts, Facts, KindFacts, OfficeFacts
from roadmapdocs.drafting.checks.gathering import read_file
from roadmapdocs.drafting.checks.registry import run
from roadmapdocs.files.kinds import Kind
from tests.conftest import SEEDS, TODAY
from tests.drafting.checks.made import GENDERS

MKU = "Муниципальное казённое учреждение «Управление образования Мотыгинского района»"
OFFICE = OfficeFacts(units=("Управление образования",), organisations=(MKU,), abbreviations={"УО": "Управление образования"})


def facts(seed: str, number: str, date: dt.date, signer: str) -> Facts:
    found = sorted(SEEDS.glob(f"{seed}_*.txt"))
    if not found:
        pytest.skip(f"the real roadmap {seed} is not beside this checkout ({SEEDS})")
    read = read_file(found[0].read_bytes(), Kind.TXT)
    assert read.text is not None
    assert read.text.head is not None
    card = CardFacts(
        title=read.text.head.title, number=number, date=date, signer=signer, signed=True, registered=True, registered_on=date
    )
    return Facts(
        kind=KindFacts(keep_years=None), card=card, text=read.text, office=OFFICE, kind_genders=GENDERS, day=date, today=TODAY
    )


def told(of: Facts) -> list[tuple[str, str, int]]:
    """(severity, code, how many) of what is found."""
    found = [(str(one.severity), one.code) for one in run(of)]
    return [(*one, found.count(one)) for one in dict.fromkeys(found)]


def test_order_178_has_a_small_letter_in_its_stamp_and_leftovers_of_its_conversion() -> None:
    of = facts("004", "178-П", dt.date(2021, 11, 29), "Лысенко С. С.")
    assert told(of) == [
        ("error", "template_leftovers", 5),
        ("warning", "stamp_letter_case", 1),
        ("warning", "abbreviation_contradicts", 1),
        ("note", "abbreviation_unexpanded", 1),
        ("note", "letter_spacing", 1),
    ]
    assert of.text is not None
    assert (of.text.signatures[0].post, of.text.signatures[0].name) == (MKU.replace("Муниципальное казённое учреждение", "Начальник МКУ"), "С. С. Лысенко")


def test_order_241_has_an_appendix_without_its_mark_and_leftovers_of_its_conversion() -> None:
    of = facts("002", "241", dt.date(2019, 9, 26), "Демидова Е. П.")
    assert told(of) == [
        ("error", "template_leftovers", 5),
        ("warning", "appendix_unmarked", 1),
        ("note", "abbreviation_unexpanded", 1),
        ("note", "letter_spacing", 1),
        ("note", "typography", 1),
    ]
    assert of.text is not None
    assert [(one.post, one.name) for one in of.text.signatures] == [("И.о. начальника отдела образования", "Е.П. Демидова")]
