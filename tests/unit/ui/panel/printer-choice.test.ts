// Which printer is shown, and that exactly this one is attended.

import assert from "node:assert/strict";
import { test } from "node:test";
import { PrinterChoice } from "../../../../ui/panel/printer-choice";
import { pictureDevice } from "../../../golden/picture-device";
import { idleH2D, printingP1S, staleP1S, stateOf } from "../../../golden/states";

const ONE = printingP1S();
const OTHER = idleH2D();

function choiceOfTwo() {
	const attended: string[] = [];
	let changes = 0;
	let switches = 0;
	const choice = new PrinterChoice({
		printers: {
			...pictureDevice({ state: stateOf() }).printers,
			attend(id) {
				attended.push(id);
				return () => {
					attended.splice(attended.indexOf(id), 1);
				};
			},
		},
		onChange: () => changes++,
		onSwitched: () => switches++,
	});
	return { choice, attended, changes: () => changes, switches: () => switches };
}

test("the first printer is shown until another one is chosen", () => {
	const { choice, attended, changes, switches } = choiceOfTwo();
	assert.equal(choice.among([ONE, OTHER]), ONE);
	assert.equal(switches(), 0, "nothing was asked about another one before");
	assert.deepEqual([choice.id, attended, changes()], [ONE.id, [ONE.id], 0]);
	choice.choose(OTHER.id);
	assert.equal(changes(), 1);
	assert.equal(choice.among([ONE, OTHER]), OTHER);
	assert.deepEqual(attended, [OTHER.id], "the one before is let go");
	assert.equal(switches(), 1);
});

test("choosing the shown one again changes nothing", () => {
	const { choice, changes } = choiceOfTwo();
	choice.among([ONE]);
	choice.choose(ONE.id);
	assert.equal(changes(), 0);
});

test("the chosen one stays when the order changes or its state is another", () => {
	const { choice } = choiceOfTwo();
	choice.among([ONE, OTHER]);
	const old = staleP1S({ id: ONE.id });
	assert.equal(choice.among([OTHER, old]), old);
});

test("when it is forgotten the first takes its place; without any, none is attended", () => {
	const { choice, attended } = choiceOfTwo();
	choice.among([ONE, OTHER]);
	assert.equal(choice.among([OTHER]), OTHER);
	assert.deepEqual(attended, [OTHER.id]);
	assert.equal(choice.among([]), undefined);
	assert.deepEqual([choice.id, attended], ["", []]);
	assert.equal(choice.among([ONE]), ONE, "the first that is set up is shown");
});

test("closed, it attends none, also when it is closed twice", () => {
	const { choice, attended } = choiceOfTwo();
	choice.among([ONE]);
	choice.close();
	choice.close();
	assert.deepEqual(attended, []);
});
