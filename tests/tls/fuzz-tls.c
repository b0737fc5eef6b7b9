/*
 * libFuzzer target: a session under arbitrary bytes from the network. The first byte chooses what the application
 * does; the rest is what the server says. The seeds are recorded handshakes with the same random numbers, so that
 * they lead into open sessions. CULM_FUZZ_DIRECTORY has the certificates of certificates.sh.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "client.h"
#include "mbedtls/version.h"

#define REQUIRE(condition) \
	do { \
		if (!(condition)) { \
			fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
			abort(); \
		} \
	} while (0)

static int64_t startTime;
static const char *directory;
static size_t openSessions;

static void reportOpenSessions(void)
{
	fprintf(stderr, "%zu inputs opened a session\n", openSessions);
#if MBEDTLS_VERSION_NUMBER >= 0x04000000
	fprintf(stderr, "this mbedTLS has its own random numbers: recorded handshakes cannot be replayed\n");
#endif
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	directory = getenv("CULM_FUZZ_DIRECTORY");
	REQUIRE(directory != NULL);
	startTime = time(NULL);
	atexit(reportOpenSessions);
	return 0;
}

static void requireSense(const CulmTls *session)
{
	size_t output;
	culm_tls_output(session, &output);
	REQUIRE(output <= CULM_TLS_OUTPUT_SIZE);
	REQUIRE(culm_tls_writable(session) < CULM_TLS_OUTPUT_SIZE - output);
	REQUIRE(culm_tls_readable(session) <= 16384);
	REQUIRE(culm_tls_wanted(session) <= 16384 + 512);
	switch (culm_tls_state(session)) {
		case CULM_TLS_HANDSHAKE:
			REQUIRE(culm_tls_error(session) == CULM_TLS_OK);
			REQUIRE(culm_tls_readable(session) == 0 && culm_tls_writable(session) == 0);
			break;
		case CULM_TLS_OPEN:
			REQUIRE(culm_tls_error(session) == CULM_TLS_OK && culm_tls_reason(session) == CULM_TLS_NO_REASON);
			REQUIRE(culm_tls_certificate(session) != NULL);
			REQUIRE(culm_tls_readable(session) == 0 || culm_tls_wanted(session) == 0);
			break;
		case CULM_TLS_ENDED:
			REQUIRE(culm_tls_readable(session) == 0 && culm_tls_writable(session) == 0);
			REQUIRE(culm_tls_wanted(session) == 0);
			break;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const size_t chunks[] = { 65536, 1, 7, 200 };
	if (size == 0)
		return 0;
	uint8_t choice = *data++;
	size--;
	size_t chunk = chunks[choice & 3];
	bool reads = !(choice & 4), writes = choice & 8, keepsBack = choice & 16, ends = choice & 32;

	ClientOptions options = { .directory = directory, .authorities = { "root" }, .commonName = TEST_SERIAL };
	options.now = startTime;
	if (choice & 64)
		options.pinned = choice & 128 ? "leaf-v1" : "leaf";
	useRepeatableRandom(TEST_RANDOM_SEED);
	Client client;
	REQUIRE(clientCreate(&client, &options) == CULM_TLS_OK);
	CulmTls *session = client.session;

	uint8_t text[300];
	memset(text, 'x', sizeof text);
	bool opened = false;
	while (size > 0) {
		size_t count = size < chunk ? size : chunk;
		/* From memory of its own, so that reading beyond it is seen. */
		uint8_t *bytes = malloc(count);
		memcpy(bytes, data, count);
		size_t taken = culm_tls_receive(session, bytes, count);
		free(bytes);
		REQUIRE(taken <= count);
		requireSense(session);
		opened = opened || culm_tls_state(session) == CULM_TLS_OPEN;
		data += taken;
		size -= taken;
		if (writes) {
			size_t writable = culm_tls_writable(session);
			bool written = culm_tls_write(session, text, 100, choice & 128);
			REQUIRE(!written || writable >= 100);
			requireSense(session);
		}
		if (!keepsBack) {
			size_t output;
			culm_tls_output(session, &output);
			culm_tls_sent(session, output > 50 ? output - 3 : output);
			requireSense(session);
		}
		/* What is not read holds everything back. */
		if (taken < count && !reads)
			break;
		size_t readable = culm_tls_readable(session);
		size_t got = culm_tls_read(session, text, sizeof text);
		REQUIRE(got == (readable < sizeof text ? readable : sizeof text));
		requireSense(session);
	}
	openSessions += opened;
	REQUIRE(!opened || options.pinned == NULL || strcmp(options.pinned, "leaf") == 0);
	if (ends)
		culm_tls_end_of_input(session);
	else
		culm_tls_close(session);
	requireSense(session);
	clientClose(&client);
	return 0;
}
