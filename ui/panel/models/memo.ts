// A view that is made anew only when something that it depends on has changed: lists in it stay the same objects.

/** `keysOf` names all that `make` goes by; they are compared by `===`. */
export function memo<Input, View>(
	make: (input: Input) => View,
	keysOf: (input: Input) => readonly unknown[],
): (input: Input) => View {
	let keys: readonly unknown[] | undefined;
	let made: View;
	return (input) => {
		const now = keysOf(input);
		if (keys === undefined || now.length !== keys.length || now.some((key, index) => key !== keys?.[index])) {
			made = make(input);
			keys = now;
		}
		return made;
	};
}
