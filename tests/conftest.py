"""Fixtures for all tests: a database migrated once and copied, people, a clock that stands still."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from roadmapdocs import db, shipped
from roadmapdocs.assembly import assemble
from roadmapdocs.catalogues import compile_catalogues
from roadmapdocs.documents.defaults import load_defaults
from roadmapdocs.people import passwords
from roadmapdocs.people.rules import Actor, Role
from tests.memory import folder_in_memory
from tests.postgres import Server

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
NOW = dt.datetime(2026, 3, 16, 9, 30, tzinfo=dt.UTC)
TODAY = NOW.date()

assemble(dt.UTC)

# How fast the machine is at the moment is not what any test is about; a build that must not fail by luck
# walks the same examples each time.
settings.register_profile(
    "roadmapdocs",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=bool(os.environ.get("CI")),
)
settings.load_profile("roadmapdocs")


def pytest_configure(config: pytest.Config) -> None:
    """Folders of tests lie in memory, if they are removed after each test and there is room for them."""
    if config.getini("tmp_path_retention_policy") != "all" and (folder := folder_in_memory()):
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", folder)


compile_catalogues()  # tests speak the Russian of the sources, not of the last build


@pytest.fixture(autouse=True, scope="module")
def _cheap_passwords_of_a_module() -> None:
    """What a module sets up once is set up at the cost of tests, too."""
    passwords.use_cost("cheap")


@pytest.fixture(autouse=True)
def _cheap_passwords() -> None:
    """Whatever cost an application of the test before this one has set."""
    passwords.use_cost("cheap")


@pytest.fixture
def now() -> dt.datetime:
    return NOW


@pytest.fixture
def today() -> dt.date:
    return TODAY


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file with our kinds in it: copying it is faster than migrating for each test."""
    file = tmp_path_factory.mktemp("database") / "migrated.sqlite3"
    opened = db.connect(f"sqlite:///{file}")
    db.migrations(shipped.migrations_folder()).up()
    load_defaults(NOW)
    opened.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    opened.close()
    return file


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server of our own on a free port, or a skip that says why there is none."""
    with Server.running() as server:
        yield server


@pytest.fixture
def postgres_address(postgres: Server) -> Iterator[str]:
    address = postgres.fresh_database()
    yield address
    postgres.drop(address)


@pytest.fixture
def sqlite_address(migrated_file: Path, tmp_path: Path) -> str:
    file = tmp_path / "registry.sqlite3"
    shutil.copy(migrated_file, file)
    return f"sqlite:///{file}"


@pytest.fixture
def sqlite_database(sqlite_address: str) -> Iterator[None]:
    """The proxy points at a fresh database of this test."""
    opened = db.connect(sqlite_address)
    with opened.connection_context():
        yield


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """The same test on both databases; gives the address."""
    if request.param == "sqlite":
        address = request.getfixturevalue("sqlite_address")
    else:
        address = request.getfixturevalue("postgres_address")
    opened = db.connect(address)
    with opened.connection_context():
        yield address
    opened.close()


def person(role: Role, *, user_id: int = 1, unit_ids: frozenset[int] = frozenset()) -> Actor:
    return Actor(user_id=user_id, name=f"{role.value} Т. Т.", roles=frozenset({role}), unit_ids=unit_ids)


@pytest.fixture
def clerk() -> Actor:
    return person(Role.CLERK)


@pytest.fixture
def coordinator() -> Actor:
    return person(Role.COORDINATOR, user_id=2)


@pytest.fixture
def staff() -> Actor:
    return person(Role.STAFF, user_id=3)
