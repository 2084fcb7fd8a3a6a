"""Private-use characters that carry values, references and source lines through rendering, so client text is never markup.

Input that holds one of these characters is refused when it is loaded.
"""

VALUE, REFERENCE, LINE, END = "\ue000", "\ue001", "\ue002", "\ue003"


def value(parameter: str, rendition: str = "", text: str = "") -> str:
    """The mark of a printed value; `text` fixes its words, else they are the rendition of the setting."""
    return f"{VALUE}{parameter}\x1f{rendition}\x1f{text}{END}"


def reference(target: str) -> str:
    """The mark of a reference to `clause#label`, `clause` or `schedule:id`."""
    return f"{REFERENCE}{target}{END}"


def line(number: int) -> str:
    """The mark of the source line on which a paragraph begins."""
    return f"{LINE}{number}{END}"
