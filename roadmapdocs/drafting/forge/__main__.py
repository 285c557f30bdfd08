"""``python -m roadmapdocs.drafting.forge [FOLDER]`` writes the shipped templates."""

from __future__ import annotations

import sys
from pathlib import Path

from roadmapdocs.drafting.forge.shipped import write
from roadmapdocs.shipped import pages_folder

if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else pages_folder().parent / "documents")
