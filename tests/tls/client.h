/* Drives a CulmTls over a TCP connection, the way the firmware does, with means to disturb it. */

#ifndef CLIENT_H
#define CLIENT_H

#include "culm-tls.h"

#define TEST_SERIAL "01S00A000000001"
#define TEST_RANDOM_SEED 0x0123456789ABCDEF

typedef struct {
	const char *directory;
	/* Names of DER files without ".der"; NULL at the end. */
	const char *authorities[CULM_TLS_AUTHORITIES + 1];
	bool authoritiesStay;
	const char *commonName;
	/* Name of a DER file without ".der" whose SHA-256 is pinned. */
	const char *pinned;
	/* Seconds since 1970; 0: the clock is not set. */
	int64_t now;
	/* At most so many bytes at once go in and out; 0: as many as there are. */
	size_t chunk;
	/* Whose keys are offered. */
	CulmTls *resume;
	/* Who the client is: names of DER files without ".der", NULL at the end, and of the key's. */
	const char *certificates[CULM_TLS_CERTIFICATES + 2];
	const char *privateKey;
} ClientOptions;

typedef struct {
	CulmTls *session;
	int socket;
	int64_t now;
	size_t chunk;
	size_t bytesReceived;
	/* The connection breaks after so many bytes were received; 0: never. */
	size_t cutAfter;
	/* Sees, and may change, all bytes of the network before the session does. */
	void (*onBytes)(void *context, uint8_t *bytes, size_t length);
	void *context;
} Client;

/* Until the client is open, has ended or `timeoutMs` are over. False only for the last. */
bool clientHandshake(Client *client, int timeoutMs);
/* Sends all of `sent` and receives until `received` is full or the session has ended. False after `timeoutMs`. */
bool clientExchange(
	Client *client, const void *sent, size_t sentLength, void *received, size_t *receivedLength, int timeoutMs);
/* Reads what comes until the session ends; false after `timeoutMs`. */
bool clientUntilEnd(Client *client, int timeoutMs);
/* Only makes the session, without a connection. */
CulmTlsError clientCreate(Client *client, const ClientOptions *options);
void clientConnect(Client *client, int port);
/* Says goodbye when the session is open. */
void clientClose(Client *client);

/* The file's length; ends the program when it cannot be read. */
size_t readFile(const char *directory, const char *name, const char *suffix, void *bytes, size_t size);
/* From now on the same random numbers in every run, and one moment in time; 0: real ones. */
void useRepeatableRandom(uint64_t seed);
/* Options of a session that is made by hand; the context is the Client. */
int64_t clientNow(void *context);
int testRandom(void *context, unsigned char *bytes, size_t length);

#endif
