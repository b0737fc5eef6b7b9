// Which printers have a connection that stays, where there are fewer of these than printers.

export interface LiveChoice {
	/** Slots in use, in the order in which they are shown. */
	slots: readonly number[];
	/** How many connections may stay. */
	liveLinks: number;
	/** Slots that come before all others, the first one first: what a heater follows, what somebody looks at. */
	first: readonly (number | undefined)[];
	/** Whether a person has chosen that slot. */
	isChosen(slot: number): boolean;
}

/** Those that come first, then the chosen ones, then the others, each in their order. */
export function chooseLive({ slots, liveLinks, first, isChosen }: LiveChoice): number[] {
	const live: number[] = [];
	const add = (slot: number): void => {
		if (live.length < liveLinks && !live.includes(slot)) live.push(slot);
	};
	for (const slot of first) if (slot !== undefined && slots.includes(slot)) add(slot);
	for (const slot of slots) if (isChosen(slot)) add(slot);
	for (const slot of slots) add(slot);
	return live;
}
