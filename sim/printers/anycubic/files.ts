// What is in a Kobra's memory and on the stick in it.

export type Place = "local" | "usb";

export interface StoredFile {
	/** "/" or "/folder". */
	readonly folder: string;
	readonly name: string;
	readonly sizeBytes: number;
	/** Seconds since 1970. */
	readonly writtenSeconds: number;
	readonly isFolder: boolean;
}

export type Storage = Readonly<Record<Place, readonly StoredFile[]>>;

export function exampleFiles(nowMs: number): Storage {
	const file = (name: string, sizeBytes: number, hoursOld: number, folder = "/"): StoredFile => ({
		folder,
		name,
		sizeBytes,
		writtenSeconds: Math.floor(nowMs / 1000) - hoursOld * 3600,
		isFolder: false,
	});
	return {
		local: [
			file("benchmark_boat.gcode", 2_417_112, 2),
			file("cable clip (6x).gcode", 480_220, 30),
			file("gehäuse_ü.gcode", 9_180_431, 400),
		],
		usb: [
			file("calibration_cube.gcode", 733_901, 5),
			{ ...file("brackets", 0, 50), isFolder: true },
			file("bracket left.gcode", 1_208_774, 50, "/brackets"),
		],
	};
}

/** "", ".", "a/" and "/a" as one spelling: "/" or "/a". */
export function plainFolder(path: string): string {
	return `/${path
		.split("/")
		.filter((part) => part !== "" && part !== ".")
		.join("/")}`;
}

export function findFile(
	storage: Storage,
	place: Place,
	folder: string,
	name: string,
): StoredFile | undefined {
	return storage[place].find((file) => !file.isFolder && file.folder === folder && file.name === name);
}

/** With what else has that name there replaced. */
export function withFile(storage: Storage, place: Place, file: StoredFile): Storage {
	return { ...storage, [place]: [...withoutFile(storage, place, file.folder, file.name)[place], file] };
}

export function withoutFile(storage: Storage, place: Place, folder: string, name: string): Storage {
	const kept = storage[place].filter((file) => file.isFolder || file.folder !== folder || file.name !== name);
	return { ...storage, [place]: kept };
}
