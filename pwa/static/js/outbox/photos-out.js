/** Photos go after the lines that name them, each by itself. */

import { sha256 } from "../lib/bytes.js";
import { blame, call, pausedUntil } from "./transport.js";
import { tell } from "./outbox.js";
import { proves } from "./proofs.js";
import { parse } from "./server.js";
import { change, get, transaction } from "../store/store.js";

const LARGEST_BLOB = 2 * 1024 * 1024;

/** Photos go last; one that fails goes behind the others, and how things stand has been asked before. */
export async function sendBlobs(round) {
  if (await pausedUntil("wait-blobs")) return;
  const hashes = await transaction(["blobs"], "readonly", (t) => t.keys("blobs", "queued"));
  for (const hash of hashes) {
    const blob = await get("blobs", hash);
    const trouble = blob.bytes > LARGEST_BLOB ? "413" : (await sha256(blob.sealed)) === hash ? null : "damaged";
    const answer = trouble ? { status: trouble } : await putBlob(blob);
    const { status, body } = answer;
    const proof = status === 200 || status === 201 ? parse(body) : null;
    if (proof?.sha256 === hash && (await proves(`blob|${hash}|${proof.received_at}`, proof, round))) {
      const { received_at, kid, sig } = proof;
      await change("blobs", hash, (record) => ({ ...record, state: "sent", sent: Date.now(), proof: { received_at, kid, sig } }));
    } else if (["413", "415", "422", "damaged"].includes(`${status}`)) {
      await change("blobs", hash, (record) => ({ ...record, state: "aside", why: `${status}` }));
    } else {
      await change("blobs", hash, (record) => ({ ...record, tries: record.tries + 1 }));
      round.stop = answer.isOurs ? "line" : blame(answer);
      return;
    }
    tell({ type: "changed" });
  }
}

const putBlob = ({ sha256, sealed }) =>
  call(`/sync/blobs/${sha256}`, { method: "PUT", body: sealed, headers: { "Content-Type": "application/octet-stream" } }, sealed.byteLength);
