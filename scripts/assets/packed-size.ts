// What a mask costs on the device, where every glyph is packed by itself.

import type { Mask } from "./mask";

const SOLID = 15;

/**
 * Bytes of the SDK's 4-bit run-length form: a nibble for 2 to 9 empty or 2 to 5 solid pixels, and one more than the
 * pixels for up to four others.
 */
export function packedBytes(mask: Mask): number {
	let nibbles = 0;
	for (let y = 0; y < mask.height; y++) {
		const run = (x: number): number => {
			const level = mask.level(x, y);
			if (level !== 0 && level !== SOLID) return 0;
			const most = level === 0 ? 9 : 5;
			let length = 1;
			while (length < most && x + length < mask.width && mask.level(x + length, y) === level) length++;
			return length >= 2 ? length : 0;
		};
		for (let x = 0; x < mask.width; ) {
			const length = run(x);
			if (length > 0) {
				nibbles += 1;
				x += length;
				continue;
			}
			let quoted = 1;
			while (quoted < 4 && x + quoted < mask.width && run(x + quoted) === 0) quoted++;
			nibbles += 1 + quoted;
			x += quoted;
		}
	}
	return Math.ceil(nibbles / 2);
}
