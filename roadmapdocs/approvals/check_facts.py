"""What approval tells the check before signing: whose visas were given on which text."""

from __future__ import annotations

from roadmapdocs.approvals.authors import authors
from roadmapdocs.approvals.rules import POSITIVE
from roadmapdocs.approvals.sheet import Standing, sheet_of
from roadmapdocs.documents.models import Document
from roadmapdocs.drafting.checks.facts import VisaFact


def visa_facts(document: Document) -> tuple[VisaFact, ...]:
    """The last word of everybody who agreed, in whichever run; none while nobody did."""
    sheet = sheet_of(document)
    if not sheet.runs:
        return ()
    own = authors(document)
    current = sheet.versions[0].file.sha256 if sheet.versions else ""
    return tuple(
        VisaFact(
            name=visa.name,
            same=not visa.sha256 or visa.sha256 == current,
            lapsed=line.standing is Standing.LAPSED,
            author=visa.decided_by_id is not None and visa.decided_by_id in own,
        )
        for found in sheet.runs
        for line in found.lines
        if (visa := line.visa).decision in POSITIVE and line.standing is not Standing.REPLACED and not visa.information
    )
