"""Text that word processors, scanners and letter-spacing have cut up, put together with a way back to its places."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from roadmapdocs.russian.letters import DASHES, INVISIBLE

_LETTER = r"[^\W\d_]"
_CUT = re.compile(
    rf"(?P<nothing>[{INVISIBLE}]+)"
    r"|(?P<breve>[иИ]\u0306)|(?P<dots>[еЕ]\u0308)"
    r"|(?P<hyphen>(?<=[а-яёА-ЯЁ]{2})-[ \t]{0,8}\r?\n[ \t]{0,8}(?=[а-яё]{2}))"
    rf"|(?P<spaced>(?<!{_LETTER}){_LETTER}(?: {_LETTER}){{3,}}(?!{_LETTER}))"
)
_COMPOSED = {"и\u0306": "й", "И\u0306": "Й", "е\u0308": "ё", "Е\u0308": "Ё"}
_PLAIN = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ", "\r": " "})
_FOLDED = str.maketrans("abcehkmoptxyё" + DASHES, "авсенкмортхуе" + "-" * len(DASHES))


@dataclass(frozen=True, slots=True)
class Mended:
    """``shown`` is the mended text; ``low`` the same, sign by sign, in lower case with Cyrillic twins and plain dashes."""

    source: str
    shown: str
    low: str
    _kept: tuple[int, ...]
    _from: tuple[int, ...]

    def place(self, position: int) -> int:
        """Where in the source the sign at ``position`` of the mended text stands."""
        piece = bisect_right(self._kept, position) - 1
        return self._from[piece] + position - self._kept[piece]


def mend(text: str) -> Mended:
    """«п р и к а з о м», «при-⏎казом», soft hyphens, parted «й» and no-break spaces read as one would read them."""
    pieces: list[str] = []
    kept, origins = [0], [0]
    length = done = 0

    def add(piece: str, origin: int) -> None:
        nonlocal length
        if piece:
            kept.append(length)
            origins.append(origin)
            pieces.append(piece)
            length += len(piece)

    for cut in _CUT.finditer(text):
        add(text[done : cut.start()], done)
        letters = cut.group()
        if cut.lastgroup == "spaced":
            for shift in range(0, len(letters), 2):
                add(letters[shift], cut.start() + shift)
        else:
            add(_COMPOSED.get(letters, ""), cut.start())
        done = cut.end()
    add(text[done:], done)
    shown = "".join(pieces).translate(_PLAIN)
    lowered = shown.lower()
    if len(lowered) != len(shown):  # a few foreign capitals have two signs in lower case
        lowered = "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in shown)
    return Mended(text, shown, lowered.translate(_FOLDED), tuple(kept), tuple(origins))
