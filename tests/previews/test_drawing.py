"""Pages drawn as pictures: bounded whatever a page says of itself."""

from __future__ import annotations

import io
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from roadmapdocs.files.programs import Bounds
from roadmapdocs.previews.drawing import MOST_HEIGHT, MOST_PIXELS, WIDTH, PdfDrawer, picture_size
from roadmapdocs.previews.ports import Broken, Failure
from tests.previews.conftest import PATIENT
from tests.previews.made import pdf


@pytest.mark.parametrize(
    ("sides", "size"),
    [
        ((595.3, 841.9), (900, 1272)),
        ((841.9, 595.3), (900, 636)),
        ((10, 10_000), (8, 8000)),
        ((10_000, 1), None),
        ((0, 100), None),
        ((-5, 5), None),
        ((math.nan, 5), None),
        ((5, math.inf), None),
    ],
)
def test_the_size_of_a_picture(sides: tuple[float, float], size: tuple[int, int] | None) -> None:
    assert picture_size(*sides) == size


@given(st.floats(), st.floats())
def test_no_page_is_drawn_larger_than_it_may_be(width: float, height: float) -> None:
    size = picture_size(width, height)
    if size is not None:
        assert 0 < size[0] <= WIDTH
        assert 0 < size[1] <= MOST_HEIGHT
        assert 0 < size[0] * size[1] <= MOST_PIXELS


def test_the_first_pages_are_drawn_and_all_are_counted(scratch: Path) -> None:
    drawn = PdfDrawer(PATIENT, pages=2).draw(pdf((595, 842), (842, 595), (595, 842)))
    assert drawn.pages == 3
    assert [(one.width, one.height) for one in drawn.pictures] == [(900, 1274), (900, 636)]
    with Image.open(io.BytesIO(drawn.pictures[0].data)) as image:
        assert (image.format, image.size) == ("WEBP", (900, 1274))


def test_a_page_as_large_as_a_house_makes_a_small_picture(scratch: Path) -> None:
    (picture,) = PdfDrawer(PATIENT).draw(pdf((14_000, 14_000))).pictures
    assert picture.width * picture.height <= MOST_PIXELS


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", pdf()[:300], b"\0" * 1000])
def test_what_is_no_whole_pdf_is_refused(data: bytes, scratch: Path) -> None:
    with pytest.raises(Broken):
        PdfDrawer(PATIENT).draw(data)


def test_drawing_that_has_too_little_time_is_ended(scratch: Path) -> None:
    with pytest.raises(Failure) as caught:
        PdfDrawer(Bounds(seconds=0.01)).draw(pdf())
    assert caught.value.reason == "too_long"
