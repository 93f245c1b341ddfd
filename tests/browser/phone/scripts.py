"""What the tests say to the phone: each is the body of a page function that imports the modules under test."""

ENTRY = {
    "kind": "household",
    "form": "household@1",
    "subject": "0199f0a1-0000-4000-8000-000000000001",
    "payload": {"house": {"number": "45/2"}},
}
ADD = """async (entry) => (await import(moduleOf("outbox"))).add(entry)"""
FLUSH = """async (why) => (await import(moduleOf("sync"))).flush(why ?? "test")"""
LIST = """async () => (await import(moduleOf("outbox"))).list()"""
COUNTS = """async () => (await import(moduleOf("outbox"))).counts()"""
LINES = """async () => (await (await import(moduleOf("store"))).all("outbox")).map(({ line }) => line)"""
ADD_MANY = """async ([count, entry]) => {
  const { add } = await import(moduleOf("outbox"));
  for (let n = 0; n < count; n++) await add(entry);
}"""
META = """async (key) => (await import(moduleOf("store"))).get("meta", key)"""
SET_META = """async ([key, value]) => (await import(moduleOf("store"))).put("meta", value, key)"""
AGE = """async (days) => {
  const { all, put } = await import(moduleOf("store"));
  for (const record of await all("outbox")) await put("outbox", { ...record, sent: record.sent - days * 86_400_000 });
}"""
HEAR = """async () => {
  window.heard = [];
  new BroadcastChannel("outbox").onmessage = ({ data }) => window.heard.push(data);
}"""
REFUSED = """async ([module, verb, ...given]) => {
  const loaded = await import(moduleOf(module));
  return loaded[verb](...given).then(() => "accepted", (error) => error.code ?? `${error}`);
}"""
PHOTO = """async (role) => (await import(moduleOf("outbox"))).addBlob(new Uint8Array(2000).fill(7).buffer, role)"""
BLOBS = """async () => (await (await import(moduleOf("store"))).all("blobs")).map(({ sealed, ...blob }) => blob)"""
