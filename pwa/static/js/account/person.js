/** Who is signed in on this phone, also without a network; and whom this page belongs to, whoever comes after. */

import { get } from "../store/store.js";

const channel = new BroadcastChannel("person");
let holder = null;

/** -> {account, name, handle, unit, pair, mode} or null. */
export const me = async () => (await get("meta", "me")) ?? null;

/** Whoever was here when this page first asked: what is typed in it is theirs, also after a switch on another page. */
export async function owner() {
  holder ??= await me();
  return holder;
}

/** This page goes on with the person who has just arrived in it. */
export const adopt = (person) => void (holder = person);

/** Tells every other page and the worker that somebody left or arrived. */
export const announce = (type) => channel.postMessage({ type });

/** Calls back when somebody left or arrived on another page. */
export const whenSwitched = (heard) => channel.addEventListener("message", ({ data }) => heard(data));
