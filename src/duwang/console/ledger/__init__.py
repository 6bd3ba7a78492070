"""名录: units, sites, columns, accounts, letters; import with a preview."""
