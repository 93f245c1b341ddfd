/** How long nobody may touch a page of ours before keys are forgotten and the kit is put away, in milliseconds. */
export const IDLE = 300_000;
