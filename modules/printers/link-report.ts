// How a link to a printer is, whoever made the printer.

import type { LinkError, LinkStatus } from "./printer-state";

export interface LinkReport {
	status: LinkStatus;
	error?: LinkError;
	/** What is wrong and what to do, in words. There when `error` is. */
	help?: string;
	/** That was refused, for a person to compare. */
	certificate?: { commonName: string; sha256: string };
}
