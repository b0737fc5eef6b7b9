// Skins and styles are made once, whoever asks for them.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Look } from "../../../../../ui/panel/look/look";
import { plainRoots } from "../../../../panel/plain-roots";
import { BOTH, withStage } from "../../../../panel/stage";

type Ask = (look: Look) => object;

const ASKED: Readonly<Record<string, Ask>> = {
	fill: (look) => look.fill("#112233"),
	"fill of several": (look) => look.fill(["#112233", "#445566"]),
	"fill of other ones": (look) => look.fill(["#445566", "#112233"]),
	"fill of three": (look) => look.fill(["#112233", "#445566", "#778899"]),
	round: (look) => look.round("#112233"),
	"round of several": (look) => look.round([look.theme.surface, look.theme.raised]),
	frame: (look) => look.frame("#112233"),
	pill: (look) => look.pill(8, "#112233"),
	"higher pill": (look) => look.pill(24, "#112233"),
	cap: (look) => look.ringCap("#112233"),
	spool: (look) => look.spool("#112233"),
	rim: (look) => look.rim("#112233"),
	card: (look) => look.card,
	row: (look) => look.row,
	scrim: (look) => look.scrim,
	button: (look) => look.button("primary"),
	"other button": (look) => look.button("danger"),
	icons: (look) => look.icons("large", "accent"),
	"icons of a warning": (look) => look.icons("large", "danger"),
	"icons of a button": (look) => look.buttonIcons("large", "danger"),
	style: (look) => look.style("body", "text", "left", "regular"),
	"bold style": (look) => look.style("body", "text", "left", "bold"),
	"style in the middle": (look) => look.style("body", "text", "center"),
	"style at the right": (look) => look.style("body", "text", "right"),
	"style in a tone": (look) => look.style("body", "warn"),
	"larger style": (look) => look.style("title"),
	"style of a button": (look) => look.buttonStyle("normal", "body"),
};

for (const size of BOTH) {
	test(`the same is the same object, and what differs is another, ${size}`, () =>
		withStage({ size, roots: plainRoots() }, async (stage) => {
			const { look } = stage.panel.tools;
			stage.run(() => {
				const made = new Map<object, string>();
				for (const [name, ask] of Object.entries(ASKED)) {
					const first = ask(look);
					assert.equal(ask(look), first, `${name} is made again`);
					assert.equal(made.get(first), undefined, `${name} is that of ${made.get(first)}`);
					made.set(first, name);
				}
			});
		}));
}

test("a caption is never bold and a display always, whatever is asked for", () =>
	withStage({ roots: plainRoots() }, async (stage) => {
		const { look } = stage.panel.tools;
		stage.run(() => {
			assert.equal(look.style("caption", "text", "left", "bold"), look.style("caption"));
			assert.equal(look.style("display", "text", "left", "bold"), look.style("display"));
		});
	}));
