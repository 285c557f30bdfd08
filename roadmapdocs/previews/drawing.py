"""Pages of a PDF drawn as pictures, in a confined process of its own: a PDF is anybody's file, too.

The same module is that process: ``python -m roadmapdocs.previews.drawing file folder most-pages``. It writes
``1.webp``, ``2.webp`` … into the folder and says {"pages": how many there are, "sizes": [[width, height], …]} or
{"failed": words}.
"""

from __future__ import annotations

import io
import json
import math
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

from roadmapdocs.files.programs import Bounds, end, start
from roadmapdocs.previews.office import ended_early
from roadmapdocs.previews.ports import Broken, Crashed, Drawn, Picture, TooLong

#: Wide enough for a card on a screen with twice the points; about 108 of them to an inch of A4.
WIDTH = 900
#: A page three times as tall as A4 at full width; anything larger is drawn smaller, however large it says it is.
MOST_PIXELS = 4_000_000
MOST_HEIGHT = 8_000
MOST_PAGES = 30
#: Text is smaller and sharper without losses; a scan is not.
_LARGE = 200_000


def picture_size(width: float, height: float) -> tuple[int, int] | None:
    """Pixels of the picture of a page whose sides are given in any unit; None for what is no page."""
    if not (math.isfinite(width) and math.isfinite(height) and width > 0 and height > 0):
        return None
    ratio = height / width
    if not 1 / WIDTH <= ratio <= MOST_HEIGHT:
        return None
    wide = min(WIDTH, math.sqrt(MOST_PIXELS / ratio), MOST_HEIGHT / ratio)
    return int(wide), int(wide * ratio)


class PdfDrawer:
    """
    :param pages: how many pages are drawn at most
    """

    def __init__(self, bounds: Bounds = Bounds(), *, pages: int = MOST_PAGES) -> None:  # noqa: B008  # immutable
        self._bounds, self._pages = bounds, pages
        self._guard = threading.Lock()
        self._running: set[subprocess.Popen[bytes]] = set()

    def draw(self, pdf: bytes) -> Drawn:
        with tempfile.TemporaryDirectory(prefix="roadmapdocs-", ignore_cleanup_errors=True) as scratch:
            folder = Path(scratch)
            (folder / "source.pdf").write_bytes(pdf)
            command = [sys.executable, "-s", "-P", "-m", __name__, "source.pdf", ".", str(self._pages)]
            process = start(command, folder, self._bounds, talks=True, PYTHONPATH=os.pathsep.join(sys.path))
            with self._guard:
                self._running.add(process)
            try:
                said, _nothing = process.communicate(timeout=self._bounds.seconds)
            except subprocess.TimeoutExpired as problem:
                raise TooLong(f"over {self._bounds.seconds:g} s") from problem
            finally:
                with self._guard:
                    self._running.discard(process)
                end(process)
            if process.returncode != 0:
                raise ended_early(process)
            return _drawn(said, folder)

    def close(self) -> None:
        """End what is being drawn, from any thread."""
        with self._guard:
            running = tuple(self._running)
        for process in running:
            process.kill()


def _drawn(said: bytes, folder: Path) -> Drawn:
    try:
        told = json.loads(said)
    except ValueError as problem:
        raise Crashed("it says what nobody understands") from problem
    if "failed" in told:
        raise Broken(str(told["failed"]))
    pictures = [
        Picture((folder / f"{number}.webp").read_bytes(), wide, tall) for number, (wide, tall) in enumerate(told["sizes"], start=1)
    ]
    return Drawn(int(told["pages"]), tuple(pictures))


def _draw(file: Path, folder: Path, most: int) -> dict[str, object]:
    import pypdfium2  # noqa: PLC0415  # only the process that draws loads it

    try:
        pdf = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as problem:
        return {"failed": str(problem)}
    sizes: list[tuple[int, int]] = []
    for number in range(min(len(pdf), most)):
        page = pdf[number]
        size = picture_size(*page.get_size())
        if size is None:
            break
        image = page.render(scale=size[0] / page.get_width()).to_pil()
        (folder / f"{number + 1}.webp").write_bytes(_packed(image))
        sizes.append(image.size)
        page.close()
    return {"pages": len(pdf), "sizes": sizes}


def _packed(image: Any) -> bytes:
    exact = io.BytesIO()
    image.save(exact, "WEBP", lossless=True, method=2)
    if exact.tell() <= _LARGE:
        return exact.getvalue()
    close = io.BytesIO()
    image.save(close, "WEBP", quality=75)
    return min(exact.getvalue(), close.getvalue(), key=len)


if __name__ == "__main__":
    print(json.dumps(_draw(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))))  # noqa: T201  # its answer
