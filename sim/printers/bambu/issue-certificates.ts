// Issues the certificates of virtual printers, in the shape real ones have.

import "reflect-metadata";
import {
	AuthorityKeyIdentifierExtension,
	BasicConstraintsExtension,
	KeyUsageFlags,
	KeyUsagesExtension,
	SubjectKeyIdentifierExtension,
	X509Certificate,
	X509CertificateGenerator,
} from "@peculiar/x509";

export interface Authority {
	readonly certificate: X509Certificate;
	readonly keys: CryptoKeyPair;
}

type CryptoKeyPair = Awaited<ReturnType<typeof createKeys>>;

const algorithm = {
	name: "RSASSA-PKCS1-v1_5",
	hash: "SHA-256",
	modulusLength: 2048,
	publicExponent: new Uint8Array([1, 0, 1]),
};

const dayMs = 86_400_000;
const validDays = 3652;

/** RSA, 2048 bits. */
export function createKeys() {
	return crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
}

/** An authority as it was stored: PEM, and PKCS 8 in DER. */
export async function readAuthority(pem: string, pkcs8: Uint8Array): Promise<Authority> {
	const certificate = new X509Certificate(pem);
	const keys = {
		publicKey: await certificate.publicKey.export(),
		privateKey: await crypto.subtle.importKey("pkcs8", pkcs8, algorithm, false, ["sign"]),
	};
	return { certificate, keys };
}

/** An authority that signs itself, or one that `issuer` vouches for and that may only issue leafs. */
export async function issueAuthority(
	commonName: string,
	{ wallTimeMs, issuer }: { wallTimeMs: number; issuer?: Authority },
): Promise<Authority> {
	const keys = await createKeys();
	const certificate = await X509CertificateGenerator.create({
		...described(commonName, wallTimeMs),
		issuer: issuer?.certificate.subjectName ?? named(commonName),
		publicKey: keys.publicKey,
		signingKey: issuer?.keys.privateKey ?? keys.privateKey,
		extensions: [
			new BasicConstraintsExtension(true, issuer === undefined ? undefined : 0, true),
			new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
			await SubjectKeyIdentifierExtension.create(keys.publicKey),
			await AuthorityKeyIdentifierExtension.create(issuer?.keys.publicKey ?? keys.publicKey),
		],
	});
	return { certificate, keys };
}

/** A printer's own certificate: its common name is the serial number, and there is no other name in it. */
export async function issueLeaf(
	serial: string,
	{ wallTimeMs, issuer, keys }: { wallTimeMs: number; issuer: Authority; keys: CryptoKeyPair },
): Promise<X509Certificate> {
	return X509CertificateGenerator.create({
		...described(serial, wallTimeMs),
		issuer: issuer.certificate.subjectName,
		publicKey: keys.publicKey,
		signingKey: issuer.keys.privateKey,
		extensions: [
			new BasicConstraintsExtension(false, undefined, true),
			new KeyUsagesExtension(KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment, true),
			await AuthorityKeyIdentifierExtension.create(issuer.keys.publicKey),
		],
	});
}

function described(commonName: string, wallTimeMs: number) {
	return {
		serialNumber: serialNumber(),
		subject: named(commonName),
		// From yesterday, for devices whose clock is a little behind.
		notBefore: new Date(wallTimeMs - dayMs),
		notAfter: new Date(wallTimeMs - dayMs + validDays * dayMs),
		signingAlgorithm: algorithm,
	};
}

function named(commonName: string) {
	return [{ CN: [commonName] }];
}

/** Positive, as DER wants it: the highest bit is clear and the first byte is not 0. */
function serialNumber(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
	return Buffer.from(bytes).toString("hex");
}
