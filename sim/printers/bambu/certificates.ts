// The certificates of a virtual printer and the authorities that its clients trust: made once, kept in a directory.

import { createPrivateKey, X509Certificate } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { PortError } from "../../../modules/platform/port-error";
import { type Authority, createKeys, issueAuthority, issueLeaf, readAuthority } from "./issue-certificates";

/** Root, the authority below it that issues printers' certificates, and a printer's certificate: leaf first. */
export type CertificateChain = readonly string[];

export interface PrinterCertificates {
	/** DER of root and device authority. A client trusts both, since some printers send their leaf alone. */
	readonly authorities: readonly Uint8Array[];
	/** Of the leafs, PKCS 8 in PEM. */
	readonly privateKey: string;
	/** PEM, leaf first, as far as a printer sends them. */
	readonly chain: CertificateChain;
	/** The same with another printer's serial number. */
	readonly wrongNameChain: CertificateChain;
	/** Issued by somebody whom nobody trusts. */
	readonly untrustedChain: CertificateChain;
}

export interface CertificateOptions {
	readonly serial: string;
	/** Made when it is not there. Left out: nothing is kept. */
	readonly directory?: string;
	/** Milliseconds since 1970; certificates that are not valid then are made anew. */
	readonly wallTimeMs: number;
}

/**
 * Reads the certificates, and makes those that are missing, damaged, expired or do not belong together.
 * Rejects with `invalid` for a serial number that is not made of letters and digits, and with `storage`
 * when the directory cannot be written.
 */
export async function openCertificates(options: CertificateOptions): Promise<PrinterCertificates> {
	const { serial, directory, wallTimeMs } = options;
	if (!/^[0-9A-Za-z]+$/.test(serial)) {
		throw new PortError("invalid", `"${serial}" is not a serial number: letters and digits only`);
	}
	const files = directory === undefined ? undefined : new CertificateFiles(directory);
	const authorities = await files?.authorities(wallTimeMs);
	if (files !== undefined && authorities !== undefined) {
		const kept = await files.printer(serial, authorities, wallTimeMs);
		if (kept !== undefined) return joined(authorities, kept);
	}
	const trusted = authorities ?? (await createAuthorities(wallTimeMs));
	if (authorities === undefined) await files?.writeAuthorities(trusted);
	const printer = await createPrinter(serial, trusted, wallTimeMs);
	await files?.writePrinter(serial, printer);
	return joined(trusted, printer);
}

interface StoredAuthority {
	readonly pem: string;
	readonly privateKey: string;
}

interface Authorities {
	readonly root: StoredAuthority;
	readonly device: StoredAuthority;
}

interface StoredPrinter {
	readonly privateKey: string;
	readonly leaf: string;
	readonly wrongNameLeaf: string;
	readonly untrustedLeaf: string;
	readonly untrustedAuthority: string;
}

function joined({ root, device }: Authorities, printer: StoredPrinter): PrinterCertificates {
	return {
		authorities: [root, device].map(({ pem }) => new Uint8Array(new X509Certificate(pem).raw)),
		privateKey: printer.privateKey,
		chain: [printer.leaf, device.pem, root.pem],
		wrongNameChain: [printer.wrongNameLeaf, device.pem, root.pem],
		untrustedChain: [printer.untrustedLeaf, printer.untrustedAuthority],
	};
}

async function createAuthorities(wallTimeMs: number): Promise<Authorities> {
	const root = await issueAuthority("Culm Simulator Root CA", { wallTimeMs });
	const device = await issueAuthority("Culm Simulator Device CA", { wallTimeMs, issuer: root });
	return { root: await stored(root), device: await stored(device) };
}

async function createPrinter(
	serial: string,
	{ device }: Authorities,
	wallTimeMs: number,
): Promise<StoredPrinter> {
	const [keys, stranger] = await Promise.all([createKeys(), issueAuthority("Unrelated CA", { wallTimeMs })]);
	const issuer = await readAuthority(device.pem, pkcs8Of(device.privateKey));
	const leaf = await issueLeaf(serial, { wallTimeMs, issuer, keys });
	const wrongNameLeaf = await issueLeaf(otherSerial(serial), { wallTimeMs, issuer, keys });
	const untrustedLeaf = await issueLeaf(serial, { wallTimeMs, issuer: stranger, keys });
	return {
		privateKey: await toPem(keys.privateKey),
		leaf: leaf.toString("pem"),
		wrongNameLeaf: wrongNameLeaf.toString("pem"),
		untrustedLeaf: untrustedLeaf.toString("pem"),
		untrustedAuthority: stranger.certificate.toString("pem"),
	};
}

/** A serial number of the same length that is not the same. */
export function otherSerial(serial: string): string {
	return `${serial.slice(0, -1)}${serial.endsWith("9") ? "8" : "9"}`;
}

async function stored({ certificate, keys }: Authority): Promise<StoredAuthority> {
	return { pem: certificate.toString("pem"), privateKey: await toPem(keys.privateKey) };
}

async function toPem(key: Parameters<typeof crypto.subtle.exportKey>[1]): Promise<string> {
	const pkcs8 = Buffer.from(await crypto.subtle.exportKey("pkcs8", key));
	return createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" })
		.export({ type: "pkcs8", format: "pem" })
		.toString();
}

function pkcs8Of(pem: string): Uint8Array {
	return new Uint8Array(createPrivateKey(pem).export({ type: "pkcs8", format: "der" }));
}

/** Certificates in `<name>.pem`, private keys in `<name>.key.pem` that only their owner may read. */
class CertificateFiles {
	readonly #directory: string;

	constructor(directory: string) {
		this.#directory = directory;
	}

	/** `undefined` unless both are there, valid, and belong together. */
	async authorities(wallTimeMs: number): Promise<Authorities | undefined> {
		const root = await this.#authority("root");
		const device = await this.#authority("device-ca");
		if (root === undefined || device === undefined) return undefined;
		const sound =
			isSound(root.pem, { issuerPem: root.pem, privateKey: root.privateKey, wallTimeMs }) &&
			isSound(device.pem, { issuerPem: root.pem, privateKey: device.privateKey, wallTimeMs });
		return sound ? { root, device } : undefined;
	}

	/** `undefined` unless all of it is there, valid, and issued by these authorities. */
	async printer(
		serial: string,
		{ device }: Authorities,
		wallTimeMs: number,
	): Promise<StoredPrinter | undefined> {
		const privateKey = await this.#read(`${serial}.key.pem`);
		const leaf = await this.#read(`${serial}.pem`);
		const wrongNameLeaf = await this.#read(`${serial}-wrong-name.pem`);
		const untrustedLeaf = await this.#read(`${serial}-untrusted.pem`);
		const untrustedAuthority = await this.#read(`${serial}-untrusted-ca.pem`);
		if (
			privateKey === undefined ||
			leaf === undefined ||
			wrongNameLeaf === undefined ||
			untrustedLeaf === undefined ||
			untrustedAuthority === undefined
		) {
			return undefined;
		}
		const issuedBy = (issuerPem: string, commonName: string) => ({
			issuerPem,
			privateKey,
			wallTimeMs,
			commonName,
		});
		const sound =
			isSound(leaf, issuedBy(device.pem, serial)) &&
			isSound(wrongNameLeaf, issuedBy(device.pem, otherSerial(serial))) &&
			isSound(untrustedLeaf, issuedBy(untrustedAuthority, serial));
		return sound ? { privateKey, leaf, wrongNameLeaf, untrustedLeaf, untrustedAuthority } : undefined;
	}

	async writeAuthorities({ root, device }: Authorities): Promise<void> {
		await this.#write("root.key.pem", root.privateKey);
		await this.#write("root.pem", root.pem);
		await this.#write("device-ca.key.pem", device.privateKey);
		await this.#write("device-ca.pem", device.pem);
	}

	async writePrinter(serial: string, printer: StoredPrinter): Promise<void> {
		await this.#write(`${serial}.key.pem`, printer.privateKey);
		await this.#write(`${serial}.pem`, printer.leaf);
		await this.#write(`${serial}-wrong-name.pem`, printer.wrongNameLeaf);
		await this.#write(`${serial}-untrusted.pem`, printer.untrustedLeaf);
		await this.#write(`${serial}-untrusted-ca.pem`, printer.untrustedAuthority);
	}

	async #authority(name: string): Promise<StoredAuthority | undefined> {
		const pem = await this.#read(`${name}.pem`);
		const privateKey = await this.#read(`${name}.key.pem`);
		return pem === undefined || privateKey === undefined ? undefined : { pem, privateKey };
	}

	/** A file that cannot be read counts as missing: it is made anew, or the write tells what is wrong. */
	async #read(name: string): Promise<string | undefined> {
		try {
			return await readFile(join(this.#directory, name), "utf8");
		} catch {
			return undefined;
		}
	}

	async #write(name: string, text: string): Promise<void> {
		const path = join(this.#directory, name);
		try {
			await mkdir(this.#directory, { recursive: true });
			await writeFileAtomic(path, text, { mode: name.endsWith(".key.pem") ? 0o600 : 0o644 });
		} catch (cause) {
			throw new PortError("storage", `${path} cannot be written; check the directory's permissions`, {
				cause,
			});
		}
	}
}

interface Expected {
	readonly issuerPem: string;
	readonly privateKey: string;
	readonly wallTimeMs: number;
	readonly commonName?: string;
}

function isSound(pem: string, { issuerPem, privateKey, wallTimeMs, commonName }: Expected): boolean {
	try {
		const certificate = new X509Certificate(pem);
		const issuer = new X509Certificate(issuerPem);
		return (
			certificate.checkIssued(issuer) &&
			certificate.verify(issuer.publicKey) &&
			certificate.checkPrivateKey(createPrivateKey(privateKey)) &&
			(commonName === undefined || certificate.subject === `CN=${commonName}`) &&
			Date.parse(certificate.validFrom) <= wallTimeMs &&
			wallTimeMs < Date.parse(certificate.validTo)
		);
	} catch {
		return false;
	}
}
