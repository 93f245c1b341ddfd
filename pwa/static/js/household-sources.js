/** What the form opens with: a record, an entry that came back, a draft, or nothing after offering what was not finished. */

import * as drafts from "./drafts.js";
import { unlock, unlocked } from "./keys.js";
import { moment } from "./texts.js";

const offers = document.querySelector("[data-offer]");
const locked = document.querySelector("[data-locked]");

/** Calls `begin` with {entry, draft | payload, …} once the person chose; `fail` with what went wrong. */
export async function open(form, begin, fail) {
  const [, what, id] = location.hash.match(/^#(draft|returned|correct)=([0-9a-f-]+)$/) ?? [];
  const start = (opening) => opening.then(begin).catch(fail);
  if (what) return withKey(() => start(FROM[what](id)), fail);
  const { subject } = form.dataset;
  const kept = (await drafts.list()).filter((draft) => draft.form === form.dataset.form && (!subject || draft.id === subject));
  if (!kept.length) return begin(fresh(form));
  offer(kept, (draft) => withKey(() => start(FROM.draft(draft)), fail), () => begin(fresh(form)));
}

const FROM = {
  draft: (id) => drafts.open(id),
  returned: async (id) => sentBefore(id, await (await import("./returns.js")).open(id)),
  correct: async (id) => sentBefore(id, { plaintext: await (await import("./outbox.js")).copy(id) }),
};

function fresh({ dataset: { subject, baseVersion, record } }) {
  if (!record) return { entry: { subject: crypto.randomUUID(), base: null, replaces: null } };
  const payload = JSON.parse(record);
  const known = (payload.people ?? []).map(({ id }) => id);
  return { entry: { subject, base: { version: Number(baseVersion) }, replaces: null }, payload, known };
}

/** An own entry to be replaced; a draft that was begun for this goes first. */
async function sentBefore(id, { plaintext, reason, comments }) {
  const { subject, base, place, payload, blobs } = plaintext;
  const begun = await drafts.open(subject).catch(() => null);
  if (begun?.entry.replaces === id) return begun;
  const known = base ? (payload.people ?? []).map((person) => person.id) : [];
  return { entry: { subject, base, replaces: id, reason, comments }, place, payload, blobs, known };
}

function offer(kept, take, fresh) {
  offers.querySelector("[data-drafts]").replaceChildren(
    ...kept.map(({ id, saved }) => {
      const button = document.querySelector("template[data-draft]").content.firstElementChild.cloneNode(true);
      button.querySelector("[data-when-kept]").textContent = moment(saved);
      button.addEventListener("click", () => {
        offers.hidden = true;
        take(id);
      });
      return button;
    }),
  );
  offers.hidden = false;
  offers.querySelector("[data-fresh]").addEventListener("click", () => {
    offers.hidden = true;
    fresh();
  });
}

async function withKey(open, fail) {
  if (await unlocked()) return open();
  locked.hidden = false;
  locked.querySelector("button").addEventListener("click", async () => {
    try {
      await unlock();
      locked.hidden = true;
      open();
    } catch (error) {
      fail(error);
    }
  });
}
