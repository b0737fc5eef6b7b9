// The simulator's process.

/**
 * To be called before the first connection. The SDK's sockets write to connections that the other side has reset,
 * which ends a process that does not say that it can live with that; XS takes back what its own process said
 * whenever a debugger connects.
 */
export function surviveBrokenPipes(this: unknown): void {
	native("xs_culm_survive_broken_pipes").call(this);
}
