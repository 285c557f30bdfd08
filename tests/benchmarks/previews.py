"""PDF of an order: the first one and the following ones, beside LibreOffice itself on the same file in the same run."""

from __future__ import annotations

import io
import shutil
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import docx

from roadmapdocs.previews.cold import ColdOffice
from roadmapdocs.previews.drawing import PdfDrawer
from roadmapdocs.previews.kept import KeptOffice
from roadmapdocs.previews.office import Office, find_office
from tests.benchmarks.measure import Figure

FIRST_AIM, WARM_AIM = 1.2, 1 / 3


def figures(folder: Path, runs: int) -> Iterator[Figure]:
    """Time by the clock: what is waited for is another process. Nothing where LibreOffice is not installed."""
    office = find_office()
    if office is None:
        return
    folder.mkdir(parents=True, exist_ok=True)
    order = _order()
    few = max(3, runs // 3)
    bare, first, cold, warm = _taken(office, folder, order, few)
    told = "bare soffice --convert-to"
    yield Figure("PDF of an order, the first one", first, "ms", few, aim=bare * FIRST_AIM, yardstick=bare, yardstick_name=told)
    yield Figure("PDF of an order, cold", cold, "ms", few, yardstick=bare, yardstick_name=told)
    yield Figure("PDF of an order, warm", warm, "ms", few * 5, aim=cold * WARM_AIM, yardstick=cold, yardstick_name="cold")
    pdf = ColdOffice(office).convert(order, "a.docx", archival=False)
    drawer = PdfDrawer()
    drawn = statistics.median(_ms(lambda: drawer.draw(pdf)) for _run in range(few))
    yield Figure("pictures of its two pages", drawn, "ms", few)


def _taken(office: Office, folder: Path, order: bytes, few: int) -> tuple[float, float, float, float]:
    """Medians of the bare program, the first of a kept one, cold and warm ones, taken by turns."""
    bare, first, cold, warm = [], [], [], []
    starting_anew = ColdOffice(office)
    for run in range(few + 1):
        kept = KeptOffice(office)
        taken = (
            _ms(lambda: _bare(office, folder, order)),
            _ms(lambda: kept.convert(order, "a.docx", archival=False)),  # noqa: B023  # called at once
            _ms(lambda: starting_anew.convert(order, "a.docx", archival=False)),
        )
        more = [_ms(lambda: kept.convert(order, "a.docx", archival=False)) for _time in range(5)]  # noqa: B023  # likewise
        kept.close()
        if run:  # the first round warms the disk
            for values, value in zip((bare, first, cold), taken, strict=True):
                values.append(value)
            warm += more
    return statistics.median(bare), statistics.median(first), statistics.median(cold), statistics.median(warm)


def _bare(office: Office, folder: Path, order: bytes) -> None:
    """What anybody would type, on a profile that nobody used before."""
    profile = folder / "profile"
    shutil.rmtree(profile, ignore_errors=True)
    (folder / "a.docx").write_bytes(order)
    command = [str(office.program), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(folder), str(folder / "a.docx")], check=True, capture_output=True)


def _ms(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def _order() -> bytes:
    """An order of two pages."""
    document = docx.Document()
    document.add_paragraph("ПРИКАЗ")
    for number in range(1, 31):
        document.add_paragraph(f"{number}. Провести смотр школьных библиотек района и представить отчёт об итогах до 25 августа.")
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()
