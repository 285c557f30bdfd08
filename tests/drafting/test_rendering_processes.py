"""Printing processes: hung, killed, worn out, many at once; the next render knows nothing of it."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator

import pytest

from roadmapdocs.drafting import rendering
from roadmapdocs.drafting.engine import children
from roadmapdocs.drafting.engine.children import Child, ChildGone, Children
from roadmapdocs.drafting.rendering import render
from roadmapdocs.drafting.vocabulary import Line, OrderPage
from roadmapdocs.errors import Refusal
from tests.drafting.made import word

POINTS = ("{%p for line in points %}", "{{ line.text }}", "{%p endfor %}")
#: Sound by its syntax, and four loops within each other over the same list: a day of work.
ENDLESS = word("".join(f"{{% for {name} in points %}}" for name in "abcd") + "{% if a.text == 'x' %}x{% endif %}" + "{% endfor %}" * 4)
MANY = OrderPage(points=tuple(Line(text=str(number)) for number in range(2_000)))
FEW = OrderPage(kind="ПРИКАЗ", points=(Line(text="раз"),))


@pytest.fixture
def pool(monkeypatch: pytest.MonkeyPatch) -> Iterator[Children]:
    made = Children()
    monkeypatch.setattr(rendering, "CHILDREN", made)
    yield made
    made.end()


def test_a_render_without_an_end_is_given_up_and_the_next_is_well(pool: Children, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = render(word(*POINTS), FEW)
    before = pool._idle[0].pid
    monkeypatch.setattr(rendering, "SECONDS", 1.0)
    with pytest.raises(Refusal) as refused:
        render(ENDLESS, MANY)
    assert refused.value.code == "template_too_long"
    monkeypatch.setattr(rendering, "SECONDS", 30.0)
    assert render(word(*POINTS), FEW) == expected
    assert pool._idle[0].pid != before


def test_loops_within_loops_that_print_end_at_the_size(pool: Children) -> None:
    greedy = word("{% for a in points %}{% for b in points %}{{ title }}{% endfor %}{% endfor %}")
    page = OrderPage(title="я" * 40_000, points=MANY.points)
    with pytest.raises(Refusal) as refused:
        render(greedy, page)
    assert refused.value.code == "template_too_large"
    assert render(word(*POINTS), FEW)


def test_a_killed_process_is_replaced(pool: Children) -> None:
    expected = render(word(*POINTS), FEW)
    os.kill(pool._idle[0].pid, 9)
    pool._idle[0]._process.wait()
    assert render(word(*POINTS), FEW) == expected


def test_a_process_that_dies_at_its_task_is_told_and_forgotten(pool: Children, monkeypatch: pytest.MonkeyPatch) -> None:
    render(word(*POINTS), FEW)
    monkeypatch.setattr(Child, "ask", _dies)
    with pytest.raises(Refusal) as refused:
        render(word(*POINTS), FEW)
    assert refused.value.code == "render_failed"
    monkeypatch.undo()
    monkeypatch.setattr(rendering, "CHILDREN", pool)
    assert pool._idle == []
    assert render(word(*POINTS), FEW)


def _dies(child: Child, *_arguments: object) -> None:
    child.end()
    raise ChildGone(too_long=False)


def test_a_process_is_replaced_after_so_many_tasks(pool: Children, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "TASKS", 2)
    pids: set[int] = set()
    for _ in range(4):
        render(word(*POINTS), FEW)
        pids.update(child.pid for child in pool._idle)
    assert len(pids) == 2


def test_threads_print_at_once_and_get_their_own(pool: Children) -> None:
    made: dict[int, bytes] = {}
    pages = [OrderPage(points=(Line(text=f"страница {number}"),)) for number in range(6)]

    def run(number: int) -> None:
        made[number] = render(word(*POINTS), pages[number])

    threads = [threading.Thread(target=run, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [made[number] for number in range(6)] == [render(word(*POINTS), page) for page in pages]
    assert len(pool._idle) <= children.AT_ONCE


def test_the_process_has_an_empty_environment_and_no_files_to_write() -> None:
    os.environ["ROADMAPDOCS_SECRET_OF_TESTS"] = "x"
    child = Child()
    try:
        # One that has answered stands on its own environment; before, the system may still be laying it out.
        child.ask({"do": "print"}, b"", 20.0)
        with open(f"/proc/{child.pid}/environ", "rb") as stream:  # noqa: PTH123  # no path of ours
            names = {line.partition(b"=")[0].decode() for line in stream.read().split(b"\0") if line}
    finally:
        del os.environ["ROADMAPDOCS_SECRET_OF_TESTS"]
        child.end()
    assert names == {"PYTHONPATH", "PYTHONHASHSEED", "PYTHONDONTWRITEBYTECODE", "LANG"}


def test_noise_instead_of_an_answer_ends_the_process() -> None:
    child = Child()
    assert child._process.stdin is not None
    child._process.stdin.write(b"\xff" * 64)
    child._process.stdin.flush()
    with pytest.raises(ChildGone):
        child.ask({"do": "print"}, b"", 20.0)
    assert not child.fit


def test_refusals_are_worded_in_the_language_of_whoever_asks() -> None:
    from roadmapdocs.i18n import use_language

    told = []
    for code in ("en", "ru"):
        with use_language(code), pytest.raises(Refusal) as refused:
            render(b"", FEW)
        told.append(refused.value.message)
    assert told[0] != told[1]
