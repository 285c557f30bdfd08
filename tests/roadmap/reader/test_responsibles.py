from __future__ import annotations

import pytest

from roadmapdocs.roadmap.reader.responsibles import Spellings, has_surplus_separator, split_responsible


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (["УО, ИМО, ОО"], ["УО", "ИМО", "ОО"]),
        (["Специалисты УО,, руководители ОО"], ["Специалисты УО", "руководители ОО"]),
        (["Отдел (кадры, архив); школы"], ["Отдел (кадры, архив)", "школы"]),
        (["Отдел", "образования"], ["Отдел образования"]),
        (["МСО", "директора школ"], ["МСО", "директора школ"]),
        (["Заместитель", "директора школы"], ["Заместитель директора школы"]),
        (["Специалисты УО, МБОУ ДО", "«Радуга»"], ["Специалисты УО", "МБОУ ДО «Радуга»"]),
        (["- методисты", "- школы"], ["методисты", "школы"]),
        (["Начальник отдела", "Дроздова П.П."], ["Начальник отдела Дроздова П.П."]),
        (["Лебедев И.И., начальник отдела, методисты"], ["Лебедев И.И., начальник отдела", "методисты"]),
        (["Управление образования (далее – УО)"], ["Управление образования"]),
        (["МБОУ ДО «Радуга»."], ["МБОУ ДО «Радуга»"]),
        ([], []),
        ([",;,"], []),
    ],
)
def test_a_cell_is_split_into_names(lines: list[str], names: list[str]) -> None:
    assert split_responsible(lines)[0] == names


def test_a_month_among_the_names_is_taken_out() -> None:
    assert split_responsible(["ИМО (февраль), школы"]) == (["ИМО", "школы"], "февраль")


@pytest.mark.parametrize(("text", "surplus"), [("УО,, ОО", True), ("УО,", True), ("УО, ОО", False), ("", False)])
def test_a_separator_too_many_is_noticed(text: str, surplus: bool) -> None:
    assert has_surplus_separator(text) is surplus


def test_names_torn_or_run_together_are_known_from_other_rows() -> None:
    spellings = Spellings.of(["Отдел кадров", "От дел кадров", "Школы", "Школы", "Отдел кадров"], ["МБОУ «Радуга»"])

    assert spellings.mended("От дел кадров") == "Отдел кадров"
    assert spellings.mended("Школы") == "Школы"
    assert spellings.parted("Школы МБОУ «Радуга»") == ["Школы", "МБОУ «Радуга»"]
    assert spellings.parted("Школы района") == ["Школы района"]
