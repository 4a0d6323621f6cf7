"""`python -m contractlens`: the command line, also from a plain checkout."""

from contractlens.cli import main

if __name__ == "__main__":
    main()
