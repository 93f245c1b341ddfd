"""The household's rules on the phone give the answers of the golden file, as the server's do."""

import json
from pathlib import Path

GOLDEN = json.loads((Path(__file__).parents[2] / "golden" / "forms.json").read_text())
CHECK = """async (payloads) => {
  const { ofPayload } = await import("/static/v1/js/form-checks.js");
  return payloads.map((payload) => Object.fromEntries(ofPayload(payload).map(({ path, key }) => [path, key])));
}"""


def test_it_finds_what_the_server_finds(page):
    by_field = {"strange", "era"}
    cases = [case for case in GOLDEN if not by_field & {*case["problems"].values(), *case.get("odd", {}).values()}]
    answers = page.evaluate(CHECK, [case["payload"] for case in cases])
    assert dict(zip([case["name"] for case in cases], answers, strict=True)) == {
        case["name"]: case["problems"] | case.get("odd", {}) for case in cases
    }
