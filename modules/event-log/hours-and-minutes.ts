// A length of time, as people write it.

/** "11 h 20 min", "45 min". */
export function hoursAndMinutes(minutes: number): string {
	const hours = Math.floor(minutes / 60);
	return hours > 0 ? `${hours} h ${minutes % 60} min` : `${minutes} min`;
}
