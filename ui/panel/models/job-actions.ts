// Pause, resume and stop, with the questions that come before them.

import type { ModelInput } from "../screen";
import { fill } from "../words/texts";
import { type Action, action } from "./action";

/** Resume while the job is paused, else pause. */
export function pauseOrResume(input: ModelInput): Action {
	const { words, printer } = input;
	const { home } = words;
	if (printer?.job.state === "paused") return resumeJob(input);
	return action(
		input,
		home.pause,
		{ command: "pause" },
		{
			question: {
				title: home.pauseQuestion,
				text: home.pauseText,
				yes: home.pause,
				// In German "cancel" is also what ends a job.
				no: home.keepPrinting,
				isDangerous: false,
			},
		},
	);
}

export function resumeJob(input: ModelInput): Action {
	const { home } = input.words;
	return action(
		input,
		home.resume,
		{ command: "resume" },
		{
			question: {
				title: home.resumeQuestion,
				text: home.resumeText,
				yes: home.resume,
				no: home.stayPaused,
				isDangerous: false,
			},
		},
	);
}

export function stopJob(input: ModelInput, label = input.words.home.stop): Action {
	const { words, printer } = input;
	const { home } = words;
	return action(
		input,
		label,
		{ command: "stop", confirm: true },
		{
			question: {
				title: home.stopQuestion,
				text: fill(home.stopText, { name: printer?.job.name || words.job.unnamed }),
				yes: home.stopYes,
				no: printer?.job.state === "paused" ? home.stayPaused : home.keepPrinting,
				isDangerous: true,
			},
		},
	);
}
