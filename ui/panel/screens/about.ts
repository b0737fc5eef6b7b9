// What this device is, where its page is, and what it is made of.

import { Column, type Content, Row } from "piu/MC";
import { group } from "../components/group";
import { label } from "../components/label";
import { qrCode } from "../components/qr-code";
import { scroll } from "../components/scroll";
import { valueRow } from "../components/value-row";
import type { Kit } from "../kit";
import { type AboutView, aboutView } from "../models/about";
import type { Screen } from "../screen";

export function aboutScreen(): Screen<AboutView> {
	return {
		id: "about",
		section: "more",
		title: (words) => words.about.title,
		model: aboutView,
		build(kit) {
			const { padding, gap } = kit.metrics;
			const edge = kit.isLarge ? padding : gap;
			const list = scroll(kit, {
				name: "about",
				left: 0,
				right: kit.isLarge ? gap : 0,
				top: 0,
				bottom: 0,
				contents: [factRows(kit), ...(kit.isLarge ? [] : [code(kit, 144)]), licenseRows(kit)],
			}).content;
			return new Row(null, {
				left: edge,
				right: kit.isLarge ? edge : 0,
				top: edge,
				bottom: 0,
				contents: [list, ...(kit.isLarge ? [code(kit, 200)] : [])],
			});
		},
	};
}

/** Of the device's page. Without a network there is nothing to open. */
function code(kit: Kit<AboutView>, size: number): Content {
	const { gap } = kit.metrics;
	const side = { ...(kit.isLarge ? { top: 0 } : { left: 0, right: 0, bottom: 2 * gap }) };
	const column = new Column(null, {
		...side,
		contents: [
			qrCode(kit, { size, text: (view) => view.url }),
			label(kit, {
				width: size,
				top: gap,
				text: kit.words.about.scan,
				size: "caption",
				tone: "muted",
				align: "center",
			}),
		],
	});
	return kit.showWhen(column, (view) => view.url !== "");
}

function factRows(kit: Kit<AboutView>): Column {
	const { words } = kit;
	const count = FACTS;
	return group(kit, {
		contents: Array.from({ length: count }, (_, index) =>
			fact(kit, {
				label: (view) => view.rows[index]?.label ?? "",
				value: (view) => view.rows[index]?.value ?? words.common.unknown,
			}),
		),
	});
}

/** As many as the view has. */
const FACTS = 10;

function licenseRows(kit: Kit<AboutView>): Column {
	return group(kit, {
		title: kit.words.about.licenses,
		contents: [
			fact(kit, { label: "Culm", value: (view) => view.license }),
			...LICENSE_PLACES.map((index) =>
				fact(kit, {
					label: (view) => view.licenses[index]?.label ?? "",
					value: (view) => view.licenses[index]?.value ?? "",
				}),
			),
		],
	});
}

const LICENSE_PLACES: readonly number[] = Object.freeze([0, 1, 2, 3, 4]);

type Read = string | ((view: AboutView) => string);

function fact(kit: Kit<AboutView>, texts: { readonly label: Read; readonly value: Read }): Content {
	const { gap } = kit.metrics;
	return valueRow(kit, { ...texts, left: gap, right: gap, height: kit.isLarge ? 44 : 28, size: "body" });
}
