"""The command `burden`: composes the commands of both halves; holds no logic of its own."""


def main() -> None:
    """Run the command line."""
