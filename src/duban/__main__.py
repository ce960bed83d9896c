"""`python -m duban` is the command `duban`."""

from duban.project.command import main

if __name__ == "__main__":
    main()
