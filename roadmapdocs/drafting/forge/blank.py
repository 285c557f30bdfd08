"""An empty Word file with our styles and page: the few parts of OOXML that a document of an office needs."""

from __future__ import annotations

import io
import zipfile
from typing import Final

from roadmapdocs.drafting.forge import styles as s
from roadmapdocs.drafting.forge.styles import STYLES, Style

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARTS: Final = {"styles": "styles", "settings": "settings", "fontTable": "fontTable", "header1": "header", "header2": "header"}
#: Zip files carry a time; ours is always the same, so that the same template is the same bytes.
_TIME: Final = (2020, 1, 1, 0, 0, 0)


def twips(millimetres: float) -> int:
    """Twentieths of a point, the unit of Word."""
    return round(millimetres * 1440 / 25.4)


def blank(*, landscape: bool = False) -> bytes:
    """The file: a page without text; the number of pages but the first stands in the header."""
    body = f'<w:document xmlns:w="{W}" xmlns:r="{_R}"><w:body>{section(landscape=landscape)}</w:body></w:document>'
    return pack(
        {
            "[Content_Types].xml": _content_types(),
            "_rels/.rels": _relations({"officeDocument": "word/document.xml", "extended-properties": "docProps/app.xml"}),
            "word/document.xml": body,
            "word/_rels/document.xml.rels": _document_relations(),
            "word/styles.xml": _styles(),
            "word/settings.xml": _settings(),
            "word/fontTable.xml": _fonts(),
            "word/header1.xml": f'<w:hdr xmlns:w="{W}">{_PAGE_NUMBER}</w:hdr>',
            "word/header2.xml": f'<w:hdr xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr></w:p></w:hdr>',
            "docProps/app.xml": f'<Properties xmlns="{_R.replace("/relationships", "/extended-properties")}"/>',
        }
    )


def pack(parts: dict[str, str | bytes]) -> bytes:
    """Parts by name as a zip file, always the same bytes for the same parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            data = (_HEAD + part).encode() if isinstance(part, str) else part
            archive.writestr(zipfile.ZipInfo(name, _TIME), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def section(*, landscape: bool = False) -> str:
    """Properties of a section: A4 either way, its pages counted from 1, no number on the first."""
    wide, high = (s.LONG, s.SHORT) if landscape else (s.SHORT, s.LONG)
    across = ' w:orient="landscape"' if landscape else ""
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:headerReference w:type="first" r:id="rId5"/>'
        f'<w:type w:val="nextPage"/><w:pgSz w:w="{twips(wide)}" w:h="{twips(high)}"{across}/>'
        f'<w:pgMar w:top="{twips(s.TOP)}" w:right="{twips(s.RIGHT)}" w:bottom="{twips(s.BOTTOM)}" w:left="{twips(s.LEFT)}"'
        f' w:header="{twips(s.HEADER)}" w:footer="{twips(s.HEADER)}" w:gutter="0"/>'
        '<w:pgNumType w:start="1"/><w:titlePg/></w:sectPr>'
    )


_PAGE_NUMBER: Final = (
    '<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    '<w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)


def _content_types() -> str:
    overrides = {"document": "document.main", **_PARTS}
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + "".join(
            f'<Override PartName="/word/{part}.xml" ContentType="{_TYPE}.{kind}+xml"/>' for part, kind in overrides.items()
        )
        + '<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>'
        "</Types>"
    )


def _relations(targets: dict[str, str]) -> str:
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="rId{place}" Type="{_R}/{kind}" Target="{target}"/>'
            for place, (kind, target) in enumerate(targets.items(), 1)
        )
        + "</Relationships>"
    )


def _document_relations() -> str:
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="rId{place}" Type="{_R}/{kind}" Target="{part}.xml"/>'
            for place, (part, kind) in enumerate(_PARTS.items(), 1)
        )
        + "</Relationships>"
    )


def _settings() -> str:
    setting = '<w:compatSetting w:name="{}" w:uri="http://schemas.microsoft.com/office/word" w:val="{}"/>'
    return (
        f'<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="{twips(s.FIRST_LINE)}"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        + setting.format("compatibilityMode", 15)
        + setting.format("overrideTableStyleFontSizeAndJustification", 1)
        + '</w:compat><w:themeFontLang w:val="ru-RU"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
    )


def _fonts() -> str:
    return (
        f'<w:fonts xmlns:w="{W}"><w:font w:name="{s.FONT}"><w:altName w:val="{s.FALLBACK}"/>'
        '<w:panose1 w:val="02020603050405020304"/><w:charset w:val="CC"/><w:family w:val="roman"/>'
        '<w:pitch w:val="variable"/></w:font></w:fonts>'
    )


def _styles() -> str:
    font = f'<w:rFonts w:ascii="{s.FONT}" w:hAnsi="{s.FONT}" w:eastAsia="{s.FONT}" w:cs="{s.FONT}"/>'
    size = f'<w:sz w:val="{s.SIZE * 2}"/><w:szCs w:val="{s.SIZE * 2}"/>'
    return (
        f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>{font}{size}'
        '<w:lang w:val="ru-RU" w:eastAsia="ru-RU" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:widowControl/><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
        "</w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultFont"><w:name w:val="Default Paragraph Font"/>'
        '<w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="PlainTable"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>'
        '<w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
        '<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar>'
        "</w:tblPr></w:style>" + "".join(_style(name, style) for name, style in STYLES.items()) + "</w:styles>"
    )


def _style(name: str, style: Style) -> str:
    own = "" if style.outline is not None or name == s.PAGE_HEADER else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph"{own} w:styleId="{style.id}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        f"<w:qFormat/><w:pPr>{_paragraph(style)}</w:pPr><w:rPr>{_run(style)}</w:rPr></w:style>"
    )


def _paragraph(style: Style) -> str:
    high, rule = (style.exact * 20, "exact") if style.exact else (round(240 * style.spacing), "auto")
    keep = "<w:keepNext/>" if style.keep else ""
    outline = "" if style.outline is None else f'<w:outlineLvl w:val="{style.outline}"/>'
    return (
        f'{keep}<w:spacing w:before="{style.before * 20}" w:after="{style.after * 20}" w:line="{high}" w:lineRule="{rule}"/>'
        f'<w:ind w:left="{twips(style.left)}" w:right="{twips(style.right)}" w:firstLine="{twips(style.first)}"/>'
        f'<w:jc w:val="{style.align}"/>{outline}'
    )


def _run(style: Style) -> str:
    size = min(style.size, style.exact) if 0 < style.exact < 12 else style.size
    return (
        ("<w:b/><w:bCs/>" if style.bold else "")
        + ("<w:caps/>" if style.caps else "")
        + (f'<w:spacing w:val="{style.spread * 20}"/>' if style.spread else "")
        + (f'<w:sz w:val="{size * 2}"/><w:szCs w:val="{size * 2}"/>' if size != s.SIZE else "")
    )
