"""What is done beside sending mail, by the server or by ``roadmapdocs work``."""

from __future__ import annotations

from roadmapdocs.duties import Duty
from roadmapdocs.previews.service import Previews
from roadmapdocs.search.service import Search
from roadmapdocs.settings import Settings
from roadmapdocs.texts.service import Texts
from roadmapdocs.web.clock import utc_now


def standing_duties(settings: Settings) -> tuple[Duty, ...]:
    return (
        Previews(settings, utc_now).duty(),
        Texts(settings, utc_now).duty(),
        Search(settings, utc_now).duty(),
    )
