"""`python -m minutes_nlp` is the same as the command `minutes`."""

from minutes_nlp.cli.app import main

if __name__ == "__main__":
    main()
