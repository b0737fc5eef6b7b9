// Small ways to build and change what is on the page. Nothing is drawn again that has not changed.

/** @param {string} id @returns {HTMLElement} */
export function element(id) {
	const found = document.getElementById(id);
	if (!found) throw new Error(`the page has no #${id}`);
	return found;
}

/** @param {string} id */
export function input(id) {
	return /** @type {HTMLInputElement} */ (element(id));
}

/** @param {string} id */
export function button(id) {
	return /** @type {HTMLButtonElement} */ (element(id));
}

/** @param {string} id */
export function form(id) {
	return /** @type {HTMLFormElement} */ (element(id));
}

/** @param {HTMLElement} target @param {string} text */
export function write(target, text) {
	if (target.textContent !== text) target.textContent = text;
}

/** @param {string} tag @param {string} [className] @param {string} [text] */
export function node(tag, className = "", text = "") {
	const created = document.createElement(tag);
	if (className) created.className = className;
	if (text) created.textContent = text;
	return created;
}

/** @param {string} name @param {Record<string, string | number>} attributes */
export function svg(name, attributes) {
	const created = document.createElementNS("http://www.w3.org/2000/svg", name);
	for (const [key, value] of Object.entries(attributes)) created.setAttribute(key, String(value));
	return created;
}

/** Whether the person is working on it right now: then no value from the device may jump in. @param {Element} target */
export function isBusy(target) {
	return target === document.activeElement || target.contains(document.activeElement);
}

/** A disc of that colour. An SVG attribute, since the page's policy allows no styles in its markup. @param {string} rgba */
export function colorDot(rgba) {
	const disc = svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" });
	disc.append(svg("circle", { cx: 8, cy: 8, r: 7, fill: `#${rgba}` }));
	return disc;
}
