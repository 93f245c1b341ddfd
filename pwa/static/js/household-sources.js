/**
 * What the form opens with: a record, a house that this phone knows, an entry to be replaced, a draft, or nothing after
 * offering what was not finished.
 */

import { list } from "./draft-list.js";
import { ended } from "./ends.js";
import { shown } from "./form-state.js";
import { addressOf, kindOf } from "./kinds.js";
import { hasText, moment, text } from "./texts.js";

const offers = document.querySelector("[data-offer]");
const locked = document.querySelector("[data-locked]");

/**
 * Calls `begin` with {entry, draft?, …} once the person chose; `fail` with what went wrong. A house has one draft: what was
 * begun there is finished first, so that nothing writes over it.
 */
export async function open(form, begin, fail) {
  const [, what, id] = location.hash.match(/^#(draft|returned|correct|revisit)=([0-9a-f-]+)$/) ?? [];
  const from = (source, id) => withKey(() => FROM[source](id).then((opened) => told(opened, source, id)).then(written).then(begin), fail);
  if (what && what !== "revisit") return from(what, id);
  if (what) comesFrom("/round", text("round"));
  const subject = id ?? form.dataset.subject;
  const anew = async () => (what ? from(what, id) : begin(written(await told(fresh(form)))));
  // A draft of an earlier version of the form goes on in the new one.
  const kept = (await list()).filter((draft) => kindOf(draft.form) === kindOf(form.dataset.form) && (!subject || draft.id === subject));
  if (!kept.length) return anew();
  if (subject) return from("draft", subject);
  offer(kept, (draft) => from("draft", draft), anew);
}

function comesFrom(href, name) {
  const back = document.querySelector("[data-back]");
  back.href = href;
  back.lastElementChild.textContent = name;
}

const FROM = {
  draft: async (id) => (await import("./drafts.js")).open(id),
  revisit: async (id) => (await import("./revisits.js")).opening(id),
  returned: async (id) => sentBefore(id, await (await import("./returns.js")).open(id)),
  correct: async (id) => sentBefore(id, { plaintext: await (await import("./outbox.js")).copy(id) }),
};

/**
 * What else is known of the house: which entry ended the last form about it, and what the checker says of the entry that this
 * form takes the place of, also in a draft that was begun before they said it.
 */
async function told(opened, source, id) {
  const { entry, draft } = opened;
  if (!draft && entry.subject && !("after" in entry)) entry.after = await ended(entry.subject);
  const sent = source === "returned" ? id : entry.replaces;
  if (!draft || !sent) return opened;
  const word = await (await import("./returns.js")).open(sent).catch(() => null);
  if (word) Object.assign(entry, { reason: word.reason, comments: word.comments });
  return opened;
}

/** A record as the form's controls show it; and the page says which of the three kinds of visit it is. */
function written(opened) {
  const { entry, payload, blobs, place, known = [] } = opened;
  const kind = entry.replaces ? "correct" : entry.base ? "revisit" : "new";
  if (hasText(`title-${kind}`)) document.querySelector("h1").textContent = text(`title-${kind}`);
  if (!payload) return opened;
  const { fields, items } = shown(payload, blobs);
  const hidden = known.map((id) => [`_known.${id}`, "1"]);
  return { ...opened, draft: { fields: [...fields, ...hidden, ...(place ? [["_place", place]] : [])], items } };
}

function fresh({ dataset: { subject, baseVersion, record } }) {
  if (!record) return { entry: { subject: crypto.randomUUID(), base: null, replaces: null } };
  const payload = JSON.parse(record);
  const known = (payload.people ?? []).map(({ id }) => id);
  return { entry: { subject, base: { version: Number(baseVersion) }, replaces: null }, payload, known };
}

/** An own entry to be replaced. */
async function sentBefore(id, { plaintext, reason, comments }) {
  const { kind, subject, base, place, payload, blobs } = plaintext;
  if (kind !== kindOf(document.querySelector("form[data-form]").dataset.form)) return elsewhere(addressOf(kind, "correct", id));
  const begun = await FROM.draft(subject).catch(() => null);
  if (begun) return begun;
  const { record, whole } = base?.shown ? await (await import("./revisits.js")).around(plaintext) : { whole: payload };
  const known = base ? (whole.people ?? []).map((person) => person.id) : [];
  return { entry: { subject, base, replaces: id, reason, comments, record }, place, payload: whole, blobs, known };
}

/** Another page takes it from here. */
function elsewhere(address) {
  location.replace(address);
  return new Promise(() => {});
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
  tellApart(kept).catch(() => {});
  offers.querySelector("[data-fresh]").addEventListener("click", () => {
    offers.hidden = true;
    fresh();
  });
}

/** Each draft by its house; while they are locked, several are counted, and a button opens their names. */
async function tellApart(kept) {
  const { names, unlock } = await import("./draft-names.js");
  const known = await names(kept);
  const opener = offers.querySelector("[data-names]");
  const nth = (at) => (kept.length > 1 ? text("draft-nth", { n: at + 1, all: kept.length }) : "");
  for (const [at, button] of [...offers.querySelectorAll("[data-drafts] button")].entries()) {
    button.querySelector("[data-of]").textContent = known?.[at] || nth(at);
  }
  opener.hidden = known !== null || kept.length < 2;
  opener.onclick = () => unlock().then(() => tellApart(kept)).catch(() => {});
}

/** The tap that led here asks for the phone's lock by itself; given up, it waits behind a button. */
async function withKey(work, fail) {
  const tried = () => work().then(() => true, (error) => (error.code === "locked" ? false : (fail(error), true)));
  if (await tried()) return;
  const { unlock } = await import("./kit.js");
  const again = async () => {
    await unlock();
    locked.hidden = true;
    await tried();
  };
  locked.querySelector("button").addEventListener("click", () => again().catch(fail));
  addEventListener("lock-slow", () => (locked.hidden = false), { once: true });
  await again().catch(() => (locked.hidden = false));
}
