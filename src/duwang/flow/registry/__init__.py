"""The ledger as people write it, read with row-by-row messages. What writes workbooks (`exporting`, `template`) is imported by its own
name: an inspection does without."""

from duwang.flow.registry.faults import RegistryFault, Report, RowProblem
from duwang.flow.registry.loading import check, load, of_address
from duwang.flow.registry.names import NameFault, in_full, resolve

__all__ = [
    "NameFault",
    "RegistryFault",
    "Report",
    "RowProblem",
    "check",
    "in_full",
    "load",
    "of_address",
    "resolve",
]
