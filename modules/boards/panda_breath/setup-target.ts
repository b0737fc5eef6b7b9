// Runs before main. The outputs are off already: panda-breath-lines.c sees to that before XS starts.

export default function (done?: () => void): void {
	done?.();
}
