/* What Culm's TLS promises, tried against openssl s_server and against bytes no honest server sends. */

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "client.h"
#include "forge.h"
#include "mbedtls/ssl.h"
#include "mbedtls/version.h"
#include "peer.h"
#if MBEDTLS_VERSION_NUMBER >= 0x04000000
	#include "psa/crypto.h"
#endif

static const char *directory;
static int timeoutMs = 20000;
static bool isFailed;

/* Outcomes */

static const char *errorName(CulmTlsError error)
{
	static const char *const names[] = { "ok", "invalid", "unsupported", "no memory", "untrusted", "wrong name",
		"certificate changed", "handshake closed", "closed by peer", "protocol", "unauthorized" };
	return names[error];
}

static void check(bool condition, const char *format, ...)
{
	if (condition)
		return;
	if (!isFailed)
		printf("not ");
	isFailed = true;
	va_list arguments;
	va_start(arguments, format);
	fprintf(stderr, "    ");
	vfprintf(stderr, format, arguments);
	fprintf(stderr, "\n");
	va_end(arguments);
}

static void done(const char *promise)
{
	printf("ok - %s\n", promise);
	fflush(stdout);
	isFailed = false;
}

static void checkEnded(Client *client, CulmTlsError error)
{
	check(culm_tls_state(client->session) == CULM_TLS_ENDED, "the session goes on");
	check(culm_tls_error(client->session) == error, "it ended with \"%s\", not \"%s\" (mbedTLS -0x%04X)",
		errorName(culm_tls_error(client->session)), errorName(error), -culm_tls_detail(client->session));
	check(culm_tls_writable(client->session) == 0 && culm_tls_readable(client->session) == 0 &&
			culm_tls_wanted(client->session) == 0,
		"an ended session still wants something");
}

static ClientOptions trusting(const char *authority)
{
	ClientOptions options = { .directory = directory, .authorities = { authority }, .commonName = TEST_SERIAL };
	options.now = time(NULL);
	return options;
}

/* An open session with the usual server, or the end of the program. */
static Client openSession(Peer *peer, const ClientOptions *options)
{
	Client client;
	if (clientCreate(&client, options) != CULM_TLS_OK) {
		fprintf(stderr, "no session\n");
		exit(2);
	}
	clientConnect(&client, peer->port);
	if (!clientHandshake(&client, timeoutMs) || culm_tls_state(client.session) != CULM_TLS_OPEN) {
		fprintf(stderr, "no connection to openssl s_server: %s\n", errorName(culm_tls_error(client.session)));
		exit(2);
	}
	return client;
}

/* One handshake each */

typedef enum { CLOCK_SET, CLOCK_UNSET, CLOCK_IN_2050, CLOCK_IN_1999 } TestClock;

typedef struct {
	const char *promise;
	/* The server's chain, its key and the file of the leaf alone, which is "chain" unless said. */
	const char *chain, *key, *leaf;
	const char *server[12];
	const char *authorities[4];
	const char *pinned;
	TestClock clock;
	size_t chunk;
	bool authoritiesStay;
	/* No name is expected. */
	bool anyName;
	CulmTlsError error;
	CulmTlsReason reason;
	/* The name that is shown, the serial number unless said. */
	const char *name;
} Handshake;

#define TWELVE(suite) { "-tls1_2", "-cipher", suite }
#define WEAK_TWELVE { "-tls1_2", "-cipher", "ECDHE-RSA-AES256-GCM-SHA384:@SECLEVEL=0" }
#define OTHER_NAME "99Z99Z999999999"

static const Handshake handshakes[] = {
	/* Accepted */
	{ "a server that has only ECDHE-RSA-AES256-GCM-SHA384 is accepted", .chain = "leaf", .key = "leaf",
		.server = TWELVE("ECDHE-RSA-AES256-GCM-SHA384"), .authorities = { "root" } },
	{ "a server that has only ECDHE-RSA-AES128-GCM-SHA256 is accepted", .chain = "leaf", .key = "leaf",
		.server = TWELVE("ECDHE-RSA-AES128-GCM-SHA256"), .authorities = { "root" } },
	{ "leaf and root in one message are accepted", .chain = "leaf", .key = "leaf",
		.server = { "-tls1_2", "-cert_chain", "root.pem" }, .authorities = { "root" } },
	{ "a leaf alone is accepted when its device authority is known", .chain = "leaf-of-device", .key = "leaf",
		.authorities = { "device" } },
	{ "leaf and device authority are accepted when only the root is known", .chain = "leaf-of-device", .key = "leaf",
		.server = { "-tls1_2", "-cert_chain", "device.pem" }, .authorities = { "root" } },
	{ "leaf and device authority are accepted when only the device authority is known", .chain = "leaf-of-device",
		.key = "leaf", .server = { "-tls1_2", "-cert_chain", "device.pem" }, .authorities = { "device" } },
	{ "the right one of several authorities is found", .chain = "leaf-of-device", .key = "leaf",
		.authorities = { "root-ecc", "impostor", "root-big", "device" } },
	{ "authorities can stay where they are", .chain = "leaf-of-device", .key = "leaf",
		.authorities = { "root-ecc", "root-big", "device" }, .authoritiesStay = true },
	{ "of two authorities of one name the one that signed counts", .chain = "leaf", .key = "leaf",
		.authorities = { "impostor", "root" } },
	{ "a chain of RSA-4096 keys is accepted", .chain = "leaf-big", .key = "big-leaf", .authorities = { "root-big" } },
	{ "a leaf of RSA-4096 under two authorities is accepted", .chain = "leaf-of-device-big", .key = "big-leaf",
		.server = { "-tls1_2", "-cert_chain", "device-big.pem" }, .authorities = { "root-big" } },
	{ "a chain of P-256 keys is accepted", .chain = "leaf-ecc", .key = "ecc-leaf",
		.server = TWELVE("ECDHE-ECDSA-AES256-GCM-SHA384"), .authorities = { "root-ecc" } },
	{ "ECDHE-ECDSA-AES128-GCM-SHA256 is accepted", .chain = "leaf-ecc", .key = "ecc-leaf",
		.server = TWELVE("ECDHE-ECDSA-AES128-GCM-SHA256"), .authorities = { "root-ecc" } },
	{ "a server that has only X25519 is accepted", .chain = "leaf", .key = "leaf",
		.server = { "-tls1_2", "-groups", "X25519" }, .authorities = { "root" } },
	{ "a server that has only P-256 is accepted", .chain = "leaf", .key = "leaf",
		.server = { "-tls1_2", "-groups", "P-256" }, .authorities = { "root" } },
	{ "a server that asks for our certificate gets none and is accepted", .chain = "leaf", .key = "leaf",
		.server = { "-tls1_2", "-verify", "1" }, .authorities = { "root" } },
	{ "a server that has TLS 1.3 as well is accepted with 1.2", .chain = "leaf", .key = "leaf",
		.server = { "-no_ticket" }, .authorities = { "root" } },
	{ "an X.509 v1 leaf is accepted", .chain = "leaf-v1", .key = "leaf", .authorities = { "root" } },
	{ "the case of letters in the common name does not count", .chain = "leaf-lower-case", .key = "leaf",
		.authorities = { "root" }, .name = "01s00a000000001" },
	{ "a SAN with another name does not count", .chain = "leaf-other-san", .key = "leaf", .authorities = { "root" } },
	{ "a handshake that comes byte by byte is accepted", .chain = "leaf", .key = "leaf", .authorities = { "root" },
		.chunk = 1 },
	{ "with no clock a leaf that begins in 2040 is accepted", .chain = "leaf-future", .key = "leaf",
		.authorities = { "root" }, .clock = CLOCK_UNSET },
	{ "a clock behind this build counts as not set", .chain = "leaf-future", .key = "leaf", .authorities = { "root" },
		.clock = CLOCK_IN_1999 },

	/* Pinned */
	{ "a pinned leaf is accepted though its issuer is unknown", .chain = "leaf", .key = "leaf",
		.authorities = { "root-ecc" }, .pinned = "leaf" },
	{ "a pinned leaf is accepted with no authority at all", .chain = "leaf", .key = "leaf", .pinned = "leaf" },
	{ "a pinned leaf that signed itself is accepted", .chain = "self", .key = "leaf", .pinned = "self" },
	{ "a pinned leaf is accepted with an expired authority above it", .chain = "leaf-of-old-device", .key = "leaf",
		.server = { "-tls1_2", "-cert_chain", "device-expired.pem" }, .authorities = { "root" },
		.pinned = "leaf-of-old-device" },
	{ "a pinned leaf with an impossible chain is accepted", .chain = "leaf-of-leaf", .key = "leaf",
		.server = { "-tls1_2", "-cert_chain", "leaf.pem" }, .authorities = { "root" }, .pinned = "leaf-of-leaf" },
	{ "another leaf than the pinned one is refused as changed, even from a known authority", .chain = "leaf",
		.key = "leaf", .authorities = { "root" }, .pinned = "leaf-v1", .error = CULM_TLS_CERTIFICATE_CHANGED },
	{ "a renewed leaf of the same key and name is refused as changed", .chain = "self-renewed", .key = "leaf",
		.pinned = "self", .error = CULM_TLS_CERTIFICATE_CHANGED },
	{ "another leaf is refused as changed, whatever its name is", .chain = "leaf-other", .key = "leaf",
		.authorities = { "root" }, .pinned = "leaf", .error = CULM_TLS_CERTIFICATE_CHANGED, .name = OTHER_NAME },
	{ "where no name is expected a pinned leaf may have two", .chain = "leaf-two-names", .key = "leaf",
		.anyName = true, .pinned = "leaf-two-names", .name = TEST_SERIAL ", " OTHER_NAME },
	{ "where no name is expected a pinned leaf needs none", .chain = "leaf-no-name", .key = "leaf", .anyName = true,
		.pinned = "leaf-no-name", .name = "" },
	{ "a pinned leaf that has expired is refused", .chain = "leaf-expired", .key = "leaf", .authorities = { "root" },
		.pinned = "leaf-expired", .error = CULM_TLS_UNTRUSTED, .reason = CULM_TLS_EXPIRED },
	{ "a pinned leaf that is not yet valid is refused", .chain = "leaf-future", .key = "leaf",
		.authorities = { "root" }, .pinned = "leaf-future", .error = CULM_TLS_UNTRUSTED,
		.reason = CULM_TLS_NOT_YET_VALID },
	{ "a pinned leaf with another name is refused", .chain = "leaf-other", .key = "leaf", .authorities = { "root" },
		.pinned = "leaf-other", .error = CULM_TLS_WRONG_NAME, .name = OTHER_NAME },
	{ "a pinned leaf with an RSA-1024 key is refused", .chain = "leaf-small", .key = "small", .server = WEAK_TWELVE,
		.authorities = { "root" }, .pinned = "leaf-small", .error = CULM_TLS_UNTRUSTED,
		.reason = CULM_TLS_UNSUITABLE },

	/* Issuers */
	{ "a leaf of an unknown authority is refused", .chain = "leaf", .key = "leaf", .authorities = { "root-ecc" },
		.error = CULM_TLS_UNTRUSTED, .reason = CULM_TLS_UNKNOWN_ISSUER },
	{ "a leaf is refused when no authority is known", .chain = "leaf", .key = "leaf", .error = CULM_TLS_UNTRUSTED,
		.reason = CULM_TLS_UNKNOWN_ISSUER },
	{ "an unknown root that the server sends along is not trusted for that", .chain = "leaf", .key = "leaf",
		.server = { "-tls1_2", "-cert_chain", "root.pem" }, .authorities = { "device" },
		.error = CULM_TLS_UNTRUSTED, .reason = CULM_TLS_UNKNOWN_ISSUER },
	{ "a leaf alone is refused when only the root above its device authority is known", .chain = "leaf-of-device",
		.key = "leaf", .authorities = { "root" }, .error = CULM_TLS_UNTRUSTED, .reason = CULM_TLS_UNKNOWN_ISSUER },
	{ "an authority of the same name with another key is not the issuer", .chain = "leaf-of-impostor", .key = "leaf",
		.authorities = { "root" }, .error = CULM_TLS_UNTRUSTED, .reason = CULM_TLS_UNKNOWN_ISSUER },
	{ "a leaf may not issue leafs", .chain = "leaf-of-leaf", .key = "leaf",
		.server = { "-tls1_2", "-cert_chain", "leaf.pem" }, .authorities = { "root" }, .error = CULM_TLS_UNTRUSTED,
		.reason = CULM_TLS_UNKNOWN_ISSUER },
	{ "a leaf that signed itself is refused", .chain = "self", .key = "leaf", .authorities = { "root" },
		.error = CULM_TLS_UNTRUSTED, .reason = CULM_TLS_UNKNOWN_ISSUER },
	{ "an unknown issuer counts more than a wrong name", .chain = "leaf-other", .key = "leaf",
		.authorities = { "root-ecc" }, .error = CULM_TLS_UNTRUSTED, .reason = CULM_TLS_UNKNOWN_ISSUER,
		.name = OTHER_NAME },

	/* Names */
	{ "a leaf with another name is refused", .chain = "leaf-other", .key = "leaf", .authorities = { "root" },
		.error = CULM_TLS_WRONG_NAME, .name = OTHER_NAME },
	{ "a name that only begins with the expected one is refused", .chain = "leaf-longer", .key = "leaf",
		.authorities = { "root" }, .error = CULM_TLS_WRONG_NAME, .name = TEST_SERIAL "0" },
	{ "a name that the expected one begins with is refused", .chain = "leaf-shorter", .key = "leaf",
		.authorities = { "root" }, .error = CULM_TLS_WRONG_NAME, .name = "01S00A00000000" },
	{ "a name that only ends with the expected one is refused", .chain = "leaf-ending", .key = "leaf",
		.authorities = { "root" }, .error = CULM_TLS_WRONG_NAME, .name = "X" TEST_SERIAL },
	{ "a name with a NUL behind the expected one is refused", .chain = "leaf-with-nul", .key = "leaf",
		.authorities = { "root" }, .error = CULM_TLS_WRONG_NAME, .name = TEST_SERIAL "?99Z" },
	{ "two common names are refused though one is right", .chain = "leaf-two-names", .key = "leaf",
		.authorities = { "root" }, .error = CULM_TLS_WRONG_NAME, .name = TEST_SERIAL ", " OTHER_NAME },
	{ "two common names in one element are refused", .chain = "leaf-two-in-one", .key = "leaf",
		.authorities = { "root" }, .error = CULM_TLS_WRONG_NAME, .name = TEST_SERIAL ", " OTHER_NAME },
	{ "a leaf without a common name is refused", .chain = "leaf-no-name", .key = "leaf", .authorities = { "root" },
		.error = CULM_TLS_WRONG_NAME, .name = "" },
	{ "a wildcard is no name", .chain = "leaf-wildcard", .key = "leaf", .authorities = { "root" },
		.error = CULM_TLS_WRONG_NAME, .name = "*" },
	{ "the right SAN does not make up for another common name", .chain = "leaf-right-san", .key = "leaf",
		.authorities = { "root" }, .error = CULM_TLS_WRONG_NAME, .name = OTHER_NAME },

	/* Any name */
	{ "a peer that is asked for its name tells it", .chain = "leaf-other", .key = "leaf", .authorities = { "root" },
		.anyName = true, .name = OTHER_NAME },
	{ "a peer of an unknown authority is not believed its name", .chain = "leaf", .key = "leaf",
		.authorities = { "root-ecc" }, .anyName = true, .error = CULM_TLS_UNTRUSTED,
		.reason = CULM_TLS_UNKNOWN_ISSUER },
	{ "a peer with two names is not asked which one it is", .chain = "leaf-two-names", .key = "leaf",
		.authorities = { "root" }, .anyName = true, .error = CULM_TLS_WRONG_NAME,
		.name = TEST_SERIAL ", " OTHER_NAME },
	{ "a peer without a name is refused though any would do", .chain = "leaf-no-name", .key = "leaf",
		.authorities = { "root" }, .anyName = true, .error = CULM_TLS_WRONG_NAME, .name = "" },
	{ "a pinned leaf may have any name when none is expected", .chain = "leaf-other", .key = "leaf",
		.authorities = { "root" }, .anyName = true, .pinned = "leaf-other", .name = OTHER_NAME },

	/* Dates */
	{ "an expired leaf is refused", .chain = "leaf-expired", .key = "leaf", .authorities = { "root" },
		.error = CULM_TLS_UNTRUSTED, .reason = CULM_TLS_EXPIRED },
	{ "with no clock a leaf that had expired when this was built is refused", .chain = "leaf-expired", .key = "leaf",
		.authorities = { "root" }, .clock = CLOCK_UNSET, .error = CULM_TLS_UNTRUSTED, .reason = CULM_TLS_EXPIRED },
	{ "a leaf that is not yet valid is refused", .chain = "leaf-future", .key = "leaf", .authorities = { "root" },
		.error = CULM_TLS_UNTRUSTED, .reason = CULM_TLS_NOT_YET_VALID },
	{ "a leaf expires when its time has come", .chain = "leaf", .key = "leaf", .authorities = { "root" },
		.clock = CLOCK_IN_2050, .error = CULM_TLS_UNTRUSTED, .reason = CULM_TLS_EXPIRED },
	{ "an expired authority between leaf and root is refused", .chain = "leaf-of-old-device", .key = "leaf",
		.server = { "-tls1_2", "-cert_chain", "device-expired.pem" }, .authorities = { "root" },
		.error = CULM_TLS_UNTRUSTED, .reason = CULM_TLS_EXPIRED },
	{ "an authority of ours that has expired is refused", .chain = "leaf-of-old-device", .key = "leaf",
		.authorities = { "device-expired" }, .error = CULM_TLS_UNTRUSTED, .reason = CULM_TLS_EXPIRED },

	/* Strength */
	{ "a leaf signed with SHA-1 is refused", .chain = "leaf-sha1", .key = "leaf", .server = WEAK_TWELVE,
		.authorities = { "root" }, .error = CULM_TLS_UNTRUSTED, .reason = CULM_TLS_UNSUITABLE },
	{ "a leaf with an RSA-1024 key is refused", .chain = "leaf-small", .key = "small", .server = WEAK_TWELVE,
		.authorities = { "root" }, .error = CULM_TLS_UNTRUSTED, .reason = CULM_TLS_UNSUITABLE },
	{ "a leaf whose key may not sign is refused", .chain = "leaf-no-signing", .key = "leaf", .server = WEAK_TWELVE,
		.authorities = { "root" }, .error = CULM_TLS_UNTRUSTED, .reason = CULM_TLS_UNSUITABLE },

	/* Versions and suites */
	{ "TLS 1.0 is refused", .chain = "leaf", .key = "leaf", .server = { "-tls1", "-cipher", "ALL:@SECLEVEL=0" },
		.authorities = { "root" }, .error = CULM_TLS_PROTOCOL, .name = NULL },
	{ "TLS 1.1 is refused", .chain = "leaf", .key = "leaf", .server = { "-tls1_1", "-cipher", "ALL:@SECLEVEL=0" },
		.authorities = { "root" }, .error = CULM_TLS_PROTOCOL },
	{ "a server with TLS 1.3 alone is refused", .chain = "leaf", .key = "leaf", .server = { "-tls1_3" },
		.authorities = { "root" }, .error = CULM_TLS_PROTOCOL },
	{ "a CBC cipher suite is refused", .chain = "leaf", .key = "leaf", .server = TWELVE("ECDHE-RSA-AES256-SHA384"),
		.authorities = { "root" }, .error = CULM_TLS_PROTOCOL },
	{ "a key exchange without forward secrecy is refused", .chain = "leaf", .key = "leaf",
		.server = TWELVE("AES256-GCM-SHA384"), .authorities = { "root" }, .error = CULM_TLS_PROTOCOL },
	{ "a key exchange signed with SHA-1 is refused", .chain = "leaf", .key = "leaf",
		.server = { "-tls1_2", "-cipher", "ECDHE-RSA-AES256-GCM-SHA384:@SECLEVEL=0", "-sigalgs", "RSA+SHA1" },
		.authorities = { "root" }, .error = CULM_TLS_PROTOCOL },
	{ "a curve other than P-256 and X25519 is refused", .chain = "leaf", .key = "leaf",
		.server = { "-tls1_2", "-groups", "P-521" }, .authorities = { "root" }, .error = CULM_TLS_PROTOCOL },
};

static void testHandshake(const Handshake *test)
{
	static const int64_t clocks[] = { 0, 0, 2524608000, 915148800 };
	char chain[64], key[64];
	snprintf(chain, sizeof chain, "%s.pem", test->chain);
	snprintf(key, sizeof key, "%s.key", test->key);
	Peer peer = peerStart(directory, chain, key, test->server[0] != NULL ? test->server : NULL);

	ClientOptions options = { .directory = directory, .pinned = test->pinned };
	options.commonName = test->anyName ? NULL : TEST_SERIAL;
	memcpy(options.authorities, test->authorities, sizeof test->authorities);
	options.now = test->clock == CLOCK_SET ? time(NULL) : clocks[test->clock];
	options.chunk = test->chunk;
	options.authoritiesStay = test->authoritiesStay;
	Client client;
	check(clientCreate(&client, &options) == CULM_TLS_OK, "no session");
	if (client.session != NULL) {
		clientConnect(&client, peer.port);
		check(clientHandshake(&client, timeoutMs), "nothing happened in time");

		if (test->error == CULM_TLS_OK) {
			check(culm_tls_state(client.session) == CULM_TLS_OPEN, "the session is not open: \"%s\" (mbedTLS -0x%04X)",
				errorName(culm_tls_error(client.session)), -culm_tls_detail(client.session));
			char heard[8192], reply[16];
			size_t length = 6;
			check(write(peer.input, "hello\n", 6) == 6, "no pipe");
			check(clientExchange(&client, "good day\n", 9, reply, &length, timeoutMs) && length == 6 &&
					memcmp(reply, "hello\n", 6) == 0,
				"the server's text did not arrive");
			check(peerSays(&peer, "good day\n", heard, sizeof heard, timeoutMs), "our text did not arrive");
		} else {
			checkEnded(&client, test->error);
		}
		check(culm_tls_reason(client.session) == test->reason, "the reason is %d", culm_tls_reason(client.session));

		const CulmTlsCertificate *shown = culm_tls_certificate(client.session);
		if (test->error == CULM_TLS_PROTOCOL) {
			check(shown == NULL, "no certificate was expected");
		} else if (shown == NULL) {
			check(false, "no certificate was shown");
		} else {
			uint8_t digest[CULM_TLS_SHA256_SIZE + 1];
			readFile(directory, test->chain, ".sha256", digest, sizeof digest);
			check(memcmp(shown->sha256, digest, CULM_TLS_SHA256_SIZE) == 0, "another SHA-256 is shown");
			check(strcmp(shown->commonName, test->name != NULL ? test->name : TEST_SERIAL) == 0,
				"the name \"%s\" is shown", shown->commonName);
		}
	}
	clientClose(&client);
	peerStop(&peer);
	done(test->promise);
}

/* Data */

/* Hexadecimal digits: openssl s_server takes no line that begins with one for a command. */
static void fillPattern(char *text, size_t length, unsigned seed)
{
	for (size_t i = 0; i < length; i++) {
		seed = seed * 1103515245 + 12345;
		text[i] = "0123456789abcdef"[seed >> 16 & 15];
	}
}

static void testData(const char *promise, size_t chunk, size_t length)
{
	static char sent[65536 + 2], answer[65536], received[65536], heard[131072];
	Peer peer = peerStart(directory, "leaf.pem", "leaf.key", NULL);
	ClientOptions options = trusting("root");
	options.chunk = chunk;
	Client client = openSession(&peer, &options);

	fillPattern(sent, length, 1);
	fillPattern(answer, length, 2);
	size_t got = length;
	/* The pipe to the server holds 64 KB. */
	check(write(peer.input, answer, length) == (ssize_t)length, "no pipe");
	check(clientExchange(&client, sent, length, received, &got, timeoutMs), "nothing happened in time");
	check(got == length && memcmp(received, answer, length) == 0, "%zu bytes came, or others", got);
	sent[length] = 0;
	check(peerSays(&peer, sent, heard, sizeof heard, timeoutMs), "our bytes did not arrive");
	clientClose(&client);
	peerStop(&peer);
	done(promise);
}

static void testOutput(void)
{
	static char text[CULM_TLS_OUTPUT_SIZE * 4];
	size_t length;
	Peer peer = peerStart(directory, "leaf.pem", "leaf.key", NULL);
	ClientOptions options = trusting("root");
	Client client = openSession(&peer, &options);
	CulmTls *session = client.session;
	fillPattern(text, sizeof text, 3);

	size_t writable = culm_tls_writable(session);
	check(writable > CULM_TLS_OUTPUT_SIZE / 2, "only %zu bytes can be written", writable);
	check(!culm_tls_write(session, text, writable + 1, false), "more than writable was taken");
	culm_tls_output(session, &length);
	check(length == 0 && culm_tls_writable(session) == writable, "a refused write left something behind");
	check(culm_tls_write(session, text, writable, false), "what is writable was not taken");
	check(culm_tls_writable(session) == 0, "a full output is writable");
	check(!culm_tls_write(session, text, 1, false), "a full output took another byte");
	check(culm_tls_write(session, text, 0, false), "writing nothing failed");
	culm_tls_output(session, &length);
	check(length <= CULM_TLS_OUTPUT_SIZE, "the output is too long");
	done("a write beyond what is writable is refused and leaves nothing behind");

	culm_tls_close(session);
	size_t closed;
	culm_tls_output(session, &closed);
	check(closed > length && closed <= CULM_TLS_OUTPUT_SIZE, "no goodbye behind the data");
	check(culm_tls_error(session) == CULM_TLS_OK && culm_tls_state(session) == CULM_TLS_ENDED, "not closed");
	culm_tls_close(session);
	size_t again;
	culm_tls_output(session, &again);
	check(again == closed, "closed twice, said goodbye twice");
	check(!culm_tls_write(session, text, 1, false) && culm_tls_read(session, text, 1) == 0, "closed, but at work");
	char heard[8192];
	clientClose(&client);
	check(peerSays(&peer, "DONE", heard, sizeof heard, timeoutMs), "the server did not hear the goodbye");
	peerStop(&peer);
	done("closing says goodbye once, even behind a full output");
}

static void testMore(void)
{
	Peer peer = peerStart(directory, "leaf.pem", "leaf.key", NULL);
	ClientOptions options = trusting("root");
	Client client = openSession(&peer, &options);
	CulmTls *session = client.session;
	size_t length, before = culm_tls_writable(session);

	check(culm_tls_write(session, "one ", 4, true) && culm_tls_write(session, "two ", 4, true), "not taken");
	culm_tls_output(session, &length);
	check(length == 0, "sent before it was complete");
	check(culm_tls_writable(session) == before - 8, "what is kept does not count");
	check(culm_tls_write(session, "three ", 6, false), "not taken");
	const uint8_t *output = culm_tls_output(session, &length);
	check(length == 5 + 8 + 14 + 16 && output[0] == 23 && output[4] == 8 + 14 + 16, "not one record");
	/* The rest of the first record is moved while the beginning of the next one is kept behind it. */
	check(culm_tls_write(session, "four ", 5, true), "not taken");
	uint8_t first[20];
	memcpy(first, output, sizeof first);
	check(write(client.socket, first, sizeof first) == (ssize_t)sizeof first, "no connection");
	culm_tls_sent(session, sizeof first);
	check(culm_tls_write(session, "five\n", 5, false), "not taken");
	char nothing[1], heard[8192];
	size_t none = 0;
	check(clientExchange(&client, "", 0, nothing, &none, timeoutMs), "not sent");
	check(peerSays(&peer, "one two three four five\n", heard, sizeof heard, timeoutMs), "the text came out of order");
	clientClose(&client);
	peerStop(&peer);
	done("pieces written with \"more\" become one record, in order");
}

static void testBackPressure(void)
{
	Peer peer = peerStart(directory, "leaf.pem", "leaf.key", NULL);
	ClientOptions options = trusting("root");
	Client client = openSession(&peer, &options);
	check(write(peer.input, "first\n", 6) == 6, "no pipe");
	char text[64];
	size_t length = 1;
	check(clientExchange(&client, "", 0, text, &length, timeoutMs) && text[0] == 'f', "no text");
	check(culm_tls_readable(client.session) == 5, "%zu bytes are readable", culm_tls_readable(client.session));
	check(culm_tls_wanted(client.session) == 0, "more is wanted before the text is read");
	check(culm_tls_receive(client.session, "anything", 8) == 0, "more was taken before the text was read");
	check(culm_tls_read(client.session, text, sizeof text) == 5 && memcmp(text, "irst\n", 5) == 0, "another text");
	check(culm_tls_wanted(client.session) == 5, "no record is wanted");

	/* The server dies while its last text is not read yet. */
	check(write(peer.input, "last\n", 5) == 5, "no pipe");
	length = 1;
	check(clientExchange(&client, "", 0, text, &length, timeoutMs), "no text");
	culm_tls_end_of_input(client.session);
	check(culm_tls_state(client.session) == CULM_TLS_OPEN, "ended before the text was read");
	check(culm_tls_read(client.session, text, sizeof text) == 4 && memcmp(text, "ast\n", 4) == 0, "the text is lost");
	checkEnded(&client, CULM_TLS_CLOSED_BY_PEER);
	clientClose(&client);
	peerStop(&peer);
	done("the peer is held back until its text is read, and its last text is not lost");
}

/* Ends */

static void testServerCloses(void)
{
	Peer peer = peerStart(directory, "leaf.pem", "leaf.key", NULL);
	ClientOptions options = trusting("root");
	Client client = openSession(&peer, &options);
	check(write(peer.input, "Q\n", 2) == 2, "no pipe");
	check(clientUntilEnd(&client, timeoutMs), "nothing happened in time");
	checkEnded(&client, CULM_TLS_CLOSED_BY_PEER);
	check(culm_tls_receive(client.session, "anything", 8) == 8, "what comes after the end is not dropped");
	clientClose(&client);
	peerStop(&peer);
	done("a server's goodbye ends the session");

	peer = peerStart(directory, "leaf.pem", "leaf.key", NULL);
	client = openSession(&peer, &options);
	peerStop(&peer);
	check(clientUntilEnd(&client, timeoutMs), "nothing happened in time");
	checkEnded(&client, CULM_TLS_CLOSED_BY_PEER);
	clientClose(&client);
	done("a server that vanishes ends the session");
}

static void testCut(void)
{
	Peer peer = peerStart(directory, "leaf.pem", "leaf.key", NULL);
	ClientOptions options = trusting("root");
	Client whole = openSession(&peer, &options);
	size_t handshakeBytes = whole.bytesReceived;
	clientClose(&whole);
	for (size_t cut = 1; cut < handshakeBytes; cut += cut < 12 || cut + 12 > handshakeBytes ? 1 : 97) {
		Client client;
		check(clientCreate(&client, &options) == CULM_TLS_OK, "no session");
		client.cutAfter = cut;
		clientConnect(&client, peer.port);
		check(clientHandshake(&client, timeoutMs), "nothing happened in time");
		check(culm_tls_error(client.session) == CULM_TLS_HANDSHAKE_CLOSED, "cut after %zu bytes: \"%s\"", cut,
			errorName(culm_tls_error(client.session)));
		clientClose(&client);
		peerDrain(&peer);
	}
	peerStop(&peer);
	done("a server that stops anywhere in the handshake has hung up");
}

typedef struct {
	size_t at;
	size_t seen;
	/* Where the current record began, and its header. */
	size_t record;
	uint8_t header[5];
	bool done;
} Flip;

/* Changes one bit, but not in the version of a record's header, which TLS does not protect. */
static void flip(void *context, uint8_t *bytes, size_t length)
{
	Flip *flipped = context;
	for (size_t i = 0; i < length; i++, flipped->seen++) {
		size_t offset = flipped->seen - flipped->record;
		if (offset > 4 && offset == 5u + (size_t)(flipped->header[3] << 8 | flipped->header[4])) {
			flipped->record = flipped->seen;
			offset = 0;
		}
		if (offset < 5)
			flipped->header[offset] = bytes[i];
		if (flipped->seen == flipped->at && offset != 1 && offset != 2) {
			bytes[i] ^= 0x01;
			flipped->done = true;
		}
	}
}

static void testTampering(void)
{
	Peer peer = peerStart(directory, "leaf.pem", "leaf.key", NULL);
	ClientOptions options = trusting("root");
	Client whole = openSession(&peer, &options);
	size_t handshakeBytes = whole.bytesReceived;
	clientClose(&whole);
	size_t changes = 0, seen = 0;
	for (size_t at = 0; at < handshakeBytes; at += at < 120 || at + 120 > handshakeBytes ? 1 : 11) {
		Client client;
		Flip flipped = { .at = at };
		check(clientCreate(&client, &options) == CULM_TLS_OK, "no session");
		client.onBytes = flip;
		client.context = &flipped;
		clientConnect(&client, peer.port);
		/* A length that grew leaves both sides waiting. */
		if (!clientHandshake(&client, 300))
			culm_tls_end_of_input(client.session);
		bool isOpen = culm_tls_state(client.session) == CULM_TLS_OPEN;
		check(isOpen != flipped.done, "byte %zu was changed, and the session opened", at);
		changes += flipped.done;
		seen += culm_tls_error(client.session) == CULM_TLS_PROTOCOL;
		clientClose(&client);
		peerDrain(&peer);
	}
	check(changes > 200 && seen * 2 > changes, "only %zu of %zu changes were seen as such", seen, changes);
	done("no handshake of which a byte was changed opens a session");

	Client client = openSession(&peer, &options);
	Flip flipped = { .at = 20 };
	client.onBytes = flip;
	client.context = &flipped;
	check(write(peer.input, "hello\n", 6) == 6, "no pipe");
	check(clientUntilEnd(&client, timeoutMs), "nothing happened in time");
	checkEnded(&client, CULM_TLS_PROTOCOL);
	clientClose(&client);
	peerStop(&peer);
	done("data of which a byte was changed ends the session");
}

static void testRenegotiation(void)
{
	Peer peer = peerStart(directory, "leaf.pem", "leaf.key", NULL);
	ClientOptions options = trusting("root");
	Client client = openSession(&peer, &options);
	size_t before = client.bytesReceived;
	check(write(peer.input, "r\n", 2) == 2, "no pipe");
	/* s_server takes our refusal as an error and hangs up; another server may go on. */
	check(clientUntilEnd(&client, timeoutMs), "nothing happened in time");
	check(culm_tls_state(client.session) == CULM_TLS_ENDED, "the session goes on");
	check(client.bytesReceived - before < 200, "a handshake of %zu bytes came", client.bytesReceived - before);
	clientClose(&client);
	peerStop(&peer);
	done("a request to renegotiate is refused");
}

/* Memory that runs out */

extern void *__libc_calloc(size_t count, size_t size);
static long allocationsLeft = -1;

void *calloc(size_t count, size_t size)
{
	if (allocationsLeft == 0)
		return NULL;
	if (allocationsLeft > 0)
		allocationsLeft--;
	return __libc_calloc(count, size);
}

/* Sessions that go on with the keys of another one. s_server serves one at a time. */

static void connectTo(Client *client, Peer *peer)
{
	clientConnect(client, peer->port);
	check(clientHandshake(client, timeoutMs), "nothing happened in time");
}

static void checkResumed(Client *client, Peer *peer)
{
	check(culm_tls_state(client->session) == CULM_TLS_OPEN, "the session is not open: \"%s\" (mbedTLS -0x%04X)",
		errorName(culm_tls_error(client->session)), -culm_tls_detail(client->session));
	check(culm_tls_resumed(client->session), "the keys were not taken");
	const CulmTlsCertificate *shown = culm_tls_certificate(client->session);
	uint8_t digest[CULM_TLS_SHA256_SIZE + 1];
	readFile(directory, "leaf", ".sha256", digest, sizeof digest);
	check(shown != NULL && strcmp(shown->commonName, TEST_SERIAL) == 0 &&
			memcmp(shown->sha256, digest, CULM_TLS_SHA256_SIZE) == 0,
		"the certificate is not known any more");
	char heard[8192], none[1];
	size_t length = 0;
	check(clientExchange(client, "good day\n", 9, none, &length, timeoutMs), "not sent");
	check(peerSays(peer, "good day\n", heard, sizeof heard, timeoutMs), "our text did not arrive");
}

static void testResume(void)
{
	Peer peer = peerStart(directory, "leaf.pem", "leaf.key", NULL);
	ClientOptions options = trusting("root");
	Client first = openSession(&peer, &options), others[3];
	check(!culm_tls_resumed(first.session), "the first one went on with keys of nobody");
	size_t whole = first.bytesReceived;
	options.resume = first.session;
	options.commonName = "01s00A000000001";
	for (int i = 0; i < 3; i++)
		check(clientCreate(&others[i], &options) == CULM_TLS_OK, "no session");
	clientClose(&first);
	for (int i = 0; i < 3; i++) {
		connectTo(&others[i], &peer);
		checkResumed(&others[i], &peer);
		check(others[i].bytesReceived < whole / 2, "%zu bytes came", others[i].bytesReceived);
		/* One that has gone on can be gone on from. */
		if (i == 1) {
			clientClose(&others[2]);
			options.resume = others[1].session;
			check(clientCreate(&others[2], &options) == CULM_TLS_OK, "no session");
		}
		clientClose(&others[i]);
	}
	peerStop(&peer);
	done("sessions go on with the keys of an open one, as often as one likes, without a certificate");
}

static void testResumeDeclined(void)
{
	Peer peer = peerStart(directory, "leaf.pem", "leaf.key", NULL);
	ClientOptions options = trusting("root");
	Client first = openSession(&peer, &options), second, third;
	options.resume = first.session;
	check(clientCreate(&second, &options) == CULM_TLS_OK, "no session");
	check(clientCreate(&third, &options) == CULM_TLS_OK, "no session");
	clientClose(&first);
	peerStop(&peer);

	peer = peerStart(directory, "leaf.pem", "leaf.key", NULL);
	connectTo(&second, &peer);
	check(culm_tls_state(second.session) == CULM_TLS_OPEN, "the session is not open");
	check(!culm_tls_resumed(second.session), "a server went on with keys that it never had");
	check(culm_tls_certificate(second.session) != NULL, "no certificate was shown");
	clientClose(&second);
	peerStop(&peer);
	done("a peer that does not have the keys any more is asked for its certificate");

	peer = peerStart(directory, "leaf-of-impostor.pem", "leaf.key", NULL);
	connectTo(&third, &peer);
	checkEnded(&third, CULM_TLS_UNTRUSTED);
	check(!culm_tls_resumed(third.session), "it counts as one that went on");
	clientClose(&third);
	peerStop(&peer);
	done("whoever does not have the keys is refused as ever");
}

static void testResumeOptions(void)
{
	Peer peer = peerStart(directory, "leaf.pem", "leaf.key", NULL);
	ClientOptions options = trusting("root");
	Client first = openSession(&peer, &options), other;
	options.resume = first.session;
	options.commonName = OTHER_NAME;
	check(clientCreate(&other, &options) == CULM_TLS_INVALID, "keys of another name are offered");
	options.commonName = NULL;
	check(clientCreate(&other, &options) == CULM_TLS_INVALID, "keys of one name are offered to anybody");
	options.commonName = TEST_SERIAL;
	options.pinned = "leaf";
	check(clientCreate(&other, &options) == CULM_TLS_INVALID, "keys of another pin are offered");
	options.pinned = NULL;

	/* Before it has keys, in `resume` and in the new one. */
	bool isMade = false;
	for (long count = 0; !isMade && count < 5000; count++) {
		allocationsLeft = count;
		CulmTlsError error = clientCreate(&other, &options);
		allocationsLeft = -1;
		isMade = error == CULM_TLS_OK;
		check(isMade || error == CULM_TLS_NO_MEMORY || error == CULM_TLS_UNSUPPORTED || error == CULM_TLS_INVALID,
			"after %ld allocations: \"%s\"", count, errorName(error));
		if (isMade)
			clientClose(&other);
	}
	check(isMade, "it never had enough memory");

	culm_tls_close(first.session);
	check(clientCreate(&other, &options) == CULM_TLS_OK, "a session that has ended is in the way");
	clientClose(&first);
	connectTo(&other, &peer);
	check(culm_tls_state(other.session) == CULM_TLS_OPEN && !culm_tls_resumed(other.session),
		"a session that has ended was gone on with");
	clientClose(&other);
	peerStop(&peer);
	done("only keys of an open session are offered, and only to the peer that they were agreed on with");
}

/* Servers that ask who we are */

typedef struct {
	const char *promise;
	const char *certificates[4];
	const char *privateKey;
	size_t chunk;
	CulmTlsError error;
} Asked;

static const Asked asked[] = {
	{ "a server that asks who we are gets our certificate, and the proof that it is ours",
		{ "client" }, "client-key-pkcs8", 0, CULM_TLS_OK },
	{ "the same byte by byte", { "client" }, "client-key-pkcs8", 1, CULM_TLS_OK },
	{ "the key may be PKCS #1", { "client" }, "client-key-pkcs1", 0, CULM_TLS_OK },
	{ "the key may be of P-256", { "client-ecc" }, "ecc-leaf-pkcs8", 0, CULM_TLS_OK },
	{ "the key may be SEC 1", { "client-ecc" }, "ecc-leaf-sec1", 0, CULM_TLS_OK },
	{ "what has issued our certificate is sent along", { "client-of-device", "device" }, "client-key-pkcs8", 0,
		CULM_TLS_OK },
	{ "a key of 4096 bits and certificates of 3 KB find room", { "client-big", "root-big", "root" }, "big-leaf-pkcs8", 0,
		CULM_TLS_OK },
	{ "a server that asks does not let nobody in", { NULL }, NULL, 0, CULM_TLS_UNAUTHORIZED },
	{ "a server may refuse our certificate", { "client-stranger" }, "client-key-pkcs8", 0, CULM_TLS_UNAUTHORIZED },
	{ "a server misses what has issued our certificate", { "client-of-device" }, "client-key-pkcs8", 0,
		CULM_TLS_UNAUTHORIZED },
};

static void testAsked(const Asked *test)
{
	static const char *const server[] = { "-tls1_2", "-cipher", "ECDHE-RSA-AES256-GCM-SHA384", "-CAfile", "root.pem",
		"-Verify", "3", "-verify_return_error", "-no_ticket", NULL };
	Peer peer = peerStart(directory, "leaf.pem", "leaf.key", server);
	ClientOptions options = trusting("root");
	memcpy(options.certificates, test->certificates, sizeof test->certificates);
	options.privateKey = test->privateKey;
	options.chunk = test->chunk;
	Client client;
	check(clientCreate(&client, &options) == CULM_TLS_OK, "no session");
	if (client.session != NULL) {
		clientConnect(&client, peer.port);
		check(clientHandshake(&client, timeoutMs), "nothing happened in time");
		if (test->error == CULM_TLS_OK) {
			check(culm_tls_state(client.session) == CULM_TLS_OPEN, "the session is not open: \"%s\" (mbedTLS -0x%04X)",
				errorName(culm_tls_error(client.session)), -culm_tls_detail(client.session));
			char heard[8192], none[1];
			size_t length = 0;
			check(clientExchange(&client, "good day\n", 9, none, &length, timeoutMs), "not sent");
			check(peerSays(&peer, "good day\n", heard, sizeof heard, timeoutMs), "our text did not arrive");
		} else {
			checkEnded(&client, test->error);
			check(culm_tls_certificate(client.session) != NULL, "the server's certificate is not known");
		}
	}
	clientClose(&client);
	peerStop(&peer);
	done(test->promise);
}

static void testNotAsked(void)
{
	Peer peer = peerStart(directory, "leaf.pem", "leaf.key", NULL);
	ClientOptions options = trusting("root");
	options.certificates[0] = "client";
	options.privateKey = "client-key-pkcs8";
	Client client = openSession(&peer, &options);
	clientClose(&client);
	peerStop(&peer);
	done("a server that does not ask is not told who we are");

	static const char *const asking[] = { "-tls1_2", "-CAfile", "root.pem", "-Verify", "3", "-verify_return_error", NULL };
	peer = peerStart(directory, "leaf-of-impostor.pem", "leaf.key", asking);
	check(clientCreate(&client, &options) == CULM_TLS_OK, "no session");
	clientConnect(&client, peer.port);
	check(clientHandshake(&client, timeoutMs), "nothing happened in time");
	checkEnded(&client, CULM_TLS_UNTRUSTED);
	clientClose(&client);
	peerStop(&peer);
	done("whoever is not trusted is not told who we are");
}

static void testIdentityOptions(void)
{
	static const struct {
		const char *certificates[CULM_TLS_CERTIFICATES + 2];
		const char *privateKey;
	} wrong[] = {
		{ { "client" }, NULL },
		{ { "client" }, "client-key-cut" },
		{ { "client" }, "root" },
		{ { "client" }, "leaf-pkcs8" },
		{ { "client" }, "ecc-leaf-pkcs8" },
		{ { "client-ecc" }, "client-key-pkcs8" },
		{ { "client-key-cut" }, "client-key-pkcs8" },
		{ { "client", "client-key-cut" }, "client-key-pkcs8" },
		{ { "client", "root", "root", "root", "root", "root", "root", "root", "root" }, "client-key-pkcs8" },
	};
	ClientOptions options = trusting("root");
	Client client;
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		memcpy(options.certificates, wrong[i].certificates, sizeof options.certificates);
		options.privateKey = wrong[i].privateKey;
		CulmTlsError error = clientCreate(&client, &options);
		check(error == CULM_TLS_INVALID, "%zu: \"%s\"", i, errorName(error));
		clientClose(&client);
	}
	uint8_t huge[1];
	CulmTlsBytes certificate = { huge, MBEDTLS_SSL_OUT_CONTENT_LEN + 1 };
	CulmTlsOptions tls = { .now = clientNow, .random = testRandom, .context = &client, .certificates = &certificate,
		.certificateCount = 1 };
	CulmTls *session;
	check(culm_tls_create(&session, &tls) == CULM_TLS_INVALID, "a certificate that no message can hold is taken");

	memset(options.certificates, 0, sizeof options.certificates);
	options.certificates[0] = "client";
	options.certificates[1] = "root";
	options.privateKey = "client-key-pkcs8";
	bool isMade = false;
	for (long count = 0; !isMade && count < 5000; count++) {
		allocationsLeft = count;
		CulmTlsError error = clientCreate(&client, &options);
		allocationsLeft = -1;
		isMade = error == CULM_TLS_OK;
		check(isMade || error == CULM_TLS_NO_MEMORY || error == CULM_TLS_UNSUPPORTED || error == CULM_TLS_INVALID,
			"after %ld allocations: \"%s\"", count, errorName(error));
		if (isMade)
			clientClose(&client);
	}
	check(isMade, "it never had enough memory");
	done("a certificate or key of ours that cannot be used is refused");
}

/* Bytes no honest server sends */

static void testBytes(const char *promise, const void *bytes, size_t length, CulmTlsError error)
{
	ClientOptions options = trusting("root");
	Client client;
	check(clientCreate(&client, &options) == CULM_TLS_OK, "no session");
	culm_tls_receive(client.session, bytes, length);
	if (error == CULM_TLS_HANDSHAKE_CLOSED)
		culm_tls_end_of_input(client.session);
	checkEnded(&client, error);
	clientClose(&client);
	done(promise);
}

/* How a session takes a ServerHello, to be right in everything but what is given. */
static CulmTlsState stateAfterHello(uint8_t minor, unsigned suite, uint8_t compression)
{
	uint8_t bytes[54] = { 22, 3, minor, 0, 49, 2, 0, 0, 45, 3, minor };
	memset(bytes + 11, 0x5A, 32);
	bytes[44] = (uint8_t)(suite >> 8);
	bytes[45] = (uint8_t)suite;
	bytes[46] = compression;
	/* An empty renegotiation_info. */
	memcpy(bytes + 47, "\x00\x05\xFF\x01\x00\x01\x00", 7);
	ClientOptions options = trusting("root");
	Client client;
	check(clientCreate(&client, &options) == CULM_TLS_OK, "no session");
	culm_tls_receive(client.session, bytes, sizeof bytes);
	CulmTlsState state = culm_tls_state(client.session);
	check(state != CULM_TLS_ENDED || culm_tls_error(client.session) == CULM_TLS_PROTOCOL, "\"%s\"",
		errorName(culm_tls_error(client.session)));
	clientClose(&client);
	return state;
}

static void testServerHello(void)
{
	check(stateAfterHello(3, 0xC030, 0) == CULM_TLS_HANDSHAKE, "a right one is refused");
	check(stateAfterHello(2, 0xC030, 0) == CULM_TLS_ENDED, "TLS 1.1 is taken");
	check(stateAfterHello(1, 0xC030, 0) == CULM_TLS_ENDED, "TLS 1.0 is taken");
	check(stateAfterHello(0, 0xC030, 0) == CULM_TLS_ENDED, "SSL 3 is taken");
	check(stateAfterHello(3, 0xC028, 0) == CULM_TLS_ENDED, "a CBC suite is taken");
	check(stateAfterHello(3, 0x009D, 0) == CULM_TLS_ENDED, "a suite without forward secrecy is taken");
	check(stateAfterHello(3, 0xC019, 0) == CULM_TLS_ENDED, "a suite without a certificate is taken");
	check(stateAfterHello(3, 0x0000, 0) == CULM_TLS_ENDED, "no suite is taken");
	check(stateAfterHello(3, 0xC030, 1) == CULM_TLS_ENDED, "compression is taken");
	done("a server that picks what was not offered is refused");
}

static void testBadBytes(void)
{
	static uint8_t long_record[5 + 20000] = { 22, 3, 3, 0x4E, 0x20 };
	static const uint8_t alert[] = { 21, 3, 3, 0, 2, 2, 40 };
	static const uint8_t goodbye[] = { 21, 3, 3, 0, 2, 1, 0 };
	static const uint8_t data[] = { 23, 3, 3, 0, 3, 'a', 'b', 'c' };
	static const uint8_t finished[] = { 20, 3, 3, 0, 1, 1, 22, 3, 3, 0, 4, 20, 0, 0, 0 };
	static uint8_t huge[3 * (5 + 16384)];
	for (size_t i = 0; i < sizeof huge; i += 5 + 16384)
		memcpy(huge + i, "\x16\x03\x03\x40\x00", 5);
	memcpy(huge + 5, "\x02\xFF\xFF\xFF", 4);
	uint8_t noise[512];
	testBytes("an HTTP server is not a TLS server", "HTTP/1.1 400 Bad Request\r\n\r\n", 28, CULM_TLS_PROTOCOL);
	testBytes("a record longer than TLS allows is refused", long_record, sizeof long_record, CULM_TLS_PROTOCOL);
	testBytes("a message longer than our memory is refused", huge, sizeof huge, CULM_TLS_PROTOCOL);
	testBytes("data before the handshake is refused", data, sizeof data, CULM_TLS_PROTOCOL);
	testBytes("an end of the handshake without a beginning is refused", finished, sizeof finished, CULM_TLS_PROTOCOL);
	testBytes("an alert instead of a greeting is a protocol error", alert, sizeof alert, CULM_TLS_PROTOCOL);
	testBytes("a goodbye instead of a greeting is a hang-up", goodbye, sizeof goodbye, CULM_TLS_HANDSHAKE_CLOSED);
	testBytes("silence and then the end is a hang-up", "", 0, CULM_TLS_HANDSHAKE_CLOSED);
	ClientOptions options = trusting("root");
	for (unsigned seed = 0; seed < 500; seed++) {
		for (size_t i = 0; i < sizeof noise; i++)
			noise[i] = (uint8_t)((seed = seed * 1103515245 + 12345) >> 16);
		/* Half of them begin like a record, or they would all end at the first byte. */
		if (seed & 1)
			memcpy(noise, "\x16\x03\x03\x01\x00\x02\x00\x00\xFC\x03\x03", 11);
		Client client;
		check(clientCreate(&client, &options) == CULM_TLS_OK, "no session");
		culm_tls_receive(client.session, noise, sizeof noise);
		culm_tls_end_of_input(client.session);
		check(culm_tls_state(client.session) == CULM_TLS_ENDED, "noise opened a session");
		clientClose(&client);
		seed &= 0xFFF;
	}
	done("noise opens nothing");
}

/* Options */

static int64_t buildTime(void *context)
{
	(void)context;
	return culm_tls_build_time();
}

static CulmTlsError createWith(const char *commonName, const CulmTlsBytes *authorities, size_t count)
{
	Client client = { .now = time(NULL) };
	ClientOptions options = trusting("root");
	if (authorities == NULL) {
		options.commonName = commonName;
		CulmTlsError error = clientCreate(&client, &options);
		clientClose(&client);
		return error;
	}
	CulmTlsOptions tls = {
		.authorities = authorities,
		.authorityCount = count,
		.commonName = commonName,
		.now = buildTime,
		.random = testRandom,
	};
	CulmTls *session = (CulmTls *)1;
	CulmTlsError error = culm_tls_create(&session, &tls);
	check((error == CULM_TLS_OK) == (session != NULL), "the session and the error contradict each other");
	culm_tls_free(session);
	return error;
}

static void testOptions(void)
{
	char name[CULM_TLS_NAME_LENGTH + 2];
	memset(name, 'x', sizeof name);
	name[CULM_TLS_NAME_LENGTH + 1] = 0;
	check(createWith("", NULL, 0) == CULM_TLS_INVALID, "an empty name is taken");
	check(createWith(NULL, NULL, 0) == CULM_TLS_OK, "no name is refused");
	check(createWith(name, NULL, 0) == CULM_TLS_INVALID, "a name of 65 characters is taken");
	check(createWith(name + 1, NULL, 0) == CULM_TLS_OK, "a name of 64 characters is refused");
	check(createWith("a\nb", NULL, 0) == CULM_TLS_INVALID, "a name with a control character is taken");
	check(createWith("192.0.2.1", NULL, 0) == CULM_TLS_OK, "an address is refused");
	check(createWith("my broker", NULL, 0) == CULM_TLS_OK, "a name with a space is refused");
	CulmTlsBytes many[CULM_TLS_AUTHORITIES + 1] = { { (const uint8_t *)"no certificate", 14 } };
	check(createWith(TEST_SERIAL, many, 1) == CULM_TLS_INVALID, "what is no certificate is taken");
	uint8_t root[4096];
	size_t length = readFile(directory, "root", ".der", root, sizeof root);
	for (size_t i = 0; i <= CULM_TLS_AUTHORITIES; i++)
		many[i] = (CulmTlsBytes){ root, length };
	check(createWith(TEST_SERIAL, many, CULM_TLS_AUTHORITIES) == CULM_TLS_OK, "32 authorities are refused");
	check(createWith(TEST_SERIAL, many, CULM_TLS_AUTHORITIES + 1) == CULM_TLS_INVALID, "33 authorities are taken");
	many[0].length = length - 1;
	check(createWith(TEST_SERIAL, many, 1) == CULM_TLS_INVALID, "a certificate cut short is taken");
	culm_tls_free(NULL);
	int64_t age = time(NULL) - culm_tls_build_time();
	check(age >= -14 * 3600 && age < 366 * 86400LL, "built %lld seconds ago", (long long)age);
	done("options that cannot be used are refused");
}

static bool hasServerName(const char *commonName)
{
	ClientOptions options = trusting("root");
	options.commonName = commonName;
	Client client;
	check(clientCreate(&client, &options) == CULM_TLS_OK, "no session");
	size_t length, size = strlen(commonName);
	const uint8_t *greeting = culm_tls_output(client.session, &length);
	bool found = false;
	for (size_t i = 0; i + size <= length; i++)
		found = found || memcmp(greeting + i, commonName, size) == 0;
	clientClose(&client);
	return found;
}

static void testGreeting(void)
{
	check(hasServerName(TEST_SERIAL), "the serial number is not sent");
	check(hasServerName("printer.local"), "a host name is not sent");
	check(!hasServerName("192.0.2.17"), "an address is sent");
	check(!hasServerName("2001:db8::1"), "an address is sent");
	done("the expected name is sent as server name, unless it is an address");

	ClientOptions options = trusting("root");
	Client client;
	check(clientCreate(&client, &options) == CULM_TLS_OK, "no session");
	size_t length;
	const uint8_t *greeting = culm_tls_output(client.session, &length);
	/* Record, message, version, random, session id, suites. */
	size_t at = 5 + 4 + 2 + 32;
	at += 1u + greeting[at];
	size_t suites = (size_t)(greeting[at] << 8 | greeting[at + 1]) / 2;
	check(greeting[9] == 3 && greeting[10] == 3, "not TLS 1.2");
	check(suites >= 4 && suites <= 5, "%zu cipher suites are offered", suites);
	for (size_t i = 0; i < suites; i++) {
		unsigned suite = (unsigned)(greeting[at + 2 + 2 * i] << 8 | greeting[at + 3 + 2 * i]);
		/* The last one says that renegotiation, if there were any, would be the secure one. */
		check(suite == 0xC030 || suite == 0xC02C || suite == 0xC02F || suite == 0xC02B || suite == 0x00FF,
			"cipher suite %04X is offered", suite);
	}
	check(greeting[at + 2] == 0xC0 && greeting[at + 3] == 0x30, "ECDHE-RSA-AES256-GCM-SHA384 is not the first");
	bool groups = false;
	for (size_t i = at; i + 10 <= length; i++)
		groups = groups || memcmp(greeting + i, "\x00\x0A\x00\x06\x00\x04\x00\x17\x00\x1D", 10) == 0;
	check(groups, "the curves are not P-256 and then X25519");
	clientClose(&client);
	done("the greeting offers TLS 1.2, four cipher suites and two curves");
}

static void testNoMemory(void)
{
	Peer peer = peerStart(directory, "leaf.pem", "leaf.key", NULL);
	ClientOptions options = trusting("root");
	bool isOpen = false;
	size_t tries = 0, others = 0;
	for (long count = 0; !isOpen && count < 200000; count += count < 100 ? 1 : count / 40) {
		Client client;
		tries++;
		allocationsLeft = count;
		CulmTlsError error = clientCreate(&client, &options);
		if (error == CULM_TLS_OK) {
			clientConnect(&client, peer.port);
			check(clientHandshake(&client, timeoutMs), "nothing happened in time");
			isOpen = culm_tls_state(client.session) == CULM_TLS_OPEN;
			error = culm_tls_error(client.session);
		}
		allocationsLeft = -1;
		if (!isOpen && error != CULM_TLS_NO_MEMORY)
			others++;
		check(isOpen || error == CULM_TLS_NO_MEMORY || error == CULM_TLS_PROTOCOL || error == CULM_TLS_UNTRUSTED ||
				error == CULM_TLS_UNSUPPORTED || error == CULM_TLS_INVALID,
			"after %ld allocations: \"%s\"", count, errorName(error));
		clientClose(&client);
	}
	check(isOpen, "it never had enough memory");
	check(others * 5 <= tries, "%zu of %zu times the lack of memory was called something else", others, tries);
	peerStop(&peer);
	done("a lack of memory anywhere in the handshake ends it, and is mostly called so");
}

/* For valgrind: what is lost or read too far shows there. 100 that end well, and 50 that do not. */
static void testManyHandshakes(void)
{
	Peer peer = peerStart(directory, "leaf.pem", "leaf.key", NULL);
	int opened = 0;
	for (int i = 0; i < 150; i++) {
		ClientOptions options = trusting(i % 9 == 0 ? "root-ecc" : "root");
		options.commonName = i % 9 == 3 ? OTHER_NAME : TEST_SERIAL;
		Client client;
		check(clientCreate(&client, &options) == CULM_TLS_OK, "no session");
		client.cutAfter = i % 9 == 6 ? (size_t)(1 + i * 8) : 0;
		clientConnect(&client, peer.port);
		check(clientHandshake(&client, timeoutMs), "nothing happened in time");
		if (culm_tls_state(client.session) == CULM_TLS_OPEN) {
			char none[1];
			size_t length = 0;
			check(clientExchange(&client, "some text\n", 10, none, &length, timeoutMs), "not sent");
			opened++;
		}
		clientClose(&client);
		peerDrain(&peer);
	}
	check(opened == 100, "%d sessions opened", opened);
	peerStop(&peer);
	done("150 handshakes, of which 100 end well, lose no memory");
}

/* For the fuzzer: what a server said, to be said again to a session with the same random numbers. */

static void record(void *context, uint8_t *bytes, size_t length)
{
	if (fwrite(bytes, 1, length, context) != length)
		exit(2);
}

static void recordSeed(const char *name, const char *chain, const char *const *server)
{
	/* What the application does: see fuzz-tls.c. */
	static const uint8_t choices[] = { 0, 1, 2 + 8, 3 + 8 + 32, 8 + 16, 4 + 16 + 32, 8 + 128, 1 + 32 + 64, 64 + 128 };
	static uint8_t said[16384];
	char path[512], pem[64];
	snprintf(pem, sizeof pem, "%s.pem", chain);
	FILE *file = fmemopen(said, sizeof said, "wb");
	if (file == NULL)
		exit(2);
	Peer peer = peerStart(directory, pem, "leaf.key", server);
	ClientOptions options = trusting("root");
	useRepeatableRandom(TEST_RANDOM_SEED);
	Client client;
	if (clientCreate(&client, &options) != CULM_TLS_OK)
		exit(2);
	client.onBytes = record;
	client.context = file;
	clientConnect(&client, peer.port);
	if (clientHandshake(&client, timeoutMs) && culm_tls_state(client.session) == CULM_TLS_OPEN) {
		char text[8];
		size_t length = 6;
		if (write(peer.input, "hello\n", 6) == 6)
			clientExchange(&client, "", 0, text, &length, timeoutMs);
		if (write(peer.input, "r\n", 2) == 2)
			clientUntilEnd(&client, timeoutMs);
	}
	clientClose(&client);
	peerStop(&peer);
	useRepeatableRandom(0);
	long length = ftell(file);
	fclose(file);
	for (size_t i = 0; i < sizeof choices; i++) {
		snprintf(path, sizeof path, "%s/seeds/%s-%zu", directory, name, i);
		FILE *seed = fopen(path, "wb");
		if (seed == NULL || fputc(choices[i], seed) == EOF || fwrite(said, 1, (size_t)length, seed) != (size_t)length)
			exit(2);
		fclose(seed);
	}
}

static void prepare(const char *script)
{
	if (!runCommand(directory, (const char *const[]){ "sh", script, ".", TEST_SERIAL, NULL }) ||
		!runCommand(directory, (const char *const[]){ "mkdir", "seeds", NULL })) {
		fprintf(stderr, "no certificates: see command.log and openssl.log in %s\n", directory);
		exit(2);
	}
	signNul(directory, "leaf-nul", "ca", "leaf-with-nul");
	recordSeed("open", "leaf", NULL);
	recordSeed("chain", "leaf-of-device", (const char *const[]){ "-tls1_2", "-cert_chain", "device.pem", NULL });
	recordSeed("x25519", "leaf", (const char *const[]){ "-tls1_2", "-groups", "X25519", NULL });
	recordSeed("name", "leaf-two-names", NULL);
	recordSeed("expired", "leaf-expired", NULL);
	recordSeed("old", "leaf", (const char *const[]){ "-tls1_1", "-cipher", "ALL:@SECLEVEL=0", NULL });
	recordSeed("new", "leaf", (const char *const[]){ "-tls1_3", NULL });
}

int main(int argc, char **argv)
{
	if (argc < 3) {
		fprintf(stderr, "usage: test-tls prepare DIRECTORY SCRIPT | test-tls all|handshakes DIRECTORY\n");
		return 2;
	}
	directory = argv[2];
	if (strcmp(argv[1], "prepare") == 0 && argc == 4) {
		prepare(argv[3]);
		return 0;
	}
	if (strcmp(argv[1], "handshakes") == 0) {
		timeoutMs = 120000;
		testManyHandshakes();
		testResume();
		testResumeDeclined();
		testResumeOptions();
		for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++)
			testAsked(&asked[i]);
		testNotAsked();
		testIdentityOptions();
#if MBEDTLS_VERSION_NUMBER >= 0x04000000
		/* The library's own, shared by all sessions. */
		mbedtls_psa_crypto_free();
#endif
		return 0;
	}
	testOptions();
	testGreeting();
	for (size_t i = 0; i < sizeof handshakes / sizeof *handshakes; i++)
		testHandshake(&handshakes[i]);
	testData("40 KB go both ways", 0, 40960);
	testData("data goes both ways byte by byte", 1, 2000);
	testOutput();
	testMore();
	testBackPressure();
	testServerCloses();
	testCut();
	testTampering();
	testRenegotiation();
	testResume();
	testResumeDeclined();
	testResumeOptions();
	for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++)
		testAsked(&asked[i]);
	testNotAsked();
	testIdentityOptions();
	testServerHello();
	testBadBytes();
	testNoMemory();
	return 0;
}
