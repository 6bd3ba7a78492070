"""Invented people with generated ID numbers, and the innocent numbers that look like theirs, in every kind of file."""
