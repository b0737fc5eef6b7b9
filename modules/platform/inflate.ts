// Takes apart what was compressed by DEFLATE, as files in an archive are.

/**
 * `compressed` has no header or checksum around it (RFC 1951). Throws a `PortError` `too_large` when it becomes more
 * than `maxBytes`, and `protocol` when it is damaged or goes on after its end. The result is the caller's.
 */
export type Inflate = (compressed: Uint8Array, maxBytes: number) => Uint8Array;
