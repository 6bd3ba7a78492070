"""Readers of office files: bytes → text with its tables. One file per kind; what cannot be read is said, never silent."""
