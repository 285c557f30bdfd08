"""Electronic signatures as detached CMS files: read, verified, judged in words, and the mark for print.

Pure: bytes and a moment come in, frozen values come out. What is given may be hostile; it is bounded in size, and
whatever is wrong with it is an answer, not an exception. docs/decisions tells which libraries do what.
"""

from roadmapdocs.approvals.cms.marks import MarkData, marks
from roadmapdocs.approvals.cms.results import Certificate, Owner, Signer, Verdict, Verification
from roadmapdocs.approvals.cms.verifying import verify

__all__ = ["Certificate", "MarkData", "Owner", "Signer", "Verdict", "Verification", "marks", "verify"]
