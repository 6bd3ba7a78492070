"""Names of texts as they are printed (GB/T 15834-2011, 4.15: inside 《》 stands 〈〉)."""

from __future__ import annotations


def in_book_marks(title: str) -> str:
    """《title》; what stands in 《》 in it is put into 〈〉, and a title that is nothing but 《…》 stays."""
    if title.startswith("《") and title.endswith("》") and "《" not in title[1:]:
        return title
    return f"《{title.replace('《', '〈').replace('》', '〉')}》"
