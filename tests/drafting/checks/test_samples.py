"""What our own templates print passes the checks: every shipped sample, made into a Word file and looked through."""

from __future__ import annotations

from importlib.resources import files

import pytest

from roadmapdocs.documents.kinds import shipped
from roadmapdocs.drafting import values as v
from roadmapdocs.drafting.checks.facts import CardFacts, Facts, KindFacts
from roadmapdocs.drafting.checks.gathering import read_file
from roadmapdocs.drafting.checks.registry import run
from roadmapdocs.drafting.composing import KindWords, compose
from roadmapdocs.drafting.profiles import profile_for
from roadmapdocs.drafting.rendering import render
from roadmapdocs.drafting.samples import sample
from roadmapdocs.files.kinds import Kind
from tests.conftest import TODAY

#: An office without people knows nobody whom the samples name.
NOBODY_KNOWN = {"executor_unknown", "controller_unknown"}
#: Notes and what the samples leave to be filled in: a regulation does not speak of the form that it encloses.
EXPECTED: dict[str, set[str]] = {"regulation.docx": {"appendix_not_announced"}}
TEMPLATES = ("order.docx", "directive.docx", "regulation.docx", "plan.docx", "list.docx", "protocol.docx", "protocol_brief.docx", "note.docx")


def words() -> dict[str, KindWords]:
    return {code: KindWords.of(code, row["short"].lower(), row["gender"], row["forms"]) for code, row in shipped().items()}


def printed(template: str, values: v.Values) -> bytes:
    kinds, shape = words(), (files("roadmapdocs.templates") / "documents" / template).read_bytes()
    profile = profile_for(values.date, None, values.profile)
    return render(shape, compose(template, values, profile, kind=kinds[values.kind], kinds=kinds))


def facts_of(template: str, values: v.Values) -> Facts:
    row = shipped()[values.kind]
    read = read_file(printed(template, values), Kind.DOCX)
    signer = values.signers[0].name if values.signers else ""
    forms, group = row["forms"], row["group"]
    return Facts(
        kind=KindFacts(values.kind, row["short"].lower(), forms["ins"], row["gender"], group, row["own_number"], None),
        card=CardFacts(title=values.title, number=values.number, date=values.date, signer=signer),
        text=read.text,
        pages=read.pages,
        why_no_text=read.why,
        values=values,
        kind_genders={row["short"].lower(): row["gender"] for row in shipped().values()},
        profile=profile_for(values.date, None, values.profile),
        day=values.date or TODAY,
        today=TODAY,
    )


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_shipped_sample_is_in_order(template: str) -> None:
    facts = facts_of(template, sample(template))
    assert facts.text is not None
    found = {one.code: (one.place, one.sentence) for one in run(facts) if one.severity != "note"}
    assert {code: told for code, told in found.items() if code not in NOBODY_KNOWN | EXPECTED.get(template, set())} == {}
