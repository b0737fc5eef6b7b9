// Certificates for the peers of the contract, made anew at each run and as odd as those of printers: a CN, no SAN.

// First: @peculiar/x509 does not load without it.
import "reflect-metadata";
import { createPrivateKey, webcrypto, X509Certificate as X509 } from "node:crypto";
import {
	BasicConstraintsExtension,
	cryptoProvider,
	KeyUsageFlags,
	KeyUsagesExtension,
	type X509Certificate,
	X509CertificateGenerator,
} from "@peculiar/x509";
import type { CertificateSummary } from "../../../../modules/platform/port-error";
import type { TlsIdentity, TlsTrust } from "../../../../modules/platform/tls";
import type { PeerIdentity } from "../../peers";

const { subtle } = webcrypto;
const EC = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const RSA = {
	name: "RSASSA-PKCS1-v1_5",
	hash: "SHA-256",
	modulusLength: 2048,
	publicExponent: Uint8Array.of(1, 0, 1),
};
const DAY_MS = 24 * 60 * 60 * 1000;

/** Of the peers that say who they are, as they spell it. */
export const COMMON_NAME = "01P00A123456789";

/** What a TLS server is started with. */
export interface ServerIdentity {
	/** PEM: what it shows, leaf first. */
	chain: string;
	/** PEM */
	key: string;
	isRsa: boolean;
	summary: CertificateSummary;
}

export interface Authorities {
	/** DER */
	root: Uint8Array;
	/** DER. Issued by the root. */
	intermediate: Uint8Array;
	/** Of clients, issued by the root. */
	clients: { rsa: TlsIdentity; ec: TlsIdentity };
	identities: {
		/** Issued by the root, RSA. */
		usual: ServerIdentity;
		/** Issued by the intermediate, which it does not show. */
		leafAlone: ServerIdentity;
		/** Issued by an authority that nobody trusts. */
		stranger: ServerIdentity;
		wrongName: ServerIdentity;
		/** Like `wrongName`, but of the authority that nobody trusts. */
		strangerWrongName: ServerIdentity;
		/** Has the right common name and another one. */
		twoNames: ServerIdentity;
		expired: ServerIdentity;
		notYetValid: ServerIdentity;
	};
}

/** That of a client which expects a peer with that identity. */
export function trustIn({ root, intermediate }: Authorities, identity: PeerIdentity | undefined): TlsTrust {
	return { authorities: identity === "leafAlone" ? [intermediate] : [root], commonName: COMMON_NAME };
}

interface Issuer {
	certificate: X509Certificate;
	keys: webcrypto.CryptoKeyPair;
}

export async function createAuthorities(): Promise<Authorities> {
	cryptoProvider.set(webcrypto);
	const root = await createRoot("CN=Contract Root");
	const strangerRoot = await createRoot("CN=Contract Stranger");
	const intermediate = await createIntermediate("CN=Contract Devices", root);
	const rsaKeys = await subtle.generateKey(RSA, true, ["sign", "verify"]);
	const ecKeys = await subtle.generateKey(EC, true, ["sign", "verify"]);
	const now = Date.now();
	const year = { notBefore: new Date(now - DAY_MS), notAfter: new Date(now + 365 * DAY_MS) };
	const past = { notBefore: new Date(now - 20 * DAY_MS), notAfter: new Date(now - 10 * DAY_MS) };
	const future = { notBefore: new Date(now + 10 * DAY_MS), notAfter: new Date(now + 20 * DAY_MS) };

	return {
		root: new Uint8Array(root.certificate.rawData),
		intermediate: new Uint8Array(intermediate.certificate.rawData),
		clients: {
			rsa: toClient(await createIdentity("contract-rsa", root, rsaKeys, year)),
			ec: toClient(await createIdentity("contract-ec", root, ecKeys, year)),
		},
		identities: {
			usual: await createIdentity(COMMON_NAME, root, rsaKeys, year),
			leafAlone: await createIdentity(COMMON_NAME, intermediate, ecKeys, year),
			stranger: await createIdentity(COMMON_NAME, strangerRoot, ecKeys, year),
			wrongName: await createIdentity("01P00A000000000", root, ecKeys, year),
			strangerWrongName: await createIdentity("01P00A000000000", strangerRoot, ecKeys, year),
			twoNames: await createIdentity(`${COMMON_NAME}, CN=01P00A000000000`, root, ecKeys, year),
			expired: await createIdentity(COMMON_NAME, root, ecKeys, past),
			notYetValid: await createIdentity(COMMON_NAME, root, ecKeys, future),
		},
	};
}

async function createRoot(name: string): Promise<Issuer> {
	const keys = await subtle.generateKey(EC, true, ["sign", "verify"]);
	const certificate = await X509CertificateGenerator.createSelfSigned({
		name,
		keys,
		signingAlgorithm: EC,
		notBefore: new Date(Date.now() - 100 * DAY_MS),
		notAfter: new Date(Date.now() + 1000 * DAY_MS),
		extensions: authorityExtensions(),
	});
	return { certificate, keys };
}

async function createIntermediate(subject: string, issuer: Issuer): Promise<Issuer> {
	const keys = await subtle.generateKey(EC, true, ["sign", "verify"]);
	const certificate = await X509CertificateGenerator.create({
		subject,
		issuer: issuer.certificate.subject,
		publicKey: keys.publicKey,
		signingKey: issuer.keys.privateKey,
		signingAlgorithm: EC,
		notBefore: new Date(Date.now() - 100 * DAY_MS),
		notAfter: new Date(Date.now() + 1000 * DAY_MS),
		extensions: authorityExtensions(),
	});
	return { certificate, keys };
}

async function createIdentity(
	commonName: string,
	issuer: Issuer,
	keys: webcrypto.CryptoKeyPair,
	validity: { notBefore: Date; notAfter: Date },
): Promise<ServerIdentity> {
	const certificate = await X509CertificateGenerator.create({
		subject: `CN=${commonName}`,
		issuer: issuer.certificate.subject,
		publicKey: keys.publicKey,
		signingKey: issuer.keys.privateKey,
		signingAlgorithm: EC,
		...validity,
	});
	const key = Buffer.from(await subtle.exportKey("pkcs8", keys.privateKey));
	return {
		chain: certificate.toString("pem"),
		key: createPrivateKey({ key, format: "der", type: "pkcs8" })
			.export({ format: "pem", type: "pkcs8" })
			.toString(),
		isRsa: keys.privateKey.algorithm.name === RSA.name,
		summary: {
			commonName: commonName.replace("CN=", ""),
			sha256: Buffer.from(await certificate.getThumbprint("SHA-256")).toString("hex"),
		},
	};
}

function toClient({ chain, key }: ServerIdentity): TlsIdentity {
	const privateKey = createPrivateKey(key).export({ format: "der", type: "pkcs8" });
	return {
		certificates: [new Uint8Array(new X509(chain).raw)],
		privateKey: new Uint8Array(privateKey),
	};
}

function authorityExtensions() {
	return [
		new BasicConstraintsExtension(true, undefined, true),
		new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
	];
}
