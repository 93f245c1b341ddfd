"""The settings, read from the environment once. Everything has a safe default; nothing else reads the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

MOST_WORKERS = 64


class BadSetting(Exception):
    """A setting that cannot work; the message says which one and why."""


@dataclass(frozen=True)
class Config:
    data: Path
    database_url: str
    backups: Path
    passphrase: str = field(repr=False)
    origin: str
    host: str
    port: int
    proxies: int
    secret_key: str
    demo: bool
    workers: int

    @property
    def hostname(self) -> str | None:
        return urlsplit(self.origin).hostname

    @property
    def is_local(self) -> bool:
        return self.hostname == "localhost"

    @property
    def is_https(self) -> bool:
        return self.origin.startswith("https:")

    def cookie(self, name: str) -> str:
        """Cookie names end in the origin's port on localhost, so that two instances live in one browser."""
        return f"{name}_{urlsplit(self.origin).port or 80}" if self.is_local else name


def from_environment(environ: Mapping[str, str] = os.environ, **overrides: Any) -> Config:
    """Read OMBUN_*; raises BadSetting for an origin that is neither https nor localhost, or for what is no number of its kind."""
    port = environ.get("OMBUN_PORT")
    if port is not None and not port.isdigit():
        raise BadSetting("OMBUN_PORT must be a number")
    workers = environ.get("OMBUN_WORKERS") or "1"
    if not workers.isdecimal() or not 1 <= int(workers) <= MOST_WORKERS:
        raise BadSetting(f"OMBUN_WORKERS must be a number from 1 to {MOST_WORKERS}")
    origin = environ.get("OMBUN_ORIGIN", f"http://localhost:{port or 8000}").rstrip("/")
    parts = urlsplit(origin)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path:
        raise BadSetting("OMBUN_ORIGIN must look like https://name or http://localhost:8000")
    if parts.scheme == "http" and parts.hostname != "localhost":
        raise BadSetting("OMBUN_ORIGIN must be https unless it is localhost")
    data = Path(overrides.get("data") or environ.get("OMBUN_DATA", "data")).resolve()
    settings = dict(
        data=data,
        backups=Path(environ.get("OMBUN_BACKUPS") or f"{data}-backups").resolve(),
        passphrase=environ.get("OMBUN_BACKUP_PASSPHRASE", ""),
        database_url=environ.get("OMBUN_DATABASE_URL", ""),
        origin=origin,
        host=environ.get("OMBUN_HOST", "127.0.0.1"),
        port=int(port or (8000 if parts.scheme == "https" else parts.port or 80)),
        proxies=int(environ.get("OMBUN_PROXIES", "0")),
        secret_key=environ.get("OMBUN_SECRET_KEY", ""),
        demo=environ.get("OMBUN_DEMO", "1") != "0",
        workers=int(workers),
    )
    return Config(**{**settings, **overrides})
