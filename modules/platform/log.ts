// Where the firmware says what happened. A line is for a person; it never holds a secret.

export interface Log {
	info(text: string): void;
	/** Something was wrong and was dealt with. */
	warn(text: string): void;
	/** Something was wrong and a person has to act. */
	error(text: string): void;
}
