"""Webhooks: how receivers are told, and what is said of those that do not answer."""
