/**
 * What a form opens with: a record, something that this phone knows, an entry to be replaced, a draft, or nothing after
 * offering what was not finished.
 */

import { list } from "./draft-list.js";
import { ended } from "../outbox/ends.js";
import { shown } from "./form-state.js";
import { addressOf, draftKey, kindOf } from "../kinds/kinds.js";
import { hasText, moment, text } from "../lib/texts.js";

const offers = document.querySelector("[data-offer]");
const locked = document.querySelector("[data-locked]");

const FRESH = "about";
let form;
let kind;
let own;

/**
 * Calls `begin` with {entry, draft?, …} once the person chose; `fail` with what went wrong. A house has one draft of a kind: what was
 * begun there is finished first, so that nothing writes over it. `given` is what the kind gave to form-engine.js.
 */
export async function open(element, given, begin, fail) {
  [form, kind, own] = [element, kindOf(element.dataset.form), given];
  const [, what, id] = location.hash.match(/^#([a-z]+)=([0-9a-z_/-]+)$/) ?? [];
  const from = (source, id) => withKey(() => openerOf(source)(id).then((opened) => told(opened, source, id)).then(written).then(begin), fail);
  if (Object.keys(FROM).includes(what)) return from(what, id);
  const begun = Object.entries(own.sources ?? {}).find(([name]) => name === what)?.[1];
  if (begun) comesFrom(...begun.back);
  const subject = begun || what === FRESH ? id.split("_")[0] : form.dataset.subject;
  const anew = async () => (begun ? from(what, id) : begin(written(await told(fresh(subject)))));
  // A draft of an earlier version of the form goes on in the new one.
  const kept = (await list()).filter((draft) => kindOf(draft.form) === kind && (!subject || draft.id === draftKey(kind, subject)));
  if (!kept.length) return anew();
  if (subject) return from("draft", draftKey(kind, subject));
  offer(kept, (draft) => from("draft", draft), anew);
}

function comesFrom(href, name) {
  const back = document.querySelector("[data-back]");
  back.href = href;
  back.lastElementChild.textContent = text(name);
}

const openerOf = (source) => FROM[source] ?? own.sources[source].open;

const FROM = {
  draft: async (id) => (await import("./drafts.js")).open(id),
  returned: async (id) => sentBefore(id, await (await import("../outbox/returns.js")).open(id)),
  correct: async (id) => sentBefore(id, { plaintext: await (await import("../outbox/outbox.js")).copy(id) }),
};

/**
 * What else is known of the house: which entry ended the last form about it, and what the checker says of the entry that this
 * form takes the place of, also in a draft that was begun before they said it.
 */
async function told(opened, source, id) {
  const { entry, draft } = opened;
  if (!draft && entry.subject && !("after" in entry)) entry.after = await ended(draftKey(kind, entry.subject, entry.replaces));
  const sent = source === "returned" ? id : entry.replaces;
  if (!draft || !sent) return opened;
  const word = await (await import("../outbox/returns.js")).open(sent).catch(() => null);
  if (word) Object.assign(entry, { reason: word.reason, comments: word.comments });
  return opened;
}

/** A record as the form's controls show it; and the page says whether it is new, once more, or in place of another. */
function written(opened) {
  const { entry, payload, blobs, place, known = [] } = opened;
  const title = `title-${entry.replaces ? "correct" : entry.base ? "revisit" : "new"}`;
  if (hasText(title)) document.querySelector("h1").textContent = text(title);
  if (!payload) return opened;
  const { fields, items } = shown(payload, blobs, own.shown?.(payload));
  const hidden = known.map((id) => [`_known.${id}`, "1"]);
  return { ...opened, draft: { fields: [...fields, ...hidden, ...(place ? [["_place", place]] : [])], items } };
}

/** Nothing is filled in yet; whoever comes with `#about=` has chosen the subject. The page of a revisit brings its record. */
function fresh(subject = crypto.randomUUID()) {
  const { baseVersion, record } = form.dataset;
  if (!record) return { entry: { subject, base: null, replaces: null } };
  const payload = JSON.parse(record);
  return { entry: { subject, base: { version: Number(baseVersion) }, replaces: null }, payload, known: own.known(payload) };
}

/** An own entry to be replaced. */
async function sentBefore(id, { plaintext, reason, comments }) {
  const { subject, base, place, payload, blobs } = plaintext;
  if (plaintext.kind !== kind) return elsewhere(addressOf(plaintext.kind, "correct", id));
  const begun = await FROM.draft(draftKey(kind, subject, id)).catch(() => null);
  if (begun) return begun;
  const { record, whole } = (await own.around?.(plaintext)) ?? { whole: payload };
  const known = base ? own.known?.(whole) : [];
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
  const { unlock } = await import("../kit/kit.js");
  const again = async () => {
    await unlock();
    locked.hidden = true;
    await tried();
  };
  locked.querySelector("button").addEventListener("click", () => again().catch(fail));
  addEventListener("lock-slow", () => (locked.hidden = false), { once: true });
  await again().catch(() => (locked.hidden = false));
}
