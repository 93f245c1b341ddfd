/** What every form needs only once somebody types, taps or takes a picture; it comes while the form is already there. */

import "../pages/phone-hints.js";

export { attend } from "./form-attend.js";
export { ofFields, ofPlace, ofRules } from "./form-checks.js";
export { tell } from "./form-elsewhere.js";
export { showLeft } from "./form-left.js";
export { idle } from "./form-photos.js";
export { finder, show, unmark } from "./form-problems.js";
export { add as save } from "../outbox/outbox.js";
