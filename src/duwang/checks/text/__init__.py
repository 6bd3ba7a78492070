"""Wording: fixed phrases, names, typos, punctuation, numbers, repetition."""
