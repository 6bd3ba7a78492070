"""The nouns of an inspection: frozen values, no I/O, standard library only."""
