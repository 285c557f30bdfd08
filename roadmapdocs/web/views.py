"""The list of our views, in the order of the menu."""

from __future__ import annotations

from flask_admin import Admin

from roadmapdocs.web.acquaintance.view import AcquaintanceView
from roadmapdocs.web.approvals.routes_view import RoutesView
from roadmapdocs.web.approvals.signature_rule import SignatureRuleView
from roadmapdocs.web.approvals.view import ApprovalsView
from roadmapdocs.web.assignments.view import AssignmentsView, DocumentAssignmentsView
from roadmapdocs.web.base import ROW_ID
from roadmapdocs.web.calendar.view import FeedView
from roadmapdocs.web.cases.view import add_case_views
from roadmapdocs.web.control.view import ControlView
from roadmapdocs.web.decide.view import DecideView
from roadmapdocs.web.documents.view import DocumentsView
from roadmapdocs.web.drafts.checks_view import ChecksView
from roadmapdocs.web.drafts.phrases import PhrasesView
from roadmapdocs.web.drafts.view import DraftsView
from roadmapdocs.web.external_links.view import ExternalLinksView
from roadmapdocs.web.forms import lazy
from roadmapdocs.web.guests.links import GuestLinksView
from roadmapdocs.web.guests.view import GuestView
from roadmapdocs.web.journals.view import JournalsView
from roadmapdocs.web.notices.view import NoticesView
from roadmapdocs.web.people_import.view import PeopleImportView
from roadmapdocs.web.previews.view import PreviewsView
from roadmapdocs.web.reference.absences import AbsencesView
from roadmapdocs.web.reference.acting_pages import ActingView
from roadmapdocs.web.reference.calendar_pages import CalendarView
from roadmapdocs.web.reference.people import add_people_views
from roadmapdocs.web.reference.workflows import WorkflowsView
from roadmapdocs.web.roadmaps.view import RoadmapsView
from roadmapdocs.web.search.abbreviations import AbbreviationsView
from roadmapdocs.web.search.view import SearchView
from roadmapdocs.web.sheets.check import CheckView
from roadmapdocs.web.sheets.view import SheetsView
from roadmapdocs.web.templates.view import TemplatesView
from roadmapdocs.web.tokens.view import TokensView
from roadmapdocs.web.webhooks.view import WebhooksView
from roadmapdocs.web.worklist.view import WorklistView


def add_views(admin: Admin, url: str = "") -> None:
    """Add every page of the registry to an Admin, ours or a host's, below the address ``url``."""
    admin.add_view(WorklistView(name=lazy("Waits for me"), endpoint="roadmapdocs_worklist", url=url or "/"))
    admin.add_view(DecideView(name=lazy("Decision"), endpoint="roadmapdocs_decide", url=f"{url}/decide"))
    admin.add_view(
        AcquaintanceView(name=lazy("Acquaintance"), endpoint="roadmapdocs_acquaintance", url=f"{url}/acquaintance")
    )
    admin.add_view(DocumentsView(name=lazy("Documents"), endpoint="roadmapdocs_documents", url=f"{url}/documents"))
    admin.add_view(AssignmentsView(name=lazy("Assignments"), endpoint="roadmapdocs_assignments", url=f"{url}/assignments"))
    admin.add_view(
        DocumentAssignmentsView(
            name=lazy("Assignments of a document"),
            endpoint="roadmapdocs_document_assignments",
            url=f"{url}/documents/<{ROW_ID}:document_id>/assignments",
        )
    )
    admin.add_view(ControlView(name=lazy("Control"), endpoint="roadmapdocs_control", url=f"{url}/control"))
    admin.add_view(
        ExternalLinksView(
            name=lazy("Links to other programs"), endpoint="roadmapdocs_external_links", url=f"{url}/external-links"
        )
    )
    admin.add_view(DraftsView(name=lazy("Drafts"), endpoint="roadmapdocs_drafts", url=f"{url}/drafts"))
    admin.add_view(RoadmapsView(name=lazy("Roadmaps"), endpoint="roadmapdocs_roadmaps", url=f"{url}/roadmaps"))
    admin.add_view(SearchView(name=lazy("Search"), endpoint="roadmapdocs_search", url=f"{url}/search"))
    admin.add_view(
        AbbreviationsView(name=lazy("Abbreviations"), endpoint="roadmapdocs_abbreviations", url=f"{url}/abbreviations")
    )
    admin.add_view(JournalsView(name=lazy("Journals"), endpoint="roadmapdocs_journals", url=f"{url}/journals"))
    add_case_views(admin, url)
    admin.add_view(PhrasesView(name=lazy("Ready phrases"), endpoint="roadmapdocs_phrases", url=f"{url}/phrases"))
    admin.add_view(TemplatesView(name=lazy("Templates of documents"), endpoint="roadmapdocs_templates", url=f"{url}/templates"))
    admin.add_view(WorkflowsView(name=lazy("Workflows"), endpoint="roadmapdocs_workflows", url=f"{url}/workflows"))
    add_people_views(admin, url)
    admin.add_view(
        PeopleImportView(name=lazy("People from a file"), endpoint="roadmapdocs_people_import", url=f"{url}/people/import")
    )
    admin.add_view(AbsencesView(name=lazy("Absence and substitution"), endpoint="roadmapdocs_absences", url=f"{url}/absences"))
    admin.add_view(ActingView(name=lazy("Acting heads"), endpoint="roadmapdocs_acting", url=f"{url}/acting"))
    admin.add_view(CalendarView(name=lazy("Working calendar"), endpoint="roadmapdocs_calendar", url=f"{url}/work-calendar"))
    admin.add_view(SheetsView(name=lazy("Sheets of approval"), endpoint="roadmapdocs_sheets", url=f"{url}/sheets"))
    admin.add_view(PreviewsView(name=lazy("Pages of documents"), endpoint="roadmapdocs_previews", url=f"{url}/previews"))
    admin.add_view(ChecksView(name=lazy("Check before signing"), endpoint="roadmapdocs_checks", url=f"{url}/checks"))
    admin.add_view(CheckView(name=lazy("Check of a file"), endpoint="roadmapdocs_check", url=f"{url}/check"))
    admin.add_view(NoticesView(name=lazy("Notices"), endpoint="roadmapdocs_notices", url=f"{url}/notices"))
    admin.add_view(TokensView(name=lazy("Tokens of programs"), endpoint="roadmapdocs_tokens", url=f"{url}/tokens"))
    admin.add_view(FeedView(name=lazy("Calendar of terms"), endpoint="roadmapdocs_feed", url=f"{url}/calendar"))
    admin.add_view(WebhooksView(name=lazy("Webhooks"), endpoint="roadmapdocs_webhooks", url=f"{url}/webhooks"))
    admin.add_view(GuestView(name=lazy("Guests"), endpoint="roadmapdocs_guests", url=f"{url}/guest"))
    admin.add_view(GuestLinksView(name=lazy("Links for guests"), endpoint="roadmapdocs_guest_links", url=f"{url}/guest/links"))
    admin.add_view(ApprovalsView(name=lazy("Approval"), endpoint="roadmapdocs_approvals", url=f"{url}/approvals"))
    admin.add_view(RoutesView(name=lazy("Approval routes"), endpoint="roadmapdocs_routes", url=f"{url}/routes"))
    admin.add_view(
        SignatureRuleView(name=lazy("Simple signature"), endpoint="roadmapdocs_signature_rule", url=f"{url}/signature-rule")
    )
