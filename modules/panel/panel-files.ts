// The files on printers, as the panel asks for them.

import type { PanelFiles } from "../../ui/panel/device";
import { filesById } from "../printers/files-by-id";
import type { PanelParts } from "./panel-parts";
import { NO_PRINTER, refuse, unavailable } from "./refusals";

export function panelFiles({ printers }: Pick<PanelParts, "printers">): PanelFiles {
	return {
		async list(printerId, place, folder) {
			try {
				const list = await filesById(printers, printerId, place, folder);
				if (list === undefined) return NO_PRINTER;
				if (list === "none") return refuse("not_supported", "This printer does not tell of its files.");
				return list.ok ? { ok: true, value: list.files } : list;
			} catch (error) {
				return refuse("not_sent", unavailable(error).message);
			}
		},
	};
}
