"""What is too long for one code goes as frames, read in any order; a frame that is not whole, or of another message, spoils nothing."""

import pytest

SPLIT = """async (value) => (await import(moduleOf("frames"))).split(value)"""
READ = """async (frames) => {
  const read = (await import(moduleOf("frames"))).gathering();
  const said = [];
  for (const frame of frames) said.push(await read.add(frame));
  return said;
}"""
DRAWN = """async (texts) => {
  const { draw } = await import(moduleOf("codes"));
  const { default: decode } = await import(moduleOf("codes").replace("js/lib/codes.js", "vendor/qr-decode-0.7.0.min.js"));
  const canvas = document.createElement("canvas");
  return texts.map((text) => {
    draw(canvas, text);
    return decode(canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height));
  });
}"""
LINE = '{"v":2,"id":"0199f0a1-0000-7000-8000-000000000001","ct":"' + "Ab-_" * 400 + '"}'
OFFER = {"giver": "สมหญิง ดีพร้อม 🙏", "n": 52, "ranges": [{"book": "เล่ม ก", "ranges": [[1, 40]]}], "line": LINE}


@pytest.fixture
def frames(page):
    made = page.evaluate(SPLIT, OFFER)
    assert len(made) > 3 and all(len(frame.encode()) <= 400 and frame.isascii() for frame in made)
    return made


def states(said):
    return [one["state"] for one in said]


@pytest.mark.parametrize("order", [[0, 1, 2, 3, 4, 5, 6], [6, 5, 4, 3, 2, 1, 0], [3, 0, 3, 3, 6, 1, 5, 0, 4, 2]])
def test_it_is_whole_in_any_order_and_twice(page, frames, order):
    shown = [frames[at] for at in order if at < len(frames)]
    said = page.evaluate(READ, shown)
    assert set(states(said[:-1])) == {"more"} and said[-1] == {
        "state": "whole",
        "have": len(frames),
        "of": len(frames),
        "value": OFFER,
    }


def test_frames_of_another_message_do_not_mix_with_it(page, frames):
    others = page.evaluate(SPLIT, OFFER | {"n": 53})
    mixed = [one for pair in zip(frames, others, strict=True) for one in pair]
    said = page.evaluate(READ, mixed)
    assert [one["value"]["n"] for one in said if one["state"] == "whole"] == [52, 53]
    assert said[0]["have"] == said[1]["have"] == 1


def test_what_is_not_whole_or_not_ours_spoils_nothing(page, frames):
    bad = [
        frames[0][:-1],
        frames[0].replace("|1|", "|2|", 1),
        frames[1].replace(frames[1][60], "A" if frames[1][60] != "A" else "B", 1),
        frames[2] + "x",
        "OMBUN2|",
        "OMBUN2|9|3|" + "0" * 12 + "|" + "0" * 8 + "|x",
    ]
    foreign = ["", "OMBUN1|F1|M7|1|3000|2026-11-22|0", "https://ombun.example/"]
    said = page.evaluate(READ, [*frames[:2], *bad, *foreign, *frames[2:]])
    assert states(said[2 : 2 + len(bad)]) == ["damaged"] * len(bad)
    assert states(said[2 + len(bad) : 2 + len(bad) + len(foreign)]) == ["foreign"] * len(foreign)
    assert said[-1]["value"] == OFFER


def test_a_short_message_is_one_frame_and_one_too_long_is_refused(page):
    [one] = page.evaluate(SPLIT, {"n": 1})
    assert page.evaluate(READ, [one]) == [{"state": "whole", "have": 1, "of": 1, "value": {"n": 1}}]
    refused = "async (value) => (await import(moduleOf('frames'))).split(value).catch(({ name }) => name)"
    assert page.evaluate(refused, "x" * 50_000) == "RangeError"


def test_our_own_reader_reads_what_is_drawn(page, frames):
    assert page.evaluate(DRAWN, frames) == frames
