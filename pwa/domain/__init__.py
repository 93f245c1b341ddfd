"""The fund's rules: plain functions over the tables, without web and without a clock. Here is how they say no."""

from typing import Any


def N_(message: str) -> str:
    """Mark a sentence for the catalogue; it is translated where it is shown."""
    return message


class Refusal(Exception):
    """The domain says no: one translatable sentence, the field that it concerns, and a way on (`link`) where there is one."""

    def __init__(self, message: str, field: str | None = None, link: str | None = None, **values: Any) -> None:
        super().__init__(message)
        self.message, self.field, self.link, self.values = message, field, link, values


class NotFound(Exception):
    """It does not exist, or it is not yours: the same answer for both."""
