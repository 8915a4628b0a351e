"""The words: transcripts, turns, speakers, codebook and codings. Knows nothing of `analysis`."""
