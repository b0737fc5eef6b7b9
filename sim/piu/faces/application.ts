// Application as the panel sees it.

import type * as piu from "piu/MC";
import { Container } from "./container";

export class Application extends Container implements piu.Application {
	/** Nothing to free: a computer has the memory. */
	purge(): void {}
}
