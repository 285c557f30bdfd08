"""The OpenID provider of the office: where people are sent to sign in, and whom its answer names.

The authorization code flow with PKCE, ``state`` and ``nonce`` (OpenID Connect Core 1.0, RFC 7636). Authlib composes the
requests, joserfc verifies the signature; both are an extra: ``pip install roadmapdocs[oidc]``.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode, urlsplit

from roadmapdocs.errors import ConfigurationError, Forbidden, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.outside import Outsider
from roadmapdocs.settings import Settings

if TYPE_CHECKING:
    from authlib.integrations.requests_client import OAuth2Session

SOURCE: Final = "oidc"
#: Seconds to wait for a connection, and for an answer.
TIMEOUT_S: Final = (5, 15)
SCOPES: Final = "openid profile email"
#: Signatures that the provider's own key makes. None of them is made with a secret that others have too, or with none.
ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519", "EdDSA")
_KEY_TYPES: Final = frozenset({"RSA", "EC", "OKP"})
_LEEWAY_S: Final = 60
_MOST_BYTES: Final = 1024 * 1024
_KNOWN_FOR: Final = dt.timedelta(hours=1)
#: Keys are asked for anew that long after the last time, when a signature fits none of them.
_KEYS_AGAIN: Final = dt.timedelta(minutes=1)
_NEEDED: Final = ("authorization_endpoint", "token_endpoint", "jwks_uri")


@dataclass(frozen=True, slots=True)
class Begun:
    """A sign-in on its way: where to send the browser, and what has to fit when it comes back."""

    address: str
    state: str
    nonce: str
    verifier: str


@dataclass(slots=True)
class Provider:
    """What the provider tells of itself, and its keys; asked for anew from time to time."""

    settings: Settings
    _told: dict[str, Any] = field(default_factory=dict)
    _told_at: dt.datetime | None = None
    _keys: list[dict[str, Any]] = field(default_factory=list)
    _keys_at: dt.datetime | None = None

    @property
    def name(self) -> str:
        """How people are told of it: by its host."""
        return urlsplit(self.settings.oidc_issuer).hostname or ""

    def begin(self, back: str, *, now: dt.datetime) -> Begun:
        """``back`` is the address to which the browser returns.

        :raise Refusal: ``provider_down``
        """
        state, nonce, verifier = (secrets.token_urlsafe(32) for _one in range(3))
        with _asking():
            told = self._metadata(now)
            address, _state = self._session(back).create_authorization_url(
                told["authorization_endpoint"], state=state, nonce=nonce, code_verifier=verifier
            )
        return Begun(address, state, nonce, verifier)

    def finish(self, code: str, begun: Begun, back: str, *, now: dt.datetime) -> Outsider:
        """Whom the provider names for this code.

        :raise Refusal: ``provider_down``; ``provider_refused`` for an answer that proves nothing
        """
        with _asking():
            told = self._metadata(now)
            session = self._session(back)
            answer = session.fetch_token(
                told["token_endpoint"], code=code, code_verifier=begun.verifier, timeout=TIMEOUT_S, allow_redirects=False
            )
            claims = self._verified(answer, begun.nonce, now)
            if self.settings.oidc_login not in claims or self.settings.oidc_groups not in claims:
                claims = {**self._userinfo(session, claims["sub"]), **claims}
        return self._outsider(claims)

    def sign_out_address(self, back: str, *, now: dt.datetime) -> str:
        """Where somebody signs out of the provider; empty where it has no such place.

        :raise Refusal: ``provider_down``
        """
        with _asking():
            end = self._metadata(now).get("end_session_endpoint")
        if not end:
            return ""
        query = urlencode({"client_id": self.settings.oidc_client, "post_logout_redirect_uri": back})
        return f"{end}{'&' if '?' in end else '?'}{query}"

    def _session(self, back: str) -> OAuth2Session:
        from authlib.integrations.requests_client import OAuth2Session as Opened  # noqa: PLC0415  # an extra

        secret = self.settings.secret("oidc_secret")
        ways = self._told.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        way = "client_secret_post" if "client_secret_basic" not in ways else "client_secret_basic"
        return Opened(
            self.settings.oidc_client,
            secret or None,
            scope=SCOPES,
            redirect_uri=back,
            code_challenge_method="S256",
            token_endpoint_auth_method=way if secret else "none",
        )

    def _metadata(self, now: dt.datetime) -> dict[str, Any]:
        if self._told_at is None or now - self._told_at > _KNOWN_FOR:
            issuer = self.settings.oidc_issuer.rstrip("/")
            told = _json(f"{issuer}/.well-known/openid-configuration")
            if str(told.get("issuer", "")).rstrip("/") != issuer:
                raise _proves_nothing(f"issuer {told.get('issuer')!r} is not {issuer!r}")
            if not all(str(told.get(name, "")).startswith(("https://", "http://")) for name in _NEEDED):
                raise _proves_nothing("its description lacks an address")
            self._told, self._told_at = told, now
        return self._told

    def _verified(self, answer: Mapping[str, Any], nonce: str, now: dt.datetime) -> dict[str, Any]:
        """The claims of an ID token whose signature, issuer, audience, term and nonce are right."""
        from authlib.oidc.core import CodeIDToken  # noqa: PLC0415  # an extra
        from joserfc.errors import BadSignatureError, InvalidKeyIdError, JoseError  # noqa: PLC0415  # likewise

        token = answer.get("id_token")
        if not isinstance(token, str):
            raise _proves_nothing("no ID token")
        try:
            try:
                decoded = self._decoded(token, now, again=False)
            except (BadSignatureError, InvalidKeyIdError):
                # Providers change their keys.
                decoded = self._decoded(token, now, again=True)
            options = {
                "iss": {"essential": True, "value": self._told["issuer"]},
                "aud": {"essential": True, "value": self.settings.oidc_client},
            }
            params = {"nonce": nonce, "client_id": self.settings.oidc_client, "access_token": answer.get("access_token")}
            claims = CodeIDToken(decoded.claims, decoded.header, options, params)
            claims.validate(now=int(now.timestamp()), leeway=_LEEWAY_S)
        except (JoseError, ValueError, TypeError) as problem:
            raise _proves_nothing(str(problem)) from problem
        found = dict(decoded.claims)
        if found.get("nonce") != nonce or not isinstance(found.get("sub"), str) or not found["sub"]:
            raise _proves_nothing("another nonce, or nobody named")
        return found

    def _decoded(self, token: str, now: dt.datetime, *, again: bool) -> Any:
        from joserfc import jwt  # noqa: PLC0415  # an extra
        from joserfc.jwk import KeySet, import_key  # noqa: PLC0415  # likewise
        from joserfc.jws import JWSRegistry  # noqa: PLC0415  # likewise

        since = now - self._keys_at if self._keys_at is not None else None
        if since is None or since > _KNOWN_FOR or (again and since > _KEYS_AGAIN):
            told = _json(self._told["jwks_uri"])
            own = [key for key in told.get("keys", []) if isinstance(key, dict) and key.get("kty") in _KEY_TYPES]
            self._keys, self._keys_at = own, now
        registry = JWSRegistry(algorithms=list(ALGORITHMS), strict_check_header=False)
        keys = KeySet([import_key(key) for key in self._keys])
        return jwt.decode(token, keys, registry=registry)

    def _userinfo(self, session: OAuth2Session, sub: str) -> dict[str, Any]:
        """What more the provider tells of the same person; nothing where it tells no more."""
        address = self._told.get("userinfo_endpoint")
        if not address:
            return {}
        response = session.get(address, timeout=TIMEOUT_S, allow_redirects=False)
        response.raise_for_status()
        told = response.json()
        if not isinstance(told, dict) or told.get("sub") != sub:
            raise _proves_nothing("its user information is of somebody else")
        return told

    def _outsider(self, claims: Mapping[str, Any]) -> Outsider:
        def text(name: str) -> str:
            value = claims.get(name)
            return value if isinstance(value, str) else ""

        if self.settings.oidc_login == "email" and claims.get("email_verified") is False:
            raise Forbidden("email_unverified", _("Your e-mail address is not confirmed where you signed in. Confirm it there first."))
        groups = claims.get(self.settings.oidc_groups, ())
        names = [groups] if isinstance(groups, str) else groups if isinstance(groups, list) else []
        return Outsider(
            SOURCE,
            # Of two providers, one after the other, each may know somebody as "17".
            f"{self._told['issuer']} {claims['sub']}",
            text(self.settings.oidc_login),
            text("family_name"),
            text("given_name"),
            text("middle_name"),
            text("email"),
            frozenset(one for one in names if isinstance(one, str)),
        )


def _json(address: str) -> dict[str, Any]:
    """What an address of the provider answers. It leads nowhere else, and is no more than a megabyte."""
    import requests  # noqa: PLC0415  # an extra

    with requests.get(address, timeout=TIMEOUT_S, allow_redirects=False, stream=True) as response:
        response.raise_for_status()
        content = response.raw.read(_MOST_BYTES + 1, decode_content=True)
        if response.status_code != requests.codes.ok or len(content) > _MOST_BYTES:
            raise ValueError(f"{address}: no answer of a provider")
    told = json.loads(content)
    if isinstance(told, dict):
        return told
    raise ValueError(f"{address}: {type(told).__name__} is no object")


@contextlib.contextmanager
def _asking() -> Iterator[None]:
    """
    :raise Refusal: ``provider_down`` or ``provider_refused``
    """
    try:
        import requests  # noqa: PLC0415  # an extra
        from authlib.common.errors import AuthlibBaseError  # noqa: PLC0415  # likewise
    except ImportError as problem:
        raise ConfigurationError("oidc_issuer: needs the extra: pip install roadmapdocs[oidc]") from problem
    try:
        yield
    except (requests.RequestException, OSError, ValueError) as problem:
        raise Refusal(
            "provider_down",
            _("The office's sign-in does not answer as it should. Try again later, or sign in with a password of the registry."),
            reason=str(problem)[:200],
        ) from problem
    except AuthlibBaseError as problem:
        raise _proves_nothing(str(problem)) from problem


def _proves_nothing(reason: str) -> Refusal:
    return Refusal(
        "provider_refused",
        _("The office's sign-in did not prove who you are. Sign in once more; if it happens again, tell the administrator."),
        reason=reason[:200],
    )
