"""读网 Duwang: inspection of government websites and government new-media accounts."""

import os

# Matrices here are small: a second thread waits for the first in a loop, at twice the processor time. Read when numpy is first loaded.
for _name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

__version__ = "0.1.0"
