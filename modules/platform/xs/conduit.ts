// One network connection between a socket and a parser of the SDK: a gate on the way in, a queue on the way out.

import Timer from "timer";
import { ByteQueue, type Gate } from "./gates/gate";
import { notTheProtocol } from "./port-errors";

/** What a conduit needs of a socket of ECMA-419: TCP, and TLS over it. */
export interface Socket {
	read(byteLength: number): ArrayBuffer | undefined;
	/** At most as much as the last `onWritable`, or the last `write`, allowed. `undefined`: the socket has failed. */
	write(bytes: Uint8Array): number | undefined;
	close(): void;
}

/** Whom a socket tells what happens. */
export interface SocketOwner {
	/** The host and port, for messages. */
	readonly about: string;
	/** TCP is established; comes before everything else. */
	onConnected?(): void;
	/** TLS has accepted the certificate; its common name as the peer spells it. */
	onVerified?(commonName: string): void;
	onReadable(byteLength: number): void;
	onWritable(byteLength: number): void;
	/** Comes at most once, and last. Without a reason for a connection that was established. */
	onError(reason?: unknown): void;
}

/** Who reads and writes through a conduit: what a socket of ECMA-419 tells its user. */
export interface ConduitUser {
	onReadable?: ((byteLength: number) => void) | undefined;
	onWritable?: ((byteLength: number) => void) | undefined;
}

/** Whose connection it is. */
export interface ConduitOwner {
	onConnected?(): void;
	onVerified?(commonName: string): void;
	/**
	 * The gate refused what came; what comes after it is thrown away. Who has this has to end the connection, and may
	 * say something before; otherwise the connection is over.
	 */
	onRefused?(reason: unknown): void;
	/**
	 * The connection is over, once, and not after `end` or `close`. `reason`: what the socket or the gate said;
	 * `undefined` when it ended without a word.
	 */
	onOver(reason: unknown): void;
}

/** One protocol on a connection. */
export interface ConduitUse {
	owner: ConduitOwner;
	gate: Gate;
	/** What may wait to be sent before `write` says that there is no room. */
	capacityBytes: number;
}

export interface ConduitOptions extends ConduitUse {
	/** The host and port, for messages. */
	about: string;
	/** Opens the socket. What it throws is thrown by the constructor. */
	open(owner: SocketOwner): Socket;
}

export interface EndOptions {
	/** What is to be sent has been handed to the network, or will not be. */
	onFlushed?(): void;
	/** How long the other side is given to hang up first: who hangs up on unread bytes destroys what is under way. */
	lingerMs?: number;
}

/** For a network that takes nothing any more. */
const FLUSH_TIMEOUT_MS = 1000;
/** Pieces that are smaller than this are put together: each write is a segment, or a TLS record. */
const MERGE_BYTES = 1024;

/** One after the other on the same connection: HTTP, then WebSocket. */
const MOST_USERS = 2;

/**
 * There is one for every connection, and memory is short. So everybody is told by methods instead of closures, and
 * methods are `private`: XS gives each object a slot for every #method of its class.
 */
export class Conduit implements SocketOwner {
	readonly about: string;
	private readonly out = new ByteQueue();
	private owner: ConduitOwner;
	private gate: Gate;
	private capacityBytes: number;
	private socket: Socket | undefined;
	private user: ConduitUser | undefined;
	private state: "connecting" | "open" | "ending" | "closed" = "connecting";
	/** What the socket takes at the moment. */
	private writableBytes = 0;
	/** While it is above 0, what is written waits for more to be sent with it. */
	private corked = 0;
	private isRefused = false;
	/** What is being handed over, and how much of it was read. */
	private unit: Uint8Array | undefined;
	private unitPosition = 0;
	/** How it is to end, once that is known. */
	private ending: EndOptions | undefined;
	private endTimer: Timer | undefined;
	/** The user has not been told yet that it may write. */
	private isNew = false;

	constructor({ about, owner, gate, capacityBytes, open }: ConduitOptions) {
		this.about = about;
		this.owner = owner;
		this.gate = gate;
		this.capacityBytes = capacityBytes;
		this.socket = open(this);
	}

	/** Bytes that the socket has not taken yet. */
	get queuedBytes(): number {
		return this.out.length;
	}

	get isOpen(): boolean {
		return this.state === "open";
	}

	/** From now on `user` is told what happens, but not before this call has returned. */
	attach(user: ConduitUser): void {
		this.user = user;
		this.isNew = true;
		// Not by a timer: the simulator on Linux loses one in 65,536.
		void Promise.resolve().then(() => this.begin());
	}

	detach(): void {
		this.user = undefined;
		this.isNew = false;
	}

	/** To the next protocol on the same connection. What came too early for the old gate is to be pushed to the new one. */
	handOver({ owner, gate, capacityBytes }: ConduitUse): void {
		this.owner = owner;
		this.gate = gate;
		this.capacityBytes = capacityBytes;
	}

	/** Of the unit that is being handed over. */
	read(byteLength: number): Uint8Array | undefined {
		const unit = this.unit;
		if (unit === undefined) return undefined;
		const position = this.unitPosition;
		this.unitPosition = Math.min(unit.length, position + byteLength);
		return unit.subarray(position, this.unitPosition);
	}

	readByte(): number | undefined {
		const byte = this.unit?.[this.unitPosition];
		this.unitPosition += 1;
		return byte;
	}

	/** Takes any number of bytes, which are the conduit's from then on. Returns how many more there is room for. */
	write(bytes: Uint8Array, { more = false }: { more?: boolean } = {}): number {
		if (this.state === "closed" || this.state === "ending") return 0;
		this.gate.sent?.(bytes);
		this.out.push(bytes);
		if (!more && this.corked === 0) this.flush();
		return this.room();
	}

	/** Sends what waits, and closes. Nobody is told of anything any more but `onFlushed`. Only the first call counts. */
	end(options: EndOptions = {}): void {
		if (this.state === "ending") return;
		if (this.state !== "open") {
			this.close();
			options.onFlushed?.();
			return;
		}
		this.state = "ending";
		this.detach();
		this.ending = options;
		this.endTimer = Timer.set(() => this.close(), FLUSH_TIMEOUT_MS);
		this.flush();
	}

	/** At once. May be called any number of times. */
	close(): void {
		if (this.state === "closed") return;
		this.state = "closed";
		this.detach();
		this.unit = undefined;
		Timer.clear(this.endTimer);
		this.endTimer = undefined;
		const socket = this.socket;
		this.socket = undefined;
		socket?.close();
		this.tellFlushed();
	}

	/** Ends the connection for a reason that was met on the way. */
	fail(reason: unknown): void {
		if (this.state === "closed") return;
		const isTold = this.state !== "ending";
		this.close();
		if (isTold) this.owner.onOver(reason);
	}

	/** What `action` writes goes out together. What it throws, being a parser of the SDK, ends the connection. */
	together(action: () => void): void {
		this.corked += 1;
		try {
			action();
		} catch (error) {
			this.fail(notTheProtocol(this.about, error));
		} finally {
			this.corked -= 1;
		}
		if (this.corked === 0) this.flush();
	}

	// For the socket

	onConnected(): void {
		this.owner.onConnected?.();
	}

	onVerified(commonName: string): void {
		this.owner.onVerified?.(commonName);
	}

	onReadable(byteLength: number): void {
		// All of it, always: sockets tell of their end only when nothing is left to be read.
		const buffer = this.socket?.read(byteLength);
		this.establish();
		if (buffer === undefined || this.state !== "open" || this.isRefused) return;
		this.gate.push(new Uint8Array(buffer));
		this.begin();
	}

	onWritable(byteLength: number): void {
		this.writableBytes = byteLength;
		this.establish();
		this.flush();
		if (this.state === "open" && this.out.length === 0) this.tellWritable();
	}

	onError(reason?: unknown): void {
		// What came before the end still counts, also what waits for a user that is new.
		for (let turn = 0; turn < MOST_USERS; turn++) this.begin();
		this.fail(reason);
	}

	private room(): number {
		return Math.max(0, this.capacityBytes - this.out.length);
	}

	private establish(): void {
		if (this.state === "connecting") this.state = "open";
	}

	/** Hands over what waits; a user that is new is told first that it may write. */
	private begin(): void {
		if (this.state !== "open") return;
		if (this.isNew) this.tellWritable();
		this.deliver();
	}

	private tellWritable(): void {
		this.isNew = false;
		this.together(() => this.user?.onWritable?.(this.room()));
	}

	private deliver(): void {
		// Not with `together`: what is called from here goes deep, and each function between costs stack.
		this.corked += 1;
		try {
			// A user that is new is told first that it may write.
			while (this.user?.onReadable !== undefined && !this.isNew) {
				const unit = this.nextUnit();
				if (unit === undefined || this.state !== "open") break;
				this.unit = unit;
				this.unitPosition = 0;
				this.user?.onReadable?.(unit.length);
				this.unit = undefined;
			}
		} catch (error) {
			this.fail(notTheProtocol(this.about, error));
		} finally {
			this.corked -= 1;
		}
		if (this.corked === 0) this.flush();
	}

	private nextUnit(): Uint8Array | undefined {
		if (this.isRefused || this.state !== "open") return undefined;
		try {
			return this.gate.next();
		} catch (error) {
			this.isRefused = true;
			if (this.owner.onRefused === undefined) this.fail(error);
			else this.owner.onRefused(error);
			return undefined;
		}
	}

	private flush(): void {
		while (this.socket !== undefined && this.state !== "connecting") {
			if (this.out.length === 0 || this.writableBytes <= 0) break;
			const writableBytes = this.send(this.socket, this.nextPiece());
			if (writableBytes === undefined) return;
			this.writableBytes = writableBytes;
		}
		if (this.state === "ending" && this.out.length === 0) this.linger();
	}

	private send(socket: Socket, piece: Uint8Array): number | undefined {
		this.writableBytes = 0;
		try {
			const writableBytes = socket.write(piece);
			// TCP has failed and will not say so. Not from within the call of somebody who writes.
			if (writableBytes === undefined) Timer.set(() => this.fail(undefined));
			return writableBytes;
		} catch {
			// TLS has ended, and is about to say why.
			return undefined;
		}
	}

	private nextPiece(): Uint8Array {
		const first = this.out.takeSome(this.writableBytes);
		const room = this.writableBytes - first.length;
		if (first.length >= MERGE_BYTES || room === 0 || this.out.length === 0) return first;
		const rest = this.out.take(room);
		const piece = new Uint8Array(first.length + rest.length);
		piece.set(first);
		piece.set(rest, first.length);
		return piece;
	}

	private linger(): void {
		Timer.clear(this.endTimer);
		this.endTimer = undefined;
		const lingerMs = this.ending?.lingerMs ?? 0;
		if (lingerMs === 0) {
			this.close();
			return;
		}
		this.endTimer = Timer.set(() => this.close(), lingerMs);
		this.tellFlushed();
	}

	private tellFlushed(): void {
		const ending = this.ending;
		this.ending = undefined;
		ending?.onFlushed?.();
	}
}
