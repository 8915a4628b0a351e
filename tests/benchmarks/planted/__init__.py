"""Talk with identifiers planted at known places, from lists written for this purpose."""
