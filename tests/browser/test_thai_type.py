"""Thai as receipts and papers show it: marks stand on their letter, letters lose the foot that a mark needs, also after Latin ones."""

from playwright.sync_api import expect

MEASURE = """async ([size, texts]) => {
    const font = `${size}px ${getComputedStyle(document.body).fontFamily}`
    await document.fonts.load(font, texts.join(""))
    const canvas = document.createElement("canvas")
    canvas.width = size * 12; canvas.height = size * 3
    const pen = canvas.getContext("2d", { willReadFrequently: true })
    return texts.map((text) => {
        pen.clearRect(0, 0, canvas.width, canvas.height)
        pen.font = font
        pen.fillText(text, size, size * 2)
        const below = pen.getImageData(0, size * 2 + 2, canvas.width, size - 2).data
        return { wide: pen.measureText(text).width, below: below.filter((_, place) => place % 4 === 3).reduce((sum, ink) => sum + ink, 0) }
    })
}"""


def measured(page, *texts):
    """{text: how wide it is and how much ink lies below the line} as this browser sets it in our type."""
    return dict(zip(texts, page.evaluate(MEASURE, [100, list(texts)]), strict=True))


def test_thai_is_set_with_its_marks_and_without_lost_feet(phones):
    page = phones("volunteer").page
    page.goto("/")
    expect(page.locator("main")).to_be_visible()
    texts = ("ที่", "ท", "ญู", "ญ", "ฐุ", "ฐ", "นู", "นุ", "น", "A ", "A ที่ ญู", "ที่ ญู", "ป้ำ", "ปำ")
    found = measured(page, *texts)
    wide, below = ({text: one[what] for text, one in found.items()} for what in ("wide", "below"))
    assert (wide["ที่"], wide["ญู"], wide["ฐุ"]) == (wide["ท"], wide["ญ"], wide["ฐ"]), "marks take no room of their own"
    assert wide["ป้ำ"] == wide["ปำ"]
    assert abs(wide["A ที่ ญู"] - wide["A "] - wide["ที่ ญู"]) < 0.5, "Latin before it changes nothing"
    for marked, bare, mark in (("ญู", "ญ", "นู"), ("ฐุ", "ฐ", "นุ")):
        assert below[bare] > below["น"], "there is a foot to lose"
        assert below[marked] < below[bare] + below[mark], "the foot gives way to the mark"
