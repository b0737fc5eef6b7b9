// Reads the fields of a command, and refuses it in words when one is missing or wrong.

import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "./json";
import type { Machine } from "./machine";

/** Thrown by a command that the printer does not carry out; the text becomes `reason` of its ack. */
export class RefusedCommand extends Error {
	override readonly name = "RefusedCommand";
}

/** What a command did: the machine afterwards, and fields for its ack beyond the echo. */
export interface CommandOutcome {
	readonly machine: Machine;
	readonly reply?: JsonObject;
	/** What the status stream is to do. */
	readonly push?: "all" | "start" | "stop";
}

export interface Command {
	/** Also accepted unsigned by firmware that demands signed commands. */
	readonly unsigned?: boolean;
	/** `result` of the ack when it went well; "success" when absent. */
	readonly result?: JsonValue;
	/** No ack follows. */
	readonly silent?: boolean;
	run(machine: Machine, fields: CommandFields): CommandOutcome;
}

export type CommandTable = Readonly<Record<string, Command>>;

export class CommandFields {
	readonly #fields: JsonObject;

	constructor(fields: JsonObject) {
		this.#fields = fields;
	}

	number(name: string): number {
		return this.#required(name, this.optionalNumber(name));
	}

	optionalNumber(name: string): number | undefined {
		const value = this.#fields[name];
		return typeof value === "number" && Number.isFinite(value) ? value : undefined;
	}

	text(name: string): string {
		return this.#required(name, this.optionalText(name));
	}

	optionalText(name: string): string | undefined {
		const value = this.#fields[name];
		return typeof value === "string" ? value : undefined;
	}

	flag(name: string): boolean {
		return this.#required(name, this.optionalFlag(name));
	}

	/** Numbers and strings are not taken for flags: printers want JSON's true and false. */
	optionalFlag(name: string): boolean | undefined {
		const value = this.#fields[name];
		if (value === undefined || typeof value === "boolean") return value;
		throw new RefusedCommand(`${name} must be true or false`);
	}

	/** `undefined` when the field is not there. */
	numbers(name: string): readonly number[] | undefined {
		const value = this.#fields[name];
		if (!isJsonArray(value)) return undefined;
		if (!value.every((item) => typeof item === "number")) {
			throw new RefusedCommand(`${name} must be a list of numbers`);
		}
		return value;
	}

	objects(name: string): readonly JsonObject[] {
		const value = this.#fields[name];
		if (!isJsonArray(value) || !value.every(isJsonObject)) {
			throw new RefusedCommand(`${name} must be a list of objects`);
		}
		return value;
	}

	#required<T>(name: string, value: T | undefined): T {
		if (value === undefined) throw new RefusedCommand(`${name} is missing or wrong`);
		return value;
	}
}
