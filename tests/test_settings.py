"""Settings of an installation, and what an operator is told about a mistake in them."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from roadmapdocs.errors import ConfigurationError
from roadmapdocs.settings import Settings, load, secret_key


def write(folder: Path, text: str | bytes) -> Path:
    file = folder / "settings.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def mistake(folder: Path, environment: dict[str, str] | None = None) -> str:
    with pytest.raises(ConfigurationError) as told:
        load(folder, environment or {})
    return str(told.value)


def test_without_a_file_everything_has_a_default(tmp_path: Path) -> None:
    settings = load(tmp_path, {})
    assert settings == Settings(data=tmp_path)
    assert settings.database_address == f"sqlite:///{tmp_path}/roadmapdocs.sqlite3"
    assert settings.files_folder == tmp_path / "files"


def test_definitions_of_the_office_s_own_are_in_a_folder_of_the_data_if_it_is_there(tmp_path: Path) -> None:
    assert load(tmp_path, {}).workflow_folder is None
    (tmp_path / "workflow").touch()
    assert load(tmp_path, {}).workflow_folder is None
    (tmp_path / "workflow").unlink()
    (tmp_path / "workflow").mkdir()
    assert load(tmp_path, {}).workflow_folder == tmp_path / "workflow"


def test_the_data_folder_comes_from_the_environment_or_is_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load(None, {"ROADMAPDOCS_DATA": str(tmp_path / "there")}).data == tmp_path / "there"
    assert load(None, {}).data == tmp_path / "data"


def test_the_environment_overrules_the_file(tmp_path: Path) -> None:
    write(tmp_path, 'office = "Из файла"\nmax_upload = 1000\n')
    settings = load(tmp_path, {"ROADMAPDOCS_OFFICE": "Из среды", "ROADMAPDOCS_SECURE_COOKIES": "true"})
    assert (settings.office, settings.max_upload, settings.secure_cookies) == ("Из среды", 1000, True)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('lenguage = "ru"', ["settings.toml", "'lenguage'", "did you mean 'language'"]),
        ("qqqq = 1", ["settings.toml", "'qqqq'", "known: database, language"]),
        ('language = "de"', ["settings.toml", "language", "'de'", "ru, en"]),
        ("language = 1", ["settings.toml: language", "1 is not str"]),
        ('max_upload = "много"', ["settings.toml: max_upload", "'много' is not int"]),
        ("max_upload = true", ["settings.toml: max_upload", "True is not int"]),
        ("max_upload = 0", ["settings.toml", "max_upload", "0 bytes"]),
        ("demo = 1", ["settings.toml: demo", "1 is not true or false"]),
        ('timezone = "Europe/Atlantis"', ["settings.toml", "timezone", "'Europe/Atlantis'"]),
        ('timezone = "../../etc/passwd"', ["settings.toml", "timezone", "passwd"]),
        ('password_cost = "free"', ["settings.toml", "password_cost", "'free'"]),
        ('mail_security = "ssl"', ["settings.toml", "mail_security", "'ssl'", "none, starttls, tls"]),
        ("mail_port = 70000", ["settings.toml", "mail_port", "70000", "1 to 65535"]),
        ("mail_port = -1", ["settings.toml", "mail_port", "-1"]),
        ('mail_host = "mail.example.org"', ["settings.toml", "mail_from", "'mail.example.org'"]),
        ('mail_from = "nobody"', ["settings.toml", "mail_from", "'nobody'", "registry@example.org"]),
        ('mail_from = "a@b\\nBcc: c@d"', ["settings.toml", "mail_from"]),
        ('mail_password = "a"\nmail_password_file = "b"', ["settings.toml", "mail_password", "mail_password_file"]),
        ('base_url = "registry.example.org"', ["settings.toml", "base_url", "'registry.example.org'", "https://"]),
        ('base_url = "javascript:alert(1)"', ["settings.toml", "base_url"]),
        ('base_url = "https://example.org/?a=b"', ["settings.toml", "base_url"]),
        ('base_url = "https://[example.org"', ["settings.toml", "base_url"]),
        ('queue = "amqp://localhost"', ["settings.toml", "queue", "redis://"]),
        ('quiet_from = "8 вечера"', ["settings.toml", "quiet_from", "'8 вечера'", "08:30"]),
        ('digest_at = "24:00"', ["settings.toml", "digest_at", "'24:00'"]),
        ("escalate_after = 0", ["settings.toml", "escalate_after", "0"]),
        ('deadline_on_day_off = "next"', ["settings.toml", "deadline_on_day_off", "'next'", "before, after, stay"]),
        ("office = ", ["settings.toml", "not readable as TOML"]),
        (b"office = '\xcf\xf0\xe8'", ["settings.toml", "not readable as TOML"]),
    ],
)
def test_a_mistake_is_told_with_file_key_and_value(tmp_path: Path, text: str | bytes, told: list[str]) -> None:
    write(tmp_path, text)
    assert [word for word in told if word not in mistake(tmp_path)] == []


def test_a_mistake_in_the_environment_names_the_variable(tmp_path: Path) -> None:
    assert "ROADMAPDOCS_MAX_UPLOAD: 'x' is not int" in mistake(tmp_path, {"ROADMAPDOCS_MAX_UPLOAD": "x"})


def test_the_secret_key_is_made_once_and_read_by_its_owner_only(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data")
    key = secret_key(settings)
    assert len(key) == 64
    assert secret_key(settings) == key
    assert stat.S_IMODE((tmp_path / "data" / "secret.key").stat().st_mode) == 0o600


def test_two_installations_have_two_keys(tmp_path: Path) -> None:
    assert secret_key(Settings(data=tmp_path / "a")) != secret_key(Settings(data=tmp_path / "b"))


def test_a_password_is_shown_neither_in_a_mistake_nor_with_the_settings(tmp_path: Path) -> None:
    write(tmp_path, 'mail_password = ["s3cret"]')
    assert "s3cret" not in mistake(tmp_path)
    write(tmp_path, 'mail_password = "s3cret"\nqueue = "redis://:s3cret@localhost"\n')
    settings = load(tmp_path, {})
    assert settings.secret("mail_password") == "s3cret"
    assert "s3cret" not in repr(settings)
    write(tmp_path, 'queue = "amqp://:s3cret@localhost"')
    assert "s3cret" not in mistake(tmp_path)


def test_a_password_may_stand_in_a_file_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "password"
    write(tmp_path, f'mail_password_file = "{file}"')
    with pytest.raises(ConfigurationError, match=r"mail_password_file: .* cannot be read"):
        load(tmp_path, {}).secret("mail_password")
    file.write_text("s3cret\n")
    assert load(tmp_path, {}).secret("mail_password") == "s3cret"


def test_settings_of_mail_are_taken_as_they_stand(tmp_path: Path) -> None:
    write(
        tmp_path,
        'mail_host = "mail.example.org"\nmail_port = 465\nmail_security = "tls"\nmail_from = "Реестр <registry@example.org>"\n'
        'base_url = "https://example.org/registry/"\nqueue = "redis://localhost:6379/1"\nquiet_until = "07:30"\n',
    )
    settings = load(tmp_path, {})
    assert (settings.mail_port, settings.mail_from) == (465, "Реестр <registry@example.org>")
    assert (settings.hour("quiet_until").hour, settings.hour("quiet_until").minute) == (7, 30)
    assert settings.outbox_folder == tmp_path / "outbox"
