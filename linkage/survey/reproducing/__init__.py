"""The estimates of an outcome made again from exported answers: a file and code in R and Python."""

from .files import file_names, files, written

__all__ = ["file_names", "files", "written"]
