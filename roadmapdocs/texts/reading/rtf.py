"""RTF: what its reader sees, by the Rich Text Format specification 1.9.1, read as the stream of tokens that it is.

Letters stand there as bytes of the code page of their font, as Unicode numbers with a substitute after them, or both.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field, replace

from roadmapdocs.files.rules import damaged
from roadmapdocs.texts.reading.plain import Found, tidy

_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|(?P<bytes>(?:\\'[0-9a-fA-F]{2})+)|\\(?P<sign>[^a-zA-Z])"
    rb"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+|\\$",
    re.DOTALL,
)
#: Groups that are not of the text: tables of fonts and the like, pictures, field codes, comments, what was before.
_ASIDE = frozenset(
    b"fonttbl colortbl stylesheet info pict objdata fldinst annotation nonshppict shprslt sp sn sv atnid atnauthor xe tc "
    b"filetbl listtable revtbl ud".split()
)
#: Groups marked as to be passed over by those who do not know them, which hold text all the same.
_KNOWN = frozenset({b"shpinst", b"do"})
_BREAKS = {
    b"par": "\n", b"line": "\n", b"sect": "\n", b"page": "\n", b"row": "\n", b"nestrow": "\n", b"shptxt": "\n",
    b"cell": "\t", b"nestcell": "\t", b"tab": "\t", b"emdash": "—", b"endash": "–", b"bullet": "•", b"lquote": "‘",
    b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”", b"emspace": " ", b"enspace": " ", b"qmspace": " ",
}  # fmt: skip
#: Texts beside the text: their lines are their own.
_BESIDE = frozenset(b"header headerl headerr headerf footer footerl footerr footerf footnote".split())
_SIGNS = {b"~": "\xa0", b"_": "-", b"\n": "\n", b"\r": "\n", b"{": "{", b"}": "}", b"\\": "\\"}
#: Character sets of fonts as code pages.
_CHARSETS = {77: "mac_roman", 161: "cp1253", 162: "cp1254", 186: "cp1257", 204: "cp1251", 238: "cp1250", 255: "cp866"}
_MAC_CYRILLIC = 10007
#: A table in a table in a table takes a few dozen.
_DEEPEST = 2_000


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds inside a group. ``substitutes`` stand after each Unicode number."""

    aside: bool = False
    hidden: bool = False
    codec: str = ""
    substitutes: int = 1
    fonts: bool = False
    beside: bool = False


@dataclass(slots=True)
class _Reading:
    codec: str = "cp1252"
    font: int = -1
    first_font: int = -1
    codecs: dict[int, str] = field(default_factory=dict)
    group: _Group = field(default_factory=_Group)
    outer: list[_Group] = field(default_factory=list)
    starred: bool = False
    passed_over: int = 0
    raw: bytearray = field(default_factory=bytearray)
    parts: list[str] = field(default_factory=list)

    def read(self, data: bytes) -> str:
        at = 0
        while (token := _TOKEN.match(data, at)) is not None:
            at = token.end()
            match token.lastgroup:
                case "word" | "number":
                    at += self._word(token["word"], int(token["number"]) if token["number"] else None)
                case "bytes":
                    self._bytes(bytes.fromhex(token["bytes"].replace(b"\\'", b"").decode()))
                case "text":
                    self._bytes(token["text"])
                case "brace":
                    self._brace(token["brace"])
                case "sign":
                    self._sign(token["sign"])
        self._flush()
        return "".join(self.parts).encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    def _brace(self, brace: bytes) -> None:
        self._flush()
        self.passed_over, self.starred = 0, False
        if brace == b"{":
            if len(self.outer) >= _DEEPEST:
                raise damaged("")
            self.outer.append(self.group)
        elif self.outer:
            if self.group.beside and not self.outer[-1].beside:
                self._say("\n")
            self.group = self.outer.pop()

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self.starred = True
        elif self.passed_over:
            self.passed_over -= 1
        elif sign in _SIGNS:
            self._say(_SIGNS[sign])

    def _bytes(self, data: bytes) -> None:
        passed = min(self.passed_over, len(data))
        self.passed_over -= passed
        if not (self.group.aside or self.group.hidden):
            self.raw += data[passed:]

    def _say(self, text: str) -> None:
        self._flush()
        if not (self.group.aside or self.group.hidden):
            self.parts.append(text)

    def _flush(self) -> None:
        if self.raw:
            self.parts.append(self.raw.decode(self.group.codec or self.codec, "replace"))
            self.raw.clear()

    def _word(self, word: bytes, number: int | None) -> int:
        """How many bytes after it are data."""
        starred, self.starred = self.starred, False
        if word == b"u" and number is not None:
            # Sixteen bits with a sign; what lies beyond them comes as two halves.
            self._say(chr(number & 0xFFFF))
            self.passed_over = self.group.substitutes
            return 0
        self.passed_over = 0
        self._flush()
        if word == b"fonttbl":
            self.group = replace(self.group, aside=True, fonts=True)
        elif word in _ASIDE or (starred and word not in _KNOWN):
            self.group = replace(self.group, aside=True)
        elif word in _BESIDE:
            self._say("\n")
            self.group = replace(self.group, beside=True)
        elif word in _BREAKS:
            self._say(_BREAKS[word])
        else:
            self._set(word, number)
        return max(number or 0, 0) if word == b"bin" else 0

    def _set(self, word: bytes, number: int | None) -> None:
        match word:
            case b"ansicpg" | b"cpg" if number:
                self._code_page(word, _known(f"cp{number}") if number != _MAC_CYRILLIC else "mac_cyrillic")
            case b"mac":
                self.codec = "mac_roman"
            case b"pc" | b"pca":
                self.codec = "cp866"
            case b"deff" if number is not None:
                self.first_font = number
            case b"f" if number is not None:
                self.font = number
                self._take_font(number)
            case b"fcharset" if number is not None and self.group.fonts:
                self.codecs[self.font] = _CHARSETS.get(number, "")
            case b"plain":
                self.group = replace(self.group, hidden=False)
                self._take_font(self.first_font)
            case b"v" | b"deleted":
                self.group = replace(self.group, hidden=number != 0)
            case b"uc" if number is not None:
                self.group = replace(self.group, substitutes=max(number, 0))

    def _take_font(self, font: int) -> None:
        if not self.group.fonts:
            self.group = replace(self.group, codec=self.codecs.get(font, ""))

    def _code_page(self, word: bytes, codec: str) -> None:
        if word == b"ansicpg":
            self.codec = codec or self.codec
        elif self.group.fonts:
            self.codecs[self.font] = codec


def _known(codec: str) -> str:
    try:
        return codecs.lookup(codec).name
    except LookupError:
        return ""


def read_rtf(data: bytes) -> Found:
    """However it is broken, what can be read is.

    :raise Refusal: ``damaged`` if its groups are nested as nobody's are
    """
    return Found(tidy(_Reading().read(data)), "rtf")
