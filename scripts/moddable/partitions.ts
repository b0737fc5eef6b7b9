// A flash partition table of ESP-IDF, read from its CSV.

export interface Partition {
	name: string;
	type: string;
	subtype: string;
	offset: number;
	sizeBytes: number;
}

/** Throws when a line is no partition, or gives no offset or size: the project's tables leave nothing to be computed. */
export function parsePartitions(csv: string): Partition[] {
	return csv
		.split("\n")
		.map((line) => line.replace(/#.*/, "").trim())
		.filter((line) => line !== "")
		.map((line) => {
			const [name = "", type = "", subtype = "", offset = "", size = ""] = line
				.split(",")
				.map((field) => field.trim());
			const partition = {
				name,
				type,
				subtype,
				offset: Number(offset || Number.NaN),
				sizeBytes: Number(size || Number.NaN),
			};
			if (name === "" || Number.isNaN(partition.offset) || Number.isNaN(partition.sizeBytes)) {
				throw new Error(`not a partition with offset and size: "${line}"`);
			}
			return partition;
		});
}

/** The bytes an image may have: those of the smallest slot for one. Throws when the table has none. */
export function appSlotBytes(partitions: readonly Partition[]): number {
	const sizes = partitions.filter(({ type }) => type === "app").map(({ sizeBytes }) => sizeBytes);
	if (sizes.length === 0) throw new Error("the table has no partition for an app");
	return Math.min(...sizes);
}
