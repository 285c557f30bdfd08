"""What goes wrong before a guest's page is reached, told in the guest's own frame: without a way into the registry."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError

from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import language
from roadmapdocs.web import errors, pages
from roadmapdocs.web.context import settings
from roadmapdocs.web.frame import Frame
from roadmapdocs.web.words import size_words


def rendered(template: str, status: int, **values: Any) -> ResponseReturnValue:
    """A page in a frame without a person, whoever has signed in on this device: it leads nowhere else."""
    frame = Frame(language(), settings().office, None, 0, may_see_people=False)
    return pages.render(template, shell=frame, **values), status


def failed(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < HTTPStatus.BAD_REQUEST:
        return error
    if isinstance(error, InternalServerError):
        return errors.failed()
    title, sentence = _("The request was not understood"), _("Go back, refresh the page and repeat.")
    if isinstance(error, CSRFError):
        title = _("The form was not accepted")
        sentence = _("The form waited too long or came from another site. Go back, reload the page and send it again.")
    elif error.code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        title = _("The file is too large")
        sentence = _("This registry takes files of up to %(size)s.", size=size_words(settings().max_upload))
    elif error.code == HTTPStatus.TOO_MANY_REQUESTS:
        title, sentence = _("Too many attempts in a row"), _("Wait a few minutes and try again.")
    return rendered("guest_closed.html", error.code, title=title, sentence=sentence)
