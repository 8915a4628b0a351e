"""Effects of a wave, as JSON."""
