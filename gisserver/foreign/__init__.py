"""Layers of other people's servers on our map: `fetching` reaches a server, the others read what it offers."""
