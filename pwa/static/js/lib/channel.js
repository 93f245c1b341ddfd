/** One channel on which every page hears what happened in the outbox: {type: changed | sent | stop, …}. */

const channel = new BroadcastChannel("outbox");

export const tell = (message) => channel.postMessage(message);
