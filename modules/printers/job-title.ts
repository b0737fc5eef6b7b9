// What a job is called by the name of its file.

/** Without folders and the file's endings. */
export function jobTitle(file: string): string {
	return withoutEndings(file.slice(file.lastIndexOf("/") + 1).trim());
}

export function withoutEndings(name: string): string {
	return withoutEnding(withoutEnding(name, ".3mf"), ".gcode").trim();
}

function withoutEnding(name: string, ending: string): string {
	const length = name.length - ending.length;
	return name.slice(length).toLowerCase() === ending ? name.slice(0, length) : name;
}
