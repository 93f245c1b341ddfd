"""The fund's rules: plain functions over the tables, without web and without a clock. Here is how they say no."""


def N_(message):
    """Mark a sentence for the catalogue; it is translated where it is shown."""
    return message


class Refusal(Exception):
    """The domain says no: one translatable sentence, the field that it concerns, and a way on (`link`) where there is one."""

    def __init__(self, message, field=None, link=None, **values):
        super().__init__(message)
        self.message, self.field, self.link, self.values = message, field, link, values


class NotFound(Exception):
    """It does not exist, or it is not yours: the same answer for both."""
