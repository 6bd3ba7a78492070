"""What holds for every test, and for the processes that tests start."""

from __future__ import annotations

import os

os.environ.setdefault(
    "DUWANG_BROWSER_PAGES", "0"
)  # tests of the browser ask for it by name; every other run is spared its start
