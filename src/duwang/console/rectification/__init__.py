"""整改: slips, deadlines, answers, appeals, re-checks."""
