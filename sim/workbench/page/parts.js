// What the workbench's cards are made of.

/** @param {string} id */
export function element(id) {
	const found = document.getElementById(id);
	if (!found) throw new Error(`the page has no #${id}`);
	return found;
}

/**
 * A checkbox with its explanation for each switch; the returned function shows how they stand.
 * @param {string} id
 * @param {Record<string, [title: string, explanation: string]>} words
 * @param {(name: string, on: boolean) => void} onChange
 * @returns {(values: Readonly<Record<string, boolean>>) => void}
 */
export function switches(id, words, onChange) {
	/** @type {Map<string, HTMLInputElement>} */
	const boxes = new Map();
	for (const [name, [title, explanation]] of Object.entries(words)) {
		const label = document.createElement("label");
		const box = document.createElement("input");
		box.type = "checkbox";
		box.addEventListener("change", () => onChange(name, box.checked));
		const text = document.createElement("span");
		const small = document.createElement("small");
		small.textContent = explanation;
		text.append(title, small);
		label.append(box, text);
		element(id).append(label);
		boxes.set(name, box);
	}
	return (values) => {
		for (const [name, box] of boxes) box.checked = values[name] ?? false;
	};
}

/**
 * A label and what it is now.
 * @param {string} label @param {string} value @param {string} [note]
 */
export function line(label, value, note) {
	const row = document.createElement("div");
	const name = document.createElement("dt");
	const words = document.createElement("dd");
	name.textContent = label;
	words.textContent = value;
	if (note) {
		const small = document.createElement("small");
		small.textContent = note;
		words.append(small);
	}
	row.append(name, words);
	return row;
}
