"""Whole signature files of ГОСТ that other hands made: examples of Р 1323565.1.025-2019 (CMS with ГОСТ algorithms)."""

from __future__ import annotations

import datetime as dt
from base64 import b64decode

import pytest

from roadmapdocs.approvals.cms import Verdict, verify

CONTENT = "Контрольный пример для структуры SignedData.".encode("cp1251")
AT = dt.datetime(2019, 3, 21, tzinfo=dt.UTC)
WITH_ATTRIBUTES = b64decode(
    "MIIENwYJKoZIhvcNAQcCoIIEKDCCBCQCAQExDDAKBggqhQMHAQECAzA7BgkqhkiG9w0BBwGgLgQsyu7t8vDu6/zt++kg7/Do7OXw"
    "IOTr/yDx8vDz6vLz8PsgU2lnbmVkRGF0YS6gggI6MIICNjCCAeOgAwIBAgIEAYy6hDAKBggqhQMHAQEDAjA4MQ0wCwYDVQQKEwRU"
    "SzI2MScwJQYDVQQDEx5DQSBUSzI2OiBHT1NUIDM0LjEwLTEyIDI1Ni1iaXQwHhcNMDEwMTAxMDAwMDAwWhcNNDkxMjMxMDAwMDAw"
    "WjA7MQ0wCwYDVQQKEwRUSzI2MSowKAYDVQQDEyFPUklHSU5BVE9SOiBHT1NUIDM0LjEwLTEyIDUxMi1iaXQwgaowIQYIKoUDBwEB"
    "AQIwFQYJKoUDBwECAQIBBggqhQMHAQECAwOBhAAEgYC0i7davCkOGGVcYqFPtS1fUIROzB0fYARIe0tclTRpare/qzRuVRapqzzO"
    "+K21LDpYVfDPs2Sqa13ZN+Ts/JUlv59qCFB2cYpFyB/0kh4+K79yvz7r8+4WE0EmZf8T3ae/J1Jo6xGunecH1/G4hMts9HYLnxbw"
    "JDMNVGuIHV6gzqOBhTCBgjBhBgNVHQEEWjBYgBSA2Qz3mfhmTZNTiY7AnnEtp6cxEqE6MDgxDTALBgNVBAoTBFRLMjYxJzAlBgNV"
    "BAMTHkNBIFRLMjY6IEdPU1QgMzQuMTAtMTIgMjU2LWJpdIIEAYy6gTAdBgNVHQ4EFgQUK+l9HAscONGxzCcRpxRAmFHvlXowCgYI"
    "KoUDBwEBAwIDQQAbjA0Q41/rIKOOvjHKsAsoEJM+WJf6/PKXg2JaStthmw99bdtwwkU/qDbcje2tF6mt+XWyQBXwvfeES1GFY9fJ"
    "MYIBlDCCAZACAQEwQDA4MQ0wCwYDVQQKEwRUSzI2MScwJQYDVQQDEx5DQSBUSzI2OiBHT1NUIDM0LjEwLTEyIDI1Ni1iaXQCBAGM"
    "uoQwCgYIKoUDBwEBAgOgga0wGAYJKoZIhvcNAQkDMQsGCSqGSIb3DQEHATAcBgkqhkiG9w0BCQUxDxcNMTkwMzIwMTk1NTIyWjAi"
    "BgkqhkiG9w0BCWIxFQQTU2lnbmVkIGF0dHIncyB2YWx1ZTBPBgkqhkiG9w0BCQQxQgRAUdPHEukF5BIfo9DoQIMdnB0ZLkzq0Rue"
    "EUZSNv07A7C+GKWiG62fueArg8uPCHPTUN6d/42p33fgMkEwH7f7cDAKBggqhQMHAQEBAgSBgGUnVka8FvTlClmOtj/FUUacBdE/"
    "nEBeMLOO/535VDYrXlftPE6zQf/4ghS7TQG2VRGQ3GWD+L3+W09A7d5uyyTEbvgtdllUG0OyqFwKmJEaYsMin87SFVs0cn1PGV1f"
    "OKeLluZabLx5whxd+mzlpekL5i6ImRX+TpERxrA/xSe5"
)
WITHOUT_ATTRIBUTES = b64decode(
    "MIIDAQYJKoZIhvcNAQcCoIIC8jCCAu4CAQExDDAKBggqhQMHAQECAjA7BgkqhkiG9w0BBwGgLgQsyu7t8vDu6/zt++kg7/Do7OXw"
    "IOTr/yDx8vDz6vLz8PsgU2lnbmVkRGF0YS6gggH3MIIB8zCCAaCgAwIBAgIEAYy6gjAKBggqhQMHAQEDAjA4MQ0wCwYDVQQKEwRU"
    "SzI2MScwJQYDVQQDEx5DQSBUSzI2OiBHT1NUIDM0LjEwLTEyIDI1Ni1iaXQwHhcNMDEwMTAxMDAwMDAwWhcNNDkxMjMxMDAwMDAw"
    "WjA7MQ0wCwYDVQQKEwRUSzI2MSowKAYDVQQDEyFPUklHSU5BVE9SOiBHT1NUIDM0LjEwLTEyIDI1Ni1iaXQwaDAhBggqhQMHAQEB"
    "ATAVBgkqhQMHAQIBAQEGCCqFAwcBAQICA0MABECWKQ0TYllqg4GmY3tBJiyzpXUN+aOV9WbmTUinqrmEHP7KCNzoAzFg+04SSQpN"
    "NSHpQnm+jLAZhuJaJfqZ6VbTo4GFMIGCMGEGA1UdAQRaMFiAFIDZDPeZ+GZNk1OJjsCecS2npzESoTowODENMAsGA1UEChMEVEsy"
    "NjEnMCUGA1UEAxMeQ0EgVEsyNjogR09TVCAzNC4xMC0xMiAyNTYtYml0ggQBjLqBMB0GA1UdDgQWBBTRnChHSWbQYwnJC62n2zu5"
    "Njd03zAKBggqhQMHAQEDAgNBAB41oijaXSEn58l78y2rhxY35/lKEq4XWZ70FtsNlVxWATyzgO5Wliwnt1O4GoZsxx8r6T/i7VG6"
    "5UNmQlwdOKQxgaIwgZ8CAQEwQDA4MQ0wCwYDVQQKEwRUSzI2MScwJQYDVQQDEx5DQSBUSzI2OiBHT1NUIDM0LjEwLTEyIDI1Ni1i"
    "aXQCBAGMuoIwCgYIKoUDBwEBAgIwCgYIKoUDBwEBAQEEQC6jZPA59szL9FiA0wC71EBE42ap6gKxklT800cu2FvbLu972GJYNSI7"
    "+UeanVU37OVWyenEXi2E5HkU94kBe8Q="
)


@pytest.mark.parametrize(
    ("example", "bits", "signed_at"),
    [
        (WITH_ATTRIBUTES, 512, dt.datetime(2019, 3, 20, 19, 55, 22, tzinfo=dt.UTC)),
        (WITHOUT_ATTRIBUTES, 256, None),
    ],
)
def test_the_examples_of_the_standard_are_verified(
    example: bytes, bits: int, signed_at: dt.datetime | None
) -> None:
    answer = verify(CONTENT, example, at=AT)
    assert (answer.verdict, answer.attached) == (Verdict.VALID_UNTRUSTED, True)
    (signer,) = answer.signers
    assert (signer.intact, signer.signed_at) == (True, signed_at)
    assert signer.algorithm == f"ГОСТ Р 34.10-2012 ({bits}), ГОСТ Р 34.11-2012 ({bits})"
    assert signer.certificate is not None
    assert signer.certificate.owner.full_name == f"ORIGINATOR: GOST 34.10-12 {bits}-bit"
    assert signer.certificate.issuer == "CA TK26: GOST 34.10-12 256-bit"


@pytest.mark.parametrize("example", [WITH_ATTRIBUTES, WITHOUT_ATTRIBUTES])
def test_a_changed_value_of_their_signature_is_noticed(example: bytes) -> None:
    changed = example[:-1] + bytes([example[-1] ^ 1])
    answer = verify(CONTENT, changed, at=AT)
    assert (answer.verdict, answer.signers[0].intact) == (Verdict.INVALID, False)
