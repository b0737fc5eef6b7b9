// A board that reads no archives.

import type { Inflate } from "../../platform/inflate";

export const inflate: Inflate | undefined = undefined;
