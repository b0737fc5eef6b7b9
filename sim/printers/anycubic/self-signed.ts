// A certificate that vouches for itself, as printers in the LAN show: made once, kept in a directory.

import { createPrivateKey, X509Certificate } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { PortError } from "../../../modules/platform/port-error";
import { issueAuthority, issueLeaf } from "../bambu/issue-certificates";

export interface SelfSigned {
	/** PEM */
	readonly certificate: string;
	/** PKCS 8 in PEM. */
	readonly privateKey: string;
	/** Of the certificate: 64 hex digits, as a person compares it. */
	readonly sha256: string;
}

export interface SelfSignedOptions {
	readonly commonName: string;
	/** Made when it is not there. Left out: nothing is kept, and nobody who pinned it will know it again. */
	readonly directory?: string;
	/** Milliseconds since 1970. */
	readonly wallTimeMs: number;
}

/** Rejects with `storage` when the directory cannot be written. */
export async function openSelfSigned(options: SelfSignedOptions): Promise<SelfSigned> {
	const { commonName, directory, wallTimeMs } = options;
	const file = directory === undefined ? undefined : join(directory, `${commonName}-lan.pem`);
	const kept = file === undefined ? undefined : await readKept(file, wallTimeMs);
	if (kept !== undefined) return kept;
	// Vouched for by a key of its own, and for nobody else.
	const { certificate, keys } = await issueAuthority(commonName, { wallTimeMs });
	const leaf = await issueLeaf(commonName, { wallTimeMs, issuer: { certificate, keys }, keys });
	const pkcs8 = Buffer.from(await crypto.subtle.exportKey("pkcs8", keys.privateKey));
	const privateKey = createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" })
		.export({ type: "pkcs8", format: "pem" })
		.toString();
	const made = described(leaf.toString("pem"), privateKey);
	if (directory !== undefined && file !== undefined) await write(directory, file, made);
	return made;
}

function described(certificate: string, privateKey: string): SelfSigned {
	const { fingerprint256 } = new X509Certificate(certificate);
	return {
		certificate: certificate.trim(),
		privateKey: privateKey.trim(),
		sha256: fingerprint256.replaceAll(":", "").toLowerCase(),
	};
}

/** `undefined` unless it is there, valid, and whole. */
async function readKept(file: string, wallTimeMs: number): Promise<SelfSigned | undefined> {
	try {
		const text = await readFile(file, "utf8");
		const blocks = text.match(/-----BEGIN ([A-Z ]+)-----[^-]+-----END \1-----/g) ?? [];
		const [certificate = "", privateKey = ""] = blocks;
		const read = new X509Certificate(certificate);
		const isSound =
			read.checkPrivateKey(createPrivateKey(privateKey)) &&
			Date.parse(read.validFrom) <= wallTimeMs &&
			wallTimeMs < Date.parse(read.validTo);
		return isSound ? described(certificate, privateKey) : undefined;
	} catch {
		return undefined;
	}
}

async function write(
	directory: string,
	file: string,
	{ certificate, privateKey }: SelfSigned,
): Promise<void> {
	try {
		await mkdir(directory, { recursive: true });
		await writeFileAtomic(file, `${certificate}\n${privateKey}\n`, { mode: 0o600 });
	} catch (cause) {
		throw new PortError("storage", `${file} cannot be written; check the directory's permissions`, { cause });
	}
}
