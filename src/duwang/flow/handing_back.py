"""A checked text goes back to its author as docx with comments: in the docx that came, or in a fresh one."""

from __future__ import annotations

from collections.abc import Sequence

from duwang.bulletin.render.annotated import annotated_docx
from duwang.bulletin.render.commented import Comment, commented_docx
from duwang.model.material import Document


def commented(document: Document, raw: bytes, comments: Sequence[Comment]) -> bytes:
    """The docx. `raw` is the file as it came: when it is a docx whose text is found again, its own formatting stays."""
    if raw.startswith(b"PK"):
        annotated = annotated_docx(raw, document.body, comments)
        if annotated is not None:
            return annotated
    return commented_docx(document.body, comments, title=document.title)
