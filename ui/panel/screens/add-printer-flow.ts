// What a person has entered and how the search and the adding go: kept while screens come and go.

import { ask } from "../components/ask";
import { keyboard } from "../components/keyboard";
import { keypad } from "../components/keypad";
import type { NewPrinter, PanelDevice, PrinterFields } from "../device";
import type { KitBase } from "../kit";
import {
	type AddPrinterProgress,
	type AddPrinterView,
	emptyForm,
	type FieldView,
	type FoundRow,
	fieldsOf,
	kindOf,
	type PrinterForm,
	type PrinterKind,
} from "../models/add-printer";

/** Some printers tell of themselves every ten seconds. */
const SCAN_MS = 11_000;

export class AddPrinterFlow {
	#form: PrinterForm = emptyForm;
	#progress: AddPrinterProgress;
	private scanEndsMs = 0;
	private hasBegun = false;

	/** Of the printer that is changed; without it one is added. */
	constructor(editedId?: string, kind: PrinterKind = "bambu") {
		const progress = { kind, scan: "idle", found: [], phase: "editing" } as const;
		this.#progress = editedId === undefined ? progress : { ...progress, editedId };
	}

	get form(): PrinterForm {
		return this.#form;
	}

	get isEdit(): boolean {
		return this.#progress.editedId !== undefined;
	}

	/** Of a printer that is changed, that which it is. */
	kind(device: PanelDevice): PrinterKind {
		return this.progress(device).kind ?? "bambu";
	}

	/** As it is now: what is stored of a printer stands in the form at first. */
	progress(device: PanelDevice): AddPrinterProgress {
		if (!this.hasBegun) this.begin(device);
		const { scan } = this.#progress;
		if (scan !== "running") return this.#progress;
		return { ...this.#progress, scanSecondsLeft: (this.scanEndsMs - device.clock.now()) / 1000 };
	}

	async scan(kit: KitBase): Promise<void> {
		if (this.#progress.scan === "running") return;
		this.scanEndsMs = kit.device.clock.now() + SCAN_MS;
		this.change(kit, { scan: "running", found: [] });
		const outcome = await kit.device.printers.scan();
		this.change(kit, outcome.ok ? { scan: "done", found: outcome.value } : { scan: "failed" });
	}

	/** What it tells of itself; all that is left to enter is its access code. */
	pick(kit: KitBase, { name, host, serial }: FoundRow, view: AddPrinterView): void {
		this.#form = { ...this.#form, name, host, serial };
		this.edited(kit);
		const code = view.fields.find(({ id }) => id === "accessCode");
		if (code) this.enter(kit, { ...code, value: "" }, () => void this.submit(kit));
	}

	/** All that is needed is known of it. */
	addFound(kit: KitBase, { serial }: FoundRow): Promise<void> {
		this.#form = { ...this.#form, serial };
		return this.submit(kit);
	}

	/** Opens the keys for a field. */
	enter(kit: KitBase, field: FieldView, then?: () => void): void {
		const { id, label, value, hint } = field;
		const onDone = (text: string) => {
			this.#form = { ...this.#form, [id]: text };
			this.edited(kit);
			then?.();
		};
		const { maxLength } = kit.device.facts.texts[id === "name" ? "printerName" : id];
		// The keyboard leads to letters: an address may be a name.
		if (field.keys === "keypad" && !hasLetters(value))
			keypad(kit, {
				title: label,
				kind: "address",
				text: value,
				hint,
				maxLength,
				other: {
					icon: "keyboard",
					onTap: () => keyboard(kit, { title: label, text: value, hint, maxLength, onDone }),
				},
				onDone,
			});
		else
			keyboard(kit, {
				title: label,
				text: value,
				hint,
				maxLength,
				capital: id === "serial" || id === "name",
				onDone: (text) => onDone(id === "serial" ? text.toUpperCase() : text),
			});
	}

	/** With a fingerprint, that of the certificate which is to be trusted. */
	async submit(kit: KitBase, pinnedSha256?: string): Promise<void> {
		const { phase, savedId, editedId } = this.#progress;
		if (phase === "asking") return;
		const { printers } = kit.device;
		const fields = this.fields(pinnedSha256);
		const id = savedId ?? editedId;
		if (id !== undefined) {
			this.ended(kit, printers.edit(id, fields));
			return;
		}
		this.change(kit, { phase: "asking" }, true);
		this.ended(kit, await printers.add(this.newPrinter(fields)));
	}

	/** Shows the certificate that was refused, to be compared. */
	askToTrust(kit: KitBase, { certificate }: AddPrinterView): void {
		if (certificate === undefined) return;
		const { title, fingerprint, sha256, trustLabel } = certificate;
		const { savedId, refusal } = this.#progress;
		ask(kit, {
			title,
			text: fingerprint,
			yes: trustLabel,
			onYes: () => {
				if (savedId === undefined || refusal?.certificate !== undefined) void this.submit(kit, sha256);
				else void kit.report(kit.device.printers.trust(savedId, sha256));
			},
		});
	}

	private begin(device: PanelDevice): void {
		this.hasBegun = true;
		const { editedId } = this.#progress;
		const entry = editedId === undefined ? undefined : device.printers.entry(editedId);
		if (entry === undefined) return;
		this.#form = { host: entry.host, serial: entry.serial, name: entry.name, accessCode: "" };
		this.#progress = { ...this.#progress, kind: kindOf(entry) };
	}

	private newPrinter(fields: PrinterFields): NewPrinter {
		const { host, accessCode, serial } = this.#form;
		switch (this.#progress.kind) {
			case "lan":
				return { ...fields, vendor: "anycubic", way: "lan", host };
			case "broker":
				return { ...fields, vendor: "anycubic", way: "broker", serial };
			default:
				return { ...fields, host, accessCode };
		}
	}

	private fields(pinnedSha256: string | undefined): PrinterFields {
		const { host, serial, accessCode, name } = this.#form;
		const own = fieldsOf(this.#progress.kind ?? "bambu");
		return {
			...(own.includes("host") && { host }),
			...((name !== "" || this.isEdit) && { name }),
			...(own.includes("serial") && serial !== "" && { serial }),
			...(own.includes("accessCode") && accessCode !== "" && { accessCode }),
			...(pinnedSha256 !== undefined && { pinnedSha256 }),
		};
	}

	private ended(kit: KitBase, outcome: Awaited<ReturnType<PanelDevice["printers"]["add"]>>): void {
		if (!outcome.ok) {
			this.change(kit, { phase: "editing", refusal: outcome });
			return;
		}
		const { id } = outcome.value;
		this.change(kit, { phase: "saved", savedId: id }, true);
		// The one that is shown gets a connection first, which says whether all is right.
		kit.choice.choose(id);
	}

	/** What was said of the entries before no longer holds. */
	private edited(kit: KitBase): void {
		if (this.#progress.phase !== "asking") this.change(kit, { phase: "editing" }, true);
	}

	private change(kit: KitBase, changes: Partial<AddPrinterProgress>, isRefusalOver = false): void {
		const { refusal, ...rest } = this.#progress;
		this.#progress = { ...rest, ...(refusal && !isRefusalOver && { refusal }), ...changes };
		kit.refresh();
	}
}

function hasLetters(text: string): boolean {
	return text !== "" && Array.from(text).some((character) => !"0123456789.".includes(character));
}
