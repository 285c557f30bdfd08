"""TLS to a directory as Python itself guards it; imported only where ldap3 is there."""

from __future__ import annotations

import ssl
from typing import Any

from ldap3 import Tls


class VerifiedTls(Tls):  # type: ignore[misc]  # ldap3 has no types
    """The certificate is verified, with the name of the server, by OpenSSL.

    ldap3 compares names by a function that Python took away in 3.12, tells the server no name, and leaves the connection
    open where the names differ.
    """

    def wrap_socket(self, connection: Any, do_handshake: bool = False) -> None:
        context = ssl.create_default_context()
        connection.socket = context.wrap_socket(
            connection.socket, do_handshake_on_connect=do_handshake, server_hostname=connection.server.host
        )
