import assert from "node:assert/strict";
import { test } from "node:test";
import { measureLinkedCode } from "../../../scripts/moddable/linked-code";

const COUNTS = `#define mxHeapCount 100
#define mxStackCount 20
#define mxKeysCount 30
#define mxNamesCount 3
#define mxSymbolsCount 2
`;

test("bytecode is counted once a module, preloaded objects by slot and pointer, and the names", () => {
	const source = `${COUNTS}static const txU1 gxCode1[429];
static const txU1 gxCode2[1824];
static const txU1 gxCode1[429] = {
static const txU1 gxOther[7];
`;
	assert.deepEqual(measureLinkedCode(source), {
		bytecodeBytes: 429 + 1824,
		preloadedBytes: 120 * 16 + 35 * 4,
		names: 30,
	});
});

test("what is not the linker's output is refused", () => {
	assert.throws(() => measureLinkedCode("int main() {}"), /does not say its count of Heap/);
});
