"""The only code that touches the network: fetching, politeness, limits, the vault of evidence."""
