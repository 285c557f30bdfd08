"""The two real orders rebuilt from structured values by the shipped template: the same words in the same order.

Nothing of them is copied here: the values are cut out of the files, each piece by its place, put into the nominative
where values have it so, and the cases, clauses, numbers and stamps are the program's own.
"""

from __future__ import annotations

import dataclasses
import re

import pytest

from roadmapdocs.drafting.profiles import PROFILES
from roadmapdocs.drafting.rendering import render
from roadmapdocs.drafting.values import Appendix, Executor, OrderValues, Person, Point, PointKind
from roadmapdocs.russian.dates import read_date
from tests.conftest import SEEDS
from tests.drafting.printed import page_of, shipped, text_of

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason=f"the real orders are not at {SEEDS}")

KIND = "П Р И К А З"


def seed(name: str) -> str:
    (file,) = SEEDS.glob(f"{name}_*.txt")
    return file.read_text(encoding="utf-8").replace("**", "")


def cut(pattern: str, text: str) -> re.Match[str]:
    found = re.search(pattern, text, re.DOTALL | re.MULTILINE)
    assert found is not None, pattern
    return found


def bare(text: str) -> str:
    """Without white space, and so without letter-spacing."""
    return re.sub(r"\s+", "", text)


def line(text: str) -> str:
    return " ".join(text.split())


def points_of(text: str) -> list[str]:
    return [line(one).removesuffix(".") for one in re.split(r"^\s*\d+\.\s+", text, flags=re.MULTILINE)[1:]]


def allowed(text: str, differences: list[tuple[str, str, str]]) -> str:
    """The seed's text with each allowed difference, which must be there; the third word is its reason."""
    for theirs, ours, reason in differences:
        assert bare(theirs) in text, reason
        text = text.replace(bare(theirs), bare(ours), 1)
    return text


def test_order_241_is_rebuilt_from_values() -> None:
    text = seed("002")
    head = cut(rf"\A(?P<organisation>.+?){KIND}\s+(?P<date>\S+) г\s+№ (?P<number>\d+)\s+(?P<rest>.+)", text)
    body = cut(
        r"\A(?P<title>Об .+?)\n\n(?P<preamble>.+?)\n\n(?P<decree>(?:\w ){5,}\w:)\n(?P<points>.+?)\n\n"
        r"(?P<post>И\.о\. [^\n]+)\n\n(?P<name>[^\n]+)\n",
        head["rest"],
    )
    approve, control = points_of(body["points"])
    what = cut(r"^Утвердить (?P<what>.+) \((?P<where>[^()]+)\)$", approve)
    title = line(cut(r"^(Муниципальный план .+? годы)\n", head["rest"][body.end() :])[1])
    values = OrderValues(
        kind="order_main",
        organisation=head["organisation"].strip(),
        date=read_date(head["date"]),
        number=head["number"],
        title=line(body["title"]),
        preamble=line(body["preamble"]),
        decree=body["decree"],
        points=(
            Point(
                kind=PointKind.APPROVE,
                # In the nominative, as the appendix itself is headed.
                approves=title[0].lower() + title[1:],
                term=f"({what['where']})",
            ),
            # «Контроль исполнения данного приказа»: the office's own clause, not the usual one.
            Point(kind=PointKind.CONTROL, text=control),
        ),
        signers=(Person(post=body["post"], name=body["name"]),),
    )
    made = render(shipped("order.docx"), page_of("order.docx", values))
    expected = allowed(
        bare(text[: text.index(body["name"]) + len(body["name"])]),
        [(f"{head['date']} г", head["date"], "a date in digits has no «г», and theirs has lost its full stop")],
    )
    assert bare(text_of(made)) == expected
    assert "п р и к а з" not in text_of(made)


def test_order_178_is_rebuilt_from_values() -> None:
    text = seed("004")
    head = cut(
        rf"\A(?P<organisation>.+?){KIND}\s+(?P<date>\S+)\s+(?P<place>п\.г\.т\. \S+)\s+№ (?P<number>\S+)\s+(?P<rest>.+)", text
    )
    body = cut(
        r"\A(?P<title>Об .+?)\n\n(?P<preamble>.+?)\n\n(?P<decree>[А-Я]+:)\n(?P<points>.+?)\n\n(?P<post>Начальник .+?)\n\n"
        r"(?P<name>[^\n]+)\n\n(?P<again>[^\n]+)\n",
        head["rest"],
    )
    appendix = cut(
        r"УТВЕРЖДЕНА\n\nприказом (?P<by>.+?)\nот \S+ № (?P<number>\S+) «.+?»\n\n(?P<title>Дорожная карта\n.+?)\n\n", head["rest"]
    )
    approve, inform, control, force = points_of(body["points"])
    executor = cut(r"^Заместителю (?P<post>.+ политике) (?P<text>обеспечить .+)$", inform)
    values = OrderValues(
        kind="order_main",
        organisation=head["organisation"].strip(),
        organisation_genitive=appendix["by"],
        date=read_date(head["date"]),
        place=head["place"],
        number=head["number"],
        title=line(body["title"]),
        preamble=line(body["preamble"]),
        points=(
            Point(kind=PointKind.APPROVE, approves=line(appendix["title"]), term=cut(r"согласно \w+$", approve)[0]),
            Point(executors=(Executor(post=f"Заместитель {executor['post']}"),), text=executor["text"]),
            Point(
                kind=PointKind.CONTROL,
                person=Person(post=f"Заместитель {cut('на заместителя (.+)$', control)[1]}"),
            ),
            Point(kind=PointKind.FORCE, term=cut("вступает в силу (.+)$", force)[1]),
        ),
        signers=(Person(post=body["post"], name=body["name"]),),
        appendices=(Appendix(kind="roadmap", title=appendix["title"]),),
    )
    # Their house practice: the stamp names the heading of the order, and an appendix with a stamp has no mark.
    profile = dataclasses.replace(PROFILES["2016"], stamp_heading=True, mark_with_stamp=False)
    made = render(shipped("order.docx"), page_of("order.docx", values, profile))
    kind = "Дорожная карта"
    expected = allowed(
        bare(text[: text.index(appendix["title"]) + len(appendix["title"])]),
        [
            (body["name"] + body["again"], body["name"], "the name under the signature is typed twice"),
            (f"№ {appendix['number']}", f"№ {head['number']}", "one number with two letters: «П» and «п»"),
            (f"»\n{kind}\nпо", f"»\n{kind.upper()}\nпо", "the kind of a document is printed in capitals"),
        ],
    )
    assert bare(text_of(made)) == expected
