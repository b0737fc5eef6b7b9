// The access point's driver, compiled for this computer.

import { FAKES, testCProgram } from "./c-cases";

const DRIVER = "modules/platform/xs/esp32";

testCProgram({
	name: "the access point keeps its promises over a fake radio",
	sources: [`${FAKES}/fake-esp-wifi.c`, `${DRIVER}/access-point.c`, "tests/boards/access-point.test.c"],
	include: DRIVER,
});
