"""Writes docs/参考/检查 and docs/参考/指标 from the checks and editions; pages of what no longer exists are removed."""

from __future__ import annotations

from pathlib import Path

from duwang.flow.reference import MADE, pages

FOLDER = Path(__file__).parent.parent / "docs" / "参考"


def main() -> None:
    made = pages()
    for path in [*FOLDER.glob("检查/*.md"), *FOLDER.glob("指标/*.md")]:
        if path.relative_to(FOLDER).as_posix() not in made and path.read_text("utf-8").startswith(MADE):
            path.unlink()
    for name, text in made.items():
        path = FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    print(f"docs/参考：{len(made)}页")


if __name__ == "__main__":
    main()
