"""Files with words in them, honest and otherwise, and readers that behave as they are told."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import docx
import pypdfium2
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from roadmapdocs.files.models import StoredFile
from roadmapdocs.files.operations import keep
from roadmapdocs.files.store import FileStore
from roadmapdocs.texts.models import FileText
from roadmapdocs.texts.ports import Failure
from roadmapdocs.texts.reading.plain import Found
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


@cache
def pdf(*pages: str) -> bytes:
    """A PDF with a text layer; an empty string is an empty page."""
    registerFont(TTFont("Serif", str(files("roadmapdocs.web.sheets") / "fonts" / "PT_Serif-Web-Regular.ttf")))
    written = io.BytesIO()
    canvas = Canvas(written, invariant=1)
    for text in pages:
        canvas.setFont("Serif", 12)
        for place, line in enumerate(text.split("\n")):
            canvas.drawString(50, 780 - 15 * place, line)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def packed(parts: dict[str, str | bytes], *, first: str = "") -> bytes:
    """An archive of these parts; ``first`` is the type of an OpenDocument file, which stands first and unpacked."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        if first:
            archive.writestr(zipfile.ZipInfo("mimetype"), first)
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def wordml(body: str, **beside: str) -> bytes:
    """A DOCX with this content of its body; ``beside``: content of parts such as ``footnotes`` by their names."""
    links = "".join(f'<Relationship Id="r{name}" Type="{_RELATIONS}/{name.rstrip("12")}" Target="{name}.xml"/>' for name in beside)
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>',
    }
    return packed(parts | {f"word/{name}.xml": f"<w:part {W}>{content}</w:part>" for name, content in beside.items()})


def paragraph(*texts: str) -> str:
    return "<w:p>" + "".join(f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' for text in texts) + "</w:p>"


ODT, ODS = "application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{full}:1.0"'
    for name, full in (("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"), ("style", "style"))
)


def open_document(body: str, *, styles: str = "", form: str = ODT, **more: str) -> bytes:
    content = f"<office:document-content {_NAMES}><office:body>{body}</office:body></office:document-content>"
    parts: dict[str, str | bytes] = {"content.xml": content, "META-INF/manifest.xml": more.get("manifest", "<manifest/>")}
    if styles:
        parts["styles.xml"] = f"<office:document-styles {_NAMES}>{styles}</office:document-styles>"
    return packed(parts, first=form)


@cache
def scan(*pages: str) -> bytes:
    """A PDF whose pages are pictures of text at 150 dots per inch."""
    written = io.BytesIO()
    canvas = Canvas(written, invariant=1)
    for page in pypdfium2.PdfDocument(pdf(*pages)):
        picture = page.render(scale=150 / 72, grayscale=True).to_pil()
        canvas.drawImage(ImageReader(picture), 0, 0, 595, 842)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


@dataclass
class ToldReader:
    """Gives what it is told, one after another: texts or failures."""

    answers: list[Found | Failure] = field(default_factory=list)
    recognises: bool = False
    converts: bool = False
    asked: list[tuple[str, bool]] = field(default_factory=list)

    def read(self, data: bytes, kind: str, *, recognise: bool = False) -> Found:
        self.asked.append((kind, recognise))
        answer = self.answers.pop(0) if self.answers else Found(data[:20].decode("utf-8", "ignore"), kind)
        if isinstance(answer, Failure):
            raise answer
        return answer

    def close(self) -> None:
        pass


class Clock:
    def __init__(self, now: dt.datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> dt.datetime:
        return self.now

    def go(self, **length: float) -> None:
        self.now += dt.timedelta(**length)


def stored(store: FileStore, data: bytes | None = None, name: str = "Приказ.txt") -> StoredFile:
    return keep(data or name.encode(), name, store=store, now=NOW).file


def states() -> list[str]:
    return [str(row.state) for row in FileText.select().order_by(FileText.id)]
