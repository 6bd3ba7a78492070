"""The ledger as people write it: read with row-by-row messages, exported, and its empty template."""

from duwang.flow.registry.exporting import export
from duwang.flow.registry.faults import RegistryFault, Report, RowProblem
from duwang.flow.registry.loading import check, load, of_address
from duwang.flow.registry.names import NameFault, in_full, resolve
from duwang.flow.registry.template import write_template

__all__ = [
    "NameFault",
    "RegistryFault",
    "Report",
    "RowProblem",
    "check",
    "export",
    "in_full",
    "load",
    "of_address",
    "resolve",
    "write_template",
]
