"""`python -m webapp.cli`."""

from . import main

if __name__ == "__main__":
    main()
