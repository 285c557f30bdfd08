"""Extracting messages from the sources, and bringing the Russian catalogue up to them (``make translations``)."""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
CATALOGUE = ROOT / "roadmapdocs/translations/ru/LC_MESSAGES/roadmapdocs.po"
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "lazy": None, "pgettext": ((1, "c"), 2)}


#: Folder → method of extraction by pattern, with its options.
SOURCES: dict[str, tuple[str, str, dict[str, str]]] = {
    "roadmapdocs": ("**.py", "python", {}),
    "templates": ("**.html", "jinja2", {"trimmed": "true"}),
}


def messages_in_sources() -> Catalog:
    """Every message id of Python sources and page templates, with the places where it stands."""
    found = Catalog(project="roadmapdocs", charset="utf-8")
    for folder, (pattern, method, options) in SOURCES.items():
        extracted = extract_from_dir(ROOT / folder, [(pattern, method)], {pattern: options}, keywords=KEYWORDS)
        for name, line, message, comments, context in extracted:
            if message and message != ("", ""):
                place = (f"{folder}/{name}", line)
                found.add(message, None, [place], auto_comments=comments, context=context)
    return found


def russian() -> Catalog:
    with CATALOGUE.open("rb") as stream:
        return read_po(stream, locale="ru")


def write(catalogue: Catalog) -> None:
    """In the order of ids and without line numbers, so that a change of the sources does not rewrite the file."""
    with CATALOGUE.open("wb") as stream:
        write_po(stream, catalogue, width=110, no_location=True, sort_output=True, ignore_obsolete=True)


def main(files: list[str]) -> None:
    """Bring the catalogue up to the sources; translations of other .po files given are taken over first."""
    catalogue = russian() if CATALOGUE.exists() else Catalog("ru", charset="utf-8")
    catalogue.header_comment = "# Russian messages of roadmapdocs."
    catalogue.fuzzy = False
    catalogue.update(messages_in_sources(), no_fuzzy_matching=True)
    for file in files:
        with Path(file).open("rb") as stream:
            for message in read_po(stream, locale="ru"):
                known = catalogue.get(message.id, message.context) if message.id else None
                if known is not None and message.string:
                    known.string = message.string
    write(catalogue)
    missing = [message for message in catalogue if message.id and not all(_forms(message.string))]
    print(f"{len(catalogue)} messages, {len(missing)} without a translation")  # noqa: T201  # a command's answer
    for message in missing:
        print(f"  {message.id!r}")  # noqa: T201  # likewise


def _forms(value: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ("",))


if __name__ == "__main__":
    main(sys.argv[1:])
