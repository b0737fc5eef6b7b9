// The files on a printer: by place and folder, to be printed or deleted.

/** @import { FilePlace, PrinterFile } from "../../modules/printers/printer-files" */
/** @import { PrinterState } from "../../modules/printers/printer-state" */
import { ask, attempt, Refusal } from "./api.js";
import { button, element, input, node, write } from "./dom.js";
import { give } from "./printer-command.js";
import { confirmed } from "./question.js";
import { commandWords, words } from "./words.js";

/** Counts what was asked for: an answer that was not waited for is not shown. */
let asked = 0;

/** @param {PrinterState} printer */
export function showFiles(printer) {
	const dialog = /** @type {HTMLDialogElement} */ (element("files-dialog"));
	const places = input("files-place");
	let folder = "/";
	write(element("files-title"), words("filesOf", { name: printer.name }));
	places.replaceChildren(
		...printer.capabilities.filesIn.map((place) => {
			const option = /** @type {HTMLOptionElement} */ (node("option", "", words(`files_${place}`)));
			option.value = place;
			return option;
		}),
	);
	/** @param {string} next */
	const open = (next) => {
		folder = next;
		const turn = ++asked;
		write(element("files-folder"), folder);
		button("files-up").hidden = folder === "/";
		element("files-list").replaceChildren();
		return attempt(element("files-status"), async () => {
			write(element("files-status"), words("filesReading"));
			const files = await read(printer, places.value, folder);
			if (turn !== asked) return "";
			element("files-list").replaceChildren(...files.map(row));
			return files.length === 0 ? words("filesNone") : "";
		});
	};
	/** @param {PrinterFile} file */
	const row = (file) => {
		const path = `${folder === "/" ? "" : folder}/${file.name}`;
		const item = node("li");
		if (file.isFolder) {
			item.append(press(`${file.name}/`, () => void open(path), "pick"));
			return item;
		}
		const name = node("span", "", file.name);
		name.append(node("small", "", facts(file)));
		const place = /** @type {FilePlace} */ (places.value);
		const print = press(words("filePrint"), () => void start(place, path, file.name), "primary");
		const remove = press(words("fileDelete"), () => void drop(place, path, file.name), "danger");
		print.setAttribute("aria-label", words("filePrintOf", { name: file.name }));
		remove.setAttribute("aria-label", words("fileDeleteOf", { name: file.name }));
		item.append(name, print, remove);
		return item;
	};
	/** @param {FilePlace} place @param {string} path @param {string} name */
	const start = async (place, path, name) => {
		if (!(await confirmed(words("filePrintQuestion", { name, printer: printer.name }), words("filePrint"))))
			return;
		const file = asPath(path);
		if (await give(printer, { command: "start", place, file }, element("files-status"))) dialog.close();
	};
	/** @param {FilePlace} place @param {string} path @param {string} name */
	const drop = async (place, path, name) => {
		if (!(await confirmed(words("fileDeleteQuestion", { name }), words("fileDelete")))) return;
		const request = { command: "delete_file", place, file: asPath(path), confirm: true };
		if (await give(printer, request, element("files-status"))) await open(folder);
	};
	places.onchange = () => void open("/");
	button("files-up").onclick = () => void open(folder.slice(0, folder.lastIndexOf("/")) || "/");
	button("files-again").onclick = () => void open(folder);
	button("files-close").onclick = () => dialog.close();
	dialog.onclose = () => void asked++;
	dialog.showModal();
	void open("/");
}

/** One in the root is named without its slash. @param {string} path */
function asPath(path) {
	return path.lastIndexOf("/") === 0 ? path.slice(1) : path;
}

/** @param {PrinterState} printer @param {string} place @param {string} folder @returns {Promise<readonly PrinterFile[]>} */
async function read({ id }, place, folder) {
	try {
		const query = `place=${place}&folder=${encodeURIComponent(folder)}`;
		const { files } = await ask("GET", `/api/printers/${encodeURIComponent(id)}/files?${query}`);
		return files;
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		throw new Refusal(error.status, error.code, commandWords(error.code, error.text));
	}
}

/** @param {PrinterFile} file */
function facts({ sizeBytes, modifiedSeconds }) {
	const size = sizeBytes === undefined ? "" : `${(sizeBytes / 1_000_000).toFixed(1)} MB`;
	const date = modifiedSeconds ? new Date(modifiedSeconds * 1000).toLocaleString() : "";
	return [size, date].filter(Boolean).join(" · ");
}

/** @param {string} text @param {() => void} act @param {string} className */
function press(text, act, className) {
	const pressed = /** @type {HTMLButtonElement} */ (node("button", className, text));
	pressed.type = "button";
	pressed.onclick = act;
	return pressed;
}
