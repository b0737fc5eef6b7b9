// What the slicer wrote is read as it is meant, and not at all when it makes no sense.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { PortError } from "../../../../../modules/platform/port-error";
import { readSliceInfo } from "../../../../../modules/printers/bambu/job-file/slice-info";
import { textCodec } from "../../../../fakes/text-codec";

const read = (xml: string) => readSliceInfo(textCodec.encode(xml), textCodec);
const plate = (inside: string) => read(`<config><plate>${inside}</plate></config>`);
const refused = (xml: string) => assert.throws(() => read(xml), { code: "protocol" }, xml.slice(0, 100));
const refusedPlate = (inside: string) => refused(`<config><plate>${inside}</plate></config>`);

const FILE = `<?xml version="1.0" encoding="UTF-8"?>
<!-- made by <a slicer> -->
<config>
  <header><header_item key="X-BBL-Client-Version" value="02.01.01.52"/></header>
  <plate>
    <metadata key="index" value="1"/>
    <metadata key="weight" value="14.70"/>
    <object identify_id="135" name="Würfel &lt;1&gt; > 2" skipped="false" />
    <filament id="1" tray_info_idx="GFA00" type="PLA" color="#ffFFff" used_m="4.05" used_g="12.27" />
    <filament used_g='2.43' used_m='0.8' color='#FF0000FF' type='PA&amp;CF&#x2D;&#49;' id='4'></filament>
    <warning msg="none" level="1"/>
  </plate>
  <plate><metadata key="index" value="3"/><filament id="2" used_g="0" type="" color="red"/></plate>
</config>
`;

test("plates and their filaments are read, whatever stands around them", () => {
	assert.deepEqual(read(FILE), [
		{
			index: 1,
			filaments: [
				{ index: 1, grams: 12.27, lengthMm: 4050, material: "PLA", color: "FFFFFF" },
				{ index: 4, grams: 2.43, lengthMm: 800, material: "PA&CF-1", color: "FF0000" },
			],
		},
		{ index: 3, filaments: [{ index: 2, grams: 0 }] },
	]);
});

test("filaments that are not a plate's do not count", () => {
	const xml =
		'<config><filament id="1" used_g="1"/><plate><object><filament id="2" used_g="2"/></object></plate><other><plate><filament id="3" used_g="3"/></plate></other></config>';
	assert.deepEqual(read(xml), [{ index: undefined, filaments: [] }]);
});

test("numbers that are none are refused, instead of being counted for something", () => {
	for (const grams of [
		"",
		"-1",
		"1e3",
		"NaN",
		"Infinity",
		"1,5",
		"0x10",
		" 1",
		"100001",
		"1.2.3",
		"12345678901",
	])
		refusedPlate(`<filament id="1" used_g="${grams}"/>`);
	for (const id of ["", "0", "-1", "1.5", "65", "one"]) refusedPlate(`<filament id="${id}" used_g="1"/>`);
	for (const index of ["", "0", "101", "x"]) refusedPlate(`<metadata key="index" value="${index}"/>`);
	refusedPlate('<filament id="1" used_g="1" used_m="-2"/>');
	refusedPlate('<filament id="1"/>');
	refusedPlate('<filament used_g="1"/>');
	assert.equal(plate('<filament id="64" used_g="100000"/>')[0]?.filaments[0]?.grams, 100_000);
});

test("what comes twice is refused", () => {
	refusedPlate('<filament id="1" used_g="1"/><filament id="1" used_g="1"/>');
	refusedPlate('<filament id="1" id="1" used_g="1"/>');
	refusedPlate('<metadata key="index" value="1"/><metadata key="index" value="2"/>');
});

test("what is not well formed is refused", () => {
	const wrong = [
		"",
		"no tags",
		"<config>",
		"<config></confi>",
		"<config/><config/>",
		"</config>",
		"<config><plate></config></plate>",
		'<config><plate><filament id="1" used_g="1></plate></config>',
		"<config><plate><filament id=1 used_g=1/></plate></config>",
		'<config><plate><filament id="1" used_g="&grams;"/></plate></config>',
		'<config><plate><filament id="1" used_g="1" type="&"/></plate></config>',
		'<config><plate><filament id="1" used_g="1" type="&#0;"/></plate></config>',
		'<config><plate><filament id="1" used_g="1" type="&#xD800;"/></plate></config>',
		"<config><!-- </config>",
		"<config><![CDATA[ </config>",
		"<!DOCTYPE config><config/>",
		"<config><!ENTITY a 'b'></config>",
		`<config>${"<a>".repeat(100)}${"</a>".repeat(100)}</config>`,
		`<config>${"<plate/>".repeat(101)}</config>`,
		`<${"a".repeat(100)}/>`,
		`<config><plate><filament ${"x".repeat(20_000)}="1"/></plate></config>`,
		"<config><plate",
		"<",
	];
	for (const xml of wrong) refused(xml);
});

test("hostile text is read or refused, and nothing else happens", () => {
	const bits = [
		"<plate>",
		"</plate>",
		"<config>",
		"</config>",
		'<filament id="1" used_g="',
		"2",
		'"/>',
		"<!--",
		"-->",
	];
	const hostile = fc.oneof(
		fc
			.array(fc.constantFrom(...bits, "<", ">", "&amp;", "&#9;", "'", " ", "<?", "?>"))
			.map((all) => all.join("")),
		fc
			.array(fc.tuple(fc.nat(FILE.length - 1), fc.constantFrom(...'<>"&/=\0ÿ')), { maxLength: 6 })
			.map((changes) => {
				const all = [...FILE];
				for (const [at, character] of changes) all[at] = character;
				return all.join("");
			}),
	);
	fc.assert(
		fc.property(hostile, (xml) => {
			try {
				for (const { filaments } of read(xml)) {
					for (const { grams } of filaments) assert.ok(grams >= 0 && grams <= 100_000);
				}
			} catch (error) {
				assert.ok(error instanceof PortError && error.code === "protocol", String(error));
			}
		}),
		{ seed: 7, numRuns: 1000 },
	);
});
