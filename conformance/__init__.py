"""Asks a running service for each requirement of each conformance class that it declares."""
