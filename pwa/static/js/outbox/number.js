/**
 * The number of this phone and the key that it signs with. A database that is new, or numbered for another phone, takes a new
 * number with a new key; a number from before there were keys gets one once.
 */

import { keepAway, pausedUntil } from "./transport.js";
import { locked } from "../store/page-cache.js";
import { isOurs, noteLoss, parse, request } from "./server.js";
import { isHeld, makePair, nameOf } from "./signing.js";
import { PhoneError, get, transaction } from "../store/store.js";

const JSON_BODY = { "Content-Type": "application/json" };

/**
 * Gives this database a number with a key and an empty chain, unless it has one other than `stale`. Rejects with PhoneError
 * `no-device` when the server cannot be asked, and `too-many-numbers` (`until`) when it gives no more for now.
 */
export const takeNumber = (stale) =>
  locked("chain", async () => {
    const chain = await get("meta", "chain");
    if (chain && chain.device !== stale) return;
    await refuseWhilePaused();
    try {
      if (!chain) await lookBack();
      await begin(chain, await makePair());
    } catch (error) {
      await refuseWhilePaused();
      throw new PhoneError("no-device", error);
    }
  });

/**
 * Sees to it that the server knows the key of this number, once it has said that it knows none. Where nobody is signed in, or there is no
 * network, that comes later, and lines go unsigned until then.
 */
export async function register() {
  const [chain, signing, custody] = await Promise.all(["chain", "signing", "custody"].map((key) => get("meta", key)));
  if (!chain) return;
  const known = custody?.device === chain.device ? custody.key : undefined;
  const held = isHeld(signing, chain.device);
  const answered = held && signing.answered;
  if (known && known !== (held && (await nameOf(signing)))) return takeNumber(chain.device);
  if (known === undefined && (answered || !held)) return;
  if (answered ? known !== null : !(await get("meta", "me"))) return;
  const fixed = await fix(chain.device, held ? null : await makePair());
  if (fixed) await put(fixed);
}

/** A browser that the server knows as a phone, and that has no store: what lay in it has vanished, and the person must hear of it. */
async function lookBack() {
  const response = await request("/sync/status");
  if (response.ok && isOurs(response)) await noteLoss(await response.json());
}

/** The lines of the number that is left end where this phone sealed its last one; a browser that lost its store cannot say. */
async function begin(chain, pair) {
  const leaves = chain ? { leaves: { device: chain.device, seq: chain.seq } } : {};
  const body = JSON.stringify({ public_key: pair.public_key, ...leaves });
  const response = await request("/sync/device", { method: "POST", headers: JSON_BODY, body });
  if (!isOurs(response)) throw new Error("/sync/device");
  if (response.status === 429) await keepAway("wait-number", response.headers);
  if (!response.ok) throw Object.assign(new Error("/sync/device"), { status: response.status });
  const { device, key } = await response.json();
  const isKnown = key === (await nameOf(pair));
  await transaction(["meta"], "readwrite", async (t) => {
    if ((await t.get("meta", "chain"))?.device !== chain?.device) return;
    t.put("meta", { device, seq: 0, sha256: "", id: chain?.id ?? "" }, "chain");
    if (isKnown) t.put("meta", { device, from_seq: 1, ...pair, answered: true }, "signing");
  });
}

async function refuseWhilePaused() {
  const until = await pausedUntil("wait-number");
  if (until) throw Object.assign(new PhoneError("too-many-numbers"), { until });
}

/** The pair of this number: what is there already stays; the first number to be signed is settled as long as nobody was told of it. */
const fix = (device, pair) =>
  locked("chain", () =>
    transaction(["meta"], "readwrite", async (t) => {
      const [chain, before] = [await t.get("meta", "chain"), await t.get("meta", "signing")];
      const kept = isHeld(before, device) ? before : pair && { device, ...pair, answered: false };
      if (chain?.device !== device || !kept) return null;
      const fixed = kept.answered ? kept : { ...kept, from_seq: chain.seq + 1 };
      t.put("meta", fixed, "signing");
      return fixed;
    }),
  );

/** The server keeps the `from_seq` that it heard first. What it could not prove before, it hears again. */
async function put({ device, public_key, from_seq }) {
  const body = JSON.stringify({ public_key, from_seq });
  const response = await request("/sync/device/key", { method: "PUT", headers: JSON_BODY, body });
  if (!isOurs(response)) return;
  if (response.status === 409) return takeNumber(device);
  const said = response.ok ? parse(await response.text()) : null;
  if (said?.device !== device || said.key !== (await nameOf({ public_key }))) return;
  await transaction(["meta"], "readwrite", async (t) => {
    const [signing, custody] = [await t.get("meta", "signing"), await t.get("meta", "custody")];
    if (signing?.public_key !== public_key) return;
    t.put("meta", { ...signing, from_seq: said.from_seq ?? from_seq, answered: true }, "signing");
    if (custody?.device === device) t.put("meta", { ...custody, key: said.key }, "custody");
    t.put("meta", true, "hear-again");
  });
}
