"""Webhooks: which receivers are allowed, how they are told, and what is said of those that do not answer."""
