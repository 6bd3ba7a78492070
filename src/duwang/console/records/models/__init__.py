"""All tables, so that Django finds them."""

from duwang.console.records.models.bulletin import Notice, Paper
from duwang.console.records.models.case import CaseRow, Proof
from duwang.console.records.models.decision import Answer, Decided, SavedView
from duwang.console.records.models.finding import FindingRow, Tally
from duwang.console.records.models.job import Job
from duwang.console.records.models.ledger import LedgerChange, LedgerRow
from duwang.console.records.models.proofing import Manuscript, Signature
from duwang.console.records.models.round import Round
from duwang.console.records.models.token import ApiToken
from duwang.console.records.models.verdict import VerdictRow
from duwang.console.records.models.words import Permitted

__all__ = [
    "Answer", "ApiToken", "CaseRow", "Decided", "FindingRow", "Job", "LedgerChange", "LedgerRow", "Manuscript", "Notice", "Paper",
    "Permitted", "Proof", "Round", "SavedView", "Signature", "Tally", "VerdictRow",
]  # fmt: skip
