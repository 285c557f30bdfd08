"""Verification of signatures of ГОСТ Р 34.10-2012 (RFC 7091) with keys as certificates carry them (RFC 9215).

Only public numbers come in here, so nothing is kept from an observer of time. Points are counted in Jacobian
coordinates (X/Z², Y/Z³): one inversion at the end instead of one at every step. ``None`` is the point at infinity.
"""

from __future__ import annotations

from roadmapdocs.approvals.cms.gost_curves import Curve

_Point = tuple[int, int, int] | None


def verified(curve: Curve, key: bytes, digest: bytes, signature: bytes) -> bool:
    """Whether ``signature`` (s, then r, big-endian) of ``digest`` was made with the private part of ``key``.

    ``key`` is x, then y, each little-endian. A point that is not on the curve verifies nothing.
    """
    size = curve.size
    if len(key) != 2 * size or len(signature) != 2 * size or len(digest) != size:
        return False
    x, y = int.from_bytes(key[:size], "little"), int.from_bytes(key[size:], "little")
    s, r = int.from_bytes(signature[:size]), int.from_bytes(signature[size:])
    if not (0 < r < curve.q and 0 < s < curve.q and _on_curve(curve, x, y)):
        return False
    inverse = pow(int.from_bytes(digest, "little") % curve.q or 1, -1, curve.q)
    point = _sum_of_multiples(curve, s * inverse % curve.q, -r * inverse % curve.q, (x, y, 1))
    if point is None:
        return False
    return point[0] * pow(point[2], -2, curve.p) % curve.p % curve.q == r


def _on_curve(curve: Curve, x: int, y: int) -> bool:
    inside = x < curve.p and y < curve.p
    return inside and (y * y - x * x * x - curve.a * x - curve.b) % curve.p == 0


def _sum_of_multiples(curve: Curve, first: int, second: int, other: tuple[int, int, int]) -> _Point:
    """``first`` times the generator plus ``second`` times the ``other`` point, both at once, bit by bit."""
    generator = (curve.x, curve.y, 1)
    addends: tuple[_Point, ...] = (None, generator, other, _sum(curve, generator, other))
    result: _Point = None
    for bit in reversed(range(curve.q.bit_length())):
        result = _double(curve, result)
        result = _sum(curve, result, addends[(first >> bit & 1) + 2 * (second >> bit & 1)])
    return result


def _double(curve: Curve, point: _Point) -> _Point:
    if point is None or point[1] == 0:
        return None
    x, y, z = point
    p, squared = curve.p, y * y % curve.p
    middle = 4 * x * squared % p
    slope = (3 * x * x + curve.a * pow(z, 4, p)) % p
    x3 = (slope * slope - 2 * middle) % p
    return x3, (slope * (middle - x3) - 8 * squared * squared) % p, 2 * y * z % p


def _sum(curve: Curve, one: _Point, other: _Point) -> _Point:
    if one is None or other is None:
        return one or other
    (x1, y1, z1), (x2, y2, z2), p = one, other, curve.p
    z1z1, z2z2 = z1 * z1 % p, z2 * z2 % p
    left, across = x1 * z2z2 % p, (x2 * z1z1 - x1 * z2z2) % p
    low, up = y1 * z2 * z2z2 % p, (y2 * z1 * z1z1 - y1 * z2 * z2z2) % p
    if across == 0:
        return _double(curve, one) if up == 0 else None
    square = across * across % p
    cube, part = across * square % p, left * square % p
    x3 = (up * up - cube - 2 * part) % p
    return x3, (up * (part - x3) - low * cube) % p, across * z1 * z2 % p
