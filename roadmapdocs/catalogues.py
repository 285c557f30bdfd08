"""Compiling the message catalogues: at every build, and by ``python -m roadmapdocs.catalogues`` in a checkout."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).parent / "translations"


def compile_catalogues(folder: Path = FOLDER) -> list[Path]:
    """Compile every ``.po`` below the folder to a ``.mo`` beside it; give the compiled files."""
    compiled = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        with source.open("rb") as stream:
            catalogue = read_po(stream, locale=source.parts[-3])
        target = source.with_suffix(".mo")
        # Whole or not at all: a running server may be reading the old one.
        handle, temporary = tempfile.mkstemp(dir=target.parent)
        with os.fdopen(handle, "wb") as stream:
            write_mo(stream, catalogue)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(target)
        compiled.append(target)
    return compiled


if __name__ == "__main__":
    compile_catalogues()
