/** The way to the server and back: what an answer means for the sender, and how long to leave the server in peace. */

import { isOurs, isPhoneUnknown, request } from "./server.js";
import { get, put } from "../store/store.js";

const USUAL_WAIT = 60_000;
const LONGEST_WAIT = 3_600_000;

/** Why a flush ends early: network, portal, down, line, sign-in, refused, wait. */
export class Stop extends Error {
  constructor(why, until) {
    super(why);
    Object.assign(this, { why, until });
  }
}

/** A request -> {status, body, date, isOurs}; status 0 for time-out, reset and redirect. Throws Stop where the contract says stop. */
export async function call(path, options, size) {
  let response, body;
  try {
    response = await request(path, options, size);
    body = await response.text();
  } catch {
    return { status: 0 };
  }
  const { status, headers } = response;
  if (isPhoneUnknown(status, body)) throw new Stop("sign-in");
  if (status === 403 && isOurs(response)) throw new Stop("refused");
  if (status === 429 || status === 503) {
    throw new Stop("wait", await keepAway(path.startsWith("/sync/blobs/") ? "wait-blobs" : "wait", headers));
  }
  return { status, body, date: headers.get("Date"), isOurs: isOurs(response) };
}

/** Who is to blame for an answer that is of no use; a proxy that says 5xx speaks for a server that is down, but for 511 (RFC 6585). */
export function blame({ status, isOurs }) {
  if (!status) return "network";
  return isOurs || (status >= 500 && status !== 511) ? "down" : "portal";
}

/** Leaves the server in peace as long as it asked for -> until when. */
export async function keepAway(lane, headers) {
  const until = Date.now() + pause(headers.get("Retry-After"));
  await put("meta", until, lane);
  return until;
}

/** When the server may be asked again, while that lies ahead; a clock that was set back does not make it longer. */
export async function pausedUntil(lane) {
  const until = await get("meta", lane);
  return until > Date.now() && until < Date.now() + LONGEST_WAIT ? until : null;
}

function pause(after) {
  const millis = Number.isFinite(+after) ? after * 1000 : Date.parse(after) - Date.now();
  return Math.min(Math.max(millis || USUAL_WAIT, 1000), LONGEST_WAIT - 1000);
}
