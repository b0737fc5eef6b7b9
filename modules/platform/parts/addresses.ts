// Numbers that name a place in the network. Without regular expressions at module level: Moddable 8.2.3 destroys memory
// when it uses one that was made while the image was built.

/** Four numbers up to 255. */
export function isIPv4(text: string): boolean {
	const parts = text.split(".");
	return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
}

/** Of TCP and UDP. */
export function isPort(port: number): boolean {
	return Number.isInteger(port) && port > 0 && port <= 0xffff;
}
