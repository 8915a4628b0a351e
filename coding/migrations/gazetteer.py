"""Tables to come."""
