// What is built into the image beside the program: the page's files and the certificates of printers' authorities.

import Resource from "Resource";
import type { Resources } from "../platform";

/** The SDK's resources have names without folders; `ui/manifest.json` puts this before those of the page. */
const PAGE = "web-";
/** As `npm run page` packs them. */
const PACKED = ".gz";
/** Those of `certs/`. */
const AUTHORITIES = Object.freeze([
	"bbl-ca.der",
	"bbl-ca2-ecc-cross-by-bbl-ca.der",
	"bbl-ca2-ecc.der",
	"bbl-ca2-rsa-cross-by-bbl-ca.der",
	"bbl-ca2-rsa.der",
	"bbl-device-ca-n6-v2-x2d.der",
	"bbl-device-ca-n7-v2-p2s.der",
	"bbl-device-ca-o1c2-v2-h2c.der",
]);

export function createResources(): Resources {
	return {
		isPacked: true,
		read(name) {
			const path = PAGE + name + PACKED;
			if (!isInside(name) || !Resource.exists(path)) return undefined;
			return view(path);
		},
	};
}

/** The certificates of `certs/`, where they are: in flash. */
export function readAuthorities(): Uint8Array[] {
	return AUTHORITIES.map(view);
}

function view(path: string): Uint8Array {
	// A view of flash, not a copy.
	return new Uint8Array(new Resource(path) as unknown as ArrayBuffer);
}

/** A name of files and folders below. */
function isInside(name: string): boolean {
	return (
		!name.includes("\0") && name.split("/").every((part) => part !== "" && part !== "." && part !== "..")
	);
}
