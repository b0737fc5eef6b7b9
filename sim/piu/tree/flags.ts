// What a layout still has to do, bit by bit. Pairs are [horizontal, vertical].

export const DISPLAYING = 1 << 6;
/** It has got a place that was not drawn. */
export const PLACED = 1 << 10;
export const MOVED = [1 << 11, 1 << 12] as const;
export const RESIZED = [1 << 13, 1 << 14] as const;
/** Something within got a place. */
export const CONTENTS_PLACED = 1 << 17;
/** Something within moved or changed its size. */
export const CONTENTS = [1 << 18, 1 << 19] as const;
/**
 * Of scrollers. Piu has only one bit for a vertical scroll and for a changed order, so a column around a
 * scroller that scrolled vertically is laid out again.
 */
export const SCROLLED = [1 << 21, 1 << 22] as const;
export const ORDER = 1 << 22;

export const ANY_MOVED = MOVED[0] | MOVED[1];
export const ANY_RESIZED = RESIZED[0] | RESIZED[1];
export const ANY_CONTENTS = CONTENTS[0] | CONTENTS[1];
export const ANY_SCROLLED = SCROLLED[0] | SCROLLED[1];
