"""Values of calls are as long as the description of the API says."""

from __future__ import annotations

import pytest
from marshmallow import ValidationError

from roadmapdocs.web.api.fields import Line, Text


@pytest.mark.parametrize("field", [Line(longest=5), Text(longest=5)])
def test_what_is_cleaned_away_counts_for_the_length(field: Line | Text) -> None:
    assert field.deserialize(" ab\x00 ") == "ab"
    for sent in ("abcdef", "      ", "abc\0\0\0", "\n" * 6):
        with pytest.raises(ValidationError, match="Longer than maximum length 5"):
            field.deserialize(sent)


@pytest.mark.parametrize("field", [Line(longest=5), Text(longest=5)])
@pytest.mark.parametrize("sent", [1, True, ["a"], {"a": 1}])
def test_what_is_no_text_is_told_so(field: Line | Text, sent: object) -> None:
    with pytest.raises(ValidationError, match="Not a valid string"):
        field.deserialize(sent)
