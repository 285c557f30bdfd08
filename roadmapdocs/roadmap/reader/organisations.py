"""The organisation inside a post or a citation, its head word put into the nominative."""

from __future__ import annotations

import re

# Head words as they stand after a post («начальник управления …») or an act («приказом управления …»).
_NOMINATIVES = {
    "управления": "управление",
    "управлением": "управление",
    "отдела": "отдел",
    "отделом": "отдел",
    "комитета": "комитет",
    "департамента": "департамент",
    "министерства": "министерство",
    "администрации": "администрация",
    "института": "институт",
    "центра": "центр",
    "учреждения": "учреждение",
    "школы": "школа",
    "гимназии": "гимназия",
    "лицея": "лицей",
    "службы": "служба",
    "правительства": "правительство",
    "коллегии": "коллегия",
    "совета": "совет",
    "советом": "совет",
}
_ADJECTIVES = {"муниципального": "муниципальное", "педагогического": "педагогический", "казенного": "казенное", "казённого": "казённое", "бюджетного": "бюджетное"}
_POST = re.compile(
    r"(?:(?:и\.?\s?о\.?|врио|исполняющ\w+ обязанности)\s+)?(?:заместител\w+\s+)?(?:начальник\w*|директор\w*|ректор\w*|"
    r"руководител\w*|глав[аы]|заведующ\w+|председател\w*|министр\w*)(?:\s*,)?\s*",
    re.IGNORECASE,
)


def organisation_of_post(position: str) -> str | None:
    """«Начальник управления образования …» gives «управление образования …»; None when the post names no more than
    «отдел»."""
    found = _POST.match(position)
    rest = position[found.end() :].strip() if found else ""
    return nominative_organisation(rest) if len(rest.split()) > 1 else None


def nominative_organisation(name: str) -> str:
    """Only the words in front are changed: what follows the head word keeps its case anyway."""
    words = name.split()
    for index, word in enumerate(words[:4]):
        head = _NOMINATIVES.get(word.lower())
        if head:
            words[index] = head.capitalize() if word[0].isupper() and not word.isupper() else (head.upper() if word.isupper() else head)
            break
        adjective = _ADJECTIVES.get(word.lower())
        if not adjective:
            break
        words[index] = adjective.capitalize() if word[0].isupper() else adjective
    return " ".join(words)
