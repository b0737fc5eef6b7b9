// A conduit as the SDK's clients and servers want to see it: a socket of ECMA-419.

import type { Conduit, ConduitUser } from "./conduit";

export type WireOptions = ({ conduit: Conduit } | { from: Wire }) & ConduitUser;

interface WriteOptions {
	/** The next call writes what belongs to this. */
	more?: boolean;
}

export class Wire implements ConduitUser {
	/** Of the options: these alone are kept. */
	readonly onReadable: ConduitUser["onReadable"];
	readonly onWritable: ConduitUser["onWritable"];
	private conduit: Conduit | undefined;
	#format: "buffer" | "number" = "buffer";

	constructor(options: WireOptions) {
		this.onReadable = options.onReadable;
		this.onWritable = options.onWritable;
		this.conduit = "from" in options ? options.from.release() : options.conduit;
		this.conduit?.attach(this);
	}

	get format(): "buffer" | "number" {
		return this.#format;
	}

	set format(value: "buffer" | "number") {
		this.#format = value;
	}

	read(byteLength?: number): Uint8Array | number | undefined {
		if (this.#format === "number") return this.conduit?.readByte();
		return this.conduit?.read(byteLength ?? Number.POSITIVE_INFINITY);
	}

	/** Takes all; returns how much more there is room for. */
	write(bytes: Uint8Array | ArrayBuffer, options?: WriteOptions): number {
		const view = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
		return this.conduit?.write(view, options) ?? 0;
	}

	/** What was written is still sent. May be called any number of times. */
	close(): void {
		this.release()?.end();
	}

	private release(): Conduit | undefined {
		const conduit = this.conduit;
		this.conduit = undefined;
		conduit?.detach();
		return conduit;
	}
}
