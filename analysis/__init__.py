"""The numbers: designs, allocation, responses and effects. Knows nothing of `coding`."""
