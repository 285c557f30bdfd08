"""Which template prints a document: the office's own of its day, else the office's folder, else the one shipped."""

from __future__ import annotations

import datetime as dt
import difflib
import hashlib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

from roadmapdocs.drafting.models import OfficeTemplate
from roadmapdocs.drafting.shapes import SHAPES
from roadmapdocs.errors import NotFound
from roadmapdocs.files.models import StoredFile
from roadmapdocs.files.store import FileStore
from roadmapdocs.i18n import gettext as _
from roadmapdocs.installation import Kept

#: Below the data folder; a file here stands for the shipped one of the same name, whatever the date.
FOLDER: Final = Path("templates") / "documents"

_own: Kept[Path | None] = Kept("own_templates", lambda: None)
_store: Kept[FileStore | None] = Kept("store_of_templates", lambda: None)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A template and where it came from: ``office_template`` is None for a file of the folder or a shipped one."""

    path: str
    data: bytes
    sha256: str
    office_template: OfficeTemplate | None = None


def use_templates(data: Path | None, store: FileStore | None) -> None:
    """From now on, templates of the data folder go before ours, and bytes of the office's versions lie in the store."""
    _own.set(data / FOLDER if data is not None else None)
    _store.set(store)


def template_for(path: str, date: dt.date, *, store: FileStore | None = None) -> Chosen:
    """The template for a document of this date.

    :raise NotFound: ``no_template`` if nothing is called so, with the nearest name; ``file_missing``
    """
    check_path(path)
    version = version_for(path, date)
    if version is not None:
        return version_of(version, store=store)
    return template_without_registry(path)


def template_without_registry(path: str) -> Chosen:
    """The office's file in its folder, else the shipped one.

    :raise NotFound: ``no_template``
    """
    check_path(path)
    own = folder_file(path)
    return _chosen(path, own.read_bytes()) if own is not None else shipped_template(path)


def version_for(path: str, date: dt.date) -> OfficeTemplate | None:
    """The office's version that counts on the date: the latest begun and not withdrawn; None: none does."""
    rows = OfficeTemplate.select(OfficeTemplate, StoredFile).join(StoredFile)
    counting = (OfficeTemplate.path == path) & (OfficeTemplate.since <= date) & ~OfficeTemplate.withdrawn
    found: OfficeTemplate | None = rows.where(counting).order_by(OfficeTemplate.since.desc(), OfficeTemplate.number.desc()).first()
    return found


def version_of(version: OfficeTemplate, *, store: FileStore | None = None) -> Chosen:
    """A version with its bytes.

    :raise NotFound: ``file_missing``
    """
    kept = store or _store.get()
    if kept is None:
        raise NotFound("file_missing", _("The file is not in the store. Tell the administrator its hash: %(sha256)s.", sha256=version.file.sha256))
    with kept.open(version.file.sha256) as stream:
        return Chosen(version.path, stream.read(), version.file.sha256, version)


def folder_file(path: str) -> Path | None:
    """The office's file of this path in its data folder; None while it has none."""
    own = _own.get()
    file = own / path if own is not None else None
    return file if file is not None and file.is_file() else None


def shipped_template(path: str) -> Chosen:
    """
    :raise NotFound: ``no_template``
    """
    check_path(path)
    return _chosen(path, (Path(str(files("roadmapdocs.templates"))) / "documents" / path).read_bytes())


def check_path(path: str) -> None:
    """
    :raise NotFound: ``no_template`` naming what is known
    """
    if path in SHAPES:
        return
    near = difflib.get_close_matches(path, SHAPES, n=1)
    told = _("There is no template %(path)s. Known: %(known)s.", path=path[:80], known=", ".join(SHAPES))
    if near:
        told = _("There is no template %(path)s. Is %(near)s meant?", path=path[:80], near=near[0])
    raise NotFound("no_template", told, path=path[:80])


def _chosen(path: str, data: bytes) -> Chosen:
    return Chosen(path, data, hashlib.sha256(data).hexdigest())
