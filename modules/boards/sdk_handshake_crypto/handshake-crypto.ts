// A board that speaks with Anycubic printers in LAN mode.

export { handshakeCrypto } from "platform/xs/crypto/handshake-crypto";
