// A log that a test can read.

import type { Log } from "../../modules/platform/log";

export type LogLevel = "info" | "warn" | "error";

export interface LogLine {
	level: LogLevel;
	text: string;
}

export class MemoryLog implements Log {
	readonly lines: LogLine[] = [];

	info(text: string): void {
		this.lines.push({ level: "info", text });
	}

	warn(text: string): void {
		this.lines.push({ level: "warn", text });
	}

	error(text: string): void {
		this.lines.push({ level: "error", text });
	}

	/** Oldest first, of one level or of all. */
	texts(level?: LogLevel): string[] {
		return this.lines.filter((line) => level === undefined || line.level === level).map((line) => line.text);
	}

	clear(): void {
		this.lines.length = 0;
	}
}
