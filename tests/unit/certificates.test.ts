import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const folder = new URL("../../certs/", import.meta.url);
const names = readdirSync(folder);
const readme = readFileSync(new URL("README.md", folder), "utf8");
const certificates = names
	.filter((name) => name.endsWith(".der"))
	.map((name) => ({ name, certificate: new X509Certificate(readFileSync(new URL(name, folder))) }));

test("the folder holds certificates in DER, their list and their manifest, nothing else", () => {
	assert.deepEqual(names.filter((name) => !name.endsWith(".der")).sort(), ["README.md", "manifest.json"]);
	assert.equal(certificates.length, 8);
});

for (const { name, certificate } of certificates) {
	test(`${name} is an authority, is listed with its fingerprint, and does not expire within 90 days`, () => {
		assert.equal(certificate.ca, true);
		const sha256 = certificate.fingerprint256.replaceAll(":", "").toLowerCase();
		const row = readme.split("\n").find((line) => line.includes(`\`${name}\``)) ?? assert.fail("not listed");
		assert.ok(row.includes(sha256));
		const until = new Date(certificate.validTo);
		assert.ok(row.includes(until.toISOString().slice(0, 10)));
		assert.ok(
			until.getTime() - Date.now() > 90 * 24 * 3_600_000,
			`${name} expires on ${certificate.validTo}`,
		);
	});

	test(`${name} is signed by an authority of the folder`, () => {
		const issuer = certificates.find(
			(other) =>
				certificate.checkIssued(other.certificate) && certificate.verify(other.certificate.publicKey),
		);
		assert.ok(issuer, `nobody here issued ${name}`);
	});
}
