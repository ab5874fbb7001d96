"""A file, the pool it was taken from, and the pool as it is now become one state, or conflicts for people to decide."""
