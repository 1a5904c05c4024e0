"""Start dripper as `python -m dripper`."""

from dripper.cli import main

if __name__ == "__main__":
    main()
