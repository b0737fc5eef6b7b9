// What a TLS client has to be told. There is no field to turn verification off, on purpose.

export interface TlsTrust {
	/** Certificates (DER) that may end a chain: roots, and intermediates whose issuer the peer does not send. */
	authorities: readonly Uint8Array[];
	/**
	 * The common name the leaf must carry, compared without regard to case. Sent as the TLS server name too.
	 * Bambu printers: the serial number (leafs have a CN and no SAN).
	 * Left out: any name will do, as long as there is exactly one; for a peer that is asked who it is. Everything else
	 * is checked as ever, so that what it tells is true.
	 */
	commonName?: string;
	/**
	 * SHA-256 of the leaf (64 hex digits) a person has confirmed. When given, that very leaf is accepted
	 * whoever issued it and, where no name is expected, whatever it is called; any other one is refused with
	 * `certificate_changed`.
	 */
	pinnedSha256?: string;
	/** Who we are, for a peer that asks. Left out, or not asked for: nobody in particular. */
	identity?: TlsIdentity;
}

/** Of ours. The key must be that of the first certificate; otherwise, or when it cannot be read: `invalid`. */
export interface TlsIdentity {
	/** DER: our own first, then what issued it, as far as the peer needs it. 8 at most. */
	certificates: readonly Uint8Array[];
	/** DER, not encrypted: PKCS #8, PKCS #1 or SEC 1. RSA, or P-256. */
	privateKey: Uint8Array;
}
