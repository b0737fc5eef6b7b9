// What the more common faults of a Bambu Lab printer mean, in Culm's own words.

import { familyCode } from "../faults/fault-codes";

/**
 * By code; in the table below, all codes with one meaning and then its text. 8 digits are of `print_error`, 16 of the list `hms`. Those of filament units
 * are written for unit 00 and slot 1, and count for all of them; 07FF is the external spool.
 */
export const faultTexts: ReadonlyMap<string, string> = new Map(
	(
		[
			// Motion and homing
			[
				"0300_4000",
				"Z did not find its home position, and the job ended. Clear the bed and the space below it.",
			],
			["0300_4001", "The nozzle took too long to cool down before homing."],
			[
				"0300_4002",
				"Bed levelling failed, and the job ended. Clean the nozzle and the plate, then start again.",
			],
			["0300_4009", "X or Y did not find its home position. See whether toolhead and bed move freely."],
			["0300_400A", "The vibration measurement failed. See whether the printer stands firmly."],
			["0300_4057", "Z lost steps, and the job ended. See whether anything lies below the bed."],
			["0300_800C", "The toolhead lost steps. See whether anything blocks it, then resume."],
			[
				"0300_0D00_0001_0003 0300_0D00_0001_0004 0300_0D00_0001_0005 0300_0D00_0001_0006 0300_0D00_0002_0003",
				"The build plate does not lie flat. Put it on again.",
			],
			["0300_0D00_0001_000B", "Z is stuck. See whether anything blocks the bed."],
			["0300_0D00_0002_0001", "The bed was not measured well. Clean the nozzle's tip and the plate."],
			["0300_1000_0002_0001", "The X belt swings slower than it should: it may be loose."],
			["0300_1100_0002_0001", "The Y belt swings slower than it should: it may be loose."],
			["0300_2000_0001_0001", "X cannot be homed. See whether toolhead and bed move freely."],
			["0300_2000_0001_0002", "Y cannot be homed. See whether toolhead and bed move freely."],
			["0300_1800_0001_0001", "The nozzle seems to be missing, or sits loosely."],
			// Heat
			[
				"0300_8008",
				"The nozzle's temperature is not as it should be. Look at the hotend before heating again.",
			],
			["0300_8009", "The bed's temperature is not as it should be."],
			["0300_8018", "The chamber's temperature is not as it should be."],
			[
				"0300_8062 0300_8063 0300_8064 0300_A100_0001_0001",
				"The chamber is too warm. Open the door and the lid.",
			],
			["0300_0100_0001_0001", "The bed's heater may have a short circuit. Turn the printer off."],
			["0300_0100_0001_0002", "The bed's heater does not conduct: a wire or its thermal switch may be open."],
			["0300_0100_0001_0003", "The bed is too hot. Turn the printer off."],
			["0300_0100_0001_0006", "The bed's temperature sensor may have a short circuit."],
			["0300_0100_0001_0007", "The bed's temperature sensor may have come loose."],
			["0300_0100_0001_0008", "The bed does not heat up as it should."],
			["0300_0200_0001_0001", "The nozzle's heater may have a short circuit. Turn the printer off."],
			["0300_0200_0001_0002", "The nozzle's heater does not conduct: its wire may be loose."],
			["0300_0200_0001_0003", "The nozzle is too hot. Turn the printer off."],
			[
				"0300_0200_0001_0006",
				"The nozzle's temperature sensor may have a short circuit. See whether it is plugged in.",
			],
			["0300_0200_0001_0007", "The nozzle's temperature sensor may have come loose."],
			[
				"0300_0200_0001_0008 0300_0200_0001_0009",
				"The nozzle does not reach its temperature. See whether the hotend sits right.",
			],
			["0300_1E00_0001_0001", "The left nozzle's heater may have a short circuit. Turn the printer off."],
			["0300_1E00_0001_0003", "The left nozzle is too hot. Turn the printer off."],
			[
				"0300_1E00_0001_0008",
				"The left nozzle does not reach its temperature. See whether the hotend sits right.",
			],
			["0300_9000_0001_0001 0300_9000_0001_0004", "The chamber's heater blows no hot air. Look at its fan."],
			["0300_9000_0001_0002", "The chamber does not get warm. Close the door and the lid."],
			["0300_9400_0002_0003", "The chamber did not reach its temperature, and the job goes on without it."],
			["0300_9400_0003_0001", "The chamber cools down slowly. Opening the door or the lid helps."],
			[
				"0500_0400_0002_0007 0500_0400_0003_0009",
				"The bed is hotter than this filament takes well: the nozzle may clog. Open the door.",
			],
			["0500_403A 0500_0300_0001_0024", "It is below 10 °C; the printer is too cold to print."],
			// Fans
			[
				"0300_4005 0300_8010 0300_0300_0001_0001",
				"The hotend's fan is too slow or stands still. See whether anything blocks it.",
			],
			["0300_0300_0002_0002", "The hotend's fan is slow. Clean it."],
			[
				"0300_0400_0002_0001 0300_3100_0001_0001",
				"The part fan is too slow or stands still. See whether anything blocks it.",
			],
			["0300_3200_0001_0001", "The aux fan is too slow or stands still. See whether anything blocks it."],
			["0300_3300_0001_0001", "The chamber fan is too slow or stands still. See whether anything blocks it."],
			// Nozzle and extruder
			["0300_4006", "The nozzle is blocked, and the job ended."],
			["0300_8016 0300_1A00_0002_0002", "The nozzle is blocked. Clean it before you resume."],
			[
				"0300_8014 0300_1A00_0002_0001 0C00_0300_0002_000E",
				"Filament sticks to the nozzle, or the plate lies askew. Clean the nozzle.",
			],
			["0C00_803F 0C00_8043", "The camera sees a lump of filament on the nozzle. Clean it."],
			[
				"0300_800D 0C00_0300_0003_000D",
				"Little or nothing comes out of the nozzle. Look at the print before you resume.",
			],
			[
				"0C00_8040 0C00_0300_0003_0010",
				"The printer seems to print in the air: nothing comes out of the nozzle.",
			],
			[
				"0300_801A 0300_801C 0300_0900_0002_0001 0300_0900_0002_0002",
				"Filament passes the extruder with difficulty. It may be clogged.",
			],
			["0300_8021 05FF_8080 0500_8080 0300_401F", "The nozzle is missing or sits loosely. Put it in."],
			["0300_8005 0300_1200_0002_0001 0500_8040", "The toolhead's front cover is off. Put it on."],
			["0300_800B", "The cutter hangs. Pull its lever out."],
			// Plate, print and camera
			["0300_8011 0500_8051", "The build plate on the bed is not the one the job was made for."],
			["0300_8019 0500_8061", "There is no build plate on the bed, or it is dirty."],
			[
				"0300_8006 0500_8062 0C00_8009 0C00_0300_0002_000C",
				"The build plate's mark is not where it should be. Put the plate on straight.",
			],
			[
				"0300_8017 0C00_8015 0C00_8017 0C00_0300_0002_0010",
				"Something lies on the build plate. Take it off.",
			],
			[
				"0300_8002 0C00_8001 0C00_C003 0C00_0300_0003_0007",
				"The first layer may have flaws. Look at it before you resume.",
			],
			[
				"0300_8003 0C00_8042 0C00_C004 0C00_0300_0003_0008 0C00_0300_0003_001B",
				"The print may have turned into spaghetti. Look at it.",
			],
			[
				"0300_800A 0C00_8005 0C00_C006 0C00_0300_0003_0006",
				"Purged filament may block the waste chute. Clear it.",
			],
			["0C00_0300_0003_000B", "The first layer is being inspected."],
			["0C00_0100_0001_0004", "The micro lidar's lens is dirty. Clean it."],
			["0C00_0100_0002_0008", "The camera gives no picture, so it cannot watch the print."],
			// Doors
			[
				"0300_800F 0300_8042 0300_9600_0001_0001",
				"The door is open, and the job is paused. Close it, then resume.",
			],
			["0300_404B", "The door or the lid was open, and the job ended."],
			["0300_9600_0003_0001 0500_0400_0003_0008", "The door is open."],
			["0300_9700_0001_0001", "The lid is open, and the job is paused. Close it, then resume."],
			["0300_9700_0003_0001", "The lid is open."],
			// Power and contact
			["0300_400B", "Parts of the printer lost contact with each other. Turn it off and on again."],
			["0300_400D 0500_0400_0001_0006", "The job could not be resumed after the power failed."],
			["0300_400F 0300_0100_0001_000E", "The mains voltage is not the one that the printer is made for."],
			["0300_8007", "The power failed during this job. Resume only if the print still sticks to the plate."],
			["0500_0300_0001_0001", "The motion controller does not answer. Turn the printer off and on again."],
			["0500_0300_0001_0002", "The toolhead does not answer. Turn the printer off and on again."],
			["0500_0300_0001_0003", "The AMS does not answer. Turn the printer off and on again."],
			[
				"0500_4001 0500_0200_0002_0001 0500_0200_0002_0003 0500_0200_0002_0005",
				"The printer has no connection to the internet. In the local network it works all the same.",
			],
			// Files and storage
			["0300_8000", "Paused, and the printer does not say why. Resume when all looks well."],
			["0300_8013", "The print file asks for a pause here. Resume when you are done."],
			["0300_800E 0500_8013", "The print file is gone. See whether the card or the drive is plugged in."],
			[
				"0500_4002 0500_400A",
				"The printer does not take the file's name. Give it another one and send it anew.",
			],
			["0500_4003 0500_0400_0001_0003", "The print file cannot be read. Slice it again and send it anew."],
			["0500_4004", "The printer was busy and refused a new job."],
			["0500_4005 0500_4030", "The printer updates its firmware and takes no job now."],
			[
				"0500_4006 0500_4015",
				"There is too little room left on the printer for this job. Delete some files.",
			],
			[
				"0500_400B 0500_403F 0500_0400_0001_0001",
				"The print file did not reach the printer. Look at the network and send it anew.",
			],
			["0500_400C", "There is no memory card or drive in the printer. Put one in and start the job again."],
			["0500_4016 0500_0100_0003_0005", "The memory card or drive is write-protected."],
			[
				"0500_402E 0500_0100_0003_0006",
				"The printer cannot use the memory card or drive as it is. Format it in the printer.",
			],
			["0500_402F 0500_C010", "The memory card or drive is damaged. Format it or put in another one."],
			["0500_0100_0003_0004", "The memory card or drive is full, so no video is recorded."],
			["0500_0100_0003_0007", "There is no memory card or drive, so no time-lapse is recorded."],
			["0500_4037 0500_8036", "The file was sliced for another model."],
			["0500_4038 0500_803C 0500_403C", "The file was sliced for another nozzle."],
			["0500_4042 0300_4013", "There is no power for a job while the AMS dries. End the drying first."],
			[
				"0502_4007 0502_4008 0502_4009 0502_400A 0502_400B 0502_400C 0500_0500_0001_0007",
				"The printer refused an unsigned command: its Developer Mode is off. Culm can only watch it.",
			],
			// Filament units
			["0300_4008", "The AMS could not change the filament, and the job ended."],
			["0300_8004 0300_8015", "The filament has run out. Load new filament, then resume."],
			[
				"0700_4001 07FF_4001",
				"The job does not use the AMS, but its filament is still loaded. Unload it first.",
			],
			["0700_8001 07FF_8001", "The filament could not be cut. Look at the cutter."],
			["0700_8002 07FF_8002", "The cutter hangs. Pull its lever out."],
			[
				"0700_8003 0700_7000_0002_0001",
				"The filament does not come out of the extruder. It may have broken there, or clog it.",
			],
			[
				"0700_8004 0700_7000_0002_0004 0700_2000_0002_0011",
				"The filament cannot be pulled back. See whether the spool turns freely.",
			],
			[
				"0700_8005 0700_7000_0002_0005 0700_2000_0002_0010",
				"The filament cannot be pushed out. Cut its end straight and put it in again.",
			],
			["1200_8005 12FF_8005", "There is no filament in the inlet. Push it in."],
			[
				"0700_8006 0700_7000_0002_0002",
				"The filament does not reach the extruder. See whether the spool turns freely.",
			],
			[
				"0700_8007 0700_7000_0002_0003 0700_2000_0002_0009 1200_2000_0002_0006",
				"The filament was loaded, but nothing comes out of the nozzle. It may be clogged.",
			],
			[
				"0700_800A 0700_2000_0002_0006",
				"A filament tube seems to have come off. See whether all are plugged in.",
			],
			[
				"0700_8010 0700_0100_0002_0002 0700_1000_0002_0002 0700_6000_0002_0001",
				"The filament is hard to pull. It may be tangled, or the spool stuck.",
			],
			[
				"0700_8011 0700_7000_0002_0007",
				"The spool has run out. Put a new one into the same slot, then resume.",
			],
			[
				"0700_8012 07FF_8012 0700_7000_0002_0008 07FF_7000_0002_0008",
				"The printer does not know which slot to print from. Resume to try again.",
			],
			[
				"0700_8013 07FF_8013 0700_7000_0002_0006",
				"The old filament was not purged in time. It may be stuck, or the nozzle clogged.",
			],
			["0700_8016", "The extruder does not push the filament well. Look at the print before you resume."],
			["0700_8017", "This unit is drying. End that before you load or unload."],
			["0700_C008", "The unit that the job prints from is disconnected. Plug it in, and the job goes on."],
			[
				"0700_0100_0001_0001 0700_1000_0001_0001",
				"The unit's motor slips on the filament. Cut off the worn piece.",
			],
			[
				"0700_2000_0001_0083 0700_2000_0001_0084 0700_2000_0002_0057",
				"The spool's tag cannot be read. It may be damaged.",
			],
			["0700_2000_0002_0001", "The spool has run out. Put in a new one."],
			["0700_2000_0002_0002", "The slot is empty. Put in a spool."],
			["0700_2000_0002_0003", "The filament may have broken inside the unit or its tube."],
			["0700_2000_0002_0004", "The filament may have broken inside the toolhead."],
			[
				"0700_2000_0002_0005",
				"The spool has run out, and its rest was not purged. It may be stuck in the toolhead.",
			],
			["0700_2000_0003_0001", "The spool has run out. Its rest is being purged."],
			[
				"0700_2000_0003_0002",
				"The spool has run out, and the job went on with another one of the same filament.",
			],
			["0700_9600_0001_0001", "The dryer may be overheating. Cut the unit's power."],
			[
				"0700_9600_0001_0003",
				"Drying cannot begin while filament is loaded. Pull it out of the unit's outlet.",
			],
			["0700_9600_0002_0004", "The dryer does not hold its temperature. See whether the lid is closed."],
			["0700_9700_0003_0001", "The unit is too warm to feed filament or read tags. Let it cool down."],
			["07FF_8003 07FF_C003 07FF_C008", "Pull the filament out of the external spool's tube by hand."],
			["07FF_8004", "The filament cannot be pulled back out of the toolhead. See whether it is stuck."],
			["07FF_8005", "The filament cannot be pushed out. Cut its end straight and put it in again."],
			["07FF_8006 07FF_C006 07FF_C009", "Push the filament into the tube by hand, as far as it goes."],
			[
				"07FF_8007 07FF_C00A 07FF_7000_0002_0003",
				"See whether filament comes out of the nozzle. If not, push it a little and try again.",
			],
			["07FF_8010 07FF_6000_0002_0001", "The external spool is hard to pull. It may be tangled."],
			["07FF_8011", "The external spool has run out. Load new filament, then resume."],
			["12FF_8011", "A spool on the AMS Lite has run out. Put on a new one, then resume."],
			["07FF_2000_0002_0001 07FF_2000_0002_0002", "There is no filament on the external spool. Load some."],
			["07FF_2000_0002_0004", "Pull the external spool's filament out of the extruder."],
		] as const
	).flatMap(([codes, text]) => codes.split(" ").map((code): [string, string] => [code, text])),
);

/** `undefined` for a code whose meaning is not known here. `digits` without "HMS_". */
export function faultText(digits: string): string | undefined {
	return faultTexts.get(digits) ?? faultTexts.get(familyCode(digits));
}
