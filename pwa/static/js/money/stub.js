/**
 * The code of a receipt, by which the fund finds it again or writes it anew: fund, book, number, sum and day, and in the place of the
 * server's keyed hash, which no phone can make, the phone's own signature (pwa/domain/fund/stubs.py).
 */

import { proofOf } from "../outbox/signing.js";

const CODE = /^OMBUN1\|([^|]{1,40})\|([^|]{1,20})\|([1-9]\d{0,5})\|([1-9]\d{0,10})\|(\d{4}-\d\d-\d\d)\|[^|]*$/;

/** What a scanned text says of a receipt -> {fund, book, no, satang, paid_on, code}, or null where it is no code of one. */
export function fromCode(code) {
  const [, fund, book, no, satang, paid_on] = code.match(CODE) ?? [];
  return fund ? { fund, book, no: Number(no), satang: Number(satang), paid_on, code } : null;
}

/** What the code of a receipt of this phone says; its last part is empty where this number signs nothing. */
export async function stubOf({ payload: { fund, book, no, total_satang, paid_on }, record }) {
  const said = [fund, book, no, total_satang, paid_on].join("|");
  return `OMBUN1|${said}|${(await proofOf(record.device, `ombun/stub|${said}`)) ?? ""}`;
}
