"""What closes a backup must be hard to guess, for the file holds every key and whoever copies it may try for years.

A new passphrase is refused when it is short. One that closed earlier backups goes on, with an alarm, for without a backup tonight
the fund would be worse off; and what was closed with any passphrase is opened with it.
"""

from pwa.domain import N_, Refusal
from pwa.domain.operations import archives

LEAST = 16
WORDS, A_WORD, LEAST_OF_WORDS = 4, 2, 12
LEAST_DIFFERENT = 6
LOOKED_AT = 3
SHORT = N_("This passphrase is easy to guess. Take at least 16 characters, or four words.")


def is_weak(passphrase):
    """Shorter than sixteen characters and than four words, or the same few characters again and again."""
    words = [word for word in passphrase.split() if len(word) >= A_WORD]
    least = LEAST_OF_WORDS if len(words) >= WORDS else LEAST
    return len(passphrase.strip()) < least or len(set(passphrase)) < LEAST_DIFFERENT


def must_be_fit(passphrase, *folders):
    """Refuse a weak one, unless it opens one of the newest backups that lie in these folders."""
    if is_weak(passphrase) and not any(_opens(path, passphrase) for path in _newest(folders)):
        raise Refusal(SHORT, field="passphrase")


def _newest(folders):
    found = {path for folder in folders if folder and folder.is_dir() for path in folder.iterdir() if _is_backup(path)}
    return sorted(found, key=lambda path: path.stat().st_mtime, reverse=True)[:LOOKED_AT]


def _is_backup(path):
    try:
        with open(path, "rb") as file:
            return path.is_file() and file.read(len(archives.MAGIC)) == archives.MAGIC
    except OSError:
        return False


def _opens(path, passphrase):
    try:
        with open(path, "rb") as file:
            archives.Reader(file, passphrase)
    except (Refusal, OSError):
        return False
    return True
