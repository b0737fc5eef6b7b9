// Constructors the way Piu has them: with or without `new`, and templates of them.

import type { Content, ContentConstructor, Contents } from "piu/MC";

interface Holds {
	readonly contents?: readonly Contents[];
}

/** `create` makes a content from the data and a dictionary, which may be empty. */
export function constructorOf<C extends Content, Dictionary extends object>(
	prototype: C,
	create: ($: unknown, dictionary: Dictionary) => C,
): ContentConstructor<C, Dictionary> {
	function construct($: unknown, dictionary?: Dictionary): C {
		// An empty dictionary fits all but those of ImageBuffer, which says itself what it misses.
		return create($, dictionary ?? ({} as Dictionary));
	}
	const template = (make: ($: unknown) => Dictionary) =>
		constructorOf<C, Dictionary>(prototype, ($, more) => create($, merged(make($), more)));
	return Object.assign(construct, { prototype, template }) as unknown as ContentConstructor<C, Dictionary>;
}

/** What is added wins, but for contents, which follow. */
function merged<Dictionary extends object>(dictionary: Dictionary, more: Dictionary): Dictionary {
	const { contents }: Holds = dictionary;
	const { contents: following }: Holds = more;
	if (contents === undefined || following === undefined) return { ...dictionary, ...more };
	return { ...dictionary, ...more, contents: contents.concat(following) };
}
