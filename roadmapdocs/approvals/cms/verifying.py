"""The question that the rest of the program asks: what does this signature file say of this file?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from roadmapdocs.approvals.cms.algorithms import Content
from roadmapdocs.approvals.cms.chains import Trust, read_anchors
from roadmapdocs.approvals.cms.packing import Unreadable
from roadmapdocs.approvals.cms.reading import read
from roadmapdocs.approvals.cms.results import Verdict, Verification
from roadmapdocs.approvals.cms.signers import judged
from roadmapdocs.i18n import gettext as _

_WORST_FIRST = (Verdict.INVALID, Verdict.UNSUPPORTED, Verdict.VALID_UNTRUSTED, Verdict.VALID)


def verify(
    content: bytes, signature: bytes, *, at: dt.datetime, anchors: Sequence[bytes] = ()
) -> Verification:
    """Verify a detached signature of ``content``: CMS SignedData (RFC 5652) in DER, BER, PEM or base64.

    ``at`` (with a zone) is the moment when the signature came in; give the same again to repeat the check later.
    ``anchors`` are certificates of trusted authorities, each file in DER or PEM. Whatever is wrong with the
    signature is said in the result; Refusal is raised only for an unreadable trusted certificate.

    A signature with the file inside is accepted if that is the very file byte for byte: it says the same. With
    another file inside it is not, even if it is right by itself.
    """
    trusted = read_anchors(anchors)
    try:
        signed = read(signature)
    except Unreadable as reason:
        return Verification(Verdict.INVALID, problems=(str(reason),))
    attached = signed.content is not None
    problems: tuple[str, ...] = ()
    if attached and signed.content != content:
        problems = (
            _(
                "Another file lies inside the signature file. Attach the signature that was made of this very version."
            ),
        )
    trust = Trust(trusted, signed.certificates, at)
    whole = Content(content)
    signers = tuple(judged(one, signed, whole, at=at, trust=trust) for one in signed.signatures)
    verdicts = {signer.verdict for signer in signers}
    worst = next(verdict for verdict in _WORST_FIRST if verdict in verdicts)
    return Verification(Verdict.INVALID if problems else worst, signers, problems, attached=attached)
