/* Certificates that the openssl command cannot make: see forge.h. */

#include "forge.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client.h"
#include "peer.h"

/* The length of the DER element at `der`, its header included. */
static size_t elementLength(const uint8_t *der, size_t *headerLength)
{
	size_t length = der[1];
	*headerLength = 2;
	if (length & 0x80) {
		size_t count = length & 0x7F;
		length = 0;
		for (size_t i = 0; i < count; i++)
			length = length << 8 | der[2 + i];
		*headerLength = 2 + count;
	}
	return *headerLength + length;
}

static void writeFile(const char *directory, const char *name, const void *bytes, size_t length)
{
	char path[512];
	snprintf(path, sizeof path, "%s/%s", directory, name);
	FILE *file = fopen(path, "wb");
	if (file == NULL || fwrite(bytes, 1, length, file) != length || fclose(file) != 0) {
		perror(path);
		exit(2);
	}
}

static void run(const char *directory, const char *const *arguments)
{
	if (!runCommand(directory, arguments)) {
		fprintf(stderr, "%s %s failed: see command.log\n", arguments[0], arguments[1]);
		exit(2);
	}
}

void signNul(const char *directory, const char *certificate, const char *issuerKey, const char *result)
{
	uint8_t der[4096], signature[1024];
	size_t outer, inner;
	readFile(directory, certificate, ".der", der, sizeof der);
	(void)elementLength(der, &outer);
	uint8_t *tbs = der + outer;
	size_t tbsLength = elementLength(tbs, &inner);
	uint8_t *algorithm = tbs + tbsLength;
	size_t algorithmLength = elementLength(algorithm, &inner);
	uint8_t *mark = memmem(tbs, tbsLength, TEST_SERIAL "#", strlen(TEST_SERIAL "#"));
	if (mark == NULL)
		exit(2);
	mark += strlen(TEST_SERIAL);
	/* PrintableString has no NUL either, but nobody looks at that. */
	*mark = 0;
	writeFile(directory, "tbs.bin", tbs, tbsLength);

	char key[64];
	snprintf(key, sizeof key, "%s.key", issuerKey);
	run(directory,
		(const char *const[]){ "openssl", "dgst", "-sha256", "-sign", key, "-out", "signature.bin", "tbs.bin", NULL });
	size_t signatureLength = readFile(directory, "signature", ".bin", signature, sizeof signature);

	uint8_t signedDer[4096];
	size_t body = tbsLength + algorithmLength + 5 + signatureLength;
	uint8_t head[] = { 0x30, 0x82, (uint8_t)(body >> 8), (uint8_t)body };
	uint8_t bits[] = { 0x03, 0x82, (uint8_t)((signatureLength + 1) >> 8), (uint8_t)(signatureLength + 1), 0 };
	size_t at = 0;
	memcpy(signedDer, head, 4);
	at += 4;
	memcpy(signedDer + at, tbs, tbsLength + algorithmLength);
	at += tbsLength + algorithmLength;
	memcpy(signedDer + at, bits, 5);
	at += 5;
	memcpy(signedDer + at, signature, signatureLength);
	at += signatureLength;

	char name[64], digest[64], pem[64];
	snprintf(name, sizeof name, "%s.der", result);
	snprintf(digest, sizeof digest, "%s.sha256", result);
	snprintf(pem, sizeof pem, "%s.pem", result);
	writeFile(directory, name, signedDer, at);
	run(directory, (const char *const[]){ "openssl", "dgst", "-sha256", "-binary", "-out", digest, name, NULL });
	run(directory, (const char *const[]){ "openssl", "x509", "-inform", "DER", "-in", name, "-out", pem, NULL });
}
