// What an application calls as time goes on: contents that were started and transitions that run.

export interface IdleLink {
	/** The one called after this; the application keeps it. */
	nextIdle: IdleLink | undefined;
	/** When it was called last. */
	idleTicks: number;
	/** ms that have to pass before it is called. */
	interval: number;
	idle(elapsedMs: number): void;
}
