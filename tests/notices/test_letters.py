"""What a mail looks like, and what nobody can make of it by a title."""

from __future__ import annotations

import dataclasses
import email
import email.policy
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.notices.letters import (
    LONGEST_SUBJECT,
    MOST_IN_DIGEST,
    Letter,
    Part,
    compose,
    digest,
    for_guest,
    header_line,
    link,
    single,
)
from roadmapdocs.notices.words import Said, document_name
from roadmapdocs.settings import Settings, is_mail_address
from tests.conftest import NOW

OFFICE = Settings(
    data="unused",  # type: ignore[arg-type]  # nothing is written here
    language="en",
    office="Управление образования",
    mail_from="Реестр <registry@example.test>",
    base_url="https://registry.example.test/docs/",
)


def part(headline: str = "Approve by 19.03.2026: приказ «О зачёте»", *details: str, path: str = "/notices/5") -> Part:
    return Part(Said(headline, details, "Look through"), path)


def composed(letter: Letter, settings: Settings = OFFICE, to: str = "lukina@example.test") -> EmailMessage:
    """As it arrives: written out and read again."""
    sent = compose(letter, to=to, message_id="abc", settings=settings, now=NOW).as_bytes(policy=SMTP)
    read = email.message_from_bytes(sent, policy=email.policy.default)
    assert isinstance(read, EmailMessage)
    return read


def bodies(mail: EmailMessage) -> tuple[str, str]:
    plain, html = mail.get_body(["plain"]), mail.get_body(["html"])
    assert plain is not None
    assert html is not None
    return plain.get_content(), html.get_content()


def test_a_mail_says_the_act_and_leads_to_it() -> None:
    mail = composed(single(part()))
    plain, html = bodies(mail)
    assert mail["Subject"] == "Approve by 19.03.2026: приказ «О зачёте»"
    assert mail["From"] == "Реестр <registry@example.test>"
    assert mail["Message-ID"] == "<abc@example.test>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "https://registry.example.test/docs/notices/5" in plain
    assert '<a href="https://registry.example.test/docs/notices/5">Look through</a>' in html
    for text in (plain, html):
        assert "Управление образования" in text
        assert "https://registry.example.test/docs/notices/settings" in text


def test_the_office_signs_where_the_sender_has_no_name() -> None:
    plain = dataclasses.replace(OFFICE, mail_from="registry@example.test")
    assert composed(single(part()), plain)["From"] == "Управление образования <registry@example.test>"


def test_a_mail_has_nothing_remote_in_it() -> None:
    html = bodies(composed(single(part())))[1]
    assert "<img" not in html
    assert "<link" not in html
    assert "src=" not in html


def test_without_an_address_of_its_own_the_registry_says_where_to_look() -> None:
    plain, html = bodies(composed(single(part()), dataclasses.replace(OFFICE, base_url="")))
    for text in (plain, html):
        assert "Откройте реестр" in text
        assert "http" not in text


def test_a_digest_tells_all_and_counts_what_is_too_much() -> None:
    parts = [part(f"Sign: приказ {number}", path=f"/notices/{number}") for number in range(MOST_IN_DIGEST + 2)]
    mail = composed(digest(parts))
    plain = bodies(mail)[0]
    assert mail["Subject"] == f"{MOST_IN_DIGEST + 2} уведомления для вас"
    assert plain.count("Sign: ") == MOST_IN_DIGEST
    assert "Ещё 2 – в реестре." in plain


def test_a_guest_is_not_sent_to_settings_that_a_guest_has_not() -> None:
    plain, html = bodies(composed(for_guest("Approve: приказ", ["Until Thursday"], "/guest/?link=s3-_cret")))
    for text in (plain, html):
        assert "https://registry.example.test/docs/guest/?link=s3-_cret" in text
        assert "Until Thursday" in text
        assert "settings" not in text


HOSTILE = [
    "приказ\r\nBcc: all@example.test",
    "приказ\nSubject: другое",
    "приказ\x00\x0b\x0c\x85\u2028Bcc: all@example.test",
    "=?utf-8?q?=0D=0ABcc:_all@example.test?=",
    "==??utf-8?q?=0D=0ABcc:_all@example.test?=",
    "а" * 5000,
    "",
]


@pytest.mark.parametrize("title", HOSTILE)
def test_a_title_ends_no_header(title: str) -> None:
    mail = composed(single(part(title)))
    assert mail["Bcc"] is None
    assert len(mail.get_all("Subject", [])) == 1
    assert len(mail.get_all("To", [])) == 1


@given(st.text(max_size=400))
def test_whatever_is_written_in_a_title_the_headers_stay_ours(title: str) -> None:
    title = title.encode("utf-8", "replace").decode("utf-8")
    mail = composed(single(part(title)))
    assert sorted(mail.keys()) == [
        "Auto-Submitted",
        "Content-Type",
        "Date",
        "From",
        "MIME-Version",
        "Message-ID",
        "Subject",
        "To",
    ]
    assert mail["Subject"] == header_line(title)
    assert len(header_line(title)) <= LONGEST_SUBJECT


def test_an_office_with_a_hostile_name_ends_no_header_either() -> None:
    evil = dataclasses.replace(OFFICE, office='Управление" <evil@example.test>\r\nBcc: x@y', mail_from="registry@example.test")
    mail = composed(single(part()), evil)
    assert mail["Bcc"] is None
    assert [address.addr_spec for address in mail["From"].addresses] == ["registry@example.test"]


def test_what_is_written_in_a_title_is_text_in_html() -> None:
    html = bodies(composed(single(part("<script>alert(1)</script>", '"><img src=x>'))))[1]
    assert "<script" not in html
    assert "<img" not in html


@pytest.mark.parametrize(
    "to", ["", "lukina", "a@b\nBcc: c@d", "a@b, c@d", "<a@b>", "a b@c", "a@b@c", "x" * 250 + "@example.test", "a@b\x00"]
)
def test_what_is_no_address_is_not_written_to(to: str) -> None:
    assert not is_mail_address(to)
    with pytest.raises(ValueError, match="is not an address"):
        compose(single(part()), to=to, message_id="abc", settings=OFFICE, now=NOW)


@pytest.mark.parametrize("to", ["lukina@example.test", "o.lukina+work@mail.example.test", "лукина@пример.рф"])
def test_an_address_is_written_to(to: str) -> None:
    assert is_mail_address(to)
    assert compose(single(part()), to=to, message_id="abc", settings=OFFICE, now=NOW)["To"] == to


def test_a_path_cannot_leave_the_registry() -> None:
    assert link("/documents/5", OFFICE) == "https://registry.example.test/docs/documents/5"
    assert link("/a b\n<c>", OFFICE) == "https://registry.example.test/docs/a%20b%0A%3Cc%3E"
    assert link("", OFFICE) == ""


@pytest.mark.parametrize(("short", "word"), [("Приказ", "приказ"), ("Приказ (ЛС)", "приказ (ЛС)"), ("ПМПК", "ПМПК"), ("А", "а")])
def test_a_kind_is_written_as_inside_a_sentence(short: str, word: str) -> None:
    document = Document(kind=Kind(short=short), title="О зачёте", number="5-П")
    assert document_name(document) == f"{word} №\N{NO-BREAK SPACE}5-П «О зачёте»"


def test_a_long_title_is_cut() -> None:
    document = Document(kind=Kind(short="Приказ"), title="очень " * 100, number="")
    assert len(document_name(document)) < 140
    assert document_name(document).endswith("…»")
