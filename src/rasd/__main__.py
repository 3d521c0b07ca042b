"""``python -m rasd``: the command line."""

from rasd.cli import main

if __name__ == "__main__":
    main()
