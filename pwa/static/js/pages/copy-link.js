/** The way out of LINE's browser where its own does not work: the link is copied, or stands there to be copied by hand. */

const place = document.querySelector("[data-copy]");
const [said, byHand] = ["[data-copied]", "[data-by-hand]"].map((part) => place.querySelector(part));
const field = byHand.querySelector("input");

place.hidden = false;
place.querySelector("button").addEventListener("click", async () => {
  field.value = link();
  const isCopied = await copy(field.value);
  said.hidden = !isCopied;
  byHand.hidden = isCopied;
  if (!isCopied) field.select();
});

/** This page's address with the token of the enrolment link, which has left the address line. */
function link() {
  const address = new URL(document.querySelector("[data-outside]").href);
  address.searchParams.delete("openExternalBrowser");
  return address.href;
}

async function copy(words) {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    byHand.hidden = false;
    field.select();
    return document.execCommand("copy");
  }
}
