"""Which exceptions are a user's mistake: said in one sentence, exit code 2."""

from __future__ import annotations

from duwang.bulletin.faults import BulletinFault
from duwang.flow.folder import FolderFault
from duwang.flow.planning import PlanFault
from duwang.flow.registry.faults import RegistryFault
from duwang.judge.parsing import EditionError

USER_FAULTS: tuple[type[Exception], ...] = (FolderFault, PlanFault, RegistryFault, EditionError, BulletinFault)
