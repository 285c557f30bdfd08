"""Ways by which mail leaves the house: one contract for all, and what each does with trouble of its own."""

from __future__ import annotations

import email
import email.policy
import ssl
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import pytest

from roadmapdocs.i18n import use_language
from roadmapdocs.notices.ports import FolderMailer, Mailer, Permanent, SmtpMailer, Temporary
from tests.notices.mail import LOGIN_NEEDED, MailServer


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with use_language("en"):
        yield


def message(to: str = "lukina@example.test", number: int = 1) -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"] = "Согласовать до 19.11.2026: приказ «О зачёте»"
    mail["From"] = "Управление образования <registry@example.test>"
    mail["To"] = to
    mail["Message-ID"] = f"<{number}@example.test>"
    mail.set_content("Строка, в которой есть всё: кавычки «», тире –, и\n.точка в начале\n")
    mail.add_alternative("<p>То же</p>", subtype="html")
    return mail


@dataclass
class Way:
    """A mailer, and what has arrived by it."""

    mailer: Mailer
    server: MailServer | None = None
    folder: Path | None = None

    def arrived(self) -> list[EmailMessage]:
        if self.server is not None:
            return self.server.handler.taken
        assert self.folder is not None
        files = [file.read_bytes() for file in self.folder.glob("*.eml")]
        read = [email.message_from_bytes(data, policy=email.policy.default) for data in files]
        return [mail for mail in read if isinstance(mail, EmailMessage)]


@pytest.fixture(params=["smtp", "folder"])
def way(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Way]:
    if request.param == "folder":
        yield Way(FolderMailer(tmp_path / "outbox"), folder=tmp_path / "outbox")
        return
    with MailServer.running() as server:
        yield Way(SmtpMailer("127.0.0.1", server.port), server=server)


def test_what_was_sent_arrives_whole(way: Way) -> None:
    way.mailer.send(message())
    (mail,) = way.arrived()
    assert mail["Subject"] == "Согласовать до 19.11.2026: приказ «О зачёте»"
    assert mail["To"] == "lukina@example.test"
    assert mail["Message-ID"] == "<1@example.test>"
    plain, html = mail.get_body(["plain"]), mail.get_body(["html"])
    assert plain is not None
    assert html is not None
    assert plain.get_content().splitlines() == ["Строка, в которой есть всё: кавычки «», тире –, и", ".точка в начале"]
    assert "То же" in html.get_content()


def test_each_message_arrives_by_itself(way: Way) -> None:
    for number in range(3):
        way.mailer.send(message(f"person{number}@example.test", number))
    assert sorted(mail["To"] for mail in way.arrived()) == [f"person{number}@example.test" for number in range(3)]


def test_a_message_sent_again_is_known_by_its_id(way: Way) -> None:
    for _try in range(2):
        way.mailer.send(message())
    assert {mail["Message-ID"] for mail in way.arrived()} == {"<1@example.test>"}


def test_a_message_sent_again_takes_its_own_place_in_the_folder(tmp_path: Path) -> None:
    for _try in range(2):
        FolderMailer(tmp_path / "outbox").send(message())
    assert len(list((tmp_path / "outbox").iterdir())) == 1


def test_the_folder_is_for_its_owner_only(tmp_path: Path) -> None:
    FolderMailer(tmp_path / "outbox").send(message())
    assert stat.S_IMODE((tmp_path / "outbox").stat().st_mode) == 0o700


def test_a_folder_that_cannot_be_written_holds_all_mail_up(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("not a folder")
    with pytest.raises(Temporary) as told:
        FolderMailer(tmp_path / "outbox").send(message())
    assert told.value.everything
    assert str(told.value).startswith(f"Mail cannot be written into the folder {tmp_path / 'outbox'}: ")


@pytest.mark.parametrize(
    ("answer", "error", "everything"),
    [
        ("450 4.2.1 try later", Temporary, False),
        ("452 4.2.2 mailbox full", Temporary, False),
        ("421 4.3.2 closing", Temporary, True),
        ("550 5.1.1 no such user", Permanent, False),
        ("553 5.1.3 bad address", Permanent, False),
    ],
)
def test_an_answer_to_an_address_says_whether_to_try_again(
    mail_server: MailServer, answer: str, error: type[Exception], everything: bool
) -> None:
    mail_server.handler.answers["lukina@example.test"] = answer
    with pytest.raises(error) as told:
        SmtpMailer("127.0.0.1", mail_server.port).send(message())
    assert answer.split(maxsplit=2)[2] in str(told.value)
    assert getattr(told.value, "everything", False) is everything


@pytest.mark.parametrize(("answer", "error"), [("451 4.3.0 busy", Temporary), ("554 5.7.1 looks like spam", Permanent)])
def test_an_answer_to_the_text_says_whether_to_try_again(
    mail_server: MailServer, answer: str, error: type[Exception]
) -> None:
    mail_server.handler.data_answer = answer
    with pytest.raises(error):
        SmtpMailer("127.0.0.1", mail_server.port).send(message())
    mail_server.handler.data_answer = ""
    SmtpMailer("127.0.0.1", mail_server.port).send(message())
    assert len(mail_server.handler.taken) == 1


def test_a_server_that_is_down_holds_all_mail_up() -> None:
    with MailServer.running() as server:
        port = server.port
    with pytest.raises(Temporary) as told:
        SmtpMailer("127.0.0.1", port).send(message())
    assert told.value.everything
    assert str(told.value).startswith(f"The mail server 127.0.0.1:{port} cannot be reached: ")


def test_a_server_that_is_not_known_holds_all_mail_up() -> None:
    with pytest.raises(Temporary) as told:
        SmtpMailer("no-such-host.invalid", 25).send(message())
    assert told.value.everything


def test_a_server_that_says_nothing_is_left_after_a_time() -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(Temporary) as told:
        SmtpMailer("127.0.0.1", silent.getsockname()[1], timeout_s=0.2).send(message())
    assert told.value.everything


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_a_login_that_is_refused_is_a_matter_of_the_settings_and_holds_all_mail_up() -> None:
    with MailServer.running(**LOGIN_NEEDED) as server:
        right = SmtpMailer("127.0.0.1", server.port, user="registry", password="secret")
        right.send(message())
        with pytest.raises(Temporary) as told:
            SmtpMailer("127.0.0.1", server.port, user="registry", password="wrong").send(message())
        assert told.value.everything
        assert "takes no mail from the registry: 535" in str(told.value)
        assert "wrong" not in str(told.value)
        assert len(server.handler.taken) == 1


def test_a_password_is_not_shown() -> None:
    assert "secret" not in repr(SmtpMailer("127.0.0.1", 25, user="registry", password="secret"))


def test_without_starttls_on_the_server_nothing_is_sent_in_clear(mail_server: MailServer) -> None:
    with pytest.raises(Temporary) as told:
        SmtpMailer("127.0.0.1", mail_server.port, security="starttls").send(message())
    assert told.value.everything
    assert "does not offer what the settings ask of it: " in str(told.value)
    assert mail_server.handler.taken == []


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_mail_goes_through_a_guarded_connection(security: str, certificate: tuple[Path, ssl.SSLContext]) -> None:
    file, server_context = certificate
    options = {"tls_context": server_context, "require_starttls": True} if security == "starttls" else {"ssl_context": server_context}
    with MailServer.running(**options) as server:
        trusting = ssl.create_default_context(cafile=str(file))
        SmtpMailer("localhost", server.port, security=security, context=trusting).send(message())
        assert len(server.handler.taken) == 1


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_server_with_a_certificate_of_nobody_is_not_trusted(
    security: str, certificate: tuple[Path, ssl.SSLContext]
) -> None:
    _file, server_context = certificate
    options = {"tls_context": server_context} if security == "starttls" else {"ssl_context": server_context}
    with MailServer.running(**options) as server:
        with pytest.raises(Temporary) as told:
            SmtpMailer("localhost", server.port, security=security).send(message())
        assert told.value.everything
        assert server.handler.taken == []


def test_an_address_in_letters_of_its_own_goes_only_where_the_server_can(mail_server: MailServer) -> None:
    with pytest.raises(Permanent, match="other than Latin letters"):
        SmtpMailer("127.0.0.1", mail_server.port).send(message("лукина@example.test"))
    with MailServer.running(enable_SMTPUTF8=True) as server:
        SmtpMailer("127.0.0.1", server.port).send(message("лукина@example.test"))
        assert len(server.handler.taken) == 1


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ssl.SSLContext]:
    """A certificate of «localhost» that signs itself: its file, and the context of its server."""
    import datetime as dt

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    folder = tmp_path_factory.mktemp("certificate")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    file, key_file = folder / "localhost.pem", folder / "localhost.key"
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file, key_file)
    return file, context
