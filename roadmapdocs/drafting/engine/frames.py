"""Messages between the registry and its printing process: a JSON head and bytes, each with its length before it."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from typing import IO, Any, Final

_LENGTHS: Final = struct.Struct(">II")
#: Neither a template nor a page nor a finished file comes near; a length beyond it is noise.
LONGEST: Final = 256 * 1024 * 1024


def send(stream: IO[bytes], head: Mapping[str, Any], data: bytes = b"") -> None:
    """
    :raise OSError: if nobody reads any more
    """
    told = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    stream.write(_LENGTHS.pack(len(told), len(data)))
    stream.write(told)
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[dict[str, Any], bytes]:
    """
    :raise EOFError: if the other side has gone, or what came is no message
    """
    told, length = _LENGTHS.unpack(_exactly(stream, _LENGTHS.size))
    if told > LONGEST or length > LONGEST:
        raise EOFError
    head = json.loads(_exactly(stream, told).decode("utf-8", "surrogatepass"))
    return head, _exactly(stream, length)


def _exactly(stream: IO[bytes], count: int) -> bytes:
    data = stream.read(count)
    if len(data) < count:
        raise EOFError
    return data
