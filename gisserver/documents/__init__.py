"""The zoning answer on paper: typeset from the kept answer, signed, and recognised again when it comes back."""
