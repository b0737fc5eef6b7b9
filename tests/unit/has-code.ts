// What a test expects a port to throw.

import { PortError, type PortErrorCode } from "../../modules/platform/port-error";

/** For `assert.throws` and `assert.rejects`. */
export function hasCode(code: PortErrorCode): (error: unknown) => boolean {
	return (error) => error instanceof PortError && error.code === code;
}
