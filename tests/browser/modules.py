"""Where a page's own scripts lie: in every page of a story `moduleOf("outbox")` is the address of js/…/outbox.js, whatever its folder."""

import json

from pwa.server.assets import STATIC

WHERE = {path.stem: str(path.relative_to(STATIC / "js")) for path in sorted((STATIC / "js").rglob("*.js"))}
FLAT = ["358163df668e", "137b5bc5b0a6"]
"""Versions of the app whose scripts lay in one folder."""
MODULE_OF = f"""globalThis.moduleOf = (name) => {{
  const script = document.querySelector('script[src*="/static/"]')?.src ?? `${{location.origin}}/static/v1/`;
  const [base, version] = script.match(/^.*\\/static\\/([^/]+)\\//);
  const where = {json.dumps(FLAT)}.includes(version) ? `${{name}}.js` : {json.dumps(WHERE)}[name];
  return `${{base}}js/${{where}}`;
}};"""
