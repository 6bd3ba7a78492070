"""Editions of the indicators and the few rules that apply them."""
