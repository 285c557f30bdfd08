"""What a certificate says of its owner, made fit to be shown and printed."""

from __future__ import annotations

import pytest

from roadmapdocs.approvals.cms.certificates import parsed
from tests.approvals.cms import made


def test_the_requisites_of_an_organisations_certificate_are_read() -> None:
    names = {
        "common_name": "МБОУ «Школа-образец»",
        "surname": "Орлова",
        "given_name": "Мария Сергеевна",
        "title": "Директор",
        "organization_name": "МБОУ «Школа-образец»",
        "ogrn": "1025500000000",
        "inn_le": "5501000000",
        "inn": "500100732259",
        "snils": "11223344595",
    }
    owner = parsed(made.issued(names).certificate).for_people.owner
    assert owner.name == "МБОУ «Школа-образец»"
    assert owner.full_name == "Орлова Мария Сергеевна"
    assert (owner.ogrn, owner.organisation_inn) == ("1025500000000", "5501000000")
    assert (owner.inn, owner.snils, owner.post) == ("500100732259", "11223344595", "Директор")


def test_without_a_surname_the_common_name_is_the_full_one() -> None:
    assert (
        parsed(made.issued({"common_name": "Ким Олег"}).certificate).for_people.owner.full_name == "Ким Олег"
    )


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Ким\nОлег", "Ким Олег"),
        ("  Ким \t Олег ", "Ким Олег"),
        ("Ким\u202e гелО\u0000", "Ким гелО"),
        ("К" * 1000, "К" * 300),
        ("<b>Ким</b>", "<b>Ким</b>"),
    ],
)
def test_a_name_is_shown_on_one_line_with_nothing_invisible(written: str, shown: str) -> None:
    assert parsed(made.issued({"common_name": written}).certificate).for_people.owner.name == shown


@pytest.mark.parametrize(
    ("policy", "qualified"),
    [("1.2.643.100.113.1", True), ("1.2.643.100.113.6", True), ("1.2.643.1", False), (None, False)],
)
def test_a_qualified_certificate_names_the_class_of_its_signing_tool(
    policy: str | None, qualified: bool
) -> None:
    certificate = made.issued({"common_name": "Ким Олег"}, policy=policy).certificate
    assert parsed(certificate).for_people.qualified is qualified


def test_an_extension_given_twice_is_no_certificate() -> None:
    again = {"extn_id": "key_usage", "extn_value": {"digital_signature"}}
    with pytest.raises(ValueError, match="twice"):
        parsed(made.issued({"common_name": "Ким Олег"}, extra=(again,)).certificate)
