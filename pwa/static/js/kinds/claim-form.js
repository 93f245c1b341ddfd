/** The form of a claim: whose right, what happened, who is to be paid. It begins from a house that this phone knows, without a signal. */

import { fillIn } from "../form/form-engine.js";
import { values } from "../form/form-parts.js";
import { text } from "../lib/texts.js";
import { RECORD, addressOf } from "./kinds.js";

const form = document.querySelector("form[data-form]");
const event = () => import("./claim-event.js");

if (location.hash) {
  fillIn({
    named: showFunds,
    sources: {
      house: { open: async (subject) => (await event()).opening(subject), back: ["/round", "round"] },
      event: { open: async (key) => (await event()).opening(key), back: ["/round", "round"] },
      member: { open: async (person) => (await event()).ask(person), back: ["/claims/new", "begin"] },
      told: { open: async (key) => (await event()).openingOfVisit(key), back: ["/round", "round"] },
      mine: { open: async () => (await event()).ask("me"), back: ["/me", "me"] },
    },
    shown: (payload) => ({ fields: unsaid(payload) }),
    around: async (sent) => ({ whole: await (await event()).asTyped(sent.payload) }),
    meant: async (entry) => (await event()).about(entry),
    extras: () => import("./claim-extras.js"),
    saved: (id) => `/saved?event=${form.querySelector('[name="_what"]:checked')?.dataset.event ?? ""}#${id}`,
  });
} else import("./claim-begin.js");

/** What the payload does not say as the form does: fund and benefit in one, and papers that were seen without a photo. */
function unsaid({ fund, benefit, papers = [] }) {
  const seen = papers.filter(({ blob }) => !blob).map(({ id }) => [`papers.${id}:seen`, "yes"]);
  return [...(benefit ? [["_what", `${fund}.${benefit}`]] : []), ...seen];
}

/** Of the funds on the page only those stay in sight that the chosen person is in, where the kit says so; whom this phone does not know has no name. */
function showFunds() {
  const [member] = values("member");
  const option = [...form.elements.member.options].find(({ value }) => value === member);
  if (member && option.text === member) option.text = text("member-before");
  const funds = (option?.dataset.funds ?? "").split(" ").filter(Boolean);
  for (const part of form.querySelectorAll("[data-fund]")) part.hidden = funds.length > 0 && !funds.includes(part.dataset.fund);
  offerVisit(member);
}

/** What is nothing to claim goes into the record of a house that this phone knows. */
function offerVisit(member) {
  const [, subject] = /^#(?:house|event)=([\da-f-]{36})/.exec(location.hash) ?? [];
  form.querySelector("[data-lives]").hidden = !subject || !member;
  for (const link of form.querySelectorAll("[data-life]")) link.href = addressOf(RECORD, "life", `${subject}_${member}_${link.dataset.life}`);
}
