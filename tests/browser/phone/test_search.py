"""Finding people and houses of the kit: any part of any name as people type it, house numbers, passbooks and codes on paper."""

import pytest

FIND = """async ([kit, text]) => {
  const { find } = await import(moduleOf("search"));
  return find(kit, text).map(({ household, person, why }) => [person?.id ?? household.id, why]);
}"""
LIKE = """async ([people, typed]) => {
  const { likeness } = await import(moduleOf("search"));
  return likeness(people, typed).map(({ person, household, reasons }) => [person.id, household, reasons]);
}"""
CODE = "7c9e6679-7425-40de-944b-e07fc1f90ae7"


def person(key, household, title, first, last, nickname="", **more):
    name = {"title": title, "first_name": first, "last_name": last}
    return {"id": key, "household": household, "name": name, "nickname": nickname, "passbook": None, "ref": key, **more}


def house(key, number, order, **more):
    about = {"number": number, "moo": "", "lane": "", "description": "", **more}
    return {"id": key, "place": "C01", "order": order, "house": about, "people": []}


KIT = {
    "at": 0,
    "households": [
        house("h45", "45/2", "000|045/2"),
        house("h4", "4", "000|004"),
        house("h145", "145", "000|145"),
        house("hw", "", "000|~", description="บ้านข้างวัด"),
    ],
    "people": [
        person("nok", "h45", "นาง", "สมหญิง", "ใจดี", "นก", passbook="02-0147", ref=CODE.replace("-", "")[:12]),
        person("kan", "h45", "นางสาว", "กนกวรรณ", "ใจดี"),
        person("pra", "h4", "นาย", "ประสิทธิ์", "ทองคำ", "สิทธิ์", passbook="00012"),
        person("am", "h145", "", "อำไพ", "สงแก้ว", "ไพ"),
        person("wat", "hw", "ด.ช.", "วัด", "บุญมา"),
    ],
    "returned": [],
}


@pytest.mark.parametrize(
    "typed, found",
    [
        ("นก", ["nok", "kan"]),
        ("สมหญิง", ["nok"]),
        ("หญิง", ["nok"]),
        ("ใจดี", ["nok", "kan"]),
        ("ใจดี สมหญิง", ["nok"]),
        ("นางสมหญิง  ใจ", ["nok"]),
        ("น.ส. กนก", ["kan"]),
        ("ประสิทธิ์", ["pra"]),
        ("อํา", ["am"]),
        ("นก 45", ["nok", "kan"]),
        ("02-0147", ["nok"]),
        ("0147", ["nok"]),
        ("๐๐๐๑๒", ["pra"]),
        (f"https://ombun.example/members/{CODE}", ["nok"]),
        (CODE.upper(), ["nok"]),
        ("https://ombun.example/members/00000000-7425-40de-944b-e07fc1f90ae7", []),
        ("45/2", ["h45"]),
        ("๔๕/๒", ["h45"]),
        ("45", ["h45", "h145"]),
        ("4", ["h4", "h45", "h145"]),
        ("ข้างวัด", ["hw"]),
        ("วัด", ["wat", "hw"]),
        ("สมชาย", []),
        ("  ", []),
        ("!", []),
    ],
)
def test_it_finds_by_any_part(page, typed, found):
    assert [key for key, _ in page.evaluate(FIND, [KIT, typed])] == found


def test_it_says_by_what(page):
    why = {typed: page.evaluate(FIND, [KIT, typed])[0] for typed in ("นก", "สม", "45/2", "00012", CODE)}
    assert why == {
        "นก": ["nok", "nickname"],
        "สม": ["nok", "name"],
        "45/2": ["h45", "house"],
        "00012": ["pra", "passbook"],
        CODE: ["nok", "code"],
    }


def test_it_suggests_who_may_be_the_same(page):
    people = [
        {**one, "house": "45/2" if one["household"] == "h45" else "4", "place": "C01", "born": 1958}
        for one in KIT["people"]
    ]
    typed = {"first_name": "นายประสิทธ์", "last_name": "ทองคำ", "born": 1960, "house": "4", "place": "C01"}
    assert page.evaluate(LIKE, [people, typed]) == [["pra", "h4", ["first_sound", "last", "house", "birth_near"]]]
    assert page.evaluate(LIKE, [people, typed | {"first_name": "สมชาย"}]) == []
    elsewhere = page.evaluate(LIKE, [people, typed | {"place": "C02"}])
    assert elsewhere == [["pra", "h4", ["first_sound", "last", "birth_near"]]]


PREPARED = """async (count) => {
  const { find, prepare } = await import(moduleOf("search"));
  const households = [{ id: "h", place: "C01", order: "1", house: { number: "1" } }];
  const name = (n) => ({ first_name: `สม${n}`, last_name: `ใจ${n}งาม` });
  const people = Array.from({ length: count }, (_, n) => ({ id: n, household: "h", name: name(n), ref: "" }));
  const kit = { households, people };
  let [turns, goesOn] = [0, true];
  const typing = () => {
    turns += 1;
    if (goesOn) setTimeout(typing);
  };
  typing();
  await Promise.all([prepare(kit), prepare(kit)]);
  goesOn = false;
  return { turns, found: find(kit, `สม${count - 1}`).map(({ person }) => person.id) };
}"""


def test_a_large_kit_is_prepared_in_pieces_so_that_typing_goes_on(page):
    """Ten thousand people at once kept a slow phone for two seconds, at the first letter or at the first word that nobody has."""
    told = page.evaluate(PREPARED, 10_000)
    assert told["turns"] > 5
    assert told["found"] == [9_999]
