// Asks for the device's password, if it has one, and slows down who guesses.

import type { EventLog } from "../event-log/event-log";
import type { Clock } from "../platform/clock";
import type { HttpRequestHead, HttpResponse } from "../platform/http";
import type { Log } from "../platform/log";
import type { Random } from "../platform/random";
import type { Settings } from "../settings/settings";
import { apiError } from "./answers";
import { askerOf } from "./asker";
import { type Digesting, isEqual, matchesPassword, passwordProblem } from "./device-password";

/** Wrong passwords that are answered at once; each further one makes everybody wait, twice as long as the last one. */
const FREE_ATTEMPTS = 5;
const LONGEST_WAIT_MS = 60_000;
/** After so long without a wrong one, those before are forgotten. */
const FORGET_MS = 10 * 60_000;
const FRESH_BYTES = 16;

/** A dialog of the browser's own would ask for a user too; this scheme has none. */
const CHALLENGE = Object.freeze({ "www-authenticate": 'Bearer realm="Culm"' });

export interface PasswordGuardOptions extends Digesting {
	settings: Settings;
	random: Random;
	clock: Clock;
	log: Log;
	events: Pick<EventLog, "add">;
}

/** What was found of one password: its digest, and the stored form that it was compared with. */
interface Finding {
	stored: string;
	digest: Uint8Array;
}

export class PasswordGuard {
	private readonly options: PasswordGuardOptions;
	/** Made anew at each start, and never stored. */
	private readonly freshSalt: Uint8Array;
	/** The last right one: the many rounds take too long for each of the requests of somebody who moves a slider. */
	private right: Finding | undefined;
	/**
	 * The last wrong one. Who sends it again learns nothing from the answer: it is a program that was not told of a new
	 * password, and must not keep everybody out for as long as it runs.
	 */
	private lastWrong: Finding | undefined;
	private wrong = 0;
	private lastWrongAtMs = 0;
	private waitUntilMs = 0;

	constructor(options: PasswordGuardOptions) {
		this.options = options;
		this.freshSalt = Uint8Array.from({ length: FRESH_BYTES }, () => Math.floor(options.random() * 256));
	}

	/** `undefined` when the request may write, else why not. */
	refusal(head: HttpRequestHead): HttpResponse | undefined {
		const { settings, clock } = this.options;
		const stored = settings.get("devicePassword");
		if (stored === "") return undefined;
		const given = passwordOf(head);
		if (given === undefined)
			return apiError(
				"unauthorized",
				"This device asks for its password before it changes anything.",
				CHALLENGE,
			);
		const now = clock.now();
		if (now - this.lastWrongAtMs >= FORGET_MS) this.wrong = 0;
		if (now < this.waitUntilMs) return this.tooMany(now);
		// What no password can be, such as a very long text, is not worth the many rounds, and no guess either.
		const finding =
			passwordProblem(given) === undefined ? { stored, digest: this.quickDigest(given) } : undefined;
		// Takes nothing from the count: a program that keeps sending the right one would give a guesser free attempts.
		if (finding && this.isRight(given, finding)) return undefined;
		if (finding && !isSame(finding, this.lastWrong)) {
			this.lastWrong = finding;
			this.onWrong(head, now);
		}
		return apiError("wrong_password", "That is not this device's password.", CHALLENGE);
	}

	private isRight(given: string, finding: Finding): boolean {
		if (isSame(finding, this.right)) return true;
		if (isSame(finding, this.lastWrong)) return false;
		if (!matchesPassword(given, finding.stored, this.options)) return false;
		this.right = finding;
		return true;
	}

	private quickDigest(given: string): Uint8Array {
		const hash = this.options.sha256();
		hash.update(this.freshSalt);
		hash.update(this.options.text.encode(given));
		return hash.digest();
	}

	private onWrong(head: HttpRequestHead, now: number): void {
		const { log, events } = this.options;
		this.wrong++;
		this.lastWrongAtMs = now;
		const waitMs = Math.min(LONGEST_WAIT_MS, 1_000 * 2 ** (this.wrong - FREE_ATTEMPTS));
		if (this.wrong >= FREE_ATTEMPTS) this.waitUntilMs = now + waitMs;
		events.add("password_wrong", askerOf(head));
		log.warn(`web: a wrong password, number ${this.wrong}`);
	}

	private tooMany(now: number): HttpResponse {
		const seconds = Math.ceil((this.waitUntilMs - now) / 1000);
		return apiError(
			"too_many_attempts",
			`There were ${this.wrong} wrong passwords. Try again in ${seconds} s.`,
			{ "retry-after": String(seconds) },
		);
	}
}

function isSame(a: Finding, b: Finding | undefined): boolean {
	return b !== undefined && a.stored === b.stored && isEqual(a.digest, b.digest);
}

function passwordOf({ headers: { authorization } }: HttpRequestHead): string | undefined {
	return /^bearer +(.+)$/i.exec(authorization ?? "")?.[1];
}
