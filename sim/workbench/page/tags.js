// The workbench's part for the tag reader: sample tags, to hold to it.

import { element } from "./parts.js";

/** @import { SampleTag } from "../../tag-reader" */

/** @type {Record<SampleTag, [title: string, explanation: string]>} */
const words = {
	pla_red: ["PLA, red", "An OpenSpool tag of a generic PLA."],
	petg_hf: ["PETG HF, blue", "An OpenSpool tag of a Bambu PETG HF."],
	broken: ["Wrong color", "An OpenSpool tag whose color is no hex number."],
	web_address: ["Web address", "A tag that holds something else."],
	empty: ["Blank", "Nothing on it, or a maker's own tag."],
};

/**
 * @param {(wish: object) => void} send
 * @returns {(hasReader: boolean) => void} shows it, when there is one
 */
export function createTags(send) {
	const list = element("tags");
	for (const [tag, [title, explanation]] of Object.entries(words)) {
		const row = document.createElement("li");
		const hold = document.createElement("button");
		hold.type = "button";
		hold.textContent = title;
		hold.addEventListener("click", () => send({ tag }));
		const small = document.createElement("small");
		small.textContent = explanation;
		row.append(hold, small);
		list.append(row);
	}
	return (hasReader) => {
		element("tags-card").hidden = !hasReader;
	};
}
