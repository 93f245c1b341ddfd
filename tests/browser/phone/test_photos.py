"""Photos leave the phone small, upright and without the place where they were taken."""

SHRINK = """async ([width, height, noise]) => {
  const { shrink } = await import(moduleOf("photos"));
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  context.fillStyle = "teal";
  context.fillRect(0, 0, width, height);
  for (let n = 0; n < noise; n++) {
    context.fillStyle = `hsl(${Math.random() * 360} 80% 50%)`;
    context.fillRect(Math.random() * width, Math.random() * height, 9, 9);
  }
  const jpeg = new Uint8Array(await (await canvas.convertToBlob({ type: "image/jpeg", quality: 0.95 })).arrayBuffer());
  const exif = new TextEncoder().encode("\\u0000\\u0000Exif\\u0000\\u0000secret place");
  const segment = new Uint8Array([255, 225, 0, exif.length, ...exif.slice(2)]);
  const file = new File([jpeg.slice(0, 2), segment, jpeg.slice(2)], "photo.jpg", { type: "image/jpeg" });
  const { bytes, ...photo } = await shrink(file);
  const text = new TextDecoder("latin1").decode(bytes);
  return { ...photo, given: file.size, size: bytes.byteLength, exif: text.includes("secret"), jpeg: text.startsWith("\\u00ff\\u00d8") };
}"""
NO_PICTURE = """async () => {
  const { shrink } = await import(moduleOf("photos"));
  const bad = shrink(new File(["hello"], "photo.jpg", { type: "image/jpeg" })).catch((error) => error.code);
  const canvas = new OffscreenCanvas(10, 20);
  canvas.getContext("2d").fillRect(0, 0, 1, 1);
  const good = shrink(new File([await canvas.convertToBlob()], "photo.png"));
  return [await bad, (await good).height];
}"""


def test_a_twelve_megapixel_photo_becomes_small(page):
    photo = page.evaluate(SHRINK, [4000, 3000, 60_000])
    assert photo["given"] > 3_000_000
    assert photo["size"] <= 300 * 1024 and max(photo["width"], photo["height"]) <= 1600
    assert photo["jpeg"] and photo["type"] == "image/jpeg" and not photo["exif"]
    assert abs(photo["width"] / photo["height"] - 4 / 3) < 0.01


def test_an_ordinary_photo_keeps_its_size(page):
    photo = page.evaluate(SHRINK, [800, 600, 50])
    assert (photo["width"], photo["height"], photo["exif"]) == (800, 600, False)


def test_what_is_no_picture_is_refused_and_the_next_one_works(page):
    assert page.evaluate(NO_PICTURE) == ["not-a-picture", 20]
