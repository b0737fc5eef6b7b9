// One client's session with a broker that behaves in a given way.

import type { Duplex } from "node:stream";
import type { BrokerBehaviour } from "../../peers";
import {
	connackPacket,
	type MqttPacket,
	MqttPackets,
	PacketType,
	pingrespPacket,
	publishPacket,
	subackPacket,
} from "./mqtt-packets";

const TOPIC = "device/01P00A123456789/report";
const HUGE_BYTES = 300_000;
/** Is neither TLS nor MQTT. */
export const NONSENSE = "HTTP/1.1 400 Bad Request\r\n\r\n";

const RETURN_CODES: Partial<Record<BrokerBehaviour, number>> = {
	refuses_version: 1,
	refuses_client_id: 2,
	is_out_of_service: 3,
	refuses_password: 4,
	refuses_client: 5,
};

export function runScriptedSession(stream: Duplex, behaviour: BrokerBehaviour): void {
	const packets = new MqttPackets();
	stream.on("error", () => {});
	stream.on("data", (bytes: Buffer) => {
		for (const packet of packets.add(bytes)) answer(stream, behaviour, packet);
	});
}

function answer(stream: Duplex, behaviour: BrokerBehaviour, packet: MqttPacket): void {
	switch (packet.type) {
		case PacketType.connect:
			answerConnect(stream, behaviour);
			return;
		case PacketType.subscribe:
			answerSubscribe(stream, behaviour, packet);
			return;
		case PacketType.pingreq:
			if (behaviour !== "forgets_pings") stream.write(pingrespPacket());
			return;
		case PacketType.disconnect:
			stream.end();
			return;
	}
}

function answerConnect(stream: Duplex, behaviour: BrokerBehaviour): void {
	switch (behaviour) {
		case "never_accepts":
			return;
		case "hangs_up_before_accepting":
			stream.end();
			return;
		case "accepts_in_nonsense":
			stream.write(NONSENSE);
			return;
		case "message_before_accepting":
			stream.write(publishPacket(TOPIC, Buffer.from("early")));
			return;
		case "message_while_accepting":
			stream.write(Buffer.concat([connackPacket(0), publishPacket(TOPIC, Buffer.from("early"))]));
			return;
		case "stops_reading":
			stream.write(connackPacket(0));
			stream.removeAllListeners("data");
			stream.pause();
			return;
		default: {
			const returnCode = RETURN_CODES[behaviour] ?? 0;
			stream.write(connackPacket(returnCode));
			if (returnCode !== 0) stream.end();
		}
	}
}

function answerSubscribe(stream: Duplex, behaviour: BrokerBehaviour, subscribe: MqttPacket): void {
	stream.write(subackPacket(subscribe, behaviour === "refuses_subscriptions" ? 0x80 : 0));
	switch (behaviour) {
		case "hangs_up_after_subscribe":
			stream.end();
			return;
		case "nonsense_after_subscribe":
			stream.write(NONSENSE);
			return;
		case "huge_message_after_subscribe":
			stream.write(publishPacket(TOPIC, Buffer.alloc(HUGE_BYTES, "x")));
			return;
		case "floods_after_subscribe":
			flood(stream);
			return;
	}
}

/** As fast as the client reads, as long as it is there. */
function flood(stream: Duplex): void {
	const packet = publishPacket(TOPIC, Buffer.from("again"));
	const more = (): void => {
		if (stream.destroyed || stream.writableEnded) return;
		if (stream.write(packet)) setImmediate(more);
		else stream.once("drain", more);
	};
	more();
}
