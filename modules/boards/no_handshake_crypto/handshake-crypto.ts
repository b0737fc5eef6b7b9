// A board that does not speak with Anycubic printers in LAN mode.

import type { HandshakeCrypto } from "../../platform/handshake-crypto";

export const handshakeCrypto: HandshakeCrypto | undefined = undefined;
