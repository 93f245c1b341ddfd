"""Whether a request surely comes from this very machine, through nobody's hands: only then may the demo village be looked at
without a key. What is doubtful counts as coming from elsewhere."""

import ipaddress

FORWARDED = ("HTTP_FORWARDED", "HTTP_VIA")
FORWARDED_AS = "HTTP_X_FORWARDED_"


def is_plain(settings):
    """Whether the address that people type is http://localhost."""
    return settings.is_local and not settings.is_https


def is_at_home(settings):
    """Whether the app serves that address from the loopback, without a proxy, on the SQLite file of its own folder."""
    return is_plain(settings) and is_loopback(settings.host) and settings.proxies == 0 and not settings.database_url


def comes_from_here(settings, environ):
    """Whether this request (WSGI) asks our own address from the loopback, and nothing says that somebody passed it on.

    Another name in Host is what a page elsewhere makes of ours by changing where its own name leads.
    """
    ours = settings.origin.partition("://")[2]
    return (
        is_at_home(settings)
        and is_loopback(environ.get("REMOTE_ADDR"))
        and environ.get("HTTP_HOST") == ours
        and environ.get("HTTP_ORIGIN", settings.origin) == settings.origin
        and not any(name in FORWARDED or name.startswith(FORWARDED_AS) for name in environ)
    )


def is_loopback(address):
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address or "").is_loopback
    except ValueError:
        return False
