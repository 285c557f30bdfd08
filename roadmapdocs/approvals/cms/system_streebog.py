"""Streebog of libgcrypt, which nearly every Linux carries: five hundred times as fast as whole numbers in Python."""

from __future__ import annotations

import ctypes
from functools import cache

from roadmapdocs.approvals.cms.streebog import streebog

_LIBRARY = "libgcrypt.so.20"
_ALGORITHMS = {32: 309, 64: 310}
"""GCRY_MD_STRIBOG256 and GCRY_MD_STRIBOG512 by size of the digest in bytes."""
_TEST_ALGORITHM = 8
_SAMPLE = bytes(range(200))


def system_streebog(data: bytes, size: int) -> bytes | None:
    """Hash of ``data``, of ``size`` bytes: 32 or 64. None where the system has no such library."""
    library = _library()
    return _hashed(library, data, size) if library else None


@cache
def _library() -> ctypes.CDLL | None:
    """The library, if it computes Streebog (it may be forbidden by the system's policy) and does so rightly."""
    try:
        library = ctypes.CDLL(_LIBRARY)
        library.gcry_check_version.restype = ctypes.c_char_p
        library.gcry_check_version(None)
        for size, algorithm in _ALGORITHMS.items():
            if library.gcry_md_algo_info(algorithm, _TEST_ALGORITHM, None, None) != 0:
                return None
            if _hashed(library, _SAMPLE, size) != streebog(_SAMPLE, size):
                return None
    except (OSError, AttributeError):
        return None
    return library


def _hashed(library: ctypes.CDLL, data: bytes, size: int) -> bytes:
    digest = ctypes.create_string_buffer(size)
    library.gcry_md_hash_buffer(_ALGORITHMS[size], digest, data, ctypes.c_size_t(len(data)))
    return digest.raw
