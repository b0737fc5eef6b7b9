// Of boards without a screen, or with one whose light cannot be dimmed.

import type { DisplayPort } from "../../platform/display";

export const openDisplay: (() => DisplayPort | undefined) | undefined = undefined;
