// What the cases ask for of the process that started the simulator.

export interface PrinterTarget {
	/** 127.0.0.1 when left out. */
	host?: string;
	port: number;
	serial: string;
	accessCode: string;
}

/** mosquitto, as a printer's broker. */
export interface BrokerPeer extends PrinterTarget {
	publish(report: object): Promise<void>;
	/** A recorded print, as fast as the broker takes it. Resolves with the number of reports. */
	replay(): Promise<number>;
	/** Whether that is how the recorded print ends. */
	isOver(job: { state: string; percent?: number } | undefined): Promise<boolean>;
	/** No goodbye to any client. */
	kill(): Promise<void>;
	restart(): Promise<void>;
}

/** A person at a computer in the same network. */
export interface DevicePeer {
	/** With curl. */
	get(path: string): Promise<string>;
	/** Opens WebSockets, which stay open. */
	open(path: string, howMany: number): Promise<void>;
	/** Opens connections that begin a request and say nothing more. */
	hesitate(howMany: number): Promise<void>;
	/** Of those on that path: how many were sent something with that text in it. */
	haveReceived(path: string, text: string): Promise<number>;
	/** How many JPEGs came over those on that path. */
	pictures(path: string): Promise<number>;
	/** Closes those on that path. */
	leave(path: string): Promise<void>;
}

/** The same firmware on Node. */
export interface NodeFirmwarePeer {
	/** Resolves when it is online with mosquitto. */
	watch(): Promise<void>;
	/** Of its state, as JSON. */
	printers(): Promise<string>;
}

/** The simulator's virtual printer, whose time runs faster. */
export interface VirtualPrinterPeer extends PrinterTarget {
	startJob(): Promise<void>;
	/** Of its camera. */
	viewers(): Promise<number>;
}
