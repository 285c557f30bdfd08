"""Files by REST: uploads with their digest, downloads whole and in parts."""

from __future__ import annotations

import base64
import hashlib
import io

import pytest

from roadmapdocs.access.rules import Mark
from roadmapdocs.documents.models import Attachment, Document, DocumentVersion
from roadmapdocs.files.models import StoredFile
from roadmapdocs.people.rules import Role
from tests.web.api.conftest import Api
from tests.web.office import document

TEXT = b"Reading is a pleasure.\n" * 100
SHA256 = hashlib.sha256(TEXT).hexdigest()


def digest(data: bytes) -> str:
    return f"sha-256=:{base64.b64encode(hashlib.sha256(data).digest()).decode()}:"


@pytest.fixture
def row(api: Api) -> Document:
    answer = api.post("/documents", {"kind": "order_main", "title": "On the reading week"})
    found: Document = Document.get_by_id(answer.json["id"])
    return found


def upload(api: Api, row: Document, data: bytes = TEXT, part: str = "@versions", **headers: str) -> int:
    answer = api.post(f"/documents/{row.id}/{part}?name=text.txt", data=data, headers=headers)
    assert answer.status_code == 201, answer.text
    number: int = answer.json.get("number") or answer.json["id"]
    return number


def test_a_body_becomes_a_version_with_its_hash(api: Api, row: Document) -> None:
    headers = {"Content-Digest": digest(TEXT), "Content-Disposition": "attachment; filename*=UTF-8''%D0%A2.txt"}
    answer = api.post(f"/documents/{row.id}/@versions?comment=First", data=TEXT, headers=headers)
    assert answer.status_code == 201, answer.text
    told = answer.json
    assert (told["number"], told["name"], told["comment"], told["sha256"], told["size"]) == (1, "Т.txt", "First", SHA256, len(TEXT))
    assert answer.headers["Location"] == told["@id"]
    assert api.get(told["@id"]).data == TEXT
    assert api.get(f"/documents/{row.id}/@versions").json["items"] == [told]


def test_a_form_brings_a_file_with_what_is_said_of_it(api: Api, row: Document) -> None:
    form = {"file": (io.BytesIO(TEXT), "text.txt"), "comment": "Commas", "substantial": "false"}
    upload(api, row, b"The first text")
    answer = api.post(f"/documents/{row.id}/@versions", data=form)
    assert answer.status_code == 201, answer.text
    assert (answer.json["number"], answer.json["substantial"], answer.json["comment"]) == (2, False, "Commas")
    first, second = (item["number"] for item in api.get(f"/documents/{row.id}/@versions?fields=number").json["items"])
    assert (first, second) == (2, 1)


def test_a_repeated_upload_is_one_version_however_its_form_is_written(api: Api, row: Document) -> None:
    def send(comment: str) -> tuple[int, str]:
        form = {"file": (io.BytesIO(TEXT), "text.txt"), "comment": comment}
        answer = api.post(f"/documents/{row.id}/@versions", data=form, headers={"Idempotency-Key": "up"})
        return answer.status_code, answer.json.get("code", "")

    assert [send("One"), send("One"), send("Two")] == [(201, ""), (201, ""), (422, "idempotency_mismatch")]
    body = {"data": TEXT + b"!", "headers": {"Idempotency-Key": "raw"}}
    assert [api.post(f"/documents/{row.id}/@versions?name=a.txt", **body).status_code for _ in range(2)] == [201, 201]
    assert DocumentVersion.select().count() == 2


@pytest.mark.parametrize(
    ("header", "code"),
    [
        (digest(b"other bytes"), "digest_mismatch"),
        ("sha-256=:AAAA:", "digest"),
        ("sha-256=:a:", "digest"),
        ("md5=:AAAA:, sha-256=:" + base64.b64encode(bytes(32)).decode() + ":", "digest_mismatch"),
    ],
)
def test_what_is_not_what_its_digest_says_is_not_kept(api: Api, row: Document, header: str, code: str) -> None:
    for name in ("Content-Digest", "Repr-Digest"):
        answer = api.post(f"/documents/{row.id}/@versions?name=text.txt", data=TEXT, headers={name: header})
        assert (answer.status_code, answer.json["code"]) == (422, code)
    assert not DocumentVersion.select().exists()
    assert not StoredFile.select().exists()


def test_a_digest_of_another_kind_is_passed_over(api: Api, row: Document) -> None:
    assert upload(api, row, **{"Content-Digest": "sha-512=:AAAA:"}) == 1


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"data": b""}, "file"),
        ({"data": {"comment": "x"}, "content_type": "multipart/form-data"}, "file"),
        ({"data": {"file": (io.BytesIO(b""), "")}}, "file"),
        ({"data": {"file": (io.BytesIO(TEXT), "text.txt"), "mood": "good"}}, "values"),
        ({"data": {"file": (io.BytesIO(TEXT), "text.txt"), "substantial": "perhaps"}}, "values"),
        ({"data": b"MZ\x90\0" + bytes(64)}, None),
    ],
)
def test_an_upload_that_makes_no_sense_says_why(api: Api, row: Document, more: dict[str, object], code: str | None) -> None:
    answer = api.post(f"/documents/{row.id}/@versions?name=text.exe", **more)
    assert answer.status_code == 422, answer.text
    assert code is None or answer.json["code"] == code


def test_the_fields_of_a_form_are_no_file(api: Api, row: Document) -> None:
    assert api.post(f"/documents/{row.id}/@versions?name=text.txt", data={"comment": "x"}).status_code == 415


def test_a_file_without_a_name_is_refused(api: Api, row: Document) -> None:
    assert api.post(f"/documents/{row.id}/@versions", data=TEXT).json["code"] == "file"


def test_a_file_that_is_too_large_is_refused_by_its_length_and_by_its_bytes(
    api: Api, row: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(api.app.config, "MAX_CONTENT_LENGTH", 1_000)
    told = api.post(f"/documents/{row.id}/@versions?name=text.txt", data=TEXT)
    assert (told.status_code, told.json["code"]) == (413, "request_entity_too_large")
    chunked = {"input_stream": io.BytesIO(TEXT), "environ_overrides": {"wsgi.input_terminated": True}}
    assert api.post(f"/documents/{row.id}/@versions?name=text.txt", **chunked).status_code == 413
    assert not DocumentVersion.select().exists()


class TestDownload:
    @pytest.fixture
    def path(self, api: Api, row: Document) -> str:
        upload(api, row)
        return f"/documents/{row.id}/@versions/1"

    def test_it_comes_whole_with_its_digest_and_never_opens_in_a_browser(self, api: Api, path: str) -> None:
        answer = api.get(path)
        assert (answer.status_code, answer.data) == (200, TEXT)
        assert answer.headers["Repr-Digest"] == digest(TEXT)
        assert answer.headers["ETag"] == f'"{SHA256}"'
        assert answer.headers["Content-Length"] == str(len(TEXT))
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert (answer.headers["Accept-Ranges"], answer.headers["X-Content-Type-Options"]) == ("bytes", "nosniff")

    @pytest.mark.parametrize(
        ("asked", "part"),
        [("bytes=0-9", TEXT[:10]), ("bytes=100-", TEXT[100:]), ("bytes=-5", TEXT[-5:]), ("bytes=0-99999", TEXT)],
    )
    def test_a_part_of_it_can_be_asked_for(self, api: Api, path: str, asked: str, part: bytes) -> None:
        answer = api.get(path, headers={"Range": asked})
        assert (answer.status_code, answer.data) == (206, part)
        assert answer.headers["Content-Range"].endswith(f"/{len(TEXT)}")
        assert answer.headers["Repr-Digest"] == digest(TEXT)

    @pytest.mark.parametrize("asked", ["bytes=0-1,5-6", "lines=1-2", "bytes=x", "bytes=9-1"])
    def test_a_range_that_is_none_gives_the_whole(self, api: Api, path: str, asked: str) -> None:
        answer = api.get(path, headers={"Range": asked})
        assert (answer.status_code, answer.data) == (200, TEXT)

    def test_bytes_beyond_the_end_are_refused_with_the_length(self, api: Api, path: str) -> None:
        answer = api.get(path, headers={"Range": "bytes=99999-"})
        assert (answer.status_code, answer.content_type) == (416, "application/problem+json")
        assert answer.headers["Content-Range"] == f"bytes */{len(TEXT)}"

    def test_what_the_caller_has_is_not_sent_again(self, api: Api, path: str) -> None:
        answer = api.get(path, headers={"If-None-Match": f'"{SHA256}"'})
        assert (answer.status_code, answer.data) == (304, b"")

    def test_a_part_of_another_file_than_the_caller_has_comes_whole(self, api: Api, path: str) -> None:
        same = {"Range": "bytes=0-4", "If-Range": f'"{SHA256}"'}
        other = {"Range": "bytes=0-4", "If-Range": '"another"'}
        alike = {"Range": "bytes=0-4", "If-Range": f'W/"{SHA256}"'}
        assert [api.get(path, headers=headers).status_code for headers in (same, other, alike)] == [206, 200, 200]

    @pytest.mark.parametrize(
        ("headers", "status"),
        [
            ({"If-Match": "*"}, 206),
            ({"If-Match": f'"{SHA256}"'}, 206),
            ({"If-Match": '"another"'}, 412),
            ({"If-None-Match": f'"{SHA256}"'}, 304),
            ({"If-None-Match": "*"}, 304),
            ({"If-None-Match": '"another"'}, 206),
        ],
    )
    def test_what_the_caller_says_of_the_file_counts_before_the_part_of_it(
        self, api: Api, path: str, headers: dict[str, str], status: int
    ) -> None:
        answer = api.get(path, headers={"Range": "bytes=0-4", **headers})
        assert (answer.status_code, TEXT[:5] in answer.data) == (status, status == 206)

    def test_head_tells_the_length_without_the_bytes(self, api: Api, path: str) -> None:
        answer = api.call("HEAD", path)
        assert (answer.status_code, answer.data, answer.headers["Content-Length"]) == (200, b"", str(len(TEXT)))
        assert api.call("HEAD", path, headers={"Range": "bytes=0-4"}).status_code == 200

    def test_a_version_that_is_none_is_not_there(self, api: Api, path: str) -> None:
        assert api.get(path.replace("/1", "/2")).json["code"] in ("no_version", "no_document")


def test_a_file_of_one_document_is_not_served_at_the_address_of_another(api: Api, row: Document) -> None:
    hidden = document("Bonus of Lukina", mark=Mark.PERSONAL, mark_basis="152-FZ")
    upload(api, hidden, part="@attachments")
    number = Attachment.get().id
    assert api.get(f"/documents/{hidden.id}/@attachments/{number}").status_code == 200
    for path in (f"/documents/{row.id}/@attachments/{number}", f"/documents/{row.id}/@versions/1"):
        assert api.get(path).status_code == 404
    assert api.get(f"/documents/{hidden.id}/@attachments/{number}", who=Role.STAFF).status_code == 404


def test_an_attachment_is_put_beside_the_text_and_taken_off_with_a_reason(api: Api, row: Document) -> None:
    form = {"file": (io.BytesIO(TEXT), "scan.txt"), "title": "Scan"}
    told = api.post(f"/documents/{row.id}/@attachments", data=form).json
    assert (told["title"], told["name"]) == ("Scan", "scan.txt")
    path = f"/documents/{row.id}/@attachments"
    assert api.get(path).json["items"] == [told]
    assert api.delete(f"{path}/{told['id']}").status_code == 422
    assert api.delete(f"{path}/{told['id']}?reason=Blurred").status_code == 204
    assert api.delete(f"{path}/{told['id']}?reason=Blurred").json["code"] == "no_attachment"
    assert api.get(path).json["items"] == []


def test_staff_adds_no_files(api: Api, row: Document) -> None:
    shown = document()
    answer = api.post(f"/documents/{shown.id}/@attachments?name=a.txt", data=TEXT, who=Role.STAFF)
    assert (answer.status_code, answer.json["code"]) == (403, "forbidden")
