// What one step of the control takes in and gives out.

export type SensorStatus = "ok" | "open" | "short" | "failed";

/** One sample, not smoothed, the user's offset added. */
export type SensorInput =
	| { readonly status: "ok"; readonly celsius: number }
	| { readonly status: Exclude<SensorStatus, "ok"> };

export interface StepInputs {
	readonly chamber: SensorInput;
	readonly element: SensorInput;
	/** Since the last zero cross; `undefined` when there was none yet. */
	readonly mainsAgeMs: number | undefined;
	/** What the board does, which need not be what it was told. */
	readonly outputs: { readonly heater: boolean; readonly fan: boolean };
	/** °C, 0 = no heat. Whatever it is, it is kept within 0 to 60. */
	readonly target: number;
	/** The fan is wanted for itself. */
	readonly fanWanted: boolean;
	/** °C below which both sensors have to be before the fan stops after heating. */
	readonly fanReleaseCelsius: number;
}

export interface StepOutputs {
	readonly heater: boolean;
	readonly fan: boolean;
	/** 0 to 1: the share of this period in which the element gets power. */
	readonly duty: number;
	/** The element rests because it is as hot as it may be. */
	readonly elementAtLimit: boolean;
	/** Both sensors have given good readings for long enough. */
	readonly ready: boolean;
}
