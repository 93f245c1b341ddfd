"""How long a request's body may be, and how long it may take, told from its head. An unfinished body keeps no worker waiting, and
what its head refuses is answered without it.
"""

import asyncio
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import wraps
from io import BytesIO, RawIOBase

from flask import abort, request
from werkzeug.exceptions import (
    ClientDisconnected,
    HTTPException,
    RequestEntityTooLarge,
    RequestTimeout,
    ServiceUnavailable,
)

from pwa import access, web

STRANGERS_MOST = 64 * 1024
SECONDS = 20
BYTES_A_SECOND = 2_000
MOST_TOGETHER = 64 * 1024 * 1024
STRANGERS_TOGETHER = 16 * 1024 * 1024
ROOM_FOR_A_FORM = 64 * 1024
"""What a form says beside the file that it sends."""
MOST_DISCARDED = 8 * 1024 * 1024
SOON = 5


def takes(most, kind=None):
    """The body of this view has at most so many bytes, and is of this kind."""

    def decorate(view):
        @wraps(view)
        def guarded(*args, **kwargs):
            request.max_content_length = most
            if kind and request.mimetype != kind:
                abort(415)
            if (request.content_length or 0) > most:
                abort(413)
            return view(*args, **kwargs)

        guarded.body = most, kind
        return guarded

    return decorate


@dataclass(frozen=True)
class Head:
    """What is known of a body before it comes; `length` is None where the sender does not say."""

    length: int | None
    most: int
    is_refused: bool = False
    is_known: bool = False
    needs_account: bool = False
    has_session: bool = False
    of_strangers: int = STRANGERS_MOST

    @property
    def limit(self):
        return self.most if self.is_known else min(self.most, self.of_strangers)

    @property
    def seconds(self):
        expected = self.limit if self.length is None else self.length
        return SECONDS + (expected / BYTES_A_SECOND if self.is_known else 0)

    @property
    def is_open(self):
        """Whether it depends on the session, which only the database knows."""
        is_large = self.length is None or self.length > STRANGERS_MOST
        return not self.is_refused and self.has_session and (not self.is_known or (self.needs_account and is_large))


def look(app, environ):
    """Judge the head of a request by what it says itself, and leave in its environ what the device cookie says. This is done for
    every body, on the event loop: no context of Flask's, which costs more than all of it."""
    asked = app.request_class(environ)
    view = _view(app, asked)
    most, kind = getattr(view, "body", (app.config["MAX_CONTENT_LENGTH"], None))
    needs_account, elsewhere = getattr(view, "access", "public") != "public", getattr(view, "from_elsewhere", 0)
    has_session, claims = access.has_session_cookie(asked, app), access.claims_of(asked, app)
    environ[access.CLAIMS] = claims
    is_refused = (
        asked.method in web.SAFE
        or view is None
        or (not elsewhere and web.is_cross_site(asked, app.config["OMBUN"].origin))
        or (getattr(view, "is_for_phones", False) and not claims)
        or (needs_account and not has_session)
        or (kind is not None and asked.mimetype != kind)
    )
    of_strangers = elsewhere or STRANGERS_MOST
    return Head(asked.content_length, most, is_refused, claims is not None, needs_account, has_session, of_strangers)


def _view(app, asked):
    """The view of its address, or None where there is none."""
    try:
        endpoint, _ = app.create_url_adapter(asked).match()
    except HTTPException:
        return None
    return app.view_functions[endpoint]


def look_up(head):
    """Judge it by its session too."""
    is_person = access.shown_session() is not None
    return replace(head, is_known=head.is_known or is_person, is_refused=head.needs_account and not is_person)


class Gone(Exception):
    """Whoever sent this body went away in the middle of it; nobody waits for an answer."""


class Refused(RawIOBase):
    """Stands where a body should be: whoever reads it says why it is not there."""

    def __init__(self, why):
        self._why = why

    def readable(self):
        return True

    def readinto(self, buffer):
        raise self._why


class Bodies:
    """The bodies in memory, counted from their first byte until they are answered."""

    def __init__(self):
        self.held = self.of_strangers = 0

    @contextmanager
    def counted(self, incoming):
        """The body that comes is given back when this ends, however it ends."""
        try:
            yield
        finally:
            self.add(incoming, -incoming.held)

    def add(self, incoming, size):
        incoming.held += size
        self.held += size
        if not incoming.head.is_known:
            self.of_strangers += size

    def have_room(self, head, size):
        return self.held + size <= MOST_TOGETHER and (head.is_known or self.of_strangers + size <= STRANGERS_TOGETHER)

    async def read(self, incoming):
        """The whole body as a stream, or one that refuses. Raises Gone."""
        head = incoming.head
        if head.is_refused:
            return Refused(ClientDisconnected())
        if (head.length or 0) > head.limit:
            return Refused(RequestEntityTooLarge())
        if not self.have_room(head, head.length or 0):
            return Refused(ServiceUnavailable(retry_after=SOON))
        try:
            async with asyncio.timeout(head.seconds):
                return await self._gather(incoming)
        except TimeoutError:
            incoming.is_over = True
            return Refused(RequestTimeout())

    async def _gather(self, incoming):
        parts, head = [], incoming.head
        async for part in incoming:
            if incoming.held + len(part) > head.limit:
                return Refused(RequestEntityTooLarge())
            if not self.have_room(head, len(part)):
                return Refused(ServiceUnavailable(retry_after=SOON))
            self.add(incoming, len(part))
            parts.append(part)
        return BytesIO(parts[0] if len(parts) == 1 else b"".join(parts))


class Incoming:
    """A body as it comes, part by part."""

    def __init__(self, proto, head):
        self.head, self.held, self.is_over, self._received = head, 0, head.length == 0, 0
        self._parts = aiter(proto)

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.is_over:
            raise StopAsyncIteration
        part = await self._next()
        self._received += len(part or b"")
        self.is_over = self._received == self.head.length if part else True
        if part:
            return part
        await self._look_for_a_cut()
        raise StopAsyncIteration

    async def rest(self):
        """Read on and keep nothing, within limits: a sender that is not heard out may never see the answer."""
        if self.is_over:
            return
        left = MOST_DISCARDED
        with suppress(TimeoutError, Gone):
            async with asyncio.timeout(self.head.seconds):
                async for part in self:
                    left -= len(part)
                    if left < 0:
                        return

    async def _look_for_a_cut(self):
        """Granian ends a whole body with one empty part, and one that was cut off with two."""
        if self.head.length is not None or await self._next() is not None:
            raise Gone

    async def _next(self):
        """The next part, or None after the last; `anext` with a default crashes on Granian's iterator."""
        try:
            return await self._parts.__anext__()
        except StopAsyncIteration:
            return None
