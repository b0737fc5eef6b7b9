// The simulator's firmware slots, in its folder.

import type { Log } from "../../log";
import type { TextCodec } from "../../text-codec";
import { BootSlots } from "../../twins/boot-slots";
import { FOLDER, openFolder, readFile, replaceFile } from "./files";

export interface UpdateOptions {
	log: Log;
	text: TextCodec;
}

export function createUpdate({ log, text }: UpdateOptions): BootSlots {
	return new BootSlots({
		log,
		folder: {
			path: FOLDER,
			readText(name) {
				const bytes = readFile(openFolder(), name);
				return bytes === undefined ? undefined : text.decode(bytes);
			},
			replaceText: (name, content) => replaceFile(openFolder(), name, text.encode(content)),
			create(name) {
				const file = openFolder().openFile({ path: name, mode: "w" });
				return {
					write: (bytes, position) => file.write(bytes, position),
					flush: () => file.flush(),
					empty: () => file.setSize(0),
					close: () => file.close(),
				};
			},
		},
	});
}
