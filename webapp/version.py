"""The version of everything in this checkout."""

VERSION = "0.1.0"
