/* Drives a CulmTls over a TCP connection: see client.h. */

#include "client.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "peer.h"

static uint64_t repeatable;

void useRepeatableRandom(uint64_t seed)
{
	repeatable = seed;
}

int testRandom(void *context, unsigned char *bytes, size_t length)
{
	(void)context;
	/* It gives 256 bytes at once. */
	for (; repeatable == 0 && length > 256; bytes += 256, length -= 256)
		if (getentropy(bytes, 256) != 0)
			return -1;
	if (repeatable == 0)
		return getentropy(bytes, length);
	for (size_t i = 0; i < length; i++) {
		repeatable ^= repeatable << 13;
		repeatable ^= repeatable >> 7;
		repeatable ^= repeatable << 17;
		bytes[i] = (unsigned char)(repeatable >> 24);
	}
	return 0;
}

/* mbedTLS 2.28 puts the time into its greeting. */
time_t time(time_t *result)
{
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	time_t seconds = repeatable == 0 ? now.tv_sec : 1700000000;
	if (result != NULL)
		*result = seconds;
	return seconds;
}

size_t readFile(const char *directory, const char *name, const char *suffix, void *bytes, size_t size)
{
	char path[512];
	snprintf(path, sizeof path, "%s/%s%s", directory, name, suffix);
	FILE *file = fopen(path, "rb");
	size_t length = file == NULL ? 0 : fread(bytes, 1, size, file);
	if (length == 0 || length == size) {
		fprintf(stderr, "cannot read %s\n", path);
		exit(2);
	}
	fclose(file);
	return length;
}

int64_t clientNow(void *context)
{
	return ((Client *)context)->now;
}

CulmTlsError clientCreate(Client *client, const ClientOptions *options)
{
	static uint8_t der[CULM_TLS_AUTHORITIES][4096];
	CulmTlsBytes authorities[CULM_TLS_AUTHORITIES];
	static uint8_t own[CULM_TLS_CERTIFICATES + 1][4096], key[4096];
	CulmTlsBytes certificates[CULM_TLS_CERTIFICATES + 1];
	uint8_t pinned[CULM_TLS_SHA256_SIZE + 1];
	size_t count = 0, ownCount = 0;
	for (; options->certificates[ownCount] != NULL; ownCount++) {
		certificates[ownCount].bytes = own[ownCount];
		certificates[ownCount].length =
			readFile(options->directory, options->certificates[ownCount], ".der", own[ownCount], sizeof own[ownCount]);
	}
	CulmTlsBytes privateKey = { key, 0 };
	if (options->privateKey != NULL)
		privateKey.length = readFile(options->directory, options->privateKey, ".der", key, sizeof key);
	for (; options->authorities[count] != NULL; count++) {
		authorities[count].bytes = der[count];
		authorities[count].length =
			readFile(options->directory, options->authorities[count], ".der", der[count], sizeof der[count]);
	}
	if (options->pinned != NULL)
		readFile(options->directory, options->pinned, ".sha256", pinned, sizeof pinned);
	CulmTlsOptions tls = {
		.authorities = authorities,
		.authorityCount = count,
		.authoritiesStay = options->authoritiesStay,
		.commonName = options->commonName,
		.pinnedSha256 = options->pinned != NULL ? pinned : NULL,
		.now = clientNow,
		.random = testRandom,
		.context = client,
		.resume = options->resume,
		.certificates = certificates,
		.certificateCount = ownCount,
		.privateKey = privateKey,
	};
	memset(client, 0, sizeof *client);
	client->socket = -1;
	client->now = options->now;
	client->chunk = options->chunk;
	CulmTlsError error = culm_tls_create(&client->session, &tls);
	/* They were copied. */
	if (!options->authoritiesStay)
		memset(der, 0xEE, sizeof der);
	memset(own, 0xEE, sizeof own);
	memset(key, 0xEE, sizeof key);
	memset(pinned, 0xEE, sizeof pinned);
	return error;
}

void clientConnect(Client *client, int port)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	int one = 1;
	client->socket = socket(AF_INET, SOCK_STREAM, 0);
	if (client->socket < 0 || connect(client->socket, (struct sockaddr *)&address, sizeof address) != 0) {
		perror("connect");
		exit(2);
	}
	setsockopt(client->socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	fcntl(client->socket, F_SETFL, O_NONBLOCK | fcntl(client->socket, F_GETFL, 0));
}

static size_t atMost(size_t a, size_t b)
{
	return b != 0 && b < a ? b : a;
}

/* True if anything could be sent. */
static bool sendOutput(Client *client)
{
	bool any = false;
	for (;;) {
		size_t length;
		const uint8_t *bytes = culm_tls_output(client->session, &length);
		if (length == 0)
			return any;
		ssize_t sent = send(client->socket, bytes, atMost(length, client->chunk), MSG_NOSIGNAL);
		if (sent <= 0)
			return any;
		culm_tls_sent(client->session, (size_t)sent);
		any = true;
	}
}

/* One turn: sends what is to be sent; else waits for something to happen and takes in what the session wants. */
static void turn(Client *client, bool wantsToWrite, int timeoutMs)
{
	if (sendOutput(client))
		return;
	size_t wanted = atMost(culm_tls_wanted(client->session), client->chunk);
	if (client->cutAfter > 0 && client->bytesReceived == client->cutAfter) {
		culm_tls_end_of_input(client->session);
		return;
	}
	size_t pending;
	culm_tls_output(client->session, &pending);
	struct pollfd wait = { .fd = client->socket };
	wait.events = (short)((wanted > 0 ? POLLIN : 0) | (pending > 0 || wantsToWrite ? POLLOUT : 0));
	if (wait.events == 0 || poll(&wait, 1, timeoutMs) <= 0)
		return;
	if (wanted == 0 || !(wait.revents & (POLLIN | POLLHUP | POLLERR)))
		return;
	static uint8_t bytes[16384 + 2048];
	if (client->cutAfter > 0)
		wanted = atMost(wanted, client->cutAfter - client->bytesReceived);
	ssize_t got = recv(client->socket, bytes, atMost(sizeof bytes, wanted), 0);
	if (got <= 0) {
		culm_tls_end_of_input(client->session);
		return;
	}
	client->bytesReceived += (size_t)got;
	if (client->onBytes != NULL)
		client->onBytes(client->context, bytes, (size_t)got);
	if (culm_tls_receive(client->session, bytes, (size_t)got) != (size_t)got) {
		fprintf(stderr, "the session did not take what it wanted\n");
		exit(2);
	}
	sendOutput(client);
}

bool clientHandshake(Client *client, int timeoutMs)
{
	long long deadline = monotonicMs() + timeoutMs;
	while (culm_tls_state(client->session) == CULM_TLS_HANDSHAKE) {
		long long left = deadline - monotonicMs();
		if (left <= 0)
			return false;
		turn(client, false, (int)left);
	}
	return true;
}

bool clientExchange(
	Client *client, const void *sent, size_t sentLength, void *received, size_t *receivedLength, int timeoutMs)
{
	const uint8_t *from = sent;
	size_t size = *receivedLength;
	size_t pending;
	*receivedLength = 0;
	long long deadline = monotonicMs() + timeoutMs;
	for (;;) {
		size_t count = atMost(sentLength, culm_tls_writable(client->session));
		count = culm_tls_writable(client->session) == 0 ? 0 : atMost(count, client->chunk);
		if (count > 0 && culm_tls_write(client->session, from, count, false)) {
			from += count;
			sentLength -= count;
		}
		for (size_t got = 1; got > 0 && *receivedLength < size;) {
			got = culm_tls_read(
				client->session, (uint8_t *)received + *receivedLength, atMost(size - *receivedLength, client->chunk));
			*receivedLength += got;
		}
		culm_tls_output(client->session, &pending);
		if (culm_tls_state(client->session) == CULM_TLS_ENDED)
			return true;
		if (sentLength == 0 && pending == 0 && *receivedLength == size)
			return true;
		long long left = deadline - monotonicMs();
		if (left <= 0)
			return false;
		turn(client, sentLength > 0, (int)left);
	}
}

bool clientUntilEnd(Client *client, int timeoutMs)
{
	uint8_t bytes[512];
	long long deadline = monotonicMs() + timeoutMs;
	while (culm_tls_state(client->session) != CULM_TLS_ENDED) {
		long long left = deadline - monotonicMs();
		if (left <= 0)
			return false;
		if (culm_tls_read(client->session, bytes, sizeof bytes) == 0)
			turn(client, false, (int)left);
	}
	return true;
}

void clientClose(Client *client)
{
	if (client->session != NULL) {
		culm_tls_close(client->session);
		if (client->socket >= 0)
			sendOutput(client);
		culm_tls_free(client->session);
	}
	if (client->socket >= 0)
		close(client->socket);
	client->session = NULL;
	client->socket = -1;
}
