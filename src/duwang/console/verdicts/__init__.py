"""判定: every verdict explains itself."""
