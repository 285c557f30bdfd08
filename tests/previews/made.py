"""Files to be turned into pages, honest and otherwise, and programs that behave badly."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import docx
from reportlab.pdfgen.canvas import Canvas

from roadmapdocs.files.models import StoredFile
from roadmapdocs.files.operations import keep
from roadmapdocs.files.store import FileStore
from roadmapdocs.previews.models import Preview
from roadmapdocs.previews.ports import Drawn, Failure, Picture
from tests.conftest import NOW


@cache
def word(*paragraphs: str) -> bytes:
    """The same bytes each time: a Word file says the second in which it was written."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def linking(picture: str) -> bytes:
    """A Word file whose picture is a link, which LibreOffice follows if it is let."""
    document = docx.Document()
    document.add_paragraph("Приказ с картинкой")
    image = io.BytesIO(_DOT)
    document.add_paragraph().add_run().add_picture(image)
    written = io.BytesIO()
    document.save(written)
    changed = io.BytesIO()
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(changed, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "word/_rels/document.xml.rels":
                data = data.replace(b'Target="media/image1.png"', f'Target="{picture}" TargetMode="External"'.encode())
            if entry.filename == "word/document.xml":
                data = data.replace(b"r:embed=", b"r:link=")
            new.writestr(entry.filename, data)
    assert picture.encode() in changed.getvalue()
    return changed.getvalue()


#: A picture of one red point.
_DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


def pdf(*sizes: tuple[float, float]) -> bytes:
    """A PDF with pages of these sizes in points."""
    written = io.BytesIO()
    canvas = Canvas(written, invariant=1)
    for number, size in enumerate(sizes or ((595, 842),), start=1):
        canvas.setPageSize(size)
        canvas.drawString(20, 20, f"Page {number}")
        canvas.showPage()
    canvas.save()
    return written.getvalue()


@dataclass
class FakeConverter:
    """Gives a PDF, or fails in the ways it is told, one after another."""

    failures: list[Failure | None] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    archival: list[bool] = field(default_factory=list)

    def convert(self, data: bytes, name: str, *, archival: bool) -> bytes:
        self.names.append(name)
        self.archival.append(archival)
        failure = self.failures.pop(0) if self.failures else None
        if failure is not None:
            raise failure
        return pdf((595, 842 + len(data) % 100 + archival))

    def close(self) -> None:
        pass


@dataclass
class FakeDrawer:
    failures: list[Failure | None] = field(default_factory=list)

    def draw(self, pdf: bytes) -> Drawn:
        failure = self.failures.pop(0) if self.failures else None
        if failure is not None:
            raise failure
        return Drawn(2, (Picture(b"first" + pdf[-9:], 900, 1273), Picture(b"second", 900, 1273)))


class Clock:
    def __init__(self, now: dt.datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> dt.datetime:
        return self.now

    def go(self, **length: float) -> None:
        self.now += dt.timedelta(**length)


def stored(store: FileStore, data: bytes | None = None, name: str = "Приказ.docx") -> StoredFile:
    return keep(data or word(name), name, store=store, now=NOW).file


def states() -> list[str]:
    return [str(row.state) for row in Preview.select().order_by(Preview.id)]


def program(folder: Path, code: str) -> Path:
    """A program of ours in place of the bridge or of LibreOffice itself."""
    file = folder / "program.py"
    file.write_text(code, encoding="utf-8")
    return file
