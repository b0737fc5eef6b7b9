// The heater's driver, compiled for this computer.

import { HEATER_HOLD_MS } from "../../modules/platform/heater-board";
import { FAKES, testCProgram } from "./c-cases";

const BOARD = "modules/boards/panda_breath";

testCProgram({
	name: "the Panda Breath's driver keeps its promises over fake pins",
	sources: [
		`${FAKES}/fake-esp-idf.c`,
		`${BOARD}/panda-breath-lines.c`,
		"tests/boards/panda-breath-lines.test.c",
	],
	include: BOARD,
	flags: [`-DHEATER_HOLD_MS=${HEATER_HOLD_MS}`],
});
