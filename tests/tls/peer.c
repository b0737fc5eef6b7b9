/* The other side in tests: see peer.h. */

#include "peer.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define START_TIMEOUT_MS 10000

static void die(const char *what)
{
	perror(what);
	exit(2);
}

long long monotonicMs(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static pid_t start(const char *directory, const char *const *arguments, int input, int output)
{
	pid_t process = fork();
	if (process < 0)
		die("fork");
	if (process > 0)
		return process;
	if (chdir(directory) != 0 || dup2(input, 0) < 0 || dup2(output, 1) < 0 || dup2(output, 2) < 0)
		_exit(126);
	for (int fd = 3; fd < 256; fd++)
		close(fd);
	execvp(arguments[0], (char *const *)arguments);
	_exit(127);
}

bool runCommand(const char *directory, const char *const *arguments)
{
	char path[512];
	snprintf(path, sizeof path, "%s/command.log", directory);
	int log = open(path, O_CREAT | O_WRONLY | O_APPEND, 0600);
	int nothing = open("/dev/null", O_RDONLY);
	if (log < 0 || nothing < 0)
		die("open");
	pid_t process = start(directory, arguments, nothing, log);
	close(log);
	close(nothing);
	int status;
	return waitpid(process, &status, 0) == process && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool peerSays(Peer *peer, const char *text, char *buffer, size_t size, int timeoutMs)
{
	size_t length = 0;
	long long deadline = monotonicMs() + timeoutMs;
	buffer[0] = 0;
	while (length + 1 < size) {
		long long left = deadline - monotonicMs();
		struct pollfd wait = { .fd = peer->output, .events = POLLIN };
		if (left <= 0 || poll(&wait, 1, (int)left) <= 0)
			return false;
		ssize_t got = read(peer->output, buffer + length, size - 1 - length);
		if (got <= 0)
			return false;
		length += (size_t)got;
		buffer[length] = 0;
		/* s_server prints no NUL, so that C's strings will do. */
		if (strstr(buffer, text) != NULL)
			return true;
	}
	return false;
}

Peer peerStart(const char *directory, const char *certificate, const char *key, const char *const *options)
{
	static const char *const common[] = { "-tls1_2", "-cipher", "ECDHE-RSA-AES256-GCM-SHA384", NULL };
	const char *arguments[40] = { "openssl", "s_server", "-accept", "127.0.0.1:0", "-cert", certificate, "-key", key };
	size_t count = 8;
	if (options == NULL)
		options = common;
	while (*options != NULL && count < 39)
		arguments[count++] = *options++;

	int toPeer[2], fromPeer[2];
	if (pipe(toPeer) != 0 || pipe(fromPeer) != 0)
		die("pipe");
	Peer peer = { .input = toPeer[1], .output = fromPeer[0] };
	peer.process = start(directory, arguments, toPeer[0], fromPeer[1]);
	close(toPeer[0]);
	close(fromPeer[1]);

	char text[4096];
	char *accept = NULL;
	if (peerSays(&peer, "ACCEPT 127.0.0.1:", text, sizeof text, START_TIMEOUT_MS))
		accept = strstr(text, "ACCEPT 127.0.0.1:");
	if (accept == NULL) {
		fprintf(stderr, "openssl s_server does not start: %s\n", text);
		exit(2);
	}
	/* The number follows in the same write of s_server. */
	peer.port = atoi(accept + strlen("ACCEPT 127.0.0.1:"));
	return peer;
}

void peerDrain(Peer *peer)
{
	char text[4096];
	struct pollfd wait = { .fd = peer->output, .events = POLLIN };
	while (poll(&wait, 1, 0) > 0 && (wait.revents & POLLIN) && read(peer->output, text, sizeof text) > 0)
		continue;
}

void peerStop(Peer *peer)
{
	close(peer->input);
	close(peer->output);
	kill(peer->process, SIGKILL);
	waitpid(peer->process, NULL, 0);
}
