"""Samples of words with all their forms: of the dictionary, invented ones, and relatives that are no forms of them."""

from __future__ import annotations

import random
from collections.abc import Collection
from dataclasses import dataclass

from roadmapdocs.russian.cases import Case
from roadmapdocs.russian.morphology import dictionary
from roadmapdocs.russian.names import FullName, decline

_OPEN = {"NOUN", "ADJF", "INFN"}
_LEFT_OUT = {"Abbr", "Erro", "Arch", "Init", "Dist", "Name"}
_LETTERS = "абвгдежзиклмнопрстуфхцчшщэюя"
_SYLLABLES = "ба ве гу до жу за ки лы му но пы ру си те фу хо ця чи ше щу ля бря гло кве стри вну дре сме кла тро пло".split()
_SURNAMES = "ов ев ин ын ский цкий ская ова ева ина енко ук юк ич ец ак ик ян дзе швили аго ых ун арь ай ой ка ба да ша".split()
_OF_WOMEN = ("ская", "ова", "ева", "ина")
_PLACES = {
    "ка": "ка ки ке ку кой ке",
    "ово": "ово ова ову ово овом ове",
    "ино": "ино ина ину ино ином ине",
    "ск": "ск ска ску ск ском ске",
    "жма": "жма жмы жме жму жмой жме",
    "дол": "дол дола долу дол долом доле",
    "горь": "горь гори гори горь горью гори",
}


@dataclass(frozen=True, slots=True)
class Inflected:
    lemma: str
    forms: tuple[str, ...]


def dictionary_words(count: int, seed: int) -> list[Inflected]:
    """Nouns, adjectives and verbs of the dictionary, drawn evenly over the beginnings of words."""
    draw = random.Random(seed)
    found: dict[str, Inflected] = {}
    while len(found) < count:
        prefix = "".join(draw.choice(_LETTERS) for _ in range(4))
        lexemes = list(_lexemes_of(prefix))
        if lexemes:
            chosen = draw.choice(lexemes)
            found[chosen.lemma] = chosen
    return list(found.values())


def _lexemes_of(prefix: str) -> Collection[Inflected]:
    found: dict[str, Inflected] = {}
    for parse in dictionary().iter_known_word_parses(prefix):
        grammemes = parse.tag.grammemes
        if parse.word == parse.normal_form and grammemes & _OPEN and not grammemes & _LEFT_OUT and "-" not in parse.word:
            forms = {form.word for form in parse.lexeme if not form.tag.grammemes & _LEFT_OUT}
            found[f"{parse.word} {parse.tag.POS}"] = Inflected(parse.word, tuple(sorted(forms)))
    return list(found.values())


def invented_words(count: int, seed: int) -> list[Inflected]:
    """Surnames declined by the rules for names, and names of places by theirs; none is in the dictionary."""
    draw = random.Random(seed)
    found: dict[str, Inflected] = {}
    while len(found) < count:
        root = "".join(draw.choice(_SYLLABLES) for _ in range(draw.choice((2, 2, 3))))
        if draw.random() < 0.6:
            chosen = _surname(root, draw)
        else:
            ending = draw.choice(sorted(_PLACES))
            chosen = Inflected(root + ending, tuple(root + form for form in _PLACES[ending].split()))
        if not dictionary().word_is_known(chosen.lemma):
            found[chosen.lemma] = chosen
    return list(found.values())


def _surname(root: str, draw: random.Random) -> Inflected:
    ending = draw.choice(_SURNAMES)
    stem = root[:-1] if ending[0] in "аеиоуыэюя" else root
    name = FullName((stem + ending).capitalize(), gender="f" if ending in _OF_WOMEN else draw.choice("mf"))
    return Inflected(name.surname.lower(), tuple({decline(name, case).surname.lower() for case in Case}))


def invented_relatives(words: Collection[Inflected], seed: int) -> list[tuple[Inflected, Inflected]]:
    """Each invented word with a surname of the same beginning and another ending: «Бригов» and «Бригук»."""
    draw = random.Random(seed)
    pairs = []
    for word in words:
        other = _surname(word.lemma[: max(4, len(word.lemma) - 3)], draw)
        if other.lemma != word.lemma and not {other.lemma + "а", word.lemma + "а"} & {other.lemma, word.lemma}:
            pairs.append((word, other))
    return pairs


def _same(one: Inflected, other: Inflected) -> bool:
    return 3 * len(set(one.forms) & set(other.forms)) > min(len(one.forms), len(other.forms))


def relatives(words: Collection[Inflected], seed: int) -> list[tuple[Inflected, Inflected]]:
    """Each word with another one of the dictionary that begins alike: «справка» and «справить».

    Left out is what is the same word in another part of speech, as «сосисочная» is of «сосисочный»: most forms are one.
    """
    draw = random.Random(seed)
    pairs = []
    for word in words:
        start = word.lemma[: max(4, len(word.lemma) - 3)]
        others = [other for other in _lexemes_of(start) if other.lemma != word.lemma and not _same(word, other)]
        if others:
            pairs.append((word, draw.choice(others)))
    return pairs
