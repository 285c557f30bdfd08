"""The whole description of the API, held to by every role: no failure of the server, no answer that it does not tell of."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.api.fuzz import Fuzz, distinct
from tests.web.api.world import World, opened_world

#: Calls of each sort for each operation: a few in the suite, the same ones each time.
EXAMPLES = int(os.environ.get("ROADMAPDOCS_FUZZ", "1"))


@pytest.fixture
def world(migrated_file: Path, tmp_path: Path) -> Iterator[World]:
    with opened_world(migrated_file, tmp_path) as made:
        yield made


@pytest.mark.filterwarnings("default")  # of the tester itself, about what it makes up
def test_every_operation_answers_everybody_as_its_description_says(world: World) -> None:
    fuzz = Fuzz(world)
    fuzz.run(EXAMPLES, edges=10 * EXAMPLES)
    assert fuzz.calls > 10 * len(fuzz.operations)
    assert not fuzz.problems, "\n\n".join(distinct(fuzz.problems))
