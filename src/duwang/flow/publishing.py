"""The verb publish: the documents of a finished folder. Everything is scanned for leaks before it is written."""

from __future__ import annotations
