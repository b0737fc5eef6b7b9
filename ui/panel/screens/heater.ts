// The chamber heater: the device's own, one on the network, or how to get to one.

import { Container, type Content } from "piu/MC";
import { rebuilt } from "../components/rebuilt";
import type { Kit } from "../kit";
import { type HeaterView, heaterView } from "../models/heater";
import { type HeaterConnectionView, heaterConnectionView } from "../models/heater-connection";
import { type RemoteHeaterView, remoteHeaterView } from "../models/remote-heater";
import type { ModelInput, Screen } from "../screen";
import { heaterFault } from "./heater/heater-fault";
import { heaterPart } from "./heater/heater-part";
import { connectionPart, heaterFinder } from "./heater-connection";

export interface HeaterScreenView {
	readonly kind: "own" | "remote" | "none";
	readonly own?: HeaterView;
	readonly remote?: RemoteHeaterView;
	readonly connection?: HeaterConnectionView;
}

export function heaterScreen(): Screen<HeaterScreenView> {
	const finder = heaterFinder();
	return {
		id: "heater",
		section: "heater",
		model(input: ModelInput): HeaterScreenView {
			const own = heaterView(input);
			if (own) return { kind: "own", own };
			const remote = remoteHeaterView(input);
			if (remote) return { kind: "remote", remote };
			return { kind: "none", connection: heaterConnectionView(input, finder.search) };
		},
		build(kit) {
			return rebuilt(kit, {
				kind: (view) => view.kind,
				build: (part, { kind }) => {
					if (kind === "own") return following(part, (view) => view.own, heater);
					if (kind === "remote") return following(part, (view) => view.remote, remoteHeater);
					return following(
						part,
						(view) => view.connection,
						(inner) => connectionPart(inner, finder),
					);
				},
			});
		},
	};
}

function heater(kit: Kit<HeaterView>): Content {
	return withFault(kit, (part) => heaterPart(part));
}

function remoteHeater(kit: Kit<RemoteHeaterView>): Content {
	return withFault(kit, (part) => heaterPart(asHeater(part), part));
}

function withFault<View extends HeaterView>(kit: Kit<View>, whole: (kit: Kit<View>) => Content): Content {
	return rebuilt(kit, {
		kind: (view) => (view.fault === undefined ? "" : "fault"),
		build: (part, { fault }) => (fault ? heaterFault(asHeater(part)) : whole(part)),
	});
}

/** A remote heater's view is a heater's view and more. */
function asHeater<View extends HeaterView>(kit: Kit<View>): Kit<HeaterView> {
	return kit as unknown as Kit<HeaterView>;
}

/** Contents of a part of the view. */
function following<View, Part>(
	kit: Kit<View>,
	read: (view: View) => Part | undefined,
	make: (kit: Kit<Part>) => Content,
): Content {
	const part = kit.part<Part>();
	const content = make(part);
	kit.follow(read, (view) => {
		if (view !== undefined) part.scope.update(view);
	});
	return new Container(null, { left: 0, right: 0, top: 0, bottom: 0, contents: [content] });
}
