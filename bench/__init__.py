"""Measurements against the raw limit and against peers; run by script/bench, never as tests."""
