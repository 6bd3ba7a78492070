"""一键排版: the layout of a text put right, its words untouched."""
