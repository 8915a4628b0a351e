"""Allocations, as JSON."""
