"""Pieces that only tests use; nothing under src imports them."""
