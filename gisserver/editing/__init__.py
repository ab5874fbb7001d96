"""Edits of single features: read from requests, checked in a process apart, answered."""
