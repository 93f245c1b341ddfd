"""What somebody asks, read alike at every door: texts that can be kept, numbers that a table can hold, and nothing else.

Whatever bytes come in an address, a field, a header or JSON: a view gets values that no later step stumbles over.
"""

from flask import abort
from htmx_flask.requests import HtmxAwareRequest
from werkzeug.datastructures import ImmutableMultiDict, iter_multi_items
from werkzeug.routing import IntegerConverter, PathConverter, UnicodeConverter, ValidationError
from werkzeug.user_agent import UserAgent

from pwa.domain.text import characters

MOST = 2**31 - 1
DIGITS = 10


def init_app(app):
    app.request_class = Asked
    app.url_map.converters |= {"int": Number, "string": Text, "default": Text, "path": Path}


class Said(ImmutableMultiDict):
    """The fields of an address or a form. Asked for as `int`, one is a number that a table can hold, or it was not said."""

    def __init__(self, mapping=None):
        super().__init__([(_kept(name), _kept(value)) for name, value in iter_multi_items(mapping or ())])

    def get(self, key, default=None, type=None):
        return super().get(key, default, _number if type is int else type)

    def getlist(self, key, type=None):
        return super().getlist(key, _number if type is int else type)


class Agent(UserAgent):
    """What a browser calls itself, as far as it can be printed."""

    def __init__(self, string):
        super().__init__(string if string.isprintable() else "".join(filter(str.isprintable, string)))


class Asked(HtmxAwareRequest):
    parameter_storage_class = Said
    user_agent_class = Agent

    def get_json(self, force=False, silent=False, cache=True):
        """What the body says as JSON; None, or 400, for what is none."""
        if not (force or self.is_json):
            return super().get_json(force, silent, cache)
        try:
            return characters.read(self.get_data())
        except ValueError:
            return None if silent else abort(400)


class Number(IntegerConverter):
    def to_python(self, value):
        if len(value) > DIGITS or (number := super().to_python(value)) > MOST:
            raise ValidationError
        return number


class Text(UnicodeConverter):
    def to_python(self, value):
        return _known(value)


class Path(PathConverter):
    def to_python(self, value):
        return _known(value)


def _known(value):
    """Nothing here is called by what no table can hold."""
    if characters.UNKEPT.search(value):
        raise ValidationError
    return value


def _number(text):
    number = int(text)
    if not -MOST <= number <= MOST:
        raise ValueError
    return number


def _kept(value):
    return characters.kept(value) if isinstance(value, str) else value
