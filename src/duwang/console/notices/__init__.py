"""Notices to units by e-mail and webhook: one merged message for each unit, outside quiet hours, tried again until it arrives."""
