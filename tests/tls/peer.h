/* The other side in tests: openssl s_server, and bytes that no honest server would send. */

#ifndef PEER_H
#define PEER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

typedef struct {
	pid_t process;
	int port;
	/* What is written here goes to the client; what the client says can be read among other lines. */
	int input;
	int output;
} Peer;

/*
 * Starts openssl s_server on a free port of the loopback interface, with TLS 1.2 and the one cipher suite many
 * printers have unless `options` say otherwise (NULL at the end). Paths are relative to `directory`.
 */
Peer peerStart(const char *directory, const char *certificate, const char *key, const char *const *options);
/* Reads from `output` until `text` has occurred, into `buffer`; false after `timeoutMs`. */
bool peerSays(Peer *peer, const char *text, char *buffer, size_t size, int timeoutMs);
/* Throws away what it has said: it would stop when nobody takes it. */
void peerDrain(Peer *peer);
void peerStop(Peer *peer);

/* Runs a program to its end with its output in "command.log" of `directory`; false if it failed. */
bool runCommand(const char *directory, const char *const *arguments);
long long monotonicMs(void);

#endif
