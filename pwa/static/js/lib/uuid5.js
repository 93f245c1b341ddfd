/**
 * Names that two sides can work out alike: UUID version 5 (RFC 9562). Its SHA-1 (FIPS 180-4) is our own: the browser's answers each name
 * in a turn of its own, which for everybody of a kit takes a slow phone a quarter of a second. It names, and guards nothing.
 */

import { utf8 } from "./bytes.js";

const [SPACE, BLOCK, LENGTH] = [16, 64, 8];
const ROUNDS = [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6];
const BEGIN = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
const [words, state] = [new Int32Array(80), new Int32Array(BEGIN.length)];

/** The id of a name within a namespace, itself a uuid. */
export function uuid5(namespace, name) {
  const said = utf8(name);
  const whole = new DataView(new ArrayBuffer(BLOCK * Math.ceil((SPACE + said.length + 1 + LENGTH) / BLOCK)));
  const space = namespace.replaceAll("-", "");
  for (let at = 0; at < SPACE; at += 4) whole.setUint32(at, Number.parseInt(space.slice(2 * at, 2 * at + 8), 16));
  new Uint8Array(whole.buffer).set(said, SPACE);
  const hash = sha1(whole, SPACE + said.length);
  hash[1] = (hash[1] & ~0xf000) | 0x5000;
  hash[2] = (hash[2] & 0x3fffffff) | 0x80000000;
  const [first, second, third] = [spelt(hash[0]), spelt(hash[1]), spelt(hash[2])];
  return `${first}-${second.slice(0, 4)}-${second.slice(4)}-${third.slice(0, 4)}-${third.slice(4)}${spelt(hash[3])}`;
}

/** Of so many bytes, in a space that is a whole number of blocks: a one bit stands after them, and their length in bits at the end. */
function sha1(whole, length) {
  whole.setUint8(length, 0x80);
  whole.setUint32(whole.byteLength - 4, length * 8);
  state.set(BEGIN);
  for (let at = 0; at < whole.byteLength; at += BLOCK) digest(whole, at);
  return state;
}

function digest(whole, start) {
  for (let at = 0; at < 16; at += 1) words[at] = whole.getInt32(start + 4 * at);
  for (let at = 16; at < 80; at += 1) words[at] = turned(words[at - 3] ^ words[at - 8] ^ words[at - 14] ^ words[at - 16], 1);
  let [a, b, c, d, e] = [state[0], state[1], state[2], state[3], state[4]];
  for (let at = 0; at < 80; at += 1) {
    const mixed = at < 20 ? (b & c) | (~b & d) : at < 40 || at >= 60 ? b ^ c ^ d : (b & c) | (b & d) | (c & d);
    const next = (turned(a, 5) + mixed + e + words[at] + ROUNDS[(at / 20) | 0]) | 0;
    e = d;
    d = c;
    c = turned(b, 30);
    b = a;
    a = next;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
}

const spelt = (word) => (word >>> 0).toString(16).padStart(8, "0");

const turned = (word, bits) => (word << bits) | (word >>> (32 - bits));
