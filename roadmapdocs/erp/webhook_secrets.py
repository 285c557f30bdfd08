"""The secrets that sign deliveries: made here, shown once, kept encrypted by the installation's key."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import secrets
from typing import Final

from cryptography.fernet import Fernet, InvalidToken

from roadmapdocs.erp.sending import SECRET_PREFIX
from roadmapdocs.errors import ConfigurationError
from roadmapdocs.installation import Kept

#: So long the secret before signs beside a new one.
BOTH_FOR: Final = dt.timedelta(hours=24)
_BYTES: Final = 32

#: Until the installation gives its key, what is kept can be read no longer than the process lives.
_key: Kept[bytes] = Kept("erp.webhook_secrets.key", Fernet.generate_key)


def use_key(key: str) -> None:
    """Encrypt by the installation's key (:func:`roadmapdocs.settings.secret_key`) from now on."""
    digest = hashlib.sha256(b"roadmapdocs.webhooks." + key.encode()).digest()
    _key.set(base64.urlsafe_b64encode(digest))


def new_secret() -> str:
    return SECRET_PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def sealed(secret: str, before: str = "", *, now: dt.datetime) -> str:
    """What the table keeps: the secret, and of what was kept ``before`` the one that goes on signing for a while."""
    rows = [[secret, ""]]
    if before:
        rows.append([_rows(before)[0][0], (now + BOTH_FOR).isoformat()])
    return Fernet(_key.get()).encrypt(json.dumps(rows).encode()).decode()


def secrets_of(kept: str, *, now: dt.datetime) -> list[str]:
    """Those that sign now, the newest first.

    :raise ConfigurationError: if the installation's key is another by now
    """
    return [secret for secret, until in _rows(kept) if not until or now < dt.datetime.fromisoformat(until)]


def _rows(kept: str) -> list[list[str]]:
    try:
        rows: list[list[str]] = json.loads(Fernet(_key.get()).decrypt(kept.encode()))
    except InvalidToken as problem:
        raise ConfigurationError(
            "secret.key: it is not the key by which the secrets of webhooks were kept; make new secrets on their pages"
        ) from problem
    return rows
