// The handshake of LAN mode: what is read, signed and deciphered. Nothing is sent here.

import type { HandshakeCrypto } from "../../../platform/handshake-crypto";
import { decodeBase64 } from "../../../platform/parts/base64";
import { readIdentity } from "../../../platform/parts/pem";
import type { TextCodec } from "../../../platform/text-codec";
import type { TlsIdentity } from "../../../platform/tls";
import type { AnycubicAddress } from "../anycubic-connection";
import { modelName } from "../models";
import { isObject, plainText, type Values } from "../report/values";
import { isAddress } from "../topics";
import { LanError } from "./lan-error";
import { checkSameHost, type LanUrl, parseLanUrl } from "./lan-url";

/** The first half of a token signs, the second half is a key. */
const TOKEN_LENGTH = 32;
const HALF = 16;
const DEFAULT_HTTP_PORT = 80;
const BROKER_PORT = 9883;
const MAX_LOGIN = 256;
/** Of what the printer says why it refuses, and of the name of its model. */
const MAX_WORDS = 100;
const MAX_MODEL = 40;
const BAD_SIGNATURE = 19_002;
const OK = 200;

const INFO_KEYS: readonly string[] = Object.freeze([
	"token",
	"ctrlInfoUrl",
	"ctrlType",
	"modelId",
	"modelName",
	"cn",
]);
const ANSWER_KEYS: readonly string[] = Object.freeze(["code", "message", "data", "info", "token"]);
const SECRET_KEYS: readonly string[] = Object.freeze([
	"broker",
	"username",
	"password",
	"deviceId",
	"modelId",
	"devicecrt",
	"devicepk",
]);

export interface HandshakeMeans {
	crypto: HandshakeCrypto;
	text: TextCodec;
}

/** What a printer tells everybody. */
export interface LanInfo {
	token: string;
	/** Where to ask for the rest. */
	control: LanUrl;
	/** "Kobra S1" */
	model: string;
}

/** Good for one connection. */
export interface LanSession {
	address: AnycubicAddress;
	model: string;
	/** Of the printer's broker, at the printer. */
	port: number;
	username: string;
	password: string;
	/** Who we are, if the broker asks; absent when the printer has handed out none that can be used. */
	identity?: TlsIdentity;
}

/** Of the answer to `GET /info`. Throws a {@link LanError}. */
export function readInfo(text: string, host: string): LanInfo {
	const info = parsed(text, INFO_KEYS);
	const { token, ctrlInfoUrl, ctrlType } = info ?? {};
	if (info === undefined || (token === undefined && ctrlType === undefined))
		throw new LanError("no_kobra", "what answers is no Anycubic printer with LAN mode");
	if (ctrlType === "cloud")
		throw new LanError("lan_mode_off", "the printer is bound to the cloud; its LAN mode is off");
	if (ctrlType !== "lan") throw bad("it does not say whether LAN mode is on");
	if (!isToken(token)) throw bad("it shows no token");
	const control = parseLanUrl(ctrlInfoUrl, "http", DEFAULT_HTTP_PORT);
	if (control === undefined) throw bad("it does not say where to go on");
	checkSameHost(control, host);
	return { token, control, model: modelOf(info) };
}

export interface Question {
	/** Six letters and digits. */
	nonce: string;
	/** 32 capital letters and digits: who asks. */
	did: string;
	/** Since 1970. */
	timestampMs: number;
}

/** Where to post the question, with nothing in its body. */
export function controlUrl(
	{ token, control }: LanInfo,
	host: string,
	{ nonce, did, timestampMs }: Question,
	means: HandshakeMeans,
): string {
	const md5 = (words: string): string => means.crypto.md5(means.text.encode(words));
	const sign = md5(`${md5(token.slice(0, HALF))}${timestampMs}${nonce}`);
	return `http://${host}:${control.port}${control.path}?ts=${timestampMs}&nonce=${nonce}&sign=${sign}&did=${did}`;
}

/** Of the answer to the question. Throws a {@link LanError}. */
export function readAnswer(text: string, info: LanInfo, host: string, means: HandshakeMeans): LanSession {
	const answer = parsed(text, ANSWER_KEYS);
	if (answer === undefined) throw bad("its answer cannot be read");
	const { code, message, data } = answer;
	if (code === BAD_SIGNATURE)
		throw new LanError("bad_signature", "the printer does not accept our signature");
	if (code !== OK) {
		const words = plainText(message, MAX_WORDS) ?? "";
		throw new LanError("refused", `the printer refuses (${shown(code)}${words && `: ${words}`})`);
	}
	if (!isObject(data)) throw bad("its answer has nothing in it");
	const secret = parsed(deciphered(data, info.token, means), SECRET_KEYS);
	if (secret === undefined) throw bad("its answer cannot be deciphered");
	return sessionOf(secret, info, host);
}

function deciphered(
	{ info, token: vector }: Values,
	token: string,
	{ crypto, text }: HandshakeMeans,
): string {
	const bytes = typeof info === "string" ? decodeBase64(info) : undefined;
	if (bytes === undefined || typeof vector !== "string") throw bad("its answer is not whole");
	const iv = new Uint8Array(HALF);
	iv.set(text.encode(vector).subarray(0, HALF));
	try {
		return text.decode(crypto.aes128CbcDecrypt(text.encode(token.slice(HALF)), iv, bytes));
	} catch (cause) {
		throw new LanError("bad_answer", "the printer's answer cannot be deciphered", cause);
	}
}

function sessionOf(secret: Values, info: LanInfo, host: string): LanSession {
	const { broker, username, password, deviceId, devicecrt, devicepk } = secret;
	const url = parseLanUrl(broker, "mqtts", BROKER_PORT);
	if (url === undefined) throw bad("it does not say where its broker is");
	checkSameHost(url, host);
	if (!isLogin(username) || !isLogin(password)) throw bad("it gives no user name and password");
	const address = { modelId: wordOf(secret.modelId), deviceId: typeof deviceId === "string" ? deviceId : "" };
	if (!isAddress(address)) throw bad("it does not say which printer it is");
	const session: LanSession = { address, model: info.model, port: url.port, username, password };
	const identity = identityOf(devicecrt, devicepk);
	if (identity) session.identity = identity;
	return session;
}

/** Most do not ask for it, so nothing is lost without. */
function identityOf(certificate: unknown, key: unknown): TlsIdentity | undefined {
	if (typeof certificate !== "string" || typeof key !== "string") return undefined;
	try {
		return readIdentity(certificate, key);
	} catch {
		return undefined;
	}
}

/** `undefined` for anything but an object. */
function parsed(text: string, keys: readonly string[]): Values | undefined {
	try {
		const value: unknown = JSON.parse(text, keys as string[]);
		return isObject(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

function modelOf({ modelId, modelName: name }: Values): string {
	const known = modelName(wordOf(modelId));
	const isKnown = known !== modelName("");
	return isKnown ? known : plainText(name, MAX_MODEL) || known;
}

/** Ids come as texts, and some as numbers. */
function wordOf(value: unknown): string {
	return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** Its letters are its bytes. */
function isToken(token: unknown): token is string {
	return typeof token === "string" && token.length === TOKEN_LENGTH && /^[\x21-\x7e]+$/.test(token);
}

function isLogin(text: unknown): text is string {
	return typeof text === "string" && text.length > 0 && text.length <= MAX_LOGIN;
}

function shown(code: unknown): string {
	return typeof code === "number" ? String(code) : "no code";
}

function bad(what: string): LanError {
	return new LanError("bad_answer", `the printer cannot be understood: ${what}`);
}
