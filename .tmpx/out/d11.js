import { A as hashOf, C as FAULT_KINDS, M as SandboxError, S as parseFault, c as buildCatalogue, d as outcomeOf, i as readInput, j as present, k as Mixer, m as COMES_TO_REST, p as World, r as allParameters, u as findScenario, w as kindsFor, x as faultText } from "./input-DxdXZAIw.js";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
// src/sim/kernel/footprint.ts
var Footprint = class {
	reads = /* @__PURE__ */ new Set();
	writes = /* @__PURE__ */ new Set();
	/** It may have touched anything: nothing may be swapped with it. */
	everything = false;
};
Object.keys(FAULT_KINDS);
// src/cli/load.ts
const CATALOGUE_FILE = fileURLToPath(new URL("../../scenarios.yaml", import.meta.url));
const CHECKED_FILE = new URL("../scenarios.ndjson", import.meta.url);
/** Reads a file. @throws SandboxError `cannot-read` */
function readBytes(path) {
	try {
		return readFileSync(path);
	} catch (error) {
		throw new SandboxError("cannot-read", {
			path,
			why: error.message
		});
	}
}
const sourceOf = (bytes) => createHash("sha256").update(bytes).digest("hex");
/** The lines of a file, as bytes. */
function linesOf(bytes) {
	const lines = [];
	for (let from = 0; from < bytes.length;) {
		const end = bytes.indexOf(10, from);
		const to = end < 0 ? bytes.length : end;
		lines.push(bytes.subarray(from, to));
		from = to + 1;
	}
	return lines;
}
function readChecked(source) {
	try {
		const [checked, ...lines] = linesOf(readFileSync(CHECKED_FILE));
		if (String(checked) !== source) return null;
		const data = {};
		for (let at = 0; at + 1 < lines.length; at += 2) {
			const get = () => JSON.parse(String(lines[at + 1]));
			Object.defineProperty(data, String(lines[at]), {
				get,
				enumerable: true
			});
		}
		return data;
	} catch {
		return null;
	}
}
/** Reads and checks the catalogue, whatever the build left. @throws SandboxError `bad-catalogue` */
async function checkCatalogueFile(path = CATALOGUE_FILE) {
	const bytes = readBytes(path);
	const { checkCatalogue } = await import("./check-ughFQRND.js");
	return {
		source: sourceOf(bytes),
		data: checkCatalogue(String(bytes), displayed(path))
	};
}
/** @throws SandboxError `cannot-read`, `bad-catalogue` */
async function loadCatalogue(path = CATALOGUE_FILE) {
	const checked = readChecked(sourceOf(readBytes(path)));
	return buildCatalogue(checked ?? (await checkCatalogueFile(path)).data);
}
function displayed(path) {
	const here = `${process.cwd()}/`;
	return path.startsWith(here) ? path.slice(here.length) : path;
}
// src/explore/coverage.ts
var Coverage = class {
	points = /* @__PURE__ */ new Set();
	outcomes = /* @__PURE__ */ new Set();
	shown = /* @__PURE__ */ new Set();
	unreached({ points, outcomes, properties }) {
		const sometimes = properties.filter(({ when }) => when === "sometimes");
		return {
			points: points.filter(({ id, effect }) => effect !== "start" && !this.points.has(id)).map(({ id }) => id),
			outcomes: [...new Set(outcomes.map(({ word }) => word))].filter((word) => !this.outcomes.has(word)),
			sometimes: sometimes.map(({ id }) => id).filter((id) => !this.shown.has(id))
		};
	}
	/** Takes over what another search has come by. */
	add({ points, outcomes, shown }) {
		for (const point of points) this.points.add(point);
		for (const outcome of outcomes) this.outcomes.add(outcome);
		for (const property of shown) this.shown.add(property);
	}
};
// src/explore/menu.ts
const ONLY_ONCE = [
	"duplicate",
	"lose",
	"delay",
	"reorder",
	"lost-reply"
];
var Menu = class {
	#byPoint;
	constructor({ id, points }, wanted) {
		const { kinds = Object.keys(FAULT_KINDS), isAt = () => true } = wanted;
		const at = (point) => {
			if (!isAt(point.id) || point.effect === "start") return [];
			return kindsFor(point.effect, point.hasDatabase).filter((kind) => kinds.includes(kind)).flatMap((kind) => {
				const fault = parseFault(`${kind}@${point.id}`, points, id);
				if (kind === "duplicate") return [{
					...fault,
					options: { delay: 0 }
				}];
				if (ONLY_ONCE.includes(kind)) return [fault];
				return ["before", "after"].map((when) => ({
					...fault,
					when
				}));
			});
		};
		this.#byPoint = new Map(points.map((point) => [point.id, at(point)]));
	}
	/** All kinds of fault it offers. */
	get kinds() {
		const kinds = [...this.#byPoint.values()].flat().map(({ kind }) => kind);
		return [...new Set(kinds)];
	}
	/** The faults that can strike there; a copy of a message comes at once. */
	at(point) {
		return this.#byPoint.get(point) ?? [];
	}
};
// src/explore/model.ts
/** What a choice may cost of the budget. */
const LIMITED = [
	"faults",
	"preemptions",
	"stalls",
	"depth"
];
const NO_COST = {
	faults: 0,
	preemptions: 0,
	stalls: 0
};
/** As much of everything as one likes. */
const ENDLESS = {
	faults: Number.POSITIVE_INFINITY,
	preemptions: Number.POSITIVE_INFINITY,
	stalls: Number.POSITIVE_INFINITY,
	depth: Number.POSITIVE_INFINITY
};
/** Whether two actions may be swapped: neither changes what the other reads or changes. */
function isIndependent(a, b) {
	if (!a || !b) return false;
	return !touches(a.writes, b) && !touches(b.writes, a);
}
function touches(writes, { reads, writes: others }) {
	for (const name of writes) if (reads.has(name) || others.has(name)) return true;
	return false;
}
/** What is left of a budget after one more step; null if it does not suffice. */
function spend(left, cost) {
	if (cost === NO_COST && left.depth === Number.POSITIVE_INFINITY) return left;
	const faults = left.faults - cost.faults;
	const preemptions = left.preemptions - cost.preemptions;
	const stalls = left.stalls - cost.stalls;
	const depth = left.depth - 1;
	return faults >= 0 && preemptions >= 0 && stalls >= 0 && depth >= 0 ? {
		faults,
		preemptions,
		stalls,
		depth
	} : null;
}
// src/explore/world-actions.ts
/** The run of a handler a task belongs to; null if it belongs to none. */
function runOf({ work }) {
	return "execution" in work ? work.execution : null;
}
const threadOf = (task) => `${runOf(task) ?? task.work.kind}`;
/** One of the options, by a name that is made when it is asked for. */
var Option = class {
	task;
	option;
	cost;
	fault = null;
	pass = 0;
	#nameOf;
	#name = null;
	constructor(task, option, cost, nameOf) {
		this.task = task;
		this.option = option;
		this.cost = cost;
		this.#nameOf = nameOf;
	}
	get name() {
		this.#name ??= this.#nameOf(this.task);
		return this.#name;
	}
	get key() {
		return this.name;
	}
	get thread() {
		return threadOf(this.task);
	}
};
/** An option with what strikes it. */
var Struck = class {
	cost;
	fault;
	pass;
	#option;
	constructor(option, cost, fault, pass) {
		this.#option = option;
		this.cost = cost;
		this.fault = fault;
		this.pass = pass;
	}
	get name() {
		return this.#option.name;
	}
	get key() {
		return `${this.name} ${faultText(this.fault)} ${this.pass}`;
	}
	get task() {
		return this.#option.task;
	}
	get option() {
		return this.#option.option;
	}
	get thread() {
		return threadOf(this.task);
	}
	get strikes() {
		return this.fault.kind;
	}
};
// src/explore/world-model.ts
const FAULT = {
	faults: 1,
	preemptions: 0,
	stalls: 0
};
const PREEMPTION = {
	faults: 0,
	preemptions: 1,
	stalls: 0
};
const STALL = {
	faults: 0,
	preemptions: 0,
	stalls: 1
};
const NO_STALL = {
	below: 0,
	sinceMs: 0
};
var WorldModel = class {
	/** What all ways together have come by. */
	coverage = new Coverage();
	/** How often each point was passed before the search began, and what was chosen. */
	prefixPasses = /* @__PURE__ */ new Map();
	prefixChoices = [];
	#world;
	#options;
	#menu;
	#nameOf = (task) => this.#world.naming.option(task);
	#probe;
	#stall = NO_STALL;
	#last = null;
	constructor(world, options) {
		this.#world = world;
		this.#options = options;
		this.#menu = new Menu(world.scenario, options);
		this.#probe = world.explore(options.pace, options.faults);
	}
	get world() {
		return this.#world;
	}
	/** All kinds of fault it may try. */
	get kinds() {
		return this.#menu.kinds;
	}
	/** The points that the last step passed. */
	get passed() {
		return this.#probe.passed;
	}
	reset() {
		const { pace, faults, prefix = [] } = this.#options;
		this.#probe = this.#world.explore(pace, faults);
		this.#stall = NO_STALL;
		this.#last = null;
		this.prefixPasses.clear();
		this.prefixChoices = [];
		for (const option of prefix) {
			const action = this.enabled().find((one) => one.option === option);
			if (!action) return;
			if (option !== 0) this.prefixChoices.push({
				step: this.#world.steps,
				option
			});
			this.apply(action);
			for (const point of this.passed) this.prefixPasses.set(point, (this.prefixPasses.get(point) ?? 0) + 1);
		}
	}
	enabled() {
		if (this.#world.isOver) return [];
		const { options } = this.#world;
		const enabled = [];
		options.forEach((task, at) => {
			const cost = this.#costOf(task, options);
			if (cost) enabled.push(new Option(task, at, cost, this.#nameOf));
		});
		return enabled;
	}
	#costOf(task, options) {
		const { countsPreemptions, stallMs } = this.#options;
		if (!task.timer) {
			const last = this.#last;
			if (!countsPreemptions || last === null || runOf(task) === last) return NO_COST;
			return options.some((one) => !one.timer && runOf(one) === last) ? PREEMPTION : NO_COST;
		}
		const ready = options.filter(({ timer }) => !timer);
		if (ready.length === 0) return NO_COST;
		const goesOn = ready.every(({ id }) => id < this.#stall.below);
		const sinceMs = goesOn ? this.#stall.sinceMs : this.#world.nowMs;
		if (task.dueMs - sinceMs > stallMs) return null;
		return goesOn ? NO_COST : STALL;
	}
	apply(action) {
		const { task, fault, pass } = action;
		const { options } = this.#world;
		this.#noteStall(task, options);
		this.#probe.arm(fault, pass);
		const footprint = new Footprint();
		this.#world.take(task, footprint);
		this.#last = this.#options.countsPreemptions ? runOf(task) : null;
		for (const point of this.#probe.passed) this.coverage.points.add(point);
		return {
			footprint: this.#swaps(action, footprint) ? footprint : null,
			length: counts(task, footprint) ? 1 : 0,
			variants: fault || task.timer ? [] : this.#variants(action)
		};
	}
	#swaps({ task, fault }, { everything }) {
		const { countsPreemptions } = this.#options;
		return !fault && !task.timer && !everything && !countsPreemptions && !this.#world.naming.countsOrder;
	}
	#noteStall(task, options) {
		const { below } = this.#stall;
		if (!task.timer) {
			if (task.id < below) this.#stall = NO_STALL;
			return;
		}
		const ready = options.filter(({ timer }) => !timer);
		if (ready.length === 0 || ready.every(({ id }) => id < below)) return;
		const newest = Math.max(...ready.map(({ id }) => id));
		this.#stall = {
			below: newest + 1,
			sinceMs: this.#world.nowMs
		};
	}
	#variants(action) {
		const { cost } = action;
		const costly = cost === NO_COST ? FAULT : {
			...cost,
			faults: 1
		};
		return this.#probe.passed.flatMap((point, pass) => this.#menu.at(point).map((fault) => new Struck(action, costly, fault, pass)));
	}
	mark() {
		return {
			world: this.#world.mark(),
			stall: this.#stall,
			last: this.#last
		};
	}
	rewind(mark) {
		const { world, stall, last } = mark;
		this.#world.rewind(world);
		this.#stall = stall;
		this.#last = last;
	}
	fingerprint() {
		const mixer = new Mixer();
		mixer.add(this.#world.naming.hash());
		for (const [point, times] of this.#probe.state()) mixer.add(hashOf(`${point} ${times}`));
		this.#addStall(mixer);
		const last = this.#last;
		const task = last === null ? null : this.#world.options.find((one) => runOf(one) === last);
		if (task) mixer.add(this.#world.naming.optionHash(task));
		return mixer.hash;
	}
	#addStall(mixer) {
		const { below, sinceMs } = this.#stall;
		if (below === 0) return;
		mixer.add(1 + this.#world.nowMs - sinceMs);
		for (const task of this.#world.options) if (!task.timer && task.id < below) mixer.addUnordered(this.#world.naming.optionHash(task));
	}
	broken() {
		const { isOver } = this.#world;
		for (const property of this.#world.shown()) this.coverage.shown.add(property);
		const broken = this.#world.broken();
		if (!isOver) return broken;
		this.coverage.outcomes.add(outcomeOf(this.#world).word);
		return this.#world.ending === "horizon" ? [...broken, COMES_TO_REST] : broken;
	}
};
function counts({ work }, { writes }) {
	switch (work.kind) {
		case "request":
		case "act":
		case "start":
		case "restart":
		case "dispatch": return false;
		case "tick": return [...writes].some((name) => name !== "timers");
		default: return true;
	}
}
// src/explore/nodes.ts
const LANE_BITS = 8;
const LANE_MAX = 2 ** LANE_BITS - 1;
/** A budget as one number, a lane for each part; more than 254 counts as endless. */
function packed(budget) {
	return LIMITED.reduce((sum, part) => sum * 2 ** LANE_BITS + Math.min(budget[part], LANE_MAX), 0);
}
function covers(large, small) {
	for (let shift = 0; shift < LIMITED.length * LANE_BITS; shift += LANE_BITS) if ((large >>> shift & LANE_MAX) < (small >>> shift & LANE_MAX)) return false;
	return true;
}
const NO_KEYS = /* @__PURE__ */ new Set();
var Nodes = class {
	#count = 0;
	#states = 0;
	#names = /* @__PURE__ */ new Float64Array(1024);
	#budgets = /* @__PURE__ */ new Uint32Array(1024);
	/** By node, the position of its set of actions left out. */
	#leftOut = /* @__PURE__ */ new Uint32Array(1024);
	/** Positions of nodes by the hash of their state, 0 for none. */
	#table = /* @__PURE__ */ new Uint32Array(4096);
	#sets = [NO_KEYS];
	#setByText = /* @__PURE__ */ new Map([["", 0]]);
	/** How many different states were met. */
	get states() {
		return this.#states;
	}
	/** How many nodes there are: states, by what was left to spend. */
	get count() {
		return this.#count;
	}
	/** Notes that a state is met, with a budget and with actions that need not be tried. */
	meet(name, budget, leftOut) {
		const left = packed(budget);
		const mask = this.#table.length - 1;
		let isNew = true;
		let at = name % mask & mask;
		for (; this.#table[at] !== 0; at = at + 1 & mask) {
			const node = (this.#table[at] ?? 0) - 1;
			if (this.#names[node] !== name) continue;
			isNew = false;
			const had = this.#budgets[node] ?? 0;
			if (!covers(had, left)) continue;
			const before = this.#sets[this.#leftOut[node] ?? 0] ?? NO_KEYS;
			const missed = [...before].filter((key) => !leftOut.has(key));
			if (missed.length === 0) return {
				node,
				isNew,
				toTry: "none"
			};
			if (had !== left) continue;
			this.#leftOut[node] = this.#setOf([...before].filter((key) => leftOut.has(key)));
			return {
				node,
				isNew,
				toTry: new Set(missed)
			};
		}
		const node = this.#add(name, left, this.#setOf([...leftOut]));
		if (isNew) this.#states += 1;
		this.#table[at] = node + 1;
		if (this.#count * 2 > this.#table.length) this.#rehash();
		return {
			node,
			isNew,
			toTry: "all"
		};
	}
	#setOf(keys) {
		const text = keys.sort((a, b) => a - b).join();
		let position = this.#setByText.get(text);
		if (position === void 0) {
			position = this.#sets.push(new Set(keys)) - 1;
			this.#setByText.set(text, position);
		}
		return position;
	}
	#add(name, budget, leftOut) {
		if (this.#count === this.#names.length) {
			this.#names = grown(this.#names, new Float64Array(this.#count * 2));
			this.#budgets = grown(this.#budgets, new Uint32Array(this.#count * 2));
			this.#leftOut = grown(this.#leftOut, new Uint32Array(this.#count * 2));
		}
		this.#names[this.#count] = name;
		this.#budgets[this.#count] = budget;
		this.#leftOut[this.#count] = leftOut;
		this.#count += 1;
		return this.#count - 1;
	}
	#rehash() {
		this.#table = new Uint32Array(this.#table.length * 2);
		const mask = this.#table.length - 1;
		for (let node = 0; node < this.#count; node++) {
			let at = (this.#names[node] ?? 0) % mask & mask;
			while (this.#table[at] !== 0) at = at + 1 & mask;
			this.#table[at] = node + 1;
		}
	}
};
/** Copies an array into a larger one. */
function grown(from, into) {
	into.set(from);
	return into;
}
// src/explore/graph.ts
/** From a node, by an action (its number in the pool), to a node, and how much longer it gets. */
const FIELDS = 4;
const NOTHING = {
	faults: 0,
	preemptions: 0,
	stalls: 0,
	depth: 0
};
var Graph = class {
	#edges = new Uint32Array(FIELDS * 1024);
	#length = 0;
	add(from, action, to, length) {
		if (this.#length === this.#edges.length) this.#edges = grown(this.#edges, new Uint32Array(this.#length * 2));
		this.#edges.set([
			from,
			action,
			to,
			length
		], this.#length);
		this.#length += FIELDS;
	}
	/**
	* The cheapest way from the first node to one of each group of nodes, as numbers of actions, and
	* how long it is.
	* @param costOf what an action costs
	*/
	shortest(groups, costOf, limit) {
		const outgoing = this.#byOrigin();
		const found = /* @__PURE__ */ new Map();
		const done = /* @__PURE__ */ new Set();
		const ways = new Cheapest();
		ways.add({
			node: 0,
			spent: NOTHING,
			length: 0,
			action: -1,
			before: null
		});
		for (let way = ways.take(); way; way = ways.take()) {
			const depth = limit.depth === Number.POSITIVE_INFINITY ? 0 : way.spent.depth;
			const label = way.node * 2 ** 32 + packed({
				...way.spent,
				depth
			});
			if (done.has(label)) continue;
			done.add(label);
			for (const [group, nodes] of groups) {
				if (found.has(group) || !nodes.has(way.node)) continue;
				found.set(group, {
					actions: actionsOf(way),
					length: way.length
				});
			}
			if (found.size === groups.size) break;
			for (const at of outgoing.get(way.node) ?? []) {
				const action = this.#edges[at + 1] ?? 0;
				const spent = added(way.spent, costOf(action));
				if (LIMITED.some((part) => spent[part] > limit[part])) continue;
				const node = this.#edges[at + 2] ?? 0;
				const length = way.length + (this.#edges[at + 3] ?? 0);
				ways.add({
					node,
					spent,
					length,
					action,
					before: way
				});
			}
		}
		return found;
	}
	#byOrigin() {
		const outgoing = /* @__PURE__ */ new Map();
		for (let at = 0; at < this.#length; at += FIELDS) {
			const from = this.#edges[at] ?? 0;
			const list = outgoing.get(from);
			if (list) list.push(at);
			else outgoing.set(from, [at]);
		}
		return outgoing;
	}
};
const SPAN = 2 ** 16;
const priceOf = ({ spent: { faults, preemptions, stalls, depth }, length }) => ((faults * 256 + stalls + preemptions) * SPAN + length) * SPAN + depth;
/** Ways in the order of their price: a binary heap. */
var Cheapest = class {
	#ways = [];
	#prices = [];
	#price(at) {
		return this.#prices[at] ?? Infinity;
	}
	add(way) {
		const price = priceOf(way);
		let at = this.#ways.length;
		while (at > 0) {
			const parent = at - 1 >> 1;
			if (this.#price(parent) <= price) break;
			this.#put(at, parent);
			at = parent;
		}
		this.#ways[at] = way;
		this.#prices[at] = price;
	}
	take() {
		const first = this.#ways[0] ?? null;
		const last = this.#ways.pop();
		const price = this.#prices.pop() ?? Infinity;
		const count = this.#ways.length;
		if (!last || count === 0) return first;
		let at = 0;
		for (let child = 1; child < count; child = 2 * at + 1) {
			if (this.#price(child + 1) < this.#price(child)) child += 1;
			if (this.#price(child) >= price) break;
			this.#put(at, child);
			at = child;
		}
		this.#ways[at] = last;
		this.#prices[at] = price;
		return first;
	}
	#put(at, from) {
		const way = this.#ways[from];
		if (!way) return;
		this.#ways[at] = way;
		this.#prices[at] = this.#price(from);
	}
};
function added(a, b) {
	return {
		faults: a.faults + b.faults,
		preemptions: a.preemptions + b.preemptions,
		stalls: a.stalls + b.stalls,
		depth: a.depth + 1
	};
}
function actionsOf(way) {
	const actions = [];
	for (let at = way; at.before; at = at.before) actions.push(at.action);
	return actions.reverse();
}
// src/explore/exhaustive.ts
var Exhaustive = class {
	#model;
	#options;
	#nodes = new Nodes();
	#graph = new Graph();
	#keys = [];
	#numbers = /* @__PURE__ */ new Map();
	/** By the name of a state, where any are broken. */
	#brokenIn = /* @__PURE__ */ new Map();
	/** By property, the nodes in which it is broken. */
	#broken = /* @__PURE__ */ new Map();
	#ends = /* @__PURE__ */ new Set();
	#frames = [];
	#steps = 0;
	#deepest = 0;
	#cut = null;
	constructor(model, options) {
		this.#model = model;
		this.#options = options;
		model.reset();
		this.#enter(options.budget, /* @__PURE__ */ new Map());
	}
	/** Takes so many steps, or fewer if it comes to its end. Returns whether it has. */
	advance(steps) {
		const until = this.#steps + steps;
		for (let frame = this.#frames.at(-1); frame; frame = this.#frames.at(-1)) {
			if (this.#nodes.states >= this.#options.maxStates) this.#cut = "states";
			if (this.#cut === "states") return true;
			if (this.#steps >= until) return false;
			const action = frame.toTry.shift();
			if (action) this.#try(frame, action);
			else this.#frames.pop();
		}
		return true;
	}
	get progress() {
		return {
			states: this.#nodes.states,
			steps: this.#steps,
			depth: this.#frames.length,
			deepest: this.#deepest,
			frontier: this.#frames.reduce((sum, { toTry }) => sum + toTry.length, 0),
			broken: [...this.#broken.keys()]
		};
	}
	/** What it has found so far. */
	get result() {
		const { progress } = this;
		const cut = this.#cut ?? (this.#frames.length > 0 ? "stopped" : null);
		return {
			...progress,
			cut,
			ways: this.#shortest(),
			ends: this.#ends
		};
	}
	#numberOf(action) {
		const { key } = action;
		let number = this.#numbers.get(key);
		if (number === void 0) {
			number = this.#keys.push(action) - 1;
			this.#numbers.set(key, number);
		}
		return number;
	}
	#try(frame, action) {
		const { budget, sleep, isFirst } = frame;
		this.#steps += 1;
		this.#model.rewind(frame.mark);
		const number = this.#numberOf(action);
		const { footprint, variants, length } = this.#model.apply(action);
		if (isFirst) this.#queueVariants(frame, variants);
		if (sleep.has(number)) return;
		const left = present(spend(budget, action.cost), "an action one can afford");
		const asleep = /* @__PURE__ */ new Map();
		for (const [other, touched] of sleep) if (isIndependent(touched, footprint)) asleep.set(other, touched);
		if (!this.#options.everyOrder) sleep.set(number, footprint);
		const node = this.#enter(left, asleep);
		this.#graph.add(frame.node, number, node, length);
	}
	#queueVariants({ budget, toTry }, variants) {
		for (const variant of variants) if (spend(budget, variant.cost)) toTry.push(variant);
	}
	/** Takes the state the model is in as met, and queues what is to be tried from it. */
	#enter(budget, sleep) {
		const name = this.#model.fingerprint();
		const met = this.#nodes.meet(name, budget, new Set(sleep.keys()));
		const { node } = met;
		const toTry = this.#options.everyWay ? "all" : met.toTry;
		if (met.isNew) this.#judge(name);
		if (met.toTry === "all") this.#noteBroken(name, node);
		if (toTry === "none") return node;
		const enabled = this.#model.enabled();
		if (enabled.length === 0) {
			this.#ends.add(name);
			return node;
		}
		if (budget.depth === 0) {
			this.#cut ??= "depth";
			return node;
		}
		const isFirst = toTry === "all";
		const seen = /* @__PURE__ */ new Set();
		const affordable = enabled.filter((action) => {
			const number = this.#numberOf(action);
			if (seen.has(number)) return false;
			seen.add(number);
			if (!spend(budget, action.cost)) return false;
			if (!isFirst) return toTry.has(number);
			return budget.faults > 0 || !sleep.has(number);
		});
		this.#frames.push({
			node,
			mark: this.#model.mark(),
			budget,
			sleep: isFirst ? sleep : without(sleep, toTry),
			toTry: affordable,
			isFirst
		});
		this.#deepest = Math.max(this.#deepest, this.#frames.length);
		return node;
	}
	#judge(name) {
		const broken = this.#model.broken();
		if (broken.length > 0) this.#brokenIn.set(name, broken);
	}
	#noteBroken(name, node) {
		for (const property of this.#brokenIn.get(name) ?? []) {
			const nodes = this.#broken.get(property) ?? /* @__PURE__ */ new Set();
			nodes.add(node);
			this.#broken.set(property, nodes);
		}
	}
	#shortest() {
		const taken = (at) => present(this.#keys[at], `action ${at}`);
		const costOf = (at) => taken(at).cost;
		const ways = this.#graph.shortest(this.#broken, costOf, this.#options.budget);
		return new Map([...ways].map(([property, { actions, length }]) => {
			return [property, {
				actions: actions.map(taken),
				length
			}];
		}));
	}
};
function without(sleep, keys) {
	return new Map([...sleep].filter(([key]) => !keys.has(key)));
}
// .tmpx/d11.ts
const d = Number(process.argv[2]);
const t = Number(process.argv[3]);
const lim = Number(process.argv[4] ?? 60) * 1e3;
const scenario = findScenario(await loadCatalogue(), "ticket-saga");
const { explore } = scenario;
const m = new WorldModel(new World(scenario, readInput(scenario, allParameters(scenario, explore.set), explore.document)), {
	pace: "handler",
	kinds: ["duplicate"],
	countsPreemptions: false,
	stallMs: 1e4
});
const s = performance.now();
let last = s;
let ls = 0;
const x = new Exhaustive(m, {
	maxStates: 1e6,
	budget: {
		...ENDLESS,
		faults: d,
		stalls: t
	}
});
while (!x.advance(512)) {
	const n = performance.now();
	if (n > s + lim) break;
	if (n - last > 1e3) {
		const p = x.progress;
		console.log(p.states, p.steps, p.depth, p.frontier, ((p.states - ls) / (n - last) * 1e3).toFixed(0) + "/s");
		last = n;
		ls = p.states;
	}
}
const e = performance.now() - s;
const r = x.result;
console.log(r.states, r.steps, r.cut, e.toFixed(0), (performance.now() - s - e).toFixed(0), process.memoryUsage().rss / 1e6, [...r.ways].map(([p, w]) => p + w.length).join());
export {};
