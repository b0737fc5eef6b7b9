// All words of the page: in English and Chinese here, in German in `words-de.js`. Texts of the markup carry their key in `data-word`.

/** @import { BreathState, ReasonDetails } from "../../modules/breath/breath-state" */
/** @import { CameraStatus } from "../../modules/printers/camera" */
/** @import { PrinterState } from "../../modules/printers/printer-state" */
/** @import { SpoolsState } from "../../modules/spools/spools-state" */

/** @type {Record<string, string>} */
const en = {
	title: "Culm",
	seconds: "{seconds} s",
	minutes: "{minutes} min",
	hoursMinutes: "{hours} h {minutes} min",
	connecting: "Connecting to the device…",
	live: "Live",
	lost: "Connection to the device lost. Trying again…",
	deviceFacts: "{hostname}.local · firmware {firmware} · up {uptime}",
	stateAsJson: "State as JSON",
	on: "on",
	off: "off",
	pending: "…",
	done: "Done.",
	failed: "The device could not do that.",
	unreachable: "The device does not answer.",
	cancel: "Cancel",
	save: "Save",
	search: "Search",
	searching: "Searching…",
	name: "Name",
	nothingFound: "Nothing was found.",

	heater: "Chamber heater",
	chamber: "Chamber",
	element: "Element",
	power: "Power",
	fan: "Fan",
	heating: "heating",
	notHeating: "off",
	fanRuns: "running",
	fanStands: "off",
	mode: "Mode",
	mode_auto: "Auto",
	mode_always_on: "Always on",
	mode_drying: "Drying",
	turnOn: "Turn on",
	turnOff: "Turn off",
	startDrying: "Start drying",
	fanOn: "Fan only",
	fanOff: "Fan off",
	target: "Target",
	bedThreshold: "Heats when the bed is set to at least",
	filterThreshold: "Fan filters when the bed has at least (0 = never)",
	dryingTarget: "Temperature, °C",
	dryingHours: "Duration, hours",
	preset_pla: "PLA · 55 °C · 12 h",
	preset_petg_abs: "PETG, ABS · 60 °C · 12 h",
	timeLeft: "{time} left",
	clearFault: "Clear the fault",
	offByFault: "Off until the fault is cleared",
	offWhileFault: "Off for as long as the fault lasts",
	history: "The last hours",
	now: "now",
	chartLabel: "Chamber temperature over the last {hours} hours; now {now} °C",

	link_offline: "offline",
	link_connecting: "connecting",
	link_online: "online",
	link_stale: "not answering",
	job_idle: "Idle",
	job_preparing: "Preparing",
	job_printing: "Printing",
	job_paused: "Paused",
	job_finished: "Finished",
	job_failed: "Failed",
	job_cancelled: "Cancelled",
	job_unknown: "–",
	printers: "Printers",
	noPrinters: "No printer is set up yet.",
	progress: "Progress",
	faults: "Faults",
	filament: "Filament",
	certificate: "Certificate: {name}, SHA-256 {sha256}.",
	readOnlyBadge: "read-only",
	readOnly:
		"The printer's Developer Mode is off, so it takes no commands from this device but for the light. Turn it on at the printer, with the LAN-only mode in its network settings; everything is shown in any case.",
	layers: "layer {layer} of {total}",
	left: "{left} left",
	ends: "{left} left, ends {ends}",
	nozzle: "Nozzle",
	leftNozzle: "Left nozzle",
	rightNozzle: "Right nozzle",
	bed: "Bed",
	fans: "Fans",
	fan_part: "part",
	fan_aux: "aux",
	fan_aux2: "second aux",
	fan_chamber: "chamber",
	light: "Light",
	humidity: "{percent} % humidity",
	dryingLeft: "drying, {minutes} min left",
	externalSpool: "External spool",
	empty: "empty",
	inUse: "in use",
	showCamera: "Show camera",
	hideCamera: "Hide camera",
	cameraPicture: "Picture of {name}'s camera",
	cameraConnecting: "Connecting to the camera…",
	cameraLost: "Connection lost. Trying again…",
	cameraWaiting: "Connection to the camera lost. Trying again…",
	camera_rtsps: "This printer's camera speaks RTSPS, which this device cannot show.",
	camera_none: "This printer has no camera.",

	watch_live: "connected all the time",
	watch_polled: "looked at every {every}",
	heardAgo: "heard {age} ago",
	door: "Door",
	door_open: "open",
	door_closed: "closed",
	airDuct: "Air duct",
	airDuct_cooling: "cooling",
	airDuct_heating: "heating",
	airDuct_laser: "laser",

	pause: "Pause",
	resume: "Resume",
	stop: "Stop",
	stopQuestion: "Stop what “{name}” prints? The job cannot be taken up again.",
	stopConfirm: "Stop the job",
	speed: "Speed",
	speed_1: "Silent",
	speed_2: "Standard",
	speed_3: "Sport",
	speed_4: "Ludicrous",
	light_chamber: "Light",
	light_chamber_2: "Second light",
	light_work: "Work light",
	light_heatbed: "Bed light",
	lightOn: "{light} on",
	lightOff: "{light} off",
	targets: "Temperatures and fans",
	targetLabel: "{part}, up to {max} °C (0 = off)",
	set: "Set",
	setPart: "Set: {part}",
	fanLabel: "Fan: {fan}",
	severity_fatal: "Fatal",
	severity_serious: "Serious",
	severity_common: "Warning",
	severity_info: "Notice",
	faultWiki: "{code} in the maker's wiki",
	fault_action_resume: "Resume",
	fault_action_retry: "Try again",
	fault_action_done: "Done by hand",
	fault_action_ignore: "Go on all the same",
	fault_action_stop: "Stop the job",
	fault_action_dismiss: "Dismiss",

	jobs: "What was printed",
	jobsEmpty: "No job has ended yet.",
	jobsClear: "Clear the list",
	jobsQuestion: "Delete the list of all printed jobs?",
	layersPrinted: "{layers} layers",
	result_finished: "finished",
	result_failed: "failed",
	result_cancelled: "cancelled",

	wifi: "Wi-Fi",
	ssid: "Network",
	password: "Password",
	join: "Join",
	openNetwork: "open",
	wifiJoining: "Joining. If this page stops, look for the device in that network.",
	wifiJoined: "Joined “{ssid}”.",
	wifiConnected: "In “{ssid}” as {address}, {signal} dBm.",
	wifiConnecting: "Joining “{ssid}”…",
	wifi_wrong_password: "“{ssid}” does not take the password.",
	wifi_not_found: "“{ssid}” is not in reach.",
	wifi_lost: "“{ssid}” was lost; it is being looked for.",
	wifiNone: "In no network.",
	accessPointOpen: "Its own network is “{ssid}”, at {address}.",

	addPrinter: "Add a printer",
	addPrinterHelp:
		"Address and access code stand with the network settings on the printer's screen. The printer tells its serial number itself; where it does not, it stands with the device information.",
	host: "Address",
	serialOptional: "Serial number (may be left out)",
	accessCode: "Access code",
	bind: "Connect",
	printerAsking: "Asking the printer for its serial number…",
	alreadySetUp: "That printer is set up already; change it on its card.",
	editPrinter: "Change the printer",
	newAccessCode: "New access code (empty: as it is)",
	codeForCertificate: "Access code again: whoever has this certificate gets it",
	keepLive: "Keep a connection to it before others",
	upOf: "Move {name} up",
	downOf: "Move {name} down",
	printerConnecting: "Saved. Connecting to the printer…",
	printerOnline: "Connected to {name}.",
	printerScanning: "Searching for eleven seconds…",
	printerNotFound:
		"No printer tells of itself here. In another part of the network it is not heard: give its address.",
	change: "Change",
	changeOf: "Change {name}",
	forget: "Forget",
	forgetOf: "Forget {name}",
	forgetQuestion: "Forget “{name}”? Auto mode then no longer follows it, and its access code is deleted.",
	trust: "Trust this certificate",

	settings: "Settings",
	hostname: "Name in the network (without .local)",
	language: "Language",
	autoBy: "Auto goes by",
	autoBy_bed: "the bed's temperature",
	autoBy_filament: "the filament of the print",
	filamentTargets: "Chamber by filament, °C",
	chamberOffset: "Correction of the chamber's sensor, K",
	elementOffset: "Correction of the element's sensor, K",
	deadmanMinutes: "Off when nobody is connected for, minutes; more than 120 counts for drying only",
	fanRelease: "After heating the fan runs until below, °C",
	webSocketLocked: "Programs without the password may only turn off",
	devicePassword: "Device password",
	newPassword: "New password, 8 characters or more, no spaces (empty: none)",
	devicePasswordHelp:
		"With a password, whoever changes something has to give it. Turning off never needs it.",
	restart: "Restart",
	restarting: "Restarting…",
	restarted: "The device is back.",
	factoryReset: "Factory reset",
	factoryQuestion: "Delete all settings, Wi-Fi, printers and the password?",
	factoryConfirm: "Delete everything",

	update: "Firmware update",
	updateHelp:
		"An image for this board (.bin). The device checks all of it before it starts it, and goes back to the present one if it does not work.",
	updateFile: "Image",
	updateStart: "Update",
	updateSending: "Sending…",
	updateChecking: "Checking…",
	updateRestarting: "The image is good. The device restarts with it.",
	updateDone: "The device is back, with firmware {firmware}.",
	updateLost: "The connection was lost before the update was whole. Nothing has changed.",

	log: "Log",
	logEmpty: "Nothing has happened yet.",
	again: "Read again",
	minutesAgo: "{minutes} min ago",
	passwordQuestion: "This device wants its password for that.",
	passwordWrong: "That was not it.",
	ok: "OK",

	spools: "Spools",
	spoolman_not_set_up: "No Spoolman is entered: its address is in the settings below.",
	spoolman_connecting: "Connecting to Spoolman…",
	spoolman_ready: "Connected to Spoolman {version}",
	spoolman_failed: "Spoolman cannot be reached.",
	waiting: "{grams} g on {count} spools wait for Spoolman.",
	waitingOne: "{grams} g on one spool wait for Spoolman.",
	refusedUse: "{grams} g of spool {id} are not in Spoolman: {why}",
	jobNotCounted: "{name}: what its job takes is not known, or not all of it. {why}",
	retrySpoolman: "Ask again now",
	discard: "Throw away",
	discardQuestion: "Throw away what waits? Spoolman will never be told of it.",
	spool_unknown: "not looked up yet",
	spool_reading: "the printer reads its tag",
	spool_new_tag: "a new tag: Spoolman does not know it",
	spool_not_linked: "no tag, and not linked to a spool",
	spool_missing: "the linked spool is not in Spoolman",
	spool_archived: "the linked spool is archived in Spoolman",
	spool_tag_twice: "two spools have this tag in Spoolman: take it from one of them there",
	linkedByTag: "known by its tag",
	linkedBySlot: "linked to this slot",
	jobTakes: "this job takes {grams} g more",
	warning_low: "Little is left.",
	warning_not_enough: "Not enough for this job.",
	differs: "The printer measures {percent} %, which is far from Spoolman's weight. Which one is right?",
	right_printer: "The printer",
	right_spoolman: "Spoolman",
	link: "Link…",
	linkOther: "Another spool…",
	linkSuggested: "It is spool {id}",
	create: "Create in Spoolman",
	unlink: "Unlink",
	actionOf: "{action} ({place})",
	gramsLeft: "{left} g left",
	gramsLeftOf: "{left} of {full} g left",
	leftOn: "Left: {place}",
	externalLeft: "external spool, left",
	externalRight: "external spool, right",
	whichSpool: "Which spool is in {place}?",
	searchSpools: "Name, material or vendor",
	moreSpools: "More",
	tagRead: "Tag read: {tag}, {min} to {max} °C",
	tagNotRead: "The tag was not read. {why}",
	tagPlace: "Slot",
	tagGive: "Put into this slot",
	tagDrop: "Drop",
	tagGiven: "The printer took it.",
	spoolSettings: "Spoolman and counting",
	spoolmanUrl: "Address of Spoolman (empty: none)",
	spoolmanKey: "API key (empty: as it is)",
	spoolmanKeyRemove: "Remove the key",
	spoolTagField: "Extra field with the tag",
	spoolSource: "What counts",
	spoolSource_job: "the job, by its slicer",
	spoolSource_remain: "what the printer measures",
	spoolThreshold: "Told from a change of, percent",
	spoolInterval: "At most every, seconds",
	spoolLow: "Warns below, g (0: never)",
	spoolLocation: "Location in Spoolman, such as {printer} {slot} (empty: none)",
};

/** @type {Record<string, string>} */
const zh = {
	title: "Culm",
	seconds: "{seconds} 秒",
	minutes: "{minutes} 分钟",
	hoursMinutes: "{hours} 小时 {minutes} 分钟",
	connecting: "正在连接设备…",
	live: "实时",
	lost: "与设备的连接已断开，正在重试…",
	deviceFacts: "{hostname}.local · 固件 {firmware} · 已运行 {uptime}",
	stateAsJson: "JSON 状态",
	on: "开",
	off: "关",
	pending: "…",
	done: "完成。",
	failed: "设备无法执行此操作。",
	unreachable: "设备没有响应。",
	cancel: "取消",
	save: "保存",
	search: "搜索",
	searching: "正在搜索…",
	name: "名称",
	nothingFound: "没有找到。",

	heater: "腔体加热器",
	chamber: "腔体",
	element: "加热元件",
	power: "功率",
	fan: "风扇",
	heating: "加热中",
	notHeating: "未加热",
	fanRuns: "运转",
	fanStands: "停止",
	mode: "模式",
	mode_auto: "自动",
	mode_always_on: "常开",
	mode_drying: "烘干",
	turnOn: "开启",
	turnOff: "关闭",
	startDrying: "开始烘干",
	fanOn: "仅风扇",
	fanOff: "关闭风扇",
	target: "目标温度",
	bedThreshold: "热床设定达到此温度时加热",
	filterThreshold: "热床达到此温度时过滤（0 = 从不）",
	dryingTarget: "温度（°C）",
	dryingHours: "时长（小时）",
	preset_pla: "PLA · 55 °C · 12 小时",
	preset_petg_abs: "PETG、ABS · 60 °C · 12 小时",
	timeLeft: "剩余 {time}",
	clearFault: "清除故障",
	offByFault: "故障清除前保持关闭",
	offWhileFault: "故障期间保持关闭",
	history: "最近几小时",
	now: "现在",
	chartLabel: "最近 {hours} 小时的腔体温度；现在 {now} °C",

	link_offline: "离线",
	link_connecting: "连接中",
	link_online: "在线",
	link_stale: "无响应",
	job_idle: "空闲",
	job_preparing: "准备中",
	job_printing: "打印中",
	job_paused: "已暂停",
	job_finished: "已完成",
	job_failed: "失败",
	job_cancelled: "已取消",
	job_unknown: "–",
	printers: "打印机",
	noPrinters: "尚未设置打印机。",
	progress: "进度",
	faults: "故障",
	filament: "耗材",
	certificate: "证书：{name}，SHA-256 {sha256}。",
	readOnlyBadge: "只读",
	readOnly:
		"打印机的开发者模式已关闭，除灯以外不接受此设备的命令。请在打印机网络设置的局域网模式中打开它；所有状态仍会显示。",
	layers: "第 {layer} 层，共 {total} 层",
	left: "剩余 {left}",
	ends: "剩余 {left}，{ends} 结束",
	nozzle: "喷嘴",
	leftNozzle: "左喷嘴",
	rightNozzle: "右喷嘴",
	bed: "热床",
	fans: "风扇",
	fan_part: "部件",
	fan_aux: "辅助",
	fan_aux2: "第二辅助",
	fan_chamber: "腔体",
	light: "灯",
	humidity: "湿度 {percent} %",
	dryingLeft: "烘干中，剩余 {minutes} 分钟",
	externalSpool: "外置料盘",
	empty: "空",
	inUse: "使用中",
	showCamera: "显示摄像头",
	hideCamera: "隐藏摄像头",
	cameraPicture: "{name} 的摄像头画面",
	cameraConnecting: "正在连接摄像头…",
	cameraLost: "连接断开，正在重试…",
	cameraWaiting: "与摄像头的连接断开，正在重试…",
	camera_rtsps: "这台打印机的摄像头使用 RTSPS，此设备无法显示。",
	camera_none: "这台打印机没有摄像头。",
	camera_unreachable: "{host} 的摄像头没有应答。打印机开着吗？地址是否仍然正确？",
	camera_camera_off: "打印机有应答，但没有提供摄像头。打印机设置中的局域网实时画面打开了吗？",
	camera_hung_up: "打印机在发送画面之前挂断。访问码正确吗？也可能其他应用占用了摄像头的所有连接。",
	camera_no_pictures: "打印机接受连接，但没有发送画面。摄像头可能已休眠或未接好；重启打印机通常有效。",
	camera_too_large: "摄像头的画面超出此设备的内存。",
	camera_not_understood: "{host} 的摄像头发来的不是此设备能识别的画面。",
	camera_not_found: "没有这台打印机。",
	camera_no_room: "此设备没有显示画面的内存。",
	camera_taken: "已有人在看摄像头，此设备一次只向一个人显示。",
	camera_gone: "打印机已重新设置或删除。",

	watch_live: "保持连接",
	watch_polled: "每 {every} 查询一次",
	heardAgo: "{age} 前的数据",
	door: "门",
	door_open: "打开",
	door_closed: "关闭",
	airDuct: "风道",
	airDuct_cooling: "冷却",
	airDuct_heating: "加热",
	airDuct_laser: "激光",

	pause: "暂停",
	resume: "继续",
	stop: "停止",
	stopQuestion: "停止“{name}”的打印？任务无法再继续。",
	stopConfirm: "停止任务",
	speed: "速度",
	speed_1: "静音",
	speed_2: "标准",
	speed_3: "运动",
	speed_4: "狂暴",
	light_chamber: "灯",
	light_chamber_2: "第二盏灯",
	light_work: "工作灯",
	light_heatbed: "热床灯",
	lightOn: "开启{light}",
	lightOff: "关闭{light}",
	targets: "温度和风扇",
	targetLabel: "{part}，最高 {max} °C（0 = 关闭）",
	set: "设定",
	setPart: "设定：{part}",
	fanLabel: "风扇：{fan}",
	severity_fatal: "致命",
	severity_serious: "严重",
	severity_common: "警告",
	severity_info: "通知",
	faultWiki: "厂商维基中的 {code}",
	fault_action_resume: "继续",
	fault_action_retry: "重试",
	fault_action_done: "已手动完成",
	fault_action_ignore: "忽略并继续",
	fault_action_stop: "停止任务",
	fault_action_dismiss: "清除提示",

	jobs: "打印记录",
	jobsEmpty: "还没有任务结束。",
	jobsClear: "清空记录",
	jobsQuestion: "删除全部打印记录？",
	layersPrinted: "{layers} 层",
	result_finished: "已完成",
	result_failed: "失败",
	result_cancelled: "已取消",

	wifi: "Wi-Fi",
	ssid: "网络",
	password: "密码",
	join: "加入",
	openNetwork: "开放",
	wifiJoining: "正在加入。如果页面停止响应，请在该网络中查找设备。",
	wifiJoined: "已加入“{ssid}”。",
	wifiConnected: "已加入“{ssid}”，地址 {address}，{signal} dBm。",
	wifiConnecting: "正在加入“{ssid}”…",
	wifi_wrong_password: "“{ssid}”不接受此密码。",
	wifi_not_found: "找不到“{ssid}”。",
	wifi_lost: "“{ssid}”已断开，正在重新查找。",
	wifiNone: "未加入任何网络。",
	accessPointOpen: "设备自己的网络是“{ssid}”，地址 {address}。",

	addPrinter: "添加打印机",
	addPrinterHelp:
		"地址和访问码在打印机屏幕的网络设置中。序列号由打印机自己告知；如果不行，可在设备信息中找到。",
	host: "地址",
	serialOptional: "序列号（可不填）",
	accessCode: "访问码",
	bind: "连接",
	printerAsking: "正在向打印机询问序列号…",
	alreadySetUp: "这台打印机已经设置，请在它的卡片上修改。",
	editPrinter: "修改打印机",
	newAccessCode: "新访问码（留空：不变）",
	codeForCertificate: "再次输入访问码：持有此证书者将收到它",
	keepLive: "优先与它保持连接",
	upOf: "上移 {name}",
	downOf: "下移 {name}",
	printerConnecting: "已保存，正在连接打印机…",
	printerOnline: "已连接 {name}。",
	printerScanning: "正在搜索，需要十一秒…",
	printerNotFound: "这里没有打印机发出通告。若它在网络的其他部分，请直接填写地址。",
	change: "修改",
	changeOf: "修改 {name}",
	forget: "删除",
	forgetOf: "删除 {name}",
	forgetQuestion: "删除“{name}”？自动模式将不再跟随它，访问码也会被清除。",
	trust: "信任此证书",
	link_unreachable: "{host} 没有应答。打印机开着吗？地址是否仍然正确？",
	link_wrong_access_code: "打印机拒绝了访问码。它显示在打印机屏幕的网络设置中，切换局域网模式后会改变。",
	link_wrong_serial: "{host} 上的打印机序列号不是 {serial}，或者没有应答。请检查序列号，字母须大写。",
	link_untrusted_certificate:
		"{host} 的证书不是由已知的 Bambu Lab 机构签发。如果这是新型号的打印机，请核对指纹后确认。",
	link_certificate_changed:
		"{host} 的证书与之前确认的不同。如果打印机被重置或更换，请再次确认；否则可能有人在窃听。",
	link_too_many_clients: "打印机在连接建立前挂断。很可能连接的应用太多：请关闭一个，或重启打印机。",

	settings: "设置",
	hostname: "网络名称（不含 .local）",
	language: "语言",
	autoBy: "自动模式依据",
	autoBy_bed: "热床温度",
	autoBy_filament: "打印所用耗材",
	filamentTargets: "各耗材的腔体温度（°C）",
	chamberOffset: "腔体传感器修正（K）",
	elementOffset: "元件传感器修正（K）",
	deadmanMinutes: "无人连接多少分钟后关闭；超过 120 只用于烘干",
	fanRelease: "加热后风扇运转至低于（°C）",
	webSocketLocked: "没有密码的程序只能关闭",
	devicePassword: "设备密码",
	newPassword: "新密码，至少 8 个字符，不含空格（留空：无密码）",
	devicePasswordHelp: "设置密码后，任何更改都需要密码。关闭加热永远不需要密码。",
	restart: "重启",
	restarting: "正在重启…",
	restarted: "设备已恢复。",
	factoryReset: "恢复出厂设置",
	factoryQuestion: "删除所有设置、Wi-Fi、打印机和密码？",
	factoryConfirm: "全部删除",

	update: "固件更新",
	updateHelp: "适用于此主板的镜像（.bin）。设备会先检查整个镜像再启动；如果新镜像不工作，会退回当前版本。",
	updateFile: "镜像",
	updateStart: "更新",
	updateSending: "正在发送…",
	updateChecking: "正在检查…",
	updateRestarting: "镜像正确，设备正在用它重启。",
	updateDone: "设备已恢复，固件为 {firmware}。",
	updateLost: "更新完成前连接断开。没有任何改变。",

	log: "日志",
	logEmpty: "还没有任何事件。",
	again: "重新读取",
	minutesAgo: "{minutes} 分钟前",
	passwordQuestion: "此操作需要设备密码。",
	passwordWrong: "密码不正确。",
	ok: "确定",

	reason_off: "自启动以来一直关闭",
	reason_off_by: "已关闭，{who}",
	reason_off_firmware: "已由设备自己关闭",
	reason_fault: "故障使加热器保持关闭",
	reason_fan_only: "风扇运转，不加热",
	reason_no_printer: "自动模式需要打印机，但尚未设置",
	reason_no_printer_klipper: "自动模式还不能跟随 Klipper 打印机",
	reason_printer_offline: "自动模式跟随的 {printer} 没有响应",
	reason_bed_cold: "等待 {printer} 的热床达到 {bedThreshold} °C",
	reason_bed_cold_target: "等待 {printer} 的热床：设定为 {bedTarget} °C，从 {bedThreshold} °C 起加热",
	reason_bed_cold_current: "等待 {printer} 的热床：{bed} / {bedThreshold} °C",
	reason_filament_cold: "{printer} 没有说明所用耗材",
	reason_filament_cold_listed: "{printer} 正在打印 {material}，不需要温暖的腔体",
	reason_filament_cold_unlisted: "{printer} 正在打印 {material}，没有为它设置温度",
	reason_no_job: "等待 {printer} 开始打印",
	reason_target_zero: "目标为 0 °C：不加热",
	reason_heating: "正在加热腔体至 {target} °C",
	reason_heating_minutes: "正在加热腔体，约 {minutes} 分钟后达到 {target} °C",
	reason_holding: "保持 {target} °C",
	reason_above_target: "腔体高于 {target} °C：无需加热",
	reason_drying: "以 {target} °C 烘干，剩余 {left}",
	reason_drying_done: "烘干完成",
	reason_element_hot: "加热元件达到上限，正在休息",
	reason_abandoned: "已关闭：{time}无人连接",
	reason_abandoned_drying: "烘干提前 {lost}停止：{time}无人连接",
	reason_updating: "正在接收新固件：不加热",
	eventBy: "{sentence}，{who}",
	reason_alone: "。无人连接：{time}后停止加热",
	reason_runs_on: "；风扇继续运转",
	reason_filters: "；风扇正在过滤",
	reason_printer: "打印机",
	minutesOnly: "{minutes} 分钟",
	reason_no_reading: "等待传感器的首次读数",
	fault_element_overheat: "加热元件过热",
	help_element_overheat: "确认风扇转动且风道畅通，待其冷却后清除故障。",
	fault_chamber_overheat: "腔体过热",
	help_chamber_overheat: "打开腔体，查找其他热源，待其冷却后清除故障。",
	fault_chamber_sensor_open: "腔体温度传感器缺失或导线断开",
	help_chamber_sensor_open: "拔下电源，检查传感器的插头和导线，然后清除故障。",
	fault_chamber_sensor_short: "腔体温度传感器导线短路",
	help_chamber_sensor_short: "拔下电源，检查传感器的插头和导线，然后清除故障。",
	fault_chamber_sensor_failed: "无法测量腔体温度",
	help_chamber_sensor_failed: "重启设备并清除故障。如果再次出现，说明主板有缺陷。",
	fault_element_sensor_open: "加热元件温度传感器缺失或导线断开",
	help_element_sensor_open: "拔下电源，检查传感器的插头和导线，然后清除故障。",
	fault_element_sensor_short: "加热元件温度传感器导线短路",
	help_element_sensor_short: "拔下电源，检查传感器的插头和导线，然后清除故障。",
	fault_element_sensor_failed: "无法测量加热元件温度",
	help_element_sensor_failed: "重启设备并清除故障。如果再次出现，说明主板有缺陷。",
	fault_heating_too_slow: "加热元件已通电但没有升温",
	help_heating_too_slow: "确认其传感器贴在元件上且保险丝完好，然后清除故障。",
	fault_cooling_while_heating: "加热器开启时腔体反而变冷",
	help_cooling_while_heating: "关好腔体，确认其传感器没有松脱，然后清除故障。",
	fault_sensors_swapped: "两个温度传感器似乎接反了",
	help_sensors_swapped: "拔下电源，对调两个传感器的插头，然后清除故障。",
	fault_heater_stuck_on: "加热元件已关闭却仍在发热",
	help_heater_stuck_on: "立即拔下电源。继电器已粘连：更换后才能再使用设备。",
	fault_no_mains: "检测不到市电，风扇无法运转",
	help_no_mains: "检查电源线和保险丝，然后清除故障。如果再次出现，说明主板有缺陷。",
	fault_storage_unreadable: "无法读取重启前是否有故障",
	help_storage_unreadable: "确认设备正常，然后清除故障。如果再次出现，请恢复出厂设置。",
	fault_control_failed: "加热器控制失败",
	help_control_failed: "重启设备并清除故障。如果再次出现，请附上设备日志报告。",
	event_started: "已启动{cause}",
	event_turned_on: "已开启：{mode}",
	event_turned_off: "已关闭",
	event_mode_changed: "模式：{mode}",
	event_target_changed: "目标 {a} → {b} °C",
	event_bed_threshold_changed: "开始加热的热床温度 {a} → {b} °C",
	event_filter_threshold_changed: "开始过滤的热床温度 {a} → {b} °C",
	event_drying_changed: "烘干设为 {a} °C，{b} 小时",
	event_drying_started: "烘干开始：{a} °C，{b} 小时",
	event_drying_stopped: "烘干提前 {a} 分钟停止",
	event_drying_done: "烘干完成",
	event_fan_on: "风扇开启，不加热",
	event_fan_off: "风扇关闭",
	event_fault: "故障：{fault}",
	event_fault_cleared: "故障已清除：{fault}",
	event_abandoned: "已关闭：{time}无人连接",
	event_abandoned_drying: "烘干提前 {lost}停止：{time}无人连接",
	event_heater_missing: "加热器硬件没有响应：不加热",
	event_printer_bound: "已设置打印机",
	event_printer_unbound: "已删除打印机",
	event_printer_online: "打印机已连接",
	event_printer_lost: "打印机连接丢失",
	event_update_started: "更新开始",
	event_update_done: "更新已接收",
	event_update_failed: "更新失败{times}",
	event_wifi_joined: "已加入 Wi-Fi",
	event_wifi_lost: "Wi-Fi 断开",
	event_wifi_refused: "Wi-Fi 拒绝密码{times}",
	event_access_point_opened: "已开启设备自己的 Wi-Fi",
	event_access_point_closed: "已关闭设备自己的 Wi-Fi",
	event_password_changed: "设备密码已更改",
	event_password_wrong: "设备密码错误{times}",
	event_restart_asked: "已请求重启",
	event_factory_reset: "已清除所有设置",
	event_spoolman_reached: "已连接 Spoolman",
	event_spoolman_lost: "Spoolman 连接丢失",
	event_spool_write_refused: "Spoolman 拒绝料盘 {a} 的用量（状态 {b}）",
	event_spool_not_counted: "未计入料盘 {a}：{b} g",
	event_spool_differs: "料盘 {a}：打印机测得 {b} %，与 Spoolman 的重量不符",
	cause_power: "：接通电源",
	cause_restart: "：有人请求重启",
	cause_update: "：更新之后",
	cause_watchdog: "：看门狗发现停滞",
	cause_crash: "：曾经崩溃",
	cause_brownout: "：供电电压过低",
	by_panel: "在屏幕上",
	by_page: "在网页上",
	by_program: "由程序",
	by_websocket: "由 Panda Breath 客户端",
	by_button: "用按钮",
	times: "，{count} 次",
	error_bad_json: "请求无法理解。",
	error_bad_field: "有一项填写不正确。",
	error_unauthorized: "需要设备密码。",
	error_wrong_password: "设备密码不正确。",
	error_foreign_origin: "不接受来自其他网站的请求。",
	error_not_found: "没有找到。",
	error_already_set_up: "这台打印机已经设置。",
	error_no_free_slot: "没有空位再添加打印机。",
	error_fault_remains: "故障原因仍然存在，无法清除。",
	error_too_many_attempts: "错误密码过多，请稍候再试。",
	error_not_stored: "存储拒绝，没有任何改变。",
	error_unavailable: "现在无法执行，请稍后再试。",
	error_too_many_clients: "连接过多。",
	error_wrong_type: "更新类型不正确。",
	error_busy: "设备正在处理同样的请求，请稍后再试。",
	error_printer_full: "打印机在连接建立前挂断。很可能连接的应用太多：请关闭一个，或重启打印机。",
	command_unknown_command: "此打印机不认识这个命令。",
	command_bad_field: "命令中有一项不正确。",
	command_not_confirmed: "此操作需要确认。",
	command_not_supported: "这台打印机没有此功能。",
	command_wrong_state: "打印机现在的状态不允许此操作。",
	command_too_cold: "喷嘴温度太低，请先加热。",
	command_not_homed: "打印机不知道喷嘴的位置，请先回零。",
	command_out_of_range: "超出这台打印机的范围。",
	command_read_only: "打印机的开发者模式已关闭，不接受此设备的命令。",
	command_offline: "没有与打印机的连接，或连接在应答前断开。",
	command_busy: "等待应答的命令太多，请稍后再试。",
	command_refused: "打印机拒绝了此命令：{text}",
	command_timed_out: "打印机没有及时应答；命令可能已经执行。",
	command_not_sent: "命令没有发出，请再试一次。",
	error_heating: "加热时不能更新，请先关闭加热。",
	error_empty: "镜像是空的。",
	error_too_large: "镜像太大。",
	error_connection_lost: "更新完成前连接断开。",
	error_no_updates: "此设备不能更新。",
	error_storage: "无法写入镜像。",
	error_not_an_image: "这不是固件镜像。",
	error_wrong_chip: "镜像用于其他芯片。",
	error_no_hash: "镜像没有校验值。",
	error_wrong_project: "镜像属于其他项目。",
	error_wrong_board: "镜像用于其他主板。",
	error_malformed: "镜像已损坏。",
	error_wrong_size: "镜像大小不正确。",
	error_wrong_checksum: "镜像校验和不正确。",
	error_wrong_hash: "镜像校验值不正确。",

	spools: "料盘",
	spoolman_not_set_up: "尚未填写 Spoolman：请在下面的设置中填写地址。",
	spoolman_connecting: "正在连接 Spoolman…",
	spoolman_ready: "已连接 Spoolman {version}",
	spoolman_failed: "无法连接 Spoolman。",
	waiting: "{grams} g（{count} 个料盘）等待写入 Spoolman。",
	waitingOne: "{grams} g（1 个料盘）等待写入 Spoolman。",
	refusedUse: "料盘 {id} 的 {grams} g 未写入 Spoolman：{why}",
	refusedHelp: "请在那里手动填写，然后在这里丢弃。",
	jobNotCounted: "{name}：任务的用量未知或不完整。{why}",
	jobFileHelp: "请检查打印机能否连接、任务文件是否在打印机的存储中。",
	retrySpoolman: "立即重试",
	discard: "丢弃",
	discardQuestion: "丢弃等待写入的用量？Spoolman 将不会得知。",
	spool_unknown: "尚未查询",
	spool_reading: "打印机正在读取标签",
	spool_new_tag: "新标签：Spoolman 中没有",
	spool_not_linked: "无标签，未关联料盘",
	spool_missing: "关联的料盘已不在 Spoolman 中",
	spool_archived: "关联的料盘在 Spoolman 中已归档",
	spool_tag_twice: "Spoolman 中有两个料盘使用此标签：请在那里删除其中一个",
	linkedByTag: "按标签识别",
	linkedBySlot: "已关联到此槽位",
	jobTakes: "此任务还需 {grams} g",
	warning_low: "余料不多。",
	warning_not_enough: "不够此任务使用。",
	differs: "打印机测得 {percent} %，与 Spoolman 的重量相差很大。哪个正确？",
	right_printer: "打印机",
	right_spoolman: "Spoolman 正确",
	link: "关联…",
	linkOther: "换料盘…",
	linkSuggested: "是料盘 {id}",
	create: "在 Spoolman 中新建",
	unlink: "取消关联",
	actionOf: "{action}（{place}）",
	gramsLeft: "剩余 {left} g",
	gramsLeftOf: "剩余 {left} / {full} g",
	leftOn: "余料：{place}",
	externalLeft: "左侧外部料盘",
	externalRight: "右侧外部料盘",
	whichSpool: "{place} 中是哪个料盘？",
	searchSpools: "名称、材料或厂商",
	moreSpools: "更多",
	tagRead: "已读取标签：{tag}，{min} 至 {max} °C",
	tagNotRead: "未能读取标签。{why}",
	tagPlace: "槽位",
	tagGive: "设到此槽位",
	tagDrop: "忽略",
	tagGiven: "打印机已接受。",
	spoolSettings: "Spoolman 与计量",
	spoolmanUrl: "Spoolman 地址（空：无）",
	spoolmanKey: "API 密钥（空：不变）",
	spoolmanKeyRemove: "删除密钥",
	spoolTagField: "保存标签的额外字段",
	spoolSource: "计量方式",
	spoolSource_job: "切片软件给出的任务用量",
	spoolSource_remain: "打印机测量值",
	spoolThreshold: "变化超过多少百分比才写入",
	spoolInterval: "最短间隔，秒",
	spoolLow: "低于多少克时提醒（0：从不）",
	spoolLocation: "Spoolman 中的位置，例如 {printer} {slot}（空：无）",
	spoolError_not_set_up: "尚未填写 Spoolman：请在设置中填写地址。",
	spoolError_unknown_slot: "没有这个槽位，或其中没有料盘。",
	spoolError_no_tag: "这个料盘没有可用于新建的标签。",
	spoolError_in_use: "该料盘已在其他槽位，或已有其他标签。",
	spoolError_archived: "该料盘已在 Spoolman 中归档。请先在那里取消归档。",
	spoolError_nothing_to_do: "这里没有需要处理的内容。",
	spoolError_storage: "设备无法保存，因此不会发送任何用量。",
	spoolError_unreachable: "无法连接 Spoolman。请检查地址，并确认它在运行。",
	spoolError_timeout: "Spoolman 没有及时应答；可能已经执行。",
	spoolError_unavailable: "Spoolman 暂时无法处理，请稍后再试。",
	spoolError_refused: "Spoolman 拒绝访问：请检查 API 密钥。",
	spoolError_not_found: "Spoolman 中没有这个料盘。",
	spoolError_invalid: "Spoolman 不接受此操作。",
	spoolError_not_spoolman: "该地址应答的不是 Spoolman。请检查地址。",
	spoolError_too_large: "Spoolman 的应答太长。",
	command_bad_tag: "标签内容不正确：{text}",
	command_no_tag: "没有已读取的标签：请再次将标签靠近读卡器。",
	command_no_profile: "打印机没有这种材料的配置。",
	command_unknown_printer: "没有这台打印机。",
};

/** Beside English, which the device itself speaks. @type {Record<string, Record<string, string>>} */
const tables = { zh };

let language = "en";

/** The words for that key, with `{name}` replaced. @param {string} key @param {Record<string, string | number>} [values] */
export function words(key, values = {}) {
	const text = tables[language]?.[key] ?? en[key] ?? key;
	return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/** @type {(() => void)[]} */
const listeners = [];

/** Calls back whenever another language was chosen. @param {() => void} listener */
export function onLanguage(listener) {
	listeners.push(listener);
}

/** The one that was chosen last, while its words are on the way. */
let wanted = language;

/** Resolves once the page speaks it. German is loaded by those who read it. @param {string} next "en", "zh" or "de" */
export async function setLanguage(next) {
	wanted = next;
	if (next === "de" && !tables.de) {
		const loaded = await import("./words-de.js").catch(() => undefined);
		if (loaded) tables.de = loaded.de;
	}
	if (wanted !== next) return;
	language = next in tables ? next : "en";
	document.documentElement.lang = language;
	for (const target of document.querySelectorAll("[data-word]"))
		target.textContent = words(/** @type {HTMLElement} */ (target).dataset.word ?? "");
	for (const listener of listeners) listener();
}

/** In the chosen language by the code, where it is known; otherwise what the device says. @param {string} code @param {string} text */
export function errorWords(code, text) {
	return translated(`error_${code}`, {}, text);
}

/** Why a printer did not take a command. @param {string} code @param {string} text */
export function commandWords(code, text) {
	return translated(`command_${code}`, { text }, errorWords(code, text));
}

/** Why something about spools was not done. @param {string} code @param {string} text */
export function spoolErrorWords(code, text) {
	return translated(`spoolError_${code}`, {}, errorWords(code, text));
}

/** How Spoolman is reached. @param {SpoolsState["spoolman"]} spoolman */
export function spoolmanWords({ state, version = "", error, help = "" }) {
	// That something may have been done all the same is not about the connection.
	if (error !== undefined) return spoolErrorWords(error === "timeout" ? "unreachable" : error, help);
	return words(`spoolman_${state}`, { version });
}

/** Why a use will not be in Spoolman, and what to do. @param {string} text */
export function refusedWords(text) {
	return translated("refusedHelp", {}, text);
}

/** Why it is not known what a printer's job takes. @param {string} name @param {string} text */
export function jobNotCountedWords(name, text) {
	return words("jobNotCounted", { name, why: translated("jobFileHelp", {}, text) });
}

/**
 * Why a printer cannot be added, and the certificate for a person to compare.
 * @param {string} code @param {string} text @param {string} host @param {{ commonName: string, sha256: string }} [certificate]
 */
export function addingWords(code, text, host, certificate) {
	if (code === "already_set_up") return words("alreadySetUp");
	const why = translated(`link_${code}`, { host, serial: "" }, text);
	const shown =
		certificate && words("certificate", { name: certificate.commonName, sha256: certificate.sha256 });
	return [why, shown].filter(Boolean).join(" ");
}

/** What is wrong with the link to a printer and what to do. @param {PrinterState} printer */
export function linkWords({ linkError, linkHelp = "", host, serial }) {
	return translated(`link_${linkError}`, { host, serial }, linkHelp);
}

/**
 * How a camera is, or why it is not shown.
 * @param {{ state?: CameraStatus["state"], error?: string | undefined, help?: string | undefined }} status
 * @param {{ host: string, serial: string }} [printer]
 */
export function cameraWords({ state, error, help = "" }, { host, serial } = { host: "", serial: "" }) {
	if (error === undefined) return words(state === "waiting" ? "cameraWaiting" : "cameraConnecting");
	// What is wrong with its certificate is said as for the link.
	const key = `camera_${error}` in (tables[language] ?? {}) ? `camera_${error}` : `link_${error}`;
	return translated(key, { host, serial }, translated(`error_${error}`, {}, help));
}

/** Why it heats or does not. @param {BreathState} state */
export function reasonWords({
	reasonCode,
	reason,
	reasonDetails = {},
	activeTarget,
	target,
	bedThreshold,
	fault,
}) {
	if (reasonCode === "fault" && fault) return faultWords(fault).title;
	const { by, printer, minutes = 0, minutesLost = 0, minutesAlone, fan } = reasonDetails;
	const { bedTarget = 0, bed = 0, material = "" } = reasonDetails;
	const values = {
		bedTarget,
		bed,
		material,
		minutes,
		target: activeTarget || target,
		bedThreshold,
		printer: printer ?? translated("reason_printer", {}, ""),
		who: translated(`by_${by}`, {}, ""),
		left: timeWords(minutes),
		time: timeWords(minutes),
		lost: timeWords(minutesLost),
	};
	const text = translated(`reason_${reasonCode}${reasonVariant(reasonCode, reasonDetails)}`, values, reason);
	if (text === reason) return reason;
	if (minutesAlone !== undefined) return text + words("reason_alone", { time: timeWords(minutesAlone) });
	return fan === undefined ? text : text + words(`reason_${fan}`);
}

/** Which of a reason's sentences fits. @param {string} code @param {ReasonDetails} details */
function reasonVariant(code, { by, klipper, bedTarget, bed, material, listed, minutes, minutesLost }) {
	if (code === "off" && by !== undefined) return by === "firmware" ? "_firmware" : "_by";
	if (klipper) return "_klipper";
	if (bedTarget !== undefined) return "_target";
	if (bed !== undefined) return "_current";
	if (material !== undefined) return listed ? "_listed" : "_unlisted";
	if (code === "heating" && minutes !== undefined) return "_minutes";
	return minutesLost === undefined ? "" : "_drying";
}

/** @param {number} minutes */
function timeWords(minutes) {
	if (minutes < 60) return translated("minutesOnly", { minutes }, "");
	return words("hoursMinutes", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}

/** The device says what it is and what to do in one text, and the first sentence is what it is. @param {NonNullable<BreathState["fault"]>} fault */
export function faultWords({ code, text }) {
	const end = text.indexOf(". ");
	return {
		title: translated(`fault_${code}`, {}, end < 0 ? text : text.slice(0, end)),
		help: translated(`help_${code}`, {}, end < 0 ? "" : text.slice(end + 2)),
	};
}

/** Places of the numbers that events carry. */
const MODES = ["auto", "always_on", "drying"];
const CAUSES = ["unknown", "power", "restart", "update", "watchdog", "crash", "brownout"];
const FAULTS = [
	"element_overheat",
	"chamber_overheat",
	"chamber_sensor_open",
	"chamber_sensor_short",
	"chamber_sensor_failed",
	"element_sensor_open",
	"element_sensor_short",
	"element_sensor_failed",
	"heating_too_slow",
	"cooling_while_heating",
	"sensors_swapped",
	"heater_stuck_on",
	"no_mains",
	"storage_unreadable",
	"control_failed",
];

/** @param {{ event: string, by?: string, a: number, b: number, text: string }} event */
export function eventWords({ event, by, a, b, text }) {
	const sentence = translated(
		event === "abandoned" && b > 0 ? "event_abandoned_drying" : `event_${event}`,
		{
			time: timeWords(a),
			lost: timeWords(b),
			a,
			b,
			mode: words(`mode_${MODES[a]}`),
			cause: translated(`cause_${CAUSES[a]}`, {}, ""),
			fault: translated(`fault_${FAULTS[a]}`, {}, ""),
			times: b > 1 ? words("times", { count: b }) : "",
		},
		text,
	);
	const who = translated(`by_${by}`, {}, "");
	return who && sentence !== text ? words("eventBy", { sentence, who }) : sentence;
}

/** In the chosen language what the device itself says in English. @param {string} key @param {Record<string, string | number>} values @param {string} text */
function translated(key, values, text) {
	return key in (tables[language] ?? {}) ? words(key, values) : text;
}
