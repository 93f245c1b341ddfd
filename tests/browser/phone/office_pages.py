"""What every page of the pretended office is made of, and what it may load."""

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
PAGE = """<!doctype html><html lang="th" {data}><title>{version}</title><h1>{path}</h1>
<div data-update hidden><button>update</button></div>
<form action="/session/end" method="post"><button>leave</button></form>
<script type="module" src="/static/{version}/js/{boot}"></script></html>"""
