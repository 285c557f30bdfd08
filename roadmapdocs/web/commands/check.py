"""``roadmapdocs check``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import click

from roadmapdocs.errors import ConfigurationError, Refusal
from roadmapdocs.i18n import LANGUAGES, catalogue_file, ngettext
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.console import console, json_option, print_json

MISSING_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """``told`` says how it stands; where ``good`` is false, also what to do."""

    name: str
    good: bool
    told: str


@click.command()
@json_option
@click.pass_context
def check(ctx: click.Context, as_json: bool) -> None:
    """Report on settings, database, workflows, journals, files and languages; exit code 1 if anything is wrong."""
    findings = list(_findings())
    good = all(finding.good for finding in findings)
    if as_json:
        checks = [{"name": one.name, "good": one.good, "message": one.told} for one in findings]
        print_json({"good": good, "checks": checks})
    else:
        for finding in findings:
            told = finding.told.replace("\n", "\n    ")
            click.echo(f"{'+' if finding.good else '!'} {finding.name}: {told}")
    if not good:
        ctx.exit(1)


def _findings() -> Iterator[Finding]:
    yield _find(_("languages"), _languages)
    settings = _find(_("settings"), lambda: str(console().settings.data))
    yield settings
    if not settings.good:
        return
    database = _find(_("database"), _database)
    yield database
    if database.good:
        yield from _registry()
        yield _find(_("files"), _files)
        yield _find(_("journal"), _journal)
        yield _find(_("accounts"), _accounts)
        yield from _signatures()
        yield from _notices()
        yield _find(_("pages of documents"), _previews)
        yield _find(_("texts of files"), _texts)
        yield _find(_("search"), _search)
        yield _find(_("plug-ins"), _plugins)


def _plugins() -> str:
    """Those that are installed, with what they add: they were loaded when the program was put together."""
    from roadmapdocs.plugins import LOADED  # noqa: PLC0415  # as _database()

    told = [f"{name} ({', '.join(added)})" for name, added in LOADED.items()]
    return "; ".join(told) or _("none")


def _registry() -> Iterator[Finding]:
    from roadmapdocs.web.commands import registry_checks as checks  # noqa: PLC0415  # as _database()

    workflows = _find(_("workflows"), checks.check_workflows)
    yield workflows
    yield _find(_("journals"), checks.check_journals)
    if workflows.good:
        # Kinds name definitions: while those cannot be read, nothing is known about them.
        yield _find(_("kinds of documents"), checks.check_kinds)
    yield _find(_("documents"), checks.check_documents)


def _notices() -> Iterator[Finding]:
    from roadmapdocs.web.commands import notice_checks as checks  # noqa: PLC0415  # as _database()

    settings = console().settings
    yield _find(_("mail"), lambda: checks.check_mail(settings))
    yield _find(_("queue"), lambda: checks.check_queue(settings))


def _previews() -> str:
    from roadmapdocs.web.commands.preview_checks import check_previews  # noqa: PLC0415  # as _database()

    return check_previews(console().settings)


def _texts() -> str:
    from roadmapdocs.web.commands.text_checks import check_texts  # noqa: PLC0415  # as _database()

    return check_texts(console().settings)


def _search() -> str:
    from roadmapdocs.web.commands.search_checks import check_search  # noqa: PLC0415  # as _database()

    return check_search(console().settings)


def _signatures() -> Iterator[Finding]:
    """Nothing of an office that trusts no authority: it has no such folder."""
    from roadmapdocs.web.decide.trust import anchors, trust_folder  # noqa: PLC0415  # as _database()

    data = console().settings.data

    def told() -> str:
        return ngettext("%(num)s file", "%(num)s files", len(anchors(data)))

    if trust_folder(data).exists():
        yield _find(_("trusted certificates"), told)


def _find(name: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(name, True, look())
    except Refusal as refusal:
        return Finding(name, False, refusal.message)
    except ConfigurationError as mistake:
        return Finding(name, False, str(mistake))


def _languages() -> str:
    missing = [code for code in LANGUAGES if code != "en" and not catalogue_file(code).is_file()]
    if missing:
        raise Refusal(
            "catalogue", _("The catalogue of %(codes)s is not compiled. Install the package anew.", codes=", ".join(missing))
        )
    return ", ".join(LANGUAGES)


def _database() -> str:
    from roadmapdocs.web import registry  # noqa: PLC0415  # a mistake in the settings is told without a database

    return registry.shown(console().open_registry())


def _files() -> str:
    from roadmapdocs.files.models import StoredFile  # noqa: PLC0415  # likewise

    store = console().store
    missing, number = [], 0
    for (sha256,) in StoredFile.select(StoredFile.sha256).tuples().iterator():
        number += 1
        if not store.holds(sha256):
            missing.append(sha256)
    if missing:
        raise Refusal(
            "files_missing",
            ngettext(
                "%(num)s file is not in the store: %(hashes)s. Bring it back from a backup.",
                "%(num)s files are not in the store: %(hashes)s. Bring them back from a backup.",
                len(missing),
                hashes=", ".join(missing[:MISSING_SHOWN]),
            ),
        )
    return ngettext("%(num)s file, all there", "%(num)s files, all there", number)


def _journal() -> str:
    from roadmapdocs.audit.models import Event  # noqa: PLC0415  # likewise
    from roadmapdocs.audit.operations import verify  # noqa: PLC0415

    broken = verify()
    if broken is not None:
        raise Refusal(
            "journal_broken", _("it does not hold from entry %(number)s on; compare it with a backup", number=broken)
        )
    return ngettext("%(num)s entry, whole", "%(num)s entries, whole", Event.select().count())


def _accounts() -> str:
    from roadmapdocs.people.models import User  # noqa: PLC0415  # likewise
    from roadmapdocs.web.context import kept_by_host  # noqa: PLC0415

    number = User.select().where(User.active).count()
    if not number and kept_by_host():
        return _("nobody has come yet; whoever signs in to your application is taken in with the first page")
    if not number:
        raise Refusal("no_users", _("Nobody can sign in. Open an account with “roadmapdocs users add”."))
    return ngettext("%(num)s account", "%(num)s accounts", number)
