"""Bring messages.pot and the Thai catalogue up to date with the texts in the code.

The files hold no line numbers and no dates, so that the same texts always give the same bytes.
"""

import pathlib
import sys
from io import BytesIO

from babel.messages import pofile
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg

LOCALES = pathlib.Path(__file__).parent
POT = LOCALES / "messages.pot"
THAI = LOCALES / "th" / "LC_MESSAGES" / "messages.po"
# What would change with the day, the machine or the person who ran it.
FLEETING = (
    '"POT-Creation',
    '"PO-Revision',
    '"Generated-By',
    '"Last-Translator',
    '"Language-Team',
    '"Report-Msgid',
    '"Project-Id',
)


def main():
    """Write both files; say what still lacks a Thai sentence."""
    template = extract()
    known = {message.id: message.string for message in read(THAI, "th")}
    thai = Catalog(locale="th", project="ombun", header_comment="", charset="utf-8", fuzzy=False)
    for message in template:
        if message.id:
            thai.add(message.id, known.get(message.id) or "", flags=message.flags)
    POT.write_text(as_text(template))
    THAI.write_text(as_text(thai))
    missing = [message.id for message in thai if message.id and not is_translated(message)]
    for msgid in missing:
        print("untranslated:", msgid)
    print(f"{len(template)} texts, {len(missing)} without Thai")
    return 0


def is_translated(message):
    """Whether it has words in this language, in each of its numbers."""
    return all(message.string) if isinstance(message.string, tuple) else bool(message.string)


def extract(source=LOCALES.parent / "pwa"):
    """Return the catalogue of every text marked in the code and the templates."""
    with open(LOCALES / "babel.cfg") as config:
        methods, options = parse_mapping_cfg(config)
    found = extract_from_dir(source, methods, options, keywords={**DEFAULT_KEYWORDS, "N_": None})
    catalogue = Catalog(project="ombun", header_comment="", charset="utf-8")
    for msgid in sorted({msgid for _, _, msgid, _, _ in found}, key=str):
        catalogue.add(msgid)
    return catalogue


def as_text(catalogue):
    """Return the catalogue as the bytes we commit."""
    out = BytesIO()
    pofile.write_po(out, catalogue, no_location=True, sort_output=True, width=120)
    lines = out.getvalue().decode().splitlines()
    return "\n".join(line for line in lines if not line.startswith(FLEETING)) + "\n"


def read(path, locale=None):
    """Return the committed catalogue; an empty one before the first run."""
    if not path.exists():
        return Catalog(locale=locale)
    with open(path, "rb") as file:
        return pofile.read_po(file, locale=locale)


if __name__ == "__main__":
    sys.exit(main())
