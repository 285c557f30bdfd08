"""Pages that are pictures, read by Tesseract: each drawn by PDFium and given to a run of its own."""

from __future__ import annotations

import dataclasses
import io
import shutil
import subprocess
import time
from collections.abc import Sequence
from typing import Any

import pypdfium2

from roadmapdocs.texts.reading.pdf import open_pdf
from roadmapdocs.texts.reading.plain import PAGE_END, Found, pages_as_text, tidy
from roadmapdocs.texts.rules import WITH_SCANS, Limits, Problem

LANGUAGE = "rus"
#: Dots per inch: letters of twelve points are then as high as Tesseract wants them.
RESOLUTION = 300
#: A page of A3 at that resolution; a larger one is drawn coarser.
_MOST_PIXELS = 3508 * 4961
_POINTS_PER_INCH = 72
_ASKING_S = 10.0


def find_recogniser() -> str:
    """Tesseract that knows Russian, by its path; empty where there is none."""
    program = shutil.which("tesseract")
    if program is None:
        return ""
    try:
        said = subprocess.run([program, "--list-langs"], capture_output=True, timeout=_ASKING_S, check=True, text=True).stdout  # noqa: S603  # a fixed command
    except (OSError, subprocess.SubprocessError):
        return ""
    return program if LANGUAGE in said.split() else ""


def command(program: str, resolution: int) -> list[str]:
    """Picture in by its input, text out by its output; what it guesses about the page's layout is its default."""
    return [program, "stdin", "stdout", "-l", LANGUAGE, "--dpi", str(resolution)]


def recognised(data: bytes, found: Found, program: str, limits: Limits, until: float) -> Found:
    """What was found in a PDF with its scans read, as many as time (a moment of the monotonic clock) and limits allow."""
    pdf = open_pdf(data)
    pages = _spread(found.text, len(pdf))
    left = list(found.scans)
    problem = found.problem
    for number in found.scans[: limits.scans]:
        try:
            pages[number] = _read(pdf, number, program, until)
        except subprocess.TimeoutExpired:
            problem = Problem.TOO_LONG
            break
        left.remove(number)
    if left and problem is None:
        problem = Problem.PAGES
    return dataclasses.replace(found, text=pages_as_text(pages), way=WITH_SCANS, problem=problem, scans=tuple(left))


def _spread(text: str, pages: int) -> list[str]:
    """The text of each page, however many pages at the end had none."""
    read: Sequence[str] = text.split(PAGE_END)
    return [*read, *[""] * (pages - len(read))]


def _read(pdf: Any, number: int, program: str, until: float) -> str:
    """
    :raise subprocess.TimeoutExpired: if the time is over
    """
    left = until - time.monotonic()
    try:
        picture, resolution = _picture(pdf[number])
        run = subprocess.run(command(program, resolution), input=picture, capture_output=True, timeout=max(left, 0), check=False)  # noqa: S603  # a fixed command
    except (pypdfium2.PdfiumError, OSError):
        return ""
    return tidy(run.stdout.decode("utf-8", "replace")) if run.returncode == 0 else ""


def _picture(page: Any) -> tuple[bytes, int]:
    """The page in shades of grey as PGM, and its dots per inch."""
    wide, tall = page.get_size()
    pixels = wide * tall * (RESOLUTION / _POINTS_PER_INCH) ** 2
    resolution = RESOLUTION if pixels <= _MOST_PIXELS else max(int(RESOLUTION * (_MOST_PIXELS / pixels) ** 0.5), 1)
    written = io.BytesIO()
    page.render(scale=resolution / _POINTS_PER_INCH, grayscale=True).to_pil().save(written, "PPM")
    page.close()
    return written.getvalue(), resolution
