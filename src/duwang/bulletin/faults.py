"""What can be wrong with the material of a notice, said in one sentence."""

from __future__ import annotations


class BulletinFault(Exception):
    """Bulletin data, a style, a filled-in sheet or a leak: the text is for people and names file, sheet, row or key."""
