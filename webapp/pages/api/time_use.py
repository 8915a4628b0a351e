"""How much time people give, as JSON."""
