"""The share of right forms on a published list of names, where it is at hand."""

from __future__ import annotations

import pytest

from tests.russian.measure_names import NAMES, measured, ours

pytestmark = pytest.mark.skipif(not NAMES.is_file(), reason="the list of names is not here")


def test_almost_all_forms_of_the_list_are_right() -> None:
    total, right = measured(NAMES, {"ours": ours})
    assert sum(right.values()) / sum(total.values()) >= 0.999
    assert sum(total.values()) > 9000
