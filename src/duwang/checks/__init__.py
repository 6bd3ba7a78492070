"""One check per file, in families: `checks/<family>/<noun>.py`, id `family/noun`. The folder is walked."""
