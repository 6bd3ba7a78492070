"""Writes docs/schemas/*.schema.json from the model types, so that files and types cannot drift apart."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec

from duwang.flow.schemas import SCHEMAS

FOLDER = Path(__file__).parent.parent / "docs" / "schemas"


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, schema in SCHEMAS.items():
        (FOLDER / f"{name}.schema.json").write_text(json.dumps(schema, ensure_ascii=False, indent=1) + "\n", "utf-8")


def schema_of(kind: Any) -> dict[str, Any]:
    return msgspec.json.schema(kind)


if __name__ == "__main__":
    main()
