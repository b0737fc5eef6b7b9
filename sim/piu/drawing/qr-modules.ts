// The modules of a QR code, the same ones as the device's encoder chooses.
import qrcode from "qrcode-generator";

export interface QrModules {
	/** Modules on each side. */
	readonly size: number;
	/** 1 is dark; row after row. */
	readonly modules: Uint8Array;
}

type Version = Parameters<typeof qrcode>[0];
type Level = Parameters<typeof qrcode>[1];

const masks: readonly ((x: number, y: number) => boolean)[] = [
	(x, y) => (x + y) % 2 === 0,
	(_x, y) => y % 2 === 0,
	(x) => x % 3 === 0,
	(x, y) => (x + y) % 3 === 0,
	(x, y) => (Math.trunc(x / 3) + Math.trunc(y / 2)) % 2 === 0,
	(x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
	(x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
	(x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

const levelBits: Readonly<Record<Level, number>> = { L: 1, M: 0, Q: 3, H: 2 };

/**
 * The smallest version that holds the text with correction M, then the strongest correction that still fits,
 * then the first mask of the least penalty. Throws when `maxVersion` does not hold the text.
 */
export function qrModules(text: string, maxVersion = 40): QrModules {
	for (let version = 1; version <= maxVersion; version++) {
		for (const level of ["H", "Q", "M"] as const) {
			const code = encode(text, version, level);
			if (code !== undefined) return withBestMask(code, version, level);
		}
	}
	throw new Error(`QR code: ${text.length} characters are too many for version ${maxVersion}`);
}

function encode(text: string, version: number, level: Level): QrModules | undefined {
	const code = qrcode(version as Version, level);
	if (/^\d+$/.test(text)) code.addData(text, "Numeric");
	else if (/^[0-9A-Z $%*+\-./:]+$/.test(text)) code.addData(text, "Alphanumeric");
	else if (text !== "") code.addData(Buffer.from(text, "utf8").toString("latin1"), "Byte");
	try {
		code.make();
	} catch {
		// Too much for this version and level.
		return undefined;
	}
	const size = code.getModuleCount();
	const modules = Uint8Array.from({ length: size * size }, (_, at) =>
		code.isDark(Math.trunc(at / size), at % size) ? 1 : 0,
	);
	return { size, modules };
}

/** The package weighs masks otherwise: its own is taken off, and each is tried. */
function withBestMask(code: QrModules, version: number, level: Level): QrModules {
	const { size } = code;
	const fixed = fixedModules(size, version);
	const own = maskOf(code);
	let best: { penalty: number; modules: Uint8Array } | undefined;
	for (const [number, mask] of masks.entries()) {
		const modules = code.modules.map((dark, at) => {
			if (fixed[at] === 1) return dark;
			const x = at % size;
			const y = Math.trunc(at / size);
			return dark ^ Number(masks[own]?.(x, y) ?? false) ^ Number(mask(x, y));
		});
		writeFormat({ size, modules }, level, number);
		const penalty = penaltyOf({ size, modules });
		if (best === undefined || penalty < best.penalty) best = { penalty, modules };
	}
	return { size, modules: best?.modules ?? code.modules };
}

/** Where the 15 format bits are: twice each, from the lowest. */
function formatPlaces(size: number): (readonly [number, number])[][] {
	return Array.from({ length: 15 }, (_, bit) => {
		const first: readonly [number, number] =
			bit < 6 ? [8, bit] : bit === 6 ? [8, 7] : bit === 7 ? [8, 8] : bit === 8 ? [7, 8] : [14 - bit, 8];
		const second: readonly [number, number] = bit < 8 ? [size - 1 - bit, 8] : [8, size - 15 + bit];
		return [first, second];
	});
}

function maskOf({ size, modules }: QrModules): number {
	let bits = 0;
	for (const [bit, [place]] of formatPlaces(size).entries()) {
		if (place && modules[place[1] * size + place[0]] === 1) bits |= 1 << bit;
	}
	return ((bits ^ 0x5412) >> 10) & 7;
}

function writeFormat({ size, modules }: QrModules, level: Level, mask: number): void {
	const data = (levelBits[level] << 3) | mask;
	let rest = data;
	for (let step = 0; step < 10; step++) rest = (rest << 1) ^ ((rest >> 9) * 0x537);
	const bits = ((data << 10) | rest) ^ 0x5412;
	for (const [bit, places] of formatPlaces(size).entries()) {
		for (const [x, y] of places) modules[y * size + x] = (bits >> bit) & 1;
	}
}

/** 1 for what no mask changes: finders, timing, alignment, format and version. */
function fixedModules(size: number, version: number): Uint8Array {
	const fixed = new Uint8Array(size * size);
	const mark = (x: number, y: number, width: number, height: number) => {
		for (let row = y; row < y + height; row++) fixed.fill(1, row * size + x, row * size + x + width);
	};
	mark(0, 0, 9, 9);
	mark(size - 8, 0, 8, 9);
	mark(0, size - 8, 9, 8);
	mark(0, 6, size, 1);
	mark(6, 0, 1, size);
	const centers = alignmentCenters(size, version);
	const last = centers.length - 1;
	for (const [column, x] of centers.entries()) {
		for (const [row, y] of centers.entries()) {
			const corner = (column === 0 && (row === 0 || row === last)) || (column === last && row === 0);
			if (!corner) mark(x - 2, y - 2, 5, 5);
		}
	}
	if (version >= 7) {
		mark(size - 11, 0, 3, 6);
		mark(0, size - 11, 6, 3);
	}
	return fixed;
}

function alignmentCenters(size: number, version: number): number[] {
	if (version === 1) return [];
	const count = Math.trunc(version / 7) + 2;
	const step = version === 32 ? 26 : Math.ceil((size - 13) / (2 * count - 2)) * 2;
	const later = Array.from({ length: count - 1 }, (_, index) => size - 7 - index * step);
	return [6, ...later.reverse()];
}

/** Runs, blocks of one color, patterns like a finder, and how far from half is dark. */
function penaltyOf({ size, modules }: QrModules): number {
	let penalty = 0;
	let dark = 0;
	for (let row = 0; row < size; row++) {
		penalty += linePenalty((at) => modules[row * size + at] ?? 0, size);
		penalty += linePenalty((at) => modules[at * size + row] ?? 0, size);
		for (let column = 0; column < size; column++) {
			const at = row * size + column;
			const module = modules[at];
			dark += module ?? 0;
			if (row === size - 1 || column === size - 1) continue;
			const isBlock =
				modules[at + 1] === module && modules[at + size] === module && modules[at + size + 1] === module;
			if (isBlock) penalty += 3;
		}
	}
	const total = size * size;
	for (let step = 0; dark * 20 < (9 - step) * total || dark * 20 > (11 + step) * total; step++) penalty += 10;
	return penalty;
}

function linePenalty(moduleAt: (at: number) => number, size: number): number {
	let penalty = 0;
	let run = 0;
	let color = -1;
	let window = 0;
	for (let at = 0; at < size; at++) {
		const module = moduleAt(at);
		run = module === color ? run + 1 : 1;
		color = module;
		if (run === 5) penalty += 3;
		else if (run > 5) penalty++;
		window = ((window << 1) & 0x7ff) | module;
		if (at >= 10 && (window === 0x05d || window === 0x5d0)) penalty += 40;
	}
	return penalty;
}
