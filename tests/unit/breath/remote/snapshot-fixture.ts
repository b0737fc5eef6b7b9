// The whole state as a stock Panda Breath sends it when somebody connects.

export function snapshot(settings: Record<string, unknown> = {}, printer: Record<string, unknown> = {}) {
	return {
		settings: {
			fw_version: "V1.0.3",
			language: "en",
			printer_type: 1,
			work_on: 0,
			work_mode: 2,
			set_temp: 45,
			filtertemp: 30,
			hotbedtemp: 80,
			custom_temp: 60,
			custom_timer: 12,
			isrunning: 0,
			remaining_seconds: 0,
			warehouse_temper: 22,
			ptc_sensor_status: 0,
			warehouse_sensor_status: 0,
			...settings,
		},
		printer: { name: "", sn: "", ip: "", scan: 0, ...printer },
		wifi: { ssid: "Workshop", password: "filament", scan: 0 },
		sta: { ip: "192.0.2.40", hostname: "PandaBreath", state: 3 },
		ap: { ssid: "Panda_Breath_A1B2C3D4E5F6", password: "987654321", ip: "192.168.254.1", on: 0 },
	};
}
