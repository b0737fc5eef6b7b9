// The contract of Storage.

import {
	STORAGE_KEY_LENGTH,
	STORAGE_VALUE_BYTES,
	type Storage,
	type StorageChange,
	type StoredValue,
} from "../../../modules/platform/storage";
import { type ContractCase, type ContractContext, equal, ok, rejectsWith } from "../contract";

export interface StorageContext extends ContractContext<Storage> {
	/** The storage as it is found after a restart; `undefined` on a host that forgets everything then. */
	reopen(): Promise<Storage | undefined>;
}

const NAMESPACE = "panda_breath";

function set(key: string, value: StoredValue | undefined): StorageChange {
	return { namespace: NAMESPACE, key, value };
}

export const storageCases: readonly ContractCase<StorageContext>[] = [
	{
		name: "holds nothing at first",
		run({ port }) {
			equal(port.get(NAMESPACE, "target"), undefined, "value");
		},
	},
	{
		name: "holds texts, numbers and booleans of every kind",
		async run({ port, reopen }) {
			const values: Record<string, StoredValue> = {
				text: 'Küche 🧵 "quoted"\n\u0000end',
				empty: "",
				zero: 0,
				negative: -40,
				big: 2 ** 31 - 1,
				fraction: 0.4,
				yes: true,
				no: false,
			};
			await port.write(Object.entries(values).map(([key, value]) => set(key, value)));
			for (const storage of [port, await reopen()]) {
				if (storage === undefined) continue;
				for (const [key, value] of Object.entries(values)) equal(storage.get(NAMESPACE, key), value, key);
			}
		},
	},
	{
		name: "keeps namespaces apart",
		async run({ port }) {
			await port.write([
				{ namespace: "wifi_info", key: "ssid", value: "one" },
				{ namespace: "ui_info", key: "ssid", value: "two" },
			]);
			equal(port.get("wifi_info", "ssid"), "one", "first namespace");
			equal(port.get("ui_info", "ssid"), "two", "second namespace");
			equal(port.get("panda_breath", "ssid"), undefined, "third namespace");
		},
	},
	{
		name: "replaces and deletes, and forgets nothing else",
		async run({ port, reopen }) {
			await port.write([set("target", 40), set("mode", "auto"), set("hours", 6)]);
			await port.write([set("target", 45), set("mode", undefined), set("never", undefined)]);
			for (const storage of [port, await reopen()]) {
				if (storage === undefined) continue;
				equal(storage.get(NAMESPACE, "target"), 45, "replaced");
				equal(storage.get(NAMESPACE, "mode"), undefined, "deleted");
				equal(storage.get(NAMESPACE, "hours"), 6, "untouched");
			}
		},
	},
	{
		name: "takes the last of several changes of one key",
		async run({ port }) {
			await port.write([set("target", 1), set("target", undefined), set("target", 3)]);
			equal(port.get(NAMESPACE, "target"), 3, "value");
		},
	},
	{
		name: "makes changes in the order in which they were asked for, also when nobody waits",
		async run({ port, reopen }) {
			await Promise.all(
				Array.from({ length: 20 }, (_, index) => port.write([set("target", index), set(`k${index}`, true)])),
			);
			for (const storage of [port, await reopen()]) {
				if (storage === undefined) continue;
				equal(storage.get(NAMESPACE, "target"), 19, "the last one");
				for (let index = 0; index < 20; index += 1)
					equal(storage.get(NAMESPACE, `k${index}`), true, `k${index}`);
			}
		},
	},
	{
		name: "takes what the list held when it was handed over",
		async run({ port }) {
			const change = set("target", 40);
			const changes = [change];
			const written = port.write(changes);
			change.value = 99;
			changes.length = 0;
			await written;
			equal(port.get(NAMESPACE, "target"), 40, "value");
		},
	},
	{
		name: "accepts an empty list",
		async run({ port }) {
			await port.write([]);
		},
	},
	{
		name: "takes the longest names and values that are allowed",
		async run({ port, reopen }) {
			const longestName = "n".repeat(STORAGE_KEY_LENGTH);
			const longestValue = "é".repeat(STORAGE_VALUE_BYTES / 2);
			await port.write([{ namespace: longestName, key: longestName, value: longestValue }]);
			for (const storage of [port, await reopen()]) {
				if (storage === undefined) continue;
				ok(storage.get(longestName, longestName) === longestValue, "the value is complete");
			}
		},
	},
	...(
		[
			["a namespace that is too long", { namespace: "n".repeat(STORAGE_KEY_LENGTH + 1), key: "k", value: 1 }],
			["an empty namespace", { namespace: "", key: "k", value: 1 }],
			["a key that is too long", set("k".repeat(STORAGE_KEY_LENGTH + 1), 1)],
			["an empty key", set("", 1)],
			["a value of too many bytes", set("text", `é${"x".repeat(STORAGE_VALUE_BYTES - 1)}`)],
			["a number that is none", set("number", Number.NaN)],
			["an infinite number", set("number", Number.POSITIVE_INFINITY)],
		] as const
	).map(
		([name, wrong]): ContractCase<StorageContext> => ({
			name: `refuses ${name}, and writes none of the changes: invalid`,
			async run({ port }) {
				await port.write([set("target", 40)]);
				await rejectsWith("invalid", port.write([set("target", 50), wrong, set("after", 1)]));
				equal(port.get(NAMESPACE, "target"), 40, "value from before");
				equal(port.get(NAMESPACE, "after"), undefined, "value after the wrong one");
				await port.write([set("target", 60)]);
				equal(port.get(NAMESPACE, "target"), 60, "value written afterwards");
			},
		}),
	),
];
