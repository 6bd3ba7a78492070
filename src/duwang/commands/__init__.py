"""The commands of `duwang`, one file per area; each turns words into one verb of `flow`."""
