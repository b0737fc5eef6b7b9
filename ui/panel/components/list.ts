// A list that scrolls, a row for each item of a list in the view. Rows follow the item in their place; those far below are made when one comes near.

import { Column, Content, type Contents, Text } from "piu/MC";
import type { Kit, KitBase } from "../kit";
import type { Scope } from "../scope";
import { type Place, placeOf } from "./place";
import { scroll } from "./scroll";

export interface ListOptions<View, Item> extends Place {
	/** Under it the screen remembers how far the list was scrolled. */
	readonly name: string;
	readonly items: (view: View) => readonly Item[];
	/** What is in one row; `kit.scope.view` is its item. */
	readonly row: (kit: Kit<Item>) => Content;
	/** Before the rows; it scrolls with them. */
	readonly above?: readonly Contents[];
	/** Said in place of rows when there are none. */
	readonly none?: string;
}

/** Made at once when there is room for one more. */
const CHUNK = 4;

export function list<View, Item>(kit: Kit<View>, options: ListOptions<View, Item>): Content {
	const { name, above = [] } = options;
	const { target, height } = kit.metrics;
	const column = new Column(null, { left: 0, right: 0 });
	const { content } = scroll(kit, {
		...placeOf(options),
		name,
		contents: [...above, column],
		onScrolled: () => reach(),
	});
	const shown = new Rows(kit, column, options);
	// Rows are about as high as a target; what is needed beyond that is made as soon as heights are known.
	let wanted = Math.ceil(((kit.places.get(name) ?? 0) + height) / target) + CHUNK;
	let items: readonly Item[] = [];

	/** What is as near below as the list is high has to be there. */
	function reach(): void {
		if (shown.count >= items.length) return;
		const edge = content.y + 2 * content.height;
		if (column.y + column.height - shown.restHeight >= edge) return;
		wanted = shown.count + CHUNK;
		shown.show(items, wanted);
	}

	kit.follow(options.items, (next) => {
		items = next;
		shown.show(items, wanted);
	});
	return content;
}

/** The rows alone, all of them, in a column that may stand among others. */
export function rows<View, Item>(
	kit: Kit<View>,
	column: Column,
	options: Omit<ListOptions<View, Item>, "name" | "above">,
): void {
	const shown = new Rows(kit, column, options);
	kit.follow(options.items, (items) => shown.show(items, items.length));
}

class Rows<Item> {
	private kit: KitBase;
	private column: Column;
	private make: (kit: Kit<Item>) => Content;
	private none: Text | undefined;
	/** Also those that are not needed at the moment. */
	private made: { readonly content: Content; readonly scope: Scope<Item> }[] = [];
	#count = 0;
	/** In place of the rows that are not there yet. */
	private rest: Content | undefined;
	#restHeight = 0;

	constructor(
		kit: KitBase,
		column: Column,
		options: { readonly row: (kit: Kit<Item>) => Content; readonly none?: string },
	) {
		const { look, metrics } = kit;
		this.kit = kit;
		this.column = column;
		this.make = options.row;
		if (options.none === undefined) return;
		this.none = new Text(null, {
			left: metrics.padding,
			right: metrics.padding,
			top: 2 * metrics.padding,
			style: look.style("body", "muted", "center"),
			string: options.none,
		});
	}

	/** Rows in the column. */
	get count(): number {
		return this.#count;
	}

	/** px that are kept free for the others. */
	get restHeight(): number {
		return this.#restHeight;
	}

	/** The first of them, as many as `most`. */
	show(items: readonly Item[], most: number): void {
		const column = this.column;
		const count = Math.min(items.length, most);
		const restHeight = Math.round((items.length - count) * this.rowHeight());
		if (this.none?.container) column.remove(this.none);
		if (this.rest && (count > this.#count || restHeight !== this.#restHeight)) {
			column.remove(this.rest);
			this.rest = undefined;
		}
		this.#restHeight = restHeight;
		while (this.#count > count) {
			this.#count--;
			const row = this.made[this.#count];
			if (row) column.remove(row.content);
		}
		for (let index = 0; index < count; index++) {
			const item = items[index];
			if (item !== undefined) this.showItem(index, item);
		}
		if (restHeight > 0 && !this.rest) {
			this.rest = new Content(null, { left: 0, right: 0, height: restHeight });
			column.add(this.rest);
		}
		if (items.length === 0 && this.none) column.add(this.none);
	}

	private showItem(index: number, item: Item): void {
		let row = this.made[index];
		if (!row) {
			const part = this.kit.part<Item>();
			row = { content: this.make(part), scope: part.scope };
			this.made.push(row);
		}
		if (index >= this.#count) {
			this.column.add(row.content);
			this.#count = index + 1;
		}
		row.scope.update(item);
	}

	/** px, as far as it is known. */
	private rowHeight(): number {
		const { application, height } = this.column;
		if (application === undefined || this.#count === 0) return this.kit.metrics.target;
		return (height - this.#restHeight) / this.#count;
	}
}
