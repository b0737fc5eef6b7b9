// A set of named switches, and who wants to know when one of them changes.

export type SwitchListener<Name> = (name: Name, on: boolean) => void;

export class NamedSwitches<Values extends { readonly [Name in keyof Values]: boolean }> {
	#values: Values;
	readonly #listeners = new Set<SwitchListener<keyof Values>>();

	constructor(initially: Values) {
		this.#values = initially;
	}

	get values(): Values {
		return this.#values;
	}

	/** Listeners are called before it returns, and only when the switch really changes. */
	set(name: keyof Values, on: boolean): void {
		if (this.#values[name] === on) return;
		this.#values = { ...this.#values, [name]: on };
		for (const listener of [...this.#listeners]) listener(name, on);
	}

	/** Calls back at each change; the returned function ends that. */
	onChange(listener: SwitchListener<keyof Values>): () => void {
		this.#listeners.add(listener);
		return () => {
			this.#listeners.delete(listener);
		};
	}
}
