"""A folder in memory, where files of tests cost no disk."""

from __future__ import annotations

import functools
import os
import shutil
from pathlib import Path

MEMORY = Path("/dev/shm")
#: Bytes; what two workers need at the most, and as much again.
ENOUGH = 2 * 1024**3


@functools.cache
def folder_in_memory() -> str | None:
    """None where there is none with room enough: then the usual folder for temporary files is good."""
    if not MEMORY.is_dir() or not os.access(MEMORY, os.W_OK) or shutil.disk_usage(MEMORY).free < ENOUGH:
        return None
    return str(MEMORY)
