// The warm chamber that the heater stands in: air, walls, the heating element, the bed below, the room around.

/*
 * Four masses, and the power that flows between them (conductances in W/K, those of surfaces for 40 l):
 *
 *   element ──7 with fan, 0.8 without──▶ air ──26 with fan, 10 without──▶ walls ──3.5──▶ room
 *   bed ──1.5──▶ air ──0.5, 25.5 with the door open──▶ room
 *
 * Where they come from: 40 l as a cube have 0.7 m² of wall; plastic and glass in still air let through 5 W/(m²·K).
 * Inside, walls and the printer's own parts offer twice that surface to moving air, at 18 W/(m²·K). Air holds
 * 1.2 J/(l·K), and the light parts that follow it at once (cables, hoses, foils) more than that; panels, frame and
 * plate, some 8 kg of what warms up within a quarter of an hour, hold 7,000 J/K.
 *
 * So 300 W take 40 l from 22 to 55 °C in 12 minutes. Of those 215 kJ the walls, which lag 10 °C behind, have taken
 * 160 kJ by then, element and air 20 kJ, and the room the rest. To hold 55 °C then takes 115 W at last, and more as
 * long as the walls still warm up. 30 l take 9 minutes and 60 l 19.
 */

export interface PlantOptions {
	/** Of the enclosure, 30 to 60 for the usual printers. */
	volumeLitres?: number;
	/** Of the room; everything starts at it. */
	ambientCelsius?: number;
}

/** What a {@link ChamberPlant} is like at one moment, in °C and W. */
export interface PlantSnapshot {
	chamberCelsius: number;
	wallCelsius: number;
	elementCelsius: number;
	heaterWatts: number;
	lossWatts: number;
}

export const DEFAULT_VOLUME_LITRES = 40;
export const DEFAULT_AMBIENT_CELSIUS = 22;

const RATED_WATTS = 300;
/** A cold PTC draws more than its rated current until it has warmed itself. */
const INRUSH_SHARE = 0.6;
const INRUSH_FADE_KELVIN = 15;
const INRUSH_FROM_CELSIUS = 20;
/** Around this surface temperature the resistance of the PTC multiplies: half of the power is left here. */
const CURIE_CELSIUS = 112;
const CURIE_WIDTH_KELVIN = 5;

const ELEMENT_CAPACITY = 180;
const AIR_CAPACITY_PER_LITRE = 1.2 + 3;
const WALL_CAPACITY = 7_000;

const ELEMENT_TO_AIR_FAN = 7;
const ELEMENT_TO_AIR_STILL = 0.8;
const AIR_TO_WALL_FAN = 26;
const AIR_TO_WALL_STILL = 10;
const WALL_TO_ROOM = 3.5;
const GAPS_TO_ROOM = 0.5;
const DOOR_TO_ROOM = 25;
/** Both sides of a plate of 256 by 256 mm, by convection and radiation. */
const BED_TO_AIR = 1.5;

/** How long a thermistor takes to follow: a bead in moving air, in still air, clamped to the element. */
const BEAD_MOVING_MS = 6_000;
const BEAD_STILL_MS = 15_000;
const BEAD_CLAMPED_MS = 2_000;

/** Well below the fastest of the time constants, the air's with an open door: 3 s. */
const LONGEST_STEP_MS = 100;

/**
 * The physics alone: no clock, no sensors' electronics, no board. Set what the outside does (`heater` to `bedCelsius`)
 * and let time pass with {@link step}; inputs hold until they are changed.
 */
export class ChamberPlant {
	/** Whether the relay is closed. */
	heater = false;
	/** Whether the blower is told to run. */
	fan = false;
	/** Without mains neither element nor blower do anything. */
	mains = true;
	/** Of the enclosure, or its lid. */
	doorOpen = false;
	/** The blower runs and moves no air. */
	airBlocked = false;
	/** No current flows through the element. */
	elementBroken = false;
	/** The sensors hang in the room instead of where they belong. */
	chamberSensorLoose = false;
	elementSensorLoose = false;
	ambientCelsius: number;
	/** Of the printer's bed; a bed that is colder than the air takes no heat from it. */
	bedCelsius: number;

	#volumeLitres = DEFAULT_VOLUME_LITRES;
	#air: number;
	#wall: number;
	#element: number;
	#chamberSensor: number;
	#elementSensor: number;

	constructor({
		volumeLitres = DEFAULT_VOLUME_LITRES,
		ambientCelsius = DEFAULT_AMBIENT_CELSIUS,
	}: PlantOptions = {}) {
		this.volumeLitres = volumeLitres;
		this.ambientCelsius = ambientCelsius;
		this.bedCelsius = ambientCelsius;
		this.#air = ambientCelsius;
		this.#wall = ambientCelsius;
		this.#element = ambientCelsius;
		this.#chamberSensor = ambientCelsius;
		this.#elementSensor = ambientCelsius;
	}

	/** Throws a `RangeError` unless it is a number above 0. */
	set volumeLitres(litres: number) {
		if (!(litres > 0 && Number.isFinite(litres)))
			throw new RangeError(`an enclosure cannot have ${litres} l`);
		this.#volumeLitres = litres;
	}

	get volumeLitres(): number {
		return this.#volumeLitres;
	}

	/** The air's. */
	get chamberCelsius(): number {
		return this.#air;
	}

	get wallCelsius(): number {
		return this.#wall;
	}

	/** The surface of the heating element. */
	get elementCelsius(): number {
		return this.#element;
	}

	/** The thermistor's own temperature, which lags behind the air's, or behind the room's while it is loose. */
	get chamberSensorCelsius(): number {
		return this.#chamberSensor;
	}

	/** The thermistor's own temperature, which lags a little behind the element's, or the room's while it is loose. */
	get elementSensorCelsius(): number {
		return this.#elementSensor;
	}

	/** What the element draws from the mains right now. */
	get heaterWatts(): number {
		if (!this.heater || !this.mains || this.elementBroken) return 0;
		const inrush = INRUSH_SHARE * Math.exp((INRUSH_FROM_CELSIUS - this.#element) / INRUSH_FADE_KELVIN);
		const limit = 1 / (1 + Math.exp((this.#element - CURIE_CELSIUS) / CURIE_WIDTH_KELVIN));
		return RATED_WATTS * (1 + Math.min(inrush, INRUSH_SHARE)) * limit;
	}

	/** What the room takes from walls and air right now. */
	get lossWatts(): number {
		const { wallToRoom, airToRoom } = this.#conductances();
		return wallToRoom * (this.#wall - this.ambientCelsius) + airToRoom * (this.#air - this.ambientCelsius);
	}

	/** Whether air is blown through the element. */
	get isBlowing(): boolean {
		return this.fan && this.mains && !this.airBlocked;
	}

	/** Lets so much time pass. A long step gives the same as the short ones that make it up, but for rounding. */
	step(elapsedMs: number): void {
		if (!(elapsedMs >= 0)) throw new RangeError(`time cannot pass by ${elapsedMs} ms`);
		const conductances = this.#conductances();
		for (let left = elapsedMs; left > 0; left -= LONGEST_STEP_MS)
			this.#stepOnce(Math.min(left, LONGEST_STEP_MS) / 1_000, conductances);
	}

	#stepOnce(seconds: number, conductances: Conductances): void {
		const { elementToAir, airToWall, wallToRoom, airToRoom } = conductances;
		const air = this.#air;
		const room = this.ambientCelsius;
		const fromElement = elementToAir * (this.#element - air);
		const intoWall = airToWall * (air - this.#wall);
		const fromBed = BED_TO_AIR * Math.max(0, this.bedCelsius - air);
		const airChange = fromElement + fromBed - intoWall - airToRoom * (air - room);
		const wallChange = intoWall - wallToRoom * (this.#wall - room);

		this.#element += ((this.heaterWatts - fromElement) * seconds) / ELEMENT_CAPACITY;
		this.#air += (airChange * seconds) / (AIR_CAPACITY_PER_LITRE * this.#volumeLitres);
		this.#wall += (wallChange * seconds) / (WALL_CAPACITY * this.#surface());

		const airSensor = this.chamberSensorLoose ? room : this.#air;
		const isMoving = this.isBlowing && !this.chamberSensorLoose;
		this.#chamberSensor = follow(
			this.#chamberSensor,
			airSensor,
			seconds,
			isMoving ? BEAD_MOVING_MS : BEAD_STILL_MS,
		);
		this.#elementSensor = this.elementSensorLoose
			? follow(this.#elementSensor, room, seconds, BEAD_STILL_MS)
			: follow(this.#elementSensor, this.#element, seconds, BEAD_CLAMPED_MS);
	}

	#conductances(): Conductances {
		const surface = this.#surface();
		return {
			elementToAir: this.isBlowing ? ELEMENT_TO_AIR_FAN : ELEMENT_TO_AIR_STILL,
			airToWall: (this.isBlowing ? AIR_TO_WALL_FAN : AIR_TO_WALL_STILL) * surface,
			wallToRoom: WALL_TO_ROOM * surface,
			airToRoom: (GAPS_TO_ROOM + (this.doorOpen ? DOOR_TO_ROOM : 0)) * surface,
		};
	}

	/** Of all walls, measured against those of 40 l. */
	#surface(): number {
		return (this.#volumeLitres / DEFAULT_VOLUME_LITRES) ** (2 / 3);
	}
}

/** In W/K. */
interface Conductances {
	elementToAir: number;
	airToWall: number;
	wallToRoom: number;
	airToRoom: number;
}

function follow(from: number, towards: number, seconds: number, timeConstantMs: number): number {
	return towards + (from - towards) * Math.exp((-seconds * 1_000) / timeConstantMs);
}
