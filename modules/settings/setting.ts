// What a setting is: where it is stored, of which type, in which range, whether it is secret.

import { STORAGE_VALUE_BYTES } from "../platform/storage";

interface SettingBase {
	/** Where it is stored. Namespace and key have at most 15 characters: a limit of ESP32's NVS. */
	namespace: string;
	key: string;
	/** Secrets are written only: they never appear in a log, an error, a state or an answer. */
	secret: boolean;
}

export interface TextSetting extends SettingBase {
	type: "text";
	default: string;
	minLength: number;
	maxLength: number;
	/** It may have several lines, and has ASCII only: a character is a byte. */
	isBlock?: boolean;
	isWellFormed?(value: string): boolean;
	/** What `isWellFormed` asks for, to complete the sentence "has to be …". */
	form?: string;
}

export interface IntegerSetting extends SettingBase {
	type: "integer";
	default: number;
	min: number;
	max: number;
}

export interface FlagSetting extends SettingBase {
	type: "flag";
	default: boolean;
}

/** One of a few words. */
export interface ChoiceSetting<Word extends string = string> extends SettingBase {
	type: "choice";
	default: Word;
	options: readonly Word[];
}

export type Setting = TextSetting | IntegerSetting | FlagSetting | ChoiceSetting;

export type ValueOf<S extends Setting> =
	S extends ChoiceSetting<infer Word>
		? Word
		: S extends TextSetting
			? string
			: S extends FlagSetting
				? boolean
				: number;

type Place = { namespace: string; key: string; secret?: boolean };

export function text(
	options: Place & Partial<Omit<TextSetting, "type" | "secret">> & { maxLength: number },
): TextSetting {
	return { type: "text", default: "", minLength: 0, secret: false, ...options };
}

export function integer(options: Place & Pick<IntegerSetting, "default" | "min" | "max">): IntegerSetting {
	return { type: "integer", secret: false, ...options };
}

export function flag(options: Place & { default: boolean }): FlagSetting {
	return { type: "flag", secret: false, ...options };
}

export function choice<const Word extends string>(
	options: Place & { options: readonly Word[]; default: NoInfer<Word> },
): ChoiceSetting<Word> {
	return { type: "choice", secret: false, ...options };
}

export type SettingProblem = { code: "wrong_type" | "out_of_range"; message: string };

/**
 * What is wrong with a value for that setting, or `undefined`.
 * The message completes "<name of the setting> …" and never quotes the value.
 */
export function checkValue(setting: Setting, value: unknown): SettingProblem | undefined {
	switch (setting.type) {
		case "text":
			return checkText(setting, value);
		case "integer":
			if (typeof value !== "number" || !Number.isInteger(value)) return wrongType("a whole number");
			if (value < setting.min || value > setting.max)
				return outOfRange(`from ${setting.min} to ${setting.max}`);
			return undefined;
		case "flag":
			return typeof value === "boolean" ? undefined : wrongType("true or false");
		case "choice":
			if (typeof value !== "string") return wrongType("a text");
			return setting.options.includes(value) ? undefined : outOfRange(`one of ${setting.options.join(", ")}`);
	}
}

function checkText(setting: TextSetting, value: unknown): SettingProblem | undefined {
	if (typeof value !== "string") return wrongType("a text");
	if (value.length < setting.minLength || value.length > setting.maxLength)
		return outOfRange(`${setting.minLength} to ${setting.maxLength} characters long`);
	// A UTF-16 unit takes at most three bytes in UTF-8.
	const mostBytes = setting.isBlock ? value.length : value.length * 3;
	if (mostBytes > STORAGE_VALUE_BYTES) return outOfRange("shorter, to fit into storage");
	if (setting.isBlock && !isAsciiBlock(value)) return outOfRange("of ASCII characters");
	// The first one that could end a log line, a header or an MQTT topic in mid-value.
	for (let i = 0; i < value.length && !setting.isBlock; i++)
		if (value.charCodeAt(i) < 0x20 || value.charCodeAt(i) === 0x7f)
			return outOfRange("without control characters");
	if (setting.isWellFormed && !setting.isWellFormed(value)) return outOfRange(setting.form ?? "well formed");
	return undefined;
}

function isAsciiBlock(value: string): boolean {
	for (let i = 0; i < value.length; i++) {
		const code = value.charCodeAt(i);
		const isBreak = code === 0x0a || code === 0x0d || code === 0x09;
		if (code > 0x7e || (code < 0x20 && !isBreak)) return false;
	}
	return true;
}

function wrongType(expected: string): SettingProblem {
	return { code: "wrong_type", message: `has to be ${expected}` };
}

function outOfRange(expected: string): SettingProblem {
	return { code: "out_of_range", message: `has to be ${expected}` };
}
