"""``roadmapdocs documents draft``."""

from __future__ import annotations

import difflib
import json
import os
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.clock import office_day
from roadmapdocs.web.console import console, json_option, print_json, tell

if TYPE_CHECKING:
    from roadmapdocs.drafting.composing import KindWords
    from roadmapdocs.drafting.values import Values

LONGEST_FILE = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Wanted:
    """``template`` is a path of :data:`roadmapdocs.drafting.shapes.SHAPES`; ``kinds`` are all that are known."""

    template: str
    kind: KindWords
    kinds: Mapping[str, KindWords]


@click.command()
@click.argument("kind")
@click.option("--values", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True), help="What the document says (JSON, - is standard input).")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="The Word file to write.")
@click.option("--example", is_flag=True, help="Print values of a made-up document of this kind.")
@json_option
def draft(kind: str, values: Path | None, out: Path | None, example: bool, as_json: bool) -> None:
    """Make a Word file of values: KIND is a kind's code, its word («приказ») or a template (order, protocol, plan)."""
    from roadmapdocs.drafting.samples import sample  # noqa: PLC0415  # commands without drafts start faster
    from roadmapdocs.drafting.shapes import SHAPES  # noqa: PLC0415  # likewise
    from roadmapdocs.drafting.values_json import read_values, write_values  # noqa: PLC0415  # likewise

    wanted = _wanted(kind)
    if example:
        print_json(write_values(sample(wanted.template)))
        return
    if values is None or out is None:
        raise click.UsageError("--values and --out are needed, or --example")
    shape = SHAPES[wanted.template].values
    assert shape is not None  # _wanted gives no other
    made, sha256 = _made(wanted, read_values(shape, _read(values)))
    _write(out, made)
    if as_json:
        print_json({"out": str(out), "size": len(made), "template": wanted.template, "template_sha256": sha256})
    else:
        tell(_("Written: %(file)s.", file=out))


def _made(wanted: Wanted, values: Values) -> tuple[bytes, str]:
    """The file, and the hash of the template it was made by."""
    from roadmapdocs.drafting.composing import compose  # noqa: PLC0415  # likewise
    from roadmapdocs.drafting.profiles import own_profile, profile_for  # noqa: PLC0415  # likewise
    from roadmapdocs.drafting.rendering import render  # noqa: PLC0415  # likewise
    from roadmapdocs.drafting.templates import template_for, template_without_registry, use_templates  # noqa: PLC0415  # likewise

    settings = console().settings
    day = values.date or office_day(settings)
    use_templates(settings.data, console().store)
    chosen = template_for(wanted.template, day) if _has_registry() else template_without_registry(wanted.template)
    profile = profile_for(day, own_profile(settings.data), values.profile)
    page = compose(wanted.template, values, profile, kind=wanted.kind, kinds=wanted.kinds)
    author = values.drafter.name if values.drafter else ""
    return render(chosen.data, page, title=values.title, author=author), chosen.sha256


def _wanted(word: str) -> Wanted:
    """
    :raise NotFound: ``no_kind`` with the nearest word
    """
    from roadmapdocs.drafting.composing import KindWords  # noqa: PLC0415  # likewise
    from roadmapdocs.drafting.shapes import SHAPES  # noqa: PLC0415  # likewise

    rows = _kinds()
    kinds = {code: KindWords.of(code, row["name"], row["gender"], row["forms"]) for code, row in rows.items()}
    drafted = {path.removesuffix(".docx"): path for path, shape in SHAPES.items() if shape.values}
    by_word: dict[str, tuple[str, str]] = {}
    for code, row in rows.items():
        if row["template"].removesuffix(".docx") in drafted:
            for said in (code, row["short"], row["name"], row["expected"], row["template"].removesuffix(".docx")):
                by_word.setdefault(said.casefold(), (row["template"], code))
    for said, path in drafted.items():
        by_word.setdefault(said, (path, "protocol" if path.startswith("protocol") else "other"))
    found = by_word.get(word.strip().casefold().removesuffix(".docx"))
    if found is None:
        raise _unknown(word, by_word)
    template, code = found
    return Wanted(template, kinds.get(code) or KindWords.of(code, "Документ", "m", {}), kinds)


def _unknown(word: str, known: Mapping[str, object]) -> NotFound:
    near = difflib.get_close_matches(word.casefold(), known, n=1)
    told = _("No document is drafted by the word “%(word)s”. Known: %(known)s.", word=word[:80], known=", ".join(sorted(known)))
    if near:
        told = _("No document is drafted by the word “%(word)s”. Is %(near)s meant?", word=word[:80], near=near[0])
    return NotFound("no_kind", told, kind=word[:80])


def _has_registry() -> bool:
    from roadmapdocs.web import registry  # noqa: PLC0415  # likewise

    return registry.exists(console().settings)


def _kinds() -> Mapping[str, Mapping[str, Any]]:
    """The office's own kinds where there is a registry; else those that we ship."""
    from roadmapdocs.documents.kinds import shipped  # noqa: PLC0415  # likewise

    if not _has_registry():
        return {code: {"forms": {}, "template": "", **row} for code, row in shipped().items()}
    from roadmapdocs.documents.models import Kind  # noqa: PLC0415  # likewise

    console().open_registry()
    columns = (Kind.code, Kind.short, Kind.name, Kind.gender, Kind.forms, Kind.expected, Kind.template)
    return {row["code"]: row for row in Kind.select(*columns).where(Kind.active).order_by(Kind.position).dicts()}


def _read(file: Path) -> object:
    """
    :raise Refusal: ``bad_json`` saying where reading ended
    """
    if str(file) == "-":
        data = sys.stdin.buffer.read(LONGEST_FILE + 1)
    else:
        with file.open("rb") as stream:
            data = stream.read(LONGEST_FILE + 1)
    if len(data) > LONGEST_FILE:
        raise Refusal("bad_json", _("%(file)s is larger than any document's values.", file=file), file=str(file))
    try:
        return json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Refusal("bad_json", _("%(file)s is not in UTF-8: save it in that encoding.", file=file), file=str(file)) from None
    except RecursionError:
        raise Refusal("bad_json", _("%(file)s: its brackets are nested too deeply.", file=file), file=str(file)) from None
    except json.JSONDecodeError as problem:
        told = _("%(file)s cannot be read as JSON: line %(line)s, sign %(column)s.", file=file, line=problem.lineno, column=problem.colno)
        raise Refusal("bad_json", told, file=str(file), line=problem.lineno, column=problem.colno) from None


def _write(file: Path, data: bytes) -> None:
    """Whole or not at all."""
    handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(file)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
