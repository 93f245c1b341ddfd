"""/dictionary: every field of every form, for everybody, on a page and as a file."""

import csv
import io

from pwa.domain import kinds


def rows(client):
    answer = client.get("/dictionary.csv")
    assert answer.text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(answer.text[1:])))


def test_a_stranger_may_read_it(page, client):
    tree = page("/dictionary", client)
    assert "ชุมชนเก็บข้อมูลอะไรบ้าง" in "".join(tree.itertext())


def test_the_file_has_every_field_with_a_name_a_purpose_and_a_term(client):
    header, *fields = rows(client)
    assert len(header) == 7
    assert all(all(cell.strip() for cell in row) for row in fields), [r for r in fields if not all(r)]
    paths = {row[1] for row in fields if row[0].startswith("household")}
    leaves = {p for p in kinds.RECORD.labels if not any(q.startswith(f"{p}.") for q in kinds.RECORD.labels)}
    assert leaves <= paths | {"house.location"}, leaves - paths


def test_health_is_marked_sensitive(client):
    marked = {row[1] for row in rows(client)[1:] if row[6] == "ใช่"}
    assert "people.*.health.groups" in marked
    assert "people.*.first_name" not in marked
