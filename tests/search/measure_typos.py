"""How often the word that was meant comes first among corrections.

``python -m tests.search.measure_typos [COUNT]`` draws COUNT slips (4,000 if not given) and prints a table.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable

from roadmapdocs.search.analysis import terms_of
from roadmapdocs.search.spelling import corrections
from tests.search.typo_samples import Archive, Slip, archive, slips_in


def wrong(slips: Iterable[Slip], known: Archive) -> list[tuple[Slip, list[str]]]:
    """The slips of which the first correction is no form of the word that was meant, each with what was offered."""
    lost = []
    for slip in slips:
        offered = corrections(slip.typed, known.vocabulary, known.frequencies)
        first = known.forms.get(offered[0], terms_of(offered[0])) if offered else ()
        if not set(first) & set(known.forms[slip.meant]):
            lost.append((slip, offered))
    return lost


def _say(line: str) -> None:
    print(line)  # noqa: T201 - the table is what the command is for


def main(count: int) -> None:
    known = archive()
    slips = slips_in(known, count, 1)
    lost = wrong(slips, known)
    _say(f"{len(known.forms)} forms; {100 - 100 * len(lost) / count:.2f} % of {count} slips have the right word first")
    totals, missed = Counter(slip.sort for slip in slips), Counter(slip.sort for slip, _offered in lost)
    for sort, total in totals.items():
        _say(f"  {sort:14}{100 - 100 * missed[sort] / total:.2f} %")
    for slip, offered in lost[:40]:
        _say(f"  {slip.meant} ← {slip.typed} ({slip.sort}): {offered}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 4_000)
