/** What members of the kit would get, folded into one row under their names; it is written only when somebody opens it. */

import { fullName } from "./houses.js";
import { addressOf } from "../kinds/kinds.js";
import { dayOf } from "../lib/clock.js";
import { rightsOf } from "./kit-rights.js";
import { row } from "../lib/templates.js";
import { day, month, text } from "../lib/texts.js";

/** The row of those among these people who are in a fund (its words lie in kit/_rights.html), or null. */
export function rightsRow(people) {
  const members = people.filter((person) => rightsOf(person, dayOf()).length > 0);
  if (!members.length) return null;
  const made = row("rights", { who: members.length > 1 ? text("members", { n: members.length }) : fullName(members[0]) });
  made.querySelector("[data-claim]").href = addressOf("claim", "house", members[0].household);
  const write = () => made.querySelector("[data-rights]").append(...members.map((person) => shown(person, members.length > 1 ? fullName(person) : null)));
  made.addEventListener("toggle", write, { once: true });
  return made;
}

function shown(person, name) {
  const made = row("rights-of", { name });
  made.querySelector("dl").append(...rightsOf(person, dayOf()).map(({ title, says, later }) => row("right", { title, says, later: later && told(later) })));
  return made;
}

function told({ from, says }) {
  const date = from.length === 7 ? month(Date.parse(`${from}-01`)) : day(Date.parse(from));
  return text("right-later", { date, says });
}
