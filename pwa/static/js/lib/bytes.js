/** Bytes and how they are spelt: UTF-8, hex, base64url without padding, SHA-256. */

const encoder = new TextEncoder();

export const utf8 = (text) => encoder.encode(text);

export const text = (bytes) => new TextDecoder().decode(bytes);

export const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");

export const sha256 = async (bytes) => hex(await crypto.subtle.digest("SHA-256", bytes));

export function b64url(bytes) {
  let raw = "";
  for (const byte of new Uint8Array(bytes)) raw += String.fromCharCode(byte);
  return btoa(raw).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

export const unb64url = (spelt) =>
  Uint8Array.from(atob(spelt.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

export function join(...parts) {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
