"""What was asked in a wave, as JSON."""
