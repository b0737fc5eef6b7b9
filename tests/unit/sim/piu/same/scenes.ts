// All scenes that the real Piu and the host have to agree on.

import { changes } from "./changes";
import { drawing } from "./drawing";
import { events } from "./events";
import { layouts } from "./layouts";
import type { Scene } from "./stage";
import { texts } from "./text";

export const scenes: readonly Scene[] = [...layouts, ...changes, ...events, ...drawing, ...texts];
