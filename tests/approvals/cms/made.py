"""Keys, certificates and signature files made in memory, right ones and wrong ones, for any test that needs them.

``signed(content)`` is a right signature by a person whose certificate ``authority()`` issued; verify it with
``anchors=[authority().certificate]``.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache

from asn1crypto import algos, cms, core, keys, parser, tsp, x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from gostcrypto import gosthash, gostsignature

NOON = dt.datetime(2026, 3, 10, 12, 0, tzinfo=dt.UTC)
"""The moment about which everything made here is valid, unless told otherwise."""
YEAR = dt.timedelta(days=365)
QUALIFIED = "1.2.643.100.113.1"

_REQUISITES = {  # of Russian qualified certificates; asn1crypto knows none of them
    "inn": "1.2.643.3.131.1.1",
    "inn_le": "1.2.643.100.4",
    "snils": "1.2.643.100.3",
    "ogrn": "1.2.643.100.1",
}
_serials = itertools.count(0x00A1B2C3D4E5F60718)


@dataclass(frozen=True)
class Key:
    """A pair of keys: what a certificate carries, and how data are signed by it."""

    info: bytes
    algorithm: dict[str, object]
    digest: str
    sign: Callable[[bytes], bytes]
    hashed: Callable[[bytes], bytes] = lambda data: hashlib.sha256(data).digest()


def _info(private: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> bytes:
    return private.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )


@cache
def rsa_key(bits: int = 2048) -> Key:
    """RSA with PKCS #1 v1.5 and SHA-256; made once, for it takes time."""
    private = rsa.generate_private_key(65537, bits)
    algorithm = {"algorithm": "sha256_rsa"}
    return Key(
        _info(private),
        algorithm,
        "sha256",
        lambda data: private.sign(data, padding.PKCS1v15(), hashes.SHA256()),
    )


@cache
def pss_key(salt: int = 32) -> Key:
    """RSA-PSS with SHA-256."""
    private = rsa.generate_private_key(65537, 2048)
    mask = {"algorithm": "mgf1", "parameters": {"algorithm": "sha256"}}
    parameters = {"hash_algorithm": {"algorithm": "sha256"}, "mask_gen_algorithm": mask, "salt_length": salt}
    pss = padding.PSS(padding.MGF1(hashes.SHA256()), salt)
    return Key(
        _info(private),
        {"algorithm": "rsassa_pss", "parameters": algos.RSASSAPSSParams(parameters)},
        "sha256",
        lambda data: private.sign(data, pss, hashes.SHA256()),
    )


def ec_key(curve: ec.EllipticCurve | None = None, size: int = 256) -> Key:
    """ECDSA on P-256 unless told otherwise, with SHA-2 of ``size`` bits."""
    private = ec.generate_private_key(curve or ec.SECP256R1())
    name = f"sha{size}"
    algorithm = {256: hashes.SHA256(), 384: hashes.SHA384(), 512: hashes.SHA512()}[size]
    return Key(
        _info(private),
        {"algorithm": f"{name}_ecdsa"},
        name,
        lambda data: private.sign(data, ec.ECDSA(algorithm)),
        lambda data: hashlib.new(name, data).digest(),
    )


def gost_key(identifier: str, parameters: str, secret: int = 0x1234567890ABCDEF) -> Key:
    """ГОСТ Р 34.10-2012 on the named curve of gostcrypto, an implementation apart from ours."""
    size = 64 if "512" in parameters else 32
    mode = gostsignature.MODE_512 if size == 64 else gostsignature.MODE_256
    signer = gostsignature.new(mode, gostsignature.CURVES_R_1323565_1_024_2019[parameters])
    private = bytearray(secret.to_bytes(size))
    point = bytes(signer.public_key_generate(private))
    packed = core.OctetString(point[:size][::-1] + point[size:][::-1]).dump()

    def hashed(data: bytes) -> bytes:
        return bytes(gosthash.new(f"streebog{8 * size}", data=data).digest())

    def sign(data: bytes) -> bytes:
        made = bytes(signer.sign(private, bytearray(hashed(data)[::-1])))
        return made[size:] + made[:size]

    part = 1 if size == 32 else 2
    key_algorithm, digest = f"1.2.643.7.1.1.1.{part}", f"1.2.643.7.1.1.2.{part + 1}"
    own = _sequence(core.ObjectIdentifier(key_algorithm), _sequence(core.ObjectIdentifier(identifier)))
    info = _sequence(own, core.OctetBitString(packed)).dump()
    return Key(info, {"algorithm": f"1.2.643.7.1.1.3.{part + 1}"}, digest, sign, hashed)


def _sequence(*members: core.Asn1Value) -> core.Sequence:
    """A SEQUENCE of no declared type."""
    return core.Sequence.load(
        parser.emit(0, 1, core.Sequence.tag, b"".join(member.dump() for member in members))
    )


@dataclass(frozen=True)
class Issued:
    """A certificate with its key: of a person or of an authority."""

    key: Key
    certificate: bytes
    parsed: x509.Certificate = field(repr=False)


def issued(
    names: dict[str, str],
    *,
    by: Issued | None = None,
    key: Key | None = None,
    at: dt.datetime = NOON,
    before: dt.timedelta = YEAR,
    after: dt.timedelta = YEAR,
    ca: bool = False,
    path_length: int | None = None,
    usage: frozenset[str] | None = None,
    policy: str | None = QUALIFIED,
    extra: tuple[dict[str, object], ...] = (),
) -> Issued:
    """A certificate issued ``by`` another (None: by itself), valid from ``before`` until ``after`` the moment ``at``."""
    key = key or ec_key()
    subject = _name(names)
    signer = by.key if by else key
    usage = usage or frozenset(
        {"key_cert_sign", "crl_sign"} if ca else {"digital_signature", "non_repudiation"}
    )
    extensions: list[dict[str, object]] = [
        {
            "extn_id": "basic_constraints",
            "critical": True,
            "extn_value": {"ca": ca, "path_len_constraint": path_length},
        },
        {"extn_id": "key_usage", "critical": True, "extn_value": set(usage)},
        {"extn_id": "key_identifier", "extn_value": hashlib.sha1(key.info).digest()},
        *extra,
    ]
    if policy:
        extensions.append({"extn_id": "certificate_policies", "extn_value": [{"policy_identifier": policy}]})
    part = x509.TbsCertificate(
        {
            "version": "v3",
            "serial_number": next(_serials),
            "signature": signer.algorithm,
            "issuer": by.parsed.subject if by else subject,
            "validity": {"not_before": _time(at - before), "not_after": _time(at + after)},
            "subject": subject,
            "subject_public_key_info": keys.PublicKeyInfo.load(key.info),
            "extensions": extensions,
        }
    )
    whole = x509.Certificate(
        {
            "tbs_certificate": part,
            "signature_algorithm": signer.algorithm,
            "signature_value": signer.sign(part.dump()),
        }
    )
    return Issued(key, whole.dump(), x509.Certificate.load(whole.dump()))


def _name(names: dict[str, str]) -> x509.Name:
    """A name whose requisites are strings of digits, as authorities write them."""
    built = x509.Name.build({key: text for key, text in names.items() if key not in _REQUISITES})
    for key, text in names.items():
        if key in _REQUISITES:
            entry = _sequence(core.ObjectIdentifier(_REQUISITES[key]), core.NumericString(text))
            built.chosen.append(x509.RelativeDistinguishedName.load(parser.emit(0, 1, 17, entry.dump())))
    return x509.Name.load(built.dump(force=True))


def _time(moment: dt.datetime) -> x509.Time:
    return x509.Time({"utc_time" if 1950 <= moment.year < 2050 else "general_time": moment})


@cache
def authority(name: str = "Удостоверяющий центр «Образец»") -> Issued:
    """The authority that issues certificates of persons; the same at every call."""
    return issued(
        {"common_name": name, "country_name": "RU"}, ca=True, before=5 * YEAR, after=10 * YEAR, policy=None
    )


def person(owner: str = "Орлова Мария Сергеевна", **how: object) -> Issued:
    """A person with a certificate of ``authority()``, or as ``issued`` is told."""
    surname, _, given = owner.partition(" ")
    names = {
        "common_name": owner,
        "surname": surname,
        "given_name": given or surname,
        "organization_name": "МБОУ «Школа-образец»",
        "title": "Директор",
        "country_name": "RU",
        "inn": "500100732259",
        "snils": "11223344595",
    }
    return issued(names, **{"by": authority(), **how})  # type: ignore[arg-type]  # the caller's own keywords


@dataclass(frozen=True)
class Message:
    """How a signature file is made; the defaults are those of a right one."""

    at: dt.datetime | None = NOON
    attributes: bool = True
    inside: bytes | None = None
    certificates: tuple[bytes, ...] | None = None
    by_key_id: bool = False
    digest: str = ""
    algorithm: dict[str, object] = field(default_factory=dict)
    stamp: dt.datetime | None = None
    stamp_of: bytes | None = None
    certificate_digest: bytes | None = None

    def made(self, content: bytes, *signers: Issued) -> bytes:
        """Signature file in DER, of as many signatures as there are signers."""
        inside = (
            {"content_type": "data"}
            if self.inside is None
            else {"content_type": "data", "content": self.inside}
        )
        carried = (
            self.certificates if self.certificates is not None else tuple(one.certificate for one in signers)
        )
        data = {
            "version": "v1",
            "digest_algorithms": [{"algorithm": self.digest or one.key.digest} for one in signers],
            "encap_content_info": inside,
            "certificates": [x509.Certificate.load(one) for one in carried],
            "signer_infos": [self._signer(content, one) for one in signers],
        }
        return cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(data)}).dump()

    def _signer(self, content: bytes, signer: Issued) -> cms.SignerInfo:
        key = signer.key
        attributes = self._attributes(key.hashed(content), signer) if self.attributes else None
        value = key.sign(attributes.dump() if attributes is not None else content)
        named: object = {"issuer": signer.parsed.issuer, "serial_number": signer.parsed.serial_number}
        info: dict[str, object] = {
            "version": "v3" if self.by_key_id else "v1",
            "sid": cms.SignerIdentifier(
                {"subject_key_identifier": hashlib.sha1(key.info).digest()}
                if self.by_key_id
                else {"issuer_and_serial_number": named}
            ),
            "digest_algorithm": {"algorithm": self.digest or key.digest},
            "signature_algorithm": self.algorithm or key.algorithm,
            "signature": value,
        }
        if attributes is not None:
            info["signed_attrs"] = attributes
        if self.stamp:
            info["unsigned_attrs"] = [_stamp(self.stamp, self.stamp_of or value)]
        return cms.SignerInfo(info)

    def _attributes(self, digest: bytes, signer: Issued) -> cms.CMSAttributes:
        found: list[dict[str, object]] = [
            {"type": "content_type", "values": ["data"]},
            {"type": "message_digest", "values": [digest]},
            {
                "type": "signing_certificate_v2",
                "values": [
                    {
                        "certs": [
                            {
                                "cert_hash": self.certificate_digest
                                or hashlib.sha256(signer.certificate).digest()
                            }
                        ]
                    }
                ],
            },
        ]
        if self.at:
            found.append({"type": "signing_time", "values": [cms.Time.load(_time(self.at).dump())]})
        return cms.CMSAttributes(found)


def _stamp(moment: dt.datetime, value: bytes) -> dict[str, object]:
    imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": hashlib.sha256(value).digest()}
    info = tsp.TSTInfo(
        {
            "version": "v1",
            "policy": "1.2.3",
            "message_imprint": imprint,
            "serial_number": 7,
            "gen_time": moment,
        }
    )
    data = {
        "version": "v3",
        "digest_algorithms": [],
        "encap_content_info": {"content_type": "tst_info", "content": info},
        "signer_infos": [],
    }
    return {
        "type": "signature_time_stamp_token",
        "values": [{"content_type": "signed_data", "content": cms.SignedData(data)}],
    }


def signed(
    content: bytes, owner: str = "Орлова Мария Сергеевна", at: dt.datetime = NOON, **how: object
) -> bytes:
    """A signature file in DER: of ``content``, by ``owner``, at the moment ``at``; ``how`` as in ``Message``."""
    return replace(Message(at=at), **how).made(content, person(owner, at=at))  # type: ignore[arg-type]  # likewise
