// Who shows what of a view: each reader is asked once a view, and what it shows is touched when its value is another.

/** A value that stays, or how to get it from the view. */
export type Read<View, Value> = Value | ((view: View) => Value);

export class Scope<View> {
	#view: View | undefined;
	private readers: ((view: View) => void)[] = [];

	/** The last one; undefined before the first. */
	get view(): View | undefined {
		return this.#view;
	}

	/** A value that stays is shown at once, one that is read with the next view. */
	follow<Value>(read: Read<View, Value>, show: (value: Value) => void): void {
		if (typeof read !== "function") {
			show(read);
			return;
		}
		const reader = read as (view: View) => Value;
		let shown: Value | undefined;
		let isShown = false;
		this.readers.push((view) => {
			const value = reader(view);
			if (isShown && value === shown) return;
			isShown = true;
			shown = value;
			show(value);
		});
	}

	/** All readers that were there when it began. */
	update(view: View): void {
		this.#view = view;
		const count = this.readers.length;
		for (let index = 0; index < count; index++) this.readers[index]?.(view);
	}
}
