// Imported ahead of MQTT packages: they print whole packets, passwords among them, when DEBUG is set.

delete process.env.DEBUG;
