"""检查批次: planning, running and judging rounds."""
