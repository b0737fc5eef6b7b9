// The virtual Spoolman is held to the schema that a real one serves.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import { AskedSpoolman } from "./asked-spoolman";

interface Operation {
	responses: Record<string, { content?: Record<string, { schema?: object }> }>;
}

const file = new URL("../../../fixtures/spoolman/openapi-v0.26.1.json", import.meta.url);
const schema = JSON.parse(readFileSync(file, "utf8")) as {
	paths: Record<string, Record<string, Operation>>;
};
const ajv = new Ajv2020({ strict: false, allErrors: true });
ajv.addSchema(schema, "api");

/** Of each kind one that is there, so that the path can be asked for. */
const examples: Readonly<Record<string, string>> = {
	filament_id: "1",
	spool_id: "1",
	vendor_id: "1",
	key: "tag",
	entity_type: "spool",
	location: "Shelf",
	field: "location",
};
const bodies: Readonly<Record<string, unknown>> = {
	"post /filament": { density: 1.24, diameter: 1.75, color_hex: "ff0000", multi_color_direction: "coaxial" },
	"patch /filament/{filament_id}": { name: "Renamed", settings_extruder_temp: 215, price: 20 },
	"post /spool": { filament_id: 1, comment: "new", price: 12.5 },
	"patch /spool/{spool_id}": { lot_nr: "7", first_used: "2026-11-01T00:00:00Z" },
	"put /spool/{spool_id}/use": { use_weight: 3 },
	"put /spool/{spool_id}/measure": { weight: 500 },
	"post /vendor": { name: "Another", external_id: "x" },
	"patch /vendor/{vendor_id}": { comment: "known" },
	"post /setting/{key}": '"\\"SEK\\""',
	"post /field/{entity_type}/{key}": { name: "tag", field_type: "text" },
	"patch /location/{location}": { name: "Box" },
};

test("every answer has the form that the schema gives it, or is 501 for a part that is not there", (t) => {
	const missing: string[] = [];
	for (const [path, operations] of Object.entries(schema.paths))
		for (const [method, { responses }] of Object.entries(operations)) {
			const name = `${method} ${path}`;
			const spoolman = new AskedSpoolman(t).fill();
			// Only what nothing is wound with can be deleted.
			spoolman.done("DELETE", "/spool/2");
			if (name === "delete /filament/{filament_id}") spoolman.done("DELETE", "/spool/1");
			const target = path
				.replace("/setting/{key}", "/setting/currency")
				.replace(/\{(\w+)\}/g, (_, parameter) => examples[parameter] ?? assert.fail(parameter));
			const { status, body } = spoolman.ask(method.toUpperCase(), target, bodies[name]);
			if (status === 501) {
				missing.push(name);
				continue;
			}
			assert.equal(status, 200, `${name}: ${JSON.stringify(body)}`);
			const said = responses["200"]?.content?.["application/json"]?.schema;
			if (!said || Object.keys(said).length === 0) continue;
			const pointer = `/paths/${path.replaceAll("~", "~0").replaceAll("/", "~1")}/${method}/responses/200/content/application~1json/schema`;
			const validate = ajv.compile({ $ref: `api#${encodeURI(pointer)}` });
			assert.ok(validate(body), `${name}: ${JSON.stringify(validate.errors)}`);
		}
	assert.deepEqual(missing, [
		"post /backup",
		"get /spool/group",
		"patch /spool/field/{field}",
		"get /external/filament",
		"get /external/filament/search",
		"get /external/material",
		"get /export/spools",
		"get /export/filaments",
		"get /export/vendors",
		"get /search",
	]);
});
