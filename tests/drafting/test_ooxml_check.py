"""The checker of Word files finds what Word would call damaged, and nothing in a sound one."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement

from roadmapdocs.documents.kinds import shipped
from roadmapdocs.drafting.composing import KindWords
from roadmapdocs.drafting.ooxml_check import problems
from roadmapdocs.drafting.rendering import render
from roadmapdocs.drafting.shapes import SHAPES
from roadmapdocs.drafting.templates import shipped_template
from roadmapdocs.web.templates.samples import made_up
from tests.drafting.made import changed, word

SOUND = word("Слова", table=[["а", "б"]])
DOCUMENT = "word/document.xml"


def printed(path: str) -> bytes:
    """The made-up document of a shipped template, by the kinds that we ship."""
    kinds = {code: KindWords.of(code, row["short"], row["gender"], row.get("forms", {})) for code, row in shipped().items()}
    return render(shipped_template(path).data, made_up(path, kinds))


def broken(old: str, new: str, part: str = DOCUMENT) -> bytes:
    return changed(SOUND, part, lambda text: text.replace(old, new, 1))


def test_a_sound_file_has_no_problems() -> None:
    assert problems(SOUND) == []


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "not an archive"),
        (broken("</w:body>", ""), "not well formed"),
        (broken("<w:p>", "<w:p><w:pPr><w:jc w:val='left'/><w:keepNext/></w:pPr>"), "w:keepNext stands too late in w:pPr"),
        (broken("<w:t>Слова", "<w:rPr><w:sz w:val='24'/><w:b/></w:rPr><w:t>Слова"), "w:b stands too late in w:rPr"),
        (broken("<w:t>Слова", "<w:rPr><w:b/><w:b/></w:rPr><w:t>Слова"), "w:b stands twice in w:rPr"),
        (broken("<w:t>Слова", "<w:rPr><w:jc/></w:rPr><w:t>Слова"), "w:jc does not belong into w:rPr"),
        (broken("<w:t>Слова</w:t>", "<w:t>Слова</w:t><w:rPr/>"), "w:rPr does not stand first"),
        (broken("<w:tblW", "<w:jc w:val='left'/><w:tblW"), "w:tblW stands too late in w:tblPr"),
        (broken("<w:p><w:r><w:t>а</w:t></w:r></w:p>", ""), "w:tc does not end with a paragraph"),
        (broken("<w:pgSz", "<w:cols/><w:pgSz"), "w:pgSz stands too late in w:sectPr"),
        (broken("<w:t>Слова", "<w:fldChar w:fldCharType='begin'/><w:t>Слова"), "a field has no end"),
        (broken("<w:t>Слова", "<w:fldChar w:fldCharType='end'/><w:t>Слова"), "a field ends that has not begun"),
        (broken("<w:p>", "<w:p><w:bookmarkStart w:id='1' w:name='a'/>"), "a bookmark begins or ends without the other"),
        (broken("<w:p>", "<w:p>" + "<w:bookmarkStart w:id='1' w:name='a'/><w:bookmarkEnd w:id='1'/>" * 2), "the id 1 of a bookmark stands twice"),
        (broken("<w:p>", "<w:p><w:pPr><w:pStyle w:val='Никакой'/></w:pPr>"), "w:pStyle names Никакой"),
        (broken("<w:p>", "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='999'/></w:numPr></w:pPr>"), "w:numId names 999"),
        (broken("<w:t>Слова", "<w:t r:id='rId999' xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'>"), "rId999 leads nowhere"),
        (broken('Target="styles.xml"', 'Target="stylez.xml"', "word/_rels/document.xml.rels"), "leads to stylez.xml"),
        (changed(SOUND, "word/extra.bin", lambda _text: "x"), "word/extra.bin: has no content type"),
        (broken("</Types>", '<Override PartName="/word/none.xml" ContentType="a/b"/></Types>', "[Content_Types].xml"), "is not there"),
    ],
)
def test_each_thing_wrong_is_named(data: bytes, told: str) -> None:
    assert [line for line in problems(data) if told in line], problems(data)


def test_the_same_thing_is_told_once() -> None:
    document = docx.Document()
    for _ in range(3):
        document.add_paragraph("x").runs[0]._r.append(OxmlElement("w:rPr"))
    stream = io.BytesIO()
    document.save(stream)
    assert len(problems(stream.getvalue())) == 1


@pytest.mark.parametrize("path", SHAPES)
def test_what_shipped_templates_print_is_sound(path: str) -> None:
    assert problems(shipped_template(path).data) == []
    assert problems(printed(path)) == []


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_what_is_printed(tmp_path: Path) -> None:
    names = []
    for path in ("order.docx", "plan.docx", "protocol.docx"):
        (tmp_path / path).write_bytes(printed(path))
        names.append(str(tmp_path / path))
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, *names], check=True, capture_output=True, timeout=180)
    for path in names:
        assert Path(path).with_suffix(".pdf").read_bytes().startswith(b"%PDF-")
