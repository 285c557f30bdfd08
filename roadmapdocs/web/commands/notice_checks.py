"""What ``roadmapdocs check`` asks of mail and of the queue behind it."""

from __future__ import annotations

from roadmapdocs.duties import Queue
from roadmapdocs.errors import ConfigurationError, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import ngettext
from roadmapdocs.notices import failures
from roadmapdocs.notices.worker import mailer_of
from roadmapdocs.settings import MAIL_PORTS, Settings


def check_mail(settings: Settings) -> str:
    """
    :raise ConfigurationError: if the file with the password cannot be read
    :raise Refusal: ``mail`` if some mail was not delivered, or waits because of trouble
    """
    mailer_of(settings)
    stuck, trouble = failures.undelivered_count(), failures.latest_trouble()
    if stuck:
        raise Refusal(
            "mail",
            ngettext(
                "%(num)s mail was not delivered. “Notices” of an administrator says why.",
                "%(num)s mails were not delivered. “Notices” of an administrator says why.",
                stuck,
            ),
        )
    if trouble:
        raise Refusal("mail", _("mail waits: %(reason)s", reason=trouble))
    told = [_where(settings)]
    if not settings.base_url:
        told.append(_("without base_url mails have no links"))
    waiting = failures.waiting_count()
    if waiting:
        told.append(ngettext("%(num)s mail waits for its hour", "%(num)s mails wait for their hour", waiting))
    return "; ".join(told)


def check_queue(settings: Settings) -> str:
    """
    :raise ConfigurationError: if the queue cannot be reached
    """
    try:
        queue = Queue(settings)
        number = queue.huey.pending_count()
        queue.huey.storage.close()
    except ConfigurationError:
        raise
    except Exception as problem:  # whatever the storage raises
        raise ConfigurationError(f"queue: it cannot be reached: {problem}") from problem
    where = "Redis" if settings.queue else settings.queue_file.name
    return f"{where}, " + ngettext("%(num)s task", "%(num)s tasks", number)


def _where(settings: Settings) -> str:
    if not settings.mail_host:
        return _("no server is set: mail is written into %(folder)s", folder=settings.outbox_folder)
    port = settings.mail_port or MAIL_PORTS[settings.mail_security]
    return f"{settings.mail_host}:{port} ({settings.mail_security})"
