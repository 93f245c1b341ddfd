/** What must be mended before saving, in any form -> [{path, key, values}]; the page holds a sentence for each key. */

import { broken } from "./form-rules.js";
import { controls, isSaid, readDate, tidy } from "./form-state.js";
import { clean as idNumber, valid } from "../lib/national-ids.js";
import { clean, digits, tooStrange } from "../lib/thai.js";

/** What the rules of the form's schema find, as the page carries them. */
export const ofRules = ({ dataset: { rules } }, payload) => (rules ? broken(JSON.parse(rules), payload) : []);

/** What single fields show wrong: too long, not digits, no such day, an odd name. */
export function ofFields(form) {
  const dates = [...form.querySelectorAll("[data-date]")].flatMap((field) => {
    const { iso, question, problem, values } = readDate(field) ?? { iso: true };
    return iso ? [] : [{ path: field.dataset.date, key: question ?? problem, values }];
  });
  return [...controls(form).flatMap(ofControl), ...dates];
}

/** The community: chosen, and one in which the person may still record. */
export function ofPlace(form) {
  const { value, dataset } = form.elements.namedItem("_place");
  if ("gone" in dataset) return [{ path: "_place", key: "place-gone" }];
  return value ? [] : [{ path: "_place", key: "place" }];
}

/** A doubt about an ID number: asked, never in the way. */
export const isDoubtful = (control) =>
  control.dataset.check === "id" && idNumber(control.value).length === 13 && !valid(idNumber(control.value));

function ofControl(control) {
  const { long, pattern, wrong, least, most, check, type } = control.dataset;
  if (!isSaid(control)) return [];
  const value = clean(control.value);
  const problem = (key, values = {}) => [{ path: control.name, key, values }];
  if (long && [...value].length > long) return problem("long", { n: long });
  if (pattern && wrong && !new RegExp(pattern, "u").test(tidy(value, type))) return problem(wrong);
  if (type === "int" && !/^[0-9]+$/.test(digits(value))) return problem("digits");
  if (least && (Number(digits(value)) < least || Number(digits(value)) > most)) return problem("number_range");
  const piece = check === "name" ? tooStrange(value) : "";
  return piece ? problem("strange", { piece }) : [];
}
