"""Definitions are checked whole when they are loaded: one broken definition for each thing that can be wrong."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from roadmapdocs.errors import ConfigurationError
from roadmapdocs.workflow.loader import LARGEST_FILE, load, parse, problems
from roadmapdocs.workflow.rules import Known, Line
from tests.workflow.definitions import GOOD, KNOWN, own, shipped

LABEL = 'label = {ru = "проект", en = "draft"}'
SIGNED = 'label = {ru = {m = "подписан", f = "подписана", n = "подписано", p = "подписаны"}, en = "signed"}'
LOST = '[states.lost]\nlabel = {ru = "потерян"}\nmeaning = "rework"\nfinal = true\n'
TWICE = '[transitions.sign_too]\nlabel = {ru = "Подписать"}\nfrom = ["draft"]\nto = "signed"\nwho = ["clerk"]\n'

#: What is replaced in the good definition, by what, the key that is named, and a part of what is said of it.
BROKEN = {
    "not TOML": ("version = 1", "version = ", "", "not readable as TOML"),
    "deep nesting": ("version = 1", f"version = {'[' * 5000}", "", "not readable as TOML"),
    "unknown key": ("version = 1", "version = 1\nverson = 2", "verson", "unknown key; did you mean 'version'?"),
    "unknown key of a state": (LABEL, LABEL + '\ncolor = "red"', "states.draft.color", "unknown key"),
    "unknown key of a transition": ("main = true", "mian = true", "transitions.sign.mian", "did you mean 'main'?"),
    "no line": ('line = "preparation"', "", "line", "is missing"),
    "unknown line": ('"preparation"', '"preparaton"', "line", "'preparaton' is not a line of a document; did you mean 'preparation'?"),
    "no version": ("version = 1", "", "version", "is missing"),
    "version that is no number": ("version = 1", 'version = "1"', "version", "'1' is not a whole number"),
    "version that is a truth": ("version = 1", "version = true", "version", "True is not a whole number"),
    "version nought": ("version = 1", "version = 0", "version", "0 is not a whole number"),
    "no initial state": ('initial = "draft"', "", "initial", "is missing"),
    "unknown initial state": ('initial = "draft"', 'initial = "drift"', "initial", "'drift' is not a known state; did you mean 'draft'?"),
    "initial state that is no text": ('initial = "draft"', "initial = 3", "initial", "3 is not a text"),
    "no title": ('title = {ru = "Подготовка письма", en = "Preparation of a letter"}', "", "title", "is missing"),
    "title without languages": ('title = {ru = "Подготовка письма", en = "Preparation of a letter"}', 'title = "x"', "title", "'x' is not a table of words"),
    "no label": (LABEL, "", "states.draft.label", "is missing"),
    "label without Russian": (LABEL, 'label = {en = "draft"}', "states.draft.label.ru", "is missing"),
    "label in no language of ours": (LABEL, 'label = {ru = "проект", eng = "x"}', "states.draft.label.eng", "did you mean 'en'?"),
    "empty label": (LABEL, 'label = {ru = " "}', "states.draft.label.ru", "is not a text of one line"),
    "label of two lines": (LABEL, 'label = {ru = "про\\nект"}', "states.draft.label.ru", "is not a text of one line"),
    "endless label": (LABEL, f'label = {{ru = "{"я" * 121}"}}', "states.draft.label.ru", "longer than 120 characters"),
    "missing gender": (', n = "подписано"', "", "states.signed.label.ru.n", "is missing"),
    "unknown gender": ('f = "подписана"', 'f = "подписана", x = "?"', "states.signed.label.ru.x", "unknown gender"),
    "unknown meaning": (LABEL, LABEL + '\nmeaning = "sined"', "states.draft.meaning", "did you mean 'signed'?"),
    "state of no meaning": ("[states.draft]", "[states.sketch]\nlabel = {ru = 'x'}\n[states.draft]", "states.sketch.meaning", "'sketch' is not a known standard state"),
    "unknown look": ('look = "closed"', 'look = "close"', "states.draft.look", "did you mean 'closed'?"),
    "unknown right": ("rights = {read", "rights = {raed", "states.draft.rights", "did you mean 'read'?"),
    "rights that are no table": ('rights = {read = ["clerk", "drafter"], change = []}', 'rights = ["read"]', "states.draft.rights", "is not a table of rights"),
    "unknown role in a right": ('"drafter"]', '"draughter"]', "states.draft.rights.read", "'draughter' is not a known role or tie"),
    "a rule that reads": ('"drafter"]', '"rule"]', "states.draft.rights.read", "'rule' is not a known role or tie"),
    "final that is no truth": ("final = true", 'final = "yes"', "states.signed.final", "'yes' is neither true nor false"),
    "state that is no table": ("[states.draft]", "[states]\nodd = 1\n[states.draft]", "states.odd", "1 is not a table"),
    "state with a bad name": ("[states.signed]", '[states."Sig ned"]', "states.Sig ned", "is not a name"),
    "no way from anywhere": ('from = ["draft"]', "from = []", "transitions.sign.from", "names no state"),
    "unknown state to leave": ('from = ["draft"]', 'from = ["drat"]', "transitions.sign.from", "did you mean 'draft'?"),
    "one state instead of a list": ('from = ["draft"]', 'from = "draft"', "transitions.sign.from", "is not a list of texts"),
    "unknown target": ('to = "signed"', 'to = "singed"', "transitions.sign.to", "did you mean 'signed'?"),
    "no target": ('to = "signed"', "", "transitions.sign.to", "is missing"),
    "unknown role": ('"signer", "clerk"]', '"signer", "clrek"]', "transitions.sign.who", "'clrek' is not a known role or tie; did you mean 'clerk'?"),
    "nobody who may": ('who = ["signer", "clerk"]', "who = []", "transitions.sign.who", "names no role or tie"),
    "one who may twice": ('who = ["signer", "clerk"]', 'who = ["clerk", "clerk"]', "transitions.sign.who", "'clerk' stands there twice"),
    "unknown guard": ('["has_text"]', '["has_txt"]', "transitions.sign.guards", "'has_txt' is not a known guard; did you mean 'has_text'?"),
    "unknown effect": ('["date_signing"]', '["date_singing"]', "transitions.sign.effects", "did you mean 'date_signing'?"),
    "unknown thing to ask": ('["reason"]', '["raeson"]', "transitions.sign.asks", "did you mean 'reason'?"),
    "thing asked twice": ('may_ask = ["date"]', 'may_ask = ["reason"]', "transitions.sign.may_ask", "'reason' is asked already"),
    "symbol that is markup": ('"edit"', '"<b>"', "transitions.sign.symbol", "'<b>' is not the name of an icon"),
    "main that is no truth": ("main = true", "main = 1", "transitions.sign.main", "1 is neither true nor false"),
    "unreachable state": ("[transitions.sign]", LOST + "[transitions.sign]", "states.lost", "no transition leads there from 'draft'"),
    "dead state": ("final = true", "", "states.signed", "no transition leads out"),
    "final state with a way out": ('look = "closed"', 'look = "closed"\nfinal = true', "states.draft.final", "'sign' leads out of this final state"),
    "duplicate transition": ("[transitions.sign]", TWICE + "[transitions.sign]", "transitions.sign_too", "is a duplicate of 'sign'"),
    "name of another line": ("[transitions.sign]", "[transitions.register]", "transitions.register", "another line has this name, too"),
}  # fmt: skip


def test_the_good_definition_is_good(tmp_path: Path) -> None:
    assert problems(own(tmp_path / "own", letter=GOOD), KNOWN) == []


@pytest.mark.parametrize(("good", "bad", "key", "said"), BROKEN.values(), ids=BROKEN.keys())
def test_what_is_wrong_is_named_by_file_and_key(tmp_path: Path, good: str, bad: str, key: str, said: str) -> None:
    assert good in GOOD

    found = problems(own(tmp_path / "own", letter=GOOD.replace(good, bad, 1)), KNOWN)

    told = [one for one in found if "letter.toml" in one and key in one and said in one]
    assert told, found


def test_all_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    folder = own(
        tmp_path / "own",
        first=GOOD.replace("has_text", "has_txt").replace('"signed"', '"sined"'),
        second=GOOD.replace('"preparation"', '"x"'),
    )

    found = problems(folder, KNOWN)

    assert [any(part in one for one in found) for part in ("has_txt", "sined", "second.toml: line")] == [True] * 3
    with pytest.raises(ConfigurationError) as told:
        load(folder, KNOWN)
    assert str(told.value).split("\n") == found


def test_a_wrong_name_is_not_told_with_its_consequences(tmp_path: Path) -> None:
    found = problems(own(tmp_path / "own", letter=GOOD.replace('to = "signed"', 'to = "sined"')), KNOWN)

    assert len(found) == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (GOOD.encode("cp1251"), "not UTF-8 from byte"),
        (b"#" * (LARGEST_FILE + 1), f"larger than {LARGEST_FILE} bytes"),
        (b"", "line: is missing"),
        (b"\x00", "not readable as TOML"),
    ],
)
def test_a_file_that_is_no_definition_is_told(tmp_path: Path, data: bytes, said: str) -> None:
    folder = own(tmp_path / "own")
    (folder / "letter.toml").write_bytes(data)

    assert any(said in one for one in problems(folder, KNOWN))


def test_a_file_saved_by_notepad_is_read(tmp_path: Path) -> None:
    folder = own(tmp_path / "own")
    (folder / "letter.toml").write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())

    assert load(folder, KNOWN).definitions["letter"].initial == "draft"


def test_a_name_that_no_kind_could_refer_to_is_told(tmp_path: Path) -> None:
    assert "'Наше письмо'" in problems(own(tmp_path / "own", **{"Наше письмо": GOOD}), KNOWN)[0]


@pytest.mark.parametrize("name", ["absent", "file"])
def test_a_folder_that_is_not_there_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()

    assert problems(tmp_path / name, KNOWN) == [f"{tmp_path / name}: there is no such folder of definitions"]


def test_links_and_other_files_are_passed_over_with_a_notice(tmp_path: Path) -> None:
    folder = own(tmp_path / "own")
    (tmp_path / "elsewhere.toml").write_text(GOOD, encoding="utf-8")
    (folder / "link.toml").symlink_to(tmp_path / "elsewhere.toml")
    (folder / "letter.toml.bak").write_text("?", encoding="utf-8")
    (folder / "inner.toml").mkdir()

    catalogue = load(folder, KNOWN)

    assert catalogue.definitions.keys() == shipped().definitions.keys()
    assert [Path(one.split(":")[0]).name for one in catalogue.notices] == ["inner.toml", "letter.toml.bak", "link.toml"]


def test_an_own_file_stands_in_the_place_of_ours(tmp_path: Path) -> None:
    ours = shipped().definitions["preparation"]
    text = ours.source.replace('ru = "на согласовании"', 'ru = "на визировании"')

    loaded = load(own(tmp_path / "own", preparation=text), KNOWN)

    assert loaded.workflow({}).state(Line.PREPARATION, "in_approval").label.in_language("ru") == "на визировании"
    assert ours.states["in_approval"].label.in_language("ru") == "на согласовании"


def test_an_own_file_adds_a_state_that_means_a_standard_one(tmp_path: Path) -> None:
    visa = """
    [states.at_lawyer]
    meaning = "in_approval"
    label = {ru = "у юриста"}
    [transitions.to_lawyer]
    label = {ru = "Передать юристу"}
    from = ["in_approval"]
    to = "at_lawyer"
    who = ["clerk"]
    [transitions.from_lawyer]
    label = {ru = "Юрист согласен"}
    from = ["at_lawyer"]
    to = "agreed"
    who = ["clerk"]
    """

    loaded = load(own(tmp_path / "own", preparation=shipped().definitions["preparation"].source + visa), KNOWN)

    assert loaded.definitions["preparation"].states["at_lawyer"].meaning == "in_approval"


def test_an_own_file_of_our_name_keeps_our_line(tmp_path: Path) -> None:
    found = problems(own(tmp_path / "own", storage=GOOD), KNOWN)

    assert any("storage.toml: line: 'preparation' is not the line of ours" in one for one in found)


def test_a_workflow_takes_the_definition_called_like_the_line_where_none_is_named() -> None:
    workflow = shipped().workflow({Line.PREPARATION: "confirmation"})

    assert [workflow.definitions[line].code for line in Line] == ["confirmation", *[line.value for line in Line][1:]]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("confirmaton", "'confirmaton' is not a known definition; did you mean 'confirmation'?"),
        ("storage", "'storage' is a definition of the line 'storage'; known: author, confirmation, preparation"),
    ],
)
def test_a_workflow_of_wrong_codes_is_refused(code: str, said: str) -> None:
    with pytest.raises(ConfigurationError, match="preparation") as told:
        shipped().workflow({Line.PREPARATION: code})

    assert said in str(told.value)


def test_lines_that_share_a_transitions_name_make_no_workflow() -> None:
    ours = shipped()
    control = ours.definitions["control"]
    clashing = dataclasses.replace(control, transitions={**control.transitions, "sign": control.transitions["move_due"]})

    with pytest.raises(ConfigurationError, match=r"control\.toml: transitions\.sign"):
        dataclasses.replace(ours, definitions={**ours.definitions, "control": clashing}).workflow({})


def test_what_a_document_started_with_is_read_though_its_names_are_known_no_more() -> None:
    text = GOOD.replace("has_text", "had_text").replace('"signer", "clerk"', '"scribe"').replace("main =", "first =")

    transition = parse("letter", text).transitions["sign"]

    assert (transition.guards, transition.who) == (("had_text",), {"scribe"})
    assert Known(frozenset(), frozenset(), frozenset({"date_signing"})).lacks(transition) == ["scribe", "had_text"]


def test_a_text_that_is_no_definition_is_not_taken_for_one() -> None:
    with pytest.raises(ConfigurationError, match=r"letter\.toml: line: is missing"):
        parse("letter", "version = 1")
