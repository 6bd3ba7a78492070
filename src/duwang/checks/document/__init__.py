"""How a document is marked, laid out and accompanied."""
