// The touch panel of boards that have no screen: none.

export function startPanel(_firmware: object): { close(): void } {
	return { close(): void {} };
}
