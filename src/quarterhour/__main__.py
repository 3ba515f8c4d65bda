"""``python -m quarterhour``: the command, where its script is not on the path."""

from quarterhour.cli import main

if __name__ == "__main__":
    main()
