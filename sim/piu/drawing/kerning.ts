// Looks up the kerning of two characters, with what the device's search misses.
import type { Kerning } from "./bmfont";

export interface KerningTable {
	amount(first: number, second: number): number;
}

/** Of a font that is used as it is: the first pair that fits. */
export function listedKerning(pairs: readonly Kerning[]): KerningTable {
	const amounts = new Map<string, number>();
	for (const { first, second, amount } of pairs) {
		const key = `${first} ${second}`;
		if (!amounts.has(key)) amounts.set(key, amount);
	}
	return { amount: (first, second) => amounts.get(`${first} ${second}`) ?? 0 };
}

/**
 * Of a font that the build compresses ("*-mask"), with its pairs sorted. The device halves its way to some pair
 * of the first character and goes on from there in one direction: downwards when the second character is below
 * the first one. Pairs that lie the other way are not found; neither are they here.
 */
export function searchedKerning(pairs: readonly Kerning[]): KerningTable {
	const sorted = [...pairs].sort((a, b) => a.first - b.first || a.second - b.second);
	const known = new Map<string, number>();
	const search = (first: number, second: number): number => {
		let low = 0;
		let high = sorted.length;
		while (low <= high) {
			const middle = (low + high) >> 1;
			const found = sorted[middle]?.first ?? Number.POSITIVE_INFINITY;
			if (found < first) low = middle + 1;
			else if (found > first) high = middle - 1;
			else {
				const step = second < first ? -1 : 1;
				for (let at = middle; sorted[at]?.first === first; at += step) {
					if (sorted[at]?.second === second) return sorted[at]?.amount ?? 0;
				}
				return 0;
			}
		}
		return 0;
	};
	return {
		amount(first, second) {
			const key = `${first} ${second}`;
			let amount = known.get(key);
			if (amount === undefined) {
				amount = search(first, second);
				known.set(key, amount);
			}
			return amount;
		},
	};
}
