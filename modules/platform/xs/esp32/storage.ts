// Storage in ESP32's NVS. Read through `preference`, which knows every type; written through the key-value module,
// which replaces a value at once, where `preference` would delete the old one first.

import KeyValueStorage from "embedded:storage/key-value";
import Preference from "preference";
import type { Log } from "../../log";
import { checkChanges } from "../../parts/storage-values";
import { PortError } from "../../port-error";
import type { Storage, StorageChange, StoredValue } from "../../storage";
import type { TextCodec } from "../../text-codec";

export interface StorageOptions {
	text: TextCodec;
	log: Log;
}

/** NVS counts the terminating zero of a text. */
const MAX_NVS_TEXT_BYTES = 3999;
/** What NVS has no type for, as bytes with this in front. */
const Kind = Object.freeze({ text: 1, fraction: 2 } as const);

type Encoded =
	| { format: "uint8" | "int32"; value: number }
	| { format: "string"; value: string }
	| { format: "buffer"; value: Uint8Array };

export function createStorage({ text }: StorageOptions): Storage {
	return {
		get: (namespace, key) => decode(read(namespace, key), text, `${namespace}.${key}`),
		async write(changes) {
			checkChanges(changes, text);
			for (const change of changes) write(change, text);
		},
	};
}

function read(namespace: string, key: string): string | boolean | number | ArrayBuffer | undefined {
	try {
		return Preference.get(namespace, key);
	} catch (cause) {
		throw new PortError("storage", `${namespace}.${key} cannot be read`, { cause });
	}
}

function write({ namespace, key, value }: StorageChange, text: TextCodec): void {
	try {
		const present = read(namespace, key);
		const storage = KeyValueStorage.open({ path: namespace });
		try {
			if (value === undefined) {
				storage.delete(key);
				return;
			}
			const encoded = encode(value, text);
			// NVS would keep both; a setting keeps its type, so that this is rare.
			if (present !== undefined && formatOf(present) !== encoded.format) storage.delete(key);
			storage.format = encoded.format;
			storage.write(key, encoded.value);
		} finally {
			storage.close();
		}
	} catch (cause) {
		throw new PortError("storage", `${namespace}.${key} cannot be written`, { cause });
	}
}

function encode(value: StoredValue, text: TextCodec): Encoded {
	if (typeof value === "boolean") return { format: "uint8", value: value ? 1 : 0 };
	if (typeof value === "number") {
		if (Number.isInteger(value) && Math.abs(value) < 2 ** 31 && !Object.is(value, -0))
			return { format: "int32", value };
		const bytes = new Uint8Array(9);
		bytes[0] = Kind.fraction;
		new DataView(bytes.buffer).setFloat64(1, value);
		return { format: "buffer", value: bytes };
	}
	const encoded = text.encode(value);
	if (encoded.length <= MAX_NVS_TEXT_BYTES) return { format: "string", value };
	const bytes = new Uint8Array(1 + encoded.length);
	bytes[0] = Kind.text;
	bytes.set(encoded, 1);
	return { format: "buffer", value: bytes };
}

function formatOf(value: string | boolean | number | ArrayBuffer): Encoded["format"] {
	switch (typeof value) {
		case "boolean":
			return "uint8";
		case "number":
			return "int32";
		case "string":
			return "string";
		default:
			return "buffer";
	}
}

function decode(
	value: string | boolean | number | ArrayBuffer | undefined,
	text: TextCodec,
	name: string,
): StoredValue | undefined {
	if (!(value instanceof ArrayBuffer)) return value;
	const bytes = new Uint8Array(value);
	if (bytes[0] === Kind.text) return text.decode(bytes.subarray(1));
	if (bytes[0] === Kind.fraction && bytes.length === 9) return new DataView(value).getFloat64(1);
	throw new PortError("storage", `${name} holds something that this firmware did not write`);
}
