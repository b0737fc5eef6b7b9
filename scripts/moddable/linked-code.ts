// What XS's linker made, measured from the C file it writes for the device.

export interface LinkedCode {
	/** Bytecode of all modules; the chip runs it from flash. */
	bytecodeBytes: number;
	/** Objects of preloaded modules, without their strings: they stay in flash too. */
	preloadedBytes: number;
	/** All names of the image; XS's linker takes {@link MOST_NAMES}. */
	names: number;
}

/** Of the linker of Moddable 8.2.3: beyond that it fails with "not enough keys". */
export const MOST_NAMES = 8192;

/** A slot of XS on a 32-bit chip. */
const SLOT_BYTES = 16;
const POINTER_BYTES = 4;

/** Takes the text of `mc.xs.c`. Throws when it is none. */
export function measureLinkedCode(source: string): LinkedCode {
	const count = (name: string) => {
		const found = new RegExp(`^#define mx${name}Count (\\d+)$`, "m").exec(source)?.[1];
		if (found === undefined) throw new Error(`the linker's output does not say its count of ${name}`);
		return Number(found);
	};
	const codes = [...source.matchAll(/^static const txU1 gxCode\d+\[(\d+)\];$/gm)];
	return {
		bytecodeBytes: codes.reduce((sum, [, bytes]) => sum + Number(bytes), 0),
		preloadedBytes:
			(count("Heap") + count("Stack")) * SLOT_BYTES +
			(count("Keys") + count("Names") + count("Symbols")) * POINTER_BYTES,
		names: count("Keys"),
	};
}
