"""The number of a row in an address, never larger than SQLite can hold."""

ROW = "int(max=9007199254740991)"
