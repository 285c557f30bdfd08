from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.errors import Refusal
from roadmapdocs.texts.reading.rtf import read_rtf


def bytes_of(text: str, codec: str) -> str:
    return "".join(f"\\'{byte:02x}" for byte in text.encode(codec))


def numbers_of(text: str) -> str:
    units = text.encode("utf-16-le")
    return "".join(f"\\u{int.from_bytes(units[at : at + 2], 'little', signed=True)}?" for at in range(0, len(units), 2))


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (bytes_of("Приказ", "cp1251"), "Приказ"),
        (numbers_of("Приказ №\u00a05 😀"), "Приказ №\u00a05 😀"),
        (r"{\uc0\u1071}{\uc2\u1071 ab}{\uc1\u1071\'3f}!", "ЯЯЯ!"),
        (r"one\par two\line three\tab four", "one\ntwo\nthree\tfour"),
        (r"\trowd one\cell two\cell\row three", "one\ttwo\nthree"),
        (r"a{\v hidden}b{\deleted gone}c", "abc"),
        (r"\v hidden\v0 seen\v again\plain also", "seenalso"),
        (r"{\*\generator Word;}text{\info{\author Someone}}", "text"),
        (r"{\field{\*\fldinst DATE}{\fldrslt 29.11.2021}}", "29.11.2021"),
        (r"{\pict\pngblip 89504e47}text", "text"),
        (r"{\pict\bin4 }{}}}text", "text"),
        (r"{\header Head\par}Body{\footnote Note}", "Head\n\nBody\nNote"),
        (r"{\*\annotation Remark}text", "text"),
        (r"{\shp{\*\shpinst{\sp{\sn a}{\sv 1}}{\shptxt In a box\par}}{\shprslt old}}", "In a box"),
        (r"\ldblquote a\rdblquote\emdash\~b\_c\-d \{e\}\\", "“a”—\u00a0b-cd {e}\\"),
        ("line\r\nbroken", "linebroken"),
        (r"\unknown123 word \'zz", "word zz"),
        ("no end {", "no end"),
        ("}}} after", "after"),
    ],
)
def test_what_its_reader_sees(body: str, text: str) -> None:
    assert read_rtf(rf"{{\rtf1\ansi\ansicpg1251\deff0 {body}}}".encode()).text == text


@pytest.mark.parametrize(
    ("head", "codec"),
    [
        (r"\ansi\ansicpg1251", "cp1251"),
        (r"\ansi\ansicpg1252\deff0{\fonttbl{\f0\fnil\fcharset204 Times;}}\f0 ", "cp1251"),
        (r"\ansi\ansicpg1252{\fonttbl{\f3\cpg866 Courier;}}\f3 ", "cp866"),
        (r"\mac\ansicpg10007", "mac_cyrillic"),
        (r"\ansi\ansicpg65001", "utf-8"),
    ],
)
def test_letters_are_bytes_of_the_code_page_that_holds(head: str, codec: str) -> None:
    assert read_rtf(rf"{{\rtf1{head} {bytes_of('О смотре ёлок', codec)}}}".encode()).text == "О смотре ёлок"


def test_the_font_of_a_group_ends_with_the_group() -> None:
    fonts = r"{\fonttbl{\f0\fcharset204 A;}{\f1\fcharset238 B;}}"
    body = rf"{{\f1 {bytes_of('č', 'cp1250')}}}{bytes_of('ч', 'cp1251')}"
    assert read_rtf(rf"{{\rtf1\ansi\ansicpg1251{fonts}{body}}}".encode()).text == "čч"


def test_an_unknown_code_page_is_the_usual_one() -> None:
    assert read_rtf(rb"{\rtf1\ansi\ansicpg99999 caf\'e9}").text == "café"


@given(st.lists(st.sampled_from([b"{", b"}", b"\\", b"\\par", b"\\u-5", b"\\'", b"\\*", b"\\bin9", b"\\uc3", b"x", b"\xff", b"\n"])).map(b"".join))
def test_nothing_in_it_stops_the_reading(data: bytes) -> None:
    found = read_rtf(b"{\\rtf1 " + data)
    found.text.encode("utf-8")


def test_groups_nested_as_nobody_nests_them_are_damage() -> None:
    with pytest.raises(Refusal) as caught:
        read_rtf(b"{\\rtf1 " + b"{" * 100_000)
    assert caught.value.code == "damaged"
