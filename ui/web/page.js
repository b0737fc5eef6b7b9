// The device's page: takes what the live feed sends, and hands it to the parts that show it.

/** @import { DeviceInfo } from "../../modules/device-state" */
/** @import { Snapshot, Update } from "../../modules/web/live-feed" */
import { ask } from "./api.js";
import { startBrokerSettings } from "./broker-settings.js";
import { startDeviceSettings } from "./device-settings.js";
import { element, write } from "./dom.js";
import { openFeed } from "./feed.js";
import { startHeater } from "./heater.js";
import { startJobs, watchJob } from "./jobs.js";
import { startLog } from "./log.js";
import { startNetwork } from "./network.js";
import {
	agePrinters,
	clearPrinters,
	countPrinters,
	orderPrinters,
	redrawPrinters,
	removePrinter,
	showPrinter,
	startPrinters,
} from "./printers.js";
import { startSpools } from "./spools.js";
import { startUpdate } from "./update.js";
import { onLanguage, words } from "./words.js";

/** As often as the device keeps a sample. */
const CHART_MS = 30_000;

/** @type {DeviceInfo | undefined} */
let device;
let isLost = false;
const heater = startHeater();
const network = startNetwork();
const update = startUpdate();
startLog();
startPrinters();
const jobs = startJobs();
const spools = startSpools();
startBrokerSettings();
const settings = startDeviceSettings();
openFeed({ onFrame: take, onLost: lose });
onLanguage(() => {
	heater.redraw();
	heater.chart.redraw();
	redrawPrinters();
	jobs.redraw();
	spools.redraw();
	network.redraw();
	if (device) showDevice(device);
});
setInterval(drawChart, CHART_MS);

/** @param {Snapshot | Update} frame */
function take(frame) {
	const isSnapshot = "snapshot" in frame;
	const news = isSnapshot ? frame.snapshot : frame.update;
	if (isSnapshot) {
		clearPrinters();
		spools.clear();
		spools.show(frame.snapshot.spools);
		spools.showTag(frame.snapshot.filamentTag, frame.snapshot.filamentTagError);
		heater.show(frame.snapshot.breath);
		if (frame.snapshot.breath) void drawChart();
	} else {
		for (const id of frame.update.removed) {
			removePrinter(id);
			spools.removePrinter(id);
		}
		const { filamentTag, filamentTagError } = frame.update;
		if (frame.update.spools) spools.show(frame.update.spools);
		if (filamentTag !== undefined) spools.showTag(filamentTag ?? undefined, filamentTagError ?? undefined);
		if (frame.update.breath) heater.show(frame.update.breath);
	}
	for (const printer of news.printers) {
		showPrinter(printer);
		spools.showPrinter(printer);
		network.showPrinter(printer);
		watchJob(printer);
	}
	if (!isSnapshot && frame.update.order) orderPrinters(frame.update.order);
	agePrinters(news.device.uptimeSeconds);
	if (news.wifi) network.show(news.wifi);
	if (news.update) update.show(news.update);
	showDevice(news.device);
	element("no-printers").hidden = countPrinters() > 0;
	if (isLost) {
		settings.deviceIsBack();
		spools.deviceIsBack();
		update.deviceIsBack(news.device.firmware);
	}
	isLost = false;
	say(words("live"), false);
}

function lose() {
	isLost = true;
	say(words("lost"), true);
}

async function drawChart() {
	if (element("heater").hidden || document.hidden) return;
	const history = await ask("GET", "/api/breath/history").catch(() => undefined);
	if (history) heater.chart.draw(history);
}

/** @param {string} text @param {boolean} lost */
function say(text, lost) {
	const feed = element("feed");
	write(feed, text);
	feed.classList.toggle("lost", lost);
	document.body.classList.toggle("old", lost);
}

/** @param {DeviceInfo} next */
function showDevice(next) {
	device = next;
	const { name, firmware, hostname, uptimeSeconds, vendors } = next;
	network.showVendors(vendors);
	write(element("device-name"), name);
	document.title = name;
	const minutes = Math.floor(uptimeSeconds / 60);
	const hours = Math.floor(minutes / 60);
	const uptime = words(hours > 0 ? "hoursMinutes" : "minutes", { hours, minutes: minutes % 60 });
	write(element("device-facts"), words("deviceFacts", { hostname, firmware, uptime }));
}
