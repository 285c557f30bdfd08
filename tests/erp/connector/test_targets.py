"""Records of an Odoo that can be linked to: found by words, named anew when chosen, and told when it is away."""

from __future__ import annotations

import pytest

from roadmapdocs.erp.connector.targets import OdooTargets
from roadmapdocs.erp.link_rules import checked
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import use_language
from tests.erp.connector.fake import FakeOdoo


@pytest.fixture
def odoo() -> FakeOdoo:
    made = FakeOdoo()
    for number, name in enumerate(("Школа сказок", "Библиотека у озера", "Школа чтения"), start=1):
        made.put("res.partner", id=number, display_name=name)
    made.put("project.task", id=9, display_name="Собрать сказки")
    return made


@pytest.fixture
def targets(odoo: FakeOdoo) -> OdooTargets:
    return OdooTargets(lambda: odoo, "https://odoo.example.test/")


def test_records_of_all_models_are_found_by_words(targets: OdooTargets) -> None:
    with use_language("en"):
        found = [(one.model, one.external, one.title) for one in targets.search("сказ", 10)]
    assert found == [("res.partner", "1", "Partner: Школа сказок"), ("project.task", "9", "Task: Собрать сказки")]
    assert len(targets.search("", 2)) == 2


def test_a_record_has_an_address_that_may_be_kept(targets: OdooTargets) -> None:
    (one,) = targets.search("озера", 5)
    assert checked(one).url == "https://odoo.example.test/web#id=2&model=res.partner&view_type=form"


@pytest.mark.parametrize(("model", "external"), [("res.partner", "77"), ("res.users", "1"), ("res.partner", "один"), ("res.partner", "²")])
def test_what_is_not_there_is_nothing(targets: OdooTargets, model: str, external: str) -> None:
    assert targets.get(model, external) is None


def test_a_chosen_record_is_named_as_it_is_now(targets: OdooTargets, odoo: FakeOdoo) -> None:
    odoo.put("res.partner", id=1, display_name="Школа былин")
    chosen = targets.get("res.partner", "1")
    assert chosen is not None
    assert chosen.title.endswith("Школа былин")


def test_an_odoo_that_is_away_is_told_in_a_sentence(targets: OdooTargets, odoo: FakeOdoo) -> None:
    odoo.down = True
    with pytest.raises(Refusal) as refused:
        targets.search("школа", 5)
    assert refused.value.code == "odoo_away"
