"""Messages: complete in Russian, none left over, and made in the language that was asked for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from roadmapdocs import i18n
from roadmapdocs.catalogues import compile_catalogues
from tests.translations import messages_in_sources, russian


@pytest.fixture(scope="module")
def sources() -> Catalog:
    return messages_in_sources()


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    return russian()


def ids(catalogue: Catalog) -> set[str]:
    return {message.id if isinstance(message.id, str) else message.id[0] for message in catalogue if message.id}


def test_every_message_of_the_sources_is_in_russian(sources: Catalog, catalogue: Catalog) -> None:
    assert sorted(ids(sources) - ids(catalogue)) == []


def test_no_translation_outlives_its_message(sources: Catalog, catalogue: Catalog) -> None:
    assert sorted(ids(catalogue) - ids(sources)) == []
    assert not catalogue.obsolete


def test_no_translation_is_empty_or_doubtful(catalogue: Catalog) -> None:
    empty = [message.id for message in catalogue if message.id and not all(_strings(message.string))]
    assert empty == []
    assert [message.id for message in catalogue if message.id and message.fuzzy] == []


def test_plurals_have_the_three_russian_forms(catalogue: Catalog) -> None:
    assert catalogue.num_plurals == 3
    plural = [message for message in catalogue if isinstance(message.id, (tuple, list))]
    assert [message.id for message in plural if len(_strings(message.string)) != 3] == []


def test_a_translation_fills_the_same_places_as_its_message(catalogue: Catalog) -> None:
    wrong = []
    for message in catalogue:
        told = [message.id] if isinstance(message.id, str) else list(message.id)
        places = set().union(*(_places(text) for text in told))
        if message.id and any(_places(text) - places for text in _strings(message.string)):
            wrong.append(message.id)
    assert wrong == []


@pytest.mark.parametrize("word", ["пожалуйста", "некорректн", "успешно"])
def test_the_registry_does_not_speak_like_a_machine(catalogue: Catalog, word: str) -> None:
    spoken = [text for message in catalogue for text in _strings(message.string) if message.id]
    assert [text for text in spoken if word in text.casefold()] == []


def _strings(value: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ("",))


def _places(text: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)", text))


@pytest.fixture
def compiled() -> list[Path]:
    made = compile_catalogues()
    i18n._catalogue.cache_clear()
    return made


def test_russian_is_the_language_unless_another_is_asked_for(compiled: list[Path]) -> None:
    sentence = "The login or the password does not fit. Check the layout and Caps Lock."
    assert i18n.language() == "ru"
    assert i18n.gettext(sentence) != sentence
    with i18n.use_language("en"):
        assert i18n.gettext(sentence) == sentence
    assert i18n.language() == "ru"


def test_an_unknown_language_means_the_default_one() -> None:
    with i18n.use_language("tlh"):
        assert i18n.language() == "ru"


def test_places_are_filled_and_a_message_may_have_a_place_called_message() -> None:
    with i18n.use_language("en"):
        assert i18n.gettext("Line %(line)s: %(message)s", line=3, message="oh") == "Line 3: oh"


@pytest.mark.parametrize(("number", "words"), [(1, "1 account"), (2, "2 accounts"), (0, "0 accounts")])
def test_numbers_choose_their_plural(number: int, words: str) -> None:
    with i18n.use_language("en"):
        assert i18n.ngettext("%(num)s account", "%(num)s accounts", number) == words


@pytest.mark.parametrize(("number", "form"), [(1, 0), (21, 0), (2, 1), (24, 1), (5, 2), (11, 2), (112, 2)])
def test_russian_numbers_choose_among_three_forms(compiled: list[Path], catalogue: Catalog, number: int, form: int) -> None:
    message = catalogue["%(num)s account"]
    expected = message.string[form] % {"num": number}
    assert i18n.ngettext("%(num)s account", "%(num)s accounts", number) == expected
