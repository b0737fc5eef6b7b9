// The frame around every screen: the head on top, the way to the sections, and the room in between.

import { Container, type Content } from "piu/MC";
import { Kit, type Tools } from "../kit";
import type { Roots } from "../roots";
import type { ModelInput } from "../screen";
import { type FramePlace, type FrameView, frameView } from "./frame-view";
import { head } from "./head";
import { sectionBar } from "./sections";
import { openSwitcher } from "./switcher";

export interface Frame {
	readonly contents: readonly Content[];
	/** Where screens are shown. */
	readonly stage: Container;
	readonly stageWidth: number;
	readonly stageHeight: number;
	update(input: ModelInput): void;
}

export function createFrame(tools: Tools, roots: Roots): Frame {
	const kit = new Kit<FrameView>(tools);
	const { look, navigator, metrics, words } = kit;
	const { rail, head: headHeight, bottomBar } = metrics;
	const stageWidth = metrics.width - rail;
	const stageHeight = metrics.height - headHeight - bottomBar;
	const stage = new Container(null, {
		left: rail,
		top: headHeight,
		width: stageWidth,
		height: stageHeight,
		clip: true,
		skin: look.fill(look.theme.background),
	});
	const top = head(kit, {
		onBack: () => navigator.back(),
		onSwitch() {
			if (kit.scope.view?.canSwitch) openSwitcher(kit);
			else navigator.visit(roots.printers());
		},
		onReadOnly: () => roots.readOnly && navigator.visit(roots.readOnly()),
		onFaults: () => navigator.visit(roots.faults()),
		onWifi: () => navigator.visit(roots.wifi()),
	});
	const sections = sectionBar(kit, (section) => navigator.switchTo(roots.sections[section]()));
	const place = (): FramePlace => ({
		section: navigator.section,
		title: (navigator.canGoBack && navigator.title(words)) || "",
	});
	return {
		contents: [top.content, stage, top.reach, sections],
		stage,
		stageWidth,
		stageHeight,
		update: (input) => kit.scope.update(frameView(input, place())),
	};
}
