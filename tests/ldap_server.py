"""An LDAP server for tests: Debian's slapd on a free port, with a configuration and entries of its own."""

from __future__ import annotations

import base64
import contextlib
import datetime as dt
import ipaddress
import shutil
import socket
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.memory import folder_in_memory

with warnings.catch_warnings():
    # ldap3 asks pyasn1 for names that are old by now.
    warnings.simplefilter("ignore", DeprecationWarning)
    from ldap3 import Connection, Server

BASE = "dc=office,dc=test"
READER = f"cn=reader,{BASE}"
READER_PASSWORD = "reader-of-all"
PASSWORD = "a-summer-in-the-garden"
_SCHEMAS = Path("/etc/ldap/schema")
_MODULES = Path("/usr/lib/ldap")

_CONFIGURATION = """
include {schemas}/core.schema
include {schemas}/cosine.schema
include {schemas}/inetorgperson.schema
moduleload {modules}/back_mdb
moduleload {modules}/ppolicy
moduleload {modules}/memberof
pidfile {home}/slapd.pid
TLSCertificateFile {home}/server.pem
TLSCertificateKeyFile {home}/server.key
sizelimit unlimited
database mdb
suffix "{base}"
rootdn "cn=root,{base}"
rootpw secret
directory {home}/data
maxsize 33554432
access to attrs=userPassword by anonymous auth by * none
access to * by dn.base="{reader}" read by * none
overlay ppolicy
ppolicy_default "cn=policy,{base}"
overlay memberof
"""

_ENTRIES = """
dn: {base}
objectClass: dcObject
objectClass: organization
dc: office
o: Office

dn: {reader}
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: reader
userPassword: {reader_password}

dn: cn=policy,{base}
objectClass: pwdPolicy
objectClass: device
cn: policy
pwdAttribute: userPassword
pwdLockout: TRUE
pwdMaxFailure: 0

dn: ou=people,{base}
objectClass: organizationalUnit
ou: people

dn: ou=guests,{base}
objectClass: organizationalUnit
ou: guests

dn: uid=veresova,ou=people,{base}
objectClass: inetOrgPerson
uid: veresova
uid: av
cn: Вересова Анна Павловна
sn: Вересова
givenName: Анна Павловна
mail: veresova@office.test
title: начальник отдела
ou: Отдел чтения
userPassword: {password}

dn: uid=tihiy,ou=people,{base}
objectClass: inetOrgPerson
uid: tihiy
cn: Тихий Лев Ильич
sn: Тихий
userPassword: {password}

dn: uid=locked,ou=people,{base}
objectClass: inetOrgPerson
uid: locked
cn: Запертый Иван Иванович
sn: Запертый
userPassword: {password}
pwdAccountLockedTime: 000001010000Z

dn: uid=nopass,ou=people,{base}
objectClass: inetOrgPerson
uid: nopass
cn: Новый Иван Петрович
sn: Новый

dn: uid=printer,ou=people,{base}
objectClass: inetOrgPerson
uid: printer
cn: printer-2
sn: printer-2
userPassword: {password}

dn: cn=Двойник,ou=people,{base}
objectClass: inetOrgPerson
uid: twin
cn: Двойник
sn: Первый
userPassword: {password}

dn: cn=Двойник,ou=guests,{base}
objectClass: inetOrgPerson
uid: twin
cn: Двойник
sn: Второй
userPassword: {password}

dn: cn=office-clerks,{base}
objectClass: groupOfNames
cn: office-clerks
member: uid=veresova,ou=people,{base}
"""


@dataclass(frozen=True)
class LdapServer:
    port: int
    certificate: Path

    @property
    def address(self) -> str:
        return f"ldap://127.0.0.1:{self.port}"

    @classmethod
    @contextlib.contextmanager
    def running(cls) -> Iterator[LdapServer]:
        program, adding = (shutil.which(name, path="/usr/sbin:/usr/lib/openldap:/usr/bin") for name in ("slapd", "slapadd"))
        if program is None or adding is None or not _SCHEMAS.is_dir():
            pytest.skip("slapd is not installed")
        with tempfile.TemporaryDirectory(prefix="roadmapdocs-ldap-", dir=folder_in_memory()) as folder:
            home = Path(folder)
            (home / "data").mkdir()
            _make_certificate(home)
            values = {"base": BASE, "reader": READER, "reader_password": READER_PASSWORD, "password": PASSWORD}
            configuration, entries = home / "slapd.conf", home / "entries.ldif"
            configuration.write_text(_CONFIGURATION.format(schemas=_SCHEMAS, modules=_MODULES, home=home, **values))
            entries.write_text(_base64(_ENTRIES.format(**values)))
            # memberOf of members comes with the group, which an overlay sees only in a running server.
            members, _cn, groups = entries.read_text().partition("\ndn: cn=office-clerks")
            entries.write_text(members)
            subprocess.run([adding, "-f", configuration, "-l", entries], check=True, capture_output=True, timeout=60)
            server = cls(_free_port(), home / "server.pem")
            with _process([program, "-f", str(configuration), "-h", server.address, "-d", "0"], server.port):
                server._add_group("dn: cn=office-clerks" + groups)
                yield server

    def _add_group(self, text: str) -> None:
        lines = [line.partition(": ") for line in text.strip().splitlines()]
        (_dn, _colon, dn), *attributes = lines
        with Connection(Server("127.0.0.1", self.port), f"cn=root,{BASE}", "secret") as root:
            added = root.add(dn, "groupOfNames", {name: value for name, _colon, value in attributes if name != "objectClass"})
            assert added, root.result


def _base64(ldif: str) -> str:
    """LDIF has only ASCII in plain; other values are written in base64 (RFC 2849)."""
    lines = []
    for line in ldif.strip().splitlines():
        name, colon, value = line.partition(": ")
        encoded = base64.b64encode(value.encode()).decode()
        lines.append(line if line.isascii() or not colon else f"{name}:: {encoded}")
    return "\n".join(lines) + "\n"


def _make_certificate(home: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "directory of the tests")])
    now = dt.datetime.now(dt.UTC)
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=2))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (home / "server.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    (home / "server.key").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, plain)
    )


@contextlib.contextmanager
def _process(command: list[str], port: int) -> Iterator[None]:
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as running:
        try:
            _await(port, running)
            yield
        finally:
            running.terminate()
            running.communicate(timeout=30)


def _await(port: int, running: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while running.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise RuntimeError(f"slapd did not start: {running.stderr.read() if running.stderr and running.poll() is not None else 'silent'!r}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
