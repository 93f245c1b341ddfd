/**
 * A message too long for one QR code goes as frames of at most 400 bytes, shown in turn and read in any order. Each says of which
 * message it is, which part, and proves that it is whole; frames of several messages may come mixed.
 */

import { sha256, utf8 } from "./bytes.js";

const MARK = "OMBUN2";
const PART = 350;
const MOST = 99;
const FRAME = /^OMBUN2\|(\d{1,2})\|(\d{1,2})\|([0-9a-f]{12})\|([0-9a-f]{8})\|([\x20-\x7e]+)$/;

/** Says a value -> [frame], all of plain letters. Rejects what is too long for anybody to hold a phone still. */
export async function split(value) {
  const said = JSON.stringify(value).replace(/[^\x20-\x7e]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);
  const parts = Array.from({ length: Math.ceil(said.length / PART) }, (_, at) => said.slice(at * PART, (at + 1) * PART));
  if (parts.length > MOST) throw new RangeError(`${parts.length} frames`);
  const name = await nameOf(said);
  return Promise.all(parts.map((part, at) => frame([at + 1, parts.length, name], part)));
}

/**
 * What has been read so far. `add(text)` -> {state, have, of, value}: `foreign` no frame of ours, `damaged` one that is not whole,
 * `more` one of a message that lacks `of - have` more, `whole` with the value of its message.
 */
export function gathering() {
  const messages = new Map();
  return { add: async (text) => keep(messages, text) };
}

async function keep(messages, text) {
  if (!text.startsWith(`${MARK}|`)) return { state: "foreign" };
  const [, at, of, name, , part] = text.match(FRAME) ?? [];
  if (!part || Number(at) < 1 || Number(at) > Number(of) || (await frame([at, of, name], part)) !== text) return { state: "damaged" };
  const key = `${name}|${of}`;
  const parts = messages.get(key) ?? new Map();
  messages.set(key, parts.set(Number(at), part));
  const about = { have: parts.size, of: Number(of) };
  if (about.have < about.of) return { state: "more", ...about };
  const said = [...parts].sort(([one], [other]) => one - other).map(([, one]) => one).join("");
  if ((await nameOf(said)) === name) return { state: "whole", ...about, value: JSON.parse(said) };
  messages.delete(key);
  return { state: "damaged" };
}

const nameOf = async (said) => (await sha256(utf8(said))).slice(0, 12);

async function frame(about, part) {
  const proof = (await sha256(utf8([MARK, ...about, part].join("|")))).slice(0, 8);
  return [MARK, ...about, proof, part].join("|");
}
