"""Survey tables, as JSON."""
