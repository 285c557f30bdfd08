"""One door to all formats: a file goes in, blocks or the draft of a roadmap come out."""

from __future__ import annotations

from pathlib import Path

from roadmapdocs.errors import NotFound
from roadmapdocs.files.reading.blocks import Block
from roadmapdocs.files.reading.office import read_office
from roadmapdocs.files.rules import DEFAULT_LIMITS, Limits, display_name, too_large
from roadmapdocs.i18n import gettext as _
from roadmapdocs.roadmap.draft import Draft
from roadmapdocs.roadmap.reader.text import read_text
from roadmapdocs.roadmap.reader.understand import understand


def read_blocks(data: bytes, name: str, limits: Limits = DEFAULT_LIMITS) -> list[Block]:
    """Paragraphs and tables of a file in any format, told by its content; ``name`` only stands in messages.

    :raise Refusal: see :func:`roadmapdocs.files.rules.check_file` and the readers of the formats
    """
    blocks = read_office(data, name, limits)
    return read_text(data) if blocks is None else blocks


def read_file(source: Path | bytes, name: str | None = None, limits: Limits = DEFAULT_LIMITS) -> Draft:
    """The draft of the roadmap in a file, given by its path or its bytes.

    :raise Refusal: as :func:`read_blocks`, and what ``understand`` refuses
    :raise NotFound: ``no_file`` if there is no such file, or it cannot be opened
    """
    if isinstance(source, bytes):
        return understand(read_blocks(source, name or "", limits))
    shown = name or source.name
    return understand(read_blocks(load_file(source, limits), shown, limits))


def load_file(path: Path, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """Bytes of a file whose size was looked at first.

    :raise Refusal: ``too_large``
    :raise NotFound: ``no_file`` if there is no such file, or it cannot be opened
    """
    name = display_name(path.name)
    try:
        size = path.stat().st_size
        if size > limits.max_bytes:
            raise too_large(name, size, limits)
        return path.read_bytes()
    except OSError as problem:
        raise NotFound(
            "no_file",
            _("There is no file %(name)s, or it may not be opened. Check the path.", name=name),
            name=name,
        ) from problem
