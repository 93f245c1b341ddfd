/** UUIDv7 (RFC 9562): ids that sort by the time they were made, also when the clock stands still or is set back. */

import { hex } from "./bytes.js";

/** A new id, greater than `after` (the id made before it on this phone, or ""). */
export function uuid7(after = "") {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let millis = Date.now();
  let counter = ((bytes[6] << 8) | bytes[7]) & 0x7ff;
  const before = after && parseInt(after.slice(0, 8) + after.slice(9, 13), 16);
  if (after && millis <= before) {
    counter = parseInt(after.slice(15, 18), 16) + 1;
    millis = before + (counter >> 12);
    counter &= 0xfff;
  }
  const digits = hex(bytes);
  const time = millis.toString(16).padStart(12, "0");
  const variant = ((bytes[8] & 0x3f) | 0x80).toString(16);
  return [
    time.slice(0, 8),
    time.slice(8),
    "7" + counter.toString(16).padStart(3, "0"),
    variant + digits.slice(18, 20),
    digits.slice(20),
  ].join("-");
}
