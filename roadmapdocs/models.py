"""All tables in the order in which they can be made."""

from __future__ import annotations

from roadmapdocs.acquaintance import models as acquaintance
from roadmapdocs.approvals import models as approvals
from roadmapdocs.assignments import models as assignments
from roadmapdocs.audit import models as audit
from roadmapdocs.cases import models as cases
from roadmapdocs.coverage import models as coverage
from roadmapdocs.documents import models as documents
from roadmapdocs.drafting import models as drafting
from roadmapdocs.erp import models as erp
from roadmapdocs.files import models as files
from roadmapdocs.notices import models as notices
from roadmapdocs.people import models as people
from roadmapdocs.previews import models as previews
from roadmapdocs.registration import models as registration
from roadmapdocs.roadmap import models as roadmap
from roadmapdocs.search import models as search
from roadmapdocs.texts import models as texts
from roadmapdocs.workdays import models as workdays
from roadmapdocs.workflow import models as workflow

MODELS = (
    *audit.MODELS,
    *workdays.MODELS,
    *people.MODELS,
    *files.MODELS,
    *previews.MODELS,
    *texts.MODELS,
    *workflow.MODELS,
    *registration.MODELS,
    *cases.MODELS,
    *documents.MODELS,
    *roadmap.MODELS,
    *drafting.MODELS,
    *coverage.MODELS,
    *approvals.MODELS,
    *acquaintance.MODELS,
    *assignments.MODELS,
    *notices.MODELS,
    *search.MODELS,
    *erp.MODELS,
)
