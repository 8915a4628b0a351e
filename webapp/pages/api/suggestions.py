"""JSON to come."""
