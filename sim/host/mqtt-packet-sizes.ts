// Follows MQTT's framing in a stream of bytes, to know how long a packet is before it is there.

/** Bytes of a packet's length field; each holds 7 bits of the length, lowest first. */
const LENGTH_BYTES = 4;

export class MqttPacketSizes {
	#state: "type" | "length" | "content" = "type";
	#length = 0;
	#lengthBytes = 0;

	/** The longest packet that `bytes` begin or go on with: its bytes after the length field. */
	longest(bytes: Uint8Array): number {
		let longest = this.#state === "content" ? this.#length : 0;
		let position = 0;
		while (position < bytes.length) {
			if (this.#state === "content") {
				const taken = Math.min(this.#length, bytes.length - position);
				position += taken;
				this.#length -= taken;
				if (this.#length === 0) this.#state = "type";
			} else {
				longest = Math.max(longest, this.#header(bytes[position] ?? 0));
				position += 1;
			}
		}
		return longest;
	}

	/** The length once its last byte is known, else 0. */
	#header(byte: number): number {
		if (this.#state === "type") {
			this.#state = "length";
			this.#length = 0;
			this.#lengthBytes = 0;
			return 0;
		}
		this.#length += (byte & 0x7f) * 128 ** this.#lengthBytes;
		this.#lengthBytes += 1;
		// The parser ends a connection with a longer length field; here it only has to come to an end.
		if (byte >= 0x80 && this.#lengthBytes < LENGTH_BYTES) return 0;
		this.#state = this.#length === 0 ? "type" : "content";
		return this.#length;
	}
}
