// The models a virtual Kobra can be.

export interface KobraModel {
	/** As the topics name it. */
	readonly id: string;
	readonly name: string;
	/** `broker`: a client of somebody's MQTT broker. `lan`: it has a broker of its own, behind a handshake. */
	readonly way: "broker" | "lan";
	/** Highest targets, °C. */
	readonly limits: { readonly nozzleC: number; readonly bedC: number; readonly chamberC: number };
	readonly enclosed: boolean;
	/** Model id of its filament box. */
	readonly boxId: number | undefined;
	readonly firmware: string;
	/** What it has with that switch on; the same where the topics never changed. */
	readonly oldFirmware: string;
}

const acePro = 40001;
const ace2 = 40002;

function byBroker(id: string, name: string, bedC: number): KobraModel {
	return {
		id,
		name,
		way: "broker",
		limits: { nozzleC: 300, bedC, chamberC: 0 },
		enclosed: false,
		boxId: undefined,
		firmware: "3.1.2",
		oldFirmware: "3.0.9",
	};
}

function inLan(id: string, name: string, { enclosed = false, boxId = acePro } = {}): KobraModel {
	return {
		id,
		name,
		way: "lan",
		limits: enclosed
			? { nozzleC: 320, bedC: 120, chamberC: id === "20029" ? 65 : 0 }
			: { nozzleC: 300, bedC: 110, chamberC: 0 },
		enclosed,
		boxId,
		firmware: "2.6.9.6",
		oldFirmware: "2.3.9.3",
	};
}

export const kobraModels: readonly KobraModel[] = [
	byBroker("20021", "Anycubic Kobra 2 Pro", 110),
	byBroker("20022", "Anycubic Kobra 2 Plus", 90),
	byBroker("20023", "Anycubic Kobra 2 Max", 90),
	inLan("20024", "Anycubic Kobra 3"),
	inLan("20025", "Anycubic Kobra S1", { enclosed: true }),
	inLan("20026", "Anycubic Kobra 3 Max"),
	inLan("20027", "Anycubic Kobra 3 V2"),
	inLan("20028", "Anycubic Kobra 4", { boxId: ace2 }),
	inLan("20029", "Anycubic Kobra S1 Max", { enclosed: true, boxId: ace2 }),
	inLan("20030", "Anycubic Kobra X", { boxId: ace2 }),
];

/** Of that way, unless somebody names another. */
export const defaultModelIds: Readonly<Record<KobraModel["way"], string>> = { broker: "20022", lan: "20024" };

/** By its id, or by its name with or without the maker's. */
export function findKobraModel(text: string): KobraModel | undefined {
	const wanted = text.toLowerCase();
	return kobraModels.find(({ id, name }) => {
		const whole = name.toLowerCase();
		return id === wanted || whole === wanted || whole === `anycubic ${wanted}`;
	});
}

/** Commands go to `<type>` from 3.1.0 on, and to `<type>/<action>` before. */
export function hasPlainTopics(firmware: string): boolean {
	const [major = 0, minor = 0] = firmware.split(".").map(Number);
	return major > 3 || (major === 3 && minor >= 1);
}
