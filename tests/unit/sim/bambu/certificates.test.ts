import assert from "node:assert/strict";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat, unlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { PortError } from "../../../../modules/platform/port-error";
import {
	openCertificates,
	otherSerial,
	type PrinterCertificates,
} from "../../../../sim/printers/bambu/certificates";

const serial = "01P00A000000001";
const wallTimeMs = Date.UTC(2026, 5, 15);
const yearMs = 365.25 * 86_400_000;

let directory = "";
let made: PrinterCertificates;

before(async () => {
	directory = await mkdtemp(join(tmpdir(), "culm-certificates-"));
	made = await openCertificates({ serial, directory, wallTimeMs });
});

after(async () => {
	await rm(directory, { recursive: true, force: true });
});

function reopen(options: { serial?: string; wallTimeMs?: number } = {}): Promise<PrinterCertificates> {
	return openCertificates({ serial, directory, wallTimeMs, ...options });
}

function parsed(chain: readonly string[]): X509Certificate[] {
	return chain.map((pem) => new X509Certificate(pem));
}

/** Each certificate is signed by the next one, the last one by itself. */
function assertChain(certificates: readonly X509Certificate[]): void {
	certificates.forEach((certificate, index) => {
		const issuer = certificates[index + 1] ?? certificate;
		assert.ok(certificate.checkIssued(issuer), `${certificate.subject} is not issued by ${issuer.subject}`);
		assert.ok(
			certificate.verify(issuer.publicKey),
			`${certificate.subject} is not signed by ${issuer.subject}`,
		);
		assert.equal(certificate.ca, index > 0);
	});
}

test("a printer's chain is leaf, device CA and root, each signed by the next", () => {
	const chain = parsed(made.chain);
	assert.equal(chain.length, 3);
	assertChain(chain);
	assertChain(parsed(made.wrongNameChain));
	assertChain(parsed(made.untrustedChain));
});

test("the leaf's only name is the serial number: no alternative names", () => {
	const [leaf] = parsed(made.chain);
	assert.equal(leaf?.subject, `CN=${serial}`);
	assert.equal(leaf?.subjectAltName, undefined);
	assert.equal(leaf?.checkHost(serial, { subject: "always" }), serial);
	const [wrong] = parsed(made.wrongNameChain);
	assert.equal(wrong?.subject, `CN=${otherSerial(serial)}`);
	assert.notEqual(otherSerial(serial), serial);
	assert.notEqual(otherSerial("1239"), "1239");
	const [untrusted] = parsed(made.untrustedChain);
	assert.equal(untrusted?.subject, `CN=${serial}`);
});

test("keys are RSA with 2048 bits and fit all leafs; dates run from yesterday for ten years", () => {
	const key = createPrivateKey(made.privateKey);
	for (const chain of [made.chain, made.wrongNameChain, made.untrustedChain]) {
		assert.ok(parsed(chain)[0]?.checkPrivateKey(key));
	}
	for (const certificate of parsed([...made.chain, ...made.untrustedChain])) {
		assert.equal(certificate.publicKey.asymmetricKeyType, "rsa");
		assert.equal(certificate.publicKey.asymmetricKeyDetails?.modulusLength, 2048);
		assert.equal(Date.parse(certificate.validFrom), wallTimeMs - 86_400_000);
		const years = (Date.parse(certificate.validTo) - wallTimeMs) / yearMs;
		assert.ok(years > 9.9 && years < 10.1);
	}
});

test("root and device CA are what clients trust; the stranger's authority is not among them", () => {
	assert.equal(made.authorities.length, 2);
	const trusted = made.authorities.map((der) => new X509Certificate(der).fingerprint256);
	const [, device, root] = parsed(made.chain);
	assert.deepEqual(trusted, [root?.fingerprint256, device?.fingerprint256]);
	const stranger = parsed(made.untrustedChain)[1];
	assert.ok(!trusted.includes(stranger?.fingerprint256 ?? ""));
});

test("what was made is read again at the next start", async () => {
	assert.deepEqual(await reopen(), made);
});

test("private keys can be read by their owner only, and no half-written file is left", async () => {
	const names = await readdir(directory);
	const keys = names.filter((name) => name.endsWith(".key.pem"));
	assert.deepEqual(keys.sort(), [`${serial}.key.pem`, "device-ca.key.pem", "root.key.pem"]);
	for (const name of keys) {
		assert.equal((await stat(join(directory, name))).mode & 0o777, 0o600);
	}
	for (const name of names) {
		assert.match(name, /\.pem$/);
		const holdsKey = (await readFile(join(directory, name), "utf8")).includes("PRIVATE KEY");
		assert.equal(holdsKey, name.endsWith(".key.pem"));
	}
});

test("a second printer gets its own certificate from the same authorities", async () => {
	const other = await reopen({ serial: "22E00A000000001" });
	assert.deepEqual(other.authorities, made.authorities);
	assert.equal(parsed(other.chain)[0]?.subject, "CN=22E00A000000001");
	assertChain(parsed(other.chain));
	assert.deepEqual(await reopen(), made);
});

test("a damaged, missing or exchanged file of a printer is made anew, the authorities stay", async () => {
	const damage: readonly (readonly [string, (path: string) => Promise<void>])[] = [
		[`${serial}.pem`, (path) => writeFile(path, "not a certificate")],
		[`${serial}.key.pem`, (path) => writeFile(path, "")],
		[`${serial}-untrusted.pem`, (path) => unlink(path)],
		[`${serial}-wrong-name.pem`, async (path) => writeFile(path, made.chain[0] ?? "")],
	];
	let last = made;
	for (const [name, harm] of damage) {
		await harm(join(directory, name));
		const remade = await reopen();
		assert.notDeepEqual(remade, last, name);
		assert.deepEqual(remade.authorities, made.authorities);
		assertChain(parsed(remade.chain));
		assert.deepEqual(await reopen(), remade);
		last = remade;
	}
});

test("a damaged authority is made anew, with everything it has issued", async () => {
	for (const name of ["root.pem", "device-ca.key.pem"]) {
		const kept = await reopen();
		await writeFile(join(directory, name), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
		const remade = await reopen();
		assert.notDeepEqual(remade.authorities, kept.authorities);
		assertChain(parsed(remade.chain));
		assert.deepEqual(await reopen(), remade);
	}
});

test("certificates that are no longer valid, or not yet, are made anew", async () => {
	for (const now of [wallTimeMs + 11 * yearMs, wallTimeMs - 3 * 86_400_000]) {
		const kept = await reopen();
		const remade = await reopen({ wallTimeMs: now });
		assert.notDeepEqual(remade.authorities, kept.authorities);
		assertChain(parsed(remade.chain));
		assert.deepEqual(await reopen({ wallTimeMs: now }), remade);
	}
});

test("without a directory nothing is kept", async () => {
	const first = await openCertificates({ serial, wallTimeMs });
	const second = await openCertificates({ serial, wallTimeMs });
	assertChain(parsed(first.chain));
	assert.notDeepEqual(first.authorities, second.authorities);
});

test("a serial number that could name another file is refused", async () => {
	for (const bad of ["", "../root", "01P 1", "a/b"]) {
		await assert.rejects(
			openCertificates({ serial: bad, directory, wallTimeMs }),
			(error) => error instanceof PortError && error.code === "invalid",
		);
	}
});

test("a directory that cannot be written is told as a storage error", async () => {
	const file = join(directory, "root.pem");
	await assert.rejects(
		openCertificates({ serial, directory: file, wallTimeMs }),
		(error) => error instanceof PortError && error.code === "storage" && error.cause !== undefined,
	);
});
