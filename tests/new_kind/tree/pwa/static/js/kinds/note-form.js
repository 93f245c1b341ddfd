/** A note about a house: what every form does is all that it does. */

import { fillIn } from "../form/form-engine.js";

fillIn();
