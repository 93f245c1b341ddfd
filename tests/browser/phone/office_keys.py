"""The part of the pretended office that gives numbers and learns the keys that phones sign with."""

import hashlib
import json
import uuid

from tests.browser.phone.spelling import unb64


class Register:
    """Which key a number has: `key_of` names it, with the first number that is signed by it."""

    def __init__(self):
        self.key_of, self.leaves, self.key_answers = {}, [], []

    def learn(self, device, public_key, from_seq):
        """Register a key -> its name, or None where the number has another one."""
        name = hashlib.sha256(unb64(public_key)).hexdigest()
        known = self.key_of.setdefault(device, (name, from_seq, public_key))
        return name if known[0] == name else None


class KeyDesk:
    """Answers for numbers and keys; `key_answers` are functions that answer the next ones instead."""

    def give_number(self, body):
        if self.office.key_answers:
            return self.office.key_answers.pop(0)(self, body)
        asked, self.office.device = json.loads(body), str(uuid.uuid4())
        self.office.leaves.append(asked.get("leaves"))
        key = self.office.learn(self.office.device, asked["public_key"], 1)
        self.reply(200, {"device": self.office.device, "key": key})

    def take_key(self, body):
        self.office.log.append("PUT key")
        if self.office.key_answers:
            return self.office.key_answers.pop(0)(self, body)
        self.learn_key(body)

    def learn_key(self, body):
        asked, device = json.loads(body), self.office.device
        key = self.office.learn(device, asked["public_key"], asked["from_seq"])
        if key is None:
            return self.reply(409, {"error": "key"})
        self.reply(200, {"device": device, "key": key, "from_seq": self.office.key_of[device][1]})
