// The simulator's process.

#include "xsmc.h"

#include <signal.h>

void xs_culm_survive_broken_pipes(xsMachine *the)
{
	signal(SIGPIPE, SIG_IGN);
}
