// The virtual Spoolman's tables, and the few statements that all of them share.

import Sqlite, { type Database } from "better-sqlite3";

export type Column = string | number | null;
export type Row = Readonly<Record<string, Column>>;
export type EntityType = "vendor" | "filament" | "spool";

export const entityTypes: readonly EntityType[] = ["vendor", "filament", "spool"];

const schema = `
	CREATE TABLE IF NOT EXISTS vendor (
		id INTEGER PRIMARY KEY, registered TEXT NOT NULL, name TEXT NOT NULL, comment TEXT,
		empty_spool_weight REAL, external_id TEXT
	);
	CREATE TABLE IF NOT EXISTS filament (
		id INTEGER PRIMARY KEY, registered TEXT NOT NULL, name TEXT,
		vendor_id INTEGER REFERENCES vendor (id) ON DELETE SET NULL,
		material TEXT, price REAL, density REAL NOT NULL, diameter REAL NOT NULL, weight REAL, spool_weight REAL,
		article_number TEXT, comment TEXT, settings_extruder_temp INTEGER, settings_bed_temp INTEGER,
		color_hex TEXT, multi_color_hexes TEXT, multi_color_direction TEXT, external_id TEXT
	);
	CREATE TABLE IF NOT EXISTS spool (
		id INTEGER PRIMARY KEY, registered TEXT NOT NULL, first_used TEXT, last_used TEXT,
		filament_id INTEGER NOT NULL REFERENCES filament (id),
		price REAL, initial_weight REAL, spool_weight REAL, used_weight REAL NOT NULL DEFAULT 0,
		location TEXT, lot_nr TEXT, comment TEXT, archived INTEGER NOT NULL DEFAULT 0
	);
	CREATE TABLE IF NOT EXISTS extra (
		entity_type TEXT NOT NULL, entity_id INTEGER NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,
		UNIQUE (entity_type, entity_id, key)
	);
	CREATE TABLE IF NOT EXISTS setting (key TEXT PRIMARY KEY, value TEXT NOT NULL);
`;

/** `file` left out: kept in memory. Throws what SQLite says when the file cannot be used. */
export function openDatabase(file = ":memory:"): Database {
	const db = new Sqlite(file);
	try {
		db.pragma("foreign_keys = ON");
		db.exec(schema);
		return db;
	} catch (error) {
		db.close();
		throw error;
	}
}

/** Of the run before, whose clients have it in their settings; 0: there was none. */
export function readLastPort(db: Database): number {
	return Number(db.pragma("user_version", { simple: true }));
}

export function storeLastPort(db: Database, port: number): void {
	db.pragma(`user_version = ${port}`);
}

export function readRow(db: Database, table: EntityType, id: number): Row | undefined {
	return db.prepare<[number], Row>(`SELECT * FROM ${table} WHERE id = ?`).get(id);
}

/** Returns the new row's id. The names of `values` are columns, never words of a request. */
export function insertRow(db: Database, table: EntityType, values: Row): number {
	const names = Object.keys(values);
	const sql = `INSERT INTO ${table} (${names.join(", ")}) VALUES (${names.map(() => "?").join(", ")})`;
	return Number(db.prepare<Column[]>(sql).run(...Object.values(values)).lastInsertRowid);
}

/** Likewise. */
export function updateRow(db: Database, table: EntityType, id: number, values: Row): void {
	const names = Object.keys(values);
	if (names.length === 0) return;
	const sql = `UPDATE ${table} SET ${names.map((name) => `${name} = ?`).join(", ")} WHERE id = ?`;
	db.prepare<Column[]>(sql).run(...Object.values(values), id);
}

export function deleteRow(db: Database, table: EntityType, id: number): void {
	db.prepare("DELETE FROM extra WHERE entity_type = ? AND entity_id = ?").run(table, id);
	db.prepare(`DELETE FROM ${table} WHERE id = ?`).run(id);
}

export function readExtra(db: Database, type: EntityType, id: number): Record<string, string> {
	const rows = db
		.prepare<[string, number], { key: string; value: string }>(
			"SELECT key, value FROM extra WHERE entity_type = ? AND entity_id = ? ORDER BY rowid",
		)
		.all(type, id);
	return Object.fromEntries(rows.map(({ key, value }) => [key, value]));
}

/** Keys that are not named keep their value; `null` clears one. */
export function mergeExtra(
	db: Database,
	type: EntityType,
	id: number,
	extra: Readonly<Record<string, string | null>>,
): void {
	const clear = db.prepare("DELETE FROM extra WHERE entity_type = ? AND entity_id = ? AND key = ?");
	const add = db.prepare("INSERT INTO extra (entity_type, entity_id, key, value) VALUES (?, ?, ?, ?)");
	for (const [key, value] of Object.entries(extra)) {
		clear.run(type, id, key);
		if (value !== null) add.run(type, id, key, value);
	}
}

/** The different values of a column, without those that are not set. `column` is never of a request. */
export function distinctValues(db: Database, table: EntityType, column: string): Column[] {
	const sql = `SELECT DISTINCT ${column} AS value FROM ${table} WHERE ${column} IS NOT NULL ORDER BY ${column}`;
	return db
		.prepare<[], { value: Column }>(sql)
		.all()
		.map(({ value }) => value);
}

/** Spoolman leaves out what is not set. */
export function withoutNulls(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
	return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null && value !== undefined));
}
