"""The list of our views, in the order of the menu."""

from __future__ import annotations

from flask_admin import Admin

from roadmapdocs.web.cases.view import add_case_views
from roadmapdocs.web.documents.view import DocumentsView
from roadmapdocs.web.forms import lazy
from roadmapdocs.web.journals.view import JournalsView
from roadmapdocs.web.reference.people import add_people_views
from roadmapdocs.web.reference.workflows import WorkflowsView
from roadmapdocs.web.roadmaps.view import RoadmapsView
from roadmapdocs.web.worklist.view import WorklistView


def add_views(admin: Admin, url: str = "") -> None:
    """Add every page of the registry to an Admin, ours or a host's, below the address ``url``."""
    admin.add_view(WorklistView(name=lazy("Waits for me"), endpoint="roadmapdocs_worklist", url=url or "/"))
    admin.add_view(DocumentsView(name=lazy("Documents"), endpoint="roadmapdocs_documents", url=f"{url}/documents"))
    admin.add_view(RoadmapsView(name=lazy("Roadmaps"), endpoint="roadmapdocs_roadmaps", url=f"{url}/roadmaps"))
    admin.add_view(JournalsView(name=lazy("Journals"), endpoint="roadmapdocs_journals", url=f"{url}/journals"))
    add_case_views(admin, url)
    admin.add_view(WorkflowsView(name=lazy("Workflows"), endpoint="roadmapdocs_workflows", url=f"{url}/workflows"))
    add_people_views(admin, url)
