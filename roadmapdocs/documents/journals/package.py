"""The same bytes for the same content: an office file without the moment at which it was written."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final

#: Where an archive's calendar begins.
_FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)
_MOMENTS: Final = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")
_CORE: Final = "docProps/core.xml"


def stable(data: bytes) -> bytes:
    """The package ``data`` with the moments in it set to one that never changes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == _CORE:
                content = _MOMENTS.sub(rb"\g<1>2000-01-01T00:00:00Z\g<3>", content)
            entry = zipfile.ZipInfo(name, _FIRST_MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, content)
    return packed.getvalue()
