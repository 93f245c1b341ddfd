"""Most of a save goes by waiting for the phone's store: a receipt reads what it needs in two moments and writes in one."""

from tests.browser.collecting import opened, sent_to_collect
from tests.browser.stories import no_signal

COUNTED = """async () => {
  const { take } = await import(moduleOf("receiving"));
  const lines = [{ kind: "donation", satang: 100 }];
  const donor = { lines, payer: { type: "donor", name: "ใจดี" } };
  await take("F1", donor);
  await new Promise((goOn) => setTimeout(goOn, 1500));
  const { transaction } = IDBDatabase.prototype;
  const modes = [];
  IDBDatabase.prototype.transaction = function (stores, mode, ...more) {
    modes.push(mode);
    return transaction.call(this, stores, mode, ...more);
  };
  const saved = take("F1", donor);
  const { payload } = await saved;
  const counted = [...modes];
  IDBDatabase.prototype.transaction = transaction;
  return [payload.no, counted];
}"""


def test_a_receipt_waits_for_two_reads_and_one_write(village, phones):
    volunteer = sent_to_collect(village, phones("volunteer"))
    with no_signal(village, volunteer):
        opened(volunteer)
        no, modes = volunteer.page.evaluate(COUNTED)
        assert no == 2
        assert modes == ["readonly", "readonly", "readwrite"]
