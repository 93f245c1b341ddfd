/** What the form needs only once somebody types, taps or takes a picture; it comes while the form is already there. */

import "./address-search.js";
import "./phone-hints.js";
import "./signature.js";

export { isDoubtful, ofFields, ofPayload, ofPlace } from "./form-checks.js";
export { ask, fold } from "./form-dates.js";
export { idle, onPicture, reveal, showKept } from "./form-photos.js";
export { doubt, fieldOf, finder, pin, show, unmark } from "./form-problems.js";
export { showLeft, summarise, withNotice } from "./form-summary.js";
export { showPosition } from "./house-location.js";
export { add as save } from "./outbox.js";
export { watchPlaces } from "./form-places.js";
export { tell, watch } from "./form-elsewhere.js";
