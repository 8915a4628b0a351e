"""The plan of a wave, as JSON."""
