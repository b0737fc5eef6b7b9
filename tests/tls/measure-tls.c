/*
 * One handshake, for callgrind; and what heap and stack it took. Heap is counted in calloc, malloc, realloc and free of
 * this process; stack by how far the paint in it was overwritten, with this program's own share.
 */

#include <malloc.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "client.h"
#include "peer.h"

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *memory, size_t size);
extern void __libc_free(void *memory);

static bool counts;
static long used, peak;

static void *count(void *memory)
{
	if (counts && memory != NULL) {
		used += (long)malloc_usable_size(memory);
		if (used > peak)
			peak = used;
	}
	return memory;
}

void *malloc(size_t size)
{
	return count(__libc_malloc(size));
}

void *calloc(size_t number, size_t size)
{
	return count(__libc_calloc(number, size));
}

void free(void *memory)
{
	if (counts && memory != NULL)
		used -= (long)malloc_usable_size(memory);
	__libc_free(memory);
}

void *realloc(void *memory, size_t size)
{
	if (counts && memory != NULL)
		used -= (long)malloc_usable_size(memory);
	return count(__libc_realloc(memory, size));
}

/* The thread's stack, which grows towards its first byte. */
static uint8_t stack[256 * 1024] __attribute__((aligned(4096)));
#define PAINT 0xA5
/* Of the function that paints. */
#define OWN_BYTES 1024

static uint8_t *painted;

static __attribute__((noinline)) void paintStack(void)
{
	painted = (uint8_t *)__builtin_frame_address(0) - OWN_BYTES;
	for (volatile uint8_t *at = stack; at < painted; at++)
		*at = PAINT;
}

static __attribute__((noinline)) size_t usedStack(void)
{
	uint8_t *at = stack;
	while (at < painted && *at == PAINT)
		at++;
	return (size_t)(painted - at) + OWN_BYTES;
}

static int arguments;
static char **argument;

static int measure(int argc, char **argv)
{
	static const char *const bambu[] = { "bbl-ca", "bbl-ca2-ecc", "bbl-ca2-ecc-cross-by-bbl-ca", "bbl-ca2-rsa",
		"bbl-ca2-rsa-cross-by-bbl-ca", "bbl-device-ca-n6-v2-x2d", "bbl-device-ca-n7-v2-p2s",
		"bbl-device-ca-o1c2-v2-h2c" };
	static const char *const own[] = { "root", "root-ecc", "device-big" };
	if (argc != 6)
		return 2;
	const char *directory = argv[1], *certificates = argv[2];
	char chain[64], key[64];
	snprintf(chain, sizeof chain, "%s.pem", argv[3]);
	snprintf(key, sizeof key, "%s.key", argv[4]);
	Peer peer = peerStart(directory, chain, key, (const char *const[]){ "-tls1_2", "-groups", argv[5], NULL });

	static uint8_t der[11][4096];
	CulmTlsBytes authorities[11];
	for (size_t i = 0; i < 11; i++) {
		authorities[i].bytes = der[i];
		authorities[i].length = i < 8 ? readFile(certificates, bambu[i], ".der", der[i], sizeof der[i])
									  : readFile(directory, own[i - 8], ".der", der[i], sizeof der[i]);
	}
	/* Made for its functions and its socket. */
	ClientOptions options = { .directory = directory, .authorities = { NULL }, .commonName = TEST_SERIAL };
	options.now = time(NULL);
	Client client;
	if (clientCreate(&client, &options) != CULM_TLS_OK)
		return 1;
	culm_tls_free(client.session);

	clientConnect(&client, peer.port);
	paintStack();
	counts = true;
	CulmTlsOptions tls = {
		.authorities = authorities,
		.authorityCount = 11,
		.authoritiesStay = true,
		.commonName = TEST_SERIAL,
		.now = clientNow,
		.random = testRandom,
		.context = &client,
	};
	if (culm_tls_create(&client.session, &tls) != CULM_TLS_OK)
		return 1;
	long created = used;
	if (!clientHandshake(&client, 120000) || culm_tls_state(client.session) != CULM_TLS_OPEN)
		return 1;
	counts = false;
	size_t stackBytes = usedStack();
	printf("    stack: %zu at most\n", stackBytes);
	printf("    heap: %ld with 11 authorities that stay where they are, %ld at the handshake's peak, %ld when open\n",
		created, peak, used);
	clientClose(&client);
	peerStop(&peer);
	return 0;
}

static void *measureOnThread(void *result)
{
	*(int *)result = measure(arguments, argument);
	return NULL;
}

int main(int argc, char **argv)
{
	pthread_attr_t attributes;
	pthread_t thread;
	int result = 1;
	arguments = argc;
	argument = argv;
	if (pthread_attr_init(&attributes) != 0 || pthread_attr_setstack(&attributes, stack, sizeof stack) != 0 ||
		pthread_create(&thread, &attributes, measureOnThread, &result) != 0 || pthread_join(thread, NULL) != 0)
		return 1;
	return result;
}
