// Lists of what a scan found, in frames that every client takes.

/** Some clients drop a frame of more than 4,096 characters. */
export const MAX_FRAME_BYTES = 4 * 1024 - 1;

/** As many entries to a frame as fit; one frame at least. An entry that fits into none is left out. */
export function listFrames(root: "wifi" | "printer", scan: object, entries: readonly object[]): string[] {
	const head = `{"${root}":{${JSON.stringify(scan).slice(1, -1)},"list":[`;
	const tail = "]}}";
	const frames: string[] = [];
	let list = "";
	for (const entry of entries) {
		const text = JSON.stringify(entry);
		const longer = list === "" ? text : `${list},${text}`;
		if (utf8Length(head + longer + tail) <= MAX_FRAME_BYTES) {
			list = longer;
			continue;
		}
		if (list !== "") frames.push(head + list + tail);
		list = utf8Length(head + text + tail) <= MAX_FRAME_BYTES ? text : "";
	}
	if (list !== "" || frames.length === 0) frames.push(head + list + tail);
	return frames;
}

/** Counts half a surrogate pair as three bytes: too many rather than too few. */
export function utf8Length(text: string): number {
	let bytes = 0;
	for (let index = 0; index < text.length; index++) {
		const code = text.charCodeAt(index);
		bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : 3;
	}
	return bytes;
}
