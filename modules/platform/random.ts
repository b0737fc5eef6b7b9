/** A number from 0 (included) to 1 (excluded). For jitter and ids, not for keys. */
export type Random = () => number;
