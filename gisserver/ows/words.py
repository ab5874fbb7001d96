"""How a mapfile is written."""


def quoted(text: str) -> str:
    """A text as a mapfile reads it back."""
    plain = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"'


def setting(name: str, value: str) -> str:
    """A keyword and its text."""
    return f"{name} {quoted(value)}"


def block(name: str, *lines: str) -> list[str]:
    """A keyword that holds others."""
    return [name, *(f"  {line}" for line in lines), "END"]
