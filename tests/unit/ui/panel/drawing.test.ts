// Drawing allocates nothing: on a device each allocation brings the next collection nearer, which is seen as a jerk.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import ts from "typescript";

/** Called for each frame. */
const ROOTS = ["onDraw", "onTimeChanged"];
/** Of strings, arrays and numbers: they make something new. */
const MAKERS = new Set(
	`map filter slice concat split join toFixed toString padStart padEnd trim replace replaceAll substring repeat flat
	flatMap from of entries keys values assign bind sort reverse`.split(/\s+/),
);

const { config } = ts.readConfigFile("tsconfig.panel.json", (path) => readFileSync(path, "utf8"));
const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, process.cwd());
const program = ts.createProgram(fileNames, options);
const checker = program.getTypeChecker();

type Made = ts.MethodDeclaration | ts.GetAccessorDeclaration | ts.FunctionDeclaration;

const roots: Made[] = [];
for (const file of program.getSourceFiles()) if (file.fileName.includes("/ui/panel/")) collect(file);

function collect(node: ts.Node): void {
	if (ts.isMethodDeclaration(node) && node.body && ROOTS.includes(node.name.getText())) roots.push(node);
	ts.forEachChild(node, collect);
}

/** Whose body is run where that name stands. */
function madeAt(name: ts.Node): Made[] {
	const declarations = checker.getSymbolAtLocation(name)?.declarations ?? [];
	return declarations.filter(
		(each): each is Made =>
			ts.isMethodDeclaration(each) || ts.isGetAccessor(each) || ts.isFunctionDeclaration(each),
	);
}

/** What it allocates itself, and what it calls. */
function look(node: ts.Node, found: string[], called: Set<ts.Node>): void {
	// What is on the right of it is made the first time only: that is how the panel keeps what it has made.
	if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken) {
		look(node.left, found, called);
		return;
	}
	const isNew =
		ts.isTemplateExpression(node) ||
		ts.isObjectLiteralExpression(node) ||
		ts.isArrayLiteralExpression(node) ||
		ts.isFunctionLike(node) ||
		ts.isNewExpression(node) ||
		ts.isSpreadElement(node) ||
		ts.isForOfStatement(node) ||
		ts.isRegularExpressionLiteral(node);
	if (isNew) found.push(node.getText().slice(0, 60));
	if (ts.isPropertyAccessExpression(node)) called.add(node.name);
	if (ts.isCallExpression(node)) {
		const { expression } = node;
		if (ts.isIdentifier(expression)) called.add(expression);
		if (ts.isPropertyAccessExpression(expression) && MAKERS.has(expression.name.text))
			found.push(node.getText().slice(0, 60));
	}
	ts.forEachChild(node, (child) => look(child, found, called));
}

function allocationsFrom(first: readonly Made[]): string[] {
	const seen = new Set<Made>();
	const all: string[] = [];
	const next = [...first];
	for (let made = next.pop(); made !== undefined; made = next.pop()) {
		if (seen.has(made) || !made.body) continue;
		seen.add(made);
		const found: string[] = [];
		const called = new Set<ts.Node>();
		look(made.body, found, called);
		const where = made.getSourceFile().fileName.replace(/.*\/ui\/panel\//, "");
		all.push(...found.map((text) => `${where}, ${made.name?.getText()}: ${text}`));
		for (const name of called) next.push(...madeAt(name));
	}
	return all;
}

test("every part that draws itself is looked at", () => {
	const drawn = roots.map((root) => root.getSourceFile().fileName);
	for (const name of ["ring", "label", "slider", "scroll", "sparkline", "spool", "head", "key-grid"])
		assert.ok(
			drawn.some((file) => file.endsWith(`/${name}.ts`)),
			name,
		);
});

test("what would allocate while drawing is found", () => {
	const source = `class A { onDraw(port) { const key = \`pill \${port.x}\`; return [key].map((x) => ({ x })); } }`;
	const found: string[] = [];
	look(ts.createSourceFile("a.ts", source, ts.ScriptTarget.Latest, true), found, new Set());
	assert.equal(found.length, 6, found.join("\n"));
});

test("a part that is drawn or moved again makes no string, array, object or function", () => {
	assert.deepEqual(allocationsFrom(roots), []);
});
