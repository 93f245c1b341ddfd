/** Who is signed in on this phone, also without a network. */

import { get } from "./store.js";

/** -> {account, name, handle, unit, pair, mode} or null. */
export const me = async () => (await get("meta", "me")) ?? null;
