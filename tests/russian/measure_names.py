"""The share of right forms on a list of names: ours beside plain petrovich and plain pymorphy3.

``python -m tests.russian.measure_names [FILE]`` reads a list with the columns part, lemma, form, grammemes, as the
petrovich-eval project publishes them, and prints a table. Letter case and «ё» for «е» do not count.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pymorphy3
from pytrovich.enums import Case as PetrovichCase
from pytrovich.enums import Gender, NamePart
from pytrovich.maker import PetrovichDeclinationMaker

from roadmapdocs.russian.cases import Case
from roadmapdocs.russian.names import FullName, decline

NAMES = Path(__file__).parents[3] / "shared" / "eval" / "names.tsv"
_CASES = dict(zip(("им", "рд", "дт", "вн", "тв", "пр"), Case, strict=True))
_PETROVICH = dict(
    zip(Case, ("NOMINATIVE", "GENITIVE", "DATIVE", "ACCUSATIVE", "INSTRUMENTAL", "PREPOSITIONAL"), strict=True)
)
_PYMORPHY = dict(zip(Case, ("nomn", "gent", "datv", "accs", "ablt", "loct"), strict=True))
_PARTS = {"firstname": "name", "surname": "surname", "midname": "patronymic"}
_PETROVICH_PARTS = {"name": "FIRSTNAME", "surname": "LASTNAME", "patronymic": "MIDDLENAME"}
_PYMORPHY_PARTS = {"name": "Name", "surname": "Surn", "patronymic": "Patr"}


@dataclass(frozen=True)
class Row:
    """``part`` is a field of :class:`FullName`; ``gender`` is m or f."""

    part: str
    lemma: str
    form: str
    gender: str
    case: Case


Way = Callable[[Row], str]


def rows(file: Path) -> Iterator[Row]:
    with file.open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            gender, _number, case = line["grammemes"].split(",")
            lemma = line["lemma"].title() if line["lemma"].isupper() else line["lemma"]
            yield Row(_PARTS[line["part"]], lemma, line["form"], "f" if gender == "жр" else "m", _CASES[case])


def ours(row: Row) -> str:
    name = FullName(**{"surname": "", row.part: row.lemma}, gender=row.gender)
    form: str = getattr(decline(name, row.case), row.part)
    return form


def petrovich() -> Way:
    maker = PetrovichDeclinationMaker()

    def way(row: Row) -> str:
        gender = Gender.MALE if row.gender == "m" else Gender.FEMALE
        return maker.make(NamePart[_PETROVICH_PARTS[row.part]], gender, PetrovichCase[_PETROVICH[row.case]], row.lemma)

    return way


def pymorphy() -> Way:
    """As one would use it: the likeliest reading as a name of that gender, else as anything of it."""
    dictionary = pymorphy3.MorphAnalyzer(lang="ru")

    def way(row: Row) -> str:
        found = dictionary.parse(row.lemma)
        wanted = {"masc" if row.gender == "m" else "femn", "nomn", "sing"}
        fitting = [one for one in found if wanted <= one.tag.grammemes] or found
        named = [one for one in fitting if _PYMORPHY_PARTS[row.part] in one.tag.grammemes]
        form = (named or fitting)[0].inflect({_PYMORPHY[row.case], "sing"})
        return str(form.word) if form else row.lemma

    return way


def measured(file: Path, ways: dict[str, Way]) -> tuple[Counter[tuple[str, str, str]], Counter[tuple[str, str, str, str]]]:
    """How many forms of a part, gender and case there are, and how many of them each way gave right."""
    total: Counter[tuple[str, str, str]] = Counter()
    right: Counter[tuple[str, str, str, str]] = Counter()
    for row in rows(file):
        key = (row.part, row.gender, str(row.case))
        total[key] += 1
        for name, way in ways.items():
            right[*key, name] += folded(way(row)) == folded(row.form)
    return total, right


def folded(word: str) -> str:
    return word.lower().replace("ё", "е")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.russian.measure_names", description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", default=NAMES)
    ways = {"ours": ours, "petrovich": petrovich(), "pymorphy3": pymorphy()}
    total, right = measured(parser.parse_args().file, ways)
    lines = [("part", "gender", "case", "forms", *ways)]
    for key in sorted(total):
        lines.append((*key, str(total[key]), *(f"{right[*key, way] / total[key]:.2%}" for way in ways)))
    whole = sum(total.values())
    shares = (sum(right[*key, way] for key in total) / whole for way in ways)
    lines.append(("all", "", "", str(whole), *(f"{share:.2%}" for share in shares)))
    for line in lines:
        print("".join(cell.ljust(12) for cell in line).rstrip())  # noqa: T201 - the table is what the command is for
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
