// A TLS session without a socket, in C (culm-tls.h). Bytes of the network and plain text go in and out by calls.

export const STATE_HANDSHAKE = 0;
export const STATE_OPEN = 1;
export const STATE_ENDED = 2;

/**
 * No callbacks, no timers. `free` has to be called, or the memory stays taken until the garbage collector comes by.
 * After `free`, and before `start` has returned 0, every other call throws.
 */
export class TlsSession extends Native("xs_culm_tls_destructor") {
	/**
	 * Returns a CulmTlsError, 0 when the session has begun. `authorities` must be a plain array with `count` items,
	 * and somebody has to hold on to those until `free`: resources are used where they are, without a copy. Without a
	 * `commonName` any single one will do. The keys of `resume` are offered to the peer, if that session is open; it has
	 * to have been started with the same name, authorities, pin and identity, and not to have been freed. Likewise
	 * `certificates` is a plain array with `certificateCount` items; those and the key are not needed afterwards.
	 */
	start(
		commonName: string | undefined,
		authorities: readonly Uint8Array[],
		count: number,
		pinnedSha256: Uint8Array | undefined,
		resume: TlsSession | undefined,
		certificates: readonly Uint8Array[],
		certificateCount: number,
		privateKey: Uint8Array | undefined,
	): number {
		return native("xs_culm_tls_start").call(
			this,
			commonName,
			authorities,
			count,
			pinnedSha256,
			resume,
			certificates,
			certificateCount,
			privateKey,
		);
	}
	free(): void {
		native("xs_culm_tls_free").call(this);
	}

	get state(): number {
		return native("xs_culm_tls_get_state").call(this);
	}
	/** A CulmTlsError; 0 until the session has ended, and when `close` ended it. */
	get error(): number {
		return native("xs_culm_tls_get_error").call(this);
	}
	/** A CulmTlsReason, with an untrusted certificate. */
	get reason(): number {
		return native("xs_culm_tls_get_reason").call(this);
	}
	/** What mbedTLS returned, 0 or negative. */
	get detail(): number {
		return native("xs_culm_tls_get_detail").call(this);
	}
	/** Of the leaf that the peer has shown, trusted or not. */
	get certificateName(): string | undefined {
		return native("xs_culm_tls_get_certificateName").call(this);
	}
	/** 64 lower-case hex digits. */
	get certificateSha256(): string | undefined {
		return native("xs_culm_tls_get_certificateSha256").call(this);
	}

	/** How many bytes of the network can be taken now. */
	get wanted(): number {
		return native("xs_culm_tls_get_wanted").call(this);
	}
	/** Returns how many were taken: all, if they were no more than `wanted`. */
	receive(bytes: Uint8Array): number {
		return native("xs_culm_tls_receive").call(this, bytes);
	}
	endOfInput(): void {
		native("xs_culm_tls_endOfInput").call(this);
	}
	/** At most `limitBytes` for the network, which are then forgotten. */
	takeOutput(limitBytes: number): ArrayBuffer | undefined {
		return native("xs_culm_tls_takeOutput").call(this, limitBytes);
	}

	get readable(): number {
		return native("xs_culm_tls_get_readable").call(this);
	}
	/** At most that many bytes, or all; with a buffer as many as fit into it, and returns how many those are. */
	read(limit: number | ArrayBufferView | ArrayBuffer | undefined): ArrayBuffer | number | undefined {
		return native("xs_culm_tls_read").call(this, limit);
	}
	readByte(): number | undefined {
		return native("xs_culm_tls_readByte").call(this);
	}

	get writable(): number {
		return native("xs_culm_tls_get_writable").call(this);
	}
	/** False, and nothing written, when it is more than `writable`. */
	write(data: number | ArrayBufferView | ArrayBuffer, more: boolean): boolean {
		return native("xs_culm_tls_write").call(this, data, more);
	}
	/** Puts a goodbye into the output and ends the session. */
	close(): void {
		native("xs_culm_tls_close").call(this);
	}
}
