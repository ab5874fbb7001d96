"""Search: one box for addresses, parcels, neighbourhoods, streets, places, plans and coordinates."""
