// Reads what jobs take only as long as somebody counts it: printers are left in peace otherwise.

import type { JobFileQuery, JobFileResult, JobFiles } from "../printers/job-files";
import type { Settings } from "../settings/settings";

const HELP = "No Spoolman is entered in the settings, so nobody counts what the job takes.";

export class WantedJobFiles implements JobFiles {
	private readonly settings: Pick<Settings, "get">;
	private readonly files: JobFiles;

	constructor(settings: Pick<Settings, "get">, files: JobFiles) {
		this.settings = settings;
		this.files = files;
	}

	async read(query: JobFileQuery): Promise<JobFileResult> {
		if (this.settings.get("spoolman.url").trim() !== "") return this.files.read(query);
		// Whoever asks does so again after a while.
		return { ok: false, code: "busy", message: HELP };
	}

	close(): void {
		this.files.close();
	}
}
