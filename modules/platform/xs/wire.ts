// A conduit as the SDK's clients and servers want to see it: a socket of ECMA-419.

import type { Conduit } from "./conduit";

export type WireOptions = ({ conduit: Conduit } | { from: Wire }) & {
	onReadable?(byteLength: number): void;
	onWritable?(byteLength: number): void;
};

interface WriteOptions {
	/** The next call writes what belongs to this. */
	more?: boolean;
}

export class Wire {
	#conduit: Conduit | undefined;
	#format: "buffer" | "number" = "buffer";

	constructor(options: WireOptions) {
		const conduit = "from" in options ? options.from.#release() : options.conduit;
		this.#conduit = conduit;
		conduit?.attach(options);
	}

	get format(): "buffer" | "number" {
		return this.#format;
	}

	set format(value: "buffer" | "number") {
		this.#format = value;
	}

	read(byteLength?: number): Uint8Array | number | undefined {
		if (this.#format === "number") return this.#conduit?.readByte();
		return this.#conduit?.read(byteLength ?? Number.POSITIVE_INFINITY);
	}

	/** Takes all; returns how much more there is room for. */
	write(bytes: Uint8Array | ArrayBuffer, { more = false }: WriteOptions = {}): number {
		const view = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
		return this.#conduit?.write(view, { more }) ?? 0;
	}

	/** What was written is still sent. May be called any number of times. */
	close(): void {
		this.#release()?.end();
	}

	#release(): Conduit | undefined {
		const conduit = this.#conduit;
		this.#conduit = undefined;
		conduit?.detach();
		return conduit;
	}
}
