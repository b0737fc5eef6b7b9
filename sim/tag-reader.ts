// A reader of NFC tags without a chip: a person holds one of a few sample tags to it.

import type { TagReader, TagReaderOptions, TagReaderPort } from "../modules/platform/tag-reader";

export const sampleTagNames = ["pla_red", "petg_hf", "broken", "web_address", "empty"] as const;
export type SampleTag = (typeof sampleTagNames)[number];

/** As phones write them: one record with a short length. */
const MIME = 2;
const WELL_KNOWN = 1;

const samples: Readonly<Record<SampleTag, Uint8Array>> = {
	pla_red: json({
		protocol: "openspool",
		version: "1.0",
		type: "PLA",
		color_hex: "E53935",
		brand: "Generic",
		min_temp: "190",
		max_temp: "230",
	}),
	petg_hf: json({
		protocol: "openspool",
		version: "1.0",
		type: "PETG",
		subtype: "HF",
		color_hex: "1E88E5",
		brand: "Bambu",
		min_temp: "230",
		max_temp: "260",
	}),
	broken: json({
		protocol: "openspool",
		version: "1.0",
		type: "PLA",
		color_hex: "red",
		brand: "Generic",
		min_temp: "190",
		max_temp: "230",
	}),
	web_address: record(WELL_KNOWN, "U", "\u0004example.com"),
	empty: new Uint8Array(0),
};

export class SimulatedTagReader implements TagReaderPort {
	private listener: TagReaderOptions | undefined;

	open(options: TagReaderOptions): TagReader {
		this.listener = options;
		return {
			close: () => {
				if (this.listener === options) this.listener = undefined;
			},
		};
	}

	/** False when nobody reads, as while the device starts anew. */
	hold(tag: SampleTag): boolean {
		const { listener } = this;
		listener?.onTag({ uid: "04A224C5D21F80", ndef: samples[tag] });
		return listener !== undefined;
	}
}

function json(value: object): Uint8Array {
	return record(MIME, "application/json", JSON.stringify(value));
}

function record(kind: number, type: string, payload: string): Uint8Array {
	const types = new TextEncoder().encode(type);
	const content = new TextEncoder().encode(payload);
	// The first and the last record, of a length that has one byte.
	return Uint8Array.of(0xd0 | kind, types.length, content.length, ...types, ...content);
}
