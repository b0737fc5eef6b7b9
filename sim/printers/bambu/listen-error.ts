// Why a virtual printer cannot be reached where it should.

import { PortError } from "../../../modules/platform/port-error";

export function listenError(cause: unknown, where: string): PortError {
	const { code } = cause as NodeJS.ErrnoException;
	if (code === "EADDRINUSE") {
		return new PortError("address_in_use", `${where} is in use; choose another port`, { cause });
	}
	if (code === "EACCES") {
		return new PortError("refused", `${where} is not allowed; choose a port above 1023`, { cause });
	}
	return new PortError("invalid", `cannot listen on ${where}`, { cause });
}
