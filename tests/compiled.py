"""Templates compiled once for all apps of a process: every test has an app of its own, and compiling took longer than the test."""

from jinja2 import BytecodeCache


class Compiled(BytecodeCache):
    def __init__(self):
        self._kept = {}

    def load_bytecode(self, bucket):
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket):
        self._kept[bucket.key] = bucket.bytecode_to_string()


TEMPLATES = Compiled()
