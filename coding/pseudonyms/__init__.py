"""What identifies people in a transcript: found, proposed to a researcher, and never called all."""
