"""A thin line, in bytes a second and time there and back, for the proxy in front of the server."""

import threading
import time


class Link:
    """A thin line to the server, one for each way: what goes together goes one after the other. Slow start is left out, so a real
    line is a little slower."""

    HANDSHAKES = 2  # TCP and TLS, each a way there and back, before the first byte of a new connection

    def __init__(self, kilobits, round_trip):
        self._bytes_a_second, self._round_trip = kilobits * 125, round_trip
        self._free = {"up": 0.0, "down": 0.0}
        self._lock = threading.Lock()

    def connect(self):
        time.sleep(self.HANDSHAKES * self._round_trip)

    def carry(self, way, size):
        """Return when so many bytes have arrived at the other end."""
        with self._lock:
            begin = max(self._free[way], time.monotonic())
            self._free[way] = begin + size / self._bytes_a_second
        time.sleep(self._free[way] + self._round_trip / 2 - time.monotonic())
