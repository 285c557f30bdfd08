"""Files as ir.attachment: versions of texts and what is attached beside them, of documents that the actor may read.

Ids of versions are even and ids of what stands beside a text odd, so that one list has both.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import peewee as pw

from roadmapdocs.db import BaseModel, UtcDateTimeField
from roadmapdocs.documents.models import Attachment, Document, DocumentVersion
from roadmapdocs.documents.operations import read_document
from roadmapdocs.documents.versions import add_version, attach, detach
from roadmapdocs.documents.visibility import visible_to
from roadmapdocs.erp.odoo.context import Env
from roadmapdocs.erp.odoo.errors import Invalid
from roadmapdocs.erp.odoo.fields import Field, Pairs, Row, Type, Write, lazy
from roadmapdocs.erp.odoo.models.shared import DOCUMENT_MODEL, address, readable_names
from roadmapdocs.erp.odoo.registry import Method, Model, Parameter, Values
from roadmapdocs.errors import Refusal
from roadmapdocs.files.models import StoredFile
from roadmapdocs.i18n import gettext as _

TEXT: Final = "text"
BESIDE: Final = "beside"
#: Of one answer: what is larger is fetched file by file.
MOST_BYTES: Final = 64 * 1024 * 1024
_CHUNK: Final = 1024 * 1024
_MEDIA_TYPES: Final = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "txt": "text/plain",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "rtf": "application/rtf",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}


class FileRow(BaseModel):
    """A row of both tables together: no table of its own, but the name of a part of each query (``WITH``)."""

    document = pw.IntegerField()
    part = pw.TextField()
    name = pw.TextField()
    note = pw.TextField()
    number = pw.IntegerField()
    added_by = pw.TextField()
    added_at = UtcDateTimeField()
    sha256 = pw.TextField()
    size = pw.BigIntegerField()
    format = pw.TextField()

    class Meta:
        table_name = "rd_odoo_attachment"


def version_id(number: int) -> int:
    return number * 2


def beside_id(number: int) -> int:
    return number * 2 + 1


def _rows(env: Env) -> Any:
    file = (StoredFile.sha256, StoredFile.size, StoredFile.format)
    texts = (
        DocumentVersion.select(
            *(DocumentVersion.id * 2, DocumentVersion.document, pw.Value(TEXT), DocumentVersion.name, DocumentVersion.comment),
            *(DocumentVersion.number, DocumentVersion.added_by, DocumentVersion.added_at, *file),
        )
        .join(StoredFile)
        .switch(DocumentVersion)
        .join(Document)
        .where(visible_to(env.actor))
    )
    beside = (
        Attachment.select(
            *(Attachment.id * 2 + 1, Attachment.document, pw.Value(BESIDE), Attachment.name, Attachment.title),
            *(pw.Value(0), Attachment.added_by, Attachment.added_at, *file),
        )
        .join(StoredFile)
        .switch(Attachment)
        .join(Document)
        .where(Attachment.removed_at.is_null() & visible_to(env.actor))
    )
    columns = [field.name for field in FileRow._meta.sorted_fields]
    return FileRow.select().with_cte(texts.union_all(beside).cte(FileRow._meta.table_name, columns=columns))


def _models(rows: Sequence[Row], _env: Env) -> Iterable[object]:
    return [DOCUMENT_MODEL] * len(rows)


def _model_searched(operator: str, value: Any, _env: Env) -> Any:
    """All files belong to documents."""
    asked = DOCUMENT_MODEL in value if isinstance(value, (list, tuple)) else value == DOCUMENT_MODEL
    everything = asked if operator in {"=", "in"} else not asked
    return FileRow.id.is_null(not everything)


def _record_names(rows: Sequence[Row], env: Env) -> Iterable[object]:
    names = readable_names({row.document for row in rows}, env)
    return [names.get(row.document) for row in rows]


def _types(rows: Sequence[Row], _env: Env) -> Iterable[object]:
    return ["binary"] * len(rows)


def _media_types(rows: Sequence[Row], _env: Env) -> Iterable[object]:
    return [_MEDIA_TYPES.get(row.format, "application/octet-stream") for row in rows]


def _urls(rows: Sequence[Row], env: Env) -> Iterable[object]:
    folders = {TEXT: "files", BESIDE: "attachments"}
    return [address(env, f"documents/{row.document}/{folders[row.part]}/{row.id // 2}") for row in rows]


def _checksums(rows: Sequence[Row], env: Env) -> Iterable[object]:
    """SHA-1, as Odoo has it; nothing of ours rests on it."""
    _check_size(rows)
    return [_sha1(row.sha256, env) for row in rows]


def _sha1(sha256: str, env: Env) -> str:
    digest = hashlib.sha1(usedforsecurity=False)
    with env.store.open(sha256) as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _data(rows: Sequence[Row], env: Env) -> Iterator[bytes]:
    _check_size(rows)
    for row in rows:
        with env.store.open(row.sha256) as stream:
            yield stream.read()


def _sizes(rows: Sequence[Row], _env: Env) -> Iterable[object]:
    return [row.size for row in rows]


def _check_size(rows: Sequence[Row]) -> None:
    """
    :raise Refusal: ``too_large``
    """
    if sum(row.size for row in rows) > MOST_BYTES and len(rows) > 1:
        most = MOST_BYTES // 1024 // 1024
        raise Refusal("too_large", _("These files are larger than %(most)s MB together. Read them one by one.", most=most))


def _parts() -> Pairs:
    return [(TEXT, _("version of the text")), (BESIDE, _("file beside the text"))]


def create(values: Values, env: Env) -> int:
    """A new version of a document's text, or a file beside it: what ``part`` says.

    :raise Invalid: ``res_model``, ``datas`` if it belongs to nothing or has no bytes
    """
    if values.get("res_model", DOCUMENT_MODEL) != DOCUMENT_MODEL or not values.get("res_id"):
        raise Invalid("res_model", _("A file belongs to a document. Send res_model “roadmap.document” and its id as res_id."))
    if not values.get("datas"):
        raise Invalid("datas", _("The file has no bytes. Send them in “datas” as base64."))
    document = read_document(values["res_id"], by=env.actor)
    name, note = values.get("name") or "", values.get("description") or ""
    common: dict[str, Any] = {"store": env.store, "by": env.actor, "now": env.now}
    if values.get("part") == TEXT:
        made = add_version(document, values["datas"], name, comment=note, **common)
        return version_id(made.id)
    return beside_id(attach(document, values["datas"], name, title=note, **common).id)


def unlink(attachment_id: int, env: Env) -> None:
    """Take a file beside the text off its card; the reason comes in the context.

    :raise Refusal: ``version`` for a version of the text, which is never taken off; ``reason`` without one
    """
    row = _rows(env).where(FileRow.id == attachment_id).get()
    if row.part == TEXT:
        raise Refusal("version", _("A version of the text stays: the history and visas speak of it. Add a newer one."))
    reason = env.context.raw.get("reason")
    _detach(row, reason if isinstance(reason, str) else "", env)


def _detach(row: Any, reason: str, env: Env) -> None:
    detach(row.id // 2, read_document(row.document, by=env.actor), reason, by=env.actor, now=env.now)


def _action_detach(ids: Sequence[int], env: Env, reason: str) -> bool:
    for row in list(_rows(env).where(FileRow.id.in_(list(ids)))):
        if row.part == TEXT:
            raise Refusal("version", _("A version of the text stays: the history and visas speak of it. Add a newer one."))
        _detach(row, reason, env)
    return True


ATTACHMENT: Final = Model(
    name="ir.attachment",
    description=lazy("File"),
    table=FileRow,
    rows=_rows,
    display=Field(Type.CHAR, lazy("Name"), column=FileRow.name),
    fields={
        "name": Field(Type.CHAR, lazy("Name"), column=FileRow.name, required=True, write=Write.CREATE),
        "res_model": Field(
            Type.CHAR, lazy("Model"), read=_models, search=_model_searched, write=Write.CREATE, default=lambda _env: DOCUMENT_MODEL
        ),
        "res_id": Field(Type.INTEGER, lazy("Id of the record"), column=FileRow.document, write=Write.CREATE),
        "res_name": Field(Type.CHAR, lazy("Document"), needs=(FileRow.document,), read=_record_names),
        "part": Field(
            Type.SELECTION, lazy("What it is"), column=FileRow.part, selection=_parts, write=Write.CREATE,
            default=lambda _env: BESIDE,
        ),
        "version_number": Field(Type.INTEGER, lazy("Version"), column=FileRow.number, help=lazy("0 for a file beside the text.")),
        "description": Field(Type.TEXT, lazy("Note"), column=FileRow.note, write=Write.CREATE),
        "type": Field(Type.CHAR, lazy("Type"), read=_types),
        "mimetype": Field(Type.CHAR, lazy("Media type"), needs=(FileRow.format,), read=_media_types),
        "file_size": Field(Type.INTEGER, lazy("Size in bytes"), column=FileRow.size),
        "checksum": Field(Type.CHAR, lazy("SHA-1"), needs=(FileRow.sha256, FileRow.size), read=_checksums),
        "sha256": Field(Type.CHAR, lazy("SHA-256"), column=FileRow.sha256),
        "datas": Field(
            Type.BINARY, lazy("Bytes"), needs=(FileRow.sha256, FileRow.size), read=_data, size=_sizes, required=True,
            write=Write.CREATE,
        ),
        "url": Field(Type.CHAR, lazy("Address"), needs=(FileRow.document, FileRow.part), read=_urls),
        "author": Field(Type.CHAR, lazy("Added by"), column=FileRow.added_by),
        "create_date": Field(Type.DATETIME, lazy("Added"), column=FileRow.added_at),
    },
    order="id",
    create=create,
    unlink=unlink,
    methods={
        "action_detach": Method(
            _action_detach, lazy("Take off the card"), (Parameter("reason", Type.TEXT, required=True, help=lazy("Why.")),)
        ),
    },
)
MODELS = (ATTACHMENT,)
