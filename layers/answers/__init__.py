"""The zoning answer: what may be built on a parcel, what limits it, and how sure that is."""
