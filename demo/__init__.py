"""Sample data: what a first visitor sees, generated inside real boundaries."""
