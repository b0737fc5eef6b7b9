// How a virtual printer shows who it is, on each of its ports.

import { constants } from "node:crypto";
import type { PrinterCertificates } from "./certificates";
import type { PrinterSwitch, PrinterSwitches } from "./switches";

const CIPHER = "ECDHE-RSA-AES256-GCM-SHA384";

/** Switches that show another certificate or leave no connection: as after a restart, all clients are gone. */
export const restartingSwitches: ReadonlySet<PrinterSwitch> = new Set([
	"slotsFull",
	"leafOnly",
	"wrongCommonName",
	"untrustedCa",
]);

/** Of a TLS server: TLS 1.2 with the one cipher printers offer. */
export function tlsIdentity(certificates: PrinterCertificates, switches: PrinterSwitches) {
	const { untrustedCa, wrongCommonName, leafOnly } = switches;
	const { privateKey, chain, wrongNameChain, untrustedChain } = certificates;
	const shown = untrustedCa ? untrustedChain : wrongCommonName ? wrongNameChain : chain;
	return {
		key: privateKey,
		cert: (leafOnly ? shown.slice(0, 1) : shown).join("\n"),
		ciphers: CIPHER,
		ecdhCurve: "X25519:prime256v1",
		// No printer resumes a session. It would also hide a certificate that was exchanged meanwhile.
		secureOptions: constants.SSL_OP_NO_TICKET,
		minVersion: "TLSv1.2",
		maxVersion: "TLSv1.2",
	} as const;
}
