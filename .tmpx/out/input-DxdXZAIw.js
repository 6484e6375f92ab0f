import { createRequire } from "node:module";
import { createHash } from "node:crypto";
import BetterSqlite3 from "better-sqlite3";
import { assign, setup } from "xstate";
// \0rolldown/runtime.js
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __commonJSMin = (cb, mod) => () => (mod || (cb((mod = { exports: {} }).exports, mod, mod.exports), cb = null), mod.exports);
var __exportAll = (all, no_symbols) => {
	let target = {};
	for (var name in all) __defProp(target, name, {
		get: all[name],
		enumerable: true
	});
	if (!no_symbols) __defProp(target, Symbol.toStringTag, { value: "Module" });
	return target;
};
var __copyProps = (to, from, except, desc) => {
	if (from && typeof from === "object" || typeof from === "function") for (var keys = __getOwnPropNames(from), i = 0, n = keys.length, key; i < n; i++) {
		key = keys[i];
		if (!__hasOwnProp.call(to, key) && key !== except) __defProp(to, key, {
			get: ((k) => from[k]).bind(null, key),
			enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable
		});
	}
	return to;
};
var __toESM = (mod, isNodeMode, target) => (target = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(isNodeMode || !mod || !mod.__esModule || !__hasOwnProp.call(mod, "default") ? __defProp(target, "default", {
	value: mod,
	enumerable: true
}) : target, mod));
var __require = /* #__PURE__ */ (() => createRequire(import.meta.url))();
// src/sim/kernel/errors.ts
/** A mistake the person can mend. The words for it, in each language, are in the report's texts. */
var SandboxError = class extends Error {
	code;
	data;
	place;
	constructor(code, data, place = null) {
		super(`${code}: ${JSON.stringify(data)}`);
		this.name = "SandboxError";
		this.code = code;
		this.data = data;
		this.place = place;
	}
};
/** A broken promise of this program: an assertion that failed. */
var BugError = class extends Error {
	name = "BugError";
};
// src/sim/kernel/assert.ts
/** Throws when a condition that this program guarantees does not hold. @throws BugError */
function assert(condition, message) {
	if (!condition) throw new BugError(message);
}
/** Returns a value that this program guarantees to be there. @throws BugError when it is not */
function present(value, what) {
	if (value === null || value === void 0) throw new BugError(`missing: ${what}`);
	return value;
}
/** Marks a branch that the types say cannot be reached. @throws BugError */
function unreachable(value) {
	throw new BugError(`unreachable: ${JSON.stringify(value)}`);
}
// src/sim/kernel/agenda.ts
/** The pending tasks of a world, kept sorted by time, then by arrival. */
var Agenda = class {
	/** Never changed in place: a mark stands for it. */
	#tasks = [];
	#nextId = 1;
	get tasks() {
		return this.#tasks;
	}
	/** Adds a task. Returns its id, by which it can be removed. */
	add(task) {
		const id = this.#nextId++;
		let at = this.#tasks.length;
		while (at > 0 && (this.#tasks[at - 1]?.dueMs ?? 0) > task.dueMs) at--;
		this.#tasks = this.#tasks.toSpliced(at, 0, {
			id,
			...task
		});
		return id;
	}
	/** Removes a task; one that is no longer there is ignored. */
	remove(id) {
		const at = this.#tasks.findIndex((task) => task.id === id);
		if (at >= 0) this.#tasks = this.#tasks.toSpliced(at, 1);
	}
	removeWhere(test) {
		this.#tasks = this.#tasks.filter((task) => !test(task.work));
	}
	/**
	* What may happen next, the default first: every step, since a process may be slow or quick,
	* and of the timers only the earliest.
	*/
	candidates() {
		let timerSeen = false;
		return this.#tasks.filter((task) => {
			if (!task.timer) return true;
			if (timerSeen) return false;
			timerSeen = true;
			return true;
		});
	}
	/** The first timer whose time has come. */
	dueTimer(nowMs) {
		return this.#tasks.find(({ timer, dueMs }) => timer && dueMs <= nowMs) ?? null;
	}
	/** The first step that a test finds. */
	stepWhere(test) {
		return this.#tasks.find(({ timer, work }) => !timer && test(work)) ?? null;
	}
	take(task) {
		assert(this.#tasks.includes(task), `task ${task.id} is not on the agenda`);
		this.remove(task.id);
	}
	mark() {
		return {
			tasks: this.#tasks,
			nextId: this.#nextId
		};
	}
	rewind(mark) {
		this.#tasks = mark.tasks;
		this.#nextId = mark.nextId;
	}
};
// src/sim/kernel/clock.ts
/** A virtual clock, in milliseconds since the run began. */
var Clock = class {
	#nowMs = 0;
	get nowMs() {
		return this.#nowMs;
	}
	/** Moves forward to `timeMs`; a time already past leaves the clock where it is. */
	advanceTo(timeMs) {
		assert(Number.isFinite(timeMs), `not a time: ${timeMs}`);
		if (timeMs > this.#nowMs) this.#nowMs = timeMs;
	}
	mark() {
		return this.#nowMs;
	}
	rewind(mark) {
		this.#nowMs = mark;
	}
};
// src/sim/kernel/fingerprint.ts
/**
* The first 96 bits of SHA-256 over the value's JSON text, as 16 URL-safe characters.
* Keys count in the order they stand, so a caller builds its objects always in the same order.
*/
function fingerprintOf(value) {
	return createHash("sha256").update(JSON.stringify(value)).digest("base64url").slice(0, 16);
}
// src/sim/kernel/hash.ts
const LOW_BITS = 21;
/**
* A hash of 53 bits, a whole number: two lanes of 32 bits that multiply and mix each UTF-16 unit.
* Among a million texts two collide with a chance of 1 in 18,000.
*/
function hashOf(text) {
	let high = 2166136261;
	let low = 2654435769;
	for (let at = 0; at < text.length; at++) {
		const unit = text.charCodeAt(at);
		high = Math.imul(high ^ unit, 16777619);
		low = Math.imul(low ^ unit, 2246822507);
		low = low << 13 | low >>> 19;
	}
	return finished$1(high, low);
}
function finished$1(first, second) {
	let high = first ^ Math.imul(second ^ second >>> 15, 3266489909);
	const low = second ^ Math.imul(high ^ high >>> 16, 668265263);
	high = Math.imul(high ^ high >>> 13, 374761393);
	return (high >>> 0) * 2 ** LOW_BITS + ((low ^ low >>> 15) >>> 11);
}
const WORD = 2 ** 32;
/** Makes one hash of many, in order or, where there is none, in any. */
var Mixer = class {
	#high = 2166136261;
	#low = 2654435769;
	#sumHigh = 0;
	#sumLow = 0;
	/** The next in order: a hash, or any whole number from 0. */
	add(number) {
		const low = number >>> 0;
		const high = Math.floor(number / WORD);
		this.#high = Math.imul(this.#high ^ low, 16777619) ^ high << 11;
		this.#low = Math.imul(this.#low ^ low ^ high, 2246822507);
		this.#high = this.#high << 7 | this.#high >>> 25;
		this.#low = this.#low << 13 | this.#low >>> 19;
	}
	/** One of those that have no order. */
	addUnordered(hash) {
		const low = hash >>> 0;
		const high = Math.floor(hash / WORD) ^ Math.imul(low, 2654435761);
		this.#sumLow = this.#sumLow + Math.imul(low ^ low >>> 15, 3266489909) | 0;
		this.#sumHigh = this.#sumHigh + Math.imul(high ^ high >>> 13, 668265263) | 0;
	}
	/** The hash of all, 53 bits. */
	get hash() {
		this.add((this.#sumHigh >>> 0) * 2 ** LOW_BITS + (this.#sumLow >>> 11));
		this.add(this.#sumLow >>> 0);
		return finished$1(this.#high, this.#low);
	}
};
// src/sim/kernel/machine-table.ts
/** Thrown within this file alone: the machine uses what the table does not know. */
var NotFlat = class extends Error {};
function need(condition) {
	if (!condition) throw new NotFlat();
}
function wayOf({ target, guard, actions }) {
	need(target?.length === 1 && target[0]);
	need(guard === void 0 || typeof guard === "function");
	const assignments = actions.map((action) => {
		const { type, assignment } = action;
		need(type === "xstate.assign" && assignment && typeof assignment === "object");
		return assignment;
	});
	const test = guard ?? null;
	return {
		target: target[0].key,
		guard: test,
		assignments
	};
}
function stateOf$3(node, root) {
	need(node.type === "atomic" || node.type === "final");
	need(node.exit.length === 0 && node.invoke.length === 0 && node.entry.length <= 1);
	const [entry] = node.entry;
	need(!entry || entry.type === "perform" && entry.params);
	const waysFor = (type) => {
		return [...node.transitions.get(type) ?? [], ...root.transitions.get(type) ?? []].map(wayOf);
	};
	return {
		effect: entry?.params ?? null,
		always: (node.always ?? []).map(wayOf),
		final: node.type === "final",
		on: {
			done: waysFor("done"),
			error: waysFor("error")
		}
	};
}
function firstOpen(ways, context, event) {
	return ways.find(({ guard }) => !guard || guard({
		context,
		event
	}));
}
function assigned(way, context, event) {
	let next = context;
	for (const assignment of way.assignments) {
		const scope = {
			context: next,
			event
		};
		const entries = Object.entries(assignment).map(([key, make]) => [key, make(scope)]);
		next = {
			...next,
			...Object.fromEntries(entries)
		};
	}
	return next;
}
/** Reads a machine into a table; null if it uses more of XState than the table knows. */
function tableOf(machine) {
	const { root } = machine;
	const states = /* @__PURE__ */ new Map();
	try {
		need(root.type === "compound" && root.entry.length === 0 && root.exit.length === 0);
		for (const node of Object.values(root.states)) states.set(node.key, stateOf$3(node, root));
	} catch (error) {
		if (error instanceof NotFlat) return null;
		throw error;
	}
	const initial = root.initial.target[0]?.key ?? "";
	const { context: makeContext } = machine.config;
	const enter = (state, context, event) => {
		const { effect, always, final } = states.get(state) ?? {};
		const way = always && firstOpen(always, context, event);
		if (way) return enter(way.target, assigned(way, context, event), event);
		const asked = typeof effect === "function" ? effect({
			context,
			event
		}) : effect ?? null;
		assert(asked || final, `state ${state} asks for nothing, and has no way on`);
		return {
			state,
			context,
			effect: asked
		};
	};
	return {
		start(input) {
			const context = typeof makeContext === "function" ? makeContext({ input }) : makeContext;
			return enter(initial, context, {
				type: "xstate.init",
				input
			});
		},
		advance(state, context, event) {
			const way = firstOpen(states.get(state)?.on[event.type] ?? [], context, event);
			assert(way, `state ${state} has no way out for ${event.type}`);
			return enter(way.target, assigned(way, context, event), event);
		}
	};
}
// src/sim/kernel/machine.ts
const tables$1 = /* @__PURE__ */ new WeakMap();
function knownTable(machine) {
	let table = tables$1.get(machine);
	if (!table) {
		table = tableOf(machine) ?? "none";
		tables$1.set(machine, table);
	}
	return table === "none" ? null : table;
}
/** A machine's first step. `input` becomes part of its context. */
function startMachine(machine, input) {
	const table = knownTable(machine);
	if (!table) return startByXState(machine, input);
	return {
		machine,
		snapshot: null,
		...table.start(input)
	};
}
/** The step that follows when the world hands back what an effect gave. */
function advanceMachine(step, event) {
	const { machine, state, context } = step;
	const table = step.snapshot ? null : knownTable(machine);
	if (!table) return advanceByXState(step, event);
	return {
		machine,
		snapshot: null,
		...table.advance(state, context, event)
	};
}
let asked = [];
const nothing = () => {};
const scope = {
	self: null,
	id: "",
	sessionId: "",
	logger: nothing,
	defer: nothing,
	emit: nothing,
	stopChild: nothing,
	system: {
		_relay: nothing,
		_sendInspectionEvent: nothing
	},
	actionExecutor: (action) => asked.push(action.params)
};
function readSnapshot(machine, snapshot) {
	const effects = asked;
	asked = [];
	const state = String(snapshot.value);
	assert(effects.length <= 1, `more than one effect in state ${state}`);
	assert(effects[0] || snapshot.status !== "active", `state ${state} asks for nothing`);
	return {
		machine,
		state,
		context: snapshot.context,
		effect: effects[0] ?? null,
		snapshot
	};
}
/** As `startMachine`, by XState's own algorithm. */
function startByXState(machine, input) {
	return readSnapshot(machine, machine.getInitialSnapshot(scope, input));
}
/** As `advanceMachine`, by XState's own algorithm. */
function advanceByXState(step, event) {
	const { machine, state, context } = step;
	const before = step.snapshot ?? machine.resolveState({
		value: state,
		context
	});
	return readSnapshot(machine, machine.transition(before, event, scope));
}
// src/sim/kernel/names.ts
var import_fastest_levenshtein = (/* @__PURE__ */ __commonJSMin(((exports) => {
	exports.__esModule = true;
	exports.distance = exports.closest = void 0;
	var peq = /* @__PURE__ */ new Uint32Array(65536);
	var myers_32 = function(a, b) {
		var n = a.length;
		var m = b.length;
		var lst = 1 << n - 1;
		var pv = -1;
		var mv = 0;
		var sc = n;
		var i = n;
		while (i--) peq[a.charCodeAt(i)] |= 1 << i;
		for (i = 0; i < m; i++) {
			var eq = peq[b.charCodeAt(i)];
			var xv = eq | mv;
			eq |= (eq & pv) + pv ^ pv;
			mv |= ~(eq | pv);
			pv &= eq;
			if (mv & lst) sc++;
			if (pv & lst) sc--;
			mv = mv << 1 | 1;
			pv = pv << 1 | ~(xv | mv);
			mv &= xv;
		}
		i = n;
		while (i--) peq[a.charCodeAt(i)] = 0;
		return sc;
	};
	var myers_x = function(b, a) {
		var n = a.length;
		var m = b.length;
		var mhc = [];
		var phc = [];
		var hsize = Math.ceil(n / 32);
		var vsize = Math.ceil(m / 32);
		for (var i = 0; i < hsize; i++) {
			phc[i] = -1;
			mhc[i] = 0;
		}
		var j = 0;
		for (; j < vsize - 1; j++) {
			var mv_1 = 0;
			var pv_1 = -1;
			var start_1 = j * 32;
			var vlen_1 = Math.min(32, m) + start_1;
			for (var k = start_1; k < vlen_1; k++) peq[b.charCodeAt(k)] |= 1 << k;
			for (var i = 0; i < n; i++) {
				var eq = peq[a.charCodeAt(i)];
				var pb = phc[i / 32 | 0] >>> i & 1;
				var mb = mhc[i / 32 | 0] >>> i & 1;
				var xv = eq | mv_1;
				var xh = ((eq | mb) & pv_1) + pv_1 ^ pv_1 | eq | mb;
				var ph = mv_1 | ~(xh | pv_1);
				var mh = pv_1 & xh;
				if (ph >>> 31 ^ pb) phc[i / 32 | 0] ^= 1 << i;
				if (mh >>> 31 ^ mb) mhc[i / 32 | 0] ^= 1 << i;
				ph = ph << 1 | pb;
				mh = mh << 1 | mb;
				pv_1 = mh | ~(xv | ph);
				mv_1 = ph & xv;
			}
			for (var k = start_1; k < vlen_1; k++) peq[b.charCodeAt(k)] = 0;
		}
		var mv = 0;
		var pv = -1;
		var start = j * 32;
		var vlen = Math.min(32, m - start) + start;
		for (var k = start; k < vlen; k++) peq[b.charCodeAt(k)] |= 1 << k;
		var score = m;
		for (var i = 0; i < n; i++) {
			var eq = peq[a.charCodeAt(i)];
			var pb = phc[i / 32 | 0] >>> i & 1;
			var mb = mhc[i / 32 | 0] >>> i & 1;
			var xv = eq | mv;
			var xh = ((eq | mb) & pv) + pv ^ pv | eq | mb;
			var ph = mv | ~(xh | pv);
			var mh = pv & xh;
			score += ph >>> m - 1 & 1;
			score -= mh >>> m - 1 & 1;
			if (ph >>> 31 ^ pb) phc[i / 32 | 0] ^= 1 << i;
			if (mh >>> 31 ^ mb) mhc[i / 32 | 0] ^= 1 << i;
			ph = ph << 1 | pb;
			mh = mh << 1 | mb;
			pv = mh | ~(xv | ph);
			mv = ph & xv;
		}
		for (var k = start; k < vlen; k++) peq[b.charCodeAt(k)] = 0;
		return score;
	};
	var distance = function(a, b) {
		if (a.length < b.length) {
			var tmp = b;
			b = a;
			a = tmp;
		}
		if (b.length === 0) return a.length;
		if (a.length <= 32) return myers_32(a, b);
		return myers_x(a, b);
	};
	exports.distance = distance;
	var closest = function(str, arr) {
		var min_distance = Infinity;
		var min_index = 0;
		for (var i = 0; i < arr.length; i++) {
			var dist = distance(str, arr[i]);
			if (dist < min_distance) {
				min_distance = dist;
				min_index = i;
			}
		}
		return arr[min_index];
	};
	exports.closest = closest;
})))();
/** The known name nearest to the given one; null if none is near enough to be meant. */
function closest(given, known) {
	const best = known.map((name) => ({
		name,
		away: (0, import_fastest_levenshtein.distance)(given.toLowerCase(), name.toLowerCase())
	})).sort((a, b) => a.away - b.away)[0];
	if (!best) return null;
	const near = best.away <= Math.max(2, Math.ceil(best.name.length / 3));
	const alike = best.away < Math.max(given.length, best.name.length);
	return near && alike ? best.name : null;
}
// src/sim/kernel/rewindable.ts
/** Several of them as one, rewound in the order they are given. */
var Rewindables = class {
	#parts;
	constructor(...parts) {
		this.#parts = parts;
	}
	mark() {
		return this.#parts.map((part) => part.mark());
	}
	rewind(mark) {
		const marks = mark;
		this.#parts.forEach((part, at) => {
			part.rewind(marks[at]);
		});
	}
};
// src/sim/kernel/schedule.ts
/** Always the default: earliest virtual time first, first come first served. */
const defaultSchedule = { choose: () => 0 };
// src/sim/kernel/shared-map.ts
var SharedMap = class {
	#map;
	/** Whether a mark stands for this very map. */
	#shared = false;
	constructor(entries = []) {
		this.#map = new Map(entries);
	}
	/** As it is now. */
	get now() {
		return this.#map;
	}
	get(key) {
		return this.#map.get(key);
	}
	set(key, value) {
		this.#own().set(key, value);
	}
	delete(key) {
		if (this.#map.has(key)) this.#own().delete(key);
	}
	clear() {
		if (this.#map.size > 0) this.rewind(/* @__PURE__ */ new Map());
	}
	#own() {
		if (this.#shared) {
			this.#map = new Map(this.#map);
			this.#shared = false;
		}
		return this.#map;
	}
	mark() {
		this.#shared = true;
		return this.#map;
	}
	rewind(mark) {
		this.#map = mark;
		this.#shared = true;
	}
};
// src/sim/kernel/stamp.ts
/** Renewed with every change. A rewind brings the old one back: it stands for the old content. */
var Stamp = class {
	#value = 1;
	#last = 1;
	get value() {
		return this.#value;
	}
	touch() {
		this.#last += 1;
		this.#value = this.#last;
	}
	mark() {
		return this.#value;
	}
	rewind(mark) {
		this.#value = mark;
	}
};
// src/sim/kernel/statechart.ts
const effectOf = ({ meta }) => meta?.effect;
/** The chart of a flat machine, its states in the order they are written. */
function chartOf(machine) {
	const { root } = machine;
	const nodes = root.states;
	const past = (state, seen) => {
		const ways = nodes[state]?.always ?? [];
		if (ways.length === 0 || seen.includes(state)) return [state];
		return targets(ways, [...seen, state]);
	};
	const targets = (ways, seen = []) => {
		const named = ways.flatMap(({ target = [] }) => target.map(({ key }) => key));
		return [...new Set(named.flatMap((name) => past(name, seen)))];
	};
	const waysFor = (node, type) => {
		const own = node.transitions.get(type) ?? [];
		return own.length > 0 ? own : root.transitions.get(type) ?? [];
	};
	return {
		initial: targets([{ target: root.initial.target }]),
		states: Object.values(nodes).flatMap((node) => {
			const effect = effectOf(node);
			if (!effect) return [];
			const compensation = node.tags.includes("compensation");
			const done = targets(waysFor(node, "done"));
			const error = targets(waysFor(node, "error"));
			return [{
				state: node.key,
				effect,
				compensation,
				done,
				error
			}];
		})
	};
}
// src/sim/kernel/trace.ts
/** Numbers events and publishes them on the world's emitter; it keeps none itself. */
var Trace = class {
	#emitter;
	#length = 0;
	constructor(emitter) {
		this.#emitter = emitter;
	}
	/** Publishes an event. Returns its id, for those it will cause. */
	add(atMs, cause, place, happening, compensation) {
		this.#length += 1;
		const id = this.#length;
		this.#emitter.emit("event", {
			id,
			atMs,
			cause,
			place,
			compensation,
			happening
		});
		return id;
	}
	mark() {
		return this.#length;
	}
	rewind(mark) {
		this.#length = mark;
		this.#emitter.emit("rewound", mark);
	}
};
/** Keeps what an emitter publishes. Returns the growing list. */
function recordEvents(emitter) {
	const events = [];
	emitter.on("event", (event) => events.push(event));
	emitter.on("rewound", (length) => {
		events.length = length;
	});
	return events;
}
// src/sim/broker/containers.ts
var Containers = class {
	#byId = new SharedMap();
	get ids() {
		return [...this.#byId.now.keys()];
	}
	get all() {
		return this.#byId.now;
	}
	queueOf(id) {
		return this.#get(id).queue;
	}
	has(id) {
		return this.#byId.now.has(id);
	}
	/** Everything that consumers of a queue, or of all queues, were given and have not handled. */
	prefetched(queue) {
		return [...this.#byId.now.values()].filter((container) => queue === void 0 || container.queue === queue).flatMap(({ consumers }) => consumers.flatMap((consumer) => consumer.prefetched));
	}
	/** Opens a container; its first consumer is given what waits already. */
	open(id, queue, count, backlog) {
		const idle = Array.from({ length: count }, (_, at) => at);
		const consumers = idle.map((at) => {
			return {
				prefetched: at === 0 ? backlog : [],
				pausedUntilMs: 0
			};
		});
		this.#byId.set(id, {
			queue,
			consumers,
			idle
		});
	}
	/** Closes a container. Returns what its consumers had been given. */
	close(id) {
		const { consumers } = this.#get(id);
		this.#byId.delete(id);
		return consumers.flatMap((consumer) => consumer.prefetched);
	}
	/**
	* Gives the next message to a consumer that waits: its own, or one `takeFrom` finds in the queue.
	* The consumer is busy then, until `release`.
	*/
	next(id, nowMs, takeFrom) {
		const { queue, consumers, idle } = this.#get(id);
		const ready = idle.filter((at) => (consumers[at]?.pausedUntilMs ?? 0) <= nowMs);
		const consumer = ready.find((at) => (consumers[at]?.prefetched.length ?? 0) > 0) ?? ready[0];
		if (consumer === void 0) return null;
		const [own, ...rest] = consumers[consumer]?.prefetched ?? [];
		const message = own ?? takeFrom(queue);
		if (!message) return null;
		this.#change(id, consumer, { prefetched: rest });
		const waiting = idle.filter((at) => at !== consumer);
		this.#byId.set(id, {
			...this.#get(id),
			idle: waiting
		});
		return {
			consumer,
			message
		};
	}
	/**
	* Who is given a message ahead, though all are busy: the one with the least to do. Null while
	* anybody is free, or pauses.
	*/
	leastBusy(id) {
		const { consumers, idle } = this.#get(id);
		if (idle.length > 0) return null;
		const loads = consumers.map(({ prefetched }) => prefetched.length);
		return loads.indexOf(Math.min(...loads));
	}
	/** Gives a consumer a message ahead. */
	prefetch(id, consumer, message) {
		const { prefetched = [] } = this.#get(id).consumers[consumer] ?? {};
		this.#change(id, consumer, { prefetched: [...prefetched, message] });
	}
	/** A consumer is done with its message and waits again, at the end of the line. */
	release(id, consumer, pausedUntilMs) {
		this.#change(id, consumer, { pausedUntilMs });
		const container = this.#get(id);
		this.#byId.set(id, {
			...container,
			idle: [...container.idle, consumer]
		});
	}
	/** Gives a message back to the consumer that had it: it comes before all else. */
	keep(id, consumer, message) {
		const { prefetched = [] } = this.#get(id).consumers[consumer] ?? {};
		this.#change(id, consumer, { prefetched: [message, ...prefetched] });
	}
	/** Takes from a consumer what it was given and has not begun. */
	takePrefetched(id, consumer) {
		const { prefetched = [] } = this.#get(id).consumers[consumer] ?? {};
		this.#change(id, consumer, { prefetched: [] });
		return prefetched;
	}
	clear() {
		this.#byId.clear();
	}
	#get(id) {
		return present(this.#byId.get(id), `container ${id}`);
	}
	#change(id, at, change) {
		const container = this.#get(id);
		const consumers = container.consumers.map((consumer, index) => {
			return index === at ? {
				...consumer,
				...change
			} : consumer;
		});
		this.#byId.set(id, {
			...container,
			consumers
		});
	}
	mark() {
		return this.#byId.mark();
	}
	rewind(mark) {
		this.#byId.rewind(mark);
	}
};
// src/sim/broker/queues.ts
const DEAD_LETTER_QUEUE = "ActiveMQ.DLQ";
var Queues = class {
	#messages;
	#nextMessage = 1;
	#nextPosition = 1;
	constructor(names) {
		this.#messages = new SharedMap([...names, DEAD_LETTER_QUEUE].map((name) => [name, []]));
	}
	get names() {
		return [...this.#messages.now.keys()];
	}
	get all() {
		return this.#messages.now;
	}
	waiting(queue) {
		return present(this.#messages.get(queue), `queue ${queue}`);
	}
	/** Takes every message that may be delivered now out of a queue. */
	takeAll(queue, nowMs) {
		const all = this.waiting(queue);
		const later = all.filter(({ availableAtMs }) => availableAtMs > nowMs);
		this.#messages.set(queue, later);
		return all.filter(({ availableAtMs }) => availableAtMs <= nowMs);
	}
	hasFirst(queue, nowMs) {
		return this.waiting(queue).some(({ availableAtMs }) => availableAtMs <= nowMs);
	}
	/** Takes the first message that may be delivered now. */
	takeFirst(queue, nowMs) {
		const first = this.waiting(queue).find(({ availableAtMs }) => availableAtMs <= nowMs);
		if (!first) return null;
		const rest = this.waiting(queue).filter((message) => message !== first);
		this.#messages.set(queue, rest);
		return first;
	}
	/** Puts a message where its position says. */
	put(message) {
		const { queue } = message;
		this.#messages.set(queue, inOrder([...this.waiting(queue), message]));
	}
	/** Buries a message: it goes to the end of the dead-letter queue. */
	bury(message) {
		const position = this.#nextPosition++;
		const buried = {
			queue: DEAD_LETTER_QUEUE,
			originalQueue: message.queue,
			redeliveries: 0
		};
		const deadLetter = {
			...message,
			...buried,
			position
		};
		this.put(deadLetter);
		return deadLetter;
	}
	/** Adds a new message, or two, to the end. One held back so far is overtaken by it, and free. */
	publish({ queue, body, twist }, nowMs, cause) {
		const held = this.waiting(queue).filter((message) => message.held);
		const published = (twist.copyAfterMs === void 0 ? [0] : [0, twist.copyAfterMs]).map((afterMs) => ({
			id: this.#nextMessage++,
			queue,
			body,
			position: this.#nextPosition++,
			redeliveries: 0,
			availableAtMs: nowMs + afterMs + (twist.delayMs ?? twist.overtakenWithinMs ?? 0),
			held: twist.overtakenWithinMs !== void 0,
			originalQueue: null,
			cause
		}));
		const freed = held.map((message) => {
			return {
				...message,
				held: false,
				availableAtMs: nowMs,
				position: this.#nextPosition++
			};
		});
		const others = this.waiting(queue).filter((message) => !message.held);
		this.#messages.set(queue, inOrder([
			...others,
			...published,
			...freed
		]));
		return published;
	}
	/** Forgets every delivery count: the broker has crashed. */
	forgetRedeliveries() {
		for (const [name, messages] of this.#messages.now) {
			const forgotten = messages.map((message) => ({
				...message,
				redeliveries: 0
			}));
			this.#messages.set(name, forgotten);
		}
	}
	mark() {
		const next = [this.#nextMessage, this.#nextPosition];
		return {
			messages: this.#messages.mark(),
			next
		};
	}
	rewind(mark) {
		this.#messages.rewind(mark.messages);
		[this.#nextMessage, this.#nextPosition] = mark.next;
	}
};
function inOrder(messages) {
	return messages.toSorted((a, b) => a.position - b.position);
}
// src/sim/broker/session-end.ts
const NOTHING$4 = {
	published: [],
	lost: [],
	returned: null,
	deadLetter: null,
	wakeAtMs: []
};
/** The times, later than now, at which messages may be delivered. */
function laterThan(nowMs, messages) {
	return messages.map(({ availableAtMs }) => availableAtMs).filter((atMs) => atMs > nowMs);
}
// src/sim/broker/session-table.ts
var SessionTable = class {
	#byId = new SharedMap();
	#nextId = 1;
	get all() {
		return [...this.#byId.now.values()];
	}
	open(container, consumer, received) {
		const id = this.#nextId++;
		this.#byId.set(id, {
			id,
			container,
			consumer,
			received,
			sends: [],
			branch: null,
			prepared: false
		});
		return id;
	}
	find(id) {
		return this.#byId.get(id) ?? null;
	}
	isOpen(id) {
		return this.#byId.now.has(id);
	}
	isPrepared(id) {
		return this.#byId.get(id)?.prepared ?? false;
	}
	/** The number of the prepared session that is this branch; null if there is none. */
	findBranch({ xid, branchId }) {
		return this.all.find(({ branch, prepared }) => {
			return prepared && branch?.xid === xid && branch.branchId === branchId;
		})?.id ?? null;
	}
	/** The branches that are prepared and wait for a decision. */
	recover() {
		return this.all.flatMap(({ branch, prepared }) => prepared && branch || []);
	}
	/** Changes a session; false if it is gone. */
	change(id, change) {
		const session = this.#byId.get(id);
		if (session) this.#byId.set(id, {
			...session,
			...change
		});
		return session !== void 0;
	}
	delete(id) {
		this.#byId.delete(id);
	}
	/**
	* Drops the sessions of a container, or all; those that are prepared stay, and belong to nobody.
	* Returns the dropped.
	*/
	drop(container) {
		const own = this.all.filter((one) => container === void 0 || one.container === container);
		for (const { id, prepared } of own) if (prepared) this.change(id, { container: null });
		else this.#byId.delete(id);
		return own.filter(({ prepared }) => !prepared);
	}
	mark() {
		return {
			byId: this.#byId.mark(),
			nextId: this.#nextId
		};
	}
	rewind(mark) {
		this.#byId.rewind(mark.byId);
		this.#nextId = mark.nextId;
	}
};
// src/sim/broker/broker.ts
var Broker = class {
	#policy;
	#queues;
	#containers = new Containers();
	/** Those that are open. */
	sessions = new SessionTable();
	#up = true;
	#stamp = new Stamp();
	/** The stamp at which nothing more could be handed out. */
	#dispatched = 0;
	constructor(queues, policy) {
		this.#policy = policy;
		this.#queues = new Queues(queues);
	}
	get up() {
		return this.#up;
	}
	/** Grows whenever the content of the queues may have changed. */
	get stamp() {
		return this.#stamp.value;
	}
	/** Its queues and containers, to look at. */
	look = () => [this.#queues.all, this.#containers.all];
	get queueNames() {
		return this.#queues.names;
	}
	/** All messages of a queue that are not done with, those under way to a consumer included. */
	messagesOf(queue) {
		const away = this.sessions.all.map((session) => session.received).filter((message) => message !== null && message.queue === queue);
		return inOrder([
			...this.#queues.waiting(queue),
			...this.#containers.prefetched(queue),
			...away
		]);
	}
	/**
	* Opens a listener container with its consumers. What already waits in the queue goes to the
	* first of them, which handles it one by one; what comes later is spread over those that wait.
	*/
	subscribe(id, queue, consumers, nowMs) {
		this.#checkQueue(queue);
		this.#containers.open(id, queue, consumers, this.#queues.takeAll(queue, nowMs));
		this.#stamp.touch();
	}
	/** A container's process died: all it was given returns, redelivered, and its sessions end. */
	drop(id, cause) {
		if (!this.#containers.has(id)) return [];
		return [...this.sessions.drop(id).flatMap((session) => session.received ?? []), ...this.#containers.close(id)].map((message) => this.#giveBack({
			...message,
			cause
		}));
	}
	/** Opens a session that only sends; null if the broker is down. */
	openSession() {
		return this.#up ? this.sessions.open(null, 0, null) : null;
	}
	/**
	* Sends within a session; nobody sees it before the commit. False if the session is gone.
	* @throws SandboxError `unknown-name` for a queue that is not declared
	*/
	send(session, send) {
		this.#checkQueue(send.queue);
		const sends = [...this.sessions.find(session)?.sends ?? [], send];
		return this.sessions.change(session, { sends });
	}
	/** Publishes one message by itself, in no session. Null if the broker is down. */
	publish(send, nowMs, cause) {
		const session = this.openSession();
		if (session === null) return null;
		this.send(session, send);
		return this.commit(session, nowMs, cause);
	}
	/** Takes the first message of a queue, which is done with; null if there is none. */
	poll(queue, nowMs) {
		this.#checkQueue(queue);
		const message = this.#up ? this.#queues.takeFirst(queue, nowMs) : null;
		if (message) this.#stamp.touch();
		return message;
	}
	/** Whether a message could be taken from a queue now. */
	hasMessage(queue, nowMs) {
		return this.#up && this.#queues.hasFirst(queue, nowMs);
	}
	/**
	* Asks a branch for its vote. One that has neither received nor sent has nothing to decide, and
	* ends; any other survives everything from now on. Null if it is gone.
	*/
	prepare(session, nowMs) {
		const open = this.sessions.find(session);
		if (!open) return null;
		if (open.received || open.sends.length > 0) {
			this.sessions.change(session, { prepared: true });
			return "commit";
		}
		this.#close(open, nowMs);
		return "read-only";
	}
	/** Acknowledges what the session received and publishes what it sent; null if it is gone. */
	commit(session, nowMs, cause) {
		const open = this.sessions.find(session);
		if (!open) return null;
		this.#close(open, nowMs);
		const lost = open.sends.filter(({ twist }) => twist.lost);
		const published = open.sends.filter(({ twist }) => !twist.lost).flatMap((send) => this.#queues.publish(send, nowMs, cause));
		return {
			...NOTHING$4,
			published,
			lost,
			wakeAtMs: laterThan(nowMs, published)
		};
	}
	/** Forgets what the session sent; what it received returns, or becomes a dead letter. */
	rollback(session, nowMs, cause, delayMs = this.#policy.delayMs) {
		const open = this.sessions.find(session);
		if (!open) return null;
		const { container, consumer } = open;
		if (!open.received) {
			this.#close(open, nowMs);
			return NOTHING$4;
		}
		const received = {
			...open.received,
			cause
		};
		if (container === null) {
			this.#close(open, nowMs);
			return this.#giveBack(received);
		}
		const { redeliveriesMax } = this.#policy;
		const last = received.redeliveries >= redeliveriesMax;
		if (delayMs === 0) {
			const unseen = this.#containers.takePrefetched(container, consumer);
			for (const message of unseen) this.#queues.put(message);
		}
		this.#close(open, last ? nowMs : nowMs + delayMs);
		if (last || delayMs === 0) return this.#giveBack(received);
		const returned = {
			...received,
			redeliveries: received.redeliveries + 1
		};
		this.#containers.keep(container, consumer, returned);
		return {
			...NOTHING$4,
			returned,
			wakeAtMs: [nowMs + delayMs]
		};
	}
	/**
	* Leaves a message that was never received where it was, its count unchanged; the consumer
	* pauses. Null if the session is gone.
	*/
	decline(session, nowMs, pauseMs) {
		const open = this.sessions.find(session);
		if (!open?.received || open.container === null) return null;
		const unseen = this.#containers.takePrefetched(open.container, open.consumer);
		for (const message of [open.received, ...unseen]) this.#queues.put(message);
		this.#close(open, nowMs + pauseMs);
		return {
			...NOTHING$4,
			wakeAtMs: [nowMs + pauseMs]
		};
	}
	/** Puts a copy of a message into its queue, so much later: as if it had been sent twice. */
	resend(message, afterMs, nowMs, cause) {
		const sending = {
			...message,
			twist: { delayMs: afterMs }
		};
		const published = this.#queues.publish(sending, nowMs, cause);
		this.#stamp.touch();
		return {
			...NOTHING$4,
			published,
			wakeAtMs: laterThan(nowMs, published)
		};
	}
	/** Says that time has come for messages or consumers that were to wait until now. */
	wake() {
		this.#stamp.touch();
	}
	/** Hands out what can be handed out now. */
	dispatch(nowMs) {
		if (!this.#up || this.#dispatched === this.stamp) return [];
		this.#dispatched = this.stamp;
		const deliveries = [];
		const takeFrom = (queue) => this.#queues.takeFirst(queue, nowMs);
		for (const container of this.#containers.ids) {
			for (;;) {
				const next = this.#containers.next(container, nowMs, takeFrom);
				if (!next) break;
				const { consumer, message } = next;
				deliveries.push({
					container,
					session: this.sessions.open(container, consumer, message),
					message
				});
			}
			this.#prefetch(container, takeFrom);
		}
		return deliveries;
	}
	#prefetch(container, takeFrom) {
		for (;;) {
			const consumer = this.#containers.leastBusy(container);
			const message = consumer === null ? null : takeFrom(this.#containers.queueOf(container));
			if (consumer === null || !message) return;
			this.#containers.prefetch(container, consumer, message);
		}
	}
	/** Stops at once. Messages are persistent and stay; what was under way returns, count forgotten. */
	crash(cause) {
		this.#up = false;
		const away = [...this.sessions.drop().flatMap((session) => session.received ?? []), ...this.#containers.prefetched()];
		for (const message of away) this.#queues.put({
			...message,
			cause
		});
		this.#queues.forgetRedeliveries();
		this.#containers.clear();
		this.#stamp.touch();
	}
	/** Starts again; containers must subscribe anew. */
	restart() {
		this.#up = true;
	}
	#checkQueue(queue) {
		const known = this.#queues.names;
		if (known.includes(queue)) return;
		throw new SandboxError("unknown-name", {
			what: "queue",
			given: queue,
			nearest: closest(queue, known),
			known
		});
	}
	#close({ id, container, consumer }, pausedUntilMs) {
		this.#stamp.touch();
		this.sessions.delete(id);
		if (container !== null) this.#containers.release(container, consumer, pausedUntilMs);
	}
	#giveBack(message) {
		this.#stamp.touch();
		if (message.redeliveries >= this.#policy.redeliveriesMax) return {
			...NOTHING$4,
			deadLetter: this.#queues.bury(message)
		};
		const returned = {
			...message,
			redeliveries: message.redeliveries + 1
		};
		this.#queues.put(returned);
		return {
			...NOTHING$4,
			returned
		};
	}
	mark() {
		return {
			queues: this.#queues.mark(),
			containers: this.#containers.mark(),
			sessions: this.sessions.mark(),
			up: this.#up,
			stamp: this.#stamp.mark(),
			dispatched: this.#dispatched
		};
	}
	rewind(mark) {
		this.#queues.rewind(mark.queues);
		this.#containers.rewind(mark.containers);
		this.sessions.rewind(mark.sessions);
		this.#up = mark.up;
		this.#stamp.rewind(mark.stamp);
		this.#dispatched = mark.dispatched;
	}
	/** Plain data for a fingerprint. */
	state() {
		const { queues, containers } = this.mark();
		return [
			this.#up,
			[...queues.messages],
			[...containers],
			this.sessions.all
		];
	}
};
// src/sim/broker/message.ts
/** A message as a consumer sees it: `deliveryCount` is 1 at the first delivery. */
function seen$2(message) {
	const { id, queue, body, redeliveries } = message;
	return {
		messageId: id,
		queue,
		body,
		deliveryCount: redeliveries + 1,
		redelivered: redeliveries > 0
	};
}
// src/sim/database/tokens.ts
const KINDS$1 = [
	null,
	"string",
	"quoted",
	"parameter",
	"number",
	"word",
	"sign"
];
const PATTERN = new RegExp([
	String.raw`(\s+|--[^\n]*|/\*[\s\S]*?(?:\*/|$))`,
	`('(?:[^']|'')*'?)`,
	String.raw`("(?:[^"]|"")*"?|${"`"}[^${"`"}]*${"`"}?|\[[^\]]*\]?)`,
	String.raw`([:@$][A-Za-z_]\w*|\?\d*)`,
	String.raw`(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)`,
	String.raw`([\p{L}_][\p{L}\p{N}_$]*)`,
	String.raw`([\s\S])`
].join("|"), "uy");
/** The tokens of an SQL text, without blanks and comments. */
function tokenize$1(sql) {
	const tokens = [];
	let depth = 0;
	PATTERN.lastIndex = 0;
	for (let match = PATTERN.exec(sql); match; match = PATTERN.exec(sql)) {
		const [raw, ...groups] = match;
		const kind = KINDS$1[groups.findIndex((group) => group !== void 0)];
		if (!kind) continue;
		if (raw === ")") depth -= 1;
		const text = kind === "word" ? raw.toLowerCase() : kind === "quoted" ? raw.slice(1, -1) : raw;
		const start = match.index;
		tokens.push({
			kind,
			text,
			start,
			end: start + raw.length,
			depth
		});
		if (raw === "(") depth += 1;
	}
	return tokens;
}
const CLOCK = /\bcurrent_(?:date|time|timestamp)\b/i;
/** A word that is the real clock, of which a run has none; undefined if there is none. */
function clockIn(sql, tokens) {
	if (!CLOCK.test(sql)) return void 0;
	return (tokens ?? tokenize$1(sql)).find(({ kind, text }) => kind === "word" && CLOCK.test(text));
}
/**
* Puts the given schema names in quotes where they stand before a dot, so that a database may be
* called by any word, `order` too.
*/
function quoteSchemas(sql, schemas) {
	const tokens = tokenize$1(sql);
	let quoted = "";
	let copied = 0;
	tokens.forEach((token, at) => {
		if (token.kind !== "word" || !schemas.has(token.text)) return;
		if (tokens[at + 1]?.text !== "." || tokens[at - 1]?.text === ".") return;
		quoted += `${sql.slice(copied, token.start)}"${token.text}"`;
		copied = token.end;
	});
	return quoted + sql.slice(copied);
}
// src/sim/database/tree.ts
const stretchOf = ({ span }) => ({
	start: span.offset,
	end: span.offset + span.length
});
const isNode = (value) => typeof value === "object" && value !== null && typeof value.type === "string";
/** Every node of a parse tree, each before what it holds. */
function* nodesOf(node) {
	if (Array.isArray(node)) {
		for (const one of node) yield* nodesOf(one);
		return;
	}
	if (!isNode(node)) return;
	yield node;
	for (const value of Object.values(node)) if (typeof value === "object") yield* nodesOf(value);
}
const badSql = (sql, why) => new SandboxError("bad-sql", {
	sql,
	why
});
// src/sim/database/control.ts
const LEVELS$1 = {
	"read uncommitted": "read-uncommitted",
	"read committed": "read-committed",
	"repeatable read": "repeatable-read",
	serializable: "serializable"
};
new Set([
	["begin work", beginOf],
	["begin", beginOf],
	["start transaction", startOf$2],
	["commit", (reader) => ({
		kind: "commit",
		...chainOf(reader)
	})],
	["rollback", rollbackOf],
	["savepoint", (reader) => ({
		kind: "savepoint",
		name: reader.name()
	})],
	["release savepoint", (reader) => ({
		kind: "release",
		name: reader.name()
	})],
	["set", setOf],
	["xa", xaOf]
].map(([words]) => words.split(" ")[0]));
function beginOf() {
	return {
		kind: "begin",
		consistentSnapshot: false
	};
}
function startOf$2(reader) {
	let consistentSnapshot = false;
	let readOnly;
	do
		if (!consistentSnapshot && reader.takes("with consistent snapshot")) consistentSnapshot = true;
		else if (readOnly === void 0 && reader.takes("read only")) readOnly = true;
		else if (readOnly === void 0 && reader.takes("read write")) readOnly = false;
		else if (consistentSnapshot || readOnly !== void 0) reader.refuse();
		else break;
	while (reader.takes(","));
	return {
		kind: "begin",
		consistentSnapshot,
		...readOnly !== void 0 && { readOnly }
	};
}
function chainOf(reader) {
	reader.takes("work");
	const chain = reader.takes("and chain");
	if (!chain) reader.takes("and no chain");
	reader.takes("no release");
	return { chain };
}
function rollbackOf(reader) {
	if ([
		"work to savepoint",
		"work to",
		"to savepoint",
		"to"
	].some((words) => reader.takes(words))) return {
		kind: "rollback-to",
		name: reader.name()
	};
	return {
		kind: "rollback",
		...chainOf(reader)
	};
}
function setOf(reader) {
	const session = reader.oneOf([
		"session transaction",
		"local transaction",
		"transaction"
	]);
	const given = {};
	do
		if (given.isolation === void 0 && reader.takes("isolation level")) given.isolation = LEVELS$1[reader.oneOf(Object.keys(LEVELS$1))];
		else if (given.readOnly !== void 0) reader.refuse();
		else given.readOnly = reader.oneOf(["read only", "read write"]) === "read only";
	while (reader.takes(","));
	return {
		kind: "set",
		session: session !== "transaction",
		given
	};
}
function xaOf(reader) {
	const verb = reader.oneOf([
		"start",
		"begin",
		"end",
		"prepare",
		"commit",
		"rollback",
		"recover"
	]);
	if (verb === "recover") return { kind: "xa-recover" };
	const xid = reader.string();
	const branchId = reader.takes(",") ? reader.string() : "";
	if (reader.takes(",") && !reader.takes("1")) reader.refuse();
	const onePhase = verb === "commit" && reader.takes("one phase");
	return {
		kind: `xa-${verb === "begin" ? "start" : verb}`,
		id: {
			xid,
			branchId
		},
		onePhase
	};
}
// src/sim/database/versions.ts
/** The versions of a chain, the newest first. */
function* walk(chain) {
	for (let version = chain ?? null; version; version = version.older) yield version;
}
const NO_CHAINS = /* @__PURE__ */ new Map();
/** The undo chains of one database, and the order of its commits. */
var Versions = class {
	#chains = /* @__PURE__ */ new Map();
	/** By table, the rows that may have delete-marked keys, with how many of their versions moved. */
	#moved = /* @__PURE__ */ new Map();
	#commits = /* @__PURE__ */ new Map();
	#lastCommit = 0;
	get lastCommit() {
		return this.#lastCommit;
	}
	/** True if some row has an older image that some reader may still need. */
	get any() {
		return this.#chains.size > 0;
	}
	/** The undo chains of a table, by rowid. */
	chainsOf(table) {
		return this.#chains.get(table) ?? NO_CHAINS;
	}
	/** The rows of a table that may have left delete-marked keys behind. */
	movedRows(table) {
		return this.#moved.get(table)?.keys() ?? [];
	}
	hasMoved(table) {
		return this.#moved.has(table);
	}
	#count(table, rowid, { moved }, by) {
		if (!moved) return;
		const rows = this.#moved.get(table) ?? /* @__PURE__ */ new Map();
		const count = (rows.get(rowid) ?? 0) + by;
		if (count > 0) rows.set(rowid, count);
		else rows.delete(rowid);
		if (rows.size > 0) this.#moved.set(table, rows);
		else this.#moved.delete(table);
	}
	/** Whether a writer has committed; one that rolled back is in no chain any more. */
	isCommitted(writer) {
		return this.#commits.has(writer);
	}
	/** The number of a writer's commit; null while it is open. */
	commitOf(writer) {
		return this.#commits.get(writer) ?? null;
	}
	/** Whether a row's newest version is one that a view may not see. */
	isHidden(table, rowid, view) {
		const newest = this.chainsOf(table).get(rowid);
		return newest !== void 0 && !this.#sees(view, newest.writer);
	}
	/** Notes a change; `moves` says whether it may have changed a key of the row. */
	push(table, rowid, writer, before, moves = true) {
		let chains = this.#chains.get(table);
		if (!chains) {
			chains = /* @__PURE__ */ new Map();
			this.#chains.set(table, chains);
		}
		const older = chains.get(rowid) ?? null;
		if (!moves && older?.writer === writer) {
			chains.set(rowid, recounted(older, older.changes + 1));
			return;
		}
		const version = {
			writer,
			before,
			older,
			moved: moves && before !== null,
			changes: 1
		};
		this.#count(table, rowid, version, 1);
		chains.set(rowid, version);
	}
	/** Takes back a row's newest change. Returns whether it moved keys. */
	pop(table, rowid) {
		const chains = this.#chains.get(table);
		const newest = chains?.get(rowid);
		if (!chains || !newest) return false;
		if (newest.changes > 1) {
			chains.set(rowid, recounted(newest, newest.changes - 1));
			return false;
		}
		this.#count(table, rowid, newest, -1);
		if (newest.older) chains.set(rowid, newest.older);
		else chains.delete(rowid);
		if (chains.size === 0) this.#chains.delete(table);
		return newest.moved;
	}
	commit(writer) {
		this.#lastCommit += 1;
		this.#commits.set(writer, this.#lastCommit);
	}
	/**
	* Forgets images that no reader can need: all changes up to commit number `upTo` are seen.
	* Returns the tables of which something was forgotten.
	*/
	purge(upTo) {
		const tables = /* @__PURE__ */ new Set();
		const needed = ({ writer }) => (this.#commits.get(writer) ?? Infinity) > upTo;
		for (const [table, chains] of this.#chains) {
			for (const [rowid, chain] of chains) {
				const versions = [...walk(chain)];
				const last = versions.findLastIndex(needed);
				if (last === versions.length - 1) continue;
				tables.add(table);
				for (const version of versions.slice(last + 1)) this.#count(table, rowid, version, -1);
				if (last < 0) chains.delete(rowid);
				else chains.set(rowid, relinked(versions.slice(0, last + 1)));
			}
			if (chains.size === 0) this.#chains.delete(table);
		}
		for (const [writer, at] of this.#commits) if (at <= upTo) this.#commits.delete(writer);
		return [...tables];
	}
	/** The rows of a table whose newest version a view may not see, with the image it sees. */
	hidden(table, view) {
		const hidden = /* @__PURE__ */ new Map();
		for (const [rowid, chain] of this.chainsOf(table)) for (const version of walk(chain)) {
			if (this.#sees(view, version.writer)) break;
			hidden.set(rowid, version.before);
		}
		return hidden;
	}
	#sees(view, writer) {
		if (writer === view.reader) return true;
		const committed = this.#commits.get(writer);
		return committed !== void 0 && committed <= view.upTo;
	}
	mark() {
		return {
			chains: [...this.#chains].map(([table, rows]) => [table, new Map(rows)]),
			moved: [...this.#moved].map(([table, rows]) => [table, new Map(rows)]),
			commits: new Map(this.#commits),
			lastCommit: this.#lastCommit
		};
	}
	rewind(mark) {
		this.#chains = new Map(mark.chains.map(([table, rows]) => [table, new Map(rows)]));
		this.#moved = new Map(mark.moved.map(([table, rows]) => [table, new Map(rows)]));
		this.#commits = new Map(mark.commits);
		this.#lastCommit = mark.lastCommit;
	}
	/** Plain data for a fingerprint. */
	state(nameOf) {
		const of = (writer) => {
			const commit = this.#commits.get(writer);
			return commit === void 0 ? nameOf(writer) : this.#lastCommit - commit;
		};
		return [...this.#chains].map(([table, rows]) => {
			return [table, [...rows].map(([rowid, chain]) => {
				return [rowid, [...walk(chain)].map(({ writer, before }) => [of(writer), before])];
			})];
		});
	}
};
function recounted({ writer, before, older, moved }, changes) {
	return {
		writer,
		before,
		older,
		moved,
		changes
	};
}
function relinked(versions) {
	return present(versions.reduceRight((older, one) => ({
		...one,
		older
	}), null), "a version that is still needed");
}
// src/sim/database/observe.ts
/** The view into a database, for a learner to look at. */
var Insight = class {
	#name;
	#store;
	#table;
	#transactions;
	/** @param transactions those that are open, all their locks worked out */
	constructor(name, store, table, transactions) {
		this.#name = name;
		this.#store = store;
		this.#table = table;
		this.#transactions = transactions;
	}
	/** The lock table as it is now, the locks of those who were alone included. */
	locks() {
		this.#transactions();
		return locksOf(this.#table, this.#store);
	}
	/** All it has inside: transactions, read views, waits, locks, undo chains. */
	inspect() {
		const transactions = this.#transactions().map(({ id, isolation, view }) => {
			const waitsFor = this.#table.waitOf(id)?.blockers ?? [];
			return {
				transaction: id,
				isolation,
				view: view?.upTo ?? null,
				waitsFor
			};
		});
		const locks = this.locks().map(({ transaction, waiting, ...lock }) => {
			return {
				transaction,
				waiting,
				text: lockText({
					index: `${lock.table}.${lock.index}`,
					key: lock.key
				}, lock)
			};
		});
		const chains = [...this.#store.tables.values()].flatMap((one) => chainsOf(one, this.#store));
		return {
			database: this.#name,
			transactions,
			locks,
			chains
		};
	}
};
function chainsOf({ name, columns, one }, { versions }) {
	const asRow = (image) => image && Object.fromEntries(columns.map((column, at) => [column, image[at] ?? null]));
	return [...versions.chainsOf(name)].map(([rowid, chain]) => ({
		table: name,
		now: asRow(one.get(rowid) ?? null),
		versions: [...walk(chain)].map(({ writer, before }) => {
			return {
				writer,
				commit: versions.commitOf(writer),
				before: asRow(before)
			};
		})
	}));
}
function locksOf(table, store) {
	const indexes = new Map([...store.tables.values()].flatMap(({ indexes }) => indexes.map((one) => [one.id, one])));
	return table.places().flatMap(({ place, locks }) => {
		const index = indexes.get(place.index);
		if (!index) return [];
		const record = place.key && store.records.find(index, place.key);
		return locks.map((lock) => ({
			...lock,
			table: index.table,
			index: index.name,
			key: place.key?.slice(0, index.width) ?? null,
			deleted: record ? !record.live : false
		}));
	});
}
const SPANS = {
	record: " locks rec but not gap",
	gap: " locks gap before rec",
	"next-key": ""
};
/** A lock's kind in the monitor's words, such as `X locks rec but not gap`. */
function kindText(lock) {
	return `${lock.mode === "shared" ? "S" : "X"}${SPANS[lock.span]}${lock.insertion ? " insert intention" : ""}`;
}
/** Where a lock stands and of what kind it is, in one line. */
function lockText({ index, key }, lock) {
	const record = key === null ? "supremum" : key.map((value) => value ?? "NULL").join(", ");
	return `${index} ${kindText(lock)}: ${record}`;
}
// src/sim/database/outcome.ts
/** A failure by which the statement certainly did nothing. */
function failed$1(code) {
	return {
		type: "failed",
		failure: {
			code,
			definite: true
		}
	};
}
/** Of a statement that has to wait. */
function blocked(transaction, locks) {
	const { place, lock, blockers } = present(locks.waitOf(transaction), `wait of transaction ${transaction}`);
	return {
		type: "blocked",
		transaction,
		waitsFor: blockers,
		lock: lockText(place, lock)
	};
}
/** Whether the server has rolled back the whole transaction, not only the statement. */
const endsTransaction = ({ code }) => code === "deadlock" || code === "record-changed";
// src/sim/database/savepoints.ts
function indexOf({ savepoints }, name) {
	return savepoints.findIndex((savepoint) => savepoint.name === name);
}
/** Sets a savepoint; one of the same name is replaced. */
function setSavepoint(transaction, name) {
	const { savepoints, undo, touched } = transaction;
	const same = indexOf(transaction, name);
	if (same >= 0) savepoints.splice(same, 1);
	savepoints.push({
		name,
		undo: undo.length,
		untouched: !touched
	});
}
/** The savepoint of a name, those set after it forgotten; null if there is none. */
function returnTo(transaction, name) {
	const at = indexOf(transaction, name);
	if (at < 0) return null;
	transaction.savepoints.length = at + 1;
	return transaction.savepoints[at] ?? null;
}
/** Forgets a savepoint and those set after it; false if there is none. */
function releaseSavepoint(transaction, name) {
	const at = indexOf(transaction, name);
	if (at >= 0) transaction.savepoints.length = at;
	return at >= 0;
}
// src/sim/database/xa.ts
const sameXid = (a, b) => a.xid === b.xid && a.branchId === b.branchId;
var XaBranches = class {
	#database;
	constructor(database) {
		this.#database = database;
	}
	/** Starts a branch. Returns its transaction. */
	start(id, options = {}) {
		if (this.#find(id)) return "xaer-dupid";
		const branch = {
			id,
			state: "active",
			attached: true
		};
		return this.#database.begin({
			...options,
			branch
		}) ?? "database-down";
	}
	/** The branch's work is done. Returns null if that is well. */
	end(own, id) {
		return this.#advance(own, id, "active", "idle");
	}
	/** Votes to commit: from now on the branch survives everything. Null if that is well. */
	prepare(own, id) {
		return this.#advance(own, id, "idle", "prepared");
	}
	/** Commits a prepared branch; one that is only idle, in one phase. Null if that is well. */
	commit(own, id, onePhase = false) {
		const found = this.#finishable(own, id, [onePhase ? "idle" : "prepared"], onePhase);
		if (typeof found === "string") return found;
		this.#database.commit(found.id);
		return null;
	}
	/** Rolls back a branch that is idle or prepared. Null if that is well. */
	rollback(own, id) {
		const found = this.#finishable(own, id, ["idle", "prepared"], false);
		if (typeof found === "string") return found;
		this.#database.rollback(found.id);
		return null;
	}
	/** The branches that are prepared and wait for a decision. */
	recover() {
		return this.#database.transactions.flatMap(({ branch }) => branch && ["prepared", "rolled-back"].includes(branch.state) ? [branch.id] : []);
	}
	#find(id) {
		return this.#database.transactions.find(({ branch }) => branch && sameXid(branch.id, id));
	}
	#advance(own, id, from, to) {
		if (!this.#database.isUp) return "database-down";
		const branch = own === null ? null : this.#database.idle(own)?.branch;
		if (branch?.state !== from) return "xaer-rmfail";
		if (!sameXid(branch.id, id)) return "xaer-nota";
		branch.state = to;
		return null;
	}
	#finishable(own, id, states, onePhase) {
		if (!this.#database.isUp) return "database-down";
		const mine = own === null ? null : this.#database.idle(own);
		if (mine?.branch?.attached && sameXid(mine.branch.id, id)) {
			if (states.includes(mine.branch.state)) return mine;
			return onePhase && mine.branch.state === "prepared" ? "xaer-inval" : "xaer-rmfail";
		}
		if (mine && mine.branch?.attached !== false) return "xaer-outside";
		if (onePhase) return "xaer-inval";
		const found = this.#find(id);
		if (found?.branch?.state === "rolled-back") {
			this.#database.rollback(found.id);
			return "xa-rbrollback";
		}
		return found?.branch?.state === "prepared" && !found.branch.attached ? found : "xaer-nota";
	}
};
// src/sim/database/purge.ts
var Purge = class {
	#store;
	#locks;
	#transactions;
	/** Something has ended since the last time. */
	due = false;
	constructor(store, locks, transactions) {
		this.#store = store;
		this.#locks = locks;
		this.#transactions = transactions;
	}
	run() {
		this.due = false;
		const { versions } = this.#store;
		for (const table of versions.purge(this.#transactions.seenByAll(versions.lastCommit))) this.#locks.sweep(this.#store.table(table), this.#transactions.byId);
	}
	mark() {
		return this.due;
	}
	rewind(mark) {
		this.due = mark;
	}
};
// src/sim/database/locks.ts
const nameOf$1 = ({ index, key }) => `${index} ${JSON.stringify(key)}`;
function conflicts(wanted, other, supremum) {
	if (other.transaction === wanted.transaction || other.insertion) return false;
	if (wanted.mode === "shared" && other.mode === "shared") return false;
	if (wanted.insertion) return other.span !== "record";
	if (supremum || wanted.span === "gap") return false;
	return other.span !== "gap";
}
function covers(held, wanted, supremum) {
	if (held.waiting || held.insertion) return false;
	if (held.mode === "shared" && wanted.mode === "exclusive") return false;
	return supremum || held.span === "next-key" || held.span === wanted.span;
}
const sameKind = (a, b) => a.mode === b.mode && a.span === b.span && a.insertion === b.insertion;
/** The record locks of one database. A lock is kept until its transaction ends. */
var LockTable = class {
	#queues = /* @__PURE__ */ new Map();
	/** Which place each waiting transaction waits at. */
	#waits = /* @__PURE__ */ new Map();
	/** How many places of each index are in use. */
	#used = /* @__PURE__ */ new Map();
	#structs = /* @__PURE__ */ new Map();
	#nextStruct = 1;
	/** Whether a transaction holds a lock at least as strong as the one wanted. */
	holds(transaction, place, wanted) {
		return this.at(place).some((held) => {
			return held.transaction === transaction && covers(held, wanted, place.key === null);
		});
	}
	/** The locks at a place, in the order they came. */
	at(place) {
		return this.#queues.get(nameOf$1(place))?.locks ?? [];
	}
	get anyWaits() {
		return this.#waits.size > 0;
	}
	get empty() {
		return this.#queues.size === 0;
	}
	/** Whether nobody holds or waits for anything in an index. */
	isFree(index) {
		return !this.#used.has(index);
	}
	/** Every place of an index, or of all, where somebody holds or waits. */
	places(index) {
		const all = [...this.#queues.values()];
		return index === void 0 ? all : all.filter(({ place }) => place.index === index);
	}
	/**
	* Asks for a lock. Returns the transactions that stand in the way; none means it is granted.
	* A request also waits behind an incompatible one that already waits. An *implicit* lock is
	* only entered if it must wait: the row's own version says who holds it.
	*/
	request(transaction, place, { mode, span, insertion }, implicit = false) {
		const supremum = place.key === null;
		const wanted = {
			transaction,
			mode,
			span: supremum ? "next-key" : span,
			insertion
		};
		if (!insertion && this.holds(transaction, place, wanted)) return [];
		const blockers = this.at(place).filter((other) => conflicts(wanted, other, supremum));
		if (blockers.length > 0) {
			this.#add(place, {
				...wanted,
				waiting: true,
				struct: this.#newStruct(place, wanted)
			});
			this.#waits.set(transaction, nameOf$1(place));
		} else if (!implicit) this.grant(transaction, place, wanted);
		return [...new Set(blockers.map((other) => other.transaction))];
	}
	/** Who would stand in the way of a lock, without asking for it. */
	blockersOf(transaction, place, wanted) {
		if (this.holds(transaction, place, wanted)) return [];
		return this.at(place).filter((other) => {
			return conflicts({
				transaction,
				...wanted
			}, other, place.key === null);
		}).map((other) => other.transaction);
	}
	/** Enters a lock that nobody can object to. */
	grant(transaction, place, { mode, span, insertion }) {
		const wanted = {
			transaction,
			mode,
			span: place.key ? span : "next-key",
			insertion
		};
		const locks = this.at(place);
		const same = (one) => one.transaction === transaction && sameKind(one, wanted);
		if (locks.some((one) => !one.waiting && same(one))) return;
		const own = this.#structs.get(transaction) ?? [];
		const waits = this.waitOf(transaction)?.lock.struct;
		const struct = (locks.some(({ waiting }) => waiting) ? void 0 : own.find(({ id, index, ...kind }) => {
			return id !== waits && index === place.index && sameKind(kind, wanted);
		}))?.id ?? this.#newStruct(place, wanted);
		this.#add(place, {
			...wanted,
			waiting: false,
			struct
		});
	}
	#newStruct(place, wanted) {
		const id = this.#nextStruct++;
		const own = this.#structs.get(wanted.transaction) ?? [];
		this.#structs.set(wanted.transaction, [...own, {
			...wanted,
			id,
			index: place.index
		}]);
		return id;
	}
	#add(place, lock) {
		const name = nameOf$1(place);
		const queue = this.#queues.get(name);
		if (!queue) this.#use(place, 1);
		this.#queues.set(name, {
			place,
			locks: [...queue?.locks ?? [], lock]
		});
	}
	#use({ index }, by) {
		const used = (this.#used.get(index) ?? 0) + by;
		if (used > 0) this.#used.set(index, used);
		else this.#used.delete(index);
	}
	/** Where a transaction waits, for which lock, and for whom; null if it waits for nothing. */
	waitOf(transaction) {
		const name = this.#waits.get(transaction);
		const queue = name === void 0 ? void 0 : this.#queues.get(name);
		if (!queue) return null;
		const { place, locks } = queue;
		const at = locks.findIndex((lock) => lock.waiting && lock.transaction === transaction);
		const lock = present(locks[at], `waiting lock of transaction ${transaction}`);
		const ahead = locks.slice(0, at).filter((one) => conflicts(lock, one, place.key === null));
		return {
			place,
			lock,
			blockers: [...new Set(ahead.map((one) => one.transaction))]
		};
	}
	/** Gives up waiting. Returns the transactions that may go on because of it. */
	cancelWait(transaction) {
		const name = this.#waits.get(transaction);
		if (name === void 0) return [];
		this.#waits.delete(transaction);
		return this.#drop(name, (lock) => lock.waiting && lock.transaction === transaction);
	}
	/** Gives up one lock that was granted. Returns the transactions that may go on because of it. */
	unlock(transaction, place, { mode, span }) {
		return this.#drop(nameOf$1(place), (lock) => {
			if (lock.transaction !== transaction || lock.waiting || lock.insertion) return false;
			return lock.mode === mode && lock.span === span;
		});
	}
	/** Gives up every lock and wait of a transaction. Returns those that may go on because of it. */
	release(transaction) {
		this.#waits.delete(transaction);
		if (!this.#structs.delete(transaction)) return [];
		const touched = [...this.#queues].filter(([, { locks }]) => {
			return locks.some((lock) => lock.transaction === transaction);
		});
		const newest = ([, { locks }]) => Math.max(...locks.map((lock) => lock.transaction === transaction ? lock.struct : 0));
		return touched.toSorted((a, b) => newest(b) - newest(a)).flatMap(([name]) => this.#drop(name, (lock) => lock.transaction === transaction));
	}
	/** Takes all locks off a place that is no more. Returns who waited there. */
	clear(place) {
		const waiting = this.at(place).filter((lock) => lock.waiting);
		if (this.#queues.delete(nameOf$1(place))) this.#use(place, -1);
		for (const { transaction } of waiting) this.#waits.delete(transaction);
		return waiting.map(({ transaction }) => transaction);
	}
	#drop(name, goes) {
		const queue = this.#queues.get(name);
		if (!queue) return [];
		const woken = [];
		const locks = [];
		for (const lock of queue.locks.filter((one) => !goes(one))) {
			const free = lock.waiting && !locks.some((one) => conflicts(lock, one, queue.place.key === null));
			locks.push(free ? {
				...lock,
				waiting: false
			} : lock);
			if (!free) continue;
			this.#waits.delete(lock.transaction);
			woken.push(lock.transaction);
		}
		if (locks.length === 0) {
			this.#queues.delete(name);
			this.#use(queue.place, -1);
		} else this.#queues.set(name, {
			place: queue.place,
			locks
		});
		return woken;
	}
	/** How many structures a transaction has: a part of its weight when a deadlock is broken. */
	structsOf(transaction) {
		return this.#structs.get(transaction)?.length ?? 0;
	}
	mark() {
		return {
			queues: new Map(this.#queues),
			waits: new Map(this.#waits),
			used: new Map(this.#used),
			structs: new Map(this.#structs),
			nextStruct: this.#nextStruct
		};
	}
	rewind(mark) {
		this.#queues = new Map(mark.queues);
		this.#waits = new Map(mark.waits);
		this.#used = new Map(mark.used);
		this.#structs = new Map(mark.structs);
		this.#nextStruct = mark.nextStruct;
	}
	/** Plain data for a fingerprint, in the order of the places. */
	state(nameOf) {
		return [...this.#queues].toSorted(([a], [b]) => a < b ? -1 : 1).map(([name, { locks }]) => {
			return [name, locks.map((lock) => [
				nameOf(lock.transaction),
				lock.mode,
				lock.span,
				lock.waiting
			])];
		});
	}
};
// src/sim/database/keys.ts
const rank = (value) => value === null ? 0 : typeof value === "number" ? 1 : 2;
function compareValues(a, b) {
	if (a === b) return 0;
	const ranks = rank(a) - rank(b);
	if (ranks !== 0) return ranks;
	return a < b ? -1 : 1;
}
/** Compares as far as the shorter of the two goes, so that a prefix equals what it begins. */
function comparePrefix(a, b) {
	const length = Math.min(a.length, b.length);
	for (let at = 0; at < length; at++) {
		const order = compareValues(a[at] ?? null, b[at] ?? null);
		if (order !== 0) return order;
	}
	return 0;
}
const sameKey = (a, b) => a.length === b.length && comparePrefix(a, b) === 0;
/** Whether a range asks for equality only, so that its end shows before a record is locked. */
const isExact = ({ low, high }) => !low && !high;
/** How a key stands to a range: 0 inside, else before (-1) or behind (1). */
function placeIn$1({ equal, low, high }, key) {
	const order = comparePrefix(key, equal);
	if (order !== 0) return Math.sign(order);
	const value = key[equal.length] ?? null;
	if (low) {
		const above = compareValues(value, low.value);
		if (above < 0 || above === 0 && low.strict) return -1;
	}
	if (high) {
		const below = compareValues(value, high.value);
		if (below > 0 || below === 0 && high.strict) return 1;
	}
	return 0;
}
function startOf$1({ equal, low }) {
	return low ? {
		key: [...equal, low.value],
		strict: low.strict
	} : {
		key: equal,
		strict: false
	};
}
function endOf({ equal, high }) {
	return high ? {
		key: [...equal, high.value],
		strict: high.strict
	} : {
		key: equal,
		strict: false
	};
}
// src/sim/database/pragmas.ts
/** A name as SQL text. */
const quote = (name) => `"${name.replaceAll("\"", "\"\"")}"`;
/** The columns of a table in order; none if there is no such table. */
function columnsOf$1(connection, table) {
	return connection.pragma(`table_info(${quote(table)})`);
}
/** The columns of a table's primary key, in the key's order. */
function primaryKeyOf(columns) {
	return columns.filter(({ pk }) => pk > 0).toSorted((a, b) => a.pk - b.pk);
}
/** Where a column stands, by its name: SQL tells no upper from lower case here. -1 if nowhere. */
function positionIn(columns, name) {
	const wanted = name.toLowerCase();
	return columns.findIndex((column) => column.toLowerCase() === wanted);
}
// src/sim/database/records.ts
const placeOf$1 = ({ index, key }) => ({
	index: index.id,
	key
});
const supremumOf = (index) => ({
	index: index.id,
	key: null
});
function keyOf(index, image) {
	return index.positions.map((position) => image[position] ?? null);
}
function boundsOf(value, strict, backwards) {
	const bound = `${backwards ? "<" : ">"}${strict ? "" : "="} ?`;
	if (value !== null) return backwards ? [bound, "IS NULL"] : [bound];
	if (backwards) return strict ? [] : ["IS NULL"];
	return [strict ? "IS NOT NULL" : "any"];
}
function asRecord(index, found) {
	if (!found) return null;
	const [rowid, ...key] = found;
	return {
		index,
		key,
		rowid,
		live: true
	};
}
function entering$1(index, { key, strict }, backwards, ahead) {
	return ahead.flatMap((one) => {
		const order = comparePrefix(one.key, key) * (backwards ? -1 : 1);
		if (!one.enters || (strict ? order <= 0 : order < 0)) return [];
		return [{
			index,
			key: one.key,
			rowid: 0,
			live: true,
			ahead: one.writer
		}];
	});
}
function leaving$1(record, ahead) {
	const out = record && ahead.find(({ enters, key }) => !enters && sameKey(key, record.key));
	return out ? {
		...record,
		live: false,
		ahead: out.writer
	} : record;
}
var Records = class {
	#connection;
	#tables;
	#versions;
	#steps = /* @__PURE__ */ new Map();
	/** Told by the database, which knows the transactions. */
	ahead = () => [];
	constructor(connection, tables, versions) {
		this.#connection = connection;
		this.#tables = tables;
		this.#versions = versions;
	}
	/** The first record of an index from a place on; backwards, the last up to it. Null if none. */
	next(index, from, backwards = false) {
		const ahead = this.ahead(index.id);
		return [
			leaving$1(this.#live(index, from, backwards), ahead),
			this.#marked(index, from, backwards),
			...entering$1(index, from, backwards, ahead)
		].reduce((best, record) => {
			if (!best || !record) return best ?? record;
			const order = comparePrefix(best.key, record.key);
			return (backwards ? order >= 0 : order <= 0) ? best : record;
		});
	}
	/** The record with exactly this key; null if there is none. */
	find(index, key) {
		const record = this.next(index, {
			key,
			strict: false
		});
		return record && sameKey(record.key, key) ? record : null;
	}
	/** The open transaction whose change of the row made or delete-marked this record; null if none. */
	writerOf({ index, key, rowid, ahead }) {
		if (ahead !== void 0) return ahead;
		let after;
		for (const version of walk(this.#versions.chainsOf(index.table).get(rowid))) {
			const { writer, before, moved } = version;
			if (this.#versions.isCommitted(writer)) return null;
			if (index.clustered) return writer;
			if (!moved && before) continue;
			after ??= this.#current(index.table, rowid);
			const [was, is] = [before, after].map((image) => image && keyOf(index, image));
			if (!(was && is && sameKey(was, is)) && [was, is].some((one) => one && sameKey(one, key))) return writer;
			after = before;
		}
		return null;
	}
	#current(table, rowid) {
		return this.#tables.get(table)?.one.get(rowid) ?? null;
	}
	#live(index, { key, strict }, backwards) {
		if (key.length === 0) return asRecord(index, this.#step(index, 0, "any", backwards).get());
		for (let length = key.length; length > 0; length--) {
			const beyond = strict || length < key.length;
			for (const bound of boundsOf(key[length - 1] ?? null, beyond, backwards)) {
				const values = bound.endsWith("?") ? key.slice(0, length) : key.slice(0, length - 1);
				const found = this.#step(index, length, bound, backwards).get(...values);
				if (found) return asRecord(index, found);
			}
		}
		return null;
	}
	#step(index, length, bound, backwards) {
		const variant = `${length} ${bound} ${backwards}`;
		let statements = this.#steps.get(index);
		if (!statements) {
			statements = /* @__PURE__ */ new Map();
			this.#steps.set(index, statements);
		}
		let statement = statements.get(variant);
		if (!statement) {
			statement = this.#prepareStep(index, length, bound, backwards);
			statements.set(variant, statement);
		}
		return statement;
	}
	#prepareStep({ table, positions }, length, bound, backwards) {
		const columns = this.#tables.get(table)?.columns ?? [];
		const names = positions.map((position) => quote(columns[position] ?? ""));
		const equal = names.slice(0, Math.max(length - 1, 0)).map((name) => `${name} IS ?`);
		const last = bound === "any" ? [] : [`${names[length - 1]} ${bound}`];
		const conditions = [...equal, ...last].join(" AND ");
		const listed = names.slice(Math.max(length - 1, 0)).map((name) => `${name}${backwards ? " DESC" : ""}`).join(", ");
		const where = conditions ? ` WHERE ${conditions}` : "";
		const select = `SELECT rowid, ${names.join(", ")} FROM ${quote(table)}${where}`;
		return this.#connection.prepare(`${select} ORDER BY ${listed} LIMIT 1`).raw();
	}
	#marked(index, { key, strict }, backwards) {
		let best = null;
		const chains = this.#versions.chainsOf(index.table);
		for (const rowid of this.#versions.movedRows(index.table)) {
			let now;
			for (const { before } of walk(chains.get(rowid))) {
				if (!before) continue;
				const marked = keyOf(index, before);
				const order = comparePrefix(marked, key) * (backwards ? -1 : 1);
				if (strict ? order <= 0 : order < 0) continue;
				if (best && comparePrefix(marked, best.key) * (backwards ? -1 : 1) >= 0) continue;
				if (now === void 0) {
					const image = this.#current(index.table, rowid);
					now = image && keyOf(index, image);
				}
				if (!now || !sameKey(now, marked)) best = {
					index,
					key: marked,
					rowid,
					live: false
				};
			}
		}
		return best;
	}
};
// src/sim/database/row-locks.ts
const RECORD = {
	mode: "exclusive",
	span: "record",
	insertion: false
};
const INSERTION = {
	mode: "exclusive",
	span: "gap",
	insertion: true
};
/** Whether a transaction locks gaps too: from REPEATABLE READ on. */
const locksGaps = ({ isolation }) => isolation === "repeatable-read" || isolation === "serializable";
var RowLocks = class {
	table = new LockTable();
	#records;
	/** Those who were woken because what they waited for has gone. */
	#woken = [];
	constructor(records) {
		this.#records = records;
	}
	/** Locks a record for reading or before a change. */
	lock(transaction, record, mode, span) {
		if (this.#makeExplicit(transaction, record) && span === "record") return "held";
		return this.#ask(transaction, placeOf$1(record), mode, span);
	}
	/** Locks a row alone, in the clustered index, before it is changed. */
	lockRow(transaction, { indexes: [index] }, rowid, image) {
		const record = {
			index,
			key: keyOf(index, image),
			rowid,
			live: true
		};
		return this.lock(transaction, record, "exclusive", "record") === "blocked" ? "blocked" : "done";
	}
	/** Locks the gap behind the last record of an index. */
	lockSupremum(transaction, index, mode) {
		this.#ask(transaction, supremumOf(index), mode, "next-key");
	}
	/** Who would stand in the way of locking this record. */
	blockersOf(transaction, record, mode, span) {
		if (this.#makeExplicit(transaction, record) && span === "record") return [];
		const place = placeOf$1(record);
		return this.table.blockersOf(transaction, place, this.#wanted(transaction, place, mode, span));
	}
	/** Before a record is delete-marked or revived: nobody else may have locked it. */
	modify(transaction, record) {
		this.#makeExplicit(transaction, record);
		return this.table.request(transaction, placeOf$1(record), RECORD, true).length > 0 ? "blocked" : "granted";
	}
	/** Before a record is inserted ahead of the next one: nobody may have locked that gap. */
	insert(transaction, index, next) {
		if (this.table.isFree(index.id)) return "granted";
		const place = next ? placeOf$1(next) : supremumOf(index);
		if (this.table.at(place).length === 0) return "granted";
		return this.table.request(transaction, place, INSERTION, true).length > 0 ? "blocked" : "granted";
	}
	/** After a record was inserted: who had locked the gap has now locked both halves. */
	inherit(index, key, next) {
		if (this.table.isFree(index.id)) return;
		const heirs = this.table.at(next ? placeOf$1(next) : supremumOf(index));
		for (const { transaction, mode, span, insertion } of heirs) {
			if (insertion || next && span === "record") continue;
			const place = {
				index: index.id,
				key
			};
			this.table.grant(transaction, place, {
				mode,
				span: "gap",
				insertion: false
			});
		}
	}
	/** Gives up one lock that turned out not to be needed. */
	unlock(transaction, record, mode, span) {
		const wanted = {
			mode,
			span,
			insertion: false
		};
		this.#woken.push(...this.table.unlock(transaction, placeOf$1(record), wanted));
	}
	/**
	* After records of a table have gone for good (an insertion undone, a delete-marked one purged):
	* their locks become locks of the gap they leave, and who waited for them tries again. At READ
	* COMMITTED and below an exclusive lock leaves none.
	*/
	sweep({ indexes }, open) {
		for (const index of indexes) for (const { place } of this.table.places(index.id)) {
			const { key } = place;
			if (!key || this.#records.find(index, key)) continue;
			const next = this.#records.next(index, {
				key,
				strict: true
			});
			const heir = next ? placeOf$1(next) : supremumOf(index);
			const locks = this.table.at(place);
			const waiting = this.table.clear(place);
			for (const { transaction, mode, insertion } of locks) {
				const owner = open.get(transaction);
				if (insertion || !owner || mode === "exclusive" && !locksGaps(owner)) continue;
				this.table.grant(transaction, heir, {
					mode,
					span: "gap",
					insertion: false
				});
			}
			this.#woken.push(...waiting);
		}
	}
	/** Hands over, once, those who may go on because of `unlock` or `sweep`. */
	takeWoken() {
		const woken = this.#woken;
		if (woken.length > 0) this.#woken = [];
		return woken;
	}
	#ask(transaction, place, mode, span) {
		const wanted = this.#wanted(transaction, place, mode, span);
		if (this.table.holds(transaction, place, wanted)) return "held";
		return this.table.request(transaction, place, wanted).length > 0 ? "blocked" : "granted";
	}
	#wanted(transaction, place, mode, span) {
		const record = {
			mode,
			span: "record",
			insertion: false
		};
		return {
			mode,
			span: span === "next-key" && place.key && this.table.holds(transaction, place, record) ? "gap" : span,
			insertion: false
		};
	}
	#makeExplicit(asker, record) {
		const writer = this.#records.writerOf(record);
		if (writer === null) return false;
		if (writer === asker) return true;
		const place = placeOf$1(record);
		if (!this.table.holds(writer, place, RECORD)) this.table.grant(writer, place, RECORD);
		return false;
	}
};
// src/sim/database/transaction.ts
const LEVELS = [
	"read-uncommitted",
	"read-committed",
	"repeatable-read",
	"serializable"
];
/** @throws SandboxError `unknown-name` for an isolation level that is not there */
function openTransaction(id, options) {
	const { isolation: given } = options;
	if (given !== void 0 && !LEVELS.includes(given)) throw new SandboxError("unknown-name", {
		what: "isolation level",
		given,
		nearest: closest(given, LEVELS),
		known: LEVELS
	});
	const { isolation = "repeatable-read", readOnly = false, autocommit = false, branch } = options;
	return {
		id,
		isolation,
		readOnly,
		autocommit,
		undo: [],
		savepoints: [],
		touched: false,
		intentions: /* @__PURE__ */ new Map(),
		postponed: [],
		view: null,
		pending: null,
		branch: branch ?? null
	};
}
/** Notes an intention lock on a table: an exclusive one stands for a shared one too. */
function intend({ intentions }, table, mode) {
	const held = intentions.get(table);
	const exclusive = mode === "exclusive";
	if (held && (held.exclusive || !exclusive)) return;
	intentions.set(table, {
		count: (held?.count ?? 0) + 1,
		exclusive
	});
}
/** How many intention locks a transaction has. */
function intentionsOf({ intentions }) {
	return [...intentions.values()].reduce((sum, { count }) => sum + count, 0);
}
function start(call, undoFrom) {
	return {
		call,
		undoFrom,
		chosen: [],
		ahead: [],
		inTheWay: null,
		begun: false,
		path: 0,
		range: 0,
		at: null,
		rows: null,
		next: 0,
		affected: 0,
		lastId: 0
	};
}
/** The statement that waits. @throws SandboxError `nothing-waits` */
function pendingOf({ id, pending }) {
	if (!pending) throw new SandboxError("nothing-waits", { transaction: id });
	return pending;
}
/** It gives up all it has, but for what it changed. */
function forget(transaction) {
	transaction.postponed.length = 0;
	transaction.intentions.clear();
	transaction.touched = false;
	transaction.view = null;
}
/**
* A prepared branch loses its connection: anyone may finish it now. False if it has changed
* nothing: then it is rolled back, and only its name stays till somebody asks for it.
*/
function detach({ branch, undo }) {
	if (!branch) return false;
	branch.attached = false;
	if (undo.length === 0) branch.state = "rolled-back";
	return undo.length > 0;
}
/** Plain data for a fingerprint. */
function stateOf$2(transaction, nameOf, lastCommit) {
	const { id, isolation, readOnly, autocommit, touched, pending, branch, postponed } = transaction;
	const calls = postponed.map(({ call }) => [call.statement.sql, call.params]);
	const manner = [
		isolation,
		readOnly,
		autocommit,
		touched,
		transaction.view && lastCommit - transaction.view.upTo
	];
	const back = [transaction.undo.length, transaction.savepoints];
	const { statement, params } = pending?.call ?? {};
	const waits = pending && [
		statement?.sql,
		params,
		pending.at,
		pending.next,
		pending.ahead
	];
	const xa = branch && [
		branch.id.xid,
		branch.id.branchId,
		branch.state
	];
	const intentions = [...transaction.intentions].map(([table, { count, exclusive }]) => {
		return [
			table,
			count,
			exclusive
		];
	});
	return [
		nameOf(id),
		manner,
		back,
		intentions,
		calls,
		waits,
		xa
	];
}
/** Copies for a mark: a transaction itself changes in place. */
function copied(transactions) {
	const copies = /* @__PURE__ */ new Map();
	for (const [id, one] of transactions) {
		const { isolation, readOnly, autocommit, touched, view, pending, branch } = one;
		copies.set(id, {
			id,
			isolation,
			readOnly,
			autocommit,
			undo: one.undo.slice(),
			savepoints: one.savepoints.slice(),
			touched,
			intentions: new Map(one.intentions),
			postponed: one.postponed.slice(),
			view,
			pending: pending && {
				...pending,
				chosen: pending.chosen.slice()
			},
			branch: branch && { ...branch }
		});
	}
	return copies;
}
// src/sim/database/references.ts
/** Whether an index is the one a foreign key is looked up by. */
function isIndexed({ positions }, index) {
	return positions.every((position, at) => index.positions[at] === position);
}
/** Whether a row ceases to be the one that children refer to. */
function loses({ parentPositions }, before, after) {
	return parentPositions.some((position) => before[position] !== after[position]);
}
/** The foreign keys of one transaction's changes. */
var References = class {
	#engine;
	#transaction;
	constructor(engine, transaction) {
		this.#engine = engine;
		this.#transaction = transaction;
	}
	/** The parents a row refers to by an index, but for the one that is the cause of it. */
	lockParents(table, index, { values, leaving, cause }) {
		for (const foreign of table.parents) {
			if (foreign === cause || !isIndexed(foreign, index)) continue;
			const progress = this.#lockParent(foreign, values, leaving);
			if (progress !== "done") return progress;
		}
		return "done";
	}
	#lockParent(foreign, values, leaving) {
		const { table, positions, parent, parentPositions } = foreign;
		const key = positions.map((position) => values[position] ?? null);
		if (key.includes(null)) return "done";
		const own = parentPositions.map((position) => values[position] ?? null);
		if (parent === table && sameKey(own, key)) return "done";
		const { indexes } = this.#engine.store.table(parent);
		const index = present(indexes.find((one) => sameKey(one.positions.slice(0, one.width), parentPositions)), `the index of ${parent} that ${table} refers to`);
		intend(this.#transaction, parent, "shared");
		const gone = parent === table ? leaving : null;
		const found = this.#referenced(index, key, {
			key,
			strict: false
		}, gone);
		if (found === "gone") return { failed: "foreign-key" };
		return found === "blocked" ? "blocked" : "done";
	}
	/** A parent goes, or gets another key: its children, there or on their way, are asked. */
	settleChildren(foreign, before, after, follow) {
		const { positions, parentPositions } = foreign;
		const key = parentPositions.map((position) => before[position] ?? null);
		if (key.includes(null)) return "done";
		const child = this.#engine.store.table(foreign.table);
		const index = present(child.indexes.find((one) => isIndexed(foreign, one)), `an index of ${foreign.table} on its foreign key`);
		const action = after ? foreign.onUpdate : foreign.onDelete;
		intend(this.#transaction, child.name, "shared");
		for (let from = {
			key,
			strict: false
		};;) {
			const found = this.#referenced(index, key, from);
			if (typeof found === "string") return found === "blocked" ? "blocked" : "done";
			if (action === "restrict") return { failed: "row-referenced" };
			const progress = this.#takeAlong(child, found.rowid, follow, (row) => {
				if (action === "cascade" && !after) return null;
				const given = (at) => after?.[parentPositions[at] ?? 0] ?? null;
				return row.map((value, position) => {
					const at = positions.indexOf(position);
					return at < 0 ? value : action === "cascade" ? given(at) : null;
				});
			});
			if (progress !== "done") return progress;
			from = {
				key: found.key,
				strict: true
			};
		}
	}
	#takeAlong(child, rowid, follow, afterOf) {
		const row = present(child.one.get(rowid), `row ${rowid}`);
		intend(this.#transaction, child.name, "exclusive");
		return this.#engine.locks.lockRow(this.#transaction.id, child, rowid, row) === "blocked" ? "blocked" : follow(child, rowid, afterOf(row));
	}
	#referenced(index, key, from, leaving = null) {
		const { locks, store } = this.#engine;
		const { id } = this.#transaction;
		const gaps = locksGaps(this.#transaction);
		let record = store.records.next(index, from);
		while (record && comparePrefix(record.key, key) === 0) {
			const span = record.live || !gaps ? "record" : "next-key";
			if (locks.lock(id, record, "shared", span) === "blocked") return "blocked";
			if (record.live && record.rowid !== leaving) return record;
			record = store.records.next(index, {
				key: record.key,
				strict: true
			});
		}
		if (!gaps) return "gone";
		if (record) locks.lock(id, record, "shared", "gap");
		else locks.lockSupremum(id, index, "shared");
		return "gone";
	}
};
// src/sim/database/alone.ts
/** Where a statement searches: what locks it takes there depends on the rows of that moment. */
const searchedBy = ({ parsed }) => parsed.kind === "insert" ? parsed.reads : parsed.tables;
function postpone({ postponed }, one) {
	const last = postponed.at(-1);
	const { statement } = one.call;
	if (last?.undoTo === one.undoFrom && isLike(last.call.statement, statement)) {
		const { call, undoFrom } = last;
		postponed[postponed.length - 1] = {
			call,
			undoFrom,
			undoTo: one.undoTo
		};
	} else postponed.push(one);
}
function isLike(before, now) {
	if (now.parsed.kind !== "insert" || before.parsed.target !== now.parsed.target) return false;
	return searchedBy(before).length + searchedBy(now).length === 0;
}
var Alone = class {
	#engine;
	#search;
	/** @param search locks what a statement searches */
	constructor(engine, search) {
		this.#engine = engine;
		this.#search = search;
	}
	/** Runs a statement of a transaction alone; null if it must go row by row all the same. */
	run(own, call) {
		if (!this.#isSimple(own, call)) return null;
		const { store } = this.#engine;
		const { statement, params } = call;
		const undoFrom = own.undo.length;
		if (statement.parsed.kind === "select") {
			postpone(own, {
				call,
				undoFrom,
				undoTo: undoFrom
			});
			const newest = {
				reader: own.id,
				upTo: Infinity
			};
			return {
				type: "rows",
				rows: store.query(newest, statement, params)
			};
		}
		const table = this.#target(statement);
		const number = table.orphan ? store.numbers.last(table) : null;
		const change = store.change(own.id, statement, () => statement.prepared.run(params));
		if (change.type === "failed") return null;
		if (table.orphan && change.undo.some(({ rowid }) => table.orphan?.get(rowid))) {
			store.undo(change.undo, own.id);
			store.numbers.reset(table, number);
			return null;
		}
		own.undo.push(...change.undo);
		if (searchedBy(statement).length + table.parents.length > 0) postpone(own, {
			call,
			undoFrom,
			undoTo: own.undo.length
		});
		return {
			type: "changed",
			affected: change.affected,
			lastId: change.lastId
		};
	}
	/** Works out the locks of what a transaction did alone: as they would have been set then. */
	lockPostponed(own) {
		if (own.postponed.length === 0) return;
		const postponed = own.postponed.splice(0);
		const { store } = this.#engine;
		const first = postponed[0]?.undoFrom ?? 0;
		const redo = store.undo(own.undo.slice(first), own.id).toReversed();
		let at = first;
		const advance = (to) => {
			store.redo(redo.slice(at - first, to - first).toReversed());
			at = to;
		};
		for (const one of postponed) {
			advance(one.undoFrom);
			this.#search(own, start(one.call, one.undoFrom));
			advance(one.undoTo);
			this.#lockParents(own, one);
		}
		advance(own.undo.length);
	}
	#isSimple(own, { statement }) {
		const { kind, conflict, sets, reads } = statement.parsed;
		const { movesKeys, target, related } = statement.footprint;
		if (conflict !== "fail" || target !== null && reads.includes(target)) return false;
		if (this.#engine.snapshotIsolation && own.view) return false;
		if (related.length > 0 && kind !== "insert") return false;
		if (kind !== "insert" && !(kind === "update" && movesKeys)) return true;
		const { store, locks } = this.#engine;
		const table = this.#target(statement);
		if (table.parents.some(({ parent }) => parent === table.name)) return false;
		const set = sets.map(({ column }) => positionIn(table.columns, column));
		if (table.indexes.some(({ unique, positions }) => {
			return unique && positions.some((one) => set.includes(one));
		})) return false;
		const locked = !table.indexes.every(({ id }) => locks.table.isFree(id));
		const searched = own.postponed.some(({ call }) => {
			return searchedBy(call.statement).includes(table.name);
		});
		return !locked && !searched && !store.versions.hasMoved(table.name);
	}
	#target({ parsed }) {
		return this.#engine.store.table(present(parsed.target, "the table a statement changes"));
	}
	#lockParents(own, { call, undoFrom, undoTo }) {
		const { kind } = call.statement.parsed;
		if (kind !== "insert") return;
		const table = this.#target(call.statement);
		const references = new References(this.#engine, own);
		for (const { rowid } of own.undo.slice(undoFrom, undoTo)) {
			const newcomer = {
				values: present(table.one.get(rowid), `row ${rowid}`),
				leaving: null,
				cause: null
			};
			for (const index of table.indexes) references.lockParents(table, index, newcomer);
		}
	}
};
// src/sim/database/foreign-keys.ts
const ACTIONS = {
	CASCADE: "cascade",
	"SET NULL": "set-null"
};
function listOf(connection, table) {
	return connection.pragma(`foreign_key_list(${quote(table)})`);
}
/** The foreign keys of a table to its parents. */
function foreignKeysOf(connection, table) {
	const own = columnsOf$1(connection, table).map(({ name }) => name);
	const rows = listOf(connection, table);
	return [...new Set(rows.map(({ id }) => id))].map((one) => {
		const list = rows.filter(({ id }) => id === one);
		const { table: parent, on_delete, on_update } = present(list[0], "a foreign key");
		const columns = columnsOf$1(connection, parent);
		const names = columns.map(({ name }) => name);
		const key = primaryKeyOf(columns);
		return {
			table,
			positions: list.map(({ from }) => positionIn(own, from)),
			parent,
			parentPositions: list.map(({ to }, at) => positionIn(names, to ?? key[at]?.name ?? "")),
			onDelete: ACTIONS[on_delete] ?? "restrict",
			onUpdate: parent === table ? "restrict" : ACTIONS[on_update] ?? "restrict"
		};
	});
}
/** Finds a row, by its rowid, if a parent of it is not there; null for a table without parents. */
function prepareOrphan(connection, table) {
	const own = columnsOf$1(connection, table);
	const lost = foreignKeysOf(connection, table).map(({ positions, parent, parentPositions }) => {
		const columns = columnsOf$1(connection, parent);
		const pairs = positions.map((position, at) => [`own.${quote(own[position]?.name ?? "")}`, `parent.${quote(columns[parentPositions[at] ?? 0]?.name ?? "")}`]);
		const given = pairs.map(([column]) => `${column} IS NOT NULL`);
		const same = pairs.map((pair) => pair.join(" = ")).join(" AND ");
		const none = `NOT EXISTS (SELECT 1 FROM ${quote(parent)} AS parent WHERE ${same})`;
		return `(${[...given, none].join(" AND ")})`;
	});
	if (lost.length === 0) return null;
	return connection.prepare(`SELECT 1 FROM ${quote(table)} AS own WHERE own.rowid = ? AND (${lost.join(" OR ")})`);
}
/** Why InnoDB would not have the foreign keys of a table to a parent; null if it would. */
function refusalOf$1(connection, table, parent) {
	if (!connection.prepare("SELECT 1 FROM main.sqlite_schema WHERE type = 'table' AND name = ?").get(parent)) return `no such table: ${parent}`;
	const columns = columnsOf$1(connection, table);
	for (const { from, on_delete, on_update, table: to } of listOf(connection, table)) {
		if (to !== parent) continue;
		const actions = [on_delete, on_update];
		if (actions.includes("SET DEFAULT")) return "SET DEFAULT: InnoDB has no such action";
		const { notnull, pk } = columns.find(({ name }) => name.toLowerCase() === from.toLowerCase()) ?? {
			notnull: 0,
			pk: 0
		};
		if (actions.includes("SET NULL") && (notnull > 0 || pk > 0)) return `SET NULL: the column ${from} is NOT NULL`;
	}
	try {
		connection.pragma(`foreign_key_check(${quote(table)})`);
		return null;
	} catch {
		return `the columns of ${parent} that are referred to are no PRIMARY KEY and not UNIQUE`;
	}
}
/** A row whose parent is not there; null if there is none. */
function orphaned(connection) {
	const [row] = connection.pragma("foreign_key_check");
	return row ? {
		table: row.table,
		why: `a row refers to a row of ${row.parent} not there`
	} : null;
}
// src/sim/database/schema.ts
/** Whether SQLite numbers the rows by a rowid of its own, since the primary key is none. */
const hasHiddenRowid = ({ indexes }) => indexes[0].sqliteName !== null;
function triggerText(table, when, args, condition = "") {
	const name = quote(`${table} ${when.toLowerCase()}`);
	const call = `record(${[`'${table.replaceAll("'", "''")}'`, ...args].join(", ")})`;
	return `CREATE TEMP TRIGGER ${name} AFTER ${when} ON main.${quote(table)} ${condition} BEGIN
    SELECT ${call}; END`;
}
const CHANCE = [
	"changes",
	"total_changes",
	"last_insert_rowid",
	"random",
	"randomblob",
	"date",
	"time",
	"datetime",
	"julianday",
	"strftime",
	"unixepoch"
];
/**
* Takes away what would make two runs differ: SQL functions of chance, of the real clock, and of
* what the connection, which all transactions share, did last.
*/
function banChance(connection) {
	for (const name of CHANCE) connection.function(name, { varargs: true }, () => {
		throw new Error(`${name}() differs from run to run`);
	});
}
function affinityOf({ type }) {
	if (/CHAR|CLOB|TEXT/i.test(type) && !/INT/i.test(type)) return "text";
	return type === "" || /BLOB/i.test(type) ? "none" : "numeric";
}
/** @throws SandboxError `no-primary-key` */
function indexesOf(connection, table, columns) {
	const key = primaryKeyOf(columns);
	if (key.length === 0) throw new SandboxError("no-primary-key", { table });
	const primary = key.map((column) => columns.indexOf(column));
	const list = connection.pragma(`index_list(${quote(table)})`);
	const build = (name, unique, own, sqliteName) => ({
		name,
		table,
		id: `${table}.${name}`,
		clustered: name === "PRIMARY",
		unique,
		width: own.length,
		positions: name === "PRIMARY" ? own : [...own, ...primary.filter((at) => !own.includes(at))],
		sqliteName
	});
	const auto = list.find(({ origin }) => origin === "pk")?.name ?? null;
	const others = list.filter(({ origin }) => origin !== "pk").toReversed().map(({ name, unique, origin }) => {
		const own = connection.pragma(`index_info(${quote(name)})`).map(({ cid }) => cid);
		const first = present(columns[own[0] ?? 0], "an indexed column").name;
		const bare = name.startsWith(`${table} `) ? name.slice(table.length + 1) : name;
		return build(origin === "u" ? first : bare, unique === 1, own, name);
	});
	return [build("PRIMARY", true, primary, auto), ...others];
}
function createShadow(connection, table, columns) {
	const listed = columns.map(({ name, type, dflt_value: fallback }) => {
		return `${quote(name)} ${type}${fallback === null ? "" : ` DEFAULT (${fallback})`}`;
	});
	connection.exec(`CREATE TEMP TABLE ${shadowOf(table)} (${listed.join(", ")})`);
}
const shadowOf = (table) => quote(`${table} rows`);
function indexForeignKeys(connection, table) {
	const columns = columnsOf$1(connection, table);
	for (const { positions } of foreignKeysOf(connection, table)) {
		if (indexesOf(connection, table, columns).some(({ positions: own }) => {
			return positions.every((position, at) => own[at] === position);
		})) continue;
		const names = positions.map((position) => columns[position]?.name ?? "");
		const listed = names.map(quote).join(", ");
		const index = quote(`${table} ${names[0]}`);
		connection.exec(`CREATE INDEX ${index} ON ${quote(table)} (${listed})`);
	}
}
function readTable(connection, name) {
	const info = columnsOf$1(connection, name);
	createShadow(connection, name, info);
	const indexes = indexesOf(connection, name, info);
	const key = indexes[0].positions.map((position) => info[position]?.name ?? "");
	const columns = info.map((column) => column.name);
	const old = columns.map((column) => `old.${quote(column)}`);
	const changed = columns.map((one) => `old.${quote(one)} IS NOT new.${quote(one)}`).join(" OR ");
	connection.exec(triggerText(name, "INSERT", ["NULL", "new.rowid"]));
	const args = [
		"old.rowid",
		"new.rowid",
		...old
	];
	connection.exec(triggerText(name, "UPDATE", args, `WHEN ${changed}`));
	connection.exec(triggerText(name, "DELETE", [
		"old.rowid",
		"NULL",
		...old
	]));
	const places = columns.map(() => "?").join(", ");
	const listed = columns.map(quote).join(", ");
	const table = quote(name);
	const sql = connection.prepare("SELECT sql FROM main.sqlite_schema WHERE type = 'table' AND name = ?").pluck().get(name);
	return {
		name,
		columns,
		affinities: info.map(affinityOf),
		indexes,
		parents: foreignKeysOf(connection, name),
		autoIncrement: /\bAUTOINCREMENT\b/i.test(sql),
		all: connection.prepare(`SELECT * FROM ${table} ORDER BY ${key.map(quote).join(", ")}`),
		orphan: prepareOrphan(connection, name),
		one: connection.prepare(`SELECT * FROM ${table} WHERE rowid = ?`).raw(),
		insert: connection.prepare(`INSERT INTO ${table} (rowid, ${listed}) VALUES (?, ${places})`),
		remove: connection.prepare(`DELETE FROM ${table} WHERE rowid = ?`)
	};
}
/**
* Reads the tables of a connection and installs their triggers, which call `record`.
* @throws SandboxError `no-primary-key`
*/
function readTables(connection) {
	const names = connection.prepare("SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").pluck().all();
	for (const name of names) indexForeignKeys(connection, name);
	const tables = names.map((name) => readTable(connection, name));
	const keys = tables.flatMap(({ parents }) => parents);
	return new Map(tables.map((table) => {
		const children = keys.filter(({ parent }) => parent === table.name);
		return [table.name, {
			...table,
			children
		}];
	}));
}
/** Makes a row as an image says: absent where the image is null. */
function putImages(table, images) {
	const list = [...images];
	for (const [rowid] of list) table.remove.run(rowid);
	for (const [rowid, image] of list) if (image) table.insert.run(rowid, ...image);
}
/** Puts the rows in that a database begins with. @throws SandboxError `bad-rows` */
function insertRows(connection, table, rows) {
	const prepared = /* @__PURE__ */ new Map();
	for (const row of rows) {
		const columns = Object.keys(row).map(quote);
		const places = columns.map(() => "?").join(", ");
		const sql = `INSERT INTO ${quote(table)} (${columns.join(", ")}) VALUES (${places})`;
		try {
			const insert = prepared.get(sql) ?? connection.prepare(sql);
			prepared.set(sql, insert);
			insert.run(...Object.values(row));
		} catch (error) {
			throw new SandboxError("bad-rows", {
				table,
				why: error.message
			});
		}
	}
}
// src/sim/database/change.ts
const isDuplicate$1 = (one) => typeof one === "object" && "duplicate" in one;
/** The changes of one statement in one table, row by row. */
var RowChanger = class RowChanger {
	#engine;
	#transaction;
	#running;
	#table;
	#references;
	/** The rows that led here by their foreign keys, as `table rowid`. */
	#path;
	constructor(engine, transaction, table, running, path = []) {
		this.#engine = engine;
		this.#transaction = transaction;
		this.#table = table;
		this.#running = running;
		this.#references = new References(engine, transaction);
		this.#path = path;
	}
	/** Inserts a row, given with all its columns. */
	insert(values) {
		const { conflict } = this.#running.call.statement.parsed;
		const running = this.#running;
		for (;;) {
			if (running.inTheWay === null) {
				const entered = this.#enterAll({
					values,
					leaving: null,
					cause: null
				});
				if (entered === "done") break;
				if (!isDuplicate$1(entered)) {
					const orphan = typeof entered === "object" && entered.failed === "foreign-key";
					if (conflict !== "ignore" || !orphan) return entered;
					this.#takeBack(null);
					return "done";
				}
				if (conflict === "fail") return { failed: "duplicate-key" };
				if (conflict === "ignore") break;
				if (conflict === "replace" && this.#isSame(entered.duplicate, values)) {
					running.affected += 1;
					return "done";
				}
				this.#takeBack(entered.duplicate);
			}
			const inTheWay = present(running.inTheWay, "a row in the way");
			const locked = this.#lockRow(inTheWay);
			if (locked !== "done") return locked;
			if (conflict === "update") break;
			const removed = this.delete(inTheWay);
			if (removed !== "done") return removed;
		}
		const row = Object.fromEntries(values.map((value, at) => [`__c${at}`, value]));
		if (!hasHiddenRowid(this.#table)) return this.#apply(row);
		return this.#apply({
			...row,
			__row: this.#engine.store.numbers.freshRowid(this.#table)
		});
	}
	#takeBack(inTheWay) {
		Object.assign(this.#running, {
			ahead: [],
			begun: false,
			inTheWay
		});
	}
	#isSame(rowid, values) {
		const { children, indexes } = this.#table;
		return indexes.filter(({ unique }) => unique).length + children.length === 1 && sameKey(this.#image(rowid), values);
	}
	#enterAll(newcomer) {
		for (const index of this.#table.indexes) {
			const entered = this.#enter(index, newcomer);
			if (entered !== "done") return entered;
		}
		return "done";
	}
	/** Updates a row whose record in the clustered index is locked. */
	update(rowid) {
		const { statement, params } = this.#running.call;
		const apply = () => this.#apply({ __row: rowid });
		if (!statement.footprint.movesKeys) return apply();
		const { columns, values } = statement.change();
		const row = {
			...params,
			__row: rowid
		};
		const set = present(values, "the values an UPDATE sets").get(row);
		const before = this.#image(rowid);
		const after = before.map((value, at) => {
			const given = columns.indexOf(at);
			return given < 0 ? value : set[given] ?? null;
		});
		return this.#become(before, {
			values: after,
			leaving: rowid,
			cause: null
		}, apply);
	}
	/** Deletes a row whose record in the clustered index is locked. */
	delete(rowid) {
		const removed = this.#remove(rowid);
		if (removed === "done") this.#running.affected += 1;
		return removed;
	}
	#remove(rowid) {
		const before = this.#image(rowid);
		for (const foreign of this.#table.children) {
			const progress = this.#settleChildren(foreign, rowid, before, null);
			if (progress !== "done") return progress;
		}
		for (const index of this.#table.indexes) {
			const left = index.clustered ? "done" : this.#leave(index, keyOf(index, before));
			if (left !== "done") return left;
		}
		return this.#write(() => this.#table.remove.run(rowid));
	}
	#follow(rowid, after, cause) {
		if (!after) return this.#remove(rowid);
		const newcomer = {
			values: after,
			leaving: rowid,
			cause
		};
		return this.#become(this.#image(rowid), newcomer, () => {
			return this.#write(() => this.#engine.store.overwrite(this.#table, rowid, after));
		});
	}
	#become(before, newcomer, apply) {
		const { values, leaving } = newcomer;
		for (const foreign of this.#table.children.filter((one) => loses(one, before, values))) {
			const progress = this.#settleChildren(foreign, leaving, before, values);
			if (progress !== "done") return progress;
		}
		for (const index of this.#table.indexes) {
			const from = keyOf(index, before);
			if (sameKey(from, keyOf(index, values))) continue;
			const left = this.#leave(index, from);
			const entered = left === "done" ? this.#enter(index, newcomer) : left;
			if (isDuplicate$1(entered)) return { failed: "duplicate-key" };
			if (entered !== "done") return entered;
			if (index.clustered) this.#engine.store.numbers.use(this.#table, values);
		}
		return apply();
	}
	#settleChildren(foreign, rowid, before, after) {
		const path = [...this.#path, `${this.#table.name} ${rowid}`];
		const follow = (child, row, become) => {
			if (path.includes(`${child.name} ${row}`)) return "done";
			const progress = new RowChanger(this.#engine, this.#transaction, child, this.#running, path).#follow(row, become, foreign);
			this.#running.begun = true;
			return progress;
		};
		this.#running.begun = true;
		return this.#references.settleChildren(foreign, before, after, follow);
	}
	#image(rowid) {
		return present(this.#table.one.get(rowid), `row ${rowid}`);
	}
	#lockRow(rowid) {
		const { locks } = this.#engine;
		return locks.lockRow(this.#transaction.id, this.#table, rowid, this.#image(rowid));
	}
	#apply(row) {
		const { statement, params } = this.#running.call;
		return this.#write(() => {
			const result = statement.change().apply.run({
				...params,
				...row
			});
			const twice = statement.parsed.conflict === "update" && this.#running.inTheWay !== null;
			this.#running.affected += twice ? 2 * result.changes : result.changes;
			this.#running.lastId = Number(result.lastInsertRowid);
			return result;
		});
	}
	#write(run) {
		const { statement } = this.#running.call;
		const { id, undo } = this.#transaction;
		const change = this.#engine.store.change(id, statement, run);
		if (change.type === "failed") {
			const { code, detail } = change.failure;
			return {
				failed: code,
				...detail !== void 0 && { detail }
			};
		}
		undo.push(...change.undo);
		this.#takeBack(null);
		return "done";
	}
	/** Delete-marks a record of an index. */
	#leave(index, key) {
		this.#running.begun = true;
		if (this.#isAhead(index, false)) return "done";
		const record = this.#engine.store.records.find(index, key);
		if ((record && this.#engine.locks.modify(this.#transaction.id, record)) === "blocked") return "blocked";
		this.#goAhead(index, key, false);
		return "done";
	}
	#isAhead(index, enters) {
		return this.#running.ahead.some((one) => one.index === index.id && one.enters === enters);
	}
	#goAhead(index, key, enters) {
		this.#running.ahead = [...this.#running.ahead, {
			index: index.id,
			key,
			enters
		}];
	}
	/**
	* Lets a key into an index: its parents must be there, it must not be there itself, and its gap
	* must be free. What is in stays in, also if the row has to wait at its next index.
	*/
	#enter(index, newcomer) {
		const { values, leaving } = newcomer;
		if (this.#isAhead(index, true)) return "done";
		const key = keyOf(index, values);
		const held = this.#references.lockParents(this.#table, index, newcomer);
		if (held !== "done") return held;
		if (index.unique) {
			const progress = this.#checkUnique(index, key, leaving);
			if (progress !== "done") return progress;
		}
		const { locks, store } = this.#engine;
		const next = store.records.next(index, {
			key,
			strict: false
		});
		const marked = next && sameKey(next.key, key) ? next : null;
		if ((marked ? locks.modify(this.#transaction.id, marked) : locks.insert(this.#transaction.id, index, next)) === "blocked") return "blocked";
		if (!marked) locks.inherit(index, key, next);
		this.#goAhead(index, key, true);
		this.#running.begun = true;
		return "done";
	}
	#checkUnique(index, key, leaving) {
		const own = key.slice(0, index.width);
		if (own.includes(null)) return "done";
		const { records } = this.#engine.store;
		const { conflict } = this.#running.call.statement.parsed;
		const span = index.clustered ? "record" : "next-key";
		const mode = conflict === "replace" || conflict === "update" ? "exclusive" : "shared";
		const { id } = this.#transaction;
		let record = records.next(index, {
			key: own,
			strict: false
		});
		if (!record || comparePrefix(record.key, own) !== 0) return "done";
		for (;;) {
			if (!record) {
				this.#engine.locks.lockSupremum(id, index, mode);
				return "done";
			}
			if (this.#engine.locks.lock(id, record, mode, span) === "blocked") return "blocked";
			const same = comparePrefix(record.key, own) === 0;
			if (same && record.live && record.rowid !== leaving) return { duplicate: record.rowid };
			if (!same || index.clustered) return "done";
			record = records.next(index, {
				key: record.key,
				strict: true
			});
		}
	}
};
// src/sim/database/failures.ts
const CONSTRAINTS$1 = {
	SQLITE_CONSTRAINT_PRIMARYKEY: "duplicate-key",
	SQLITE_CONSTRAINT_ROWID: "duplicate-key",
	SQLITE_CONSTRAINT_UNIQUE: "duplicate-key",
	SQLITE_CONSTRAINT_FOREIGNKEY: "foreign-key",
	SQLITE_CONSTRAINT_NOTNULL: "not-null",
	SQLITE_CONSTRAINT_CHECK: "check"
};
const codeOf = (error) => error.code ?? "";
/** Whether a row could not stand beside another. */
const breaksKey = (error) => CONSTRAINTS$1[codeOf(error)] === "duplicate-key";
/** The failure a statement met. @throws SandboxError `bad-sql` if it is none */
function failureOf(sql, error) {
	const code = CONSTRAINTS$1[codeOf(error)];
	if (code === void 0) throw asMistake(sql, error);
	return {
		code,
		definite: true,
		detail: error.message
	};
}
/** What is wrong with a statement, as a mistake; our own errors stay what they are. */
function asMistake(sql, error) {
	if (error instanceof SandboxError || error instanceof BugError) return error;
	return new SandboxError("bad-sql", {
		sql,
		why: error.message
	});
}
// src/sim/database/manner.ts
/** How a statement locks the table it is about; null if it is a plain read. */
function lockingOf(own, { parsed }) {
	const { kind, locking } = parsed;
	const plain = {
		isQuery: true,
		semiConsistent: false
	};
	if (kind === "select") {
		if (locking) return {
			...plain,
			...locking
		};
		if (own.isolation !== "serializable" || own.autocommit) return null;
		return {
			...plain,
			mode: "shared",
			policy: "wait"
		};
	}
	return {
		mode: "exclusive",
		policy: "wait",
		semiConsistent: kind === "update" && !locksGaps(own),
		isQuery: false
	};
}
/**
* How it locks one of its access paths; null if not at all. What a change reads besides the table
* it changes is locked shared, from REPEATABLE READ on.
*/
function mannerOf(own, statement, path) {
	const { target, kind } = statement.parsed;
	const changes = kind !== "insert" && target === path.table.name;
	if (target === null || changes) return lockingOf(own, statement);
	if (!locksGaps(own)) return null;
	return {
		mode: "shared",
		policy: "wait",
		semiConsistent: false,
		isQuery: true
	};
}
/** Whether an UPDATE sets a column of the index it searches. */
function movesAlong(statement) {
	if (statement.parsed.kind !== "update") return false;
	const path = statement.paths().at(-1);
	const { columns } = statement.change();
	return path?.index.positions.some((position) => columns.includes(position)) ?? false;
}
// src/sim/database/statement.ts
/**
* A statement is given the parameters it names, and no others.
* @throws SandboxError `bad-parameters`
*/
function checkParameters({ sql, parsed }, params) {
	const { parameters } = parsed;
	const given = Object.keys(params);
	if (given.length === parameters.length && parameters.every((name) => name in params)) return;
	throw new SandboxError("bad-parameters", {
		sql,
		missing: parameters.filter((name) => !(name in params)),
		unknown: given.filter((name) => !parameters.includes(name))
	});
}
/** Whether a stretch is one record at most: equality on a whole unique key. */
const isPoint = (index, range) => index.unique && isExact(range) && range.equal.length === index.width && !range.equal.includes(null);
// src/sim/database/scan.ts
/** A search along one access path. */
var Scan = class {
	#engine;
	#transaction;
	#path;
	#manner;
	#running;
	#gaps;
	constructor(engine, transaction, path, manner, running) {
		this.#engine = engine;
		this.#transaction = transaction;
		this.#path = path;
		this.#manner = manner;
		this.#running = running;
		this.#gaps = locksGaps(transaction);
	}
	/** Walks all stretches of the path, on from where it last waited. */
	walk(visit) {
		const { params } = this.#running.call;
		const ranges = this.#path.ranges(params);
		const ordered = this.#path.descending ? ranges.toReversed() : ranges;
		const limit = this.#path.limit(params);
		const full = () => limit !== null && this.#running.chosen.length >= limit;
		for (; this.#running.range < ordered.length && !full(); this.#running.range += 1) {
			const range = ordered[this.#running.range];
			const progress = range ? this.#walkRange(range, visit, full) : "done";
			if (progress !== "done") return progress;
			this.#running.at = null;
		}
		return "done";
	}
	#walkRange(range, visit, full) {
		const { index, descending } = this.#path;
		const { records } = this.#engine.store;
		const beginning = descending ? endOf(range) : startOf$1(range);
		const { at } = this.#running;
		if (!at && descending) this.#lockGapBehind(beginning);
		let from = at ? {
			key: at,
			strict: false
		} : beginning;
		for (;;) {
			const record = records.next(index, from, descending);
			if (!record) {
				if (this.#gaps && !descending) this.#lockEnd();
				return "done";
			}
			const place = placeIn$1(range, record.key);
			if (place !== 0 && isExact(range)) {
				if (this.#gaps) this.#lock(record, "gap");
				return "done";
			}
			const outcome = this.#visitRecord(record, range, place === 0, visit);
			if (outcome !== "on") return outcome;
			if (full()) return "done";
			this.#running.at = null;
			from = {
				key: record.key,
				strict: true
			};
		}
	}
	#visitRecord(record, range, inside, visit) {
		const { index, covering } = this.#path;
		const { mode, isQuery } = this.#manner;
		const { at } = this.#running;
		const waited = at !== null && sameKey(at, record.key);
		const span = this.#spanOf(record, range);
		const peeks = this.#manner.semiConsistent && index.clustered && !isPoint(index, range) && !waited;
		const locked = this.#take(record, span, peeks);
		if (locked !== "granted" && locked !== "held") return locked;
		const point = isPoint(index, range);
		const isFree = !this.#gaps && index.clustered && locked === "granted" && !waited;
		const release = () => this.#engine.locks.unlock(this.#transaction.id, record, mode, span);
		if (!record.live) {
			if (isFree) release();
			return index.clustered && point ? "done" : "on";
		}
		if (!inside && isQuery && !index.clustered && !covering) return "done";
		if (!index.clustered && !(covering && mode === "shared")) {
			const row = this.#takeRow(record);
			if (row !== "granted" && row !== "held") return row;
		}
		if (!inside) {
			if (isFree) release();
			return "done";
		}
		if (this.#path.implied || this.#path.matches(this.#running.call.params, record.rowid)) {
			const progress = visit(record.rowid);
			if (progress !== "done") {
				this.#running.at = record.key;
				return progress;
			}
		} else if (isFree && !(isQuery && point)) release();
		return point ? "done" : "on";
	}
	#spanOf(record, range) {
		if (!this.#gaps) return "record";
		const { index, descending } = this.#path;
		const { key, strict } = startOf$1(range);
		const isFirst = !strict && key.length === index.positions.length && sameKey(key, record.key);
		return index.clustered && isFirst && !descending ? "record" : "next-key";
	}
	#take(record, span, peeks, waitsAt = record) {
		const { policy, mode } = this.#manner;
		const { id } = this.#transaction;
		if (policy !== "wait" || peeks) {
			if (this.#engine.locks.blockersOf(id, record, mode, span).length > 0) {
				if (policy === "nowait") return { failed: "lock-wait-timeout" };
				if (policy === "skip-locked" || !this.#committedMatches(record)) return "on";
			}
		}
		const locked = this.#lock(record, span);
		if (locked === "blocked") {
			this.#running.at = waitsAt.key;
			return "blocked";
		}
		return this.#isStale(record) ? { failed: "record-changed" } : locked;
	}
	#takeRow(record) {
		const { table, index } = this.#path;
		const [clustered] = table.indexes;
		const key = clustered.positions.map((position) => {
			return record.key[index.positions.indexOf(position)] ?? null;
		});
		return this.#take({
			...record,
			index: clustered,
			key
		}, "record", false, record);
	}
	#committedMatches(record) {
		const { table, matches } = this.#path;
		return this.#engine.store.as({
			reader: null,
			upTo: Infinity
		}, [table.name], () => {
			return matches(this.#running.call.params, record.rowid);
		});
	}
	#isStale({ index, rowid }) {
		const { view, isolation } = this.#transaction;
		if (!this.#engine.snapshotIsolation || !view || !index.clustered) return false;
		if (isolation !== "repeatable-read") return false;
		return this.#engine.store.versions.isHidden(index.table, rowid, view);
	}
	#lock(record, span) {
		return this.#engine.locks.lock(this.#transaction.id, record, this.#manner.mode, span);
	}
	#lockEnd() {
		this.#engine.locks.lockSupremum(this.#transaction.id, this.#path.index, this.#manner.mode);
	}
	#lockGapBehind({ key, strict }) {
		if (!this.#gaps) return;
		const behind = key.length === 0 ? null : this.#engine.store.records.next(this.#path.index, {
			key,
			strict: !strict
		});
		if (behind) this.#lock(behind, "gap");
		else this.#lockEnd();
	}
};
// src/sim/database/runner.ts
var Runner = class {
	#engine;
	alone;
	/** For each table, the open transactions that locked or changed something in it. */
	#users = /* @__PURE__ */ new Map();
	constructor(engine) {
		this.#engine = engine;
		this.alone = new Alone(engine, (own, running) => this.#search(own, running, noted(running)));
	}
	/** Runs a statement from its beginning, among all transactions that are open. */
	run(own, call, open) {
		const { parsed, footprint } = call.statement;
		own.touched ||= parsed.tables.length > 0;
		const locking = lockingOf(own, call.statement);
		if (!locking) return this.#read(own, call);
		const { target, reads, related } = footprint;
		let alone = true;
		const arrive = (table) => {
			if (!this.#arrive(own, table)) alone = false;
		};
		const touch = (table, mode) => {
			intend(own, table, mode);
			arrive(table);
		};
		for (const table of related) arrive(table);
		if (target === null || locksGaps(own)) for (const table of reads) touch(table, target === null ? locking.mode : "shared");
		if (target !== null) touch(target, "exclusive");
		const ran = alone ? this.alone.run(own, call) : null;
		if (ran) return ran;
		for (const user of open.values()) this.alone.lockPostponed(user);
		return this.resume(own, start(call, own.undo.length), open);
	}
	/** Runs a statement on, from where it waited. One that fails leaves no change, but its locks. */
	resume(own, running, open) {
		own.pending = null;
		const progress = this.#stepped(own, running, open);
		if (progress === "blocked") {
			own.pending = running;
			return { type: "blocked" };
		}
		if (progress !== "done") {
			const { failed, detail } = progress;
			own.pending = running;
			this.undo(own, running.undoFrom, open);
			return {
				type: "failed",
				failure: {
					code: failed,
					definite: true,
					...detail !== void 0 && { detail }
				}
			};
		}
		const { statement, params } = running.call;
		if (statement.parsed.kind !== "select") return {
			type: "changed",
			affected: running.affected,
			lastId: running.lastId
		};
		return {
			type: "rows",
			rows: statement.parsed.search ? this.#engine.store.queryChosen(statement, params, running.chosen) : this.#engine.store.query({
				reader: own.id,
				upTo: Infinity
			}, statement, params)
		};
	}
	#stepped(own, running, open) {
		try {
			return this.#step(own, running);
		} catch (error) {
			own.pending = running;
			this.undo(own, running.undoFrom, open);
			throw error;
		}
	}
	/**
	* Takes a transaction's changes back, as far as its undo was `length` long, and what the
	* statement it is in has begun.
	*/
	undo(own, length, open) {
		const undone = own.undo.splice(length);
		this.#engine.store.undo(undone, own.id);
		const tables = new Set(undone.map((record) => record.table));
		if (own.pending?.ahead.length) tables.add(own.pending.call.statement.parsed.target ?? "");
		own.pending = null;
		if (this.#engine.locks.table.empty) return;
		for (const table of tables) this.#engine.locks.sweep(this.#engine.store.table(table), open);
	}
	/** What InnoDB counts to choose a victim: changed rows, and locks of records and of tables. */
	weightOf(own) {
		this.alone.lockPostponed(own);
		const { id, undo, pending } = own;
		return undo.length + (pending?.begun ? 1 : 0) + intentionsOf(own) + this.#engine.locks.table.structsOf(id);
	}
	/** Forgets a transaction that has ended. */
	leave(transaction) {
		for (const [table, users] of this.#users) {
			if (!users.has(transaction)) continue;
			const rest = new Set([...users].filter((user) => user !== transaction));
			if (rest.size > 0) this.#users.set(table, rest);
			else this.#users.delete(table);
		}
	}
	#arrive({ id }, table) {
		const users = this.#users.get(table);
		if (!users) {
			this.#users.set(table, /* @__PURE__ */ new Set([id]));
			return true;
		}
		if (users.has(id)) return users.size === 1;
		this.#users.set(table, /* @__PURE__ */ new Set([...users, id]));
		return users.size === 0;
	}
	#read(own, call) {
		const { statement, params } = call;
		const view = statement.parsed.tables.length > 0 ? this.viewOf(own) : null;
		return {
			type: "rows",
			rows: this.#engine.store.query(view, statement, params)
		};
	}
	/** What a plain read sees; a repeatable one keeps it. */
	viewOf(own) {
		if (own.isolation === "read-uncommitted") return null;
		if (own.view) return own.view;
		const now = {
			reader: own.id,
			upTo: this.#engine.store.versions.lastCommit
		};
		if (own.isolation !== "read-committed") own.view = now;
		return now;
	}
	#step(own, running) {
		const { kind, target } = running.call.statement.parsed;
		if (kind === "select") return this.#search(own, running, noted(running));
		const table = this.#engine.store.table(present(target, "the table a statement changes"));
		const changer = new RowChanger(this.#engine, own, table, running);
		if (kind === "insert") return this.#insert(own, running, changer);
		const change = (rowid) => kind === "update" ? changer.update(rowid) : changer.delete(rowid);
		if (!movesAlong(running.call.statement)) return this.#search(own, running, change);
		const found = this.#search(own, running, noted(running));
		if (found !== "done") return found;
		return this.#each(running, running.chosen, change);
	}
	#each(running, list, act) {
		for (; running.next < list.length; running.next += 1) {
			const progress = act(list[running.next]);
			if (progress !== "done") return progress;
		}
		return "done";
	}
	#search(own, running, visit) {
		const { statement } = running.call;
		const paths = statement.paths();
		for (; running.path < paths.length; running.path += 1) {
			const path = present(paths[running.path], "an access path");
			const manner = mannerOf(own, statement, path);
			const searched = statement.parsed.search && running.path === paths.length - 1;
			const progress = manner ? new Scan(this.#engine, own, path, manner, running).walk(searched ? visit : NOTHING$3) : "done";
			if (progress !== "done") return progress;
			running.range = 0;
		}
		return "done";
	}
	#insert(own, running, changer) {
		const { statement, params } = running.call;
		const found = this.#search(own, running, NOTHING$3);
		if (found !== "done") return found;
		if (!running.rows) {
			const { store } = this.#engine;
			const shadow = statement.rows();
			const view = locksGaps(own) ? {
				reader: own.id,
				upTo: Infinity
			} : this.viewOf(own);
			running.rows = store.as(view, statement.footprint.reads, () => {
				try {
					shadow.fill.run(params);
					return shadow.read.all();
				} catch (error) {
					throw asMistake(statement.sql, error);
				} finally {
					shadow.clear.run();
				}
			});
			const table = store.table(present(statement.parsed.target, "the table of an INSERT"));
			running.rows = store.numbers.numbered(table, running.rows);
		}
		return this.#each(running, running.rows, (values) => changer.insert(values));
	}
	mark() {
		return new Map(this.#users);
	}
	rewind(mark) {
		this.#users = new Map(mark);
	}
};
const NOTHING$3 = () => "done";
/** Remembers the rows a search finds. */
function noted({ chosen }) {
	return (rowid) => {
		chosen.push(rowid);
		return "done";
	};
}
// src/sim/database/stamps.ts
var Stamps = class {
	#byTable;
	#last = 0;
	constructor(tables) {
		this.#byTable = new Map([...tables].map((table) => [table, 0]));
	}
	of(table) {
		return present(this.#byTable.get(table), `table ${table}`);
	}
	touch(table) {
		this.#last += 1;
		this.#byTable.set(table, this.#last);
	}
	mark() {
		return new Map(this.#byTable);
	}
	/** What is as it was has the stamp it had; a stamp is never given to anything else. */
	rewind(mark) {
		this.#byTable = new Map(mark);
	}
};
// src/sim/database/conditions.ts
const RELATIONS = {
	Equals: "equal",
	Greater: "low-strict",
	GreaterEquals: "low",
	Less: "high-strict",
	LessEquals: "high"
};
const MIRRORED = {
	Equals: "equal",
	Less: "low-strict",
	LessEquals: "low",
	Greater: "high-strict",
	GreaterEquals: "high"
};
const ROW_BOUND = [
	"Id",
	"NameExpr",
	"QualifiedExpr",
	"SubqueryExpr",
	"InSelectExpr",
	"ExistsExpr",
	"FunctionCallExpr"
];
/** Whether an expression gives the same value for every row. */
function isConstant(expr) {
	return ![...nodesOf(expr)].some(({ type }) => ROW_BOUND.includes(type));
}
function columnOf(expr, table, name) {
	const column = expr.type === "Id" ? expr.name : expr.type === "QualifiedExpr" && expr.table.text === name ? expr.column.text : null;
	return column === null ? -1 : positionIn(table.columns, column);
}
function unwrapped(expr) {
	if (expr.type !== "ParenthesizedExpr") return expr;
	const [inner, second] = expr.exprs;
	return inner && !second ? unwrapped(inner) : expr;
}
function alternatives(expr, table, name) {
	const plain = unwrapped(expr);
	if (plain.type !== "BinaryExpr") return null;
	if (plain.op !== "Or") {
		const [one, second] = conditionsOf(plain, table, name);
		return one && !second && ["equal", "in"].includes(one.relation) ? one : null;
	}
	const [left, right] = [plain.left, plain.right].map((side) => alternatives(side, table, name));
	if (!left || !right || left.column !== right.column) return null;
	return {
		column: left.column,
		relation: "in",
		values: [...left.values, ...right.values]
	};
}
function comparison(left, right, op, table, name) {
	for (const [side, other, relations] of [[
		left,
		right,
		RELATIONS
	], [
		right,
		left,
		MIRRORED
	]]) {
		const column = columnOf(unwrapped(side), table, name);
		const relation = relations[op];
		if (column < 0 || !relation || !isConstant(other)) continue;
		return [{
			column,
			relation,
			values: [stretchOf(other)]
		}];
	}
	return [];
}
function isNull(expr, table, name) {
	const column = columnOf(unwrapped(expr), table, name);
	return column < 0 ? [] : [{
		column,
		relation: "null",
		values: []
	}];
}
function conditionsOf(expr, table, name) {
	const plain = unwrapped(expr);
	if (plain.type === "BinaryExpr") {
		const { left, right, op } = plain;
		if (op === "And") return [...conditionsOf(left, table, name), ...conditionsOf(right, table, name)];
		if (op === "Or") {
			const one = alternatives(plain, table, name);
			return one ? [one] : [];
		}
		if (op === "Is" && right.type === "NullLiteral") return isNull(left, table, name);
		return comparison(left, right, op, table, name);
	}
	if (plain.type === "IsNullExpr") return isNull(plain.expr, table, name);
	if (plain.type !== "BetweenExpr" && plain.type !== "InListExpr") return [];
	const column = columnOf(unwrapped(plain.lhs), table, name);
	if (column < 0 || plain.not) return [];
	if (plain.type === "InListExpr") {
		if (!plain.rhs?.every(isConstant)) return [];
		return [{
			column,
			relation: "in",
			values: plain.rhs.map(stretchOf)
		}];
	}
	if (!isConstant(plain.start) || !isConstant(plain.end)) return [];
	return [{
		column,
		relation: "low",
		values: [stretchOf(plain.start)]
	}, {
		column,
		relation: "high",
		values: [stretchOf(plain.end)]
	}];
}
/** The conditions of a search; none if it has no WHERE. */
const conditionsOfSearch = ({ where, name }, table) => where ? conditionsOf(where, table, name) : [];
function conjunctsOf(expr) {
	const plain = unwrapped(expr);
	if (plain.type !== "BinaryExpr" || plain.op !== "And") return [plain];
	return [...conjunctsOf(plain.left), ...conjunctsOf(plain.right)];
}
/** Whether the stretches of an index that the conditions give are all that a search asks for. */
function isImplied(index, { where }, conditions) {
	if (!where) return true;
	const asked = conjunctsOf(where).reduce((sum, one) => {
		return sum + (one.type === "BetweenExpr" ? 2 : 1);
	}, 0);
	const [first] = index.positions;
	const relations = conditions.map(({ relation }) => relation);
	const onFirst = conditions.every(({ column }) => column === first);
	const simple = conditions.length === 1 || conditions.length === 2 && relations.filter((one) => one.startsWith("low")).length === 1 && relations.filter((one) => one.startsWith("high")).length === 1;
	return asked === conditions.length && onFirst && simple;
}
const sorted = (values) => [...new Set(values)].filter((value) => value !== null).toSorted(compareValues);
function bound(known, relations, sign) {
	let best = null;
	for (const { relation, values } of known) {
		if (!relations.includes(relation)) continue;
		const strict = relation.endsWith("strict");
		const value = values[0] ?? null;
		const order = best ? compareValues(value, best.value) * sign : 1;
		if (order > 0 || order === 0 && strict) best = {
			value,
			strict
		};
	}
	return best;
}
function squeezed(column, low, high) {
	if (!low || !high || low.strict || high.strict || low.value !== high.value) return null;
	return {
		column,
		relation: "equal",
		values: [low.value]
	};
}
function isEmpty(low, high) {
	if (!low || !high) return false;
	const order = compareValues(low.value, high.value);
	return order > 0 || order === 0 && (low.strict || high.strict);
}
/**
* The stretches of an index that a search walks, in the index's order. Equal values of its first
* columns, then bounds of the next; the whole index if there are none.
*/
function rangesOf(index, known) {
	if (known.some(({ relation, values }) => relation !== "in" && values.includes(null))) return [];
	let prefixes = [[]];
	for (const position of index.positions.slice(0, index.width)) {
		const own = known.filter(({ column }) => column === position);
		const low = bound(own, ["low", "low-strict"], 1);
		const high = bound(own, ["high", "high-strict"], -1);
		const equal = own.find(({ relation }) => [
			"equal",
			"in",
			"null"
		].includes(relation)) ?? squeezed(position, low, high);
		if (!equal) {
			const from = high && !low && !index.clustered ? {
				value: null,
				strict: true
			} : low;
			if (isEmpty(from, high)) return [];
			return prefixes.map((equalTo) => ({
				equal: equalTo,
				low: from,
				high
			}));
		}
		const values = equal.relation === "null" ? [null] : sorted(equal.values);
		prefixes = prefixes.flatMap((prefix) => values.map((value) => [...prefix, value]));
	}
	return prefixes.map((equal) => ({
		equal,
		low: null,
		high: null
	}));
}
// node_modules/sqlite3-parser/dist/src/tokenize.js
/** Coerce a raw number to `KeywordMask`.  Caller asserts it's a valid bitmask. */
const KeywordMask = (n) => n;
const CC_X = 0;
const CC_KYWD0 = 1;
const CC_KYWD = 2;
const CC_DIGIT = 3;
const CC_DOLLAR = 4;
const CC_VARALPHA = 5;
const CC_VARNUM = 6;
const CC_SPACE = 7;
const CC_QUOTE = 8;
const CC_QUOTE2 = 9;
const CC_PIPE = 10;
const CC_MINUS = 11;
const CC_LT = 12;
const CC_GT = 13;
const CC_EQ = 14;
const CC_BANG = 15;
const CC_SLASH = 16;
const CC_LP = 17;
const CC_RP = 18;
const CC_SEMI = 19;
const CC_PLUS = 20;
const CC_STAR = 21;
const CC_PERCENT = 22;
const CC_COMMA = 23;
const CC_AND = 24;
const CC_TILDA = 25;
const CC_DOT = 26;
const CC_ID = 27;
const CC_ILLEGAL = 28;
const CC_NUL = 29;
const CC_BOM = 30;
const aiClass = new Uint8Array([
	29,
	28,
	28,
	28,
	28,
	28,
	28,
	28,
	28,
	7,
	7,
	28,
	7,
	7,
	28,
	28,
	28,
	28,
	28,
	28,
	28,
	28,
	28,
	28,
	28,
	28,
	28,
	28,
	28,
	28,
	28,
	28,
	7,
	15,
	8,
	5,
	4,
	22,
	24,
	8,
	17,
	18,
	21,
	20,
	23,
	11,
	26,
	16,
	3,
	3,
	3,
	3,
	3,
	3,
	3,
	3,
	3,
	3,
	5,
	19,
	12,
	14,
	13,
	6,
	5,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	0,
	2,
	2,
	9,
	28,
	28,
	28,
	2,
	8,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	0,
	2,
	2,
	28,
	10,
	28,
	25,
	28,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	30,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27,
	27
]);
function classAt(z, i) {
	const c = z.charCodeAt(i);
	if (c !== c) return CC_NUL;
	if (c > 255) return CC_ID;
	return aiClass[c];
}
function isIdChar(ch) {
	if (ch === void 0) return false;
	if (ch.charCodeAt(0) >= 128) return true;
	return ch >= "0" && ch <= "9" || ch >= "A" && ch <= "Z" || ch >= "a" && ch <= "z" || ch === "_" || ch === "$";
}
function isDigit$1(ch) {
	return ch !== void 0 && ch >= "0" && ch <= "9";
}
function isXDigit$1(ch) {
	if (ch === void 0) return false;
	return ch >= "0" && ch <= "9" || ch >= "A" && ch <= "F" || ch >= "a" && ch <= "f";
}
function isSpace(ch) {
	if (ch === " ") return true;
	if (ch === void 0) return false;
	const c = ch.charCodeAt(0);
	return c >= 9 && c <= 13;
}
const DEFAULT_DIGIT_SEPARATOR = "";
/**
* Build a tokenizer bound to a particular sqlite checkout's parser+
* keyword dumps.  See the `Tokenizer` interface for the returned shape.
*/
function tokenizerModuleForGrammar(parserDefs, keywordDefs, opts = {}) {
	const digitSep = opts.digitSeparator ?? DEFAULT_DIGIT_SEPARATOR;
	const hasDigitSep = typeof digitSep === "string" && digitSep.length === 1;
	const tokenCode = /* @__PURE__ */ new Map();
	const tokenNameMap = /* @__PURE__ */ new Map();
	for (let i = 0; i < parserDefs.constants.YYNTOKEN; i++) {
		const sym = parserDefs.symbols[i];
		const id = i;
		tokenCode.set(sym, id);
		tokenNameMap.set(id, sym);
	}
	function TokenId(name) {
		const code = tokenCode.get(name);
		if (code === void 0) throw new Error(`tokenize.ts: parser defs are missing terminal token "${name}". This usually means the parser defs and tokenizer are out of sync.`);
		return code;
	}
	const T = {
		SPACE: TokenId("SPACE"),
		COMMENT: TokenId("COMMENT"),
		ILLEGAL: TokenId("ILLEGAL"),
		PTR: TokenId("PTR"),
		MINUS: TokenId("MINUS"),
		LP: TokenId("LP"),
		RP: TokenId("RP"),
		SEMI: TokenId("SEMI"),
		PLUS: TokenId("PLUS"),
		STAR: TokenId("STAR"),
		SLASH: TokenId("SLASH"),
		REM: TokenId("REM"),
		EQ: TokenId("EQ"),
		LE: TokenId("LE"),
		NE: TokenId("NE"),
		LT: TokenId("LT"),
		LSHIFT: TokenId("LSHIFT"),
		GE: TokenId("GE"),
		RSHIFT: TokenId("RSHIFT"),
		GT: TokenId("GT"),
		BITOR: TokenId("BITOR"),
		CONCAT: TokenId("CONCAT"),
		COMMA: TokenId("COMMA"),
		BITAND: TokenId("BITAND"),
		BITNOT: TokenId("BITNOT"),
		DOT: TokenId("DOT"),
		STRING: TokenId("STRING"),
		ID: TokenId("ID"),
		INTEGER: TokenId("INTEGER"),
		FLOAT: TokenId("FLOAT"),
		QNUMBER: TokenId("QNUMBER"),
		VARIABLE: TokenId("VARIABLE"),
		BLOB: TokenId("BLOB"),
		CASE: TokenId("CASE"),
		END: TokenId("END")
	};
	const maskFlags = keywordDefs.meta.maskFlags;
	const allFlags = Object.keys(maskFlags);
	const enabledFlags = opts.flags ?? allFlags;
	let enabledMask = maskFlags.ALWAYS ?? KeywordMask(0);
	for (const f of enabledFlags) enabledMask = KeywordMask(enabledMask | (maskFlags[f] ?? 0));
	const keywordsByLen = [];
	let maxKwLen = 0;
	let keywordCount = 0;
	for (const kw of keywordDefs.keywords) {
		if ((kw.mask & enabledMask) === 0) continue;
		keywordCount++;
		const len = kw.name.length;
		if (len > maxKwLen) maxKwLen = len;
		let bucket = keywordsByLen[len];
		if (bucket === void 0) {
			bucket = {
				names: [],
				codes: []
			};
			keywordsByLen[len] = bucket;
		}
		bucket.names.push(kw.name);
		bucket.codes.push(TokenId(kw.token));
	}
	function nextToken(z, p, outType) {
		let i;
		switch (classAt(z, p)) {
			case CC_SPACE:
				for (i = p + 1; isSpace(z[i]); i++);
				outType[0] = T.SPACE;
				return i - p;
			case CC_MINUS:
				if (z[p + 1] === "-") {
					for (i = p + 2; z[i] !== void 0 && z[i] !== "\n"; i++);
					outType[0] = T.COMMENT;
					return i - p;
				}
				if (z[p + 1] === ">") {
					outType[0] = T.PTR;
					return z[p + 2] === ">" ? 3 : 2;
				}
				outType[0] = T.MINUS;
				return 1;
			case CC_LP:
				outType[0] = T.LP;
				return 1;
			case CC_RP:
				outType[0] = T.RP;
				return 1;
			case CC_SEMI:
				outType[0] = T.SEMI;
				return 1;
			case CC_PLUS:
				outType[0] = T.PLUS;
				return 1;
			case CC_STAR:
				outType[0] = T.STAR;
				return 1;
			case CC_SLASH: {
				if (z[p + 1] !== "*" || z[p + 2] === void 0) {
					outType[0] = T.SLASH;
					return 1;
				}
				i = p + 3;
				let prev = z[p + 2];
				while (z[i] !== void 0 && !(prev === "*" && z[i] === "/")) {
					prev = z[i];
					i++;
				}
				if (z[i] !== void 0) i++;
				outType[0] = T.COMMENT;
				return i - p;
			}
			case CC_PERCENT:
				outType[0] = T.REM;
				return 1;
			case CC_EQ:
				outType[0] = T.EQ;
				return z[p + 1] === "=" ? 2 : 1;
			case CC_LT: {
				const c = z[p + 1];
				if (c === "=") {
					outType[0] = T.LE;
					return 2;
				}
				if (c === ">") {
					outType[0] = T.NE;
					return 2;
				}
				if (c === "<") {
					outType[0] = T.LSHIFT;
					return 2;
				}
				outType[0] = T.LT;
				return 1;
			}
			case CC_GT: {
				const c = z[p + 1];
				if (c === "=") {
					outType[0] = T.GE;
					return 2;
				}
				if (c === ">") {
					outType[0] = T.RSHIFT;
					return 2;
				}
				outType[0] = T.GT;
				return 1;
			}
			case CC_BANG:
				if (z[p + 1] === "=") {
					outType[0] = T.NE;
					return 2;
				}
				outType[0] = T.ILLEGAL;
				return 1;
			case CC_PIPE:
				if (z[p + 1] === "|") {
					outType[0] = T.CONCAT;
					return 2;
				}
				outType[0] = T.BITOR;
				return 1;
			case CC_COMMA:
				outType[0] = T.COMMA;
				return 1;
			case CC_AND:
				outType[0] = T.BITAND;
				return 1;
			case CC_TILDA:
				outType[0] = T.BITNOT;
				return 1;
			case CC_QUOTE: {
				const delim = z[p];
				let c;
				for (i = p + 1; (c = z[i]) !== void 0; i++) if (c === delim) {
					if (z[i + 1] === delim) i++;
					else break;
				}
				if (c === "'") {
					outType[0] = T.STRING;
					return i - p + 1;
				}
				if (c !== void 0) {
					outType[0] = T.ID;
					return i - p + 1;
				}
				outType[0] = T.ILLEGAL;
				return i - p;
			}
			case CC_DOT:
				if (!isDigit$1(z[p + 1])) {
					outType[0] = T.DOT;
					return 1;
				}
				return scanNumber(z, p, outType, true);
			case CC_DIGIT: return scanNumber(z, p, outType, false);
			case CC_QUOTE2:
				for (i = p + 1; z[i] !== void 0; i++) if (z[i] === "]") {
					outType[0] = T.ID;
					return i - p + 1;
				}
				outType[0] = T.ILLEGAL;
				return i - p;
			case CC_VARNUM:
				outType[0] = T.VARIABLE;
				for (i = p + 1; isDigit$1(z[i]); i++);
				return i - p;
			case CC_DOLLAR:
			case CC_VARALPHA: {
				let n = 0;
				outType[0] = T.VARIABLE;
				i = p + 1;
				while (z[i] !== void 0) {
					const c = z[i];
					if (isIdChar(c)) {
						n++;
						i++;
						continue;
					}
					if (c === "(" && n > 0) {
						let cc;
						do {
							i++;
							cc = z[i];
						} while (cc !== void 0 && !isSpace(cc) && cc !== ")");
						if (cc === ")") i++;
						else outType[0] = T.ILLEGAL;
						break;
					}
					if (c === ":" && z[i + 1] === ":") {
						i += 2;
						continue;
					}
					break;
				}
				if (n === 0) outType[0] = T.ILLEGAL;
				return i - p;
			}
			case CC_KYWD0:
				if (classAt(z, p + 1) > CC_KYWD) {
					i = p + 1;
					if (isIdChar(z[i])) {
						i++;
						while (isIdChar(z[i])) i++;
						outType[0] = T.ID;
						return i - p;
					}
					return finishKeyword(z, p, i, outType);
				}
				for (i = p + 2; classAt(z, i) <= CC_KYWD; i++);
				if (isIdChar(z[i])) {
					i++;
					while (isIdChar(z[i])) i++;
					outType[0] = T.ID;
					return i - p;
				}
				return finishKeyword(z, p, i, outType);
			case CC_X:
				if (z[p + 1] === "'") {
					outType[0] = T.BLOB;
					for (i = p + 2; isXDigit$1(z[i]); i++);
					if (z[i] !== "'" || (i - p - 2) % 2) {
						outType[0] = T.ILLEGAL;
						while (z[i] !== void 0 && z[i] !== "'") i++;
					}
					if (z[i] !== void 0) i++;
					return i - p;
				}
				i = p + 1;
				while (isIdChar(z[i])) i++;
				outType[0] = T.ID;
				return i - p;
			case CC_KYWD:
			case CC_ID:
				i = p + 1;
				while (isIdChar(z[i])) i++;
				outType[0] = T.ID;
				return i - p;
			case CC_BOM:
				if (z.charCodeAt(p + 1) === 187 && z.charCodeAt(p + 2) === 191) {
					outType[0] = T.SPACE;
					return 3;
				}
				i = p + 1;
				while (isIdChar(z[i])) i++;
				outType[0] = T.ID;
				return i - p;
			case CC_NUL:
				outType[0] = T.ILLEGAL;
				return 0;
			case CC_ILLEGAL:
			default:
				outType[0] = T.ILLEGAL;
				return 1;
		}
	}
	function scanNumber(z, p, outType, startsWithDot) {
		let i = p;
		outType[0] = T.INTEGER;
		if (!startsWithDot && z[p] === "0" && (z[p + 1] === "x" || z[p + 1] === "X") && isXDigit$1(z[p + 2])) for (i = p + 3; z[i] !== void 0; i++) {
			if (isXDigit$1(z[i])) continue;
			if (hasDigitSep && z[i] === digitSep) {
				outType[0] = T.QNUMBER;
				continue;
			}
			break;
		}
		else {
			if (!startsWithDot) for (i = p; z[i] !== void 0; i++) {
				if (isDigit$1(z[i])) continue;
				if (hasDigitSep && z[i] === digitSep) {
					outType[0] = T.QNUMBER;
					continue;
				}
				break;
			}
			if (startsWithDot && i === p || z[i] === ".") {
				if (outType[0] === T.INTEGER) outType[0] = T.FLOAT;
				i = startsWithDot ? p + 1 : i + 1;
				for (; z[i] !== void 0; i++) {
					if (isDigit$1(z[i])) continue;
					if (hasDigitSep && z[i] === digitSep) {
						outType[0] = T.QNUMBER;
						continue;
					}
					break;
				}
			}
			if ((z[i] === "e" || z[i] === "E") && (isDigit$1(z[i + 1]) || (z[i + 1] === "+" || z[i + 1] === "-") && isDigit$1(z[i + 2]))) {
				if (outType[0] === T.INTEGER) outType[0] = T.FLOAT;
				i += 2;
				for (; z[i] !== void 0; i++) {
					if (isDigit$1(z[i])) continue;
					if (hasDigitSep && z[i] === digitSep) {
						outType[0] = T.QNUMBER;
						continue;
					}
					break;
				}
			}
		}
		while (isIdChar(z[i])) {
			outType[0] = T.ILLEGAL;
			i++;
		}
		return i - p;
	}
	function finishKeyword(z, p, i, outType) {
		const len = i - p;
		if (len >= 2 && len <= maxKwLen) {
			const bucket = keywordsByLen[len];
			if (bucket !== void 0) {
				const names = bucket.names;
				const codes = bucket.codes;
				const count = names.length;
				candidate: for (let b = 0; b < count; b++) {
					const name = names[b];
					for (let k = 0; k < len; k++) {
						const src = z.charCodeAt(p + k);
						const cand = name.charCodeAt(k);
						if (src !== cand && src !== (cand | 32)) continue candidate;
					}
					outType[0] = codes[b];
					return len;
				}
			}
		}
		outType[0] = T.ID;
		return len;
	}
	const T_SPACE = T.SPACE;
	const T_COMMENT = T.COMMENT;
	const DONE = {
		done: true,
		value: void 0
	};
	class TokenStreamImpl {
		sql;
		len;
		emitTrivia;
		offset;
		line;
		col;
		_out = [0];
		_result = {
			done: false,
			value: void 0
		};
		constructor(sql, emitTrivia) {
			this.sql = sql;
			this.len = sql.length;
			this.emitTrivia = emitTrivia;
			this.offset = 0;
			this.line = 1;
			this.col = 0;
		}
		[Symbol.iterator]() {
			return this;
		}
		next() {
			const sql = this.sql;
			const len = this.len;
			const emitTrivia = this.emitTrivia;
			const out = this._out;
			let i = this.offset;
			let line = this.line;
			let col = this.col;
			while (i < len) {
				const n = nextToken(sql, i, out);
				const type = out[0];
				if (n === 0) {
					this.offset = i;
					this.line = line;
					this.col = col;
					return DONE;
				}
				const offset = i;
				const tokenLine = line;
				const tokenCol = col;
				const end = offset + n;
				for (let k = offset; k < end; k++) if (sql.charCodeAt(k) === 10) {
					line++;
					col = 0;
				} else col++;
				i = end;
				if (!emitTrivia && (type === T_SPACE || type === T_COMMENT)) continue;
				this.offset = i;
				this.line = line;
				this.col = col;
				this._result.value = {
					type,
					text: sql.slice(offset, end),
					span: {
						offset,
						length: n,
						line: tokenLine,
						col: tokenCol
					}
				};
				return this._result;
			}
			this.offset = i;
			this.line = line;
			this.col = col;
			return DONE;
		}
	}
	function tokenize(sql, { emitTrivia = false } = {}) {
		return new TokenStreamImpl(sql, emitTrivia);
	}
	return {
		tokens: T,
		tokenName: (code) => tokenNameMap.get(code),
		tokenize,
		_nextToken: nextToken,
		_keywordCount: keywordCount
	};
}
// node_modules/sqlite3-parser/dist/src/lempar.js
/**
* Bind the engine to a specific Lemon grammar defs.  Returns a
* {@link CreateLalrEngine} factory that allocates fresh
* {@link LalrEngine} sessions — one per parse.  Constructing the
* module is cheap (tables are referenced, not copied) so callers can
* create one per grammar at module load time and feed arbitrarily many
* strings through it.
*
* Implementation note: the session class is defined *inside* this
* factory so that {@link LalrEngine.next} and `#yy_reduce()` read
* `K` / `T` as lexically-bound locals rather than property
* chains off `this`.
* On hot dispatch paths that's measurably faster (the JIT hoists a
* bound local out of the loop; it won't always hoist
* `this.defs.constants.YY_MIN_REDUCE`).  We pay for it with one class
* object per `engineModuleForGrammar()` call, which is fine because it
* runs once per grammar at module load.
*/
function engineModuleForGrammar(defs) {
	const K = defs.constants;
	const T = defs.tables;
	const yyFallback = T.yyFallback ?? [];
	/**
	* Given the current state and next terminal token, return the parser
	* action to take.  The action's encoding (shift / shift-reduce /
	* reduce / accept / error) is decoded by {@link LalrEngine.next}'s dispatch loop.
	*
	* lempar.c:549 yy_find_shift_action.
	*/
	function yy_find_shift_action(lookahead, stateno) {
		if (stateno > K.YY_MAX_SHIFT) return stateno;
		let la = lookahead;
		while (true) {
			const i = T.yy_shift_ofst[stateno] + la;
			if (T.yy_lookahead[i] !== la) {
				if (K.YYFALLBACK && la < yyFallback.length) {
					const iFallback = yyFallback[la];
					if (iFallback !== 0) {
						la = iFallback;
						continue;
					}
				}
				if (K.YYWILDCARD > 0) {
					const j = i - la + K.YYWILDCARD;
					if (j >= 0 && j < T.yy_lookahead.length && T.yy_lookahead[j] === K.YYWILDCARD && la > 0) return T.yy_action[j];
				}
				return T.yy_default[stateno];
			}
			return T.yy_action[i];
		}
	}
	/**
	* GOTO table lookup after a reduction.  Given the state we're about
	* to return to and the nonterminal we just produced, return the next
	* state (as an action code — see encoding).
	*
	* lempar.c:614 yy_find_reduce_action.  Note: `lookahead` here is the
	* LHS of the just-reduced rule, so it's a {@link SymbolId} (nonterminal),
	* not a {@link TokenId} like in yy_find_shift_action.
	*/
	function yy_find_reduce_action(stateno, lookahead) {
		if (stateno > K.YY_REDUCE_COUNT) return T.yy_default[stateno];
		const i = T.yy_reduce_ofst[stateno] + lookahead;
		if (i < 0 || i >= K.YY_ACTTAB_COUNT || T.yy_lookahead[i] !== lookahead) return T.yy_default[stateno];
		return T.yy_action[i];
	}
	class YYParser {
		#yystack = [{
			stateno: 0,
			major: 0,
			minor: void 0,
			span: {
				offset: 0,
				length: 0,
				line: 1,
				col: 0
			}
		}];
		#errors = [];
		#phase = "running";
		#root;
		#state;
		#inputIndex = 0;
		#reducer;
		/**
		* Allocate a fresh incremental parse session.  Matches lempar.c's
		* `void *ParseAlloc(void *(*mallocProc)(size_t), void *pCtx)`
		* (minus the allocator callback — JS GC handles that).
		*/
		constructor(onReduce, state) {
			this.#reducer = onReduce;
			this.#state = state;
		}
		get phase() {
			return this.#phase;
		}
		get root() {
			return this.#root;
		}
		get stack() {
			return this.#yystack;
		}
		get errors() {
			return this.#errors;
		}
		get state() {
			return this.#state;
		}
		/**
		* Main dispatch.  lempar.c:915 `Parse()` — the C function's outer
		* while(1) loop has been unrolled: each call to this method
		* consumes exactly one input token, chaining reduces as needed
		* before settling on a shift / accept / error outcome.
		*
		* The caller should check `this.state` after each call.
		*/
		next(yymajor, yyminor, yyminorSpan) {
			if (this.#phase !== "running") return;
			const yystack = this.#yystack;
			let act = yystack[yystack.length - 1].stateno;
			while (true) {
				const stateBeforeLookup = act;
				act = yy_find_shift_action(yymajor, act);
				if (act >= K.YY_MIN_REDUCE) {
					this.#yy_reduce(act - K.YY_MIN_REDUCE);
					act = yystack[yystack.length - 1].stateno;
					continue;
				}
				if (act <= K.YY_MAX_SHIFTREDUCE) {
					let newState = act;
					if (newState > K.YY_MAX_SHIFT) newState += K.YY_MIN_REDUCE - K.YY_MIN_SHIFTREDUCE;
					yystack.push({
						stateno: newState,
						major: yymajor,
						minor: yyminor,
						span: yyminorSpan
					});
					this.#inputIndex++;
					return;
				}
				if (act === K.YY_ACCEPT_ACTION) {
					this.#root = yystack[yystack.length - 1].minor;
					this.#phase = "accepted";
					return;
				}
				this.#errors.push({
					stateno: stateBeforeLookup,
					major: yymajor,
					minor: yyminor,
					tokenIndex: this.#inputIndex
				});
				this.#phase = "errored";
				return;
			}
		}
		/**
		* Reduce: pop `nrhs` entries, call `onReduce`, run GOTO, push the
		* result.  Mirrors the non-action-switch half of lempar.c:742
		* `yy_reduce`.  In C the action switch is inlined here from the
		* generated rule bodies in parse.y; our reducer is the caller's
		* pure `onReduce` callback, which returns the new stack value.
		*/
		#yy_reduce(yyruleno) {
			const nrhs = T.yyRuleInfoNRhs[yyruleno];
			const lhs = T.yyRuleInfoLhs[yyruleno];
			const yystack = this.#yystack;
			const popped = [];
			for (let i = 0; i < nrhs; i++) {
				const e = yystack.pop();
				popped.push({
					major: e.major,
					minor: e.minor,
					span: e.span
				});
			}
			popped.reverse();
			let ruleSpan;
			if (popped.length === 0) {
				const top = yystack[yystack.length - 1].span;
				ruleSpan = {
					offset: top.offset + top.length,
					length: 0,
					line: top.line,
					col: top.col
				};
			} else {
				const first = popped[0].span;
				const last = popped[popped.length - 1].span;
				ruleSpan = {
					offset: first.offset,
					length: last.offset + last.length - first.offset,
					line: first.line,
					col: first.col
				};
			}
			const minor = this.#reducer(this.#state, yyruleno, popped, ruleSpan);
			const baseState = yystack[yystack.length - 1].stateno;
			const act = yy_find_reduce_action(baseState, lhs);
			yystack.push({
				stateno: act,
				major: lhs,
				minor,
				span: ruleSpan
			});
		}
	}
	/**
	* In the C parser, each reduce step may perform side-effects.
	* SQLite's parser doesn't build an AST, instead its parser directly updates
	* various state in the system.
	*
	* Since we are just a parser and not an interpreter, it doesn't make sense to
	* port the side-effect actions.
	*
	* Instead, the caller provides a `reducer` function that can be used to build
	* a tree, do side effects, whatever.
	*/
	function ParseAlloc(reducer, state) {
		return new YYParser(reducer, state);
	}
	return ParseAlloc;
}
// node_modules/sqlite3-parser/dist/src/diagnostics.js
function formatDiagnostic(ctx, diagnostic) {
	const { filename } = ctx;
	const { message, span, hints } = diagnostic;
	const parts = [
		message,
		"",
		filename ? `At ${filename}:${span.line}:${span.col}:` : `At ${span.line}:${span.col}:`,
		renderCodeBlock(ctx, span, { indent: "  " })
	];
	hints?.forEach(({ message, span }, i) => {
		if (i === 0 || span) parts.push("");
		parts.push(`  hint: ${message}`);
		if (span) parts.push(renderCodeBlock(ctx, span, {
			indent: "    ",
			contextBefore: 0,
			contextAfter: 0
		}));
	});
	return parts.join("\n");
}
var ParserDiagnostic = class {
	#diagnostic;
	#context;
	#formatted;
	#filename;
	constructor(ctx, diagnostic) {
		if (!ctx) throw new TypeError(`Expected a ParseErrorContext, got ${typeof ctx} (${ctx})`);
		this.#diagnostic = diagnostic;
		this.#context = ctx;
		this.#filename = ctx.filename;
	}
	get message() {
		return this.#diagnostic.message;
	}
	get span() {
		return this.#diagnostic.span;
	}
	get token() {
		return this.#diagnostic.token;
	}
	get hints() {
		return this.#diagnostic.hints;
	}
	get filename() {
		return this.#filename;
	}
	format() {
		if (this.#formatted !== void 0) return this.#formatted;
		if (!this.#context) throw new Error("ParserDiagnostic: context is required to format a diagnostic");
		this.#formatted = formatDiagnostic(this.#context, this.#diagnostic);
		this.#context = void 0;
		return this.#formatted;
	}
	toString() {
		return this.format();
	}
	toJSON() {
		return {
			message: this.message,
			span: this.span,
			token: this.token,
			hints: this.hints,
			filename: this.filename
		};
	}
};
function createParseDiagnosticArray(context, diagnostics) {
	return diagnostics.map((diagnostic) => new ParserDiagnostic(context, diagnostic));
}
function lineColAt(sql, offset, startAt) {
	let line = startAt?.line ?? 1;
	let col = startAt?.col ?? 0;
	for (let i = startAt?.offset ?? 0; i < offset; i++) if (sql.charCodeAt(i) === 10) {
		line++;
		col = 0;
	} else col++;
	return {
		line,
		col
	};
}
const CODE_BLOCK_SEPARATOR = "│ ";
function renderCodeBlock(ctx, span, options) {
	const { source } = ctx;
	const contextBefore = Math.max(0, options?.contextBefore ?? 1);
	const contextAfter = Math.max(0, options?.contextAfter ?? 1);
	const indent = options?.indent ?? "";
	const start = Math.max(0, Math.min(span.offset, source.length));
	const end = Math.max(start, Math.min(span.offset + span.length, source.length));
	const lines = source.split("\n");
	const startLoc = span.offset === start ? span : lineColAt(source, start);
	const endLoc = lineColAt(source, end, span);
	const firstLine = Math.max(1, startLoc.line - contextBefore);
	const lastLine = Math.min(lines.length, endLoc.line + contextAfter);
	const gutterWidth = Math.max(2, String(lastLine).length);
	const out = [];
	for (let ln = firstLine; ln <= lastLine; ln++) {
		const text = lines[ln - 1] ?? "";
		out.push(`${indent}${String(ln).padStart(gutterWidth, " ")}${CODE_BLOCK_SEPARATOR}${text}`);
		if (ln < startLoc.line || ln > endLoc.line) continue;
		const startCol = ln === startLoc.line ? startLoc.col : 0;
		const endCol = ln === endLoc.line ? endLoc.col : text.length;
		const caretCount = Math.max(1, endCol - startCol);
		const pad = " ".repeat(gutterWidth) + CODE_BLOCK_SEPARATOR + " ".repeat(startCol);
		out.push(indent + pad + "^".repeat(caretCount));
	}
	return out.join("\n");
}
/**
* Build a Diagnostic for an ILLEGAL token that the tokenizer could not
* classify. No grammar state is consulted.
*/
function buildIllegalTokenDiagnostic(token) {
	const hints = [{ message: illegalTokenHint(token.text) }];
	const escapedText = JSON.stringify(token.text);
	if (escapedText.slice(1, -1) !== String(token.text)) hints.push({ message: `escaped token text: ${escapedText}` });
	return {
		message: `unrecognized token: "${token.text}"`,
		span: token.span,
		token,
		hints
	};
}
function illegalTokenHint(text) {
	if (text.startsWith("'")) return "unterminated string literal";
	if (text.startsWith("\"") || text.startsWith("`") || text.startsWith("[")) return "unterminated quoted identifier";
	if (/^[0-9.]/.test(text)) return "malformed numeric literal";
	return "the tokenizer could not classify this input";
}
var TokenFlag;
(function(TokenFlag) {
	TokenFlag[TokenFlag["ExprStart"] = 1] = "ExprStart";
	TokenFlag[TokenFlag["ItemStart"] = 2] = "ItemStart";
	TokenFlag[TokenFlag["ItemEnd"] = 4] = "ItemEnd";
	TokenFlag[TokenFlag["ClauseBoundary"] = 8] = "ClauseBoundary";
	TokenFlag[TokenFlag["TableNameContext"] = 16] = "TableNameContext";
	TokenFlag[TokenFlag["Hidden"] = 32] = "Hidden";
	TokenFlag[TokenFlag["KeywordLike"] = 64] = "KeywordLike";
	TokenFlag[TokenFlag["FallbackToId"] = 128] = "FallbackToId";
})(TokenFlag || (TokenFlag = {}));
const REQUIRED_TOKEN_NAMES = [
	"ID",
	"STRING",
	"ILLEGAL",
	"SPACE",
	"COMMENT",
	"COMMA",
	"SEMI",
	"LP",
	"RP",
	"CASE",
	"END",
	"FROM",
	"FILTER",
	"OVER"
];
const VALUE_TOKEN = TokenFlag.ExprStart | TokenFlag.ItemStart | TokenFlag.ItemEnd;
const PREFIX_EXPR_TOKEN = TokenFlag.ExprStart | TokenFlag.ItemStart;
const CLAUSE_TOKEN = TokenFlag.ClauseBoundary;
const TABLE_NAME_CONTEXT = TokenFlag.TableNameContext;
const TOKEN_SPECS = {
	$: { display: "end of input" },
	SPACE: { flags: TokenFlag.Hidden },
	COMMENT: { flags: TokenFlag.Hidden },
	ILLEGAL: { flags: TokenFlag.Hidden },
	ID: {
		display: "identifier",
		flags: VALUE_TOKEN
	},
	STRING: {
		display: "string literal",
		flags: VALUE_TOKEN
	},
	INTEGER: {
		display: "integer literal",
		flags: VALUE_TOKEN
	},
	FLOAT: {
		display: "float literal",
		flags: VALUE_TOKEN
	},
	QNUMBER: {
		display: "numeric literal",
		flags: VALUE_TOKEN
	},
	BLOB: {
		display: "blob literal",
		flags: VALUE_TOKEN
	},
	VARIABLE: {
		display: "bind parameter",
		flags: VALUE_TOKEN
	},
	LP: {
		display: "(",
		flags: PREFIX_EXPR_TOKEN
	},
	RP: {
		display: ")",
		flags: TokenFlag.ItemEnd
	},
	COMMA: { display: "," },
	SEMI: { display: ";" },
	STAR: {
		display: "*",
		flags: PREFIX_EXPR_TOKEN
	},
	DOT: { display: "." },
	PLUS: {
		display: "+",
		flags: PREFIX_EXPR_TOKEN
	},
	MINUS: {
		display: "-",
		flags: PREFIX_EXPR_TOKEN
	},
	SLASH: { display: "/" },
	REM: { display: "%" },
	EQ: { display: "=" },
	LT: { display: "<" },
	LE: { display: "<=" },
	GT: { display: ">" },
	GE: { display: ">=" },
	NE: { display: "!=" },
	CONCAT: { display: "||" },
	BITAND: { display: "&" },
	BITOR: { display: "|" },
	BITNOT: {
		display: "~",
		flags: PREFIX_EXPR_TOKEN
	},
	LSHIFT: { display: "<<" },
	RSHIFT: { display: ">>" },
	PTR: { display: "->" },
	NULL: { flags: VALUE_TOKEN },
	CASE: { flags: PREFIX_EXPR_TOKEN },
	CAST: { flags: PREFIX_EXPR_TOKEN },
	EXISTS: { flags: PREFIX_EXPR_TOKEN },
	NOT: { flags: PREFIX_EXPR_TOKEN },
	CURRENT: { flags: VALUE_TOKEN },
	CTIME_KW: {
		display: "date/time literal",
		flags: VALUE_TOKEN
	},
	TRUEFALSE: { flags: TokenFlag.ItemEnd },
	SELECT: { flags: TokenFlag.ItemStart },
	VALUES: { flags: TokenFlag.ItemStart | CLAUSE_TOKEN },
	END: { flags: TokenFlag.ItemEnd },
	FROM: { flags: CLAUSE_TOKEN | TABLE_NAME_CONTEXT },
	WHERE: { flags: CLAUSE_TOKEN },
	GROUP: { flags: CLAUSE_TOKEN },
	HAVING: { flags: CLAUSE_TOKEN },
	WINDOW: { flags: CLAUSE_TOKEN },
	ORDER: { flags: CLAUSE_TOKEN },
	LIMIT: { flags: CLAUSE_TOKEN },
	FILTER: { flags: CLAUSE_TOKEN },
	OVER: { flags: CLAUSE_TOKEN },
	JOIN: { flags: CLAUSE_TOKEN | TABLE_NAME_CONTEXT },
	ON: { flags: CLAUSE_TOKEN },
	USING: { flags: CLAUSE_TOKEN },
	UNION: { flags: CLAUSE_TOKEN },
	INTERSECT: { flags: CLAUSE_TOKEN },
	EXCEPT: { flags: CLAUSE_TOKEN },
	THEN: { flags: CLAUSE_TOKEN },
	ELSE: { flags: CLAUSE_TOKEN },
	WHEN: { flags: CLAUSE_TOKEN },
	DO: { flags: CLAUSE_TOKEN },
	SET: { flags: CLAUSE_TOKEN },
	RETURNING: { flags: CLAUSE_TOKEN },
	INTO: { flags: TABLE_NAME_CONTEXT },
	UPDATE: { flags: TABLE_NAME_CONTEXT },
	JOIN_KW: { display: "join operator" }
};
function bindSyntaxDiagnostics(defs, keywordDefs) {
	const meta = bindSyntaxMeta(defs, keywordDefs);
	return (opts) => buildUnexpectedDiagnostic(meta, opts);
}
function canonicalParseMessage(token) {
	return token.text.length > 0 ? `near "${token.text}": syntax error` : "incomplete input";
}
function bindSyntaxMeta(defs, keywordDefs) {
	const tokenCount = defs.constants.YYNTOKEN;
	const tokenCode = /* @__PURE__ */ new Map();
	const displayById = new Array(tokenCount);
	const flagsById = new Uint16Array(tokenCount);
	for (let i = 0; i < tokenCount; i++) {
		const id = i;
		const name = defs.symbols[i];
		const spec = TOKEN_SPECS[name];
		tokenCode.set(name, id);
		displayById[i] = displayNameForSymbol(name, spec);
		flagsById[i] = spec?.flags ?? 0;
	}
	const tok = bindTokens(tokenCode);
	const yyFallback = defs.tables.yyFallback ?? [];
	for (let i = 0; i < tokenCount; i++) {
		if (i === tok.ID) continue;
		if ((yyFallback[i] ?? 0) === tok.ID) flagsById[i] |= TokenFlag.FallbackToId;
	}
	for (const keyword of keywordDefs.keywords) {
		const id = tokenCode.get(keyword.token);
		if (id === void 0) continue;
		if (id === tok.ID || id === tok.STRING || id === tok.ILLEGAL) continue;
		flagsById[id] |= TokenFlag.KeywordLike;
	}
	return {
		defs,
		tok,
		displayById,
		flagsById
	};
}
function buildUnexpectedDiagnostic(meta, opts) {
	const { token, state, previousToken, sawOverSinceLastFilterOrSemi, openers } = opts;
	const canonical = canonicalParseMessage(token);
	const expected = collectExpected(meta, state);
	const hints = buildHint(meta, {
		token,
		canonical,
		expected,
		previousToken,
		openers,
		sawOverSinceLastFilterOrSemi
	}) ?? (expected.length > 0 ? [{ message: `expected ${formatExpectedList(meta, expected)}` }] : void 0);
	return hints ? {
		message: canonical,
		span: token.span,
		token,
		hints
	} : {
		message: canonical,
		span: token.span,
		token
	};
}
function displayNameForSymbol(name, spec) {
	if ((spec?.flags ?? 0) & TokenFlag.Hidden) return void 0;
	if (spec?.display) return spec.display;
	if (/^[A-Z_]+$/.test(name)) return name.replace(/_KW$/, "").toLowerCase();
	return name;
}
function requireTokenId$1(tokenCode, name) {
	const id = tokenCode.get(name);
	if (id === void 0) throw new Error(`errors.ts: missing terminal token "${name}"`);
	return id;
}
function bindTokens(tokenCode) {
	return Object.fromEntries(REQUIRED_TOKEN_NAMES.map((name) => [name, requireTokenId$1(tokenCode, name)]));
}
function collectExpected(meta, state) {
	const tokenIds = meta.defs.tables.yy_expected?.[state] ?? [];
	const expected = [];
	for (const tokenId of tokenIds) {
		if (isHiddenExpected(meta, tokenId)) continue;
		expected.push(tokenId);
	}
	return expected;
}
function isHiddenExpected(meta, tokenId) {
	return hasFlag(meta, tokenId, TokenFlag.Hidden);
}
function fallsBackToIdentifier(meta, tokenId) {
	return hasFlag(meta, tokenId, TokenFlag.FallbackToId);
}
function expectedAcceptsIdentifier(meta, expected) {
	for (const tokenId of expected) if (tokenId === meta.tok.ID || fallsBackToIdentifier(meta, tokenId)) return true;
	return false;
}
function expectedHasId(expected, tokenId) {
	return expected.includes(tokenId);
}
function expectedHasRole(meta, expected, role) {
	for (const tokenId of expected) if (hasFlag(meta, tokenId, role)) return true;
	return false;
}
function expectedLabel(meta, tokenId) {
	if (isHiddenExpected(meta, tokenId)) return void 0;
	if (fallsBackToIdentifier(meta, tokenId)) return tokenLabel(meta, meta.tok.ID);
	return tokenLabel(meta, tokenId);
}
function compareExpectedLabels(left, right) {
	const leftPunct = /^[^a-z0-9]/i.test(left);
	if (leftPunct !== /^[^a-z0-9]/i.test(right)) return leftPunct ? -1 : 1;
	return left.localeCompare(right);
}
function formatExpectedList(meta, expected) {
	const seen = /* @__PURE__ */ new Set();
	const labels = [];
	for (const tokenId of expected) {
		const label = expectedLabel(meta, tokenId);
		if (label === void 0 || seen.has(label)) continue;
		seen.add(label);
		labels.push(label);
	}
	labels.sort(compareExpectedLabels);
	const items = labels.slice(0, 5);
	if (items.length === 1) return items[0];
	if (items.length === 2) return `${items[0]} or ${items[1]}`;
	return `${items.slice(0, -1).join(", ")}, or ${items[items.length - 1]}${labels.length > items.length ? ", ..." : ""}`;
}
function buildHint(meta, ctx) {
	const { token, canonical, expected, previousToken, openers, sawOverSinceLastFilterOrSemi } = ctx;
	const topOpener = openers[openers.length - 1];
	const missingTableName = buildMissingTableNameHint(meta, token, previousToken);
	if (missingTableName) return [{ message: missingTableName }];
	if (canonical === "incomplete input") return buildUnclosedGroupHints(meta, token, topOpener) ?? [{ message: "query ended before a complete statement was formed" }];
	const unmatchedClosing = buildUnmatchedClosingHint(meta, token, openers);
	if (unmatchedClosing) return [{ message: unmatchedClosing }];
	const filterOrdering = buildFilterOrderingHint(meta, token, sawOverSinceLastFilterOrSemi);
	if (filterOrdering) return [{ message: filterOrdering }];
	const clauseBoundary = buildClauseBoundaryHints(meta, token, topOpener);
	if (clauseBoundary) return clauseBoundary;
	const missingComma = buildCommaHint(meta, token, expected, previousToken);
	if (missingComma) return [{ message: missingComma }];
	if (token.type === meta.tok.FROM && expectedHasRole(meta, expected, TokenFlag.ExprStart)) return [{ message: "expected a result expression before FROM" }];
	const quotedIdentifier = buildQuotedIdentifierHint(meta, token, expected);
	if (quotedIdentifier) return [{ message: quotedIdentifier }];
}
function describeToken(token) {
	if (token.text.length === 0) return "end of input";
	return `"${token.text}"`;
}
function buildMissingTableNameHint(meta, token, previousToken) {
	if (!previousToken || !hasFlag(meta, previousToken.type, TokenFlag.TableNameContext)) return void 0;
	const after = tokenLabel(meta, previousToken.type);
	if (isEndOfInput(meta, token)) return `expected a table name after ${after}`;
	if (token.type === meta.tok.ID || token.type === meta.tok.STRING) return void 0;
	return `expected a table name after ${after}`;
}
function buildUnclosedGroupHints(meta, token, topOpener) {
	if (!topOpener) return void 0;
	let missing;
	if (topOpener.type === meta.tok.LP) missing = `missing ")" before ${describeToken(token)}`;
	else if (topOpener.type === meta.tok.CASE) missing = `missing END before ${describeToken(token)}`;
	else return;
	return [{ message: missing }, {
		message: "opened here",
		span: topOpener.span
	}];
}
function buildUnmatchedClosingHint(meta, token, openers) {
	if (token.type !== meta.tok.RP) return void 0;
	if (openers.some((o) => o.type === meta.tok.LP)) return void 0;
	return "unexpected \")\" with no matching \"(\"";
}
function buildFilterOrderingHint(meta, token, sawOverSinceLastFilterOrSemi) {
	if (token.type !== meta.tok.FILTER) return void 0;
	return sawOverSinceLastFilterOrSemi ? "FILTER clauses must appear before OVER clauses" : void 0;
}
function buildClauseBoundaryHints(meta, token, topOpener) {
	if (!topOpener || !isClauseBoundary(meta, token)) return void 0;
	return buildUnclosedGroupHints(meta, token, topOpener);
}
function buildCommaHint(meta, token, expected, previousToken) {
	if (token.type === meta.tok.COMMA && expectedHasId(expected, meta.tok.RP)) return "remove this comma or add another list item before \")\"";
	if (isEndOfInput(meta, token) && previousToken?.type === meta.tok.COMMA) return "remove the trailing comma or add another list item before end of input";
	if (previousToken?.type === meta.tok.COMMA && isClauseBoundary(meta, token)) return `remove the trailing comma or add another list item before ${describeToken(token)}`;
	if (!previousToken || !startsListItem(meta, token) || !endsListItem(meta, previousToken)) return;
	if (expectedHasId(expected, meta.tok.COMMA)) return `missing comma before ${describeToken(token)}`;
	if (expectedHasId(expected, meta.tok.RP) || expectedHasId(expected, meta.tok.SEMI) || expectedHasRole(meta, expected, TokenFlag.ClauseBoundary)) return `possible missing comma or operator before ${describeToken(token)}`;
}
function buildQuotedIdentifierHint(meta, token, expected) {
	if (!expectedAcceptsIdentifier(meta, expected)) return void 0;
	if (!looksKeywordToken(meta, token)) return void 0;
	return `if you intended ${describeToken(token)} as an identifier here, quote it`;
}
function hasFlag(meta, tokenId, flag) {
	return (meta.flagsById[tokenId] & flag) !== 0;
}
/**
* True for the synthetic end-markers `parse()` injects when the input
* runs out: a `SEMI` with `synthetic: true` and the `EOF` (token id 0)
* that follows it.  Intentionally narrower than `token.synthetic` so
* other future synthetic tokens don't silently get treated as
* end-of-input here.
*/
function isEndOfInput(meta, token) {
	return token.type === 0 || token.type === meta.tok.SEMI && token.synthetic === true;
}
function isClauseBoundary(meta, token) {
	return isEndOfInput(meta, token) || hasFlag(meta, token.type, TokenFlag.ClauseBoundary);
}
function startsListItem(meta, token) {
	return hasFlag(meta, token.type, TokenFlag.ItemStart);
}
function endsListItem(meta, token) {
	return hasFlag(meta, token.type, TokenFlag.ItemEnd);
}
function looksKeywordToken(meta, token) {
	if (token.type === meta.tok.ID || token.type === meta.tok.STRING || token.type === meta.tok.ILLEGAL) return false;
	return hasFlag(meta, token.type, TokenFlag.KeywordLike);
}
function tokenLabel(meta, tokenId) {
	return meta.displayById[tokenId] ?? symbolName(meta.defs, tokenId);
}
function symbolName(defs, tokenId) {
	return defs.symbols[tokenId] ?? String(tokenId);
}
// node_modules/sqlite3-parser/dist/src/errors.js
const Sqlite3ParserErrorSymbol = Symbol("Sqlite3ParserError");
/** Base class for semantic errors thrown by this package. */
var Sqlite3ParserError = class Sqlite3ParserError extends Error {
	name = "Sqlite3ParserError";
	static wrap(error) {
		if (error instanceof Sqlite3ParserError) return error;
		return new Sqlite3ParserError(error.stack ?? `${error.name}: ${error.message}`, { cause: error });
	}
	[Sqlite3ParserErrorSymbol] = true;
	/** toJSON provided so all error properties appear in structured logging. */
	toJSON() {
		return Object.assign({
			name: this.name,
			message: this.message,
			stack: this.stack,
			cause: this.cause
		}, this);
	}
};
/** Error thrown by `parseOrThrow` / `parseStmtOrThrow` when the parse produces one or more diagnostics. */
var Sqlite3ParserDiagnosticError = class extends Sqlite3ParserError {
	name = "Sqlite3ParserDiagnosticError";
	constructor(diagnostics) {
		let message = "";
		switch (diagnostics.length) {
			case 0:
				message = "No diagnostics provided when constructing error";
				break;
			case 1:
				message = diagnostics[0].format();
				break;
			default: message = `${diagnostics.length} diagnostics:\n${diagnostics.map((d) => d.format()).join("\n")}`;
		}
		super(message);
		this.errors = diagnostics;
	}
};
// node_modules/sqlite3-parser/dist/src/util.js
function isDigit(ch) {
	return ch !== void 0 && ch >= "0" && ch <= "9";
}
function isXDigit(ch) {
	if (ch === void 0) return false;
	return ch >= "0" && ch <= "9" || ch >= "A" && ch <= "F" || ch >= "a" && ch <= "f";
}
function isQuote(ch) {
	return ch === "'" || ch === "\"" || ch === "`" || ch === "[";
}
function sqlite3Dequote(z) {
	if (z.length === 0) return z;
	if (!isQuote(z[0])) return z;
	const close = z[0] === "[" ? "]" : z[0];
	let out = "";
	for (let i = 1; i < z.length; i++) {
		const c = z[i];
		if (c === close) {
			if (z[i + 1] === close) {
				out += close;
				i++;
			} else break;
		} else out += c;
	}
	return out;
}
function sqlite3DequoteNumber(z, opts = {}) {
	const sep = opts.digitSeparator ?? "_";
	const bHex = z[0] === "0" && (z[1] === "x" || z[1] === "X");
	const neighbourOk = bHex ? isXDigit : isDigit;
	let op = "INTEGER";
	let out = "";
	let error;
	for (let i = 0; i < z.length; i++) {
		const c = z[i];
		if (c !== sep) {
			out += c;
			if (!bHex && (c === "e" || c === "E" || c === ".")) op = "FLOAT";
			continue;
		}
		if (!neighbourOk(z[i - 1]) || !neighbourOk(z[i + 1])) error = `unrecognized token: "${z}"`;
	}
	return error ? {
		op,
		text: out,
		error
	} : {
		op,
		text: out
	};
}
function sqlite3HexToInt(h) {
	if (h === void 0) return NaN;
	const c = typeof h === "string" ? h.charCodeAt(0) : h | 0;
	if (c >= 48 && c <= 57) return c - 48;
	if (c >= 65 && c <= 70) return c - 65 + 10;
	if (c >= 97 && c <= 102) return c - 97 + 10;
	return NaN;
}
function sqlite3HexToBlob(z) {
	if (z[0] !== "x" && z[0] !== "X" || z[1] !== "'" || z[z.length - 1] !== "'") throw new Error(`not a blob literal: ${JSON.stringify(z)}`);
	const hex = z.slice(2, z.length - 1);
	if (hex.length % 2 !== 0) throw new Error(`blob literal has odd hex digit count: ${JSON.stringify(z)}`);
	const out = new Uint8Array(hex.length / 2);
	for (let i = 0; i < hex.length; i += 2) out[i / 2] = sqlite3HexToInt(hex[i]) << 4 | sqlite3HexToInt(hex[i + 1]);
	return out;
}
// node_modules/sqlite3-parser/dist/src/ast/parseActions.js
/** Build a {@link Diagnostic} with zero or more secondary hints. */
function mkDiagnostic(message, span, ...hints) {
	return hints.length > 0 ? {
		message,
		span,
		hints
	} : {
		message,
		span
	};
}
/**
* Common "duplicate X, first declared here" diagnostic.  Points the
* primary span at the conflicting occurrence and attaches a single
* `first specified here` hint at the original's span.
*/
function mkDuplicateDiagnostic(message, span, firstSpecifiedHereSpan) {
	return mkDiagnostic(message, span, {
		message: "first specified here",
		span: firstSpecifiedHereSpan
	});
}
/**
* A zero-filled Span.  Used as a conservative fallback when a popped
* entry doesn't carry span info (e.g. primitive-typed nonterminals).
* Exported so the codegen-emitted reducer can reference it directly
* for rules where no RHS position carries a span.
*/
const ZERO_SPAN = {
	offset: 0,
	length: 0,
	line: 0,
	col: 0
};
/**
* Span covering `[first.offset, last.offset + last.length)`.
*
* Either argument may be ZERO_SPAN — the sentinel the codegen emits
* for optional RHS positions that are undefined at runtime — in which
* case it is dropped and the other argument is returned unchanged.
* Without this, `spanOver(real, ZERO_SPAN)` produces a length of
* `-real.offset` (a negative-length span past the start of input),
* which the codegen hits whenever an optional tail non-terminal is
* absent (e.g. `selcollist ::= sclp expr as` with no alias).
*/
function spanOver(first, last) {
	const firstZero = isZeroSpan(first);
	const lastZero = isZeroSpan(last);
	if (firstZero && lastZero) return ZERO_SPAN;
	if (firstZero) return last;
	if (lastZero) return first;
	return {
		offset: first.offset,
		length: last.offset + last.length - first.offset,
		line: first.line,
		col: first.col
	};
}
function isZeroSpan(s) {
	return s.line === 0 && s.offset === 0 && s.length === 0;
}
/**
* Build a {@link Name}.  Identifiers may reach the parser in quoted
* form (`"foo"`, `[foo]`, `` `foo` ``) — we strip the outer quotes
* here so downstream code never has to redo the work, matching
* SQLite's `sqlite3NameFromToken`.  The `span` back-pointer preserves
* the raw source range for error messages.
*/
const mkName = (tok) => ({
	type: "Name",
	text: sqlite3Dequote(tok.text),
	span: tok.span
});
/** Build an {@link Id}.  Same dequoting contract as {@link mkName}. */
const mkId = (tok) => ({
	type: "Id",
	name: sqlite3Dequote(tok.text),
	span: tok.span
});
/** Compute a Literal from a `CTIME_KW` token (`CURRENT_DATE` / `CURRENT_TIME` / …). */
function literalFromCtimeKw(tok) {
	const span = tok.span;
	const t = tok.text.toUpperCase();
	if (t === "CURRENT_DATE") return {
		type: "CurrentDateLiteral",
		span
	};
	if (t === "CURRENT_TIME") return {
		type: "CurrentTimeLiteral",
		span
	};
	if (t === "CURRENT_TIMESTAMP") return {
		type: "CurrentTimestampLiteral",
		span
	};
	throw new Error(`unreachable CTIME_KW: ${tok.text}`);
}
/** `NULL` literal. */
const mkNullLiteral = (tok) => ({
	type: "NullLiteral",
	span: tok.span
});
/** String literal: dequote `'…'` / escape `''` pairs. */
const mkStringLiteral = (tok) => ({
	type: "StringLiteral",
	value: sqlite3Dequote(tok.text),
	span: tok.span
});
/** Blob literal: decode `x'…'` / `X'…'` hex to bytes. */
const mkBlobLiteral = (tok) => ({
	type: "BlobLiteral",
	bytes: sqlite3HexToBlob(tok.text),
	span: tok.span
});
/** Numeric literal produced by `INTEGER` / `FLOAT` — stored as raw text. */
const mkNumericLiteral = (tok) => ({
	type: "NumericLiteral",
	value: tok.text,
	span: tok.span
});
/** Keyword literal for PRAGMA arguments like `ON` / `DELETE` / `DEFAULT`. */
const mkKeywordLiteral = (tok) => ({
	type: "KeywordLiteral",
	value: tok.text,
	span: tok.span
});
/** Map a LIKE_KW/MATCH token's text to the matching {@link LikeOperator}. */
function likeOperatorFromToken(tok, tokens) {
	if (tok.type === tokens.MATCH) return "Match";
	const t = tok.text.toUpperCase();
	if (t === "LIKE") return "Like";
	if (t === "GLOB") return "Glob";
	if (t === "REGEXP") return "Regexp";
	throw new Error(`unreachable LIKE_KW: ${tok.text}`);
}
/** Map a binary-op token type to its {@link Operator} variant. */
function binaryOperatorFromToken(tokType, tokens) {
	switch (tokType) {
		case tokens.AND: return "And";
		case tokens.OR: return "Or";
		case tokens.LT: return "Less";
		case tokens.GT: return "Greater";
		case tokens.GE: return "GreaterEquals";
		case tokens.LE: return "LessEquals";
		case tokens.EQ: return "Equals";
		case tokens.NE: return "NotEquals";
		case tokens.BITAND: return "BitwiseAnd";
		case tokens.BITOR: return "BitwiseOr";
		case tokens.LSHIFT: return "LeftShift";
		case tokens.RSHIFT: return "RightShift";
		case tokens.PLUS: return "Add";
		case tokens.MINUS: return "Subtract";
		case tokens.STAR: return "Multiply";
		case tokens.SLASH: return "Divide";
		case tokens.REM: return "Modulus";
		case tokens.CONCAT: return "Concat";
		case tokens.IS: return "Is";
		case tokens.NOT: return "IsNot";
		default: throw new Error(`unreachable binary op token: ${tokType}`);
	}
}
/** Map a unary-op token type to its {@link UnaryOperator} variant. */
function unaryOperatorFromToken(tokType, tokens) {
	switch (tokType) {
		case tokens.BITNOT: return "BitwiseNot";
		case tokens.MINUS: return "Negative";
		case tokens.NOT: return "Not";
		case tokens.PLUS: return "Positive";
		default: throw new Error(`unreachable unary op token: ${tokType}`);
	}
}
/** Build the `->` / `->>` binary op from the operator token's text. */
const ptrOperatorFromToken = (tok) => tok.text === "->>" ? "ArrowRightShift" : "ArrowRight";
const mkParenthesized = (e, span) => ({
	type: "ParenthesizedExpr",
	exprs: [e],
	span
});
const mkVariableExpr = (t) => ({
	type: "VariableExpr",
	name: t.text,
	span: t.span
});
const mkCollate = (e, c, span) => ({
	type: "CollateExpr",
	expr: e,
	collation: sqlite3Dequote(c.text),
	span
});
const mkCast = (e, typeName, span) => ({
	type: "CastExpr",
	expr: e,
	typeName,
	span
});
const mkBinary = (l, op, r, span) => ({
	type: "BinaryExpr",
	left: l,
	op,
	right: r,
	span
});
const mkUnary = (op, e, span) => ({
	type: "UnaryExpr",
	op,
	expr: e,
	span
});
const mkBetween = (l, not, s, e, span) => ({
	type: "BetweenExpr",
	lhs: l,
	not,
	start: s,
	end: e,
	span
});
const mkInList = (l, not, r, span) => ({
	type: "InListExpr",
	lhs: l,
	not,
	rhs: r,
	span
});
const mkInSelect = (l, not, s, span) => ({
	type: "InSelectExpr",
	lhs: l,
	not,
	rhs: s,
	span
});
const mkInTable = (l, not, n, args, span) => ({
	type: "InTableExpr",
	lhs: l,
	not,
	rhs: n,
	args,
	span
});
const mkSubquery = (s, span) => ({
	type: "SubqueryExpr",
	select: s,
	span
});
const mkExistsExpr = (s, span) => ({
	type: "ExistsExpr",
	select: s,
	span
});
/** Build `IS NULL` / `NOT NULL` given the postfix token type. */
function mkNotNullExpr(expr, tokType, tokens, span) {
	if (tokType === tokens.ISNULL) return {
		type: "IsNullExpr",
		expr,
		span
	};
	if (tokType === tokens.NOTNULL) return {
		type: "NotNullExpr",
		expr,
		span
	};
	throw new Error(`unreachable NULL-test token: ${tokType}`);
}
function mkLikeExpr(lhs, not, op, rhs, escape, span) {
	return {
		type: "LikeExpr",
		lhs,
		not,
		op,
		rhs,
		escape,
		span
	};
}
/** Build a `FunctionCall` expression.  Validates DISTINCT argument count. */
function mkFunctionCall(state, nameTok, distinctness, args, orderBy, filterOver, span) {
	if (distinctness === "Distinct" && (args?.length ?? 0) !== 1) state.errors.push({
		message: "DISTINCT aggregates must have exactly one argument",
		span: nameTok.span
	});
	return {
		type: "FunctionCallExpr",
		name: mkId(nameTok),
		distinctness,
		args,
		orderBy,
		filterOver,
		span
	};
}
const mkFunctionCallStar = (nameTok, filterOver, span) => ({
	type: "FunctionCallStarExpr",
	name: mkId(nameTok),
	filterOver,
	span
});
const qnSingle = (n, span) => ({
	type: "QualifiedName",
	dbName: void 0,
	objName: n,
	alias: void 0,
	span
});
const qnFull = (db, n, span) => ({
	type: "QualifiedName",
	dbName: db,
	objName: n,
	alias: void 0,
	span
});
const qnAlias = (n, a, span) => ({
	type: "QualifiedName",
	dbName: void 0,
	objName: n,
	alias: a,
	span
});
const qnXfull = (db, n, a, span) => ({
	type: "QualifiedName",
	dbName: db,
	objName: n,
	alias: a,
	span
});
/** Decode `CROSS`/`NATURAL`/`LEFT`/`RIGHT`/etc. keyword into a JoinType bitmask. */
function joinTypeFromKeyword(text) {
	switch (text.toUpperCase()) {
		case "CROSS": return 3;
		case "FULL": return 56;
		case "INNER": return 1;
		case "LEFT": return 40;
		case "NATURAL": return 4;
		case "RIGHT": return 48;
		case "OUTER": return 32;
		default: return;
	}
}
/** Build a `TypedJoin` operator from a `JOIN_KW` (+ up to two modifier names). */
function joinOperatorFrom(state, kw, n1, n2, span) {
	let jt = joinTypeFromKeyword(kw.text);
	if (jt === void 0) {
		state.errors.push({
			message: `unknown join type: ${kw.text}`,
			span: kw.span
		});
		return {
			type: "TypedJoinJoinOperator",
			joinType: void 0,
			span
		};
	}
	for (const n of [n1, n2]) {
		if (n === void 0) continue;
		const extra = joinTypeFromKeyword(n.text);
		if (extra === void 0) {
			state.errors.push({
				message: `unknown join type: ${n.text}`,
				span: n.span
			});
			continue;
		}
		jt |= extra;
	}
	if ((jt & 33) === 33 || (jt & 56) === 32) state.errors.push({
		message: `unknown join type: ${kw.text} ${n1?.text ?? ""} ${n2?.text ?? ""}`.trimEnd(),
		span: kw.span
	});
	return {
		type: "TypedJoinJoinOperator",
		joinType: jt,
		span
	};
}
const emptyFromClause = () => ({
	select: void 0,
	joins: [],
	pendingOp: void 0
});
/** Freeze a {@link FromClauseMut} into an immutable {@link FromClause}. */
function freezeFrom(m, span) {
	return {
		type: "FromClause",
		select: m.select,
		joins: m.joins.length > 0 ? m.joins.map((j) => ({
			type: "JoinedSelectTable",
			operator: j.operator,
			table: j.table,
			constraint: j.constraint,
			span: j.operator.span
		})) : void 0,
		span
	};
}
/**
* Append a table to a FROM clause: the first entry becomes `select`;
* subsequent entries become `joins`, consuming the pending join
* operator pushed by the preceding `stl_prefix ::= … joinop` rule.
*/
function fromClausePush(state, from, table, jc) {
	const op = from.pendingOp;
	from.pendingOp = void 0;
	if (op) {
		if (op.type === "TypedJoinJoinOperator" && op.joinType !== void 0 && (op.joinType & 4) !== 0 && jc) state.errors.push({
			message: "a NATURAL join may not have an ON or USING clause",
			span: jc.span
		});
		from.joins.push({
			operator: op,
			table,
			constraint: jc
		});
	} else {
		if (jc) state.errors.push({
			message: "a JOIN clause is required before ON",
			span: jc.span
		});
		from.select = table;
	}
}
function mkSelect(withClause, body, orderBy, limit, span) {
	return {
		type: "Select",
		with: withClause,
		select: body.select,
		compounds: body.compounds,
		orderBy,
		limit,
		span
	};
}
function pushCompound(body, cs) {
	const mut = body;
	if (mut.compounds) mut.compounds.push(cs);
	else mut.compounds = [cs];
}
function mkOneSelect(state, distinctness, columns, from, whereClause, groupBy, having, windowClause, span) {
	const offendingStar = from === void 0 ? columns.find((c) => c.type === "StarResultColumn" || c.type === "TableStarResultColumn") : void 0;
	if (offendingStar) state.errors.push({
		message: "no tables specified",
		span: offendingStar.span
	});
	return {
		type: "SelectFrom",
		distinctness,
		columns,
		from,
		whereClause,
		groupBy,
		having,
		windowClause,
		span
	};
}
/** Append a VALUES row, checking that it has the same arity as earlier rows. */
function valuesPush(state, values, row, span) {
	const firstRow = values[0]?.values;
	if (firstRow && firstRow.length !== row.length) {
		const firstRowSpan = firstRow.length > 0 ? spanOver(firstRow[0].span, firstRow[firstRow.length - 1].span) : void 0;
		state.errors.push(firstRowSpan ? mkDiagnostic("all VALUES must have the same number of terms", span, {
			message: `first row has ${firstRow.length} terms`,
			span: firstRowSpan
		}) : mkDiagnostic("all VALUES must have the same number of terms", span));
	}
	values.push({
		type: "ValuesRow",
		values: row,
		span
	});
}
/** Build a `ColumnDefinition` and derive its `ColFlags` from constraints. */
function mkColumnDefinition(colName, colType, constraints, span) {
	let flags = 0;
	for (const nc of constraints) {
		const c = nc.constraint;
		switch (c.type) {
			case "CollateColumnConstraint":
				flags |= 512;
				break;
			case "GeneratedColumnConstraint":
				flags |= 32;
				if (c.typ && c.typ.name.toUpperCase() === "STORED") flags |= 64;
				break;
			case "PrimaryKeyColumnConstraint":
				flags |= 9;
				break;
			case "UniqueColumnConstraint": flags |= 8;
		}
	}
	if (colType && colType.name.length > 0) flags |= 4;
	return {
		type: "ColumnDefinition",
		colName,
		colType,
		constraints,
		flags,
		span
	};
}
/** Append a column, rejecting duplicate names. */
function addColumn(state, columns, cd) {
	const newText = cd.colName.text;
	for (let i = 0; i < columns.length; i++) {
		const existing = columns[i];
		if (existing.colName.text === newText) {
			state.errors.push(mkDuplicateDiagnostic(`duplicate column name: ${newText}`, cd.colName.span, existing.colName.span));
			return;
		}
	}
	columns.push(cd);
}
/** Build `ColumnsAndConstraints`, accumulating table-level flags from columns. */
function mkColumnsAndConstraints(columns, constraints, extraFlags, span) {
	let flags = extraFlags;
	for (const c of columns) if ((c.flags & 1) !== 0) flags |= 4;
	return {
		type: "ColumnsAndConstraintsCreateTableBody",
		columns,
		constraints,
		flags,
		span
	};
}
/** Append a CTE, rejecting duplicate names. */
function addCte(state, ctes, cte) {
	const newText = cte.tblName.text;
	for (let i = 0; i < ctes.length; i++) {
		const existing = ctes[i];
		if (existing.tblName.text === newText) {
			state.errors.push(mkDuplicateDiagnostic(`duplicate WITH table name: ${newText}`, cte.tblName.span, existing.tblName.span));
			return;
		}
	}
	ctes.push(cte);
}
/** Build an `UpsertIndex`.  SQLite rejects `NULLS FIRST`/`NULLS LAST` targets. */
function mkUpsertIndex(state, targets, whereClause, span) {
	for (const t of targets) if (t.nulls) state.errors.push({
		message: `unsupported use of NULLS ${t.nulls === "First" ? "FIRST" : "LAST"}`,
		span: t.span
	});
	return {
		type: "UpsertIndex",
		targets,
		whereClause,
		span
	};
}
/**
* Flush the pending `state.stmt` (+ `state.explain`) as a {@link Cmd} onto
* `state.cmds`, then clear both slots for the next statement.  Called
* from the `ecmd ::= cmdx SEMI` / `ecmd ::= explain cmdx SEMI` rule
* actions, so the accumulator grows by one per top-level statement.
*
* A missing `stmt` is a no-op — it happens at `ecmd ::= SEMI` (a bare
* statement separator with nothing before it), which reduces to `ecmd`
* but never calls this hook.
*/
function flushCmd(state) {
	const stmt = state.stmt;
	if (stmt === void 0) return;
	const cmd = state.explain === void 0 ? stmt : {
		type: "ExplainStmt",
		queryPlan: state.explain === "QueryPlan",
		stmt,
		span: stmt.span
	};
	state.cmds.push(cmd);
	state.stmt = void 0;
	state.explain = void 0;
}
/**
* Wrap the accumulated `state.cmds` in a {@link CmdList}.  Span runs from
* the first command's start to the last's end; empty input produces a
* zero-length span at the beginning of the source.
*/
function finalizeCmdList(state) {
	const cmds = state.cmds;
	const first = cmds[0]?.span;
	const last = cmds[cmds.length - 1]?.span;
	return {
		type: "CmdList",
		cmds,
		span: first !== void 0 && last !== void 0 ? {
			offset: first.offset,
			length: last.offset + last.length - first.offset,
			line: first.line,
			col: first.col
		} : {
			offset: 0,
			length: 0,
			line: 1,
			col: 1
		}
	};
}
// node_modules/sqlite3-parser/dist/src/parser.js
/**
* Create a Parser for the grammar specified by `parserDefs` and `keywordDefs`.
*/
function parserModuleForGrammar(parserDefs, keywordDefs, options) {
	const { reduce, createState } = parserDefs;
	const tk = tokenizerModuleForGrammar(parserDefs, keywordDefs, options);
	const createEngine = engineModuleForGrammar(parserDefs);
	const buildSyntaxError = bindSyntaxDiagnostics(parserDefs, keywordDefs);
	const { CASE, COMMENT, END, ILLEGAL, LP, RP, SEMI, SPACE } = tk.tokens;
	const FILTER = requireTokenId(parserDefs, "FILTER");
	const OVER = requireTokenId(parserDefs, "OVER");
	const EOF = 0;
	function runCore(sql, opts, mode) {
		const { filename, emitTokens, ...tokenizeOptions } = opts;
		const errorContext = {
			source: sql,
			filename
		};
		const diagnostics = [];
		const tokens = emitTokens ? [] : void 0;
		const state = createState();
		const session = createEngine(reduce, state);
		const openers = [];
		let previousToken;
		let sawOverSinceLastFilterOrSemi = false;
		function syntaxErrorResult(token) {
			const error = session.errors[session.errors.length - 1];
			diagnostics.push(buildSyntaxError({
				token,
				state: error.stateno,
				previousToken,
				openers,
				sawOverSinceLastFilterOrSemi
			}));
			diagnostics.push(...state.errors);
			return {
				ok: false,
				errors: createParseDiagnosticArray(errorContext, diagnostics),
				tokens
			};
		}
		function noteSuccessfulToken(token) {
			const type = token.type;
			if (type === LP || type === CASE) openers.push(token);
			else if (type === RP || type === END) {
				const top = openers[openers.length - 1];
				if (top && (top.type === LP && type === RP || top.type === CASE && type === END)) openers.pop();
			}
			if (type === OVER) sawOverSinceLastFilterOrSemi = true;
			else if (type === FILTER || type === SEMI) sawOverSinceLastFilterOrSemi = false;
			previousToken = token;
			lastMajor = type;
		}
		let lastMajor;
		let tail = sql.length;
		const sourceTokens = tk.tokenize(sql, tokenizeOptions);
		for (const tok of sourceTokens) {
			if (tok.type === SPACE || tok.type === COMMENT) continue;
			if (tok.type === ILLEGAL) {
				tokens?.push(tok);
				diagnostics.push(buildIllegalTokenDiagnostic(tok));
				diagnostics.push(...state.errors);
				return {
					ok: false,
					errors: createParseDiagnosticArray(errorContext, diagnostics),
					tokens
				};
			}
			tokens?.push(tok);
			session.next(tok.type, tok, tok.span);
			const isTrailing = state.cmds.length >= 1 && tok.type !== SEMI;
			if (isTrailing && mode.rejectTrailing) {
				diagnostics.push({
					message: "expected end of input after single statement",
					token: tok,
					span: {
						offset: tok.span.offset,
						length: sql.length - tok.span.offset,
						line: tok.span.line,
						col: tok.span.col
					}
				});
				diagnostics.push(...state.errors);
				return {
					ok: false,
					errors: createParseDiagnosticArray(errorContext, diagnostics),
					tokens
				};
			}
			if (isTrailing && mode.firstStatement) {
				tail = tok.span.offset;
				return {
					ok: true,
					state,
					tail,
					tokens
				};
			}
			if (session.phase === "errored") return syntaxErrorResult(tok);
			noteSuccessfulToken(tok);
			if (session.phase !== "running") break;
		}
		if (session.phase === "running") {
			const endSpan = {
				offset: sourceTokens.offset,
				length: 0,
				line: sourceTokens.line,
				col: sourceTokens.col
			};
			if (lastMajor !== SEMI) {
				const semiToken = {
					type: SEMI,
					text: "",
					span: endSpan,
					synthetic: true
				};
				tokens?.push(semiToken);
				session.next(SEMI, semiToken, endSpan);
				if (session.errors.length > 0) return syntaxErrorResult(semiToken);
			}
			if (session.phase === "running") {
				const eofToken = {
					type: EOF,
					text: "",
					span: endSpan,
					synthetic: true
				};
				tokens?.push(eofToken);
				session.next(EOF, eofToken, endSpan);
				if (session.errors.length > 0) return syntaxErrorResult(eofToken);
			}
		}
		diagnostics.push(...state.errors);
		if (diagnostics.length > 0) return {
			ok: false,
			errors: createParseDiagnosticArray(errorContext, diagnostics),
			tokens
		};
		if (session.phase === "accepted") return {
			ok: true,
			state,
			tail,
			tokens
		};
		return {
			ok: false,
			errors: createParseDiagnosticArray(errorContext, [{
				message: "parse did not accept input",
				span: {
					offset: 0,
					length: 0,
					line: 1,
					col: 0
				}
			}]),
			tokens
		};
	}
	function parse(sql, opts = {}) {
		const outcome = runCore(sql, opts, {
			firstStatement: false,
			rejectTrailing: Boolean(options.singleStatement)
		});
		if (!outcome.ok) return {
			status: "error",
			errors: outcome.errors,
			tokens: outcome.tokens
		};
		return {
			status: "ok",
			root: finalizeCmdList(outcome.state),
			tokens: outcome.tokens
		};
	}
	function parseOrThrow(sql, opts) {
		const result = parse(sql, opts);
		if (result.status === "error") throw new Sqlite3ParserDiagnosticError(result.errors);
		return result;
	}
	function parseStmt(sql, opts = {}) {
		const { allowTrailing = false, ...rest } = opts;
		const outcome = runCore(sql, rest, {
			firstStatement: true,
			rejectTrailing: !allowTrailing
		});
		if (!outcome.ok) return {
			status: "error",
			errors: outcome.errors,
			tokens: outcome.tokens
		};
		const root = outcome.state.cmds[0];
		if (!root) return {
			status: "error",
			errors: createParseDiagnosticArray({
				source: sql,
				filename: opts.filename
			}, [{
				message: "no SQL statement in input",
				span: {
					offset: 0,
					length: 0,
					line: 1,
					col: 0
				}
			}]),
			tokens: outcome.tokens
		};
		return {
			status: "ok",
			root,
			tail: outcome.tail,
			tokens: outcome.tokens
		};
	}
	function parseStmtOrThrow(sql, opts = {}) {
		const result = parseStmt(sql, opts);
		if (result.status === "error") throw new Sqlite3ParserDiagnosticError(result.errors);
		return result;
	}
	return {
		parse,
		parseOrThrow,
		parseStmt,
		parseStmtOrThrow,
		tokenize: tk.tokenize,
		tokenName: tk.tokenName,
		createEngine,
		reduce,
		createState,
		withOptions: (newOptions) => parserModuleForGrammar(parserDefs, keywordDefs, {
			...options,
			...newOptions
		}),
		parserDefs,
		keywordDefs
	};
}
function requireTokenId(parserDefs, name) {
	const id = parserDefs.symbols.indexOf(name);
	if (id < 0) throw new Error(`parser.ts: missing terminal token "${name}"`);
	return id;
}
// node_modules/sqlite3-parser/dist/src/ast/parseState.js
/** Allocate a fresh {@link ParseState} for a new parse session. */
function makeParseState() {
	return {
		stmt: void 0,
		explain: void 0,
		cmds: [],
		constraintName: void 0,
		vtabArgs: [],
		vtabArgCurrent: "",
		errors: []
	};
}
// node_modules/sqlite3-parser/dist/generated/3.53.0/parse.js
var parse_exports = /* @__PURE__ */ __exportAll({
	constants: () => constants,
	createState: () => createState$1,
	reduce: () => reduce$1,
	symbols: () => symbols,
	tables: () => tables,
	tokens: () => tokens
});
/** TK_* → numeric token code, populated from the generated grammar. */
const tokens = {
	SEMI: 1,
	EXPLAIN: 2,
	QUERY: 3,
	PLAN: 4,
	BEGIN: 5,
	TRANSACTION: 6,
	DEFERRED: 7,
	IMMEDIATE: 8,
	EXCLUSIVE: 9,
	COMMIT: 10,
	END: 11,
	ROLLBACK: 12,
	SAVEPOINT: 13,
	RELEASE: 14,
	TO: 15,
	TABLE: 16,
	CREATE: 17,
	IF: 18,
	NOT: 19,
	EXISTS: 20,
	TEMP: 21,
	LP: 22,
	RP: 23,
	AS: 24,
	COMMA: 25,
	WITHOUT: 26,
	ABORT: 27,
	ACTION: 28,
	AFTER: 29,
	ANALYZE: 30,
	ASC: 31,
	ATTACH: 32,
	BEFORE: 33,
	BY: 34,
	CASCADE: 35,
	CAST: 36,
	CONFLICT: 37,
	DATABASE: 38,
	DESC: 39,
	DETACH: 40,
	EACH: 41,
	FAIL: 42,
	OR: 43,
	AND: 44,
	IS: 45,
	MATCH: 46,
	LIKE_KW: 47,
	BETWEEN: 48,
	IN: 49,
	ISNULL: 50,
	NOTNULL: 51,
	NE: 52,
	EQ: 53,
	GT: 54,
	LE: 55,
	LT: 56,
	GE: 57,
	ESCAPE: 58,
	ID: 59,
	COLUMNKW: 60,
	DO: 61,
	FOR: 62,
	IGNORE: 63,
	INITIALLY: 64,
	INSTEAD: 65,
	NO: 66,
	KEY: 67,
	OF: 68,
	OFFSET: 69,
	PRAGMA: 70,
	RAISE: 71,
	RECURSIVE: 72,
	REPLACE: 73,
	RESTRICT: 74,
	ROW: 75,
	ROWS: 76,
	TRIGGER: 77,
	VACUUM: 78,
	VIEW: 79,
	VIRTUAL: 80,
	WITH: 81,
	NULLS: 82,
	FIRST: 83,
	LAST: 84,
	CURRENT: 85,
	FOLLOWING: 86,
	PARTITION: 87,
	PRECEDING: 88,
	RANGE: 89,
	UNBOUNDED: 90,
	EXCLUDE: 91,
	GROUPS: 92,
	OTHERS: 93,
	TIES: 94,
	WITHIN: 95,
	GENERATED: 96,
	ALWAYS: 97,
	MATERIALIZED: 98,
	REINDEX: 99,
	RENAME: 100,
	CTIME_KW: 101,
	ANY: 102,
	BITAND: 103,
	BITOR: 104,
	LSHIFT: 105,
	RSHIFT: 106,
	PLUS: 107,
	MINUS: 108,
	STAR: 109,
	SLASH: 110,
	REM: 111,
	CONCAT: 112,
	PTR: 113,
	COLLATE: 114,
	BITNOT: 115,
	ON: 116,
	INDEXED: 117,
	STRING: 118,
	JOIN_KW: 119,
	CONSTRAINT: 120,
	DEFAULT: 121,
	NULL: 122,
	PRIMARY: 123,
	UNIQUE: 124,
	CHECK: 125,
	REFERENCES: 126,
	AUTOINCR: 127,
	INSERT: 128,
	DELETE: 129,
	UPDATE: 130,
	SET: 131,
	DEFERRABLE: 132,
	FOREIGN: 133,
	DROP: 134,
	UNION: 135,
	ALL: 136,
	EXCEPT: 137,
	INTERSECT: 138,
	SELECT: 139,
	VALUES: 140,
	DISTINCT: 141,
	DOT: 142,
	FROM: 143,
	JOIN: 144,
	USING: 145,
	ORDER: 146,
	GROUP: 147,
	HAVING: 148,
	LIMIT: 149,
	WHERE: 150,
	RETURNING: 151,
	INTO: 152,
	NOTHING: 153,
	BLOB: 154,
	FLOAT: 155,
	INTEGER: 156,
	VARIABLE: 157,
	CASE: 158,
	WHEN: 159,
	THEN: 160,
	ELSE: 161,
	INDEX: 162,
	ALTER: 163,
	ADD: 164,
	WINDOW: 165,
	OVER: 166,
	FILTER: 167,
	COLUMN: 168,
	AGG_FUNCTION: 169,
	AGG_COLUMN: 170,
	TRUEFALSE: 171,
	ISNOT: 172,
	FUNCTION: 173,
	UPLUS: 174,
	UMINUS: 175,
	TRUTH: 176,
	REGISTER: 177,
	VECTOR: 178,
	SELECT_COLUMN: 179,
	IF_NULL_ROW: 180,
	ASTERISK: 181,
	SPAN: 182,
	ERROR: 183,
	QNUMBER: 184,
	SPACE: 185,
	COMMENT: 186,
	ILLEGAL: 187
};
const constants = {
	YYNSTATE: 586,
	YYNRULE: 413,
	YYNTOKEN: 188,
	YYNSYMBOL: 314,
	YY_MAX_SHIFT: 585,
	YY_MIN_SHIFTREDUCE: 858,
	YY_MAX_SHIFTREDUCE: 1270,
	YY_ERROR_ACTION: 1271,
	YY_ACCEPT_ACTION: 1272,
	YY_NO_ACTION: 1273,
	YY_MIN_REDUCE: 1274,
	YY_MAX_REDUCE: 1686,
	YY_ACTTAB_COUNT: 2353,
	YY_SHIFT_COUNT: 585,
	YY_REDUCE_COUNT: 405,
	YYWILDCARD: 102,
	YYFALLBACK: 1
};
const yy_action = [
	490,
	230,
	579,
	133,
	130,
	188,
	579,
	1363,
	391,
	1337,
	579,
	382,
	579,
	402,
	579,
	383,
	579,
	1361,
	378,
	406,
	1396,
	579,
	48,
	48,
	274,
	1317,
	48,
	48,
	187,
	538,
	48,
	48,
	83,
	83,
	148,
	148,
	83,
	83,
	133,
	130,
	188,
	81,
	81,
	140,
	141,
	91,
	1086,
	1086,
	1100,
	1103,
	1090,
	1090,
	138,
	138,
	139,
	139,
	139,
	139,
	1320,
	984,
	335,
	223,
	1379,
	406,
	579,
	133,
	130,
	188,
	539,
	133,
	130,
	188,
	539,
	378,
	567,
	1015,
	560,
	533,
	1314,
	271,
	186,
	540,
	1319,
	1016,
	83,
	83,
	1328,
	140,
	141,
	91,
	1086,
	1086,
	1100,
	1103,
	1090,
	1090,
	138,
	138,
	139,
	139,
	139,
	139,
	384,
	137,
	137,
	137,
	137,
	136,
	136,
	135,
	135,
	135,
	134,
	131,
	445,
	1640,
	381,
	45,
	984,
	1642,
	539,
	380,
	1624,
	1640,
	553,
	570,
	570,
	570,
	1302,
	433,
	139,
	139,
	139,
	139,
	132,
	445,
	521,
	1632,
	406,
	1300,
	8,
	187,
	139,
	139,
	139,
	139,
	1549,
	137,
	137,
	137,
	137,
	136,
	136,
	135,
	135,
	135,
	134,
	131,
	445,
	133,
	130,
	188,
	140,
	141,
	91,
	1086,
	1086,
	1100,
	1103,
	1090,
	1090,
	138,
	138,
	139,
	139,
	139,
	139,
	1623,
	1592,
	137,
	137,
	137,
	137,
	136,
	136,
	135,
	135,
	135,
	134,
	131,
	445,
	137,
	137,
	137,
	137,
	136,
	136,
	135,
	135,
	135,
	134,
	131,
	445,
	1199,
	1681,
	1230,
	1681,
	1228,
	137,
	137,
	137,
	137,
	136,
	136,
	135,
	135,
	135,
	134,
	131,
	445,
	579,
	282,
	137,
	137,
	137,
	137,
	136,
	136,
	135,
	135,
	135,
	134,
	131,
	445,
	1272,
	1,
	1,
	585,
	3,
	1278,
	21,
	21,
	406,
	218,
	226,
	376,
	431,
	890,
	111,
	573,
	1632,
	364,
	1375,
	8,
	890,
	417,
	1585,
	136,
	136,
	135,
	135,
	135,
	134,
	131,
	445,
	1264,
	140,
	141,
	91,
	1086,
	1086,
	1100,
	1103,
	1090,
	1090,
	138,
	138,
	139,
	139,
	139,
	139,
	426,
	1302,
	1197,
	223,
	1379,
	244,
	520,
	223,
	1379,
	230,
	581,
	142,
	581,
	1354,
	443,
	442,
	567,
	1558,
	560,
	579,
	567,
	405,
	560,
	1143,
	890,
	891,
	890,
	896,
	1145,
	157,
	256,
	890,
	891,
	890,
	460,
	459,
	1144,
	486,
	1472,
	83,
	83,
	313,
	512,
	1355,
	249,
	137,
	137,
	137,
	137,
	136,
	136,
	135,
	135,
	135,
	134,
	131,
	445,
	6,
	478,
	449,
	428,
	537,
	1147,
	1147,
	579,
	406,
	281,
	239,
	372,
	515,
	367,
	514,
	269,
	376,
	534,
	545,
	327,
	561,
	363,
	298,
	1633,
	20,
	20,
	8,
	83,
	83,
	896,
	327,
	561,
	140,
	141,
	91,
	1086,
	1086,
	1100,
	1103,
	1090,
	1090,
	138,
	138,
	139,
	139,
	139,
	139,
	460,
	437,
	223,
	1379,
	488,
	436,
	406,
	223,
	1379,
	95,
	331,
	1662,
	585,
	3,
	1278,
	567,
	539,
	560,
	1658,
	226,
	567,
	1052,
	560,
	1199,
	1682,
	535,
	1682,
	1375,
	578,
	157,
	140,
	141,
	91,
	1086,
	1086,
	1100,
	1103,
	1090,
	1090,
	138,
	138,
	139,
	139,
	139,
	139,
	137,
	137,
	137,
	137,
	136,
	136,
	135,
	135,
	135,
	134,
	131,
	445,
	327,
	561,
	223,
	1379,
	579,
	577,
	579,
	443,
	442,
	264,
	275,
	1076,
	509,
	506,
	505,
	567,
	526,
	560,
	300,
	353,
	479,
	352,
	504,
	544,
	150,
	150,
	61,
	61,
	1063,
	256,
	327,
	561,
	1061,
	137,
	137,
	137,
	137,
	136,
	136,
	135,
	135,
	135,
	134,
	131,
	445,
	890,
	1197,
	488,
	223,
	1379,
	444,
	444,
	444,
	406,
	890,
	1147,
	1147,
	332,
	449,
	1683,
	399,
	567,
	527,
	560,
	1062,
	1064,
	1064,
	159,
	135,
	135,
	135,
	134,
	131,
	445,
	1367,
	1367,
	378,
	140,
	141,
	91,
	1086,
	1086,
	1100,
	1103,
	1090,
	1090,
	138,
	138,
	139,
	139,
	139,
	139,
	1365,
	1365,
	1244,
	890,
	536,
	406,
	967,
	968,
	425,
	274,
	96,
	890,
	891,
	890,
	264,
	557,
	161,
	509,
	506,
	505,
	890,
	891,
	890,
	401,
	412,
	890,
	305,
	504,
	47,
	140,
	141,
	91,
	1086,
	1086,
	1100,
	1103,
	1090,
	1090,
	138,
	138,
	139,
	139,
	139,
	139,
	984,
	137,
	137,
	137,
	137,
	136,
	136,
	135,
	135,
	135,
	134,
	131,
	445,
	584,
	1149,
	1278,
	1472,
	890,
	891,
	890,
	226,
	216,
	1379,
	1305,
	412,
	309,
	127,
	568,
	1375,
	4,
	337,
	982,
	928,
	525,
	567,
	1373,
	560,
	577,
	575,
	890,
	891,
	890,
	379,
	571,
	1623,
	137,
	137,
	137,
	137,
	136,
	136,
	135,
	135,
	135,
	134,
	131,
	445,
	223,
	1379,
	984,
	223,
	1379,
	374,
	513,
	171,
	406,
	446,
	223,
	1379,
	378,
	567,
	929,
	560,
	567,
	1298,
	560,
	1052,
	157,
	564,
	25,
	567,
	890,
	560,
	474,
	157,
	569,
	412,
	256,
	157,
	140,
	141,
	91,
	1086,
	1086,
	1100,
	1103,
	1090,
	1090,
	138,
	138,
	139,
	139,
	139,
	139,
	244,
	520,
	223,
	1379,
	1076,
	488,
	134,
	131,
	445,
	44,
	125,
	125,
	449,
	461,
	418,
	567,
	1630,
	560,
	126,
	8,
	446,
	580,
	446,
	890,
	429,
	1061,
	890,
	353,
	479,
	352,
	528,
	327,
	561,
	558,
	209,
	890,
	891,
	890,
	327,
	561,
	576,
	1625,
	327,
	561,
	484,
	137,
	137,
	137,
	137,
	136,
	136,
	135,
	135,
	135,
	134,
	131,
	445,
	1062,
	1064,
	1064,
	1065,
	36,
	223,
	1379,
	1631,
	223,
	1379,
	8,
	579,
	1623,
	406,
	890,
	7,
	255,
	360,
	567,
	308,
	560,
	567,
	236,
	560,
	890,
	891,
	890,
	890,
	891,
	890,
	1244,
	83,
	83,
	1155,
	1154,
	475,
	234,
	140,
	141,
	91,
	1086,
	1086,
	1100,
	1103,
	1090,
	1090,
	138,
	138,
	139,
	139,
	139,
	139,
	890,
	1222,
	1003,
	1222,
	406,
	413,
	117,
	98,
	510,
	1264,
	1052,
	1472,
	549,
	577,
	1221,
	323,
	1221,
	1223,
	407,
	1223,
	890,
	891,
	890,
	579,
	12,
	378,
	274,
	2,
	140,
	141,
	91,
	1086,
	1086,
	1100,
	1103,
	1090,
	1090,
	138,
	138,
	139,
	139,
	139,
	139,
	83,
	83,
	137,
	137,
	137,
	137,
	136,
	136,
	135,
	135,
	135,
	134,
	131,
	445,
	1222,
	890,
	891,
	890,
	984,
	224,
	1379,
	890,
	353,
	466,
	338,
	1264,
	46,
	1221,
	548,
	890,
	1223,
	575,
	567,
	406,
	560,
	422,
	439,
	910,
	210,
	1087,
	1087,
	1101,
	1104,
	472,
	246,
	137,
	137,
	137,
	137,
	136,
	136,
	135,
	135,
	135,
	134,
	131,
	445,
	140,
	141,
	91,
	1086,
	1086,
	1100,
	1103,
	1090,
	1090,
	138,
	138,
	139,
	139,
	139,
	139,
	406,
	577,
	579,
	890,
	902,
	984,
	1599,
	890,
	891,
	890,
	392,
	879,
	415,
	251,
	1623,
	890,
	891,
	890,
	454,
	462,
	579,
	41,
	50,
	50,
	140,
	141,
	91,
	1086,
	1086,
	1100,
	1103,
	1090,
	1090,
	138,
	138,
	139,
	139,
	139,
	139,
	579,
	51,
	51,
	1002,
	1091,
	579,
	137,
	137,
	137,
	137,
	136,
	136,
	135,
	135,
	135,
	134,
	131,
	445,
	579,
	890,
	21,
	21,
	890,
	891,
	890,
	21,
	21,
	1626,
	242,
	1380,
	1604,
	469,
	356,
	406,
	358,
	420,
	1602,
	1243,
	83,
	83,
	427,
	567,
	456,
	560,
	163,
	137,
	137,
	137,
	137,
	136,
	136,
	135,
	135,
	135,
	134,
	131,
	445,
	140,
	141,
	91,
	1086,
	1086,
	1100,
	1103,
	1090,
	1090,
	138,
	138,
	139,
	139,
	139,
	139,
	406,
	425,
	440,
	1124,
	170,
	890,
	891,
	890,
	342,
	897,
	868,
	869,
	870,
	267,
	266,
	265,
	577,
	1629,
	577,
	579,
	8,
	1597,
	579,
	416,
	140,
	141,
	91,
	1086,
	1086,
	1100,
	1103,
	1090,
	1090,
	138,
	138,
	139,
	139,
	139,
	139,
	83,
	83,
	1541,
	21,
	21,
	1488,
	137,
	137,
	137,
	137,
	136,
	136,
	135,
	135,
	135,
	134,
	131,
	445,
	312,
	1257,
	488,
	579,
	577,
	389,
	425,
	171,
	1558,
	1591,
	301,
	897,
	339,
	1628,
	341,
	406,
	8,
	237,
	441,
	1077,
	229,
	373,
	1655,
	83,
	83,
	1554,
	1556,
	137,
	137,
	137,
	137,
	136,
	136,
	135,
	135,
	135,
	134,
	131,
	445,
	140,
	141,
	91,
	1086,
	1086,
	1100,
	1103,
	1090,
	1090,
	138,
	138,
	139,
	139,
	139,
	139,
	406,
	291,
	579,
	1e3,
	1057,
	324,
	1151,
	1015,
	577,
	577,
	1150,
	371,
	501,
	1548,
	1374,
	1016,
	398,
	1269,
	303,
	310,
	144,
	370,
	66,
	66,
	140,
	141,
	91,
	1086,
	1086,
	1100,
	1103,
	1090,
	1090,
	138,
	138,
	139,
	139,
	139,
	139,
	268,
	579,
	1554,
	473,
	340,
	406,
	137,
	137,
	137,
	137,
	136,
	136,
	135,
	135,
	135,
	134,
	131,
	445,
	905,
	577,
	577,
	67,
	67,
	577,
	1370,
	468,
	237,
	1490,
	471,
	140,
	141,
	91,
	1086,
	1086,
	1100,
	1103,
	1090,
	1090,
	138,
	138,
	139,
	139,
	139,
	139,
	579,
	137,
	137,
	137,
	137,
	136,
	136,
	135,
	135,
	135,
	134,
	131,
	445,
	1270,
	247,
	555,
	1076,
	373,
	1655,
	1603,
	21,
	21,
	241,
	240,
	398,
	1198,
	411,
	414,
	190,
	425,
	1489,
	1472,
	905,
	1063,
	554,
	432,
	390,
	1061,
	171,
	1001,
	579,
	425,
	363,
	1236,
	1585,
	137,
	137,
	137,
	137,
	136,
	136,
	135,
	135,
	135,
	134,
	131,
	445,
	890,
	1172,
	579,
	21,
	21,
	530,
	579,
	373,
	1655,
	297,
	1172,
	1472,
	1062,
	1064,
	1064,
	425,
	1173,
	1222,
	220,
	223,
	1379,
	517,
	21,
	21,
	124,
	1173,
	23,
	23,
	572,
	1491,
	1221,
	1174,
	567,
	1223,
	560,
	464,
	579,
	221,
	304,
	1235,
	1174,
	423,
	1244,
	296,
	90,
	118,
	579,
	1270,
	977,
	486,
	350,
	114,
	952,
	976,
	1341,
	579,
	21,
	21,
	890,
	891,
	890,
	563,
	953,
	373,
	1655,
	406,
	52,
	52,
	457,
	1171,
	495,
	556,
	330,
	287,
	577,
	68,
	68,
	577,
	424,
	355,
	543,
	311,
	289,
	577,
	1204,
	406,
	579,
	547,
	357,
	140,
	141,
	91,
	1086,
	1086,
	1100,
	1103,
	1090,
	1090,
	138,
	138,
	139,
	139,
	139,
	139,
	579,
	406,
	53,
	53,
	541,
	140,
	141,
	91,
	1086,
	1086,
	1100,
	1103,
	1090,
	1090,
	138,
	138,
	139,
	139,
	139,
	139,
	69,
	69,
	579,
	293,
	186,
	140,
	141,
	91,
	1086,
	1086,
	1100,
	1103,
	1090,
	1090,
	138,
	138,
	139,
	139,
	139,
	139,
	579,
	557,
	70,
	70,
	268,
	137,
	137,
	137,
	137,
	136,
	136,
	135,
	135,
	135,
	134,
	131,
	445,
	579,
	577,
	579,
	71,
	71,
	579,
	328,
	1600,
	137,
	137,
	137,
	137,
	136,
	136,
	135,
	135,
	135,
	134,
	131,
	445,
	72,
	72,
	73,
	73,
	1340,
	54,
	54,
	579,
	137,
	137,
	137,
	137,
	136,
	136,
	135,
	135,
	135,
	134,
	131,
	445,
	579,
	465,
	579,
	1611,
	481,
	542,
	579,
	55,
	55,
	579,
	90,
	470,
	579,
	90,
	579,
	485,
	579,
	411,
	579,
	1580,
	56,
	56,
	58,
	58,
	90,
	122,
	59,
	59,
	579,
	60,
	60,
	326,
	74,
	74,
	146,
	146,
	147,
	147,
	75,
	75,
	90,
	117,
	579,
	99,
	233,
	406,
	492,
	1414,
	76,
	76,
	231,
	1353,
	977,
	940,
	123,
	1415,
	120,
	976,
	1194,
	494,
	400,
	242,
	77,
	77,
	451,
	406,
	579,
	453,
	359,
	140,
	141,
	91,
	1086,
	1086,
	1100,
	1103,
	1090,
	1090,
	138,
	138,
	139,
	139,
	139,
	139,
	1339,
	406,
	22,
	22,
	579,
	140,
	129,
	91,
	1086,
	1086,
	1100,
	1103,
	1090,
	1090,
	138,
	138,
	139,
	139,
	139,
	139,
	165,
	579,
	17,
	579,
	78,
	78,
	141,
	91,
	1086,
	1086,
	1100,
	1103,
	1090,
	1090,
	138,
	138,
	139,
	139,
	139,
	139,
	260,
	62,
	62,
	79,
	79,
	137,
	137,
	137,
	137,
	136,
	136,
	135,
	135,
	135,
	134,
	131,
	445,
	480,
	579,
	919,
	493,
	579,
	344,
	579,
	117,
	137,
	137,
	137,
	137,
	136,
	136,
	135,
	135,
	135,
	134,
	131,
	445,
	579,
	63,
	63,
	348,
	80,
	80,
	64,
	64,
	137,
	137,
	137,
	137,
	136,
	136,
	135,
	135,
	135,
	134,
	131,
	445,
	82,
	82,
	579,
	913,
	579,
	115,
	579,
	1357,
	406,
	579,
	482,
	579,
	1e3,
	349,
	1054,
	117,
	273,
	1338,
	487,
	39,
	273,
	366,
	174,
	174,
	175,
	175,
	87,
	87,
	377,
	65,
	65,
	149,
	149,
	306,
	91,
	1086,
	1086,
	1100,
	1103,
	1090,
	1090,
	138,
	138,
	139,
	139,
	139,
	139,
	1248,
	448,
	579,
	40,
	295,
	579,
	489,
	579,
	273,
	396,
	396,
	395,
	284,
	393,
	262,
	913,
	1251,
	579,
	502,
	361,
	270,
	117,
	84,
	84,
	294,
	172,
	172,
	151,
	151,
	193,
	1404,
	334,
	927,
	926,
	934,
	935,
	166,
	145,
	145,
	333,
	579,
	169,
	579,
	117,
	1425,
	137,
	137,
	137,
	137,
	136,
	136,
	135,
	135,
	135,
	134,
	131,
	445,
	1471,
	579,
	247,
	173,
	173,
	167,
	167,
	1131,
	127,
	568,
	1399,
	4,
	195,
	579,
	1127,
	579,
	270,
	1018,
	1019,
	579,
	179,
	155,
	155,
	156,
	1066,
	571,
	579,
	1001,
	127,
	568,
	579,
	4,
	579,
	154,
	154,
	152,
	152,
	10,
	579,
	153,
	153,
	194,
	579,
	1148,
	1148,
	571,
	86,
	86,
	446,
	322,
	88,
	88,
	85,
	85,
	1006,
	975,
	273,
	124,
	49,
	49,
	564,
	1648,
	57,
	57,
	562,
	972,
	1131,
	124,
	446,
	974,
	1411,
	124,
	1146,
	1146,
	551,
	894,
	408,
	162,
	1476,
	550,
	564,
	327,
	561,
	1066,
	497,
	1316,
	1301,
	1306,
	1290,
	252,
	1076,
	1289,
	1291,
	1282,
	551,
	288,
	125,
	125,
	318,
	552,
	319,
	13,
	518,
	320,
	126,
	458,
	446,
	580,
	446,
	397,
	1076,
	1061,
	299,
	250,
	254,
	1452,
	125,
	125,
	463,
	127,
	568,
	1457,
	4,
	302,
	126,
	346,
	446,
	580,
	446,
	1445,
	1462,
	1061,
	1461,
	507,
	491,
	1583,
	571,
	243,
	369,
	1337,
	1545,
	347,
	1544,
	1062,
	1064,
	1064,
	1065,
	36,
	307,
	351,
	565,
	388,
	227,
	228,
	1292,
	516,
	1264,
	1261,
	1408,
	446,
	1409,
	1606,
	1407,
	1062,
	1064,
	1064,
	1065,
	36,
	321,
	295,
	1406,
	564,
	238,
	1244,
	396,
	396,
	395,
	284,
	393,
	98,
	1608,
	1251,
	1607,
	207,
	235,
	551,
	184,
	1458,
	197,
	1550,
	550,
	14,
	248,
	1244,
	193,
	94,
	334,
	97,
	467,
	500,
	199,
	1076,
	203,
	200,
	333,
	201,
	202,
	125,
	125,
	115,
	204,
	1464,
	1463,
	127,
	568,
	126,
	4,
	446,
	580,
	446,
	1539,
	1584,
	1061,
	483,
	15,
	1582,
	211,
	1467,
	100,
	477,
	571,
	496,
	354,
	217,
	195,
	213,
	498,
	214,
	403,
	1360,
	1359,
	1358,
	179,
	430,
	106,
	156,
	1348,
	404,
	1331,
	1330,
	919,
	244,
	1325,
	446,
	1062,
	1064,
	1064,
	1065,
	36,
	1661,
	1248,
	448,
	368,
	194,
	295,
	564,
	1323,
	1324,
	1347,
	396,
	396,
	395,
	284,
	393,
	1322,
	143,
	1251,
	434,
	1654,
	435,
	1377,
	529,
	316,
	375,
	1244,
	317,
	11,
	1524,
	276,
	193,
	438,
	334,
	1430,
	1636,
	1635,
	1076,
	119,
	164,
	408,
	333,
	1429,
	125,
	125,
	327,
	561,
	1386,
	116,
	325,
	386,
	126,
	385,
	446,
	580,
	446,
	387,
	546,
	1061,
	1378,
	1376,
	43,
	582,
	127,
	568,
	1249,
	4,
	225,
	283,
	458,
	285,
	195,
	286,
	583,
	160,
	1287,
	1279,
	532,
	176,
	179,
	571,
	409,
	156,
	191,
	410,
	177,
	314,
	861,
	447,
	232,
	1062,
	1064,
	1064,
	1065,
	36,
	178,
	329,
	450,
	1189,
	452,
	194,
	92,
	455,
	446,
	93,
	253,
	336,
	192,
	196,
	1141,
	1139,
	180,
	198,
	1257,
	955,
	564,
	257,
	343,
	24,
	258,
	1244,
	345,
	1152,
	273,
	205,
	1159,
	1163,
	206,
	181,
	182,
	476,
	419,
	421,
	208,
	101,
	408,
	183,
	102,
	1165,
	259,
	327,
	561,
	261,
	1162,
	5,
	1076,
	103,
	212,
	16,
	878,
	104,
	125,
	125,
	981,
	499,
	89,
	568,
	370,
	4,
	126,
	263,
	446,
	580,
	446,
	458,
	215,
	1061,
	503,
	105,
	26,
	508,
	362,
	571,
	27,
	917,
	127,
	568,
	365,
	4,
	107,
	930,
	315,
	185,
	168,
	28,
	108,
	519,
	522,
	1241,
	511,
	523,
	110,
	571,
	109,
	524,
	446,
	1106,
	1206,
	1062,
	1064,
	1064,
	1065,
	36,
	18,
	1205,
	112,
	113,
	564,
	1122,
	1107,
	1105,
	966,
	290,
	245,
	272,
	446,
	124,
	292,
	219,
	1010,
	1004,
	1225,
	29,
	1227,
	30,
	1233,
	31,
	564,
	1244,
	32,
	1229,
	117,
	33,
	1234,
	1109,
	34,
	1110,
	1076,
	35,
	559,
	121,
	9,
	1170,
	125,
	125,
	277,
	37,
	566,
	19,
	278,
	1067,
	126,
	895,
	446,
	580,
	446,
	128,
	1076,
	1061,
	1211,
	42,
	574,
	38,
	125,
	125,
	222,
	189,
	158,
	279,
	280,
	1307,
	126,
	394,
	446,
	580,
	446,
	859,
	531,
	1061,
	858,
	1273,
	1273,
	1273,
	1273,
	1273,
	1273,
	1273,
	1273,
	1273,
	1273,
	1062,
	1064,
	1064,
	1065,
	36,
	1273,
	1273,
	1273,
	1273,
	1273,
	1273,
	1273,
	1273,
	1273,
	1273,
	1273,
	1273,
	1273,
	1273,
	1273,
	1062,
	1064,
	1064,
	1065,
	36,
	1273,
	1273,
	1273,
	1273,
	1273,
	1244,
	1273,
	1273,
	1273,
	1273,
	1273,
	1273,
	1273,
	1273,
	1273,
	1273,
	1273,
	1273,
	1273,
	1273,
	1273,
	1273,
	1273,
	1273,
	1273,
	1244
];
const yy_lookahead = [
	196,
	196,
	196,
	273,
	274,
	275,
	196,
	223,
	203,
	225,
	196,
	219,
	196,
	208,
	196,
	219,
	196,
	233,
	196,
	19,
	255,
	196,
	216,
	217,
	24,
	216,
	216,
	217,
	196,
	206,
	216,
	217,
	216,
	217,
	216,
	217,
	216,
	217,
	273,
	274,
	275,
	216,
	217,
	43,
	44,
	45,
	46,
	47,
	48,
	49,
	50,
	51,
	52,
	53,
	54,
	55,
	56,
	57,
	216,
	59,
	196,
	238,
	239,
	19,
	196,
	273,
	274,
	275,
	252,
	273,
	274,
	275,
	252,
	196,
	251,
	31,
	253,
	261,
	215,
	256,
	257,
	261,
	216,
	39,
	216,
	217,
	223,
	43,
	44,
	45,
	46,
	47,
	48,
	49,
	50,
	51,
	52,
	53,
	54,
	55,
	56,
	57,
	277,
	103,
	104,
	105,
	106,
	107,
	108,
	109,
	110,
	111,
	112,
	113,
	114,
	309,
	310,
	240,
	118,
	309,
	252,
	311,
	300,
	309,
	310,
	212,
	213,
	214,
	196,
	261,
	54,
	55,
	56,
	57,
	58,
	114,
	304,
	305,
	19,
	207,
	308,
	196,
	54,
	55,
	56,
	57,
	282,
	103,
	104,
	105,
	106,
	107,
	108,
	109,
	110,
	111,
	112,
	113,
	114,
	273,
	274,
	275,
	43,
	44,
	45,
	46,
	47,
	48,
	49,
	50,
	51,
	52,
	53,
	54,
	55,
	56,
	57,
	300,
	292,
	103,
	104,
	105,
	106,
	107,
	108,
	109,
	110,
	111,
	112,
	113,
	114,
	103,
	104,
	105,
	106,
	107,
	108,
	109,
	110,
	111,
	112,
	113,
	114,
	22,
	23,
	86,
	25,
	88,
	103,
	104,
	105,
	106,
	107,
	108,
	109,
	110,
	111,
	112,
	113,
	114,
	196,
	26,
	103,
	104,
	105,
	106,
	107,
	108,
	109,
	110,
	111,
	112,
	113,
	114,
	188,
	189,
	190,
	191,
	192,
	193,
	216,
	217,
	19,
	25,
	198,
	196,
	19,
	59,
	25,
	304,
	305,
	24,
	206,
	308,
	59,
	231,
	206,
	107,
	108,
	109,
	110,
	111,
	112,
	113,
	114,
	60,
	43,
	44,
	45,
	46,
	47,
	48,
	49,
	50,
	51,
	52,
	53,
	54,
	55,
	56,
	57,
	232,
	196,
	102,
	238,
	239,
	166,
	167,
	238,
	239,
	196,
	205,
	69,
	207,
	230,
	107,
	108,
	251,
	196,
	253,
	196,
	251,
	208,
	253,
	116,
	117,
	118,
	119,
	59,
	121,
	81,
	265,
	117,
	118,
	119,
	213,
	214,
	129,
	268,
	196,
	216,
	217,
	228,
	96,
	230,
	120,
	103,
	104,
	105,
	106,
	107,
	108,
	109,
	110,
	111,
	112,
	113,
	114,
	288,
	289,
	294,
	114,
	196,
	155,
	156,
	196,
	19,
	120,
	121,
	122,
	123,
	124,
	125,
	126,
	196,
	206,
	252,
	139,
	140,
	132,
	206,
	305,
	216,
	217,
	308,
	216,
	217,
	118,
	139,
	140,
	43,
	44,
	45,
	46,
	47,
	48,
	49,
	50,
	51,
	52,
	53,
	54,
	55,
	56,
	57,
	283,
	263,
	238,
	239,
	196,
	232,
	19,
	238,
	239,
	67,
	23,
	190,
	191,
	192,
	193,
	251,
	252,
	253,
	196,
	198,
	251,
	73,
	253,
	22,
	23,
	261,
	25,
	206,
	196,
	81,
	43,
	44,
	45,
	46,
	47,
	48,
	49,
	50,
	51,
	52,
	53,
	54,
	55,
	56,
	57,
	103,
	104,
	105,
	106,
	107,
	108,
	109,
	110,
	111,
	112,
	113,
	114,
	139,
	140,
	238,
	239,
	196,
	196,
	196,
	107,
	108,
	120,
	201,
	101,
	123,
	124,
	125,
	251,
	206,
	253,
	267,
	128,
	129,
	130,
	133,
	196,
	216,
	217,
	216,
	217,
	118,
	265,
	139,
	140,
	122,
	103,
	104,
	105,
	106,
	107,
	108,
	109,
	110,
	111,
	112,
	113,
	114,
	59,
	102,
	196,
	238,
	239,
	212,
	213,
	214,
	19,
	59,
	155,
	156,
	23,
	294,
	297,
	298,
	251,
	252,
	253,
	154,
	155,
	156,
	72,
	109,
	110,
	111,
	112,
	113,
	114,
	235,
	236,
	196,
	43,
	44,
	45,
	46,
	47,
	48,
	49,
	50,
	51,
	52,
	53,
	54,
	55,
	56,
	57,
	235,
	236,
	184,
	59,
	135,
	19,
	137,
	138,
	196,
	24,
	24,
	117,
	118,
	119,
	120,
	146,
	72,
	123,
	124,
	125,
	117,
	118,
	119,
	210,
	211,
	59,
	267,
	133,
	240,
	43,
	44,
	45,
	46,
	47,
	48,
	49,
	50,
	51,
	52,
	53,
	54,
	55,
	56,
	57,
	59,
	103,
	104,
	105,
	106,
	107,
	108,
	109,
	110,
	111,
	112,
	113,
	114,
	191,
	11,
	193,
	196,
	117,
	118,
	119,
	198,
	238,
	239,
	210,
	211,
	206,
	19,
	20,
	206,
	22,
	262,
	109,
	35,
	95,
	251,
	206,
	253,
	196,
	196,
	117,
	118,
	119,
	201,
	36,
	300,
	103,
	104,
	105,
	106,
	107,
	108,
	109,
	110,
	111,
	112,
	113,
	114,
	238,
	239,
	118,
	238,
	239,
	241,
	66,
	243,
	19,
	59,
	238,
	239,
	196,
	251,
	74,
	253,
	251,
	206,
	253,
	73,
	81,
	71,
	22,
	251,
	59,
	253,
	263,
	81,
	210,
	211,
	265,
	81,
	43,
	44,
	45,
	46,
	47,
	48,
	49,
	50,
	51,
	52,
	53,
	54,
	55,
	56,
	57,
	166,
	167,
	238,
	239,
	101,
	196,
	112,
	113,
	114,
	240,
	107,
	108,
	294,
	121,
	61,
	251,
	305,
	253,
	115,
	308,
	117,
	118,
	119,
	59,
	131,
	122,
	59,
	128,
	129,
	130,
	206,
	139,
	140,
	206,
	22,
	117,
	118,
	119,
	139,
	140,
	302,
	303,
	139,
	140,
	116,
	103,
	104,
	105,
	106,
	107,
	108,
	109,
	110,
	111,
	112,
	113,
	114,
	154,
	155,
	156,
	157,
	158,
	238,
	239,
	305,
	238,
	239,
	308,
	196,
	300,
	19,
	59,
	22,
	15,
	23,
	251,
	267,
	253,
	251,
	151,
	253,
	117,
	118,
	119,
	117,
	118,
	119,
	184,
	216,
	217,
	128,
	129,
	130,
	151,
	43,
	44,
	45,
	46,
	47,
	48,
	49,
	50,
	51,
	52,
	53,
	54,
	55,
	56,
	57,
	59,
	76,
	144,
	76,
	19,
	199,
	25,
	152,
	23,
	60,
	73,
	196,
	87,
	196,
	89,
	252,
	89,
	92,
	201,
	92,
	117,
	118,
	119,
	196,
	22,
	196,
	24,
	22,
	43,
	44,
	45,
	46,
	47,
	48,
	49,
	50,
	51,
	52,
	53,
	54,
	55,
	56,
	57,
	216,
	217,
	103,
	104,
	105,
	106,
	107,
	108,
	109,
	110,
	111,
	112,
	113,
	114,
	76,
	117,
	118,
	119,
	59,
	238,
	239,
	59,
	128,
	129,
	130,
	60,
	240,
	89,
	146,
	59,
	92,
	196,
	251,
	19,
	253,
	263,
	252,
	23,
	22,
	46,
	47,
	48,
	49,
	280,
	196,
	103,
	104,
	105,
	106,
	107,
	108,
	109,
	110,
	111,
	112,
	113,
	114,
	43,
	44,
	45,
	46,
	47,
	48,
	49,
	50,
	51,
	52,
	53,
	54,
	55,
	56,
	57,
	19,
	196,
	196,
	59,
	23,
	118,
	201,
	117,
	118,
	119,
	16,
	21,
	196,
	120,
	300,
	117,
	118,
	119,
	125,
	268,
	196,
	22,
	216,
	217,
	43,
	44,
	45,
	46,
	47,
	48,
	49,
	50,
	51,
	52,
	53,
	54,
	55,
	56,
	57,
	196,
	216,
	217,
	144,
	122,
	196,
	103,
	104,
	105,
	106,
	107,
	108,
	109,
	110,
	111,
	112,
	113,
	114,
	196,
	59,
	216,
	217,
	117,
	118,
	119,
	216,
	217,
	303,
	25,
	239,
	196,
	80,
	77,
	19,
	79,
	231,
	196,
	23,
	216,
	217,
	231,
	251,
	196,
	253,
	22,
	103,
	104,
	105,
	106,
	107,
	108,
	109,
	110,
	111,
	112,
	113,
	114,
	43,
	44,
	45,
	46,
	47,
	48,
	49,
	50,
	51,
	52,
	53,
	54,
	55,
	56,
	57,
	19,
	196,
	252,
	124,
	23,
	117,
	118,
	119,
	16,
	59,
	7,
	8,
	9,
	128,
	129,
	130,
	196,
	305,
	196,
	196,
	308,
	201,
	196,
	201,
	43,
	44,
	45,
	46,
	47,
	48,
	49,
	50,
	51,
	52,
	53,
	54,
	55,
	56,
	57,
	216,
	217,
	162,
	216,
	217,
	272,
	103,
	104,
	105,
	106,
	107,
	108,
	109,
	110,
	111,
	112,
	113,
	114,
	231,
	25,
	196,
	196,
	196,
	241,
	196,
	243,
	196,
	201,
	262,
	118,
	77,
	305,
	79,
	19,
	308,
	143,
	252,
	23,
	196,
	306,
	307,
	216,
	217,
	213,
	214,
	103,
	104,
	105,
	106,
	107,
	108,
	109,
	110,
	111,
	112,
	113,
	114,
	43,
	44,
	45,
	46,
	47,
	48,
	49,
	50,
	51,
	52,
	53,
	54,
	55,
	56,
	57,
	19,
	23,
	196,
	25,
	23,
	252,
	29,
	31,
	196,
	196,
	33,
	122,
	19,
	201,
	201,
	39,
	22,
	23,
	262,
	267,
	22,
	132,
	216,
	217,
	43,
	44,
	45,
	46,
	47,
	48,
	49,
	50,
	51,
	52,
	53,
	54,
	55,
	56,
	57,
	46,
	196,
	283,
	65,
	162,
	19,
	103,
	104,
	105,
	106,
	107,
	108,
	109,
	110,
	111,
	112,
	113,
	114,
	59,
	196,
	196,
	216,
	217,
	196,
	201,
	201,
	143,
	272,
	201,
	43,
	44,
	45,
	46,
	47,
	48,
	49,
	50,
	51,
	52,
	53,
	54,
	55,
	56,
	57,
	196,
	103,
	104,
	105,
	106,
	107,
	108,
	109,
	110,
	111,
	112,
	113,
	114,
	102,
	119,
	66,
	101,
	306,
	307,
	196,
	216,
	217,
	107,
	108,
	22,
	23,
	116,
	295,
	296,
	196,
	272,
	196,
	117,
	118,
	85,
	231,
	241,
	122,
	243,
	144,
	196,
	196,
	132,
	94,
	206,
	103,
	104,
	105,
	106,
	107,
	108,
	109,
	110,
	111,
	112,
	113,
	114,
	59,
	12,
	196,
	216,
	217,
	19,
	196,
	306,
	307,
	100,
	12,
	196,
	154,
	155,
	156,
	196,
	27,
	76,
	231,
	238,
	239,
	109,
	216,
	217,
	25,
	27,
	216,
	217,
	87,
	272,
	89,
	42,
	251,
	92,
	253,
	245,
	196,
	231,
	262,
	147,
	42,
	263,
	184,
	134,
	254,
	160,
	196,
	102,
	136,
	268,
	262,
	116,
	63,
	141,
	226,
	196,
	216,
	217,
	117,
	118,
	119,
	63,
	73,
	306,
	307,
	19,
	216,
	217,
	196,
	23,
	289,
	231,
	163,
	164,
	196,
	216,
	217,
	196,
	263,
	201,
	145,
	262,
	201,
	196,
	98,
	19,
	196,
	146,
	201,
	43,
	44,
	45,
	46,
	47,
	48,
	49,
	50,
	51,
	52,
	53,
	54,
	55,
	56,
	57,
	196,
	19,
	216,
	217,
	19,
	43,
	44,
	45,
	46,
	47,
	48,
	49,
	50,
	51,
	52,
	53,
	54,
	55,
	56,
	57,
	216,
	217,
	196,
	256,
	257,
	43,
	44,
	45,
	46,
	47,
	48,
	49,
	50,
	51,
	52,
	53,
	54,
	55,
	56,
	57,
	196,
	146,
	216,
	217,
	46,
	103,
	104,
	105,
	106,
	107,
	108,
	109,
	110,
	111,
	112,
	113,
	114,
	196,
	196,
	196,
	216,
	217,
	196,
	201,
	196,
	103,
	104,
	105,
	106,
	107,
	108,
	109,
	110,
	111,
	112,
	113,
	114,
	216,
	217,
	216,
	217,
	226,
	216,
	217,
	196,
	103,
	104,
	105,
	106,
	107,
	108,
	109,
	110,
	111,
	112,
	113,
	114,
	196,
	245,
	196,
	196,
	245,
	117,
	196,
	216,
	217,
	196,
	254,
	196,
	196,
	254,
	196,
	245,
	196,
	116,
	196,
	196,
	216,
	217,
	216,
	217,
	254,
	160,
	216,
	217,
	196,
	216,
	217,
	245,
	216,
	217,
	216,
	217,
	216,
	217,
	216,
	217,
	254,
	25,
	196,
	150,
	151,
	19,
	19,
	196,
	216,
	217,
	24,
	23,
	136,
	25,
	159,
	196,
	161,
	141,
	23,
	196,
	25,
	25,
	216,
	217,
	131,
	19,
	196,
	134,
	196,
	43,
	44,
	45,
	46,
	47,
	48,
	49,
	50,
	51,
	52,
	53,
	54,
	55,
	56,
	57,
	226,
	19,
	216,
	217,
	196,
	43,
	44,
	45,
	46,
	47,
	48,
	49,
	50,
	51,
	52,
	53,
	54,
	55,
	56,
	57,
	22,
	196,
	24,
	196,
	216,
	217,
	44,
	45,
	46,
	47,
	48,
	49,
	50,
	51,
	52,
	53,
	54,
	55,
	56,
	57,
	24,
	216,
	217,
	216,
	217,
	103,
	104,
	105,
	106,
	107,
	108,
	109,
	110,
	111,
	112,
	113,
	114,
	130,
	196,
	127,
	117,
	196,
	23,
	196,
	25,
	103,
	104,
	105,
	106,
	107,
	108,
	109,
	110,
	111,
	112,
	113,
	114,
	196,
	216,
	217,
	153,
	216,
	217,
	216,
	217,
	103,
	104,
	105,
	106,
	107,
	108,
	109,
	110,
	111,
	112,
	113,
	114,
	216,
	217,
	196,
	59,
	196,
	150,
	196,
	196,
	19,
	196,
	130,
	196,
	25,
	23,
	23,
	25,
	25,
	196,
	23,
	22,
	25,
	196,
	216,
	217,
	216,
	217,
	216,
	217,
	196,
	216,
	217,
	216,
	217,
	153,
	45,
	46,
	47,
	48,
	49,
	50,
	51,
	52,
	53,
	54,
	55,
	56,
	57,
	1,
	2,
	196,
	53,
	5,
	196,
	23,
	196,
	25,
	10,
	11,
	12,
	13,
	14,
	142,
	118,
	17,
	196,
	23,
	23,
	25,
	25,
	216,
	217,
	22,
	216,
	217,
	216,
	217,
	30,
	258,
	32,
	121,
	122,
	7,
	8,
	23,
	216,
	217,
	40,
	196,
	23,
	196,
	25,
	196,
	103,
	104,
	105,
	106,
	107,
	108,
	109,
	110,
	111,
	112,
	113,
	114,
	196,
	196,
	119,
	216,
	217,
	216,
	217,
	59,
	19,
	20,
	196,
	22,
	70,
	196,
	23,
	196,
	25,
	83,
	84,
	196,
	78,
	216,
	217,
	81,
	59,
	36,
	196,
	144,
	19,
	20,
	196,
	22,
	196,
	216,
	217,
	216,
	217,
	48,
	196,
	216,
	217,
	99,
	196,
	155,
	156,
	36,
	216,
	217,
	59,
	255,
	216,
	217,
	216,
	217,
	23,
	23,
	25,
	25,
	216,
	217,
	71,
	313,
	216,
	217,
	236,
	23,
	118,
	25,
	59,
	23,
	196,
	25,
	155,
	156,
	85,
	23,
	134,
	25,
	196,
	90,
	71,
	139,
	140,
	118,
	285,
	196,
	196,
	142,
	196,
	293,
	101,
	196,
	196,
	196,
	85,
	284,
	107,
	108,
	255,
	90,
	255,
	244,
	146,
	255,
	115,
	163,
	117,
	118,
	119,
	194,
	101,
	122,
	246,
	293,
	293,
	266,
	107,
	108,
	259,
	19,
	20,
	270,
	22,
	259,
	115,
	290,
	117,
	118,
	119,
	266,
	270,
	122,
	270,
	220,
	290,
	270,
	36,
	229,
	219,
	225,
	219,
	247,
	219,
	154,
	155,
	156,
	157,
	158,
	247,
	246,
	279,
	246,
	241,
	241,
	202,
	116,
	60,
	38,
	260,
	59,
	260,
	218,
	260,
	154,
	155,
	156,
	157,
	158,
	259,
	5,
	260,
	71,
	244,
	184,
	10,
	11,
	12,
	13,
	14,
	152,
	218,
	17,
	218,
	22,
	151,
	85,
	43,
	271,
	234,
	282,
	90,
	269,
	293,
	184,
	30,
	291,
	32,
	291,
	18,
	18,
	237,
	101,
	200,
	237,
	40,
	237,
	237,
	107,
	108,
	150,
	200,
	271,
	271,
	19,
	20,
	115,
	22,
	117,
	118,
	119,
	247,
	247,
	122,
	247,
	269,
	247,
	234,
	234,
	159,
	62,
	36,
	287,
	286,
	22,
	70,
	200,
	221,
	200,
	221,
	218,
	218,
	218,
	78,
	64,
	22,
	81,
	227,
	221,
	224,
	224,
	127,
	166,
	218,
	59,
	154,
	155,
	156,
	157,
	158,
	0,
	1,
	2,
	218,
	99,
	5,
	71,
	218,
	220,
	227,
	10,
	11,
	12,
	13,
	14,
	218,
	149,
	17,
	24,
	307,
	114,
	242,
	301,
	281,
	221,
	184,
	281,
	22,
	276,
	91,
	30,
	82,
	32,
	264,
	312,
	312,
	101,
	159,
	165,
	134,
	40,
	264,
	107,
	108,
	139,
	140,
	250,
	148,
	278,
	248,
	115,
	249,
	117,
	118,
	119,
	247,
	147,
	122,
	242,
	242,
	25,
	204,
	19,
	20,
	13,
	22,
	200,
	197,
	163,
	197,
	70,
	6,
	195,
	222,
	195,
	195,
	141,
	209,
	78,
	36,
	299,
	81,
	296,
	299,
	209,
	222,
	4,
	3,
	22,
	154,
	155,
	156,
	157,
	158,
	209,
	122,
	19,
	122,
	19,
	99,
	22,
	125,
	59,
	22,
	15,
	140,
	16,
	152,
	23,
	23,
	131,
	143,
	25,
	20,
	71,
	145,
	16,
	22,
	116,
	184,
	162,
	68,
	25,
	68,
	75,
	1,
	143,
	131,
	131,
	41,
	61,
	37,
	152,
	53,
	134,
	131,
	53,
	117,
	34,
	139,
	140,
	24,
	1,
	5,
	101,
	53,
	116,
	24,
	20,
	53,
	107,
	108,
	109,
	19,
	19,
	20,
	132,
	22,
	115,
	126,
	117,
	118,
	119,
	163,
	22,
	122,
	67,
	22,
	22,
	67,
	23,
	36,
	22,
	59,
	19,
	20,
	24,
	22,
	22,
	28,
	67,
	37,
	23,
	34,
	150,
	22,
	146,
	23,
	97,
	22,
	25,
	36,
	34,
	147,
	59,
	23,
	23,
	154,
	155,
	156,
	157,
	158,
	22,
	98,
	143,
	143,
	71,
	23,
	23,
	23,
	136,
	23,
	142,
	34,
	59,
	25,
	23,
	22,
	117,
	144,
	88,
	34,
	86,
	34,
	93,
	34,
	71,
	184,
	34,
	75,
	25,
	34,
	75,
	23,
	22,
	11,
	101,
	22,
	25,
	25,
	44,
	23,
	107,
	108,
	22,
	22,
	25,
	22,
	142,
	23,
	115,
	23,
	117,
	118,
	119,
	22,
	101,
	122,
	23,
	22,
	24,
	34,
	107,
	108,
	25,
	25,
	23,
	142,
	142,
	142,
	115,
	15,
	117,
	118,
	119,
	1,
	141,
	122,
	1,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	154,
	155,
	156,
	157,
	158,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	154,
	155,
	156,
	157,
	158,
	314,
	314,
	314,
	314,
	314,
	184,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	184,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	314,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188,
	188
];
const yy_shift_ofst = [
	1696,
	2013,
	585,
	1918,
	585,
	333,
	581,
	229,
	1743,
	1763,
	1854,
	2168,
	2168,
	2168,
	574,
	229,
	229,
	229,
	229,
	229,
	0,
	44,
	44,
	327,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	188,
	188,
	1209,
	1209,
	428,
	218,
	218,
	218,
	218,
	119,
	223,
	372,
	476,
	520,
	624,
	733,
	776,
	848,
	887,
	959,
	998,
	1070,
	1109,
	1153,
	1314,
	1334,
	1495,
	1354,
	1354,
	1354,
	1354,
	1354,
	1354,
	1354,
	1354,
	1354,
	1354,
	1354,
	1354,
	1354,
	1354,
	1354,
	1354,
	1354,
	1354,
	1515,
	1354,
	1535,
	1639,
	1639,
	1948,
	2056,
	2148,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	2168,
	76,
	88,
	88,
	88,
	88,
	88,
	88,
	88,
	105,
	150,
	401,
	437,
	478,
	195,
	600,
	1121,
	600,
	342,
	342,
	600,
	600,
	516,
	576,
	120,
	120,
	120,
	303,
	21,
	21,
	2353,
	2353,
	227,
	227,
	227,
	646,
	694,
	694,
	694,
	694,
	1257,
	1257,
	732,
	716,
	796,
	195,
	181,
	386,
	600,
	600,
	600,
	600,
	600,
	600,
	600,
	600,
	600,
	600,
	600,
	600,
	600,
	600,
	600,
	600,
	600,
	600,
	600,
	600,
	600,
	600,
	600,
	600,
	403,
	600,
	600,
	600,
	772,
	772,
	600,
	403,
	403,
	600,
	896,
	718,
	718,
	249,
	249,
	249,
	2353,
	2353,
	2353,
	2353,
	2353,
	2353,
	2353,
	1126,
	352,
	352,
	850,
	331,
	905,
	500,
	649,
	804,
	600,
	600,
	600,
	600,
	600,
	600,
	600,
	600,
	728,
	600,
	600,
	600,
	600,
	600,
	600,
	600,
	600,
	575,
	575,
	575,
	600,
	600,
	600,
	1106,
	600,
	600,
	600,
	793,
	1160,
	1266,
	600,
	600,
	600,
	600,
	600,
	600,
	600,
	600,
	600,
	799,
	644,
	1105,
	519,
	519,
	519,
	1637,
	1180,
	1020,
	205,
	740,
	610,
	1362,
	948,
	1357,
	1362,
	1357,
	1496,
	1505,
	610,
	610,
	1505,
	610,
	948,
	1496,
	1485,
	1497,
	1370,
	1104,
	1104,
	1104,
	1203,
	1203,
	1203,
	1203,
	1357,
	1267,
	1267,
	1364,
	1050,
	1385,
	1551,
	1793,
	1850,
	1793,
	1793,
	1873,
	1873,
	1781,
	1787,
	1915,
	1897,
	1934,
	1934,
	1934,
	1934,
	1935,
	1813,
	1935,
	1813,
	1787,
	1787,
	1813,
	1915,
	1813,
	1897,
	1897,
	1823,
	1921,
	1935,
	1965,
	1935,
	1965,
	1793,
	1793,
	1793,
	1933,
	1976,
	1976,
	1965,
	1793,
	1877,
	1793,
	1933,
	1793,
	1793,
	1839,
	1880,
	2007,
	1919,
	1919,
	1965,
	2018,
	1951,
	1951,
	1962,
	1962,
	1891,
	1886,
	1912,
	1922,
	1813,
	1880,
	1880,
	2048,
	1935,
	2064,
	2064,
	2078,
	2078,
	2078,
	2353,
	2353,
	2353,
	2353,
	2353,
	2353,
	2353,
	2353,
	827,
	1177,
	1009,
	1122,
	1213,
	902,
	967,
	900,
	1504,
	1402,
	1647,
	1592,
	1480,
	1530,
	1640,
	635,
	1641,
	1645,
	1680,
	1569,
	1692,
	1693,
	1594,
	1608,
	1724,
	1017,
	1715,
	1710,
	1254,
	1702,
	1745,
	1785,
	1688,
	1786,
	1796,
	1800,
	1642,
	1671,
	1806,
	1719,
	1699,
	2095,
	2097,
	2079,
	1986,
	2090,
	1988,
	2092,
	2091,
	2094,
	1989,
	2102,
	2103,
	2098,
	2099,
	1978,
	1968,
	1992,
	2100,
	2100,
	1981,
	2106,
	1983,
	2113,
	2108,
	2015,
	1971,
	2066,
	2110,
	2068,
	2062,
	2101,
	2137,
	1996,
	2009,
	2100,
	2010,
	2082,
	2107,
	2100,
	1993,
	2093,
	2096,
	2105,
	2109,
	2017,
	2033,
	2117,
	2130,
	2154,
	2151,
	2043,
	2136,
	2141,
	2147,
	2037,
	2046,
	2155,
	2112,
	2158,
	2159,
	2160,
	2163,
	2115,
	2127,
	2165,
	2104,
	2164,
	2169,
	2126,
	2157,
	2172,
	2162,
	2047,
	2176,
	2177,
	2171,
	2053,
	2180,
	2059,
	2185,
	2178,
	2186,
	2193,
	2118,
	2074,
	2075,
	2197,
	2198,
	2199,
	2087,
	2083,
	2201,
	2203,
	2206,
	2114,
	2192,
	2208,
	2088,
	2203,
	2200,
	2202,
	2204,
	2207,
	2145,
	2167,
	2149,
	2209,
	2170,
	2144,
	2218,
	2210,
	2223,
	2225,
	2226,
	2228,
	2227,
	2231,
	2235,
	2237,
	2236,
	2234,
	2238,
	2239,
	2241,
	2246,
	2240,
	2248,
	2250,
	2249,
	2252,
	2119,
	2138,
	2139,
	2140,
	2253,
	2256,
	2269,
	2287,
	2290
];
const yy_reduce_ofst = [
	46,
	206,
	149,
	400,
	252,
	50,
	1049,
	-177,
	-194,
	-190,
	-186,
	-184,
	-180,
	-132,
	154,
	397,
	407,
	446,
	506,
	509,
	-235,
	-208,
	-204,
	-114,
	24,
	749,
	754,
	843,
	1015,
	104,
	1055,
	1074,
	554,
	1108,
	618,
	767,
	-175,
	840,
	881,
	102,
	886,
	-168,
	-55,
	94,
	361,
	615,
	361,
	615,
	-270,
	-270,
	-270,
	-270,
	-270,
	-270,
	-270,
	-270,
	-270,
	-270,
	-270,
	-270,
	-270,
	-270,
	-270,
	-270,
	-270,
	-270,
	-270,
	-270,
	-270,
	-270,
	-270,
	-270,
	-270,
	-270,
	-270,
	-270,
	-270,
	-270,
	-270,
	-270,
	-270,
	-270,
	-270,
	-270,
	-270,
	-270,
	-270,
	-270,
	-270,
	-182,
	146,
	250,
	712,
	730,
	934,
	972,
	1078,
	1118,
	1127,
	1158,
	1176,
	1198,
	1216,
	1233,
	1235,
	1238,
	1260,
	1273,
	1275,
	1279,
	1282,
	1285,
	1287,
	1289,
	1291,
	1301,
	1315,
	1339,
	1361,
	1378,
	1380,
	1415,
	1418,
	1420,
	1434,
	1456,
	1458,
	1460,
	1463,
	1465,
	1503,
	1506,
	1508,
	1518,
	1541,
	1543,
	1559,
	1571,
	1573,
	1577,
	1584,
	1588,
	1590,
	1596,
	1600,
	-270,
	-270,
	-270,
	-270,
	-270,
	-270,
	-270,
	-270,
	-270,
	-270,
	-270,
	-123,
	322,
	86,
	451,
	-216,
	620,
	-87,
	280,
	420,
	-195,
	789,
	-270,
	922,
	969,
	1025,
	735,
	-270,
	-270,
	-270,
	-270,
	-137,
	-137,
	-137,
	-136,
	193,
	293,
	491,
	880,
	281,
	299,
	251,
	56,
	419,
	-68,
	204,
	204,
	608,
	711,
	837,
	839,
	346,
	822,
	884,
	882,
	940,
	941,
	990,
	991,
	994,
	398,
	1044,
	606,
	1056,
	1046,
	1083,
	1087,
	1146,
	1149,
	1155,
	49,
	399,
	158,
	-178,
	123,
	393,
	441,
	669,
	838,
	1006,
	1234,
	597,
	729,
	782,
	347,
	391,
	453,
	943,
	1058,
	1225,
	1228,
	1239,
	1139,
	1255,
	-191,
	-158,
	-134,
	-196,
	64,
	207,
	217,
	269,
	682,
	722,
	779,
	785,
	791,
	898,
	1034,
	1140,
	1240,
	657,
	1276,
	1284,
	1292,
	1320,
	1328,
	1332,
	1341,
	1461,
	1096,
	1227,
	1327,
	1471,
	1475,
	1482,
	1469,
	1545,
	1558,
	1568,
	1548,
	1502,
	1582,
	1628,
	1636,
	217,
	1643,
	1644,
	1646,
	1649,
	1650,
	1651,
	1550,
	1553,
	1565,
	1597,
	1599,
	1602,
	1469,
	1611,
	1669,
	1574,
	1575,
	1605,
	1603,
	1620,
	1613,
	1617,
	1618,
	1589,
	1648,
	1614,
	1616,
	1655,
	1619,
	1657,
	1598,
	1667,
	1662,
	1668,
	1673,
	1675,
	1677,
	1652,
	1654,
	1656,
	1664,
	1663,
	1665,
	1666,
	1625,
	1659,
	1682,
	1706,
	1697,
	1653,
	1716,
	1718,
	1658,
	1660,
	1661,
	1670,
	1676,
	1708,
	1717,
	1720,
	1722,
	1723,
	1756,
	1727,
	1764,
	1728,
	1694,
	1695,
	1730,
	1709,
	1732,
	1746,
	1747,
	1698,
	1700,
	1789,
	1769,
	1791,
	1771,
	1775,
	1776,
	1777,
	1773,
	1778,
	1779,
	1780,
	1788,
	1801,
	1798,
	1795,
	1802,
	1810,
	1725,
	1792,
	1734,
	1755,
	1758,
	1816,
	1765,
	1735,
	1736,
	1782,
	1790,
	1783,
	1809,
	1815,
	1814,
	1821,
	1829,
	1830,
	1870,
	1879,
	1883,
	1885,
	1890,
	1892,
	1893,
	1794,
	1797,
	1799,
	1881,
	1888,
	1864,
	1876,
	1898
];
const yy_default = [
	1616,
	1616,
	1534,
	1616,
	1271,
	1271,
	1271,
	1405,
	1271,
	1271,
	1271,
	1534,
	1534,
	1534,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1401,
	1433,
	1433,
	1594,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1532,
	1271,
	1271,
	1271,
	1271,
	1634,
	1634,
	1271,
	1618,
	1617,
	1271,
	1271,
	1271,
	1442,
	1271,
	1271,
	1271,
	1449,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1535,
	1536,
	1271,
	1271,
	1271,
	1271,
	1593,
	1595,
	1551,
	1577,
	1456,
	1455,
	1454,
	1453,
	1444,
	1421,
	1447,
	1440,
	1528,
	1529,
	1527,
	1531,
	1535,
	1536,
	1271,
	1443,
	1495,
	1512,
	1494,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1504,
	1511,
	1510,
	1509,
	1518,
	1508,
	1505,
	1497,
	1496,
	1498,
	1499,
	1271,
	1271,
	1299,
	1271,
	1362,
	1271,
	1271,
	1271,
	1271,
	1271,
	1484,
	1500,
	1486,
	1485,
	1487,
	1271,
	1515,
	1501,
	1514,
	1513,
	1601,
	1304,
	1303,
	1552,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1634,
	1271,
	1271,
	1271,
	1271,
	1271,
	1598,
	1596,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1427,
	1271,
	1271,
	1271,
	1634,
	1634,
	1271,
	1427,
	1427,
	1271,
	1296,
	1634,
	1634,
	1308,
	1308,
	1308,
	1612,
	1395,
	1395,
	1395,
	1395,
	1405,
	1395,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1401,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1281,
	1679,
	1271,
	1569,
	1401,
	1401,
	1401,
	1403,
	1394,
	1283,
	1679,
	1679,
	1459,
	1448,
	1402,
	1424,
	1448,
	1424,
	1676,
	1446,
	1459,
	1459,
	1446,
	1459,
	1402,
	1676,
	1334,
	1671,
	1327,
	1433,
	1433,
	1433,
	1423,
	1423,
	1423,
	1423,
	1424,
	1427,
	1427,
	1530,
	1402,
	1394,
	1271,
	1364,
	1679,
	1364,
	1364,
	1678,
	1678,
	1552,
	1466,
	1469,
	1366,
	1372,
	1372,
	1372,
	1372,
	1293,
	1446,
	1293,
	1446,
	1466,
	1466,
	1446,
	1469,
	1446,
	1366,
	1366,
	1576,
	1574,
	1293,
	1542,
	1293,
	1542,
	1364,
	1364,
	1364,
	1349,
	1271,
	1271,
	1542,
	1364,
	1334,
	1364,
	1349,
	1364,
	1364,
	1656,
	1441,
	1271,
	1546,
	1546,
	1542,
	1537,
	1647,
	1647,
	1436,
	1436,
	1271,
	1385,
	1439,
	1437,
	1446,
	1441,
	1441,
	1352,
	1293,
	1666,
	1666,
	1280,
	1280,
	1280,
	1684,
	1684,
	1612,
	1315,
	1315,
	1336,
	1336,
	1315,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1309,
	1271,
	1271,
	1271,
	1553,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1412,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1619,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1474,
	1271,
	1276,
	1609,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1450,
	1451,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1573,
	1572,
	1271,
	1271,
	1271,
	1271,
	1271,
	1465,
	1271,
	1271,
	1271,
	1460,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1413,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1332,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1381,
	1271,
	1271,
	1533,
	1271,
	1271,
	1271,
	1271,
	1271,
	1438,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1428,
	1271,
	1271,
	1271,
	1389,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1387,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1271,
	1653,
	1410,
	1475,
	1271,
	1479,
	1297,
	1271,
	1288,
	1271,
	1271
];
const yyFallback = [
	0,
	0,
	59,
	59,
	59,
	59,
	0,
	59,
	59,
	59,
	0,
	59,
	59,
	59,
	59,
	0,
	0,
	0,
	59,
	0,
	0,
	59,
	0,
	0,
	0,
	0,
	59,
	59,
	59,
	59,
	59,
	59,
	59,
	59,
	59,
	59,
	59,
	59,
	59,
	59,
	59,
	59,
	59,
	0,
	0,
	0,
	59,
	59,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	59,
	59,
	59,
	59,
	59,
	59,
	59,
	59,
	59,
	59,
	59,
	59,
	59,
	59,
	59,
	59,
	59,
	59,
	59,
	59,
	59,
	59,
	59,
	59,
	59,
	59,
	59,
	59,
	59,
	59,
	59,
	59,
	59,
	59,
	59,
	59,
	59,
	59,
	59,
	59,
	59,
	59,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0
];
const yyRuleInfoLhs = [
	190,
	190,
	192,
	192,
	191,
	193,
	195,
	195,
	195,
	194,
	194,
	194,
	194,
	193,
	193,
	193,
	193,
	193,
	193,
	200,
	200,
	199,
	199,
	202,
	202,
	205,
	205,
	207,
	207,
	203,
	203,
	208,
	196,
	196,
	210,
	210,
	210,
	210,
	211,
	211,
	209,
	209,
	215,
	215,
	215,
	215,
	215,
	215,
	215,
	215,
	215,
	215,
	215,
	215,
	215,
	215,
	215,
	215,
	224,
	224,
	220,
	220,
	222,
	222,
	225,
	225,
	225,
	225,
	226,
	226,
	226,
	226,
	226,
	223,
	223,
	227,
	227,
	227,
	204,
	204,
	228,
	228,
	229,
	230,
	230,
	230,
	230,
	230,
	233,
	233,
	218,
	218,
	234,
	234,
	235,
	235,
	193,
	237,
	237,
	193,
	193,
	193,
	206,
	206,
	206,
	238,
	238,
	243,
	243,
	243,
	243,
	239,
	239,
	239,
	251,
	239,
	253,
	253,
	244,
	244,
	244,
	254,
	245,
	245,
	245,
	255,
	255,
	255,
	246,
	246,
	257,
	257,
	256,
	256,
	256,
	256,
	201,
	201,
	262,
	262,
	262,
	262,
	258,
	258,
	258,
	258,
	258,
	260,
	260,
	260,
	259,
	259,
	259,
	241,
	241,
	231,
	231,
	219,
	219,
	219,
	264,
	264,
	264,
	248,
	248,
	249,
	249,
	242,
	242,
	242,
	242,
	193,
	247,
	247,
	266,
	266,
	266,
	266,
	193,
	267,
	267,
	267,
	267,
	193,
	193,
	270,
	270,
	270,
	270,
	270,
	270,
	271,
	271,
	268,
	268,
	269,
	269,
	263,
	263,
	217,
	217,
	217,
	217,
	216,
	216,
	216,
	216,
	217,
	217,
	217,
	217,
	217,
	217,
	217,
	217,
	217,
	217,
	217,
	216,
	217,
	217,
	217,
	217,
	217,
	217,
	217,
	217,
	217,
	273,
	273,
	217,
	217,
	217,
	217,
	217,
	217,
	217,
	217,
	217,
	217,
	217,
	217,
	274,
	274,
	217,
	275,
	275,
	217,
	217,
	217,
	217,
	217,
	217,
	278,
	278,
	279,
	279,
	277,
	277,
	261,
	261,
	252,
	252,
	276,
	276,
	193,
	280,
	280,
	221,
	221,
	232,
	232,
	281,
	281,
	193,
	193,
	193,
	282,
	282,
	193,
	193,
	193,
	193,
	193,
	283,
	283,
	283,
	283,
	213,
	213,
	214,
	193,
	284,
	284,
	284,
	284,
	285,
	285,
	285,
	285,
	286,
	286,
	287,
	287,
	288,
	288,
	290,
	290,
	289,
	289,
	289,
	289,
	217,
	217,
	236,
	236,
	236,
	193,
	193,
	193,
	292,
	292,
	193,
	193,
	193,
	193,
	193,
	193,
	193,
	193,
	193,
	193,
	193,
	193,
	193,
	193,
	193,
	294,
	296,
	297,
	297,
	298,
	265,
	265,
	265,
	301,
	301,
	301,
	300,
	240,
	240,
	302,
	302,
	303,
	304,
	304,
	304,
	304,
	304,
	304,
	305,
	305,
	305,
	308,
	308,
	308,
	310,
	310,
	311,
	311,
	309,
	309,
	309,
	312,
	312,
	313,
	313,
	313,
	313,
	250,
	272,
	272,
	272,
	307,
	307,
	306,
	216,
	188,
	189,
	189,
	190,
	197,
	197,
	198,
	205,
	212,
	212,
	229,
	235,
	254,
	217,
	283,
	290,
	291,
	291,
	293,
	293,
	295,
	295,
	296,
	299,
	299,
	299
];
const yyRuleInfoNRhs = [
	2,
	3,
	1,
	3,
	1,
	3,
	0,
	1,
	2,
	0,
	1,
	1,
	1,
	2,
	2,
	2,
	3,
	5,
	6,
	0,
	3,
	1,
	0,
	5,
	2,
	0,
	3,
	2,
	1,
	4,
	2,
	2,
	1,
	1,
	0,
	1,
	4,
	6,
	1,
	2,
	2,
	0,
	2,
	2,
	4,
	3,
	3,
	2,
	2,
	3,
	5,
	2,
	4,
	4,
	1,
	2,
	4,
	2,
	3,
	4,
	0,
	1,
	0,
	2,
	2,
	3,
	3,
	3,
	2,
	2,
	1,
	1,
	2,
	3,
	2,
	0,
	2,
	2,
	0,
	2,
	3,
	1,
	1,
	2,
	7,
	5,
	5,
	10,
	0,
	1,
	0,
	3,
	0,
	2,
	1,
	1,
	4,
	2,
	0,
	8,
	4,
	1,
	5,
	6,
	3,
	1,
	3,
	1,
	2,
	1,
	1,
	7,
	8,
	1,
	4,
	1,
	5,
	5,
	1,
	1,
	0,
	0,
	3,
	2,
	4,
	2,
	1,
	0,
	0,
	2,
	2,
	0,
	5,
	7,
	6,
	6,
	1,
	3,
	1,
	3,
	3,
	5,
	1,
	1,
	2,
	3,
	4,
	2,
	4,
	0,
	0,
	3,
	2,
	0,
	3,
	5,
	3,
	1,
	1,
	0,
	2,
	2,
	0,
	0,
	3,
	0,
	2,
	0,
	2,
	4,
	4,
	6,
	0,
	2,
	0,
	2,
	2,
	4,
	9,
	5,
	7,
	3,
	5,
	7,
	8,
	0,
	2,
	12,
	9,
	5,
	8,
	2,
	0,
	2,
	1,
	0,
	3,
	3,
	1,
	3,
	1,
	3,
	5,
	1,
	1,
	1,
	1,
	1,
	3,
	6,
	5,
	8,
	4,
	12,
	6,
	9,
	5,
	13,
	1,
	5,
	3,
	3,
	3,
	3,
	3,
	3,
	3,
	3,
	1,
	2,
	3,
	5,
	2,
	3,
	3,
	4,
	6,
	5,
	2,
	2,
	2,
	3,
	1,
	2,
	5,
	1,
	2,
	5,
	3,
	5,
	4,
	4,
	5,
	5,
	4,
	2,
	0,
	1,
	0,
	1,
	0,
	3,
	1,
	0,
	3,
	11,
	1,
	0,
	0,
	3,
	5,
	3,
	0,
	2,
	4,
	2,
	3,
	2,
	0,
	2,
	4,
	5,
	4,
	5,
	1,
	1,
	1,
	1,
	2,
	1,
	2,
	14,
	1,
	1,
	2,
	0,
	1,
	1,
	1,
	3,
	0,
	3,
	0,
	2,
	3,
	2,
	3,
	2,
	8,
	6,
	5,
	1,
	4,
	6,
	1,
	1,
	1,
	4,
	6,
	3,
	0,
	2,
	1,
	2,
	1,
	2,
	6,
	8,
	6,
	8,
	6,
	9,
	10,
	11,
	9,
	1,
	4,
	7,
	0,
	1,
	3,
	1,
	0,
	2,
	3,
	1,
	2,
	3,
	6,
	1,
	3,
	1,
	3,
	5,
	5,
	6,
	4,
	5,
	1,
	2,
	0,
	3,
	6,
	1,
	1,
	1,
	1,
	2,
	1,
	2,
	2,
	2,
	2,
	0,
	2,
	2,
	2,
	1,
	1,
	2,
	2,
	1,
	1,
	4,
	2,
	5,
	1,
	1,
	2,
	1,
	1,
	1,
	0,
	1,
	1,
	1,
	1,
	0,
	1,
	2,
	1,
	1,
	0,
	1,
	0,
	0,
	1,
	1,
	3,
	2,
	0,
	4,
	2
];
const yy_expected = [
	[
		1,
		2,
		5,
		10,
		11,
		12,
		13,
		14,
		17,
		30,
		32,
		40,
		70,
		78,
		81,
		99,
		134,
		139,
		140,
		163
	],
	[
		0,
		1,
		2,
		5,
		10,
		11,
		12,
		13,
		14,
		17,
		30,
		32,
		40,
		70,
		78,
		81,
		99,
		134,
		139,
		140,
		163
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		81,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		139,
		140,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		5,
		10,
		11,
		12,
		13,
		14,
		17,
		30,
		32,
		40,
		70,
		78,
		81,
		99,
		134,
		139,
		140,
		163
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		81,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		139,
		140,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		73,
		81,
		128,
		129,
		130,
		139,
		140
	],
	[
		11,
		73,
		81,
		128,
		129,
		130,
		139,
		140
	],
	[
		81,
		139,
		140
	],
	[
		19,
		20,
		22,
		36,
		48,
		59,
		71,
		85,
		90,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		85,
		90,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		85,
		90,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		81,
		121,
		139,
		140
	],
	[
		81,
		139,
		140
	],
	[
		81,
		139,
		140
	],
	[
		81,
		139,
		140
	],
	[
		81,
		139,
		140
	],
	[
		81,
		139,
		140
	],
	[
		19,
		24,
		43,
		44,
		45,
		46,
		47,
		48,
		49,
		50,
		51,
		52,
		53,
		54,
		55,
		56,
		57,
		59,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114,
		118
	],
	[
		19,
		31,
		39,
		43,
		44,
		45,
		46,
		47,
		48,
		49,
		50,
		51,
		52,
		53,
		54,
		55,
		56,
		57,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		19,
		31,
		39,
		43,
		44,
		45,
		46,
		47,
		48,
		49,
		50,
		51,
		52,
		53,
		54,
		55,
		56,
		57,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		19,
		43,
		44,
		45,
		46,
		47,
		48,
		49,
		50,
		51,
		52,
		53,
		54,
		55,
		56,
		57,
		67,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		59,
		107,
		108,
		116,
		117,
		118,
		119,
		121,
		129,
		155,
		156
	],
	[
		59,
		107,
		108,
		116,
		117,
		118,
		119,
		121,
		129,
		155,
		156
	],
	[
		59,
		76,
		87,
		89,
		92,
		117,
		118,
		119,
		146
	],
	[
		59,
		76,
		87,
		89,
		92,
		117,
		118,
		119,
		146
	],
	[
		59,
		117,
		118,
		119,
		120,
		123,
		124,
		125,
		133
	],
	[
		25,
		139,
		140
	],
	[
		25,
		139,
		140
	],
	[
		25,
		139,
		140
	],
	[
		25,
		139,
		140
	],
	[
		19,
		43,
		44,
		45,
		46,
		47,
		48,
		49,
		50,
		51,
		52,
		53,
		54,
		55,
		56,
		57,
		86,
		88,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		19,
		25,
		43,
		44,
		45,
		46,
		47,
		48,
		49,
		50,
		51,
		52,
		53,
		54,
		55,
		56,
		57,
		69,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		19,
		23,
		43,
		44,
		45,
		46,
		47,
		48,
		49,
		50,
		51,
		52,
		53,
		54,
		55,
		56,
		57,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		19,
		23,
		43,
		44,
		45,
		46,
		47,
		48,
		49,
		50,
		51,
		52,
		53,
		54,
		55,
		56,
		57,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		19,
		24,
		43,
		44,
		45,
		46,
		47,
		48,
		49,
		50,
		51,
		52,
		53,
		54,
		55,
		56,
		57,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		19,
		43,
		44,
		45,
		46,
		47,
		48,
		49,
		50,
		51,
		52,
		53,
		54,
		55,
		56,
		57,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114,
		151
	],
	[
		19,
		23,
		43,
		44,
		45,
		46,
		47,
		48,
		49,
		50,
		51,
		52,
		53,
		54,
		55,
		56,
		57,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		19,
		23,
		43,
		44,
		45,
		46,
		47,
		48,
		49,
		50,
		51,
		52,
		53,
		54,
		55,
		56,
		57,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		19,
		23,
		43,
		44,
		45,
		46,
		47,
		48,
		49,
		50,
		51,
		52,
		53,
		54,
		55,
		56,
		57,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		19,
		23,
		43,
		44,
		45,
		46,
		47,
		48,
		49,
		50,
		51,
		52,
		53,
		54,
		55,
		56,
		57,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		19,
		23,
		43,
		44,
		45,
		46,
		47,
		48,
		49,
		50,
		51,
		52,
		53,
		54,
		55,
		56,
		57,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		19,
		23,
		43,
		44,
		45,
		46,
		47,
		48,
		49,
		50,
		51,
		52,
		53,
		54,
		55,
		56,
		57,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		19,
		23,
		43,
		44,
		45,
		46,
		47,
		48,
		49,
		50,
		51,
		52,
		53,
		54,
		55,
		56,
		57,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		19,
		23,
		43,
		44,
		45,
		46,
		47,
		48,
		49,
		50,
		51,
		52,
		53,
		54,
		55,
		56,
		57,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		19,
		43,
		44,
		45,
		46,
		47,
		48,
		49,
		50,
		51,
		52,
		53,
		54,
		55,
		56,
		57,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114,
		160
	],
	[
		19,
		23,
		43,
		44,
		45,
		46,
		47,
		48,
		49,
		50,
		51,
		52,
		53,
		54,
		55,
		56,
		57,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		19,
		43,
		44,
		45,
		46,
		47,
		48,
		49,
		50,
		51,
		52,
		53,
		54,
		55,
		56,
		57,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114,
		160
	],
	[
		19,
		24,
		43,
		44,
		45,
		46,
		47,
		48,
		49,
		50,
		51,
		52,
		53,
		54,
		55,
		56,
		57,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		19,
		43,
		44,
		45,
		46,
		47,
		48,
		49,
		50,
		51,
		52,
		53,
		54,
		55,
		56,
		57,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		19,
		43,
		44,
		45,
		46,
		47,
		48,
		49,
		50,
		51,
		52,
		53,
		54,
		55,
		56,
		57,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		19,
		43,
		44,
		45,
		46,
		47,
		48,
		49,
		50,
		51,
		52,
		53,
		54,
		55,
		56,
		57,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		19,
		43,
		44,
		45,
		46,
		47,
		48,
		49,
		50,
		51,
		52,
		53,
		54,
		55,
		56,
		57,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		19,
		43,
		44,
		45,
		46,
		47,
		48,
		49,
		50,
		51,
		52,
		53,
		54,
		55,
		56,
		57,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		19,
		43,
		44,
		45,
		46,
		47,
		48,
		49,
		50,
		51,
		52,
		53,
		54,
		55,
		56,
		57,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		19,
		43,
		44,
		45,
		46,
		47,
		48,
		49,
		50,
		51,
		52,
		53,
		54,
		55,
		56,
		57,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		19,
		43,
		44,
		45,
		46,
		47,
		48,
		49,
		50,
		51,
		52,
		53,
		54,
		55,
		56,
		57,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		19,
		43,
		44,
		45,
		46,
		47,
		48,
		49,
		50,
		51,
		52,
		53,
		54,
		55,
		56,
		57,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		19,
		43,
		44,
		45,
		46,
		47,
		48,
		49,
		50,
		51,
		52,
		53,
		54,
		55,
		56,
		57,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		19,
		43,
		44,
		45,
		46,
		47,
		48,
		49,
		50,
		51,
		52,
		53,
		54,
		55,
		56,
		57,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		19,
		43,
		44,
		45,
		46,
		47,
		48,
		49,
		50,
		51,
		52,
		53,
		54,
		55,
		56,
		57,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		19,
		43,
		44,
		45,
		46,
		47,
		48,
		49,
		50,
		51,
		52,
		53,
		54,
		55,
		56,
		57,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		19,
		43,
		44,
		45,
		46,
		47,
		48,
		49,
		50,
		51,
		52,
		53,
		54,
		55,
		56,
		57,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		19,
		43,
		44,
		45,
		46,
		47,
		48,
		49,
		50,
		51,
		52,
		53,
		54,
		55,
		56,
		57,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		19,
		43,
		44,
		45,
		46,
		47,
		48,
		49,
		50,
		51,
		52,
		53,
		54,
		55,
		56,
		57,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		19,
		43,
		44,
		45,
		46,
		47,
		48,
		49,
		50,
		51,
		52,
		53,
		54,
		55,
		56,
		57,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		19,
		43,
		44,
		45,
		46,
		47,
		48,
		49,
		50,
		51,
		52,
		53,
		54,
		55,
		56,
		57,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		19,
		43,
		44,
		45,
		46,
		47,
		48,
		49,
		50,
		51,
		52,
		53,
		54,
		55,
		56,
		57,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		19,
		43,
		44,
		45,
		46,
		47,
		48,
		49,
		50,
		51,
		52,
		53,
		54,
		55,
		56,
		57,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		19,
		44,
		45,
		46,
		47,
		48,
		49,
		50,
		51,
		52,
		53,
		54,
		55,
		56,
		57,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		19,
		45,
		46,
		47,
		48,
		49,
		50,
		51,
		52,
		53,
		54,
		55,
		56,
		57,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		19,
		45,
		46,
		47,
		48,
		49,
		50,
		51,
		52,
		53,
		54,
		55,
		56,
		57,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		141,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		109,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		141,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		19,
		20,
		22,
		36,
		59,
		71,
		101,
		107,
		108,
		115,
		117,
		118,
		119,
		122,
		154,
		155,
		156,
		157,
		158,
		184
	],
	[
		54,
		55,
		56,
		57,
		58,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		54,
		55,
		56,
		57,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		54,
		55,
		56,
		57,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		54,
		55,
		56,
		57,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		54,
		55,
		56,
		57,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		54,
		55,
		56,
		57,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		54,
		55,
		56,
		57,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		54,
		55,
		56,
		57,
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		103,
		104,
		105,
		106,
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		107,
		108,
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		109,
		110,
		111,
		112,
		113,
		114
	],
	[
		59,
		72,
		117,
		118,
		119
	],
	[
		59,
		72,
		117,
		118,
		119
	],
	[
		26,
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		19,
		46,
		116,
		132
	],
	[
		59,
		117,
		118,
		119
	],
	[
		107,
		108,
		155,
		156
	],
	[
		107,
		108,
		155,
		156
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		95,
		166,
		167
	],
	[
		112,
		113,
		114
	],
	[166, 167],
	[166, 167],
	[166, 167],
	[139, 140],
	[114],
	[114],
	[],
	[],
	[
		19,
		24,
		96,
		114,
		120,
		121,
		122,
		123,
		124,
		125,
		126,
		132
	],
	[
		19,
		24,
		96,
		114,
		120,
		121,
		122,
		123,
		124,
		125,
		126,
		132
	],
	[
		19,
		24,
		96,
		114,
		120,
		121,
		122,
		123,
		124,
		125,
		126,
		132
	],
	[
		59,
		117,
		118,
		119,
		152
	],
	[
		22,
		59,
		117,
		118,
		119
	],
	[
		22,
		59,
		117,
		118,
		119
	],
	[
		22,
		59,
		117,
		118,
		119
	],
	[
		22,
		59,
		117,
		118,
		119
	],
	[
		12,
		27,
		42,
		63,
		73
	],
	[
		12,
		27,
		42,
		63,
		73
	],
	[
		22,
		59,
		117,
		118,
		119
	],
	[
		76,
		87,
		89,
		92,
		146
	],
	[
		22,
		59,
		117,
		118,
		119
	],
	[
		26,
		59,
		117,
		118,
		119
	],
	[
		22,
		23,
		25,
		102
	],
	[
		22,
		23,
		25,
		102
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		135,
		137,
		138,
		146
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		25,
		76,
		89,
		92
	],
	[
		25,
		76,
		89,
		92
	],
	[
		59,
		117,
		118,
		119
	],
	[
		135,
		137,
		138,
		146
	],
	[
		135,
		137,
		138,
		146
	],
	[
		59,
		117,
		118,
		119
	],
	[
		21,
		80,
		124,
		162
	],
	[
		76,
		89,
		92
	],
	[
		76,
		89,
		92
	],
	[59, 118],
	[59, 118],
	[59, 118],
	[],
	[],
	[],
	[],
	[],
	[],
	[],
	[
		22,
		59,
		101,
		107,
		108,
		117,
		118,
		122,
		154,
		155,
		156,
		184
	],
	[
		101,
		118,
		122,
		154,
		155,
		156,
		184
	],
	[
		101,
		118,
		122,
		154,
		155,
		156,
		184
	],
	[
		22,
		59,
		117,
		118,
		119
	],
	[
		120,
		123,
		124,
		125,
		133
	],
	[
		22,
		59,
		117,
		118,
		119
	],
	[
		59,
		109,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119,
		144
	],
	[
		59,
		117,
		118,
		119,
		144
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		73,
		128,
		129,
		130
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		35,
		66,
		74,
		131
	],
	[
		35,
		66,
		74,
		131
	],
	[
		35,
		66,
		74,
		131
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		23,
		25,
		119,
		144
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		22,
		24,
		59,
		118
	],
	[
		66,
		85,
		94,
		147
	],
	[
		12,
		27,
		42,
		63
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		59,
		117,
		118,
		119
	],
	[
		60,
		120,
		125
	],
	[
		128,
		129,
		130
	],
	[
		29,
		33,
		65
	],
	[
		24,
		59,
		118
	],
	[
		24,
		59,
		118
	],
	[
		24,
		59,
		118
	],
	[
		25,
		119,
		144
	],
	[
		109,
		136,
		141
	],
	[
		7,
		8,
		9
	],
	[60, 120],
	[15, 60],
	[116, 151],
	[150, 151],
	[25, 143],
	[19, 117],
	[150, 151],
	[19, 117],
	[19, 117],
	[25, 150],
	[116, 151],
	[116, 151],
	[25, 150],
	[116, 151],
	[25, 143],
	[19, 117],
	[25, 127],
	[23, 25],
	[46, 116],
	[31, 39],
	[31, 39],
	[31, 39],
	[116, 145],
	[116, 145],
	[116, 145],
	[116, 145],
	[19, 117],
	[25, 146],
	[25, 146],
	[159, 161],
	[25, 143],
	[136, 141],
	[22, 24],
	[116],
	[60],
	[116],
	[116],
	[38],
	[38],
	[152],
	[151],
	[22],
	[43],
	[18],
	[18],
	[18],
	[18],
	[18],
	[150],
	[18],
	[150],
	[151],
	[151],
	[150],
	[22],
	[150],
	[43],
	[43],
	[159],
	[62],
	[18],
	[22],
	[18],
	[22],
	[116],
	[116],
	[116],
	[64],
	[22],
	[22],
	[22],
	[116],
	[127],
	[116],
	[64],
	[116],
	[116],
	[166],
	[149],
	[24],
	[114],
	[114],
	[22],
	[22],
	[91],
	[91],
	[82],
	[82],
	[159],
	[165],
	[148],
	[147],
	[150],
	[149],
	[149],
	[25],
	[18],
	[13],
	[13],
	[6],
	[6],
	[6],
	[],
	[],
	[],
	[],
	[],
	[],
	[],
	[],
	[
		46,
		47,
		48,
		49,
		122
	],
	[
		100,
		134,
		163,
		164
	],
	[
		16,
		77,
		79,
		162
	],
	[
		22,
		23,
		102
	],
	[
		22,
		23,
		102
	],
	[
		128,
		129,
		130
	],
	[
		22,
		59,
		118
	],
	[
		16,
		77,
		79
	],
	[23, 25],
	[131, 134],
	[22, 53],
	[23, 25],
	[130, 153],
	[130, 153],
	[23, 25],
	[22, 61],
	[23, 25],
	[23, 25],
	[23, 25],
	[24, 142],
	[23, 25],
	[23, 25],
	[59, 118],
	[121, 122],
	[7, 8],
	[122, 132],
	[23, 25],
	[23, 146],
	[19, 98],
	[59, 118],
	[23, 25],
	[23, 25],
	[83, 84],
	[23, 25],
	[23, 25],
	[23, 25],
	[155, 156],
	[155, 156],
	[23, 25],
	[59, 118],
	[22, 142],
	[4],
	[3],
	[22],
	[122],
	[19],
	[122],
	[19],
	[22],
	[22],
	[125],
	[15],
	[16],
	[23],
	[23],
	[140],
	[152],
	[131],
	[25],
	[25],
	[143],
	[20],
	[145],
	[16],
	[22],
	[116],
	[162],
	[68],
	[25],
	[68],
	[75],
	[41],
	[1],
	[143],
	[131],
	[25],
	[131],
	[61],
	[37],
	[25],
	[152],
	[53],
	[53],
	[53],
	[53],
	[131],
	[117],
	[34],
	[24],
	[1],
	[5],
	[116],
	[24],
	[20],
	[19],
	[132],
	[126],
	[22],
	[67],
	[22],
	[22],
	[23],
	[22],
	[67],
	[59],
	[24],
	[97],
	[28],
	[22],
	[67],
	[37],
	[23],
	[34],
	[150],
	[22],
	[23],
	[34],
	[146],
	[22],
	[147],
	[23],
	[25],
	[23],
	[22],
	[98],
	[143],
	[143],
	[23],
	[23],
	[23],
	[136],
	[142],
	[23],
	[25],
	[23],
	[117],
	[34],
	[22],
	[144],
	[25],
	[34],
	[34],
	[34],
	[34],
	[88],
	[75],
	[86],
	[44],
	[75],
	[93],
	[25],
	[34],
	[23],
	[22],
	[25],
	[22],
	[25],
	[23],
	[22],
	[11],
	[22],
	[25],
	[22],
	[23],
	[23],
	[22],
	[34],
	[23],
	[22],
	[24],
	[25],
	[142],
	[142],
	[142],
	[142],
	[25],
	[23],
	[15],
	[1],
	[1]
];
const symbols = [
	"$",
	"SEMI",
	"EXPLAIN",
	"QUERY",
	"PLAN",
	"BEGIN",
	"TRANSACTION",
	"DEFERRED",
	"IMMEDIATE",
	"EXCLUSIVE",
	"COMMIT",
	"END",
	"ROLLBACK",
	"SAVEPOINT",
	"RELEASE",
	"TO",
	"TABLE",
	"CREATE",
	"IF",
	"NOT",
	"EXISTS",
	"TEMP",
	"LP",
	"RP",
	"AS",
	"COMMA",
	"WITHOUT",
	"ABORT",
	"ACTION",
	"AFTER",
	"ANALYZE",
	"ASC",
	"ATTACH",
	"BEFORE",
	"BY",
	"CASCADE",
	"CAST",
	"CONFLICT",
	"DATABASE",
	"DESC",
	"DETACH",
	"EACH",
	"FAIL",
	"OR",
	"AND",
	"IS",
	"MATCH",
	"LIKE_KW",
	"BETWEEN",
	"IN",
	"ISNULL",
	"NOTNULL",
	"NE",
	"EQ",
	"GT",
	"LE",
	"LT",
	"GE",
	"ESCAPE",
	"ID",
	"COLUMNKW",
	"DO",
	"FOR",
	"IGNORE",
	"INITIALLY",
	"INSTEAD",
	"NO",
	"KEY",
	"OF",
	"OFFSET",
	"PRAGMA",
	"RAISE",
	"RECURSIVE",
	"REPLACE",
	"RESTRICT",
	"ROW",
	"ROWS",
	"TRIGGER",
	"VACUUM",
	"VIEW",
	"VIRTUAL",
	"WITH",
	"NULLS",
	"FIRST",
	"LAST",
	"CURRENT",
	"FOLLOWING",
	"PARTITION",
	"PRECEDING",
	"RANGE",
	"UNBOUNDED",
	"EXCLUDE",
	"GROUPS",
	"OTHERS",
	"TIES",
	"WITHIN",
	"GENERATED",
	"ALWAYS",
	"MATERIALIZED",
	"REINDEX",
	"RENAME",
	"CTIME_KW",
	"ANY",
	"BITAND",
	"BITOR",
	"LSHIFT",
	"RSHIFT",
	"PLUS",
	"MINUS",
	"STAR",
	"SLASH",
	"REM",
	"CONCAT",
	"PTR",
	"COLLATE",
	"BITNOT",
	"ON",
	"INDEXED",
	"STRING",
	"JOIN_KW",
	"CONSTRAINT",
	"DEFAULT",
	"NULL",
	"PRIMARY",
	"UNIQUE",
	"CHECK",
	"REFERENCES",
	"AUTOINCR",
	"INSERT",
	"DELETE",
	"UPDATE",
	"SET",
	"DEFERRABLE",
	"FOREIGN",
	"DROP",
	"UNION",
	"ALL",
	"EXCEPT",
	"INTERSECT",
	"SELECT",
	"VALUES",
	"DISTINCT",
	"DOT",
	"FROM",
	"JOIN",
	"USING",
	"ORDER",
	"GROUP",
	"HAVING",
	"LIMIT",
	"WHERE",
	"RETURNING",
	"INTO",
	"NOTHING",
	"BLOB",
	"FLOAT",
	"INTEGER",
	"VARIABLE",
	"CASE",
	"WHEN",
	"THEN",
	"ELSE",
	"INDEX",
	"ALTER",
	"ADD",
	"WINDOW",
	"OVER",
	"FILTER",
	"COLUMN",
	"AGG_FUNCTION",
	"AGG_COLUMN",
	"TRUEFALSE",
	"ISNOT",
	"FUNCTION",
	"UPLUS",
	"UMINUS",
	"TRUTH",
	"REGISTER",
	"VECTOR",
	"SELECT_COLUMN",
	"IF_NULL_ROW",
	"ASTERISK",
	"SPAN",
	"ERROR",
	"QNUMBER",
	"SPACE",
	"COMMENT",
	"ILLEGAL",
	"input",
	"cmdlist",
	"ecmd",
	"cmdx",
	"explain",
	"cmd",
	"transtype",
	"trans_opt",
	"nm",
	"savepoint_opt",
	"createkw",
	"temp",
	"ifnotexists",
	"fullname",
	"create_table_args",
	"columnlist",
	"conslist_opt",
	"table_option_set",
	"select",
	"table_option",
	"columnname",
	"carglist",
	"typetoken",
	"typename",
	"signed",
	"plus_num",
	"minus_num",
	"ccons",
	"term",
	"expr",
	"onconf",
	"sortorder",
	"autoinc",
	"eidlist_opt",
	"refargs",
	"defer_subclause",
	"generated",
	"refarg",
	"refact",
	"init_deferred_pred_opt",
	"conslist",
	"tconscomma",
	"tcons",
	"sortlist",
	"eidlist",
	"defer_subclause_opt",
	"orconf",
	"resolvetype",
	"raisetype",
	"ifexists",
	"selectnowith",
	"oneselect",
	"wqlist",
	"orderby_opt",
	"limit_opt",
	"multiselect_op",
	"distinct",
	"selcollist",
	"from",
	"where_opt",
	"groupby_opt",
	"having_opt",
	"window_clause",
	"values",
	"nexprlist",
	"mvalues",
	"sclp",
	"as",
	"seltablist",
	"stl_prefix",
	"joinop",
	"indexed_opt",
	"on_using",
	"exprlist",
	"xfullname",
	"idlist",
	"nulls",
	"with",
	"where_opt_ret",
	"setlist",
	"insert_cmd",
	"idlist_opt",
	"upsert",
	"returning",
	"filter_over",
	"likeop",
	"between_op",
	"in_op",
	"paren_exprlist",
	"case_operand",
	"case_exprlist",
	"case_else",
	"uniqueflag",
	"collate",
	"vinto",
	"nmnum",
	"trigger_time",
	"trigger_event",
	"foreach_clause",
	"when_clause",
	"trigger_cmd_list",
	"trigger_cmd",
	"tridxby",
	"database_kw_opt",
	"key_opt",
	"kwcolumn_opt",
	"create_vtab",
	"vtabarglist",
	"vtabarg",
	"vtabargtoken",
	"lp",
	"anylist",
	"wqitem",
	"wqas",
	"windowdefn_list",
	"windowdefn",
	"window",
	"frame_opt",
	"filter_clause",
	"over_clause",
	"range_or_rows",
	"frame_bound",
	"frame_bound_s",
	"frame_bound_e",
	"frame_exclude_opt",
	"frame_exclude"
];
const tables = {
	yy_action,
	yy_lookahead,
	yy_shift_ofst,
	yy_reduce_ofst,
	yy_default,
	yyFallback,
	yyRuleInfoLhs,
	yyRuleInfoNRhs,
	yy_expected
};
/**
* Reducer function that dispatches the actions defined for each rule in the grammar to build the AST.
*/
const reduce$1 = (state, ruleId, popped, ruleSpan) => {
	switch (ruleId) {
		case 0:
		case 1:
			flushCmd(state);
			return;
		case 2:
			state.explain = "Explain";
			return;
		case 3:
			state.explain = "QueryPlan";
			return;
		case 4: return;
		case 5:
			state.stmt = {
				type: "BeginStmt",
				tx: popped[1].minor,
				txName: popped[2].minor,
				span: ruleSpan
			};
			return;
		case 6:
		case 7: return;
		case 8: {
			const X = popped[1].minor;
			let A;
			A = X;
			return A;
		}
		case 9: return;
		case 10: return "Deferred";
		case 11: return "Immediate";
		case 12: return "Exclusive";
		case 13:
			state.stmt = {
				type: "CommitStmt",
				txName: popped[1].minor,
				span: ruleSpan
			};
			return;
		case 14:
			state.stmt = {
				type: "RollbackStmt",
				txName: popped[1].minor,
				savepointName: void 0,
				span: ruleSpan
			};
			return;
		case 15:
			state.stmt = {
				type: "SavepointStmt",
				savepointName: popped[1].minor,
				span: ruleSpan
			};
			return;
		case 16:
			state.stmt = {
				type: "ReleaseStmt",
				savepointName: popped[2].minor,
				span: ruleSpan
			};
			return;
		case 17:
			state.stmt = {
				type: "RollbackStmt",
				txName: popped[1].minor,
				savepointName: popped[4].minor,
				span: ruleSpan
			};
			return;
		case 18:
			state.stmt = {
				type: "CreateTableStmt",
				temporary: popped[1].minor,
				ifNotExists: popped[3].minor,
				tblName: popped[4].minor,
				body: popped[5].minor,
				span: ruleSpan
			};
			return;
		case 19: return false;
		case 20:
		case 21: return true;
		case 22: return false;
		case 23: {
			const C = popped[1].minor;
			const X = popped[2].minor;
			const F = popped[4].minor;
			let A;
			A = mkColumnsAndConstraints(C, X, F, ruleSpan);
			return A;
		}
		case 24: {
			const S = popped[1].minor;
			let A;
			A = {
				type: "AsSelectCreateTableBody",
				select: S,
				span: ruleSpan
			};
			return A;
		}
		case 25: return 0;
		case 26: {
			const X = popped[0].minor;
			const Y = popped[2].minor;
			let A;
			A = X | Y;
			return A;
		}
		case 27: {
			const X = popped[1].minor;
			let A;
			if (X.text.toLowerCase() === "rowid") A = 128;
			else {
				state.errors.push(mkDiagnostic(`unknown table option: ${X.text}`, X.span, {
					message: "expected WITHOUT ROWID",
					span: void 0
				}));
				A = 0;
			}
			return A;
		}
		case 28: {
			const X = popped[0].minor;
			let A;
			if (X.text.toLowerCase() === "strict") A = 65536;
			else {
				state.errors.push(mkDiagnostic(`unknown table option: ${X.text}`, X.span, {
					message: "expected STRICT or WITHOUT ROWID",
					span: void 0
				}));
				A = 0;
			}
			return A;
		}
		case 29: {
			const X = popped[2].minor;
			const Y = popped[3].minor;
			let A = popped[0].minor;
			addColumn(state, A, mkColumnDefinition(X.colName, X.colType, Y, ruleSpan));
			return A;
		}
		case 30: {
			const X = popped[0].minor;
			const Y = popped[1].minor;
			let A;
			const cd = mkColumnDefinition(X.colName, X.colType, Y, ruleSpan);
			A = [];
			addColumn(state, A, cd);
			return A;
		}
		case 31: {
			const X = popped[0].minor;
			const Y = popped[1].minor;
			let A;
			A = {
				colName: X,
				colType: Y,
				span: ruleSpan
			};
			return A;
		}
		case 32:
		case 33: {
			const X = popped[0].minor;
			let A;
			A = mkName(X);
			return A;
		}
		case 34: return;
		case 35: {
			const X = popped[0].minor;
			let A;
			A = {
				type: "Type",
				name: X,
				size: void 0,
				span: ruleSpan
			};
			return A;
		}
		case 36: {
			const X = popped[0].minor;
			const Y = popped[2].minor;
			let A;
			A = {
				type: "Type",
				name: X,
				size: {
					type: "MaxSizeTypeSize",
					size: Y,
					span: ruleSpan
				},
				span: ruleSpan
			};
			return A;
		}
		case 37: {
			const X = popped[0].minor;
			const Y = popped[2].minor;
			const Z = popped[4].minor;
			let A;
			A = {
				type: "Type",
				name: X,
				size: {
					type: "TypeSizeTypeSize",
					size1: Y,
					size2: Z,
					span: ruleSpan
				},
				span: ruleSpan
			};
			return A;
		}
		case 38: {
			const X = popped[0].minor;
			let A;
			A = sqlite3Dequote(X.text);
			return A;
		}
		case 39: {
			const Y = popped[1].minor;
			let A = popped[0].minor;
			A = A + " " + sqlite3Dequote(Y.text);
			return A;
		}
		case 40: {
			const X = popped[1].minor;
			let A = popped[0].minor;
			if (X) A.push(X);
			return A;
		}
		case 41: return [];
		case 42: {
			const X = popped[1].minor;
			let A;
			state.constraintName = X;
			A = void 0;
			return A;
		}
		case 43: {
			const X = popped[1].minor;
			let A;
			A = {
				type: "NamedColumnConstraint",
				name: state.constraintName,
				constraint: {
					type: "DefaultColumnConstraint",
					expr: X,
					span: ruleSpan
				},
				span: ruleSpan
			};
			state.constraintName = void 0;
			return A;
		}
		case 44: {
			const X = popped[2].minor;
			let A;
			A = {
				type: "NamedColumnConstraint",
				name: state.constraintName,
				constraint: {
					type: "DefaultColumnConstraint",
					expr: mkParenthesized(X, ruleSpan),
					span: ruleSpan
				},
				span: ruleSpan
			};
			state.constraintName = void 0;
			return A;
		}
		case 45: {
			const X = popped[2].minor;
			let A;
			A = {
				type: "NamedColumnConstraint",
				name: state.constraintName,
				constraint: {
					type: "DefaultColumnConstraint",
					expr: mkUnary("Positive", X, ruleSpan),
					span: ruleSpan
				},
				span: ruleSpan
			};
			state.constraintName = void 0;
			return A;
		}
		case 46: {
			const X = popped[2].minor;
			let A;
			A = {
				type: "NamedColumnConstraint",
				name: state.constraintName,
				constraint: {
					type: "DefaultColumnConstraint",
					expr: mkUnary("Negative", X, ruleSpan),
					span: ruleSpan
				},
				span: ruleSpan
			};
			state.constraintName = void 0;
			return A;
		}
		case 47: {
			const X = popped[1].minor;
			let A;
			A = {
				type: "NamedColumnConstraint",
				name: state.constraintName,
				constraint: {
					type: "DefaultColumnConstraint",
					expr: mkId(X),
					span: ruleSpan
				},
				span: ruleSpan
			};
			state.constraintName = void 0;
			return A;
		}
		case 48: {
			const R = popped[1].minor;
			let A;
			A = {
				type: "NamedColumnConstraint",
				name: state.constraintName,
				constraint: {
					type: "NotNullColumnConstraint",
					nullable: true,
					conflictClause: R,
					span: ruleSpan
				},
				span: ruleSpan
			};
			state.constraintName = void 0;
			return A;
		}
		case 49: {
			const R = popped[2].minor;
			let A;
			A = {
				type: "NamedColumnConstraint",
				name: state.constraintName,
				constraint: {
					type: "NotNullColumnConstraint",
					nullable: false,
					conflictClause: R,
					span: ruleSpan
				},
				span: ruleSpan
			};
			state.constraintName = void 0;
			return A;
		}
		case 50: {
			const Z = popped[2].minor;
			const R = popped[3].minor;
			const I = popped[4].minor;
			let A;
			A = {
				type: "NamedColumnConstraint",
				name: state.constraintName,
				constraint: {
					type: "PrimaryKeyColumnConstraint",
					order: Z,
					conflictClause: R,
					autoIncrement: I,
					span: ruleSpan
				},
				span: ruleSpan
			};
			state.constraintName = void 0;
			return A;
		}
		case 51: {
			const R = popped[1].minor;
			let A;
			A = {
				type: "NamedColumnConstraint",
				name: state.constraintName,
				constraint: {
					type: "UniqueColumnConstraint",
					conflictClause: R,
					span: ruleSpan
				},
				span: ruleSpan
			};
			state.constraintName = void 0;
			return A;
		}
		case 52: {
			const X = popped[2].minor;
			let A;
			A = {
				type: "NamedColumnConstraint",
				name: state.constraintName,
				constraint: {
					type: "CheckColumnConstraint",
					expr: X,
					span: ruleSpan
				},
				span: ruleSpan
			};
			state.constraintName = void 0;
			return A;
		}
		case 53: {
			const T = popped[1].minor;
			const TA = popped[2].minor;
			const R = popped[3].minor;
			let A;
			A = {
				type: "NamedColumnConstraint",
				name: state.constraintName,
				constraint: {
					type: "ForeignKeyColumnConstraint",
					clause: {
						type: "ForeignKeyClause",
						tblName: T,
						columns: TA,
						args: R,
						span: ruleSpan
					},
					deferClause: void 0,
					span: ruleSpan
				},
				span: ruleSpan
			};
			state.constraintName = void 0;
			return A;
		}
		case 54: {
			const D = popped[0].minor;
			let A;
			A = {
				type: "NamedColumnConstraint",
				name: void 0,
				constraint: {
					type: "DeferColumnConstraint",
					clause: D,
					span: ruleSpan
				},
				span: ruleSpan
			};
			return A;
		}
		case 55: {
			const C = popped[1].minor;
			let A;
			A = {
				type: "NamedColumnConstraint",
				name: state.constraintName,
				constraint: {
					type: "CollateColumnConstraint",
					collationName: mkName(C),
					span: ruleSpan
				},
				span: ruleSpan
			};
			state.constraintName = void 0;
			return A;
		}
		case 56: {
			const X = popped[3].minor;
			let A;
			A = {
				type: "NamedColumnConstraint",
				name: state.constraintName,
				constraint: X,
				span: ruleSpan
			};
			state.constraintName = void 0;
			return A;
		}
		case 57: {
			const X = popped[1].minor;
			let A;
			A = {
				type: "NamedColumnConstraint",
				name: state.constraintName,
				constraint: X,
				span: ruleSpan
			};
			state.constraintName = void 0;
			return A;
		}
		case 58: {
			const E = popped[1].minor;
			let X;
			X = {
				type: "GeneratedColumnConstraint",
				expr: E,
				typ: void 0,
				span: ruleSpan
			};
			return X;
		}
		case 59: {
			const E = popped[1].minor;
			const TYPE = popped[3].minor;
			let X;
			X = {
				type: "GeneratedColumnConstraint",
				expr: E,
				typ: mkId(TYPE),
				span: ruleSpan
			};
			return X;
		}
		case 60: return false;
		case 61: return true;
		case 62: return [];
		case 63: {
			const Y = popped[1].minor;
			let A = popped[0].minor;
			A.push(Y);
			return A;
		}
		case 64: {
			const X = popped[1].minor;
			let A;
			A = {
				type: "MatchRefArg",
				name: X,
				span: ruleSpan
			};
			return A;
		}
		case 65: {
			const X = popped[2].minor;
			let A;
			A = {
				type: "OnInsertRefArg",
				action: X,
				span: ruleSpan
			};
			return A;
		}
		case 66: {
			const X = popped[2].minor;
			let A;
			A = {
				type: "OnDeleteRefArg",
				action: X,
				span: ruleSpan
			};
			return A;
		}
		case 67: {
			const X = popped[2].minor;
			let A;
			A = {
				type: "OnUpdateRefArg",
				action: X,
				span: ruleSpan
			};
			return A;
		}
		case 68: return "SetNull";
		case 69: return "SetDefault";
		case 70: return "Cascade";
		case 71: return "Restrict";
		case 72: return "NoAction";
		case 73: {
			const X = popped[2].minor;
			let A;
			A = {
				type: "DeferSubclause",
				deferrable: false,
				initDeferred: X,
				span: ruleSpan
			};
			return A;
		}
		case 74: {
			const X = popped[1].minor;
			let A;
			A = {
				type: "DeferSubclause",
				deferrable: true,
				initDeferred: X,
				span: ruleSpan
			};
			return A;
		}
		case 75: return;
		case 76: return "InitiallyDeferred";
		case 77: return "InitiallyImmediate";
		case 78: return;
		case 79: {
			const X = popped[1].minor;
			let A;
			A = X;
			return A;
		}
		case 80: {
			const X = popped[2].minor;
			let A = popped[0].minor;
			if (X) A.push(X);
			return A;
		}
		case 81: {
			const X = popped[0].minor;
			let A;
			A = X ? [X] : [];
			return A;
		}
		case 82:
			state.constraintName = void 0;
			return;
		case 83: {
			const X = popped[1].minor;
			let A;
			state.constraintName = X;
			A = void 0;
			return A;
		}
		case 84: {
			const X = popped[3].minor;
			const I = popped[4].minor;
			const R = popped[6].minor;
			let A;
			A = {
				type: "NamedTableConstraint",
				name: state.constraintName,
				constraint: {
					type: "PrimaryKeyTableConstraint",
					columns: X,
					autoIncrement: I,
					conflictClause: R,
					span: ruleSpan
				},
				span: ruleSpan
			};
			state.constraintName = void 0;
			return A;
		}
		case 85: {
			const X = popped[2].minor;
			const R = popped[4].minor;
			let A;
			A = {
				type: "NamedTableConstraint",
				name: state.constraintName,
				constraint: {
					type: "UniqueTableConstraint",
					columns: X,
					conflictClause: R,
					span: ruleSpan
				},
				span: ruleSpan
			};
			state.constraintName = void 0;
			return A;
		}
		case 86: {
			const E = popped[2].minor;
			const R = popped[4].minor;
			let A;
			A = {
				type: "NamedTableConstraint",
				name: state.constraintName,
				constraint: {
					type: "CheckTableConstraint",
					expr: E,
					conflictClause: R,
					span: ruleSpan
				},
				span: ruleSpan
			};
			state.constraintName = void 0;
			return A;
		}
		case 87: {
			const FA = popped[3].minor;
			const T = popped[6].minor;
			const TA = popped[7].minor;
			const R = popped[8].minor;
			const D = popped[9].minor;
			let A;
			A = {
				type: "NamedTableConstraint",
				name: state.constraintName,
				constraint: {
					type: "ForeignKeyTableConstraint",
					columns: FA,
					clause: {
						type: "ForeignKeyClause",
						tblName: T,
						columns: TA,
						args: R,
						span: ruleSpan
					},
					deferClause: D,
					span: ruleSpan
				},
				span: ruleSpan
			};
			state.constraintName = void 0;
			return A;
		}
		case 88: return;
		case 89: {
			const X = popped[0].minor;
			let A;
			A = X;
			return A;
		}
		case 90: return;
		case 91: {
			const X = popped[2].minor;
			let A;
			A = X;
			return A;
		}
		case 92: return;
		case 93: {
			const X = popped[1].minor;
			let A;
			A = X;
			return A;
		}
		case 94: return "Ignore";
		case 95: return "Replace";
		case 96:
			state.stmt = {
				type: "DropTableStmt",
				ifExists: popped[2].minor,
				tblName: popped[3].minor,
				span: ruleSpan
			};
			return;
		case 97: return true;
		case 98: return false;
		case 99:
			state.stmt = {
				type: "CreateViewStmt",
				temporary: popped[1].minor,
				ifNotExists: popped[3].minor,
				viewName: popped[4].minor,
				columns: popped[5].minor,
				select: popped[7].minor,
				span: ruleSpan
			};
			return;
		case 100:
			state.stmt = {
				type: "DropViewStmt",
				ifExists: popped[2].minor,
				viewName: popped[3].minor,
				span: ruleSpan
			};
			return;
		case 101:
			state.stmt = {
				type: "SelectStmt",
				body: popped[0].minor,
				span: ruleSpan
			};
			return;
		case 102: {
			const W = popped[1].minor;
			const X = popped[2].minor;
			const Z = popped[3].minor;
			const L = popped[4].minor;
			let A;
			A = mkSelect({
				type: "With",
				recursive: false,
				ctes: W,
				span: ruleSpan
			}, X, Z, L, ruleSpan);
			return A;
		}
		case 103: {
			const W = popped[2].minor;
			const X = popped[3].minor;
			const Z = popped[4].minor;
			const L = popped[5].minor;
			let A;
			A = mkSelect({
				type: "With",
				recursive: true,
				ctes: W,
				span: ruleSpan
			}, X, Z, L, ruleSpan);
			return A;
		}
		case 104: {
			const X = popped[0].minor;
			const Z = popped[1].minor;
			const L = popped[2].minor;
			let A;
			A = mkSelect(void 0, X, Z, L, ruleSpan);
			return A;
		}
		case 105: {
			const X = popped[0].minor;
			let A;
			A = {
				select: X,
				compounds: void 0
			};
			return A;
		}
		case 106: {
			const Y = popped[1].minor;
			const Z = popped[2].minor;
			let A = popped[0].minor;
			pushCompound(A, {
				type: "CompoundSelect",
				operator: Y,
				select: Z,
				span: ruleSpan
			});
			return A;
		}
		case 107: return "Union";
		case 108: return "UnionAll";
		case 109: return "Except";
		case 110: return "Intersect";
		case 111: {
			const D = popped[1].minor;
			const W = popped[2].minor;
			const X = popped[3].minor;
			const Y = popped[4].minor;
			const P = popped[5].minor;
			const Q = popped[6].minor;
			let A;
			A = mkOneSelect(state, D, W, X, Y, P, Q, void 0, ruleSpan);
			return A;
		}
		case 112: {
			const D = popped[1].minor;
			const W = popped[2].minor;
			const X = popped[3].minor;
			const Y = popped[4].minor;
			const P = popped[5].minor;
			const Q = popped[6].minor;
			const R = popped[7].minor;
			let A;
			A = mkOneSelect(state, D, W, X, Y, P, Q, R, ruleSpan);
			return A;
		}
		case 113: {
			const X = popped[0].minor;
			let A;
			A = {
				type: "SelectValues",
				values: X,
				span: ruleSpan
			};
			return A;
		}
		case 114: {
			const X = popped[2].minor;
			let A;
			A = [{
				type: "ValuesRow",
				values: X,
				span: ruleSpan
			}];
			return A;
		}
		case 115: {
			const X = popped[0].minor;
			let A;
			A = {
				type: "SelectValues",
				values: X,
				span: ruleSpan
			};
			return A;
		}
		case 116:
		case 117: {
			const Y = popped[3].minor;
			let A = popped[0].minor;
			valuesPush(state, A, Y, ruleSpan);
			return A;
		}
		case 118: return "Distinct";
		case 119: return "All";
		case 120: return;
		case 121: return [];
		case 122: {
			const X = popped[1].minor;
			const Y = popped[2].minor;
			let A = popped[0].minor;
			A.push({
				type: "ExprResultColumn",
				expr: X,
				alias: Y,
				span: ruleSpan
			});
			return A;
		}
		case 123: {
			let A = popped[0].minor;
			A.push({
				type: "StarResultColumn",
				span: ruleSpan
			});
			return A;
		}
		case 124: {
			const X = popped[1].minor;
			let A = popped[0].minor;
			A.push({
				type: "TableStarResultColumn",
				table: X,
				span: ruleSpan
			});
			return A;
		}
		case 125: {
			const Y = popped[1].minor;
			let X;
			X = {
				type: "AsAs",
				name: Y,
				span: ruleSpan
			};
			return X;
		}
		case 126: {
			const Y = popped[0].minor;
			let X;
			X = {
				type: "ElidedAs",
				name: mkName(Y),
				span: ruleSpan
			};
			return X;
		}
		case 127: return;
		case 128: return;
		case 129: {
			const X = popped[1].minor;
			let A;
			A = freezeFrom(X, ruleSpan);
			return A;
		}
		case 130: {
			const Y = popped[1].minor;
			let A = popped[0].minor;
			A.pendingOp = Y;
			return A;
		}
		case 131: {
			let A;
			A = emptyFromClause();
			return A;
		}
		case 132: {
			const Y = popped[1].minor;
			const Z = popped[2].minor;
			const I = popped[3].minor;
			const N = popped[4].minor;
			let A = popped[0].minor;
			fromClausePush(state, A, {
				type: "TableSelectTable",
				tblName: Y,
				alias: Z,
				indexed: I,
				span: ruleSpan
			}, N);
			return A;
		}
		case 133: {
			const Y = popped[1].minor;
			const E = popped[3].minor;
			const Z = popped[5].minor;
			const N = popped[6].minor;
			let A = popped[0].minor;
			fromClausePush(state, A, {
				type: "TableCallSelectTable",
				tblName: Y,
				args: E,
				alias: Z,
				span: ruleSpan
			}, N);
			return A;
		}
		case 134: {
			const S = popped[2].minor;
			const Z = popped[4].minor;
			const N = popped[5].minor;
			let A = popped[0].minor;
			fromClausePush(state, A, {
				type: "SelectSelectTable",
				select: S,
				alias: Z,
				span: ruleSpan
			}, N);
			return A;
		}
		case 135: {
			const F = popped[2].minor;
			const Z = popped[4].minor;
			const N = popped[5].minor;
			let A = popped[0].minor;
			fromClausePush(state, A, {
				type: "SubSelectTable",
				from: freezeFrom(F, ruleSpan),
				alias: Z,
				span: ruleSpan
			}, N);
			return A;
		}
		case 136: {
			const X = popped[0].minor;
			let A;
			A = qnSingle(X, ruleSpan);
			return A;
		}
		case 137: {
			const X = popped[0].minor;
			const Y = popped[2].minor;
			let A;
			A = qnFull(X, Y, ruleSpan);
			return A;
		}
		case 138: {
			const X = popped[0].minor;
			let A;
			A = qnSingle(X, ruleSpan);
			return A;
		}
		case 139: {
			const X = popped[0].minor;
			const Y = popped[2].minor;
			let A;
			A = qnFull(X, Y, ruleSpan);
			return A;
		}
		case 140: {
			const X = popped[0].minor;
			const Z = popped[2].minor;
			let A;
			A = qnAlias(X, Z, ruleSpan);
			return A;
		}
		case 141: {
			const X = popped[0].minor;
			const Y = popped[2].minor;
			const Z = popped[4].minor;
			let A;
			A = qnXfull(X, Y, Z, ruleSpan);
			return A;
		}
		case 142: {
			let X;
			X = {
				type: "CommaJoinOperator",
				span: ruleSpan
			};
			return X;
		}
		case 143: {
			let X;
			X = {
				type: "TypedJoinJoinOperator",
				joinType: void 0,
				span: ruleSpan
			};
			return X;
		}
		case 144: {
			const A = popped[0].minor;
			let X;
			X = joinOperatorFrom(state, A, void 0, void 0, ruleSpan);
			return X;
		}
		case 145: {
			const A = popped[0].minor;
			const B = popped[1].minor;
			let X;
			X = joinOperatorFrom(state, A, B, void 0, ruleSpan);
			return X;
		}
		case 146: {
			const A = popped[0].minor;
			const B = popped[1].minor;
			const C = popped[2].minor;
			let X;
			X = joinOperatorFrom(state, A, B, C, ruleSpan);
			return X;
		}
		case 147: {
			const E = popped[1].minor;
			let N;
			N = {
				type: "OnJoinConstraint",
				expr: E,
				span: ruleSpan
			};
			return N;
		}
		case 148: {
			const L = popped[2].minor;
			let N;
			N = {
				type: "UsingJoinConstraint",
				columns: L,
				span: ruleSpan
			};
			return N;
		}
		case 149: return;
		case 150: return;
		case 151: {
			const X = popped[2].minor;
			let A;
			A = {
				type: "IndexedByIndexed",
				idxName: X,
				span: ruleSpan
			};
			return A;
		}
		case 152: {
			let A;
			A = {
				type: "NotIndexedIndexed",
				span: ruleSpan
			};
			return A;
		}
		case 153: return;
		case 154: {
			const X = popped[2].minor;
			let A;
			A = X;
			return A;
		}
		case 155: {
			const Y = popped[2].minor;
			const Z = popped[3].minor;
			const X = popped[4].minor;
			let A = popped[0].minor;
			A.push({
				type: "SortedColumn",
				expr: Y,
				order: Z,
				nulls: X,
				span: ruleSpan
			});
			return A;
		}
		case 156: {
			const Y = popped[0].minor;
			const Z = popped[1].minor;
			const X = popped[2].minor;
			let A;
			A = [{
				type: "SortedColumn",
				expr: Y,
				order: Z,
				nulls: X,
				span: ruleSpan
			}];
			return A;
		}
		case 157: return "Asc";
		case 158: return "Desc";
		case 159: return;
		case 160: return "First";
		case 161: return "Last";
		case 162: return;
		case 163: return;
		case 164: {
			const X = popped[2].minor;
			let A;
			A = X;
			return A;
		}
		case 165: return;
		case 166: {
			const X = popped[1].minor;
			let A;
			A = X;
			return A;
		}
		case 167: return;
		case 168: {
			const X = popped[1].minor;
			let A;
			A = {
				type: "Limit",
				expr: X,
				offset: void 0,
				span: ruleSpan
			};
			return A;
		}
		case 169: {
			const X = popped[1].minor;
			const Y = popped[3].minor;
			let A;
			A = {
				type: "Limit",
				expr: X,
				offset: Y,
				span: ruleSpan
			};
			return A;
		}
		case 170: {
			const X = popped[1].minor;
			const Y = popped[3].minor;
			let A;
			A = {
				type: "Limit",
				expr: Y,
				offset: X,
				span: ruleSpan
			};
			return A;
		}
		case 171: {
			const C = popped[0].minor;
			const X = popped[3].minor;
			const I = popped[4].minor;
			const W = popped[5].minor;
			state.stmt = {
				type: "DeleteStmt",
				with: C,
				tblName: X,
				indexed: I,
				whereClause: W.where,
				returning: W.returning,
				orderBy: void 0,
				limit: void 0,
				span: ruleSpan
			};
			return;
		}
		case 172: return;
		case 173: {
			const X = popped[1].minor;
			let A;
			A = X;
			return A;
		}
		case 174: {
			let A;
			A = {
				where: void 0,
				returning: void 0,
				span: ruleSpan
			};
			return A;
		}
		case 175: {
			const X = popped[1].minor;
			let A;
			A = {
				where: X,
				returning: void 0,
				span: ruleSpan
			};
			return A;
		}
		case 176: {
			const X = popped[1].minor;
			let A;
			A = {
				where: void 0,
				returning: X,
				span: ruleSpan
			};
			return A;
		}
		case 177: {
			const X = popped[1].minor;
			const Y = popped[3].minor;
			let A;
			A = {
				where: X,
				returning: Y,
				span: ruleSpan
			};
			return A;
		}
		case 178: {
			const C = popped[0].minor;
			const R = popped[2].minor;
			const X = popped[3].minor;
			const I = popped[4].minor;
			const Y = popped[6].minor;
			const F = popped[7].minor;
			const W = popped[8].minor;
			state.stmt = {
				type: "UpdateStmt",
				with: C,
				orConflict: R,
				tblName: X,
				indexed: I,
				sets: Y,
				from: F,
				whereClause: W.where,
				returning: W.returning,
				orderBy: void 0,
				limit: void 0,
				span: ruleSpan
			};
			return;
		}
		case 179: {
			const X = popped[2].minor;
			const Y = popped[4].minor;
			let A = popped[0].minor;
			A.push({
				type: "SetAssignment",
				colNames: [X],
				expr: Y,
				span: ruleSpan
			});
			return A;
		}
		case 180: {
			const X = popped[3].minor;
			const Y = popped[6].minor;
			let A = popped[0].minor;
			A.push({
				type: "SetAssignment",
				colNames: X,
				expr: Y,
				span: ruleSpan
			});
			return A;
		}
		case 181: {
			const X = popped[0].minor;
			const Y = popped[2].minor;
			let A;
			A = [{
				type: "SetAssignment",
				colNames: [X],
				expr: Y,
				span: ruleSpan
			}];
			return A;
		}
		case 182: {
			const X = popped[1].minor;
			const Y = popped[4].minor;
			let A;
			A = [{
				type: "SetAssignment",
				colNames: X,
				expr: Y,
				span: ruleSpan
			}];
			return A;
		}
		case 183: {
			const W = popped[0].minor;
			const R = popped[1].minor;
			const X = popped[3].minor;
			const F = popped[4].minor;
			const S = popped[5].minor;
			const U = popped[6].minor;
			state.stmt = {
				type: "InsertStmt",
				with: W,
				orConflict: R,
				tblName: X,
				columns: F,
				body: {
					type: "SelectInsertBody",
					select: S,
					upsert: U.upsert,
					span: ruleSpan
				},
				returning: U.returning,
				span: ruleSpan
			};
			return;
		}
		case 184: {
			const W = popped[0].minor;
			const R = popped[1].minor;
			const X = popped[3].minor;
			const F = popped[4].minor;
			const Y = popped[7].minor;
			state.stmt = {
				type: "InsertStmt",
				with: W,
				orConflict: R,
				tblName: X,
				columns: F,
				body: {
					type: "DefaultValuesInsertBody",
					span: ruleSpan
				},
				returning: Y.columns,
				span: ruleSpan
			};
			return;
		}
		case 185: {
			let A;
			A = {
				upsert: void 0,
				returning: void 0,
				returningSpan: void 0,
				span: ruleSpan
			};
			return A;
		}
		case 186: {
			const X = popped[1].minor;
			let A;
			A = {
				upsert: void 0,
				returning: X,
				returningSpan: ruleSpan,
				span: ruleSpan
			};
			return A;
		}
		case 187: {
			const T = popped[3].minor;
			const TW = popped[5].minor;
			const Z = popped[9].minor;
			const W = popped[10].minor;
			const N = popped[11].minor;
			let A;
			A = {
				upsert: {
					type: "Upsert",
					index: mkUpsertIndex(state, T, TW, ruleSpan),
					doClause: {
						type: "SetUpsertDo",
						sets: Z,
						whereClause: W,
						span: ruleSpan
					},
					next: N.upsert,
					span: ruleSpan
				},
				returning: N.returning,
				returningSpan: N.returningSpan,
				span: ruleSpan
			};
			return A;
		}
		case 188: {
			const T = popped[3].minor;
			const TW = popped[5].minor;
			const N = popped[8].minor;
			let A;
			A = {
				upsert: {
					type: "Upsert",
					index: mkUpsertIndex(state, T, TW, ruleSpan),
					doClause: {
						type: "NothingUpsertDo",
						span: ruleSpan
					},
					next: N.upsert,
					span: ruleSpan
				},
				returning: N.returning,
				returningSpan: N.returningSpan,
				span: ruleSpan
			};
			return A;
		}
		case 189: {
			const R = popped[4].minor;
			let A;
			A = {
				upsert: {
					type: "Upsert",
					index: void 0,
					doClause: {
						type: "NothingUpsertDo",
						span: ruleSpan
					},
					next: void 0,
					span: ruleSpan
				},
				returning: R.columns,
				returningSpan: R.span,
				span: ruleSpan
			};
			return A;
		}
		case 190: {
			const Z = popped[5].minor;
			const W = popped[6].minor;
			const R = popped[7].minor;
			let A;
			A = {
				upsert: {
					type: "Upsert",
					index: void 0,
					doClause: {
						type: "SetUpsertDo",
						sets: Z,
						whereClause: W,
						span: ruleSpan
					},
					next: void 0,
					span: ruleSpan
				},
				returning: R.columns,
				returningSpan: R.span,
				span: ruleSpan
			};
			return A;
		}
		case 191: {
			const X = popped[1].minor;
			let A;
			A = {
				columns: X,
				span: ruleSpan
			};
			return A;
		}
		case 192: return {
			columns: void 0,
			span: void 0
		};
		case 193: {
			const R = popped[1].minor;
			let A;
			A = R;
			return A;
		}
		case 194: return "Replace";
		case 195: return;
		case 196: {
			const X = popped[1].minor;
			let A;
			A = X;
			return A;
		}
		case 197: {
			const Y = popped[2].minor;
			let A = popped[0].minor;
			const duplicateOf = A.find((n) => n.text === Y.text);
			if (duplicateOf) state.errors.push(mkDuplicateDiagnostic(`column "${Y.text}" specified more than once`, Y.span, duplicateOf.span));
			else A.push(Y);
			return A;
		}
		case 198: {
			const Y = popped[0].minor;
			let A;
			A = [Y];
			return A;
		}
		case 199: {
			const X = popped[1].minor;
			let A;
			A = mkParenthesized(X, ruleSpan);
			return A;
		}
		case 200: {
			const X = popped[0].minor;
			let A;
			A = mkId(X);
			return A;
		}
		case 201: {
			const X = popped[0].minor;
			const Y = popped[2].minor;
			let A;
			A = {
				type: "QualifiedExpr",
				schema: void 0,
				table: X,
				column: Y,
				span: ruleSpan
			};
			return A;
		}
		case 202: {
			const X = popped[0].minor;
			const Y = popped[2].minor;
			const Z = popped[4].minor;
			let A;
			A = {
				type: "QualifiedExpr",
				schema: X,
				table: Y,
				column: Z,
				span: ruleSpan
			};
			return A;
		}
		case 203: {
			const X = popped[0].minor;
			let A;
			A = mkNullLiteral(X);
			return A;
		}
		case 204: {
			const X = popped[0].minor;
			let A;
			A = mkBlobLiteral(X);
			return A;
		}
		case 205: {
			const X = popped[0].minor;
			let A;
			A = mkStringLiteral(X);
			return A;
		}
		case 206: {
			const X = popped[0].minor;
			let A;
			A = mkNumericLiteral(X);
			return A;
		}
		case 207: {
			const X = popped[0].minor;
			let A;
			A = mkVariableExpr(X);
			return A;
		}
		case 208: {
			const X = popped[0].minor;
			const C = popped[2].minor;
			let A;
			A = mkCollate(X, C, ruleSpan);
			return A;
		}
		case 209: {
			const E = popped[2].minor;
			const T = popped[4].minor;
			let A;
			A = mkCast(E, T, ruleSpan);
			return A;
		}
		case 210: {
			const X = popped[0].minor;
			const D = popped[2].minor;
			const Y = popped[3].minor;
			let A;
			A = mkFunctionCall(state, X, D, Y, void 0, void 0, ruleSpan);
			return A;
		}
		case 211: {
			const X = popped[0].minor;
			const D = popped[2].minor;
			const Y = popped[3].minor;
			const O = popped[6].minor;
			let A;
			A = mkFunctionCall(state, X, D, Y, {
				type: "SortListFunctionCallOrder",
				columns: O,
				span: ruleSpan
			}, void 0, ruleSpan);
			return A;
		}
		case 212: {
			const X = popped[0].minor;
			let A;
			A = mkFunctionCallStar(X, void 0, ruleSpan);
			return A;
		}
		case 213: {
			const X = popped[0].minor;
			const D = popped[2].minor;
			const Y = popped[3].minor;
			const E = popped[10].minor;
			let A;
			A = mkFunctionCall(state, X, D, Y, {
				type: "WithinGroupFunctionCallOrder",
				expr: E,
				span: ruleSpan
			}, void 0, ruleSpan);
			return A;
		}
		case 214: {
			const X = popped[0].minor;
			const D = popped[2].minor;
			const Y = popped[3].minor;
			const Z = popped[5].minor;
			let A;
			A = mkFunctionCall(state, X, D, Y, void 0, Z, ruleSpan);
			return A;
		}
		case 215: {
			const X = popped[0].minor;
			const D = popped[2].minor;
			const Y = popped[3].minor;
			const O = popped[6].minor;
			const Z = popped[8].minor;
			let A;
			A = mkFunctionCall(state, X, D, Y, {
				type: "SortListFunctionCallOrder",
				columns: O,
				span: ruleSpan
			}, Z, ruleSpan);
			return A;
		}
		case 216: {
			const X = popped[0].minor;
			const Z = popped[4].minor;
			let A;
			A = mkFunctionCallStar(X, Z, ruleSpan);
			return A;
		}
		case 217: {
			const X = popped[0].minor;
			const D = popped[2].minor;
			const Y = popped[3].minor;
			const E = popped[10].minor;
			const Z = popped[12].minor;
			let A;
			A = mkFunctionCall(state, X, D, Y, {
				type: "WithinGroupFunctionCallOrder",
				expr: E,
				span: ruleSpan
			}, Z, ruleSpan);
			return A;
		}
		case 218: {
			const OP = popped[0].minor;
			let A;
			A = literalFromCtimeKw(OP);
			return A;
		}
		case 219: {
			const X = popped[1].minor;
			const Y = popped[3].minor;
			let A;
			A = {
				type: "ParenthesizedExpr",
				exprs: [...X, Y],
				span: ruleSpan
			};
			return A;
		}
		case 220:
		case 221:
		case 222:
		case 223:
		case 224:
		case 225:
		case 226:
		case 227: {
			const X = popped[0].minor;
			const OP = popped[1].minor;
			const Y = popped[2].minor;
			let A;
			A = mkBinary(X, binaryOperatorFromToken(OP.type, tokens), Y, ruleSpan);
			return A;
		}
		case 228: {
			const X = popped[0].minor;
			let A;
			A = {
				not: false,
				op: likeOperatorFromToken(X, tokens),
				span: ruleSpan
			};
			return A;
		}
		case 229: {
			const X = popped[1].minor;
			let A;
			A = {
				not: true,
				op: likeOperatorFromToken(X, tokens),
				span: ruleSpan
			};
			return A;
		}
		case 230: {
			const X = popped[0].minor;
			const OP = popped[1].minor;
			const Y = popped[2].minor;
			let A;
			A = mkLikeExpr(X, OP.not, OP.op, Y, void 0, ruleSpan);
			return A;
		}
		case 231: {
			const X = popped[0].minor;
			const OP = popped[1].minor;
			const Y = popped[2].minor;
			const E = popped[4].minor;
			let A;
			A = mkLikeExpr(X, OP.not, OP.op, Y, E, ruleSpan);
			return A;
		}
		case 232: {
			const X = popped[0].minor;
			const E = popped[1].minor;
			let A;
			A = mkNotNullExpr(X, E.type, tokens, ruleSpan);
			return A;
		}
		case 233: {
			const X = popped[0].minor;
			let A;
			A = {
				type: "NotNullExpr",
				expr: X,
				span: ruleSpan
			};
			return A;
		}
		case 234: {
			const X = popped[0].minor;
			const Y = popped[2].minor;
			let A;
			A = mkBinary(X, "Is", Y, ruleSpan);
			return A;
		}
		case 235: {
			const X = popped[0].minor;
			const Y = popped[3].minor;
			let A;
			A = mkBinary(X, "IsNot", Y, ruleSpan);
			return A;
		}
		case 236: {
			const X = popped[0].minor;
			const Y = popped[5].minor;
			let A;
			A = mkBinary(X, "Is", Y, ruleSpan);
			return A;
		}
		case 237: {
			const X = popped[0].minor;
			const Y = popped[4].minor;
			let A;
			A = mkBinary(X, "IsNot", Y, ruleSpan);
			return A;
		}
		case 238:
		case 239:
		case 240: {
			const B = popped[0].minor;
			const X = popped[1].minor;
			let A;
			A = mkUnary(unaryOperatorFromToken(B.type, tokens), X, ruleSpan);
			return A;
		}
		case 241: {
			const B = popped[0].minor;
			const C = popped[1].minor;
			const D = popped[2].minor;
			let A;
			A = mkBinary(B, ptrOperatorFromToken(C), D, ruleSpan);
			return A;
		}
		case 242: return false;
		case 243: return true;
		case 244: {
			const B = popped[0].minor;
			const N = popped[1].minor;
			const X = popped[2].minor;
			const Y = popped[4].minor;
			let A;
			A = mkBetween(B, N, X, Y, ruleSpan);
			return A;
		}
		case 245: return false;
		case 246: return true;
		case 247: {
			const X = popped[0].minor;
			const N = popped[1].minor;
			const Y = popped[3].minor;
			let A;
			A = mkInList(X, N, Y, ruleSpan);
			return A;
		}
		case 248: {
			const X = popped[1].minor;
			let A;
			A = mkSubquery(X, ruleSpan);
			return A;
		}
		case 249: {
			const X = popped[0].minor;
			const N = popped[1].minor;
			const Y = popped[3].minor;
			let A;
			A = mkInSelect(X, N, Y, ruleSpan);
			return A;
		}
		case 250: {
			const X = popped[0].minor;
			const N = popped[1].minor;
			const Y = popped[2].minor;
			const E = popped[3].minor;
			let A;
			A = mkInTable(X, N, Y, E, ruleSpan);
			return A;
		}
		case 251: {
			const Y = popped[2].minor;
			let A;
			A = mkExistsExpr(Y, ruleSpan);
			return A;
		}
		case 252: {
			const X = popped[1].minor;
			const Y = popped[2].minor;
			const Z = popped[3].minor;
			let A;
			A = {
				type: "CaseExpr",
				base: X,
				whenThenPairs: Y,
				elseExpr: Z,
				span: ruleSpan
			};
			return A;
		}
		case 253: {
			const Y = popped[2].minor;
			const Z = popped[4].minor;
			let A = popped[0].minor;
			A.push({
				type: "WhenThen",
				when: Y,
				then: Z,
				span: ruleSpan
			});
			return A;
		}
		case 254: {
			const Y = popped[1].minor;
			const Z = popped[3].minor;
			let A;
			A = [{
				type: "WhenThen",
				when: Y,
				then: Z,
				span: ruleSpan
			}];
			return A;
		}
		case 255: {
			const X = popped[1].minor;
			let A;
			A = X;
			return A;
		}
		case 256: return;
		case 257: {
			const X = popped[0].minor;
			let A;
			A = X;
			return A;
		}
		case 258: return;
		case 259: {
			const X = popped[0].minor;
			let A;
			A = X;
			return A;
		}
		case 260: return;
		case 261: {
			const Y = popped[2].minor;
			let A = popped[0].minor;
			A.push(Y);
			return A;
		}
		case 262: {
			const Y = popped[0].minor;
			let A;
			A = [Y];
			return A;
		}
		case 263: return;
		case 264: {
			const X = popped[1].minor;
			let A;
			A = X;
			return A;
		}
		case 265:
			state.stmt = {
				type: "CreateIndexStmt",
				unique: popped[1].minor,
				ifNotExists: popped[3].minor,
				idxName: popped[4].minor,
				tblName: popped[6].minor,
				columns: popped[8].minor,
				whereClause: popped[10].minor,
				span: ruleSpan
			};
			return;
		case 266: return true;
		case 267: return false;
		case 268: return;
		case 269: {
			const X = popped[1].minor;
			let A;
			A = X;
			return A;
		}
		case 270: {
			const Y = popped[2].minor;
			const C = popped[3].minor;
			const Z = popped[4].minor;
			let A = popped[0].minor;
			A.push({
				type: "IndexedColumn",
				colName: Y,
				collationName: C,
				order: Z,
				span: ruleSpan
			});
			return A;
		}
		case 271: {
			const Y = popped[0].minor;
			const C = popped[1].minor;
			const Z = popped[2].minor;
			let A;
			A = [{
				type: "IndexedColumn",
				colName: Y,
				collationName: C,
				order: Z,
				span: ruleSpan
			}];
			return A;
		}
		case 272: return;
		case 273: {
			const X = popped[1].minor;
			let C;
			C = mkName(X);
			return C;
		}
		case 274:
			state.stmt = {
				type: "DropIndexStmt",
				ifExists: popped[2].minor,
				idxName: popped[3].minor,
				span: ruleSpan
			};
			return;
		case 275:
			state.stmt = {
				type: "VacuumStmt",
				dbName: void 0,
				into: popped[1].minor,
				span: ruleSpan
			};
			return;
		case 276:
			state.stmt = {
				type: "VacuumStmt",
				dbName: popped[1].minor,
				into: popped[2].minor,
				span: ruleSpan
			};
			return;
		case 277: {
			const X = popped[1].minor;
			let A;
			A = X;
			return A;
		}
		case 278: return;
		case 279:
			state.stmt = {
				type: "PragmaStmt",
				name: popped[1].minor,
				body: void 0,
				span: ruleSpan
			};
			return;
		case 280:
			state.stmt = {
				type: "PragmaStmt",
				name: popped[1].minor,
				body: {
					type: "EqualsPragmaBody",
					value: popped[3].minor,
					span: ruleSpan
				},
				span: ruleSpan
			};
			return;
		case 281:
			state.stmt = {
				type: "PragmaStmt",
				name: popped[1].minor,
				body: {
					type: "CallPragmaBody",
					value: popped[3].minor,
					span: ruleSpan
				},
				span: ruleSpan
			};
			return;
		case 282:
			state.stmt = {
				type: "PragmaStmt",
				name: popped[1].minor,
				body: {
					type: "EqualsPragmaBody",
					value: popped[3].minor,
					span: ruleSpan
				},
				span: ruleSpan
			};
			return;
		case 283:
			state.stmt = {
				type: "PragmaStmt",
				name: popped[1].minor,
				body: {
					type: "CallPragmaBody",
					value: popped[3].minor,
					span: ruleSpan
				},
				span: ruleSpan
			};
			return;
		case 284: {
			const X = popped[0].minor;
			let A;
			A = {
				type: "NameExpr",
				name: X,
				span: ruleSpan
			};
			return A;
		}
		case 285:
		case 286:
		case 287: {
			const X = popped[0].minor;
			let A;
			A = mkKeywordLiteral(X);
			return A;
		}
		case 288: {
			const X = popped[1].minor;
			let A;
			A = mkUnary("Positive", mkNumericLiteral(X), ruleSpan);
			return A;
		}
		case 289: {
			const X = popped[0].minor;
			let A;
			A = mkNumericLiteral(X);
			return A;
		}
		case 290: {
			const X = popped[1].minor;
			let A;
			A = mkUnary("Negative", mkNumericLiteral(X), ruleSpan);
			return A;
		}
		case 291:
			state.stmt = {
				type: "CreateTriggerStmt",
				temporary: popped[1].minor,
				ifNotExists: popped[3].minor,
				triggerName: popped[4].minor,
				time: popped[5].minor,
				event: popped[6].minor,
				tblName: popped[8].minor,
				forEachRow: popped[9].minor,
				whenClause: popped[10].minor,
				commands: popped[12].minor,
				span: ruleSpan
			};
			return;
		case 292: return "Before";
		case 293: return "After";
		case 294: return "InsteadOf";
		case 295: return;
		case 296: {
			let A;
			A = {
				type: "DeleteTriggerEvent",
				span: ruleSpan
			};
			return A;
		}
		case 297: {
			let A;
			A = {
				type: "InsertTriggerEvent",
				span: ruleSpan
			};
			return A;
		}
		case 298: {
			let A;
			A = {
				type: "UpdateTriggerEvent",
				span: ruleSpan
			};
			return A;
		}
		case 299: {
			const X = popped[2].minor;
			let A;
			A = {
				type: "UpdateOfTriggerEvent",
				columns: X,
				span: ruleSpan
			};
			return A;
		}
		case 300: return false;
		case 301: return true;
		case 302: return;
		case 303: {
			const X = popped[1].minor;
			let A;
			A = X;
			return A;
		}
		case 304: {
			const X = popped[1].minor;
			let A = popped[0].minor;
			A.push(X);
			return A;
		}
		case 305: {
			const X = popped[0].minor;
			let A;
			A = [X];
			return A;
		}
		case 306:
			state.errors.push(mkDiagnostic("the INDEXED BY clause is not allowed on UPDATE or DELETE statements within triggers", ruleSpan));
			return;
		case 307:
			state.errors.push(mkDiagnostic("the NOT INDEXED clause is not allowed on UPDATE or DELETE statements within triggers", ruleSpan));
			return;
		case 308: {
			const R = popped[1].minor;
			const X = popped[2].minor;
			const Y = popped[5].minor;
			const F = popped[6].minor;
			const Z = popped[7].minor;
			let A;
			A = {
				type: "UpdateTriggerCmd",
				orConflict: R,
				tblName: X,
				sets: Y,
				from: F,
				whereClause: Z,
				span: ruleSpan
			};
			return A;
		}
		case 309: {
			const R = popped[0].minor;
			const X = popped[2].minor;
			const F = popped[3].minor;
			const S = popped[4].minor;
			const U = popped[5].minor;
			let A;
			if (U.returning) state.errors.push(mkDiagnostic("cannot use RETURNING in a trigger", U.returningSpan ?? ruleSpan));
			A = {
				type: "InsertTriggerCmd",
				orConflict: R,
				tblName: X,
				colNames: F,
				select: S,
				upsert: U.upsert,
				span: ruleSpan
			};
			return A;
		}
		case 310: {
			const X = popped[2].minor;
			const Y = popped[4].minor;
			let A;
			A = {
				type: "DeleteTriggerCmd",
				tblName: X,
				whereClause: Y,
				span: ruleSpan
			};
			return A;
		}
		case 311: {
			const X = popped[0].minor;
			let A;
			A = {
				type: "SelectTriggerCmd",
				select: X,
				span: ruleSpan
			};
			return A;
		}
		case 312: {
			let A;
			A = {
				type: "RaiseExpr",
				resolve: "Ignore",
				message: void 0,
				span: ruleSpan
			};
			return A;
		}
		case 313: {
			const T = popped[2].minor;
			const Z = popped[4].minor;
			let A;
			A = {
				type: "RaiseExpr",
				resolve: T,
				message: Z,
				span: ruleSpan
			};
			return A;
		}
		case 314: return "Rollback";
		case 315: return "Abort";
		case 316: return "Fail";
		case 317:
			state.stmt = {
				type: "DropTriggerStmt",
				ifExists: popped[2].minor,
				triggerName: popped[3].minor,
				span: ruleSpan
			};
			return;
		case 318:
			state.stmt = {
				type: "AttachStmt",
				expr: popped[2].minor,
				dbName: popped[4].minor,
				key: popped[5].minor,
				span: ruleSpan
			};
			return;
		case 319:
			state.stmt = {
				type: "DetachStmt",
				expr: popped[2].minor,
				span: ruleSpan
			};
			return;
		case 320: return;
		case 321: {
			const X = popped[1].minor;
			let A;
			A = X;
			return A;
		}
		case 322:
			state.stmt = {
				type: "ReindexStmt",
				objName: void 0,
				span: ruleSpan
			};
			return;
		case 323:
			state.stmt = {
				type: "ReindexStmt",
				objName: popped[1].minor,
				span: ruleSpan
			};
			return;
		case 324:
			state.stmt = {
				type: "AnalyzeStmt",
				objName: void 0,
				span: ruleSpan
			};
			return;
		case 325:
			state.stmt = {
				type: "AnalyzeStmt",
				objName: popped[1].minor,
				span: ruleSpan
			};
			return;
		case 326:
			state.stmt = {
				type: "AlterTableStmt",
				tblName: popped[2].minor,
				body: {
					type: "RenameToAlterTableBody",
					name: popped[5].minor,
					span: ruleSpan
				},
				span: ruleSpan
			};
			return;
		case 327: {
			const X = popped[2].minor;
			const Y = popped[5].minor;
			const Z = popped[6].minor;
			const C = popped[7].minor;
			state.stmt = {
				type: "AlterTableStmt",
				tblName: X,
				body: {
					type: "AddColumnAlterTableBody",
					column: mkColumnDefinition(Y, Z, C, ruleSpan),
					span: ruleSpan
				},
				span: ruleSpan
			};
			return;
		}
		case 328:
			state.stmt = {
				type: "AlterTableStmt",
				tblName: popped[2].minor,
				body: {
					type: "DropColumnAlterTableBody",
					column: popped[5].minor,
					span: ruleSpan
				},
				span: ruleSpan
			};
			return;
		case 329:
			state.stmt = {
				type: "AlterTableStmt",
				tblName: popped[2].minor,
				body: {
					type: "RenameColumnAlterTableBody",
					old: popped[5].minor,
					new: popped[7].minor,
					span: ruleSpan
				},
				span: ruleSpan
			};
			return;
		case 330:
			state.stmt = {
				type: "AlterTableStmt",
				tblName: popped[2].minor,
				body: {
					type: "DropConstraintAlterTableBody",
					name: popped[5].minor,
					span: ruleSpan
				},
				span: ruleSpan
			};
			return;
		case 331:
			state.stmt = {
				type: "AlterTableStmt",
				tblName: popped[2].minor,
				body: {
					type: "DropColumnNotNullAlterTableBody",
					column: popped[5].minor,
					span: ruleSpan
				},
				span: ruleSpan
			};
			return;
		case 332:
			state.stmt = {
				type: "AlterTableStmt",
				tblName: popped[2].minor,
				body: {
					type: "SetColumnNotNullAlterTableBody",
					column: popped[5].minor,
					onConflict: popped[9].minor,
					span: ruleSpan
				},
				span: ruleSpan
			};
			return;
		case 333:
			state.stmt = {
				type: "AlterTableStmt",
				tblName: popped[2].minor,
				body: {
					type: "AddConstraintAlterTableBody",
					constraint: {
						type: "NamedTableConstraint",
						name: popped[5].minor,
						constraint: {
							type: "CheckTableConstraint",
							expr: popped[8].minor,
							conflictClause: popped[10].minor,
							span: ruleSpan
						},
						span: ruleSpan
					},
					span: ruleSpan
				},
				span: ruleSpan
			};
			return;
		case 334:
			state.stmt = {
				type: "AlterTableStmt",
				tblName: popped[2].minor,
				body: {
					type: "AddConstraintAlterTableBody",
					constraint: {
						type: "NamedTableConstraint",
						name: void 0,
						constraint: {
							type: "CheckTableConstraint",
							expr: popped[6].minor,
							conflictClause: popped[8].minor,
							span: ruleSpan
						},
						span: ruleSpan
					},
					span: ruleSpan
				},
				span: ruleSpan
			};
			return;
		case 335:
			state.stmt = popped[0].minor;
			return;
		case 336: {
			const X = popped[0].minor;
			if (state.vtabArgCurrent.length > 0) {
				state.vtabArgs.push(state.vtabArgCurrent);
				state.vtabArgCurrent = "";
			}
			if (X.type === "CreateVirtualTableStmt") state.stmt = {
				...X,
				args: state.vtabArgs.slice(),
				span: ruleSpan
			};
			else state.stmt = X;
			state.vtabArgs = [];
			return;
		}
		case 337: {
			const E = popped[3].minor;
			const X = popped[4].minor;
			const Z = popped[6].minor;
			let A;
			A = {
				type: "CreateVirtualTableStmt",
				ifNotExists: E,
				tblName: X,
				moduleName: Z,
				args: void 0,
				span: ruleSpan
			};
			return A;
		}
		case 338:
			if (state.vtabArgCurrent.length > 0) state.vtabArgs.push(state.vtabArgCurrent);
			state.vtabArgCurrent = "";
			return;
		case 339: {
			const X = popped[0].minor;
			state.vtabArgCurrent += X.text;
			return;
		}
		case 340: {
			const X = popped[2].minor;
			state.vtabArgCurrent += X.text;
			return;
		}
		case 341: {
			const X = popped[0].minor;
			state.vtabArgCurrent += X.text;
			return;
		}
		case 342: return;
		case 343: {
			const W = popped[1].minor;
			let A;
			A = {
				type: "With",
				recursive: false,
				ctes: W,
				span: ruleSpan
			};
			return A;
		}
		case 344: {
			const W = popped[2].minor;
			let A;
			A = {
				type: "With",
				recursive: true,
				ctes: W,
				span: ruleSpan
			};
			return A;
		}
		case 345: return "Any";
		case 346: return "Yes";
		case 347: return "No";
		case 348: {
			const X = popped[0].minor;
			const Y = popped[1].minor;
			const M = popped[2].minor;
			const Z = popped[4].minor;
			let A;
			A = {
				type: "CommonTableExpr",
				tblName: X,
				columns: Y,
				materialized: M,
				select: Z,
				span: ruleSpan
			};
			return A;
		}
		case 349: {
			const X = popped[0].minor;
			let A;
			A = [X];
			return A;
		}
		case 350: {
			const X = popped[2].minor;
			let A = popped[0].minor;
			addCte(state, A, X);
			return A;
		}
		case 351: {
			const Z = popped[0].minor;
			let A;
			A = [Z];
			return A;
		}
		case 352: {
			const Z = popped[2].minor;
			let A = popped[0].minor;
			A.push(Z);
			return A;
		}
		case 353: {
			const X = popped[0].minor;
			const Y = popped[3].minor;
			let A;
			A = {
				type: "WindowDef",
				name: X,
				window: Y,
				span: ruleSpan
			};
			return A;
		}
		case 354: {
			const X = popped[2].minor;
			const Y = popped[3].minor;
			const Z = popped[4].minor;
			let A;
			A = {
				type: "Window",
				base: void 0,
				partitionBy: X,
				orderBy: Y,
				frameClause: Z,
				span: ruleSpan
			};
			return A;
		}
		case 355: {
			const W = popped[0].minor;
			const X = popped[3].minor;
			const Y = popped[4].minor;
			const Z = popped[5].minor;
			let A;
			A = {
				type: "Window",
				base: W,
				partitionBy: X,
				orderBy: Y,
				frameClause: Z,
				span: ruleSpan
			};
			return A;
		}
		case 356: {
			const Y = popped[2].minor;
			const Z = popped[3].minor;
			let A;
			A = {
				type: "Window",
				base: void 0,
				partitionBy: void 0,
				orderBy: Y,
				frameClause: Z,
				span: ruleSpan
			};
			return A;
		}
		case 357: {
			const W = popped[0].minor;
			const Y = popped[3].minor;
			const Z = popped[4].minor;
			let A;
			A = {
				type: "Window",
				base: W,
				partitionBy: void 0,
				orderBy: Y,
				frameClause: Z,
				span: ruleSpan
			};
			return A;
		}
		case 358: {
			const Z = popped[0].minor;
			let A;
			A = {
				type: "Window",
				base: void 0,
				partitionBy: void 0,
				orderBy: void 0,
				frameClause: Z,
				span: ruleSpan
			};
			return A;
		}
		case 359: {
			const W = popped[0].minor;
			const Z = popped[1].minor;
			let A;
			A = {
				type: "Window",
				base: W,
				partitionBy: void 0,
				orderBy: void 0,
				frameClause: Z,
				span: ruleSpan
			};
			return A;
		}
		case 360: return;
		case 361: {
			const X = popped[0].minor;
			const Y = popped[1].minor;
			const Z = popped[2].minor;
			let A;
			A = {
				type: "FrameClause",
				mode: X,
				start: Y,
				end: void 0,
				exclude: Z,
				span: ruleSpan
			};
			return A;
		}
		case 362: {
			const X = popped[0].minor;
			const Y = popped[2].minor;
			const Z = popped[4].minor;
			const W = popped[5].minor;
			let A;
			A = {
				type: "FrameClause",
				mode: X,
				start: Y,
				end: Z,
				exclude: W,
				span: ruleSpan
			};
			return A;
		}
		case 363: return "Range";
		case 364: return "Rows";
		case 365: return "Groups";
		case 366: {
			const X = popped[0].minor;
			let A;
			A = X;
			return A;
		}
		case 367: {
			let A;
			A = {
				type: "UnboundedPrecedingFrameBound",
				span: ruleSpan
			};
			return A;
		}
		case 368: {
			const X = popped[0].minor;
			let A;
			A = X;
			return A;
		}
		case 369: {
			let A;
			A = {
				type: "UnboundedFollowingFrameBound",
				span: ruleSpan
			};
			return A;
		}
		case 370: {
			const X = popped[0].minor;
			let A;
			A = {
				type: "PrecedingFrameBound",
				expr: X,
				span: ruleSpan
			};
			return A;
		}
		case 371: {
			let A;
			A = {
				type: "CurrentRowFrameBound",
				span: ruleSpan
			};
			return A;
		}
		case 372: {
			const X = popped[0].minor;
			let A;
			A = {
				type: "FollowingFrameBound",
				expr: X,
				span: ruleSpan
			};
			return A;
		}
		case 373: return;
		case 374: {
			const X = popped[1].minor;
			let A;
			A = X;
			return A;
		}
		case 375: return "NoOthers";
		case 376: return "CurrentRow";
		case 377: return "Group";
		case 378: return "Ties";
		case 379: {
			const B = popped[1].minor;
			let A;
			A = B;
			return A;
		}
		case 380: {
			const F = popped[0].minor;
			const O = popped[1].minor;
			let A;
			A = {
				type: "FunctionTail",
				filterClause: F,
				overClause: O,
				span: ruleSpan
			};
			return A;
		}
		case 381: {
			const O = popped[0].minor;
			let A;
			A = {
				type: "FunctionTail",
				filterClause: void 0,
				overClause: O,
				span: ruleSpan
			};
			return A;
		}
		case 382: {
			const F = popped[0].minor;
			let A;
			A = {
				type: "FunctionTail",
				filterClause: F,
				overClause: void 0,
				span: ruleSpan
			};
			return A;
		}
		case 383: {
			const Z = popped[2].minor;
			let A;
			A = {
				type: "WindowOver",
				window: Z,
				span: ruleSpan
			};
			return A;
		}
		case 384: {
			const Z = popped[1].minor;
			let A;
			A = {
				type: "NameOver",
				name: Z,
				span: ruleSpan
			};
			return A;
		}
		case 385: {
			const X = popped[3].minor;
			let A;
			A = X;
			return A;
		}
		case 386: {
			const X = popped[0].minor;
			let A;
			const dq = sqlite3DequoteNumber(X.text, { digitSeparator: state.digitSeparator });
			if (dq.error) state.errors.push(mkDiagnostic(dq.error, X.span, {
				message: "digit separators must sit between two digits (e.g. 1_000, 0xDE_AD)",
				span: void 0
			}));
			A = {
				type: "NumericLiteral",
				value: dq.text,
				span: X.span
			};
			return A;
		}
		case 387:
		case 388:
		case 389:
		case 390:
		case 391: return popped[0].minor;
		case 392: return;
		case 393: return popped[0].minor;
		case 394: return popped[0].minor;
		case 395:
		case 396: return popped[0].minor;
		case 397: return;
		case 398: return popped[0].minor;
		case 399: return popped[0].minor;
		case 400:
		case 401: return popped[0].minor;
		case 402: return;
		case 403: return popped[0].minor;
		case 404:
		case 405: return;
		case 406:
		case 407:
		case 408:
		case 409: return popped[0].minor;
		case 410: return;
		case 411:
		case 412: return popped[0].minor;
		default: return;
	}
};
const createState$1 = makeParseState;
// node_modules/sqlite3-parser/dist/generated/3.53.0/index.js
/**
* AUTO-GENERATED by scripts/emit-version-modules.ts — do not edit.
*
* This module wraps the SQLite 3.53.0 parser + tokenizer with the
* JSON dumps for that version pre-bound, so consumers can just:
*
*   import { parse } from 'sqlite3-parser/sqlite-3.53.0';
*   parse('SELECT 1');
*
* Advanced consumers can reach for withOptions(opts) to specialize the parser
* with non-default options (flag set, digit separator, …).
*/
const mod = parserModuleForGrammar(parse_exports, {
	meta: { maskFlags: {
		ALTER: 1,
		ALWAYS: 2,
		ANALYZE: 4,
		ATTACH: 8,
		AUTOINCR: 16,
		CAST: 32,
		COMPOUND: 64,
		CONFLICT: 128,
		EXPLAIN: 256,
		FKEY: 512,
		PRAGMA: 1024,
		REINDEX: 2048,
		SUBQUERY: 4096,
		TRIGGER: 8192,
		VACUUM: 16384,
		VIEW: 32768,
		VTAB: 65536,
		AUTOVACUUM: 131072,
		CTE: 262144,
		UPSERT: 524288,
		WINDOWFUNC: 1048576,
		GENCOL: 2097152,
		RETURNING: 4194304,
		ORDERSET: 8388608
	} },
	keywords: [
		{
			name: "ABORT",
			token: "ABORT",
			mask: 8320
		},
		{
			name: "ACTION",
			token: "ACTION",
			mask: 512
		},
		{
			name: "ADD",
			token: "ADD",
			mask: 1
		},
		{
			name: "AFTER",
			token: "AFTER",
			mask: 8192
		},
		{
			name: "ALL",
			token: "ALL",
			mask: 2
		},
		{
			name: "ALTER",
			token: "ALTER",
			mask: 1
		},
		{
			name: "ALWAYS",
			token: "ALWAYS",
			mask: 2097152
		},
		{
			name: "ANALYZE",
			token: "ANALYZE",
			mask: 4
		},
		{
			name: "AND",
			token: "AND",
			mask: 2
		},
		{
			name: "AS",
			token: "AS",
			mask: 2
		},
		{
			name: "ASC",
			token: "ASC",
			mask: 2
		},
		{
			name: "ATTACH",
			token: "ATTACH",
			mask: 8
		},
		{
			name: "AUTOINCREMENT",
			token: "AUTOINCR",
			mask: 16
		},
		{
			name: "BEFORE",
			token: "BEFORE",
			mask: 8192
		},
		{
			name: "BEGIN",
			token: "BEGIN",
			mask: 2
		},
		{
			name: "BETWEEN",
			token: "BETWEEN",
			mask: 2
		},
		{
			name: "BY",
			token: "BY",
			mask: 2
		},
		{
			name: "CASCADE",
			token: "CASCADE",
			mask: 512
		},
		{
			name: "CASE",
			token: "CASE",
			mask: 2
		},
		{
			name: "CAST",
			token: "CAST",
			mask: 32
		},
		{
			name: "CHECK",
			token: "CHECK",
			mask: 2
		},
		{
			name: "COLLATE",
			token: "COLLATE",
			mask: 2
		},
		{
			name: "COLUMN",
			token: "COLUMNKW",
			mask: 1
		},
		{
			name: "COMMIT",
			token: "COMMIT",
			mask: 2
		},
		{
			name: "CONFLICT",
			token: "CONFLICT",
			mask: 128
		},
		{
			name: "CONSTRAINT",
			token: "CONSTRAINT",
			mask: 2
		},
		{
			name: "CREATE",
			token: "CREATE",
			mask: 2
		},
		{
			name: "CROSS",
			token: "JOIN_KW",
			mask: 2
		},
		{
			name: "CURRENT",
			token: "CURRENT",
			mask: 1048576
		},
		{
			name: "CURRENT_DATE",
			token: "CTIME_KW",
			mask: 2
		},
		{
			name: "CURRENT_TIME",
			token: "CTIME_KW",
			mask: 2
		},
		{
			name: "CURRENT_TIMESTAMP",
			token: "CTIME_KW",
			mask: 2
		},
		{
			name: "DATABASE",
			token: "DATABASE",
			mask: 8
		},
		{
			name: "DEFAULT",
			token: "DEFAULT",
			mask: 2
		},
		{
			name: "DEFERRED",
			token: "DEFERRED",
			mask: 2
		},
		{
			name: "DEFERRABLE",
			token: "DEFERRABLE",
			mask: 512
		},
		{
			name: "DELETE",
			token: "DELETE",
			mask: 2
		},
		{
			name: "DESC",
			token: "DESC",
			mask: 2
		},
		{
			name: "DETACH",
			token: "DETACH",
			mask: 8
		},
		{
			name: "DISTINCT",
			token: "DISTINCT",
			mask: 2
		},
		{
			name: "DO",
			token: "DO",
			mask: 524288
		},
		{
			name: "DROP",
			token: "DROP",
			mask: 2
		},
		{
			name: "END",
			token: "END",
			mask: 2
		},
		{
			name: "EACH",
			token: "EACH",
			mask: 8192
		},
		{
			name: "ELSE",
			token: "ELSE",
			mask: 2
		},
		{
			name: "ESCAPE",
			token: "ESCAPE",
			mask: 2
		},
		{
			name: "EXCEPT",
			token: "EXCEPT",
			mask: 64
		},
		{
			name: "EXCLUSIVE",
			token: "EXCLUSIVE",
			mask: 2
		},
		{
			name: "EXCLUDE",
			token: "EXCLUDE",
			mask: 1048576
		},
		{
			name: "EXISTS",
			token: "EXISTS",
			mask: 2
		},
		{
			name: "EXPLAIN",
			token: "EXPLAIN",
			mask: 256
		},
		{
			name: "FAIL",
			token: "FAIL",
			mask: 8320
		},
		{
			name: "FILTER",
			token: "FILTER",
			mask: 1048576
		},
		{
			name: "FIRST",
			token: "FIRST",
			mask: 2
		},
		{
			name: "FOLLOWING",
			token: "FOLLOWING",
			mask: 1048576
		},
		{
			name: "FOR",
			token: "FOR",
			mask: 8192
		},
		{
			name: "FOREIGN",
			token: "FOREIGN",
			mask: 512
		},
		{
			name: "FROM",
			token: "FROM",
			mask: 2
		},
		{
			name: "FULL",
			token: "JOIN_KW",
			mask: 2
		},
		{
			name: "GENERATED",
			token: "GENERATED",
			mask: 2
		},
		{
			name: "GLOB",
			token: "LIKE_KW",
			mask: 2
		},
		{
			name: "GROUP",
			token: "GROUP",
			mask: 2
		},
		{
			name: "GROUPS",
			token: "GROUPS",
			mask: 1048576
		},
		{
			name: "HAVING",
			token: "HAVING",
			mask: 2
		},
		{
			name: "IF",
			token: "IF",
			mask: 2
		},
		{
			name: "IGNORE",
			token: "IGNORE",
			mask: 8320
		},
		{
			name: "IMMEDIATE",
			token: "IMMEDIATE",
			mask: 2
		},
		{
			name: "IN",
			token: "IN",
			mask: 2
		},
		{
			name: "INDEX",
			token: "INDEX",
			mask: 2
		},
		{
			name: "INDEXED",
			token: "INDEXED",
			mask: 2
		},
		{
			name: "INITIALLY",
			token: "INITIALLY",
			mask: 512
		},
		{
			name: "INNER",
			token: "JOIN_KW",
			mask: 2
		},
		{
			name: "INSERT",
			token: "INSERT",
			mask: 2
		},
		{
			name: "INSTEAD",
			token: "INSTEAD",
			mask: 8192
		},
		{
			name: "INTERSECT",
			token: "INTERSECT",
			mask: 64
		},
		{
			name: "INTO",
			token: "INTO",
			mask: 2
		},
		{
			name: "IS",
			token: "IS",
			mask: 2
		},
		{
			name: "ISNULL",
			token: "ISNULL",
			mask: 2
		},
		{
			name: "JOIN",
			token: "JOIN",
			mask: 2
		},
		{
			name: "KEY",
			token: "KEY",
			mask: 2
		},
		{
			name: "LAST",
			token: "LAST",
			mask: 2
		},
		{
			name: "LEFT",
			token: "JOIN_KW",
			mask: 2
		},
		{
			name: "LIKE",
			token: "LIKE_KW",
			mask: 2
		},
		{
			name: "LIMIT",
			token: "LIMIT",
			mask: 2
		},
		{
			name: "MATCH",
			token: "MATCH",
			mask: 2
		},
		{
			name: "MATERIALIZED",
			token: "MATERIALIZED",
			mask: 262144
		},
		{
			name: "NATURAL",
			token: "JOIN_KW",
			mask: 2
		},
		{
			name: "NO",
			token: "NO",
			mask: 1049088
		},
		{
			name: "NOT",
			token: "NOT",
			mask: 2
		},
		{
			name: "NOTHING",
			token: "NOTHING",
			mask: 524288
		},
		{
			name: "NOTNULL",
			token: "NOTNULL",
			mask: 2
		},
		{
			name: "NULL",
			token: "NULL",
			mask: 2
		},
		{
			name: "NULLS",
			token: "NULLS",
			mask: 2
		},
		{
			name: "OF",
			token: "OF",
			mask: 2
		},
		{
			name: "OFFSET",
			token: "OFFSET",
			mask: 2
		},
		{
			name: "ON",
			token: "ON",
			mask: 2
		},
		{
			name: "OR",
			token: "OR",
			mask: 2
		},
		{
			name: "ORDER",
			token: "ORDER",
			mask: 2
		},
		{
			name: "OTHERS",
			token: "OTHERS",
			mask: 1048576
		},
		{
			name: "OUTER",
			token: "JOIN_KW",
			mask: 2
		},
		{
			name: "OVER",
			token: "OVER",
			mask: 1048576
		},
		{
			name: "PARTITION",
			token: "PARTITION",
			mask: 1048576
		},
		{
			name: "PLAN",
			token: "PLAN",
			mask: 256
		},
		{
			name: "PRAGMA",
			token: "PRAGMA",
			mask: 1024
		},
		{
			name: "PRECEDING",
			token: "PRECEDING",
			mask: 1048576
		},
		{
			name: "PRIMARY",
			token: "PRIMARY",
			mask: 2
		},
		{
			name: "QUERY",
			token: "QUERY",
			mask: 256
		},
		{
			name: "RAISE",
			token: "RAISE",
			mask: 8192
		},
		{
			name: "RANGE",
			token: "RANGE",
			mask: 1048576
		},
		{
			name: "RECURSIVE",
			token: "RECURSIVE",
			mask: 262144
		},
		{
			name: "REFERENCES",
			token: "REFERENCES",
			mask: 512
		},
		{
			name: "REGEXP",
			token: "LIKE_KW",
			mask: 2
		},
		{
			name: "REINDEX",
			token: "REINDEX",
			mask: 2048
		},
		{
			name: "RELEASE",
			token: "RELEASE",
			mask: 2
		},
		{
			name: "RENAME",
			token: "RENAME",
			mask: 1
		},
		{
			name: "REPLACE",
			token: "REPLACE",
			mask: 128
		},
		{
			name: "RESTRICT",
			token: "RESTRICT",
			mask: 512
		},
		{
			name: "RETURNING",
			token: "RETURNING",
			mask: 4194304
		},
		{
			name: "RIGHT",
			token: "JOIN_KW",
			mask: 2
		},
		{
			name: "ROLLBACK",
			token: "ROLLBACK",
			mask: 2
		},
		{
			name: "ROW",
			token: "ROW",
			mask: 8192
		},
		{
			name: "ROWS",
			token: "ROWS",
			mask: 2
		},
		{
			name: "SAVEPOINT",
			token: "SAVEPOINT",
			mask: 2
		},
		{
			name: "SELECT",
			token: "SELECT",
			mask: 2
		},
		{
			name: "SET",
			token: "SET",
			mask: 2
		},
		{
			name: "TABLE",
			token: "TABLE",
			mask: 2
		},
		{
			name: "TEMP",
			token: "TEMP",
			mask: 2
		},
		{
			name: "TEMPORARY",
			token: "TEMP",
			mask: 2
		},
		{
			name: "THEN",
			token: "THEN",
			mask: 2
		},
		{
			name: "TIES",
			token: "TIES",
			mask: 1048576
		},
		{
			name: "TO",
			token: "TO",
			mask: 2
		},
		{
			name: "TRANSACTION",
			token: "TRANSACTION",
			mask: 2
		},
		{
			name: "TRIGGER",
			token: "TRIGGER",
			mask: 8192
		},
		{
			name: "UNBOUNDED",
			token: "UNBOUNDED",
			mask: 1048576
		},
		{
			name: "UNION",
			token: "UNION",
			mask: 64
		},
		{
			name: "UNIQUE",
			token: "UNIQUE",
			mask: 2
		},
		{
			name: "UPDATE",
			token: "UPDATE",
			mask: 2
		},
		{
			name: "USING",
			token: "USING",
			mask: 2
		},
		{
			name: "VACUUM",
			token: "VACUUM",
			mask: 16384
		},
		{
			name: "VALUES",
			token: "VALUES",
			mask: 2
		},
		{
			name: "VIEW",
			token: "VIEW",
			mask: 32768
		},
		{
			name: "VIRTUAL",
			token: "VIRTUAL",
			mask: 65536
		},
		{
			name: "WHEN",
			token: "WHEN",
			mask: 2
		},
		{
			name: "WHERE",
			token: "WHERE",
			mask: 2
		},
		{
			name: "WINDOW",
			token: "WINDOW",
			mask: 1048576
		},
		{
			name: "WITH",
			token: "WITH",
			mask: 262144
		},
		{
			name: "WITHIN",
			token: "WITHIN",
			mask: 8388608
		},
		{
			name: "WITHOUT",
			token: "WITHOUT",
			mask: 2
		}
	]
}, {});
mod.parse;
mod.parseOrThrow;
/**
* Parse exactly one top-level SQL statement from a string.
*/
const parseStmt = mod.parseStmt;
mod.parseStmtOrThrow;
mod.tokenize;
mod.tokenName;
mod.createEngine;
mod.withOptions;
mod.reduce;
mod.createState;
mod.parserDefs;
mod.keywordDefs;
// src/sim/database/names.ts
const HIDDEN_FUNCTIONS = /^(record|chosen|sqlite_.*)$/i;
/** SQLite's own names of a row. */
const ROWID = /^(rowid|_rowid_|oid)$/i;
const TABLE_FUNCTIONS = ["json_each", "json_tree"];
/**
* Every table that a statement names, in order, as often as it names it. As MySQL does on Linux,
* tables are told apart by upper and lower case.
* @throws SandboxError `bad-sql`
*/
function namedTables(sql, nodes, known) {
	const own = nodes.flatMap((node) => {
		return node.type === "CommonTableExpr" ? [node.tblName.text] : [];
	});
	const lower = new Set(own.map((name) => name.toLowerCase()));
	const called = new Set(nodes.flatMap((node) => {
		return node.type === "TableCallSelectTable" ? [node.tblName] : [];
	}));
	return nodes.flatMap((node) => {
		if (node.type !== "QualifiedName") return [];
		const { objName, dbName } = node;
		const { text } = objName;
		const isMain = dbName === void 0 || dbName.text === "main";
		if (isMain && known.has(text)) return [text];
		const isOwn = called.has(node) ? TABLE_FUNCTIONS.includes(text) : lower.has(text.toLowerCase());
		if (!isMain || !isOwn) throw badSql(sql, `no such table: ${text}`);
		return [];
	});
}
/**
* What a statement may not ask for: SQLite's names of a row and functions of our own, a clock, and
* a LIMIT below nothing.
* @throws SandboxError `bad-sql`
*/
function checkNodes(sql, nodes) {
	const clock = clockIn(sql);
	if (clock) throw badSql(sql, `${clock.text.toUpperCase()} differs from run to run`);
	for (const node of nodes) {
		const why = refusalOf(node);
		if (why !== null) throw badSql(sql, why);
	}
}
function refusalOf(node) {
	const { type } = node;
	if (type.startsWith("FunctionCall")) {
		const { name } = node.name;
		return HIDDEN_FUNCTIONS.test(name) ? `no such function: ${name}` : null;
	}
	if (type === "Limit") {
		const { expr, offset } = node;
		return [expr, offset].some((one) => one?.type === "UnaryExpr" && one.op === "Negative") ? "LIMIT and OFFSET are not negative" : null;
	}
	const name = type === "Id" ? node.name : type === "QualifiedExpr" ? node.column.text : "";
	return ROWID.test(name) ? `no such column: ${name}` : null;
}
/** The names of its parameters. @throws SandboxError `bad-sql` for one without a name */
function parametersOf$1(sql, nodes) {
	const names = nodes.flatMap((node) => node.type === "VariableExpr" ? [node.name] : []);
	const kept = names.find((name) => name.startsWith(":__"));
	if (kept) throw badSql(sql, `a parameter's name does not begin with __: ${kept}`);
	const unnamed = names.find((name) => !name.startsWith(":"));
	if (unnamed) throw badSql(sql, `a parameter is written :name, not ${unnamed}`);
	return [...new Set(names.map((name) => name.slice(1)))];
}
// src/sim/database/parse.ts
const CLAUSES = [
	["for update", "exclusive"],
	["for share", "shared"],
	["lock in share mode", "shared"]
];
const POLICIES = [
	["", "wait"],
	[" nowait", "nowait"],
	[" skip locked", "skip-locked"]
];
/** Takes the locking clause off the end of a statement. */
function splitLocking(sql) {
	const words = /\b(?:for|lock)\b/i.test(sql) ? tokenize$1(sql).filter(({ text }) => text !== ";") : [];
	for (const [clause, mode] of CLAUSES) for (const [suffix, policy] of POLICIES) {
		const wanted = `${clause}${suffix}`.split(" ");
		const tail = words.slice(-wanted.length);
		const [first] = tail;
		if (!first || tail.map(({ text }) => text).join(" ") !== wanted.join(" ")) continue;
		return {
			base: sql.slice(0, first.start).trimEnd(),
			locking: {
				mode,
				policy
			}
		};
	}
	return {
		base: sql,
		locking: null
	};
}
const EMPTY = {
	head: 0,
	target: null,
	search: null,
	sets: [],
	body: null,
	columns: null,
	conflict: "fail",
	limit: null,
	named: null,
	ordered: false,
	descending: false
};
function searchOf(name, where) {
	const { objName, alias } = name;
	const after = stretchOf(name).end;
	return {
		table: objName.text,
		name: alias?.text ?? objName.text,
		after,
		where: where ?? null
	};
}
function namedColumns(select) {
	const nodes = [...nodesOf(select)];
	if (nodes.some(({ type }) => type.endsWith("StarResultColumn"))) return null;
	return nodes.flatMap((node) => {
		if (node.type === "Id") return [node.name];
		if (node.type !== "QualifiedExpr") return [];
		return [node.column.text];
	});
}
function ofSelect({ select, compounds, with: ctes, orderBy, limit }) {
	if (select.type !== "SelectFrom" || compounds || ctes) return EMPTY;
	const { from, whereClause, groupBy, having, distinctness, columns } = select;
	const only = from?.select;
	if (only?.type !== "TableSelectTable" || (from?.joins?.length ?? 0) > 0) return EMPTY;
	const { tblName, alias, span } = only;
	const table = {
		...tblName,
		alias: alias?.name,
		span
	};
	const calls = [...nodesOf(columns)].some(({ type }) => type.startsWith("FunctionCall"));
	const plain = !groupBy && !having && !distinctness && !calls;
	const [first] = orderBy ?? [];
	return {
		...EMPTY,
		search: searchOf(table, whereClause),
		limit: plain && limit ? {
			count: stretchOf(limit.expr),
			offset: limit.offset ? stretchOf(limit.offset) : null
		} : null,
		named: namedColumns(select),
		ordered: first !== void 0,
		descending: first?.order === "Desc"
	};
}
function ofChange(tree, sql) {
	if (tree.type === "DeleteStmt") {
		const { tblName, whereClause } = tree;
		const search = searchOf(tblName, whereClause);
		return {
			...EMPTY,
			target: search.table,
			search
		};
	}
	if (tree.type === "UpdateStmt") {
		if (tree.from) throw badSql(sql, "an UPDATE changes one table, and has no FROM");
		if (tree.orConflict) throw badSql(sql, "an UPDATE with OR is not understood");
		const search = searchOf(tree.tblName, tree.whereClause);
		return {
			...EMPTY,
			target: search.table,
			search,
			sets: setsOf(sql, tree.sets)
		};
	}
	if (tree.type !== "InsertStmt") throw badSql(sql, "not a SELECT, INSERT, UPDATE or DELETE");
	const { tblName, columns, body } = tree;
	const select = body.type === "SelectInsertBody" ? body.select : void 0;
	return {
		...select ? ofSelect(select) : EMPTY,
		...conflictOf(sql, tree),
		head: stretchOf(tblName).end,
		target: tblName.objName.text,
		body: select ? stretchOf(select) : null,
		columns: columns?.map(({ text }) => text) ?? null
	};
}
function setsOf(sql, sets) {
	return sets.map(({ colNames, expr }) => {
		const [column, second] = colNames;
		if (!column || second) throw badSql(sql, "set one column at a time");
		return {
			column: column.text,
			value: stretchOf(expr)
		};
	});
}
function conflictOf(sql, { orConflict, body }) {
	const upsert = body.type === "SelectInsertBody" ? body.upsert : void 0;
	if (upsert?.next) throw badSql(sql, "one ON CONFLICT at most");
	const done = upsert?.doClause;
	if (done?.type === "SetUpsertDo") return {
		conflict: "update",
		sets: setsOf(sql, done.sets)
	};
	if (orConflict === void 0) return { conflict: done ? "ignore" : "fail" };
	const conflict = CONFLICTS[orConflict];
	if (!conflict) throw badSql(sql, `MySQL has no INSERT OR ${orConflict.toUpperCase()}`);
	return { conflict };
}
const CONFLICTS = {
	Replace: "replace",
	Ignore: "ignore"
};
const KINDS = {
	SelectStmt: "select",
	InsertStmt: "insert",
	UpdateStmt: "update",
	DeleteStmt: "delete"
};
/**
* Reads one statement of `SELECT`, `INSERT`, `UPDATE`, `DELETE` (`WITH` may stand before).
* @throws SandboxError `bad-sql`
*/
function parseStatement(sql, known) {
	const { base, locking } = splitLocking(sql);
	const result = parseStmt(base);
	if (result.status !== "ok") throw badSql(sql, result.errors[0]?.message ?? "syntax error");
	const tree = result.root;
	const kind = KINDS[tree.type];
	if (!kind) throw badSql(sql, "not a SELECT, INSERT, UPDATE or DELETE");
	if (locking && kind !== "select") throw badSql(sql, "only a SELECT has a locking clause");
	if ("returning" in tree && tree.returning) throw badSql(sql, "RETURNING is not understood");
	const nodes = [...nodesOf(tree)];
	const named = namedTables(sql, nodes, known);
	checkNodes(sql, nodes);
	const ctes = "with" in tree ? tree.with : void 0;
	const said = tree.type === "SelectStmt" ? ofSelect(tree.body) : ofChange(tree, sql);
	const { target } = said;
	const search = said.search && known.has(said.search.table) ? said.search : null;
	return {
		...said,
		kind,
		base,
		locking,
		search,
		prefix: ctes ? `${base.slice(stretchOf(ctes).start, stretchOf(ctes).end)} ` : "",
		parameters: parametersOf$1(sql, nodes),
		tables: [...new Set(named)],
		reads: without(named, target),
		whole: without(kind === "insert" ? without(named, target) : named, search?.table ?? null)
	};
}
/** The names of a list, one of them once less. */
function without(names, name) {
	const at = name === null ? -1 : names.indexOf(name);
	return [...new Set(at < 0 ? names : names.toSpliced(at, 1))];
}
// src/sim/database/compiler.ts
/** A value worked out when it is first asked for. */
function lazy(make) {
	let made = null;
	return () => {
		made ??= { value: make() };
		return made.value;
	};
}
var Compiler = class {
	#connection;
	#tables;
	#names;
	#known = /* @__PURE__ */ new Map();
	constructor(connection, tables) {
		this.#connection = connection;
		this.#tables = tables;
		this.#names = new Set(tables.keys());
	}
	/** @throws SandboxError `bad-sql` */
	compile(sql) {
		const parsed = parseStatement(sql, this.#names);
		this.#checkColumns(sql, parsed);
		return {
			sql,
			parsed,
			footprint: this.#footprint(sql, parsed),
			prepared: this.#prepare(sql, parsed.base),
			paths: lazy(() => this.#paths(sql, parsed)),
			guarded: lazy(() => this.#guarded(sql, parsed)),
			change: lazy(() => this.#change(sql, parsed)),
			rows: lazy(() => this.#rows(sql, parsed))
		};
	}
	#checkColumns(sql, { target, sets, columns }) {
		if (target === null) return;
		if (!this.#tables.has(target)) throw badSql(sql, `no such table: ${target}`);
		const unknown = [...sets.map(({ column }) => column), ...columns ?? []].find((name) => positionIn(this.#table(target).columns, name) < 0);
		if (unknown !== void 0) throw badSql(sql, `no such column: ${unknown}`);
	}
	#prepare(sql, text, raw = false) {
		const known = `${raw} ${text}`;
		let prepared = this.#known.get(known);
		if (!prepared) {
			try {
				prepared = this.#connection.prepare(text);
			} catch (error) {
				throw badSql(sql, error.message);
			}
			if (raw) prepared.raw();
			this.#known.set(known, prepared);
		}
		return prepared;
	}
	#footprint(sql, { target, reads, kind, sets }) {
		const { indexes = [], columns = [] } = target === null ? {} : this.#table(target);
		const set = sets.map(({ column }) => positionIn(columns, column));
		const keyed = indexes.some(({ positions }) => positions.some((one) => set.includes(one)));
		if (kind === "insert" && keyed) throw badSql(sql, "DO UPDATE may not set a key");
		const movesKeys = kind !== "update" || keyed;
		return {
			movesKeys,
			target,
			reads,
			related: target !== null && movesKeys ? this.#relatives(target) : []
		};
	}
	#relatives(name) {
		const { parents, children } = this.#table(name);
		if (parents.length + children.length === 0) return [];
		const found = /* @__PURE__ */ new Set([name]);
		for (const one of found) {
			const table = this.#table(one);
			for (const { parent } of table.parents) found.add(parent);
			for (const child of table.children) found.add(child.table);
		}
		return [...found];
	}
	#table(name) {
		return present(this.#tables.get(name), `table ${name}`);
	}
	#paths(sql, parsed) {
		const own = this.#searched(sql, parsed);
		return [...parsed.whole.map((name) => this.#whole(this.#table(name))), ...own ? [own] : []];
	}
	#whole(table) {
		return {
			table,
			index: table.indexes[0],
			covering: false,
			descending: false,
			ranges: () => [{
				equal: [],
				low: null,
				high: null
			}],
			implied: true,
			matches: () => true,
			limit: () => null
		};
	}
	#searched(sql, parsed) {
		const { base, search, limit, descending, ordered, kind, prefix, named: columns } = parsed;
		if (!search) return null;
		const table = this.#table(search.table);
		const plan = this.#prepare(sql, `EXPLAIN QUERY PLAN ${base}`).all(noParams(parsed.parameters));
		const step = plan.find(({ detail }) => /^(SEARCH|SCAN) /.test(detail))?.detail ?? "";
		const named = /USING (COVERING )?INDEX (.+?)(?: \(|$)/.exec(step);
		const [clustered, ...secondary] = table.indexes;
		const shorter = step.startsWith("SCAN") && kind === "select" && !ordered ? coveringIndex(table, columns) : null;
		const planned = secondary.find(({ sqliteName }) => sqliteName === named?.[2]) ?? clustered;
		const index = shorter ?? planned;
		const sorts = plan.some(({ detail }) => detail.startsWith("USE TEMP B-TREE"));
		const conditions = conditionsOfSearch(search, table);
		const expressions = conditions.flatMap(({ values }) => values);
		const known = this.#values(sql, base, expressions);
		const where = search.where ? ` AND (${base.slice(search.where.span.offset, search.where.span.offset + search.where.span.length)})` : "";
		const from = `${quote(search.table)} AS ${quote(search.name)}`;
		const test = lazy(() => this.#prepare(sql, `${prefix}SELECT 1 FROM ${from} WHERE ${quote(search.name)}.rowid = :__row${where}`));
		const counts = limit ? [limit.count, ...limit.offset ? [limit.offset] : []] : [];
		const limits = this.#values(sql, base, sorts ? [] : counts);
		return {
			table,
			index,
			covering: shorter !== null || named?.[1] !== void 0,
			descending: descending && !sorts,
			ranges: (params) => {
				const values = known(params);
				const worked = conditions.map((condition) => {
					const { column } = condition;
					const own = condition.values.map((one) => values[expressions.indexOf(one)] ?? null);
					const affinity = table.affinities[column];
					return {
						...condition,
						values: own.map((one) => adapted(one, affinity))
					};
				});
				return rangesOf(index, worked);
			},
			implied: isImplied(index, search, conditions),
			matches: (params, rowid) => test().get({
				...params,
				__row: rowid
			}) !== void 0,
			limit: (params) => {
				const [count = -1, offset = 0] = limits(params).map(Number);
				return count < 0 ? null : count + Math.max(offset, 0);
			}
		};
	}
	/** Works out expressions that stand in the text and do not depend on a row. */
	#values(sql, base, stretches) {
		if (stretches.length === 0) return () => [];
		const texts = stretches.map(({ start, end }) => base.slice(start, end));
		const statement = lazy(() => this.#prepare(sql, `SELECT ${texts.join(", ")}`, true));
		return (params) => statement().get(params);
	}
	#guarded(sql, { base, search }) {
		if (!search) return null;
		const guard = ` WHERE chosen(${quote(search.name)}.rowid)`;
		const { where, after } = search;
		const end = where ? where.span.offset + where.span.length : after;
		const condition = where ? ` AND (${base.slice(where.span.offset, end)})` : "";
		return this.#prepare(sql, base.slice(0, after) + guard + condition + base.slice(end));
	}
	#change(sql, parsed) {
		const { kind, base, search, sets, target, prefix } = parsed;
		if (kind === "insert") return this.#insertion(sql, parsed);
		const { name } = present(search, "the search of a change");
		const table = this.#table(present(target, "the table a statement changes"));
		const row = ` WHERE ${quote(name)}.rowid = :__row`;
		const { end } = present(sets.at(-1), "what an UPDATE sets").value;
		const columns = sets.map(({ column }) => positionIn(table.columns, column));
		const values = sets.map(({ value }) => base.slice(value.start, value.end)).join(", ");
		const from = `FROM ${quote(table.name)} AS ${quote(name)}`;
		return {
			apply: this.#prepare(sql, base.slice(0, end) + row),
			values: this.#prepare(sql, `${prefix}SELECT ${values} ${from}${row}`, true),
			columns
		};
	}
	#insertion(sql, { base, body, head, target }) {
		const table = this.#table(present(target, "the table a statement changes"));
		const hidden = hasHiddenRowid(table);
		const listed = [...hidden ? ["rowid"] : [], ...table.columns.map(quote)].join(", ");
		const own = table.columns.map((_, at) => `:__c${at}`);
		const places = [...hidden ? [":__row"] : [], ...own].join(", ");
		const tail = body ? base.slice(body.end) : "";
		const text = `${base.slice(0, head)} (${listed}) VALUES (${places})${tail}`;
		return {
			apply: this.#prepare(sql, text),
			values: null,
			columns: []
		};
	}
	#rows(sql, { base, body, columns, target, prefix }) {
		const table = present(target, "the table a statement changes");
		const shadow = `temp.${shadowOf(table)}`;
		const listed = columns ? ` (${columns.map(quote).join(", ")})` : "";
		const source = body ? base.slice(body.start, body.end) : "DEFAULT VALUES";
		return {
			fill: this.#prepare(sql, `${prefix}INSERT INTO ${shadow}${listed} ${source}`),
			read: this.#prepare(sql, `SELECT * FROM ${shadow} ORDER BY rowid`, true),
			clear: this.#prepare(sql, `DELETE FROM ${shadow}`)
		};
	}
};
/** A null for every parameter: enough to explain a statement. */
function noParams(names) {
	return Object.fromEntries(names.map((name) => [name, null]));
}
function coveringIndex(table, named) {
	const { columns } = table;
	const asked = named?.map((name) => positionIn(columns, name)) ?? [...columns.keys()];
	const [, ...secondary] = table.indexes;
	const [best] = secondary.filter(({ positions, width }) => {
		return width < columns.length && asked.every((position) => positions.includes(position));
	}).toSorted((a, b) => {
		return a.width - b.width || Number(b.unique) - Number(a.unique);
	});
	return best ?? null;
}
/** A value as SQLite compares it with a column. */
function adapted(value, affinity) {
	if (affinity === "text" && typeof value === "number") return String(value);
	if (affinity !== "numeric" || typeof value !== "string") return value;
	const number = Number(value);
	return value.trim() === "" || Number.isNaN(number) ? value : number;
}
// src/sim/database/contents.ts
var Contents = class {
	#tables;
	#numbers;
	#prepared;
	#byText = /* @__PURE__ */ new Map();
	/** What each table holds now, where it has not changed since it was looked at. */
	#now = /* @__PURE__ */ new Map();
	constructor(tables, numbers, prepared) {
		this.#tables = tables;
		this.#numbers = numbers;
		this.#prepared = prepared;
	}
	/** Says that a table may have changed. */
	touch(table) {
		this.#now.delete(table);
	}
	/** Says that every table may have. */
	touchAll() {
		this.#now.clear();
	}
	/** What a table holds, if it has been looked at since it last changed. */
	known(table) {
		return this.#now.get(table) ?? null;
	}
	/** What all tables hold. */
	all() {
		return [...this.#tables.values()].map((table) => this.of(table));
	}
	of(table) {
		let content = this.#now.get(table.name);
		if (!content) {
			content = this.#read(table);
			this.#now.set(table.name, content);
		}
		return content;
	}
	#read(table) {
		const { name, columns } = table;
		const all = this.#prepared(`SELECT rowid, * FROM ${quote(name)}`).raw().all();
		const number = this.#numbers.last(table);
		const text = JSON.stringify([
			name,
			number,
			all
		]);
		let content = this.#byText.get(text);
		if (!content) {
			const rows = new Map(all.map((row) => [Number(row[0]), row.slice(-columns.length)]));
			content = {
				id: this.#byText.size + 1,
				hash: hashOf(text),
				table,
				rows,
				number
			};
			this.#byText.set(text, content);
		}
		return content;
	}
	/** Makes a table hold this. */
	load(wanted) {
		const { table, number } = wanted;
		const now = this.of(table);
		if (now === wanted) return;
		const images = [];
		for (const rowid of now.rows.keys()) if (!wanted.rows.has(rowid)) images.push([rowid, null]);
		for (const [rowid, row] of wanted.rows) {
			const old = now.rows.get(rowid);
			if (!old || row.some((value, at) => value !== old[at])) images.push([rowid, row]);
		}
		putImages(table, images);
		if (number !== null) this.#numbers.set(table, number);
		this.#now.set(table.name, wanted);
	}
};
// src/sim/database/ddl.ts
const NONE$2 = {
	kind: "sign",
	text: "",
	start: 0,
	end: 0,
	depth: 0
};
/** Translates one statement, token by token. */
var Translation = class {
	#ddl;
	#tokens;
	#edits = [];
	#after = [];
	#table = "";
	constructor(ddl, tokens) {
		this.#ddl = ddl;
		this.#tokens = tokens;
	}
	run() {
		const words = this.#tokens.map(({ text }) => text);
		const thing = words.findIndex((word) => word !== "create" && word !== "unique");
		if (words[0] !== "create") this.#refuse(this.#at(0), "only CREATE TABLE and CREATE INDEX");
		if (words[thing] === "table") this.#createTable(thing);
		else if (words[thing] === "index") this.#createIndex();
		else this.#refuse(this.#at(thing), "only CREATE TABLE and CREATE INDEX");
		const clock = clockIn(this.#ddl, this.#tokens);
		const call = words.findIndex((word, at) => word === "now" && words[at + 1] === "(");
		const now = clock ?? this.#tokens[call];
		if (now) this.#refuse(now, "it reads the real clock: a run has virtual time only");
		const deferred = this.#tokens[words.indexOf("deferrable")];
		if (deferred) this.#refuse(deferred, "InnoDB looks after foreign keys at once");
		const { start } = this.#at(0);
		return {
			start,
			statements: [this.#edited(start, this.#at(-1).end), ...this.#after],
			references: this.#references()
		};
	}
	#at(index) {
		return this.#tokens.at(index) ?? NONE$2;
	}
	#refuse(token, why) {
		throw new SandboxError("bad-ddl", {
			why,
			...placeIn(this.#ddl, token.start)
		});
	}
	#nameOf({ kind, text, start, end }) {
		return kind === "quoted" ? text : this.#ddl.slice(start, end);
	}
	#references() {
		return this.#tokens.flatMap((token, at) => {
			if (token.kind !== "word" || token.text !== "references") return [];
			const parent = this.#nameOf(this.#at(at + 1));
			return {
				table: this.#table,
				parent,
				start: token.start
			};
		});
	}
	#edited(from, to) {
		let text = "";
		let copied = from;
		for (const edit of this.#edits.toSorted((a, b) => a.start - b.start)) {
			if (edit.start < copied) continue;
			text += this.#ddl.slice(copied, edit.start) + edit.text;
			copied = edit.end;
		}
		return text + this.#ddl.slice(copied, to);
	}
	#replace(first, last, text = "") {
		this.#edits.push({
			start: first.start,
			end: last.end,
			text
		});
	}
	#createIndex() {
		const open = this.#tokens.findIndex(({ text }) => text === "(");
		const close = this.#tokens.findIndex(({ text, depth }) => text === ")" && depth === 0);
		this.#checkKey(this.#tokens.slice(open + 1, close));
		this.#dropUsing(this.#tokens);
		const rest = this.#tokens.slice(close + 1).filter(({ text }) => text === "where");
		if (rest[0]) this.#refuse(rest[0], "MySQL has no partial index");
	}
	#checkKey(tokens) {
		for (const token of tokens) {
			if (token.text === "desc") this.#refuse(token, "an index in falling order");
			if (token.text === "(") this.#refuse(token, "an index of a part of a column, or of a value");
		}
	}
	#dropUsing(tokens) {
		tokens.forEach((token, at) => {
			if (token.text === "using") this.#replace(token, tokens[at + 1] ?? token);
		});
	}
	#createTable(thing) {
		const open = this.#tokens.findIndex(({ text }) => text === "(");
		const close = this.#tokens.findIndex(({ text, depth }) => text === ")" && depth === 0);
		if (open < 0 || close < 0) this.#refuse(this.#at(thing), "a table needs columns in parentheses");
		this.#table = this.#nameOf(this.#at(open - 1));
		if (this.#table.endsWith(" rows")) this.#refuse(this.#at(open - 1), "such a name is kept");
		const items = split(this.#tokens.slice(open + 1, close));
		const numbered = items.find((item) => item.some(isNumbering));
		items.forEach((item, at) => {
			const before = at === 0 ? null : items[at - 1]?.at(-1) ?? null;
			this.#item(item, before, numbered?.[0]?.text ?? null);
		});
		this.#fillKey(items);
		this.#options(this.#tokens.slice(close + 1));
	}
	#fillKey(items) {
		const isKey = (item) => item.some(({ text }) => text === "primary");
		const key = items.filter((item) => isKey(item) && !isColumn(item)).flat().filter(({ depth }) => depth === 2).map(({ text }) => text.toLowerCase());
		for (const item of items.filter(isColumn)) {
			const [name = NONE$2, type = NONE$2] = item;
			const isRowid = (isKey(item) || key.length === 1 && key.includes(name.text.toLowerCase())) && (type.text === "integer" || item.some(isNumbering));
			const { end } = item.at(-1) ?? name;
			if (isRowid || !(isKey(item) || key.includes(name.text.toLowerCase()))) continue;
			this.#edits.push({
				start: end,
				end,
				text: " NOT NULL"
			});
		}
	}
	#item(item, before, numbered) {
		const [first = NONE$2, second = NONE$2] = item;
		const last = item.at(-1) ?? first;
		const drop = () => {
			this.#edits.push({
				start: before?.end ?? first.start,
				end: last.end,
				text: ""
			});
		};
		this.#dropUsing(item);
		const conflict = item.find(({ text, kind }) => kind === "word" && text === "conflict");
		if (conflict) this.#refuse(conflict, "ON CONFLICT is said where rows are inserted");
		const unique = first.text === "unique" && ["key", "index"].includes(second.text);
		if (first.kind === "word" && (unique || ["key", "index"].includes(first.text))) {
			this.#after.push(this.#index(item.slice(unique ? 2 : 1), unique));
			drop();
			return;
		}
		const keyed = item.filter(({ depth, kind }) => depth === 2 && kind !== "sign");
		if (first.text === "primary" && numbered !== null && keyed[0]?.text === numbered) drop();
		else if (["fulltext", "spatial"].includes(first.text)) this.#refuse(first, "such an index");
		else if (ROWID.test(first.text)) this.#refuse(first, "SQLite keeps this name for itself");
		else if (isColumn(item)) {
			if (item.some(isNumbering)) this.#replace(first, last, `${quote(first.text)} INTEGER PRIMARY KEY AUTOINCREMENT`);
			else this.#column(item);
		}
	}
	#index(tokens, unique) {
		const key = tokens.filter(({ depth }) => depth === 2);
		this.#checkKey(key);
		const columns = key.filter(({ text }) => text !== ",").map(({ text }) => text);
		const named = tokens[0]?.text === "(" ? columns[0] : tokens[0]?.text;
		const name = quote(`${this.#table} ${named ?? ""}`);
		const listed = columns.map(quote).join(", ");
		return `CREATE ${unique ? "UNIQUE " : ""}INDEX ${name} ON ${quote(this.#table)} (${listed})`;
	}
	#column(item) {
		const [name = NONE$2] = item;
		item.forEach((token, at) => {
			const [next = NONE$2, third = NONE$2] = [item[at + 1] ?? NONE$2, item[at + 2] ?? NONE$2];
			if (at === 0 || token.kind !== "word") return;
			switch (token.text) {
				case "comment":
				case "charset":
					this.#replace(token, next);
					break;
				case "character":
					this.#replace(token, third);
					break;
				case "collate":
					if (!next.text.endsWith("_bin") && next.text !== "binary") this.#refuse(token, `COLLATE ${next.text}: text is compared byte by byte here`);
					this.#replace(token, next);
					break;
				case "unsigned":
					this.#replace(token, token, `CHECK (${quote(name.text)} >= 0)`);
					break;
				case "enum":
					this.#enumeration(item, at);
					break;
				case "key":
					if (item[at - 1]?.text === "unique") this.#replace(token, token);
					break;
				case "as":
				case "generated":
				case "zerofill": this.#refuse(token, `${token.text.toUpperCase()} has no equivalent`);
			}
		});
	}
	#enumeration(item, at) {
		const type = item[at] ?? NONE$2;
		const close = item.find(({ text, depth }, index) => index > at && text === ")" && depth === 1);
		if (!close) this.#refuse(type, "ENUM needs its values in parentheses");
		this.#replace(type, type, `TEXT CHECK (${quote(item[0]?.text ?? "")} IN`);
		this.#replace(close, close, "))");
	}
	#options(tokens) {
		const [first] = tokens;
		const last = tokens.at(-1);
		if (!first || !last) return;
		const words = tokens.filter(({ text }) => text !== "=" && text !== "," && text !== "default");
		for (let at = 0; at < words.length; at += 2) {
			const [option = NONE$2, value = NONE$2] = [words[at] ?? NONE$2, words[at + 1] ?? NONE$2];
			if (option.text === "character") at += 1;
			else if (option.text === "auto_increment") this.#seed(value);
			else if (option.text === "engine" && value.text !== "innodb") this.#refuse(value, `ENGINE ${value.text}: the rules here are InnoDB's`);
			else if (![
				"engine",
				"charset",
				"collate",
				"comment",
				"row_format"
			].includes(option.text)) this.#refuse(option, `the table option ${option.text.toUpperCase()} has no equivalent`);
		}
		this.#replace(first, last);
	}
	#seed({ text }) {
		const table = `'${this.#table.replaceAll("'", "''")}'`;
		this.#after.push(`INSERT INTO sqlite_sequence (name, seq) VALUES (${table}, ${Number(text) - 1})`);
	}
};
const CONSTRAINTS = [
	"primary",
	"unique",
	"constraint",
	"foreign",
	"check",
	"key",
	"index"
];
/** Whether an item of a table is a column, not a key or a constraint. */
const isColumn = ([first]) => first !== void 0 && (first.kind === "quoted" || !CONSTRAINTS.includes(first.text));
const isNumbering = ({ text }) => text === "auto_increment";
/** The parts between the commas of a list, each without the comma. */
function split(tokens) {
	const items = [[]];
	for (const token of tokens) if (token.text === "," && token.depth === 1) items.push([]);
	else items.at(-1)?.push(token);
	return items.filter((item) => item.length > 0);
}
/** Line and column, from 1, of a place in a text. */
function placeIn(text, offset) {
	const before = text.slice(0, offset).split("\n");
	return {
		line: before.length,
		column: (before.at(-1)?.length ?? 0) + 1
	};
}
/** One `CREATE` of a text, as SQLite takes it. @throws SandboxError `bad-ddl` */
const translate = (ddl, tokens) => new Translation(ddl, tokens).run();
// src/sim/database/create-tables.ts
/**
* Creates the tables of a text. Returns the text as SQLite took it.
* @throws SandboxError `bad-ddl`
*/
function createTables(connection, ddl) {
	const tokens = tokenize$1(ddl);
	const taken = [];
	const references = [];
	const refuse = (why, start) => {
		throw new SandboxError("bad-ddl", {
			why,
			...placeIn(ddl, start)
		});
	};
	for (let from = 0; from < tokens.length;) {
		const end = tokens.findIndex(({ text, kind }, at) => at >= from && text === ";" && kind === "sign");
		const own = tokens.slice(from, end < 0 ? tokens.length : end);
		from = end < 0 ? tokens.length : end + 1;
		if (own.length === 0) continue;
		const translated = translate(ddl, own);
		for (const statement of translated.statements) try {
			connection.exec(statement);
		} catch (error) {
			refuse(error.message, translated.start);
		}
		taken.push(...translated.statements);
		references.push(...translated.references);
	}
	for (const { table, parent, start } of references) {
		const why = refusalOf$1(connection, table, parent);
		if (why !== null) refuse(why, start);
	}
	return taken.map((statement) => `${statement};\n`).join("");
}
// src/sim/database/numbers.ts
var Numbers = class {
	#prepared;
	#versions;
	#touch;
	/** @param touch is told of a table whose count may have changed */
	constructor(prepared, versions, touch) {
		this.#prepared = prepared;
		this.#versions = versions;
		this.#touch = touch;
	}
	/** The last number that was given; null where the table counts none. */
	last({ name, autoIncrement }) {
		if (!autoIncrement) return null;
		return this.#prepared("SELECT seq FROM sqlite_sequence WHERE name = ?").pluck().get(name) ?? 0;
	}
	/** Goes back to a number that was the last one. */
	reset(table, last) {
		if (last === null) return;
		this.#touch(table.name);
		this.#prepared("UPDATE sqlite_sequence SET seq = ? WHERE name = ?").run(last, table.name);
	}
	/** Makes this the number that was given last. */
	set(table, last) {
		this.reset(table, last);
		this.#use(table, last);
	}
	/** Rows that have no number for a key are given the table's next ones. */
	numbered(table, rows) {
		if (hasHiddenRowid(table)) return rows;
		const [at = 0] = table.indexes[0].positions;
		let next = this.#next(table);
		return rows.map((values) => {
			const number = values[at] ?? next;
			if (typeof number === "number") {
				next = Math.max(next, number + 1);
				this.#use(table, number);
			}
			return values.with(at, number);
		});
	}
	/** Counts the number of a row as given. */
	use(table, values) {
		const number = values[table.indexes[0].positions[0] ?? 0];
		if (table.autoIncrement && typeof number === "number") this.#use(table, number);
	}
	/** A rowid that no row has, nor had one that somebody may still bring back. */
	freshRowid({ name }) {
		const [last] = this.#prepared(`SELECT max(rowid) FROM ${quote(name)}`).raw().get();
		return Math.max(last ?? 0, ...this.#versions.chainsOf(name).keys()) + 1;
	}
	#next(table) {
		const last = this.last(table);
		if (last !== null) return last + 1;
		const key = table.columns[table.indexes[0].positions[0] ?? 0] ?? "";
		const greatest = `SELECT max(${quote(key)}) FROM ${quote(table.name)}`;
		return (this.#prepared(greatest).pluck().get() ?? 0) + 1;
	}
	#use({ name, autoIncrement }, number) {
		if (!autoIncrement) return;
		this.#touch(name);
		if (this.#prepared("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?").run(number, name).changes > 0) return;
		this.#prepared("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)").run(name, number);
	}
};
// src/sim/database/view-copy.ts
/** Runs a query over tables filled with the rows a view sees. */
function queryCopy(tables, sql, params) {
	const copy = new BetterSqlite3(":memory:");
	try {
		banChance(copy);
		for (const [{ name, columns, affinities }, seen] of tables) {
			const types = {
				numeric: "NUMERIC",
				text: "TEXT",
				none: ""
			};
			const listed = columns.map((column, at) => {
				return `${quote(column)} ${types[affinities[at] ?? "none"]}`;
			});
			copy.exec(`CREATE TABLE ${quote(name)} (${listed.join(", ")})`);
			const places = columns.map(() => "?").join(", ");
			const insert = copy.prepare(`INSERT INTO ${quote(name)} VALUES (${places})`);
			for (const [, image] of [...seen].toSorted(([a], [b]) => a - b)) if (image) insert.run(...image);
		}
		return copy.prepare(sql).all(params);
	} finally {
		copy.close();
	}
}
// src/sim/database/store.ts
var Store = class {
	versions = new Versions();
	records;
	numbers;
	contents;
	#ddl;
	#connection;
	#tables;
	#compiler;
	#statements = /* @__PURE__ */ new Map();
	#controls = /* @__PURE__ */ new Map();
	#depth = 0;
	/** Listens to the triggers while a statement changes rows; null while images are put back. */
	#undo = null;
	#chosen = /* @__PURE__ */ new Set();
	/**
	* @throws SandboxError `bad-ddl` for DDL that is refused, `no-primary-key`, `bad-rows` for rows
	* that do not fit
	*/
	constructor({ ddl, rows }) {
		this.#connection = new BetterSqlite3(":memory:");
		this.#connection.pragma("foreign_keys = OFF");
		banChance(this.#connection);
		this.#ddl = createTables(this.#connection, ddl);
		this.#connection.function("record", { varargs: true }, (...args) => this.#record(args));
		this.#connection.function("chosen", (rowid) => Number(this.#chosen.has(rowid)));
		this.#tables = readTables(this.#connection);
		this.#compiler = new Compiler(this.#connection, this.#tables);
		this.records = new Records(this.#connection, this.#tables, this.versions);
		const prepared = (sql) => this.#prepared(sql);
		this.numbers = new Numbers(prepared, this.versions, (table) => this.contents.touch(table));
		this.contents = new Contents(this.#tables, this.numbers, prepared);
		for (const [table, list] of Object.entries(rows)) insertRows(this.#connection, table, list);
		const orphan = orphaned(this.#connection);
		if (orphan) throw new SandboxError("bad-rows", orphan);
		this.#connection.exec("BEGIN");
	}
	get tables() {
		return this.#tables;
	}
	table(name) {
		return present(this.#tables.get(name), `table ${name}`);
	}
	/** A statement, compiled at its first use and kept. @throws SandboxError `bad-sql` */
	compile(sql) {
		let statement = this.#statements.get(sql);
		if (!statement) {
			statement = this.#compiler.compile(sql);
			this.#statements.set(sql, statement);
		}
		return statement;
	}
	/** What a statement does, and to which table. @throws SandboxError `bad-sql` */
	describe(sql) {
		const { kind, target, tables } = this.compile(sql).parsed;
		return {
			verb: kind,
			table: target ?? tables[0] ?? null
		};
	}
	/** Runs a query on what the view may see; without a view, on the newest versions. */
	query(view, { parsed, prepared }, params) {
		try {
			return this.as(view, parsed.tables, () => prepared.all(params));
		} catch (error) {
			if (!view || !breaksKey(error)) throw asMistake(parsed.base, error);
			return queryCopy(parsed.tables.map((name) => [this.table(name), this.#seen(name, view)]), parsed.base, params);
		}
	}
	#seen(name, view) {
		const { columns } = this.table(name);
		const newest = this.#prepared(`SELECT rowid, * FROM ${quote(name)}`).raw().all().map((row) => [Number(row[0]), row.slice(-columns.length)]);
		return new Map([...newest, ...this.versions.hidden(name, view)]);
	}
	/** Runs a query over one table on the newest version of some of its rows only. */
	queryChosen(statement, params, chosen) {
		this.#chosen = new Set(chosen);
		return present(statement.guarded(), "a query over one table").all(params);
	}
	/** Runs something that changes rows, as `writer`; whole, or not at all. */
	change(writer, { footprint, sql }, run) {
		const undo = [];
		this.#undo = undo;
		try {
			const { changes, lastInsertRowid } = run();
			for (const { table, rowid, before } of undo) {
				const moves = footprint.movesKeys || table !== footprint.target;
				this.versions.push(table, rowid, writer, before, moves);
			}
			return {
				type: "changed",
				affected: changes,
				lastId: Number(lastInsertRowid),
				undo
			};
		} catch (error) {
			return {
				type: "failed",
				failure: failureOf(sql, error)
			};
		} finally {
			this.#undo = null;
		}
	}
	/** Takes changes back, the last first. Returns what it takes to do them again. */
	undo(records, writer) {
		return records.toReversed().map((record) => {
			const { table, rowid, before } = record;
			const after = this.table(table).one.get(rowid) ?? null;
			this.#put(table, rowid, before);
			return [
				record,
				writer,
				after,
				this.versions.pop(table, rowid)
			];
		});
	}
	/** Does changes again that `undo` took back. */
	redo(list) {
		for (const [{ table, rowid, before }, writer, after, moved] of list.toReversed()) {
			this.#put(table, rowid, after);
			this.versions.push(table, rowid, writer, before, moved);
		}
	}
	#put(name, rowid, image) {
		const table = this.table(name);
		const last = image ? this.numbers.last(table) : null;
		putImages(table, [[rowid, image]]);
		if (last !== null && rowid > last) this.numbers.reset(table, last);
	}
	/** Gives a row other values. */
	overwrite({ name, columns }, rowid, image) {
		const sets = columns.map((column) => `${quote(column)} = ?`).join(", ");
		return this.#prepared(`UPDATE ${quote(name)} SET ${sets} WHERE rowid = ?`).run(image, rowid);
	}
	/** A table as all committed transactions left it. */
	committedRows(table) {
		return this.as({
			reader: null,
			upTo: Infinity
		}, [table], () => this.table(table).all.raw(false).all());
	}
	/** Every row of every table in its newest version, for a fingerprint. */
	newestRows() {
		return [...this.#tables.values()].map((table) => [table.name, table.all.raw(true).all()]);
	}
	/** What a table holds, committed by all, if it has been looked at since it last changed. */
	knownContent(table) {
		return this.versions.chainsOf(table).size === 0 ? this.contents.known(table) : null;
	}
	mark() {
		const versions = this.versions.mark();
		if (!this.versions.any) return {
			depth: this.#depth,
			contents: this.contents.all(),
			versions
		};
		this.#depth += 1;
		this.#prepared(`SAVEPOINT mark${this.#depth}`).run();
		return {
			depth: this.#depth,
			contents: null,
			versions
		};
	}
	/** Returns to a mark, which stays: one may return to it again. Later marks are gone. */
	rewind({ depth, contents, versions }) {
		if (!contents) {
			this.#prepared(`ROLLBACK TO mark${depth}`).run();
			this.contents.touchAll();
		} else if (this.#depth > depth) this.#prepared(`RELEASE mark${depth + 1}`).run();
		this.#depth = depth;
		for (const content of contents ?? []) this.contents.load(content);
		this.versions.rewind(versions);
	}
	/** The committed state as the bytes of an SQLite file that any program can open. */
	exportFile() {
		const copy = new BetterSqlite3(":memory:");
		copy.pragma("foreign_keys = OFF");
		copy.exec(this.#ddl);
		for (const table of this.#tables.keys()) insertRows(copy, table, this.committedRows(table));
		const bytes = copy.serialize();
		copy.close();
		return bytes;
	}
	/** What SQLite itself finds wrong with its tables; `ok` if nothing. */
	integrity() {
		return this.#connection.pragma("integrity_check", { simple: true });
	}
	close() {
		this.#connection.close();
	}
	/** Runs `read` with the rows as `view` sees them, and puts everything back. */
	as(view, tables, read) {
		if (!view || !this.versions.any) return read();
		const hidden = tables.map((name) => [name, this.versions.hidden(name, view)]).filter(([, rows]) => rows.size > 0);
		if (hidden.length === 0) return read();
		this.#prepared("SAVEPOINT view").run();
		try {
			for (const [name, images] of hidden) putImages(this.table(name), images);
			return read();
		} finally {
			this.#prepared("ROLLBACK TO view").run();
			this.#prepared("RELEASE view").run();
		}
	}
	#prepared(sql) {
		let statement = this.#controls.get(sql);
		if (!statement) {
			statement = this.#connection.prepare(sql);
			this.#controls.set(sql, statement);
		}
		return statement;
	}
	#record(args) {
		this.contents.touch(args[0]);
		const undo = this.#undo;
		if (!undo) return null;
		const [table, oldRowid, newRowid] = args;
		if (newRowid !== null && !Number.isSafeInteger(newRowid)) throw new SandboxError("bad-rows", {
			table,
			why: `the key ${newRowid} is beyond what a number holds exactly`
		});
		if (oldRowid !== null) undo.push({
			table,
			rowid: oldRowid,
			before: args.slice(3)
		});
		if (newRowid !== null && newRowid !== oldRowid) undo.push({
			table,
			rowid: newRowid,
			before: null
		});
		return null;
	}
};
// src/sim/database/transactions.ts
const NONE$1 = [];
var Transactions = class {
	#byId = /* @__PURE__ */ new Map();
	/** Those that the server ended by itself, and whose clients may not know it. */
	#lost = /* @__PURE__ */ new Set();
	#nextId = 1;
	begin(options) {
		const id = this.#nextId++;
		this.#byId.set(id, openTransaction(id, options));
		return id;
	}
	get byId() {
		return this.#byId;
	}
	get list() {
		return [...this.#byId.values()];
	}
	find(id) {
		return this.#byId.get(id) ?? null;
	}
	get(id) {
		return present(this.find(id), `transaction ${id}`);
	}
	delete(id) {
		this.#byId.delete(id);
	}
	/** Notes that a transaction ends without its client's doing. */
	lose(id) {
		this.#lost.add(id);
	}
	/** Whether it ended without its client's doing. */
	isLost(id) {
		return this.#lost.has(id);
	}
	/** Those whose statement waits for a lock. */
	get waiting() {
		return this.list.filter(({ pending }) => pending).map(({ id }) => id);
	}
	/** The keys of an index that are ahead of their rows, and whose they are. */
	ahead(index) {
		let found = null;
		for (const { id, pending } of this.#byId.values()) for (const one of pending?.ahead ?? []) if (one.index === index) found = [...found ?? [], {
			writer: id,
			...one
		}];
		return found ?? NONE$1;
	}
	/** Up to which commit everything is seen by all. */
	seenByAll(lastCommit) {
		const views = this.list.flatMap(({ view }) => view ? [view.upTo] : []);
		return Math.min(lastCommit, ...views);
	}
	mark() {
		return {
			byId: copied(this.#byId),
			lost: new Set(this.#lost),
			nextId: this.#nextId
		};
	}
	rewind(mark) {
		this.#byId = copied(mark.byId);
		this.#lost = new Set(mark.lost);
		this.#nextId = mark.nextId;
	}
	/** Plain data for a fingerprint. */
	state(nameOf, lastCommit) {
		return this.list.map((one) => stateOf$2(one, nameOf, lastCommit));
	}
};
// src/sim/database/deadlock.ts
/**
* The cycle that runs through a waiting transaction, itself first, each followed by the one it
* waits for; null if there is none. As InnoDB, it follows the first in the way only: what is
* behind shows when that one has gone.
*/
function cycleFrom(transaction, blockersOf) {
	const path = [transaction];
	for (;;) {
		const [next] = blockersOf(path.at(-1) ?? transaction);
		if (next === void 0) return null;
		if (next === transaction) return path;
		if (path.includes(next)) return null;
		path.push(next);
	}
}
/** The lightest of a cycle; of equals the one that closed it, then the first it waits for. */
function victimOf(cycle, weightOf) {
	const lightest = Math.min(...cycle.map(weightOf));
	return cycle.find((member) => weightOf(member) === lightest);
}
// src/sim/database/waits.ts
var Waits = class {
	#locks;
	#host;
	#woken = [];
	/** Those who were called and have not gone on yet. */
	#called = /* @__PURE__ */ new Set();
	/** Deadlock victims that have not been told yet. */
	#victims = /* @__PURE__ */ new Set();
	constructor(locks, host) {
		this.#locks = locks;
		this.#host = host;
	}
	/** Hands over, once, those who should go on now. */
	takeWoken() {
		const woken = this.#woken;
		if (woken.length === 0) return woken;
		this.#woken = [];
		for (const id of woken) this.#called.add(id);
		return woken;
	}
	/** Whether somebody has been woken and has not gone on. */
	get pending() {
		return this.#woken.length + this.#called.size > 0;
	}
	/** Notes that one who was called goes on, or is no more. */
	answered(transaction) {
		this.#called.delete(transaction);
	}
	wake(transactions) {
		this.#woken.push(...transactions);
	}
	/** Calls nobody but these any more: the server has stopped. */
	dropAllBut(transactions) {
		this.#woken = [...transactions];
		this.#called.clear();
	}
	/** Takes one off the list of the woken; false if it is not there. */
	takeOne(transaction) {
		const at = this.#woken.indexOf(transaction);
		if (at >= 0) this.#woken.splice(at, 1);
		return at >= 0;
	}
	/** Whether a transaction was rolled back to break a deadlock; it is told once. */
	wasVictim(transaction) {
		return this.#victims.delete(transaction);
	}
	/** Looks for cycles, that of the one who asks first, and breaks them. */
	settle(requester = null) {
		this.wake(this.#locks.takeWoken());
		if (!this.#locks.table.anyWaits) return;
		const waiting = this.#host.waiting();
		for (const id of requester === null ? waiting : [requester, ...waiting]) {
			const cycle = cycleFrom(id, (member) => this.#locks.table.waitOf(member)?.blockers ?? []);
			if (!cycle) continue;
			const victim = present(victimOf(cycle, this.#host.weightOf), "a victim");
			this.#victims.add(victim);
			this.#host.rollback(victim);
			this.#woken.push(victim);
			this.settle(requester);
			return;
		}
	}
	mark() {
		const called = new Set(this.#called);
		return {
			woken: [...this.#woken],
			called,
			victims: [...this.#victims]
		};
	}
	rewind({ woken, called, victims }) {
		this.#woken = [...woken];
		this.#called = new Set(called);
		this.#victims = new Set(victims);
	}
};
// src/sim/database/database.ts
/** A simulated database; everything it does is at once, time is its caller's. */
var Database = class {
	name;
	store;
	/** The tables and their columns. */
	tables;
	#locks;
	#runner;
	#waits;
	/** What an onlooker may see of it. */
	insight;
	#stamps;
	#transactions = new Transactions();
	#purge;
	#parts;
	#up = true;
	/** @throws SandboxError `bad-sql`, `bad-ddl`, `no-primary-key`, `bad-rows` */
	constructor(name, { snapshotIsolation = false, ...options }) {
		this.name = name;
		this.store = new Store(options);
		this.store.records.ahead = (index) => this.#transactions.ahead(index);
		this.#locks = new RowLocks(this.store.records);
		this.#purge = new Purge(this.store, this.#locks, this.#transactions);
		this.#runner = new Runner({
			store: this.store,
			locks: this.#locks,
			snapshotIsolation
		});
		this.insight = new Insight(name, this.store, this.#locks.table, () => {
			const { list } = this.#transactions;
			for (const transaction of list) this.#runner.alone.lockPostponed(transaction);
			return list;
		});
		this.tables = new Map([...this.store.tables].map(([name, { columns }]) => [name, columns]));
		this.#stamps = new Stamps(this.tables.keys());
		this.#waits = new Waits(this.#locks, {
			waiting: () => this.#transactions.waiting,
			weightOf: (id) => this.#runner.weightOf(this.#transactions.get(id)),
			rollback: (id) => this.#lose(id)
		});
		const { store } = this;
		const work = [
			this.#runner,
			this.#transactions,
			this.#purge,
			this.#waits,
			this.#stamps
		];
		this.#parts = new Rewindables(store, this.#locks.table, ...work);
	}
	/** A table as all committed transactions left it. */
	committedRows = (table) => this.store.committedRows(table);
	/** Another number whenever the committed content of the table may have changed. */
	stampOf = (table) => this.store.knownContent(table)?.id ?? -1 - this.#stamps.of(table);
	/** Hands over, once, the blocked transactions that should `resume` now. */
	takeWoken = () => this.#waits.takeWoken();
	/** Frees its memory. */
	close = () => this.store.close();
	/**
	* Opens a transaction; null if the database is down.
	* @throws SandboxError `unknown-name` for an isolation level that is not there
	*/
	begin(options = {}) {
		if (!this.#up) return null;
		const id = this.#transactions.begin(options);
		if (options.consistentSnapshot) this.#runner.viewOf(this.#transactions.get(id));
		return id;
	}
	/** The transaction, while it is open. */
	find = (id) => this.#transactions.find(id);
	/** The transaction, while it is open. @throws SandboxError `transaction-waits` */
	idle(id) {
		const transaction = this.#transactions.find(id);
		if (transaction?.pending) throw new SandboxError("transaction-waits", { transaction: id });
		return transaction;
	}
	get isUp() {
		return this.#up;
	}
	get transactions() {
		return this.#transactions.list;
	}
	/**
	* Runs one statement in a transaction, or in one of its own (autocommit) where `id` is null.
	* @throws SandboxError `bad-sql`, `bad-parameters`, `transaction-over`, `transaction-waits`
	*/
	execute(id, sql, params, options) {
		if (!this.#up) return failed$1("database-down");
		this.#tidy();
		const statement = this.store.compile(sql);
		checkParameters(statement, params);
		const own = id ?? present(this.begin({
			...options,
			autocommit: true
		}), "an open database");
		const transaction = this.idle(own);
		if (!transaction) return this.#gone(own);
		if (transaction.branch && transaction.branch.state !== "active") return failed$1("xaer-rmfail");
		const { byId } = this.#transactions;
		return this.#conclude(transaction, () => {
			const { target, locking } = statement.parsed;
			const writes = target !== null || locking?.mode === "exclusive";
			if (transaction.readOnly && writes) return failed$1("read-only-transaction");
			return this.#runner.run(transaction, {
				statement,
				params
			}, byId);
		});
	}
	#gone(transaction) {
		if (this.#transactions.isLost(transaction)) return failed$1("connection-lost");
		throw new SandboxError("transaction-over", { transaction });
	}
	/** Goes on with a blocked statement, or says why not. @throws SandboxError `nothing-waits` */
	resume(id) {
		this.#waits.answered(id);
		const transaction = this.#transactions.find(id);
		if (!transaction) return this.#waits.wasVictim(id) ? failed$1("deadlock") : this.#gone(id);
		const { byId } = this.#transactions;
		const pending = pendingOf(transaction);
		return this.#conclude(transaction, () => this.#runner.resume(transaction, pending, byId));
	}
	/** Gives up waiting for a lock: only the statement fails. @throws SandboxError `nothing-waits` */
	timeOutWait(id) {
		const transaction = this.#transactions.find(id);
		if (!transaction) return this.resume(id);
		const { undoFrom } = pendingOf(transaction);
		this.#waits.wake(this.#locks.table.cancelWait(id));
		this.#runner.undo(transaction, undoFrom, this.#transactions.byId);
		if (transaction.autocommit) this.rollback(id);
		this.#waits.settle();
		return failed$1("lock-wait-timeout");
	}
	/** Commits; false if the transaction is no longer there (its connection was lost). */
	commit(id) {
		this.#tidy();
		const transaction = this.idle(id);
		if (!transaction) return false;
		if (transaction.undo.length > 0) this.store.versions.commit(id);
		for (const { table } of transaction.undo) this.#stamps.touch(table);
		this.#end(transaction);
		return true;
	}
	/** Rolls back; false if the transaction is no longer there: it has been rolled back already. */
	rollback(id) {
		const transaction = this.#transactions.find(id);
		if (!transaction) return false;
		this.#runner.undo(transaction, 0, this.#transactions.byId);
		this.#end(transaction);
		return true;
	}
	/** Undoes what was done since; locks stay. False if there is no such savepoint. */
	rollbackTo(id, name) {
		const transaction = this.idle(id);
		const savepoint = transaction && returnTo(transaction, name);
		if (!savepoint) return false;
		if (!savepoint.untouched) this.#runner.alone.lockPostponed(transaction);
		this.#runner.undo(transaction, savepoint.undo, this.#transactions.byId);
		if (savepoint.untouched) this.#forget(transaction);
		else this.#waits.settle();
		return true;
	}
	/** The connection of a transaction drops: it is rolled back, unless it is prepared. */
	disconnect(id) {
		const transaction = this.#transactions.find(id);
		if (transaction?.branch?.state !== "prepared") this.#lose(id);
		else if (!detach(transaction)) this.#forget(transaction);
	}
	#lose(id) {
		this.#transactions.lose(id);
		this.rollback(id);
	}
	/** Stops at once: what is open is rolled back, what is prepared stays; connections drop. */
	crash() {
		const { list, waiting } = this.#transactions;
		for (const { id, branch } of list.toReversed()) {
			this.disconnect(id);
			if (branch?.state === "rolled-back") this.rollback(id);
		}
		this.#waits.dropAllBut(waiting);
		this.#up = false;
	}
	restart() {
		this.#up = true;
	}
	#conclude(transaction, run) {
		const { id, autocommit } = transaction;
		let ran = null;
		try {
			ran = run();
		} finally {
			if (autocommit && ran === null) this.#lose(id);
		}
		if (ran.type === "blocked") return this.#blocked(transaction);
		if (ran.type === "failed" && (autocommit || endsTransaction(ran.failure))) this.#lose(id);
		else if (autocommit) this.commit(id);
		this.#waits.settle();
		return ran;
	}
	#blocked(transaction) {
		const { id } = transaction;
		this.#waits.settle(id);
		const woken = this.#waits.takeOne(id);
		if (this.#waits.wasVictim(id)) return failed$1("deadlock");
		if (woken) return this.resume(id);
		return blocked(id, this.#locks.table);
	}
	#end(transaction) {
		this.#transactions.delete(transaction.id);
		this.#waits.answered(transaction.id);
		this.#purge.due = true;
		this.#forget(transaction);
		if (this.#transactions.byId.size === 0) this.#tidy(true);
	}
	/** Gives up all a transaction has, but for what it changed. */
	#forget(transaction) {
		forget(transaction);
		this.#runner.leave(transaction.id);
		this.#waits.wake(this.#locks.table.release(transaction.id));
		this.#waits.settle();
	}
	#tidy(nobodyLeft = false) {
		if (!this.#purge.due || this.#waits.pending && !nobodyLeft) return;
		this.#purge.run();
		this.#waits.settle();
	}
	mark() {
		return {
			parts: this.#parts.mark(),
			up: this.#up
		};
	}
	/** Returns to a mark, which stays; later marks are gone. */
	rewind({ parts, up }) {
		this.#parts.rewind(parts);
		this.#up = up;
	}
	/** Plain data for a fingerprint: the rows, and what is open, locked and undoable. */
	state() {
		return [
			this.#up,
			this.store.newestRows(),
			...this.openState(String)
		];
	}
	/** Whether nobody is at work, and no older version of a row is kept. */
	get isQuiet() {
		const { versions } = this.store;
		return this.#transactions.byId.size === 0 && !versions.any && this.#locks.table.empty;
	}
	/** What is open, locked and undoable; `nameOf` says what a transaction is called. */
	openState(nameOf) {
		const { versions } = this.store;
		return [
			this.#transactions.state(nameOf, versions.lastCommit),
			this.#locks.table.state(nameOf),
			versions.state(nameOf)
		];
	}
};
// src/sim/database/observatory.ts
var Observatory = class {
	#connection = new BetterSqlite3(":memory:");
	#sources;
	/** What the tables held when the run began, by `source.table`. */
	#before = /* @__PURE__ */ new Map();
	#schemas = /* @__PURE__ */ new Set();
	#mirrors = /* @__PURE__ */ new Map();
	#queries = /* @__PURE__ */ new Map();
	constructor(sources) {
		banChance(this.#connection);
		const named = sources.flatMap((source) => {
			const now = [source.name, source];
			const before = [`${source.name}_before`, beforeOf(source, this.#before)];
			return source.hasBefore === false ? [now] : [now, before];
		});
		this.#sources = new Map(named);
	}
	#attachNamed(tokens) {
		tokens.forEach(({ text }, at) => {
			const source = this.#sources.get(text);
			if (source && tokens[at + 1]?.text === "." && !this.#schemas.has(text)) this.#attach(text, source);
		});
	}
	#attach(schema, source) {
		this.#schemas.add(schema);
		this.#connection.exec(`ATTACH ':memory:' AS "${schema}"`);
		for (const [table, columns] of source.tables) {
			const name = `"${schema}"."${table}"`;
			const listed = columns.map((column) => `"${column}"`).join(", ");
			this.#connection.exec(`CREATE TABLE ${name} (${listed})`);
			this.#mirrors.set(`${schema}.${table}`, {
				source,
				table,
				clear: this.#connection.prepare(`DELETE FROM ${name}`),
				insert: this.#connection.prepare(`INSERT INTO ${name} VALUES (${columns.map(() => "?").join(", ")})`),
				stamp: NaN
			});
		}
	}
	/** Takes what is there now as what the run began with. */
	remember() {
		for (const source of this.#sources.values()) for (const table of source.tables.keys()) if (source.hasBefore === void 0 || source.hasBefore) this.#before.set(`${source.name}.${table}`, source.committedRows(table));
	}
	/** A query, compiled at its first use and kept. @throws SandboxError `bad-sql` */
	compile(sql) {
		let query = this.#queries.get(sql);
		if (!query) {
			query = this.#compile(sql);
			this.#queries.set(sql, query);
		}
		return query;
	}
	#compile(sql) {
		const tokens = tokenize$1(sql);
		this.#attachNamed(tokens);
		const mirrors = tokens.flatMap((token, at) => {
			const mirror = this.#mirrors.get(`${tokens[at - 2]?.text}.${token.text}`);
			return mirror && tokens[at - 1]?.text === "." ? [mirror] : [];
		});
		const parameters = tokens.filter(({ kind }) => kind === "parameter");
		if (parameters.some(({ text }) => !text.startsWith(":"))) throw new SandboxError("bad-sql", {
			sql,
			why: "a parameter is written :name"
		});
		const clock = clockIn(sql, tokens);
		if (clock) throw new SandboxError("bad-sql", {
			sql,
			why: `no ${clock.text} in a run`
		});
		try {
			const prepared = this.#connection.prepare(quoteSchemas(sql, this.#schemas));
			if (!prepared.reader || !prepared.readonly) throw new Error("it must be a query");
			return {
				sql,
				prepared,
				mirrors: [...new Set(mirrors)],
				parameters: parameters.map(({ text }) => text.slice(1)),
				columns: prepared.columns().map(({ name }) => name)
			};
		} catch (error) {
			throw new SandboxError("bad-sql", {
				sql,
				why: error.message
			});
		}
	}
	/** The rows a query gives on the committed state of this moment. @throws SandboxError `bad-sql` */
	look({ sql, prepared, mirrors }, params) {
		for (const mirror of mirrors) {
			const stamp = mirror.source.stampOf(mirror.table);
			if (stamp === mirror.stamp) continue;
			fill$1(mirror);
			mirror.stamp = stamp;
		}
		try {
			return prepared.all(params);
		} catch (error) {
			throw new SandboxError("bad-sql", {
				sql,
				why: error.message
			});
		}
	}
	close() {
		this.#connection.close();
	}
};
/** The tables of a source as they were when the run began. */
function beforeOf(source, rows) {
	return {
		name: source.name,
		tables: source.tables,
		hasBefore: false,
		stampOf: () => 0,
		committedRows: (table) => rows.get(`${source.name}.${table}`) ?? []
	};
}
function fill$1({ source, table, clear, insert }) {
	clear.run();
	const columns = present(source.tables.get(table), `table ${table}`);
	for (const row of source.committedRows(table)) insert.run(...columns.map((column) => row[column]));
}
/** The stamps of the tables a query looks at: while they stay, so does its answer. */
function stampOf({ mirrors }) {
	return mirrors.map(({ source, table }) => source.stampOf(table)).join(" ");
}
// src/sim/faults/kinds.ts
const REMOTE = [
	"begin",
	"open",
	"sql",
	"send",
	"poll",
	"end",
	"prepare",
	"commit",
	"rollback",
	"recover",
	"call",
	...[
		"savepoint",
		"rollback-to",
		"release"
	]
];
const LOCAL = [
	"receive",
	"decline",
	"uuid",
	"log",
	"throw",
	"sleep"
];
const BOOKS = [
	"suspend",
	"resume",
	"note",
	"read-log",
	"keep",
	"recall",
	"reply"
];
const FALLIBLE = [...REMOTE, ...LOCAL];
const EFFECTS = [...FALLIBLE, ...BOOKS];
/** `restart: null` stands for the scenario's own restart delay. */
const FAULT_KINDS = {
	error: {
		applies: FALLIBLE,
		options: {}
	},
	crash: {
		applies: [...EFFECTS, "start"],
		options: { restart: null }
	},
	"crash-db": {
		applies: EFFECTS,
		options: { restart: null }
	},
	"crash-broker": {
		applies: EFFECTS,
		options: { restart: null }
	},
	duplicate: {
		applies: [
			"send",
			"receive",
			"call"
		],
		options: { delay: 10 }
	},
	lose: {
		applies: ["send", "call"],
		options: {}
	},
	delay: {
		applies: ["send", "call"],
		options: { delay: 1e3 }
	},
	reorder: {
		applies: ["send"],
		options: { delay: 1e3 }
	},
	"lost-reply": {
		applies: REMOTE,
		options: {}
	},
	refuse: {
		applies: ["prepare"],
		options: {}
	},
	disconnect: {
		applies: REMOTE,
		options: {}
	},
	timeout: {
		applies: ["sql", "call"],
		options: {}
	}
};
/** The kinds of fault that can strike at a step of this sort, of a service with a database or not. */
function kindsFor(effect, hasDatabase = true) {
	return Object.keys(FAULT_KINDS).filter((kind) => {
		return FAULT_KINDS[kind].applies.includes(effect) && (hasDatabase || kind !== "crash-db");
	});
}
// src/sim/faults/fault.ts
const GRAMMAR = /^(?<kind>[a-z-]+)@(?<point>[^:#,@\s]+)(?::(?<when>before|after))?(?:#(?<nth>[1-9]\d{0,8}))?(?<options>(?:,[a-z]+=[^,]*)*)$/;
const UNITS$1 = {
	ms: 1,
	s: 1e3,
	m: 6e4,
	h: 36e5
};
/** Reads `500ms`, `80s`, `2m`, `never`, or a bare number of milliseconds; null if it is neither. */
function parseDuration(text) {
	if (text === "never") return Infinity;
	const match = /^(\d{1,9})(ms|s|m|h)?$/.exec(text);
	return match ? Number(match[1]) * (UNITS$1[match[2] ?? "ms"] ?? 1) : null;
}
function parseOptions(kind, text) {
	const known = Object.keys(FAULT_KINDS[kind].options);
	const pairs = text.split(",").slice(1).map((pair) => {
		const [name = "", value = ""] = pair.split("=");
		if (text.split(`,${name}=`).length > 2) throw new SandboxError("bad-fault", { given: text });
		if (!known.includes(name)) throw new SandboxError("unknown-name", {
			what: "fault option",
			given: name,
			nearest: closest(name, known),
			known
		});
		const durationMs = parseDuration(value);
		if (durationMs === null) throw new SandboxError("bad-value", {
			name,
			given: value,
			expected: { type: "duration" }
		});
		return [name, durationMs];
	});
	return Object.fromEntries(pairs);
}
/**
* Reads one fault and checks it against the points a scenario has.
* @throws SandboxError `bad-fault`, `unknown-name`, `bad-value`, `fault-not-applicable`
*/
function parseFault(text, points, scenario) {
	const groups = GRAMMAR.exec(text)?.groups;
	if (!groups) throw new SandboxError("bad-fault", { given: text });
	const { kind: kindName = "", point: pointId = "", when, nth, options = "" } = groups;
	const kinds = Object.keys(FAULT_KINDS);
	const unknown = (what, given, known) => new SandboxError("unknown-name", {
		what,
		given,
		nearest: closest(given, known),
		known,
		scenario
	});
	if (!kinds.includes(kindName)) throw unknown("fault kind", kindName, kinds);
	const kind = kindName;
	const point = points.find(({ id }) => id === pointId);
	if (!point) throw unknown("fault point", pointId, points.map(({ id }) => id));
	const { effect } = point;
	if (!kindsFor(effect, point.hasDatabase).includes(kind)) throw new SandboxError("fault-not-applicable", {
		kind,
		point: pointId,
		effect,
		kinds: kindsFor(effect, point.hasDatabase)
	});
	return {
		kind,
		point: pointId,
		when: when === "before" ? "before" : when === "after" ? "after" : defaultWhen(kind),
		occurrence: Number(nth ?? 1),
		options: {
			...defaultOptions(kind),
			...parseOptions(kind, options)
		}
	};
}
function defaultOptions(kind) {
	const fixed = Object.entries(FAULT_KINDS[kind].options).filter(([, ms]) => ms !== null);
	return Object.fromEntries(fixed);
}
function defaultWhen(kind) {
	return kind === "lost-reply" || kind === "duplicate" ? "after" : "before";
}
function optionsText(options) {
	return options.map(([name, ms]) => `,${name}=${ms === Infinity ? "never" : `${ms}ms`}`).join("");
}
/** The fault in the words of the grammar, with what it left out filled in. */
function faultText({ kind, point, when, occurrence, options }) {
	return `${kind}@${point}:${when}#${occurrence}${optionsText(Object.entries(options))}`;
}
// src/sim/faults/plan.ts
const NO_STRIKE = {
	before: [],
	after: []
};
var FaultPlan = class {
	#byPoint = /* @__PURE__ */ new Map();
	#reached = /* @__PURE__ */ new Map();
	#struck = /* @__PURE__ */ new Set();
	constructor(faults) {
		for (const fault of faults) this.#byPoint.set(fault.point, [...this.#byPoint.get(fault.point) ?? [], fault]);
	}
	/** Notes that a point is reached. Returns what strikes this time. */
	reach(point) {
		const faults = this.#byPoint.get(point);
		if (!faults) return NO_STRIKE;
		const times = (this.#reached.get(point) ?? 0) + 1;
		this.#reached.set(point, times);
		const now = faults.filter((fault) => fault.occurrence === times);
		return {
			before: now.filter((fault) => fault.when === "before"),
			after: now.filter((fault) => fault.when === "after")
		};
	}
	/** Notes that a fault has struck. */
	strike(fault) {
		this.#struck.add(fault);
	}
	/** The faults that never struck, with how often their point was reached. */
	neverStruck() {
		return [...this.#byPoint.values()].flat().flatMap((fault) => {
			const reached = this.#reached.get(fault.point) ?? 0;
			if (this.#struck.has(fault)) return [];
			return [{
				fault: faultText(fault),
				point: fault.point,
				reached
			}];
		});
	}
	mark() {
		return {
			reached: new Map(this.#reached),
			struck: new Set(this.#struck)
		};
	}
	rewind(mark) {
		const { reached, struck } = mark;
		this.#reached = new Map(reached);
		this.#struck = new Set(struck);
	}
	/** Plain data for a fingerprint. */
	state() {
		return [...this.#reached];
	}
};
// src/sim/faults/probe.ts
var Probe = class {
	/** The points that were passed since it was armed last. */
	passed = [];
	#plan;
	#fault = null;
	#at = 0;
	/** @param faults those that strike in any case, each at its occurrence */
	constructor(faults) {
		this.#plan = new FaultPlan(faults);
	}
	/** Lets a fault, or none, strike at the pass of this number, from 0. */
	arm(fault, at) {
		this.passed = [];
		this.#fault = fault;
		this.#at = at;
	}
	reach(point) {
		const at = this.passed.push(point) - 1;
		const planned = this.#plan.reach(point);
		const fault = this.#fault;
		if (!fault || at !== this.#at || fault.point !== point) return planned;
		const { before, after } = planned;
		return fault.when === "before" ? {
			before: [...before, fault],
			after
		} : {
			before,
			after: [...after, fault]
		};
	}
	strike(fault) {
		this.#plan.strike(fault);
	}
	neverStruck() {
		return this.#plan.neverStruck();
	}
	mark() {
		return this.#plan.mark();
	}
	rewind(mark) {
		this.#plan.rewind(mark);
	}
	state() {
		return this.#plan.state();
	}
};
// src/sim/history.ts
const COLUMNS = [
	"id",
	"at_ms",
	"service",
	"handler",
	"state",
	"execution",
	"kind",
	"sql",
	"affected",
	"rows",
	"failure",
	"detail",
	"undo",
	"waits_for"
];
function seen$1({ happening }) {
	switch (happening.kind) {
		case "queried": return {
			sql: happening.sql,
			rows: JSON.stringify(happening.rows)
		};
		case "changed": return {
			sql: happening.sql,
			affected: happening.affected
		};
		case "blocked": return { sql: happening.sql };
		case "failed": return {
			sql: happening.sql ?? null,
			failure: happening.failure.code,
			detail: happening.failure.detail ?? null
		};
		case "requested": return { rows: JSON.stringify(happening.body) };
		case "called": {
			const { service, handler, body } = happening;
			return {
				detail: `${service}.${handler}`,
				rows: JSON.stringify(body)
			};
		}
		case "kept": return { rows: JSON.stringify(happening.entries) };
		case "replied":
		case "answered": return { rows: JSON.stringify(happening.value) };
		case "received":
		case "polled": return { rows: JSON.stringify(happening.message) };
		case "noted": return { detail: happening.note };
		case "struck": return { detail: happening.fault };
		case "committed":
		case "rolled-back": return {};
		default: return null;
	}
}
/** The statements of one run, in order, with what each gave. */
var History = class {
	name = "history";
	hasBefore = false;
	tables = /* @__PURE__ */ new Map([["statements", [...COLUMNS]]]);
	#rows = [];
	#stamp = new Stamp();
	/** Which service began a transaction, by database and number. */
	#services = /* @__PURE__ */ new Map();
	#inspections = /* @__PURE__ */ new Map();
	add(event) {
		const { id, atMs, place, happening } = event;
		const { service, handler, state, execution } = place;
		if (happening.kind === "inspected") this.#inspections.set(happening.inspection.database, happening.inspection);
		if (happening.kind === "began") this.#services.set(`${happening.database} ${happening.transaction}`, service);
		const own = seen$1(event);
		if (!own) return;
		const where = {
			id,
			at_ms: atMs,
			service,
			handler,
			state,
			execution,
			kind: happening.kind
		};
		const undo = happening.kind === "queried" ? this.#undo(happening.database) : null;
		const waits_for = happening.kind === "blocked" ? this.#waitsFor(happening) : null;
		this.#rows.push({
			sql: null,
			affected: null,
			rows: null,
			failure: null,
			detail: null,
			...where,
			...own,
			undo,
			waits_for
		});
		this.#stamp.touch();
	}
	#waitsFor({ database, waitsFor }) {
		return waitsFor.map((one) => this.#services.get(`${database} ${one}`) ?? String(one)).join(", ");
	}
	#undo(database) {
		const inspection = this.#inspections.get(database);
		if (!inspection) return null;
		const newest = inspection.chains.flatMap(({ table, now, versions: [last] }) => {
			if (!last) return [];
			return [{
				table,
				now,
				writer: this.#services.get(`${database} ${last.writer}`) ?? null,
				committed: last.commit !== null,
				isNew: last.before === null
			}];
		});
		return JSON.stringify(newest);
	}
	stampOf = () => this.#stamp.value;
	committedRows = () => this.#rows;
	mark() {
		const { length } = this.#rows;
		return {
			length,
			stamp: this.#stamp.mark(),
			services: new Map(this.#services),
			inspections: new Map(this.#inspections)
		};
	}
	rewind(mark) {
		this.#rows.length = mark.length;
		this.#services = new Map(mark.services);
		this.#inspections = new Map(mark.inspections);
		this.#stamp.rewind(mark.stamp);
	}
};
// src/sim/managers/handler.ts
const NO_RESULT$1 = {};
function given({ context, event }) {
	return {
		memory: context.memory,
		result: "result" in event ? event.result : NO_RESULT$1,
		failure: "failure" in event ? event.failure : null,
		failed: "effect" in event && event.effect || null,
		managed: context.managed,
		nowMs: "input" in event ? event.input.nowMs : event.nowMs,
		parameters: context.parameters
	};
}
function transitions(exits) {
	return (typeof exits === "string" ? [exits] : exits).map((exit) => {
		const { target, test, remember, manage } = typeof exit === "string" ? { target: exit } : exit;
		const changes = {
			...remember && { memory: (scope) => remember(given(scope)) },
			...manage && { managed: (scope) => manage(given(scope)) }
		};
		return {
			target,
			...test && { guard: (scope) => test(given(scope)) },
			...(remember || manage) && { actions: assign(changes) }
		};
	});
}
/** A step: asks for an effect; a failure leads to the handler's way back. */
function step(effect, make, exits, onError) {
	const params = typeof make === "function" ? (scope) => ({
		kind: effect,
		...make(given(scope))
	}) : {
		kind: effect,
		...make
	};
	return {
		meta: { effect },
		entry: {
			type: "perform",
			params
		},
		on: {
			done: transitions(exits),
			...onError !== void 0 && { error: transitions(onError) }
		}
	};
}
/** A fork that asks for nothing: the first exit whose test holds is taken at once. */
function fork(exits) {
	return { always: transitions(exits) };
}
/** The same state, with a way out for failures where it names none. */
function orElse(state, exits) {
	if (!state.meta || state.on?.error !== void 0) return state;
	return {
		...state,
		on: {
			...state.on,
			error: transitions(exits)
		}
	};
}
/** Marks a step that undoes, as a new business act, what the saga did before. */
function compensating(state) {
	return {
		...state,
		tags: ["compensation"]
	};
}
/** A business exception: what Java code would have thrown here. */
function failing(exception, detail) {
	return step("throw", { error: {
		code: exception,
		definite: true,
		detail
	} }, []);
}
const handlers = setup({
	types: {
		context: {},
		events: {},
		input: {}
	},
	actions: { perform: (_scope, _effect) => {} }
});
/** Builds a handler's machine. Any failure a state does not expect leads to `wayBack`. */
function handlerMachine(id, initial, wayBack, states) {
	const ends = {
		finished: { type: "final" },
		failed: { type: "final" }
	};
	return handlers.createMachine({
		id,
		context: ({ input }) => ({
			memory: input.body,
			parameters: input.parameters
		}),
		initial,
		on: { error: `.${wayBack}` },
		states: {
			...states,
			...ends
		}
	});
}
// src/sim/managers/best-effort.ts
const keepMessage = ({ result }) => result.value;
/**
* A message listener whose receive, database work and sends are one best-effort transaction. As
* Spring's container does, it begins the database transaction first and receives within it:
* `beginning`, `receiving`, the body, `committing` (database), `acknowledging` (session). A failure
* leads to `rolling-back` (database) and `returning` (the message, for redelivery). If nothing can
* be begun, the message is left where it is, uncounted (`recovering`).
*/
function bestEffortListener(id, { first, states }) {
	return handlerMachine(id, "beginning", "rolling-back", {
		beginning: step("begin", {}, "receiving", "recovering"),
		receiving: step("receive", {}, [{
			target: first,
			remember: keepMessage
		}]),
		...states,
		committing: step("commit", { resource: "database" }, "acknowledging"),
		acknowledging: step("commit", { resource: "session" }, "finished", "returning"),
		"rolling-back": step("rollback", { resource: "database" }, "returning", "returning"),
		returning: step("rollback", { resource: "session" }, "failed", "failed"),
		recovering: step("decline", {}, "failed", "failed")
	});
}
// src/sim/managers/exceptions.ts
const TRANSLATED = {
	deadlock: "DeadlockLoserDataAccessException",
	"record-changed": "CannotAcquireLockException",
	"lock-wait-timeout": "CannotAcquireLockException",
	"duplicate-key": "DuplicateKeyException",
	"foreign-key": "DataIntegrityViolationException",
	"row-referenced": "DataIntegrityViolationException",
	"not-null": "DataIntegrityViolationException",
	check: "DataIntegrityViolationException",
	"read-only-transaction": "TransientDataAccessResourceException",
	"transaction-timed-out": "TransactionTimedOutException",
	"connection-lost": "DataAccessResourceFailureException",
	"reply-lost": "DataAccessResourceFailureException",
	"database-down": "CannotGetJdbcConnectionException",
	"broker-down": "UncategorizedJmsException",
	"injected-error": "RuntimeException"
};
/** As measured with JdbcTemplate of Spring 4.3 over MariaDB's driver: by SQL state alone. */
const JDBC$3 = {
	...TRANSLATED,
	deadlock: "ConcurrencyFailureException",
	"lock-wait-timeout": "UncategorizedSQLException"
};
/** As measured with Hibernate: what it does not know of is a JpaSystemException. */
const JPA$3 = {
	...TRANSLATED,
	deadlock: "JpaSystemException",
	"record-changed": "JpaSystemException",
	"lock-wait-timeout": "JpaSystemException",
	"read-only-transaction": "JpaSystemException",
	"transaction-timed-out": "JpaSystemException",
	"connection-lost": "JpaSystemException",
	"reply-lost": "JpaSystemException",
	"database-down": "JpaSystemException"
};
/** As measured with JmsTemplate of Spring 4.3 over ActiveMQ. */
const JMS = {
	"connection-lost": "IllegalStateException",
	"reply-lost": "UncategorizedJmsException",
	"broker-down": "UncategorizedJmsException",
	"injected-error": "RuntimeException"
};
/** The exception that a failed statement throws; an exception stays what it is. */
function translated(failure, exceptions = TRANSLATED) {
	return {
		...failure,
		code: exceptions[failure.code] ?? failure.code
	};
}
/** An exception of the transaction manager's own, because of a failure or by itself. */
function managerException(code, because, detail) {
	return {
		code,
		definite: because?.definite ?? true,
		...detail !== void 0 && { detail }
	};
}
/** Of a failure nobody has named. */
const UNKNOWN = managerException("RuntimeException");
const UNEXPECTED_ROLLBACK = managerException("UnexpectedRollbackException", null, "Transaction rolled back because it has been marked as rollback-only");
const NO_SAVEPOINT = managerException("CannotCreateTransactionException", null, "Cannot create savepoint for transaction which is already marked as rollback-only");
/** Why a propagation is refused, by whether there is a transaction. */
function refusal(inTransaction) {
	return managerException("IllegalTransactionStateException", null, inTransaction ? "Existing transaction found for transaction marked with propagation 'never'" : "No existing transaction found for transaction marked with propagation 'mandatory'");
}
// src/sim/managers/kept.ts
const NOTHING$2 = {
	thrown: null,
	settled: false,
	entities: [],
	xid: "",
	started: [],
	toCommit: [],
	tries: 0,
	hazard: false
};
function keptIn({ managed }) {
	return managed ?? NOTHING$2;
}
/** A way out that changes what is kept. */
function keep(target, change, test) {
	const manage = (given) => {
		const kept = keptIn(given);
		return {
			...kept,
			...change(kept, given)
		};
	};
	return {
		target,
		manage,
		...test && { test }
	};
}
/** A way out on which an exception is thrown, if none has been yet. */
function throwing$1(target, exception, test) {
	return keep(target, (_, given) => ({ thrown: exception(given.failure, given) }), test);
}
// src/sim/managers/persistence.ts
const ENTITY = "entity";
/** A state that finds an entity, which is watched from then on. */
function finding$2({ database, table, by = "id", key, version }, exits) {
	const watched = (row, change, given) => {
		const now = {
			...row,
			...change
		};
		return {
			table,
			id: row["id"] ?? null,
			loaded: row,
			now,
			version: version?.(given) ?? null
		};
	};
	return {
		...step("sql", (given) => ({
			...database !== void 0 && { database },
			sql: `SELECT * FROM ${table} WHERE ${by} = :key`,
			params: { key: key(given) }
		}), exits.map(({ target, test, change, remember }) => {
			const manage = (kept, given) => {
				const row = given.result.rows?.[0];
				if (!row) return {};
				return { entities: [...kept.entities, watched(row, change?.(row, given) ?? {}, given)] };
			};
			const way = keep(target, manage, test && ((given) => test(given.result.rows?.[0], given)));
			return remember ? {
				...way,
				remember
			} : way;
		})),
		tags: [ENTITY]
	};
}
/** Whether any of these states finds an entity: then there may be something to flush. */
const findsEntities = (states) => Object.values(states).some(({ tags }) => tags?.includes(ENTITY));
const isDirty = ({ loaded, now }) => Object.keys(now).some((column) => now[column] !== loaded[column]);
const firstDirty = (kept) => kept.entities.find(isDirty);
function updateOf({ table, id, loaded, now, version }) {
	const columns = Object.keys(now).filter((column) => column !== "id" && column !== version);
	const next = version === null ? [] : [`${version} = :${version} + 1`];
	const sets = [...columns.map((column) => `${column} = :${column}`), ...next].join(", ");
	const still = version === null ? "" : ` AND ${version} = :${version}`;
	const params = Object.fromEntries(columns.map((column) => [column, now[column] ?? null]));
	const read = version === null ? {} : { [version]: loaded[version] ?? null };
	return {
		sql: `UPDATE ${table} SET ${sets} WHERE id = :id${still}`,
		params: {
			...params,
			...read,
			id
		}
	};
}
/** The row is not what was read any longer, or gone. */
const STALE = managerException("ObjectOptimisticLockingFailureException", null, "Row was updated or deleted by another transaction");
function written(kept) {
	const one = firstDirty(kept);
	return { entities: kept.entities.map((each) => each === one ? {
		...each,
		loaded: each.now
	} : each) };
}
/**
* The states of a flush: `<checking>` and `<flushing>`, which writes one entity after the other and
* leads to `clean`.
* @param failed where a write that fails leads
* @param stale where a write leads that has found nothing to change
*/
function flush(names, database, failed, stale) {
	const { checking, flushing, clean } = names;
	const isStale = ({ result }) => result.affected === 0;
	return {
		[checking]: fork([{
			target: flushing,
			test: (given) => firstDirty(keptIn(given)) !== void 0
		}, clean]),
		[flushing]: step("sql", (given) => {
			const entity = firstDirty(keptIn(given));
			const update = entity ? updateOf(entity) : {
				sql: "",
				params: {}
			};
			return {
				...database !== void 0 && { database },
				...update
			};
		}, [{
			...stale,
			test: isStale
		}, keep(checking, written)], failed)
	};
}
// src/sim/managers/units.ts
const EXCEPTIONS = {
	jdbc: JDBC$3,
	jpa: JPA$3,
	jms: JMS
};
/** The name of a unit's state: `committing-order`, or `committing` if there is one unit only. */
const stateOf$1 = (doing, { name }) => name === "" ? doing : `${doing}-${name}`;
const on$2 = ({ kind, database }) => kind === "jms" ? { resource: "session" } : {
	resource: "database",
	...database !== void 0 && { database }
};
/** What a failed statement or send throws in the body of a method: by whom it was made. */
function thrownBy(units, failure, effect) {
	if (effect && [
		"send",
		"open",
		"poll"
	].includes(effect.kind)) return translated(failure, JMS);
	const name = effect && "database" in effect ? effect.database : void 0;
	const [first] = units;
	const unit = units.find(({ database }) => name !== void 0 && database === name) ?? first;
	return translated(failure, EXCEPTIONS[unit?.kind ?? "jdbc"]);
}
/** Begins the units in order; whoever cannot leads to `failed`, and the others are rolled back. */
function beginning$1(units, definition, then, failed) {
	const cannot = throwing$1(failed, (failure) => managerException("CannotCreateTransactionException", failure));
	const entries = units.map((unit, at) => {
		const next = units[at + 1];
		const onward = next ? stateOf$1("beginning", next) : then;
		const state = unit.kind === "jms" ? step("open", {}, onward, [cannot]) : step("begin", (given) => ({
			...unit.database !== void 0 && { database: unit.database },
			...definition(given)
		}), onward, [cannot]);
		return [stateOf$1("beginning", unit), state];
	});
	return Object.fromEntries(entries);
}
function heuristic(position, failure) {
	return managerException("HeuristicCompletionException", failure, `Heuristic completion: outcome state is ${position === 0 ? "rolled back" : "mixed"}`);
}
function commitFailure(unit, failure) {
	if (failure?.code === "injected-error") return translated(failure);
	return managerException(unit.kind === "jpa" ? "JpaSystemException" : "TransactionSystemException", failure);
}
/**
* Commits the units in reverse, each after its flush. Whoever cannot leads to its own rollback,
* which those still open follow.
*/
function committing(units, then, { synchronization = {}, flushes = false, masks }) {
	const order = units.toReversed();
	const unitStates = order.map((unit, position) => {
		const rollback = stateOf$1("rolling-back", unit);
		const fails = (exception) => keep(rollback, (kept, { failure }) => {
			if (units.length > 1) return {
				thrown: heuristic(position, failure ?? kept.thrown),
				settled: true
			};
			const thrown = exception(failure ?? UNKNOWN);
			return {
				thrown: masks ? {
					...masks,
					definite: thrown.definite
				} : thrown,
				settled: true
			};
		});
		const clean = stateOf$1("committing", unit);
		const names = {
			checking: stateOf$1("checking", unit),
			flushing: stateOf$1("flushing", unit),
			clean
		};
		const writes = flushes && unit.kind === "jpa";
		const flushed = writes ? flush(names, unit.database, [fails((failure) => thrownBy([unit], failure, null))], fails(() => STALE)) : {};
		const next = order[position + 1];
		const onward = next ? startOf(next, flushes) : then;
		const hooks = position === 0 ? synchronization : {};
		const hookFails = fails((failure) => translated(failure));
		const commitFails = fails((failure) => commitFailure(unit, failure));
		const after = firstOf$1(hooks.after, onward);
		const start = writes ? names.checking : clean;
		return {
			start: firstOf$1(hooks.before, start),
			states: {
				...hooked(hooks.before, "before-over", start, hookFails),
				...flushed,
				[clean]: step("commit", on$2(unit), after, [commitFails]),
				...hooked(hooks.after, "after-over", onward, hookFails)
			}
		};
	});
	const states = Object.assign({}, ...unitStates.map((part) => part.states));
	return {
		start: unitStates[0]?.start ?? then,
		states
	};
}
const firstOf$1 = (states = {}, otherwise) => Object.keys(states)[0] ?? otherwise;
function hooked(states = {}, over, onward, fails) {
	const entries = Object.entries(states).map(([name, state]) => [name, orElse(state, [fails])]);
	return entries.length === 0 ? {} : {
		...Object.fromEntries(entries),
		[over]: fork([onward])
	};
}
/** Where the commit of a unit starts: JPA writes first what has changed. */
function startOf(unit, flushes) {
	return stateOf$1(flushes && unit.kind === "jpa" ? "checking" : "committing", unit);
}
/** Rolls the units back in reverse. */
function rollingBack$1(units, then, redeliverAfterMs) {
	const order = units.toReversed();
	const entries = order.map((unit, at) => {
		const next = order[at + 1];
		const onward = next ? stateOf$1("rolling-back", next) : then;
		const code = units.length > 1 ? "UnexpectedRollbackException" : "TransactionSystemException";
		const cannot = [{
			target: onward,
			test: (given) => keptIn(given).settled
		}, throwing$1(onward, (failure) => managerException(code, failure))];
		const again = redeliverAfterMs === void 0 ? {} : { redeliverAfterMs };
		const effect = {
			...on$2(unit),
			...unit.kind === "jms" ? again : {}
		};
		return [stateOf$1("rolling-back", unit), step("rollback", effect, onward, cannot)];
	});
	return Object.fromEntries(entries);
}
/** The first state of the whole rollback. */
function firstRollback(units) {
	const last = units.at(-1);
	return last ? stateOf$1("rolling-back", last) : null;
}
// src/sim/managers/managed.ts
const MASKED = managerException("IllegalTransactionStateException", null, "Transaction is already completed - do not call commit or rollback more than once");
/** The states of a method in its transaction: they lead to `over`, or with an exception to `out`. */
function methodStates$1(method, over, out) {
	const { units, definition = () => ({}), commitsOn = [], first, before } = method;
	const { synchronization, programmatic, afterwards = {} } = method;
	const back = firstRollback(units) ?? "undone";
	const translate = (failure, { failed }) => thrownBy(units, failure ?? UNKNOWN, failed);
	const fails = (target) => [throwing$1(target, translate)];
	const own = (states, target) => Object.fromEntries(Object.entries(states).map(([name, state]) => [name, orElse(state, fails(target))]));
	const commit = committing(units, "committed", {
		...synchronization && { synchronization },
		...programmatic && { masks: MASKED },
		flushes: findsEntities(method.states)
	});
	const forgiven = {
		target: commit.start,
		test: (given) => commitsOn.includes(keptIn(given).thrown?.code ?? "")
	};
	const [begun] = units;
	const begin = begun ? stateOf$1("beginning", begun) : first;
	return {
		start: Object.keys(before ?? {})[0] ?? begin,
		states: {
			...own(before ?? {}, out),
			called: fork([begin]),
			...beginning$1(units, definition, first, back),
			...own(method.states, "threw"),
			threw: fork([...commitsOn.length > 0 ? [forgiven] : [], back]),
			returned: fork([commit.start]),
			...commit.states,
			committed: fork([{
				target: out,
				test: (given) => keptIn(given).thrown !== null
			}, Object.keys(afterwards)[0] ?? over]),
			...own(afterwards, out),
			undoing: fork([back]),
			...rollingBack$1(units, "undone"),
			undone: fork([{
				target: out,
				test: (given) => keptIn(given).thrown !== null
			}, over])
		}
	};
}
/** The end of a request: an answer (`replying`), or the exception its caller sees (`throwing`). */
function ends$2(reply = () => null) {
	return {
		replying: step("reply", (given) => ({ value: reply(given) }), "finished"),
		throwing: step("throw", (given) => ({ error: keptIn(given).thrown ?? UNKNOWN }), [], "failed")
	};
}
function following(over, out) {
	const cannot = throwing$1("returning", (failure) => failure?.code === "injected-error" ? translated(failure) : managerException("SynchedLocalTransactionFailedException", failure));
	const session = { resource: "session" };
	return {
		start: "acknowledging",
		states: {
			acknowledging: step("commit", session, over, [cannot]),
			returning: step("rollback", session, out, out)
		}
	};
}
/**
* A handler of requests whose method runs in a transaction; its answer is `replying`, the exception
* its caller sees `throwing`.
*/
function managedHandler(id, method) {
	const { start, states } = methodStates$1(method, "replying", "throwing");
	return handlerMachine(id, start, "throwing", {
		...states,
		...ends$2(method.reply)
	});
}
/**
* A handler of requests whose JMS session follows the transaction, as Spring's
* TransactionAwareConnectionFactoryProxy has it.
*/
function synchronizedHandler(id, method) {
	const { start, states } = methodStates$1(method, "acknowledging", "returning");
	const session = following("replying", "throwing");
	return handlerMachine(id, start, "returning", {
		...states,
		...session.states,
		...ends$2(method.reply)
	});
}
/**
* A message listener in a container that has a transacted session, and no transaction manager of
* its own: `receiving`, the method with its own transaction, then `acknowledging`. Whatever leaves
* the method makes the container roll the session back (`returning`).
*/
function managedListener(id, method) {
	const { start, states } = methodStates$1(method, "acknowledging", "returning");
	const { redeliverAfterMs, received = ({ result }) => result.value } = method;
	const session = { resource: "session" };
	return handlerMachine(id, "receiving", "returning", {
		receiving: step("receive", {}, [{
			target: start,
			remember: received
		}]),
		...states,
		acknowledging: step("commit", session, "finished", "returning"),
		returning: step("rollback", (given) => {
			const afterMs = redeliverAfterMs?.(given);
			return {
				...session,
				...afterMs !== void 0 && { redeliverAfterMs: afterMs }
			};
		}, "failed", "failed")
	});
}
// src/sim/managers/propagation.ts
const BOUNDARIES = {
	REQUIRED: ["begin", "join"],
	REQUIRES_NEW: ["begin", "suspend-and-begin"],
	NESTED: ["begin", "savepoint"],
	SUPPORTS: ["nothing", "join"],
	NOT_SUPPORTED: ["nothing", "suspend"],
	MANDATORY: ["refuse", "join"],
	NEVER: ["nothing", "refuse"]
};
const PROPAGATIONS = Object.keys(BOUNDARIES);
/** Spring's rule for a propagation, without and within a transaction. */
function boundaryOf(propagation, inTransaction) {
	const [without, within] = BOUNDARIES[propagation];
	return inTransaction ? within : without;
}
const NOTHING$1 = {
	mark: "none",
	calls: [],
	thrown: null
};
function keptBy$1({ managed }) {
	return managed ?? NOTHING$1;
}
/** What the innermost call did about its transaction. */
function boundaryIn(keeper) {
	return keptBy$1(keeper).calls.at(-1)?.boundary ?? "nothing";
}
/** The bound transaction has been marked rollback-only. */
function isDoomed(keeper) {
	return keptBy$1(keeper).mark === "rollback-only";
}
/** The innermost call has a transaction of its own to end. */
function ownsTransaction(keeper) {
	return ["begin", "suspend-and-begin"].includes(boundaryIn(keeper));
}
/** The innermost call has set the transaction of its caller aside. */
function hasSetAside(keeper) {
	return ["suspend", "suspend-and-begin"].includes(boundaryIn(keeper));
}
const MARKS = {
	begin: "open",
	"suspend-and-begin": "open",
	suspend: "none"
};
/** A call begins. */
function entered(kept, boundary) {
	const call = {
		boundary,
		before: kept.mark
	};
	return {
		...kept,
		mark: MARKS[boundary] ?? kept.mark,
		calls: [...kept.calls, call]
	};
}
/** The innermost call is over: what was bound before it is bound again. */
function left(kept) {
	const call = kept.calls.at(-1);
	const restored = call !== void 0 && call.boundary in MARKS;
	return {
		...kept,
		mark: restored ? call.before : kept.mark,
		calls: kept.calls.slice(0, -1)
	};
}
/** A way out that changes what is kept. */
function keeping(target, change, test) {
	return {
		target,
		...test && { test },
		manage: (given) => change(keptBy$1(given), given)
	};
}
// src/sim/managers/two-phase.ts
/** How often a commit is tried, and how long the manager waits in between. */
const TRIES_MAX$1 = 4;
const RETRY_MS$1 = 3e3;
/** What an effect needs to be for a participant. */
const on$1 = (participant) => participant === "session" ? { resource: "session" } : {
	resource: "database",
	database: participant
};
const branchOf = (given, participant) => ({
	xid: keptIn(given).xid,
	branchId: participant
});
const refused$1 = (failure) => managerException("UnexpectedRollbackException", failure, "Prepare failed because one or more resources refused to commit");
const thrownIn = (failure, { failed }) => thrownBy([], failure ?? UNKNOWN, failed);
const hasStarted = (participant) => (given) => keptIn(given).started.includes(participant);
/** Each participant's state leads to the next one's, the last to `then`. */
function chain(doing, participants, then, make) {
	const entries = participants.map((participant, at) => {
		const next = participants[at + 1];
		const onward = next === void 0 ? then : reachingIf(doing, next);
		return [`${doing}-${participant}`, make(participant, onward)];
	});
	return Object.fromEntries(entries);
}
const PASSED = ["ending", "rolling-back"];
const reaching = (doing, participant) => `toward-${doing}-${participant}`;
const reachingIf = (doing, participant) => PASSED.includes(doing) ? reaching(doing, participant) : `${doing}-${participant}`;
function reachingEach(doing, participants, then) {
	const entries = participants.map((participant, at) => {
		const next = participants[at + 1];
		const own = {
			target: `${doing}-${participant}`,
			test: hasStarted(participant)
		};
		const past = next === void 0 ? then : reaching(doing, next);
		return [reaching(doing, participant), fork([own, past])];
	});
	return Object.fromEntries(entries);
}
function starting(method, then) {
	const { participants, timeoutMs } = method;
	const cannot = throwing$1("ending", thrownIn);
	const listens = method.listens === true;
	return chain("starting", participants, then, (participant, next) => {
		const started = ({ started: before }) => ({ started: [...before, participant] });
		const onward = [keep(listens && participant === "session" ? "receiving" : next, started)];
		if (participant === "session") {
			const branch = (given) => ({ branch: branchOf(given, participant) });
			return step("open", branch, onward, [cannot]);
		}
		return step("begin", (given) => ({
			database: participant,
			branch: branchOf(given, participant),
			...timeoutMs !== void 0 && { timeoutMs }
		}), onward, [cannot]);
	});
}
function ending$2(participants) {
	const [first = ""] = participants;
	const isDoomed = (given) => keptIn(given).thrown !== null;
	const onePhase = participants.length === 1;
	return {
		ending: fork([reaching("ending", first)]),
		...reachingEach("ending", participants, "ended"),
		...chain("ending", participants, "ended", (participant, onward) => step("end", (given) => ({
			...on$1(participant),
			branch: branchOf(given, participant)
		}), onward, [keep(onward, ({ thrown }, { failure }) => ({ thrown: thrown ?? refused$1(failure) }))])),
		ended: fork([{
			target: reaching("rolling-back", first),
			test: isDoomed
		}, onePhase ? "committing" : `preparing-${first}`])
	};
}
function preparing(participants) {
	const [first = ""] = participants;
	const refusal = throwing$1(reaching("rolling-back", first), refused$1);
	const vote = (participant) => (kept, given) => given.result.value === "read-only" ? {} : { toCommit: [...kept.toCommit, participant] };
	return chain("preparing", participants, "voted", (participant, onward) => step("prepare", (given) => ({
		...on$1(participant),
		branch: branchOf(given, participant)
	}), [keep(onward, vote(participant))], [refusal]));
}
const isDue = (participant) => (given) => keptIn(given).toCommit.includes(participant);
const done$1 = (participant) => (kept) => ({ toCommit: kept.toCommit.filter((name) => name !== participant) });
function deciding$1(participants) {
	const [first = ""] = participants;
	const decided = (participant, onward) => [keep(onward, (kept) => ({
		...done$1(participant)(kept),
		hazard: true
	}), ({ failure }) => failure?.code === "xaer-nota"), keep(onward, () => ({}))];
	const states = participants.flatMap((participant, at) => {
		const next = participants[at + 1];
		const onward = next === void 0 ? "told" : `telling-${next}`;
		return Object.entries({
			[`telling-${participant}`]: fork([{
				target: `committing-${participant}`,
				test: isDue(participant)
			}, onward]),
			[`committing-${participant}`]: step("commit", (given) => ({
				...on$1(participant),
				branch: branchOf(given, participant)
			}), [keep(onward, done$1(participant))], decided(participant, onward))
		});
	});
	const nobody = (given) => keptIn(given).toCommit.length === 0;
	const record = (decision) => (given) => ({ record: {
		decision,
		xid: keptIn(given).xid,
		branches: keptIn(given).toCommit
	} });
	return {
		voted: fork([{
			target: "over",
			test: nobody
		}, "logging-commit"]),
		"logging-commit": step("log", record("commit"), `telling-${first}`, [throwing$1(reaching("rolling-back", first), refused$1)]),
		...Object.fromEntries(states),
		told: fork([
			{
				target: "logging-hazard",
				test: (given) => nobody(given) && keptIn(given).hazard
			},
			{
				target: "logging-end",
				test: nobody
			},
			{
				target: "giving-up",
				test: (given) => keptIn(given).tries + 1 >= TRIES_MAX$1
			},
			"waiting"
		]),
		waiting: step("sleep", ({ nowMs }) => ({ untilMs: nowMs + RETRY_MS$1 }), [keep(`telling-${first}`, ({ tries }) => ({ tries: tries + 1 }))]),
		"giving-up": step("note", { note: "in-doubt" }, "over"),
		"logging-hazard": step("log", record("heuristic-hazard"), "over", "over"),
		"logging-end": step("log", record("forget"), "over", "over")
	};
}
function rollingBack(participants) {
	const states = chain("rolling-back", participants, "out", (participant, onward) => step("rollback", (given) => ({
		...on$1(participant),
		branch: branchOf(given, participant),
		...participant === "session" && { redeliverAfterMs: 0 }
	}), onward, onward));
	return {
		...reachingEach("rolling-back", participants, "out"),
		...states
	};
}
function onePhase(participant) {
	return { committing: step("commit", (given) => ({
		...on$1(participant),
		branch: branchOf(given, participant),
		onePhase: true
	}), "over", [throwing$1(`rolling-back-${participant}`, refused$1)]) };
}
/**
* A handler whose method runs in a global transaction: `naming`, `starting-<participant>`, the
* body, `ending-…`, `preparing-…`, `logging-commit`, `committing-…`, `logging-end`.
*/
function globalHandler(id, method) {
	const { participants, first, states, before, isolation, listens, reply } = method;
	const [start = ""] = participants;
	const [, second] = participants;
	const afterReceive = second === void 0 ? first : `starting-${second}`;
	const fails = throwing$1("ending", thrownIn);
	const own = (list, exit) => Object.fromEntries(Object.entries(list).map(([name, state]) => [name, orElse(state, [exit])]));
	const noLevels = managerException("InvalidIsolationLevelException", null, "JtaTransactionManager does not support custom isolation levels by default");
	const hasLevel = (given) => (isolation?.(given) ?? null) !== null;
	const receiving = step("receive", {}, [{
		target: afterReceive,
		remember: ({ result }) => result.value
	}]);
	return handlerMachine(id, Object.keys(before ?? {})[0] ?? "called", listens ? "failed" : "throwing", {
		...own(before ?? {}, throwing$1("out", (failure) => translated(failure ?? UNKNOWN))),
		called: fork([throwing$1("out", () => noLevels, hasLevel), "naming"]),
		naming: step("uuid", { form: "xid" }, [keep(`starting-${start}`, (_, { result }) => ({ xid: String(result.value) }))]),
		...starting(method, first),
		...listens ? { receiving } : {},
		...own(states, fails),
		returned: fork(["ending"]),
		...ending$2(participants),
		...participants.length === 1 ? onePhase(start) : {},
		...participants.length > 1 ? preparing(participants) : {},
		...participants.length > 1 ? deciding$1(participants) : {},
		...rollingBack(participants),
		over: fork([listens ? "finished" : "replying"]),
		out: fork([listens ? "failed" : "throwing"]),
		...listens ? {} : ends$2(reply)
	});
}
// src/sim/managers/recovery.ts
const decisionOf = ({ log }, xid) => log.some((row) => row["xid"] === xid && row["decision"] === "commit") ? "commit" : "rollback";
const isOver = ({ log, doubts, silent }) => silent.length === 0 && doubts.length === 0 && log.some((row) => row["decision"] === "commit");
function forgotten(memory) {
	const over = memory.log.find((row) => row["decision"] === "commit")?.["xid"];
	return {
		...memory,
		log: memory.log.filter((row) => row["xid"] !== over)
	};
}
/** The first branch that has been in doubt for long enough. */
const nextDue = ({ memory, nowMs }, afterMs) => memory.doubts.find(({ xid }) => nowMs - (memory.seen[xid] ?? nowMs) >= afterMs);
const seenNow = ({ memory, nowMs }) => Object.fromEntries(memory.doubts.map(({ xid }) => [xid, memory.seen[xid] ?? nowMs]));
const found = (participant) => ({ memory, result }) => {
	const doubts = (result.rows ?? []).map(({ xid, branchId }) => {
		return {
			participant,
			xid: String(xid),
			branchId: String(branchId)
		};
	});
	return {
		...memory,
		doubts: [...memory.doubts, ...doubts]
	};
};
const silent = (memory, participant) => ({
	...memory,
	silent: [...memory.silent, participant]
});
function deciding(participant, kind, afterMs) {
	const without = (given) => {
		const due = nextDue(given, afterMs);
		return {
			...given.memory,
			doubts: given.memory.doubts.filter((one) => one !== due)
		};
	};
	return step(kind, (given) => {
		const { xid = "", branchId = "" } = nextDue(given, afterMs) ?? {};
		return {
			...on$1(participant),
			branch: {
				xid,
				branchId
			}
		};
	}, [{
		target: "choosing",
		remember: without
	}], [{
		target: "choosing",
		remember: (given) => silent(without(given), participant)
	}]);
}
function asking({ participants, afterMs, knows = () => true }) {
	const states = participants.flatMap((participant, at) => {
		const next = participants[at + 1];
		const onward = next === void 0 ? "remembering" : `asking-${next}`;
		const known = ({ parameters }) => knows(participant, parameters);
		const unheard = {
			target: onward,
			remember: ({ memory }) => silent(memory, participant)
		};
		return Object.entries({
			[`asking-${participant}`]: fork([{
				target: `recovering-${participant}`,
				test: known
			}, onward]),
			[`recovering-${participant}`]: step("recover", on$1(participant), [{
				target: onward,
				remember: found(participant)
			}], [unheard]),
			[`committing-${participant}`]: deciding(participant, "commit", afterMs),
			[`rolling-back-${participant}`]: deciding(participant, "rollback", afterMs)
		});
	});
	return Object.fromEntries(states);
}
/** The machine of a recovery job. */
function recoveryMachine(id, recovery) {
	const { participants, afterMs } = recovery;
	const dueAt = (participant, decision) => (given) => {
		const due = nextDue(given, afterMs);
		return due?.participant === participant && decisionOf(given.memory, due.xid) === decision;
	};
	const choices = participants.flatMap((participant) => [{
		target: `committing-${participant}`,
		test: dueAt(participant, "commit")
	}, {
		target: `rolling-back-${participant}`,
		test: dueAt(participant, "rollback")
	}]);
	return handlerMachine(id, "reading-log", "failed", {
		"reading-log": step("read-log", {}, [{
			target: "recalling",
			remember: ({ result }) => ({
				log: result.rows ?? [],
				seen: {},
				doubts: [],
				silent: []
			})
		}]),
		recalling: step("recall", {}, [{
			target: `asking-${participants[0]}`,
			remember: ({ memory, result }) => {
				const { seen = {} } = result.value ?? {};
				return {
					...memory,
					seen
				};
			}
		}]),
		...asking(recovery),
		remembering: step("keep", (given) => ({ entries: { seen: seenNow(given) } }), [{
			target: "choosing",
			remember: (given) => ({
				...given.memory,
				seen: seenNow(given)
			})
		}]),
		choosing: fork([
			...choices,
			{
				target: "logging-end",
				test: ({ memory }) => isOver(memory)
			},
			"finished"
		]),
		"logging-end": step("log", ({ memory }) => {
			const over = memory.log.find((row) => row["decision"] === "commit");
			return { record: {
				decision: "forget",
				xid: String(over?.["xid"] ?? ""),
				branches: []
			} };
		}, [{
			target: "choosing",
			remember: ({ memory }) => forgotten(memory)
		}], "failed")
	});
}
// src/sim/managers/around.ts
const TAKEN_BY = {
	suspending: ["suspend", "suspend-and-begin"],
	beginning: ["begin", "suspend-and-begin"],
	joining: ["join"],
	"running-alone": ["nothing", "suspend"],
	"looking-at-mark": ["savepoint"],
	"setting-savepoint": ["savepoint"],
	refusing: ["refuse", "savepoint"],
	"marking-rollback-only": ["join"],
	committing: ["begin", "suspend-and-begin"],
	"rolling-back": ["begin", "suspend-and-begin"],
	"rolling-back-to-savepoint": ["savepoint"],
	"releasing-savepoint": ["savepoint"],
	resuming: ["suspend", "suspend-and-begin"]
};
/** @param isOutermost whether it is never called within a transaction */
function around(prefix, propagations = PROPAGATIONS, isOutermost = false) {
	const boundaries = propagations.flatMap((propagation) => (isOutermost ? [false] : [false, true]).map((within) => boundaryOf(propagation, within)));
	const isTaken = (name) => {
		const takenBy = TAKEN_BY[name.slice(prefix.length)];
		return !takenBy || takenBy.some((boundary) => boundaries.includes(boundary));
	};
	return {
		ways: (exits) => exits.filter((exit) => isTaken(typeof exit === "string" ? exit : exit.target)),
		states: (all) => Object.fromEntries(Object.entries(all).filter(([name]) => isTaken(name)))
	};
}
// src/sim/managers/transactional.ts
/** A way out that an exception of the manager's own takes, because of the failure before. */
const failingAs = (target, code) => keeping(target, (kept, { failure }) => ({
	...kept,
	thrown: managerException(code, failure)
}));
const throwingOn = (target, thrown, test) => keeping(target, (kept) => ({
	...kept,
	thrown
}), test);
const noting = (note, target) => step("note", { note }, target);
const hasSavepoint = (given) => boundaryIn(given) === "savepoint";
const savepointOf = (prefix) => ({ name: prefix.replace(/-$/, "") });
function beginning({ isolation, readOnly, timeoutMs }) {
	return {
		...isolation !== void 0 && { isolation },
		...readOnly && { readOnly },
		...timeoutMs !== void 0 && { timeoutMs }
	};
}
/** What its propagation takes, up to the method's own first step. */
function entering({ prefix: p, definition, first }, ways) {
	const enter = (boundary, target) => keeping(`${p}${target}`, (kept) => entered(kept, boundary), (given) => {
		const inTransaction = keptBy$1(given).mark !== "none";
		return boundaryOf(definition(given).propagation, inTransaction) === boundary;
	});
	const why = (given) => hasSavepoint(given) ? NO_SAVEPOINT : refusal(keptBy$1(given).mark !== "none");
	const savepoint = savepointOf(p);
	return {
		[`${p}called`]: fork(ways([
			enter("begin", "beginning"),
			enter("suspend-and-begin", "suspending"),
			enter("suspend", "suspending"),
			enter("join", "joining"),
			enter("savepoint", "looking-at-mark"),
			enter("refuse", "refusing"),
			enter("nothing", "running-alone")
		])),
		[`${p}suspending`]: step("suspend", {}, ways([{
			target: `${p}beginning`,
			test: ownsTransaction
		}, `${p}running-alone`])),
		[`${p}beginning`]: step("begin", (given) => beginning(definition(given)), first, [failingAs(`${p}rolling-back`, "CannotCreateTransactionException")]),
		[`${p}joining`]: noting("joins", first),
		[`${p}running-alone`]: noting("runs-alone", first),
		[`${p}looking-at-mark`]: fork(ways([{
			target: `${p}refusing`,
			test: isDoomed
		}, `${p}setting-savepoint`])),
		[`${p}setting-savepoint`]: step("savepoint", savepoint, first, [failingAs(`${p}left`, "CannotCreateTransactionException")]),
		[`${p}refusing`]: step("throw", (given) => ({ error: why(given) }), [], [keeping(`${p}left`, (kept, { failure }) => ({
			...kept,
			thrown: failure
		}))])
	};
}
/** What follows when the method has returned, or has thrown. */
function completing({ prefix: p, commitsOn }, ways) {
	const commits = (given) => commitsOn.includes(keptBy$1(given).thrown?.code ?? "");
	const marks = (given) => boundaryIn(given) === "join" && !isDoomed(given);
	const savepoint = savepointOf(p);
	return {
		[`${p}threw`]: fork(ways([
			{
				target: `${p}returned`,
				test: commits
			},
			{
				target: `${p}rolling-back`,
				test: ownsTransaction
			},
			{
				target: `${p}rolling-back-to-savepoint`,
				test: hasSavepoint
			},
			keeping(`${p}marking-rollback-only`, (kept) => ({
				...kept,
				mark: "rollback-only"
			}), marks),
			`${p}left`
		])),
		[`${p}marking-rollback-only`]: noting("dooms", `${p}left`),
		[`${p}returned`]: fork(ways([
			throwingOn(`${p}rolling-back`, UNEXPECTED_ROLLBACK, (given) => {
				return ownsTransaction(given) && isDoomed(given);
			}),
			throwingOn(`${p}rolling-back-to-savepoint`, UNEXPECTED_ROLLBACK, (given) => {
				return hasSavepoint(given) && isDoomed(given);
			}),
			{
				target: `${p}committing`,
				test: ownsTransaction
			},
			{
				target: `${p}releasing-savepoint`,
				test: hasSavepoint
			},
			`${p}left`
		])),
		[`${p}committing`]: step("commit", { resource: "database" }, `${p}left`, [failingAs(`${p}rolling-back`, "TransactionSystemException")]),
		[`${p}rolling-back`]: step("rollback", { resource: "database" }, `${p}left`, [failingAs(`${p}left`, "TransactionSystemException")]),
		[`${p}rolling-back-to-savepoint`]: step("rollback-to", savepoint, [keeping(`${p}left`, (kept) => ({
			...kept,
			mark: "open"
		}))], [failingAs(`${p}left`, "TransactionSystemException")]),
		[`${p}releasing-savepoint`]: step("release", savepoint, `${p}left`, `${p}left`)
	};
}
/** The caller's transaction is taken up again, and the exception, if there is one, goes on. */
function leaving(p, ends, ways) {
	return {
		[`${p}left`]: fork(ways([{
			target: `${p}resuming`,
			test: hasSetAside
		}, `${p}over`])),
		[`${p}resuming`]: step("resume", {}, `${p}over`),
		[`${p}over`]: fork(ends)
	};
}
const hasThrown = (given) => keptBy$1(given).thrown !== null;
function ownSteps({ prefix: p, states }) {
	const out = keeping(`${p}threw`, (kept, { failure }) => {
		return {
			...kept,
			thrown: failure && translated(failure)
		};
	});
	const entries = Object.entries(states).map(([name, state]) => [name, orElse(state, [out])]);
	return Object.fromEntries(entries);
}
function methodStates(method, ends, isOutermost) {
	const { prefix, propagations } = method;
	const { ways, states } = around(prefix, propagations, isOutermost);
	return {
		...states(entering(method, ways)),
		...ownSteps(method),
		...states(completing(method, ways)),
		...states(leaving(prefix, ends, ways))
	};
}
/** The states of a method that another calls, from `<prefix>called` on. */
function calledMethod(method) {
	const { caller, returns, catches } = method;
	const caught = catches && {
		...keeping(catches.target, (kept) => ({
			...left(kept),
			thrown: null
		}), (given) => hasThrown(given) && (catches.test?.(given) ?? true)),
		...catches.remember && { remember: catches.remember }
	};
	return methodStates(method, [
		...caught ? [caught] : [],
		keeping(`${caller}threw`, left, hasThrown),
		keeping(returns, left)
	], false);
}
/**
* A handler whose outermost method is transactional. An exception that leaves it is what its client
* sees (`throwing`).
*/
function transactionalHandler(id, method) {
	return handlerMachine(id, "called", "throwing", {
		...methodStates({
			...method,
			prefix: ""
		}, [keeping("throwing", left, hasThrown), keeping("finished", left)], true),
		throwing: step("throw", (given) => ({ error: exceptionIn(given) }), [], "failed")
	});
}
function exceptionIn(given) {
	return keptBy$1(given).thrown ?? managerException("RuntimeException", given.failure);
}
// src/sim/network/circuit-breaker.ts
const CLOSED = {
	state: "closed",
	ok: [],
	failed: []
};
/** The circuit once a call was let through; null if the call must fail at once. */
function admit(circuit, { sleepMs }, nowMs) {
	if (circuit.state === "closed") return circuit;
	return circuit.state === "open" && nowMs > circuit.openedMs + sleepMs ? {
		...circuit,
		state: "half-open"
	} : null;
}
/**
* The circuit once a call that it let through has ended. While it is half-open that is the probe;
* what ends while it is open was on its way already, and changes nothing.
*/
function recordCall(circuit, isOk, { callsMin, failuresPercent, windowMs }, nowMs) {
	const opened = {
		state: "open",
		openedMs: nowMs
	};
	if (circuit.state !== "closed") {
		if (circuit.state === "open") return circuit;
		return isOk ? CLOSED : opened;
	}
	const recent = (times) => times.filter((atMs) => atMs > nowMs - windowMs);
	const ok = [...recent(circuit.ok), ...isOk ? [nowMs] : []];
	const failed = [...recent(circuit.failed), ...isOk ? [] : [nowMs]];
	const calls = ok.length + failed.length;
	return calls >= callsMin && failed.length * 100 >= failuresPercent * calls ? opened : {
		state: "closed",
		ok,
		failed
	};
}
// src/sim/network/processes.ts
const NOTHING = {};
/** The processes of a world, all down until they are started. */
var Processes = class {
	#up;
	#memories = /* @__PURE__ */ new Map();
	constructor(names) {
		this.#up = new Map(names.map((name) => [name, false]));
	}
	isUp(name) {
		return present(this.#up.get(name), `process ${name}`);
	}
	start(name) {
		this.#set(name, true);
	}
	crash(name) {
		this.#set(name, false);
		this.#memories = new Map(this.#memories).set(name, NOTHING);
	}
	/** All that a process keeps in its memory. */
	memoryOf(name) {
		return this.#memories.get(name) ?? NOTHING;
	}
	/**
	* Keeps values in a process's memory, in the place of what is there by the same names. Returns
	* false, and keeps nothing, if it does not hold what is expected: compare and set.
	*/
	keep(name, entries, expecting = NOTHING) {
		const held = this.memoryOf(name);
		if (Object.entries(expecting).some(([key, value]) => {
			return JSON.stringify(held[key] ?? null) !== JSON.stringify(value);
		})) return false;
		this.#memories = new Map(this.#memories).set(name, {
			...held,
			...entries
		});
		return true;
	}
	#set(name, up) {
		present(this.#up.get(name), `process ${name}`);
		this.#up = new Map(this.#up).set(name, up);
	}
	mark() {
		return {
			up: this.#up,
			memories: this.#memories
		};
	}
	rewind(mark) {
		this.#up = mark.up;
		this.#memories = mark.memories;
	}
	/** Plain data for a fingerprint. */
	state() {
		return [[...this.#up], [...this.#memories]];
	}
};
// src/sim/network/registry.ts
/** Gives an instance a lease, whatever it had; null if its credentials are wrong. */
function register({ service, instance, login }, terms, nowMs) {
	if (login !== terms.login) return null;
	return { [instance]: {
		service,
		untilMs: nowMs + terms.leaseMs
	} };
}
/** Renews a lease, even one that has expired; null if the instance has to register again. */
function renew(leases, instance, leaseMs, nowMs) {
	const lease = leases[instance];
	return lease ? { [instance]: {
		service: lease.service,
		untilMs: nowMs + leaseMs
	} } : null;
}
/** Takes out whose lease has expired. */
function evict(leases, nowMs) {
	const expired = Object.entries(leases).filter(([, lease]) => lease && lease.untilMs < nowMs);
	return Object.fromEntries(expired.map(([instance]) => [instance, null]));
}
/** All that are registered, also those whose lease has expired and who are still there. */
function instancesOf(leases) {
	const listed = {};
	for (const instance of Object.keys(leases).sort()) {
		const service = leases[instance]?.service;
		if (service === void 0) continue;
		listed[service] = [...listed[service] ?? [], instance];
	}
	return listed;
}
// src/sim/network/round-robin.ts
/** The instance after the one that had its turn last; null if there is none. */
function takeTurn(instances, last) {
	const turn = instances.length === 0 ? 0 : (last + 1) % instances.length;
	const instance = instances[turn];
	return instance === void 0 ? null : {
		instance,
		turn
	};
}
// src/sim/settings.ts
const milliseconds = (fallback, en, zh) => ({
	expected: {
		type: "integer",
		min: 0,
		max: 864e5
	},
	default: fallback,
	about: {
		en,
		zh
	}
});
const WORLD_PARAMETERS = {
	consumers: {
		expected: {
			type: "integer",
			min: 1,
			max: 100
		},
		default: 10,
		about: {
			en: "consumers of each listener container",
			zh: "每个监听容器的消费者数"
		}
	},
	redeliveryDelayMs: milliseconds(1e3, "pause before a returned message is delivered again (0: its container closes the consumer)", "消息退回后再次投递前的等待（0：容器在回滚时关闭消费者，立即重投）"),
	redeliveriesMax: {
		expected: {
			type: "integer",
			min: 0,
			max: 1e3
		},
		default: 6,
		about: {
			en: "redeliveries before a message becomes a dead letter",
			zh: "进入死信队列前的最多重投次数"
		}
	},
	recoveryMs: milliseconds(5e3, "pause of a consumer that could not begin a transaction", "消费者无法开始事务时的等待"),
	restartMs: milliseconds(1e3, "how long a crashed service, database or broker stays down", "服务、数据库或消息代理崩溃后多久重启"),
	lockWaitTimeoutMs: milliseconds(5e4, "how long a statement waits for a row lock", "语句等待行锁的最长时间"),
	callTimeoutMs: milliseconds(5e3, "how long a service waits for the answer of another", "服务等待另一服务应答的最长时间"),
	horizonMs: milliseconds(6e5, "virtual time at which a run is cut off if it never comes to rest", "运行一直不停歇时，在此虚拟时刻截止")
};
/** The world's own parameters among all of a run's. */
function settingsOf(parameters) {
	const names = Object.keys(WORLD_PARAMETERS);
	return Object.fromEntries(names.map((name) => [name, Number(parameters[name] ?? WORLD_PARAMETERS[name].default)]));
}
// src/sim/parts.ts
const NOWHERE = {
	service: null,
	handler: null,
	state: null,
	execution: null
};
function serviceOf({ scenario }, name) {
	return present(scenario.services.find((service) => service.name === name), `service ${name}`);
}
/** A database, for one who may change it. */
function databaseOf({ databases, revisions }, name) {
	revisions.renew(name);
	return present(databases.get(name), `database ${name}`);
}
/** Adds an event of this moment to the trace. Returns its id. */
function note({ trace, clock }, place, happening, cause, compensation = false) {
	return trace.add(clock.nowMs, cause, place, happening, compensation);
}
/** Does something; a mistake that shows in it says where it was made. */
function located(where, act) {
	try {
		return act();
	} catch (error) {
		if (!(error instanceof SandboxError)) throw error;
		throw new SandboxError(error.code, {
			...error.data,
			where
		}, error.place);
	}
}
/** Virtual time that a step of a handler takes, in ms. */
const stepMs = ({ pace }) => pace === "timed" ? 1 : 0;
/** Puts a timer on the agenda, `inMs` from now; `never` (Infinity) puts none. */
function after$1(parts, inMs, work, cause) {
	const { agenda, clock, footprint } = parts;
	if (inMs === Infinity) return;
	footprint?.writes.add("timers");
	agenda.add({
		dueMs: clock.nowMs + inMs,
		timer: true,
		work,
		cause
	});
}
// node_modules/eventemitter3/index.mjs
var import_eventemitter3 = /* @__PURE__ */ __toESM((/* @__PURE__ */ __commonJSMin(((exports, module) => {
	var has = Object.prototype.hasOwnProperty;
	var prefix = "~";
	/**
	* Constructor to create a storage for our `EE` objects.
	* An `Events` instance is a plain object whose properties are event names.
	*
	* @constructor
	* @private
	*/
	function Events() {}
	if (Object.create) {
		Events.prototype = Object.create(null);
		if (!new Events().__proto__) prefix = false;
	}
	/**
	* Representation of a single event listener.
	*
	* @param {Function} fn The listener function.
	* @param {*} context The context to invoke the listener with.
	* @param {Boolean} [once=false] Specify if the listener is a one-time listener.
	* @constructor
	* @private
	*/
	function EE(fn, context, once) {
		this.fn = fn;
		this.context = context;
		this.once = once || false;
	}
	/**
	* Add a listener for a given event.
	*
	* @param {EventEmitter} emitter Reference to the `EventEmitter` instance.
	* @param {(String|Symbol)} event The event name.
	* @param {Function} fn The listener function.
	* @param {*} context The context to invoke the listener with.
	* @param {Boolean} once Specify if the listener is a one-time listener.
	* @returns {EventEmitter}
	* @private
	*/
	function addListener(emitter, event, fn, context, once) {
		if (typeof fn !== "function") throw new TypeError("The listener must be a function");
		var listener = new EE(fn, context || emitter, once), evt = prefix ? prefix + event : event;
		if (!emitter._events[evt]) emitter._events[evt] = listener, emitter._eventsCount++;
		else if (!emitter._events[evt].fn) emitter._events[evt].push(listener);
		else emitter._events[evt] = [emitter._events[evt], listener];
		return emitter;
	}
	/**
	* Clear event by name.
	*
	* @param {EventEmitter} emitter Reference to the `EventEmitter` instance.
	* @param {(String|Symbol)} evt The Event name.
	* @private
	*/
	function clearEvent(emitter, evt) {
		if (--emitter._eventsCount === 0) emitter._events = new Events();
		else delete emitter._events[evt];
	}
	/**
	* Minimal `EventEmitter` interface that is molded against the Node.js
	* `EventEmitter` interface.
	*
	* @constructor
	* @public
	*/
	function EventEmitter() {
		this._events = new Events();
		this._eventsCount = 0;
	}
	/**
	* Return an array listing the events for which the emitter has registered
	* listeners.
	*
	* @returns {Array}
	* @public
	*/
	EventEmitter.prototype.eventNames = function eventNames() {
		var names = [], events, name;
		if (this._eventsCount === 0) return names;
		for (name in events = this._events) if (has.call(events, name)) names.push(prefix ? name.slice(1) : name);
		if (Object.getOwnPropertySymbols) return names.concat(Object.getOwnPropertySymbols(events));
		return names;
	};
	/**
	* Return the listeners registered for a given event.
	*
	* @param {(String|Symbol)} event The event name.
	* @returns {Array} The registered listeners.
	* @public
	*/
	EventEmitter.prototype.listeners = function listeners(event) {
		var evt = prefix ? prefix + event : event, handlers = this._events[evt];
		if (!handlers) return [];
		if (handlers.fn) return [handlers.fn];
		for (var i = 0, l = handlers.length, ee = new Array(l); i < l; i++) ee[i] = handlers[i].fn;
		return ee;
	};
	/**
	* Return the number of listeners listening to a given event.
	*
	* @param {(String|Symbol)} event The event name.
	* @returns {Number} The number of listeners.
	* @public
	*/
	EventEmitter.prototype.listenerCount = function listenerCount(event) {
		var evt = prefix ? prefix + event : event, listeners = this._events[evt];
		if (!listeners) return 0;
		if (listeners.fn) return 1;
		return listeners.length;
	};
	/**
	* Calls each of the listeners registered for a given event.
	*
	* @param {(String|Symbol)} event The event name.
	* @returns {Boolean} `true` if the event had listeners, else `false`.
	* @public
	*/
	EventEmitter.prototype.emit = function emit(event, a1, a2, a3, a4, a5) {
		var evt = prefix ? prefix + event : event;
		if (!this._events[evt]) return false;
		var listeners = this._events[evt], len = arguments.length, args, i;
		if (listeners.fn) {
			if (listeners.once) this.removeListener(event, listeners.fn, void 0, true);
			switch (len) {
				case 1: return listeners.fn.call(listeners.context), true;
				case 2: return listeners.fn.call(listeners.context, a1), true;
				case 3: return listeners.fn.call(listeners.context, a1, a2), true;
				case 4: return listeners.fn.call(listeners.context, a1, a2, a3), true;
				case 5: return listeners.fn.call(listeners.context, a1, a2, a3, a4), true;
				case 6: return listeners.fn.call(listeners.context, a1, a2, a3, a4, a5), true;
			}
			for (i = 1, args = new Array(len - 1); i < len; i++) args[i - 1] = arguments[i];
			listeners.fn.apply(listeners.context, args);
		} else {
			var length = listeners.length, j;
			for (i = 0; i < length; i++) {
				if (listeners[i].once) this.removeListener(event, listeners[i].fn, void 0, true);
				switch (len) {
					case 1:
						listeners[i].fn.call(listeners[i].context);
						break;
					case 2:
						listeners[i].fn.call(listeners[i].context, a1);
						break;
					case 3:
						listeners[i].fn.call(listeners[i].context, a1, a2);
						break;
					case 4:
						listeners[i].fn.call(listeners[i].context, a1, a2, a3);
						break;
					default:
						if (!args) for (j = 1, args = new Array(len - 1); j < len; j++) args[j - 1] = arguments[j];
						listeners[i].fn.apply(listeners[i].context, args);
				}
			}
		}
		return true;
	};
	/**
	* Add a listener for a given event.
	*
	* @param {(String|Symbol)} event The event name.
	* @param {Function} fn The listener function.
	* @param {*} [context=this] The context to invoke the listener with.
	* @returns {EventEmitter} `this`.
	* @public
	*/
	EventEmitter.prototype.on = function on(event, fn, context) {
		return addListener(this, event, fn, context, false);
	};
	/**
	* Add a one-time listener for a given event.
	*
	* @param {(String|Symbol)} event The event name.
	* @param {Function} fn The listener function.
	* @param {*} [context=this] The context to invoke the listener with.
	* @returns {EventEmitter} `this`.
	* @public
	*/
	EventEmitter.prototype.once = function once(event, fn, context) {
		return addListener(this, event, fn, context, true);
	};
	/**
	* Remove the listeners of a given event.
	*
	* @param {(String|Symbol)} event The event name.
	* @param {Function} fn Only remove the listeners that match this function.
	* @param {*} context Only remove the listeners that have this context.
	* @param {Boolean} once Only remove one-time listeners.
	* @returns {EventEmitter} `this`.
	* @public
	*/
	EventEmitter.prototype.removeListener = function removeListener(event, fn, context, once) {
		var evt = prefix ? prefix + event : event;
		if (!this._events[evt]) return this;
		if (!fn) {
			clearEvent(this, evt);
			return this;
		}
		var listeners = this._events[evt];
		if (listeners.fn) {
			if (listeners.fn === fn && (!once || listeners.once) && (!context || listeners.context === context)) clearEvent(this, evt);
		} else {
			for (var i = 0, events = [], length = listeners.length; i < length; i++) if (listeners[i].fn !== fn || once && !listeners[i].once || context && listeners[i].context !== context) events.push(listeners[i]);
			if (events.length) this._events[evt] = events.length === 1 ? events[0] : events;
			else clearEvent(this, evt);
		}
		return this;
	};
	/**
	* Remove all listeners, or those of the specified event.
	*
	* @param {(String|Symbol)} [event] The event name.
	* @returns {EventEmitter} `this`.
	* @public
	*/
	EventEmitter.prototype.removeAllListeners = function removeAllListeners(event) {
		var evt;
		if (event) {
			evt = prefix ? prefix + event : event;
			if (this._events[evt]) clearEvent(this, evt);
		} else {
			this._events = new Events();
			this._eventsCount = 0;
		}
		return this;
	};
	EventEmitter.prototype.off = EventEmitter.prototype.removeListener;
	EventEmitter.prototype.addListener = EventEmitter.prototype.on;
	EventEmitter.prefixed = prefix;
	EventEmitter.EventEmitter = EventEmitter;
	if ("undefined" !== typeof module) module.exports = EventEmitter;
})))(), 1);
// src/sim/execution.ts
function placeOf({ id, service, handler, step }) {
	return {
		service: service.name,
		handler: handler.name,
		state: step.state,
		execution: id
	};
}
/** The name of the fault point an execution stands at. */
function pointOf({ service, handler, step }) {
	return `${service.name}.${handler.name}.${step.state}`;
}
const NONE = [];
/** An execution's transaction on a database; null if it has none there. */
function transactionOf({ transactions }, database) {
	return transactions[database] ?? null;
}
/** Changes what an execution has open on a database. */
function setTransaction(execution, database, transaction) {
	const { [database]: _, ...others } = execution.transactions;
	execution.transactions = transaction === null ? others : {
		...execution.transactions,
		[database]: transaction
	};
}
/** The runs of handlers that are under way. One that a mark knows is copied before it changes. */
var Executions = class {
	#byId = new SharedMap();
	/** Those that no mark knows. */
	#own = /* @__PURE__ */ new Set();
	#nextId = 1;
	add(execution) {
		const added = {
			id: this.#nextId++,
			...execution
		};
		this.#byId.set(added.id, added);
		this.#own.add(added.id);
		return added;
	}
	/** What the next one will be called. */
	get nextId() {
		return this.#nextId;
	}
	get count() {
		return this.#byId.now.size;
	}
	/** All, to look at. */
	get all() {
		return this.#byId.now.values();
	}
	/** One, to look at; null once it has ended. */
	see(id) {
		return this.#byId.get(id) ?? null;
	}
	/** One, for somebody who may change it; null once it has ended. */
	find(id) {
		const execution = this.#byId.get(id);
		if (!execution) return null;
		if (this.#own.has(id)) return execution;
		const copy = { ...execution };
		this.#byId.set(id, copy);
		this.#own.add(id);
		return copy;
	}
	get(id) {
		return present(this.find(id), `execution ${id}`);
	}
	delete(id) {
		this.#byId.delete(id);
	}
	/** Those that a test finds, for somebody who may change them. */
	where(test) {
		let found = null;
		for (const execution of this.#byId.now.values()) if (test(execution)) found = [...found ?? [], execution];
		return found ? found.map(({ id }) => this.get(id)) : NONE;
	}
	mark() {
		this.#own.clear();
		return {
			byId: this.#byId.mark(),
			nextId: this.#nextId
		};
	}
	rewind(mark) {
		this.#own.clear();
		this.#byId.rewind(mark.byId);
		this.#nextId = mark.nextId;
	}
	/** Plain data for a fingerprint. */
	state() {
		return [...this.all].map(({ id, step, transactions, session, waiting, ...rest }) => {
			const place = [
				id,
				rest.service.name,
				rest.handler.name,
				step.state
			];
			const open = [
				transactions,
				rest.suspended.map((one) => one.transactions),
				session,
				rest.reply,
				rest.caller
			];
			return [
				place,
				step.context,
				open,
				waiting?.awaited ?? null
			];
		});
	}
};
// src/sim/scenario.ts
/** The first rows of one database, by its tables. */
function rowsOf({ rows }, database) {
	const own = Object.entries(rows).filter(([name]) => name.startsWith(`${database}.`));
	return Object.fromEntries(own.map(([name, list]) => [name.slice(database.length + 1), list]));
}
function handlersOf(service) {
	return [
		...service.entries,
		...service.listeners,
		...service.jobs
	];
}
/** Every place of a scenario where a fault can strike, in the order they are written. */
function faultPoints(scenario) {
	return scenario.services.flatMap((service) => {
		const hasDatabase = service.databases.length > 0;
		return [{
			id: `${service.name}.process.starting`,
			effect: "start",
			compensation: false,
			hasDatabase
		}, ...handlersOf(service).flatMap(({ name, machine }) => chartOf(machine).states.map(({ state, effect, compensation }) => {
			return {
				id: `${service.name}.${name}.${state}`,
				effect,
				compensation,
				hasDatabase
			};
		}))];
	});
}
// src/sim/calls.ts
function put$2(parts, inMs, work, cause) {
	const { agenda, clock, footprint } = parts;
	if (inMs > 0) footprint?.writes.add("timers");
	agenda.add({
		dueMs: clock.nowMs + stepMs(parts) + inMs,
		timer: inMs > 0,
		work,
		cause
	});
}
/** Sends a request on its way; a copy may follow it, whose answer goes nowhere. */
function sendRequest(parts, { service, handler, body }, caller, twist, cause) {
	const request = {
		kind: "invoke",
		service,
		handler,
		body
	};
	const delayMs = twist.delayMs ?? 0;
	if (!twist.lost) put$2(parts, delayMs, {
		...request,
		caller
	}, cause);
	if (twist.copyAfterMs === void 0) return;
	put$2(parts, delayMs + twist.copyAfterMs, {
		...request,
		caller: null
	}, cause);
}
/** Sends an answer back, if anybody waits for it. */
function sendAnswer(parts, caller, answer, cause) {
	if (caller) put$2(parts, 0, {
		kind: "answer",
		caller,
		answer
	}, cause);
}
/** Answers that nobody listens there: certainly nothing was done. */
function refuseCall(parts, caller, cause) {
	sendAnswer(parts, caller, { failure: {
		code: "connection-refused",
		definite: true
	} }, cause);
}
/** The process that was called died: nobody knows how far it came. */
function breakCall(parts, { caller }, cause) {
	sendAnswer(parts, caller, { failure: {
		code: "connection-lost",
		definite: false
	} }, cause);
}
/** The service and handler a request is for; null where there are none of that name. */
function calledHandler(parts, service, handler) {
	if (!parts.scenario.services.some(({ name }) => name === service)) return null;
	const found = serviceOf(parts, service);
	const called = handlersOf(found).find(({ name }) => name === handler);
	return called ? {
		service: found,
		handler: called
	} : null;
}
// src/sim/first-steps.ts
var FirstSteps = class {
	#parts;
	#byMessage = /* @__PURE__ */ new WeakMap();
	constructor(parts) {
		this.#parts = parts;
	}
	of({ machine }, body, message) {
		const { nowMs } = this.#parts.clock;
		const known = message && this.#byMessage.get(message);
		if (known?.nowMs === nowMs) return known.step;
		const { parameters } = this.#parts.input;
		const step = startMachine(machine, {
			body,
			parameters,
			nowMs
		});
		if (message) this.#byMessage.set(message, {
			nowMs,
			step
		});
		return step;
	}
};
// src/sim/sessions.ts
/** Puts a session's end into the trace, and on the agenda what it leaves for later. */
function noteSessionEnd(parts, place, end, cause) {
	for (const message of end.published) note(parts, place, {
		kind: "published",
		message: seen$2(message)
	}, cause);
	for (const { queue, body } of end.lost) note(parts, place, {
		kind: "lost",
		queue,
		body
	}, cause);
	if (end.returned) note(parts, place, {
		kind: "returned",
		message: seen$2(end.returned)
	}, cause);
	if (end.deadLetter) note(parts, place, {
		kind: "dead-lettered",
		message: {
			...seen$2(end.deadLetter),
			queue: end.deadLetter.originalQueue ?? ""
		}
	}, cause);
	for (const wakeAtMs of end.wakeAtMs) after$1(parts, wakeAtMs - parts.clock.nowMs, { kind: "dispatch" }, cause);
}
// src/sim/outages.ts
const containerId = (service, listener) => `${service.name}.${listener.name}`;
/** The service and listener a container belongs to. */
function containerOf(parts, id) {
	for (const service of parts.scenario.services) for (const listener of service.listeners) if (containerId(service, listener) === id) return {
		service,
		listener
	};
	throw new BugError(`no container ${id}`);
}
function subscribe({ broker, clock, settings, input }, service) {
	for (const listener of service.listeners) {
		const { onlyIf } = listener;
		if (onlyIf && !onlyIf.is.includes(input.parameters[onlyIf.parameter] ?? null)) continue;
		const id = containerId(service, listener);
		broker.subscribe(id, listener.queue, settings.consumers, clock.nowMs);
	}
}
/** Starts a service's process: it subscribes, and its jobs run for the first time. */
function startService(parts, name, again, cause) {
	const service = serviceOf(parts, name);
	parts.processes.start(name);
	if (again) note(parts, {
		...NOWHERE,
		service: name
	}, {
		kind: "restarted",
		what: "service"
	}, cause);
	if (parts.broker.up) subscribe(parts, service);
	for (const job of service.jobs) after$1(parts, 0, {
		kind: "tick",
		service: name,
		job: job.name
	}, cause);
}
/** The connections of a run drop: what is open is rolled back, what is prepared stays. */
function dropConnections(parts, execution, cause) {
	const place = {
		...NOWHERE,
		service: execution.service.name
	};
	const awaited = execution.waiting?.awaited;
	const waits = awaited?.kind === "lock" ? [[awaited.database, awaited.transaction]] : [];
	const open = [execution, ...execution.suspended].flatMap(({ transactions }) => Object.entries(transactions));
	for (const [name, transaction] of new Map([...waits, ...open])) {
		const database = databaseOf(parts, name);
		if (!database.find(transaction)) continue;
		database.disconnect(transaction);
		if (database.find(transaction)) continue;
		note(parts, place, {
			kind: "rolled-back",
			resource: "database",
			database: name,
			transaction
		}, cause);
	}
	const { session, message } = execution;
	if (session !== null && message === null && !parts.broker.sessions.isPrepared(session)) parts.broker.rollback(session, parts.clock.nowMs, cause);
}
/**
* A service's process dies: its memory is lost, its connections drop (open transactions roll back,
* what it did not acknowledge returns), and it starts again after `restartMs`.
*/
function crashService(parts, executions, name, restartMs, cause) {
	const service = serviceOf(parts, name);
	const place = {
		...NOWHERE,
		service: name
	};
	const crash = note(parts, place, {
		kind: "crashed",
		what: "service"
	}, cause);
	parts.processes.crash(name);
	parts.agenda.removeWhere((work) => work.kind === "tick" && work.service === name);
	for (const execution of executions.where((one) => one.service.name === name)) {
		executions.delete(execution.id);
		parts.agenda.removeWhere((work) => "execution" in work && work.execution === execution.id);
		dropConnections(parts, execution, crash);
		breakCall(parts, execution, crash);
	}
	for (const listener of service.listeners) for (const end of parts.broker.drop(containerId(service, listener), crash)) noteSessionEnd(parts, place, end, crash);
	parts.agenda.removeWhere((work) => work.kind === "start" && work.service === name);
	after$1(parts, restartMs, {
		kind: "start",
		service: name,
		again: true
	}, crash);
}
function forgetRestart({ agenda }, name) {
	agenda.removeWhere((work) => work.kind === "restart" && work.name === name);
}
/** A database stops: open transactions are undone, connections drop. */
function crashDatabase(parts, name, restartMs, cause) {
	const crash = note(parts, {
		...NOWHERE,
		service: name
	}, {
		kind: "crashed",
		what: "database"
	}, cause);
	databaseOf(parts, name).crash();
	forgetRestart(parts, name);
	after$1(parts, restartMs, {
		kind: "restart",
		what: "database",
		name
	}, crash);
}
/** The broker stops: sessions end, persistent messages stay, delivery counts are forgotten. */
function crashBroker(parts, restartMs, cause) {
	const crash = note(parts, NOWHERE, {
		kind: "crashed",
		what: "broker"
	}, cause);
	parts.broker.crash(crash);
	forgetRestart(parts, "broker");
	after$1(parts, restartMs, {
		kind: "restart",
		what: "broker",
		name: "broker"
	}, crash);
}
/** A database or the broker is there again; listener containers reconnect by themselves. */
function restart(parts, what, name, cause) {
	note(parts, {
		...NOWHERE,
		service: name
	}, {
		kind: "restarted",
		what
	}, cause);
	if (what === "database") {
		databaseOf(parts, name).restart();
		return;
	}
	parts.broker.restart();
	for (const service of parts.scenario.services) if (parts.processes.isUp(service.name)) subscribe(parts, service);
}
// src/sim/perform-sql.ts
const TIMED_OUT$1 = "transaction-timed-out";
const NO_RESULT = {};
const DONE = {
	type: "done",
	result: NO_RESULT
};
const definite = (code) => ({
	type: "error",
	failure: {
		code,
		definite: true
	}
});
/** The database an effect means: the one it names, or the first of the service. */
function databaseNamed({ service }, effect) {
	return present(("database" in effect ? effect.database : void 0) ?? service.databases[0], `a database of ${service.name}`);
}
var SqlPerformer = class {
	#parts;
	#note;
	constructor(parts, note) {
		this.#parts = parts;
		this.#note = note;
	}
	/** @throws SandboxError for what cannot be done, with the state it came from */
	perform(execution, effect) {
		return located(this.#whereOf(execution), () => this.#perform(execution, effect));
	}
	#whereOf(execution) {
		return `${this.#parts.scenario.id}: ${pointOf(execution)}`;
	}
	#database(execution, effect) {
		return databaseOf(this.#parts, databaseNamed(execution, effect));
	}
	#perform(execution, effect) {
		switch (effect.kind) {
			case "begin": return this.#begin(execution, effect);
			case "sql": return this.#execute(execution, effect);
			case "suspend":
			case "resume": return this.#setAside(execution, effect.kind);
			case "savepoint":
			case "rollback-to":
			case "release": return this.#savepoint(execution, effect);
			default: return unreachable(effect);
		}
	}
	/** Tries a blocked statement again, or gives its waiting up. */
	resume(execution, transaction, timedOut) {
		const effect = execution.step.effect;
		const database = this.#database(execution, effect);
		if (!timedOut) {
			const outcome = located(this.#whereOf(execution), () => database.resume(transaction));
			return this.#noteOutcome(execution, effect, outcome);
		}
		const given = database.timeOutWait(transaction);
		if (this.#isOverdue(execution)) return definite(TIMED_OUT$1);
		return this.#noteOutcome(execution, effect, given);
	}
	#begin(execution, effect) {
		const { isolation, readOnly = false, timeoutMs, branch } = effect;
		const database = this.#database(execution, effect);
		const options = {
			readOnly,
			...isolation && { isolation }
		};
		const begun = branch ? new XaBranches(database).start(branch, options) : database.begin(options);
		if (typeof begun === "string") return definite(begun);
		if (begun === null) return definite("database-down");
		setTransaction(execution, database.name, begun);
		if (timeoutMs !== void 0) execution.deadlineMs = this.#parts.clock.nowMs + timeoutMs;
		const asked = {
			isolation: isolation ?? null,
			readOnly,
			timeoutMs: timeoutMs ?? null
		};
		const began = {
			database: database.name,
			transaction: begun,
			branch: branch ?? null
		};
		this.#note(execution, {
			kind: "began",
			...began,
			...asked
		});
		return DONE;
	}
	#isOverdue({ deadlineMs }) {
		return this.#parts.clock.nowMs >= deadlineMs;
	}
	#setAside(execution, kind) {
		const { transactions, deadlineMs, suspended, service } = execution;
		const [own = ""] = service.databases;
		if (kind === "suspend") {
			const transaction = transactionOf(execution, own);
			execution.suspended = [...suspended, {
				transactions,
				deadlineMs
			}];
			execution.transactions = {};
			execution.deadlineMs = Infinity;
			this.#note(execution, {
				kind: "suspended",
				transaction
			});
			return DONE;
		}
		const last = present(suspended.at(-1), "a transaction that was set aside");
		this.#rollBackOpen(execution);
		execution.suspended = suspended.slice(0, -1);
		execution.transactions = last.transactions;
		execution.deadlineMs = last.deadlineMs;
		this.#note(execution, {
			kind: "resumed",
			transaction: transactionOf(execution, own)
		});
		return DONE;
	}
	#savepoint(execution, effect) {
		const { kind, name } = effect;
		const database = this.#database(execution, effect);
		const transaction = transactionOf(execution, database.name);
		const open = transaction === null ? null : database.find(transaction);
		if (!open) return definite("connection-lost");
		if (kind === "savepoint") setSavepoint(open, name);
		if (!(kind === "savepoint" || (kind === "release" ? releaseSavepoint(open, name) : database.rollbackTo(open.id, name)))) return definite("no-such-savepoint");
		this.#note(execution, {
			kind: "marked",
			mark: kind,
			name,
			transaction: open.id
		});
		return DONE;
	}
	#execute(execution, effect) {
		const database = this.#database(execution, effect);
		if (this.#isOverdue(execution)) return definite(TIMED_OUT$1);
		const { sql, params, isolation } = effect;
		const transaction = transactionOf(execution, database.name);
		if (transaction === -1) return definite("connection-lost");
		const options = isolation && { isolation };
		const outcome = database.execute(transaction, sql, params, options);
		return this.#noteOutcome(execution, effect, outcome);
	}
	#noteOutcome(execution, effect, outcome) {
		const { sql, params } = effect;
		const database = this.#database(execution, effect);
		const transaction = transactionOf(execution, database.name);
		const { verb, table } = database.store.describe(sql);
		const seenSql = {
			database: database.name,
			transaction,
			sql,
			params,
			verb,
			table
		};
		switch (outcome.type) {
			case "rows":
				this.#note(execution, {
					kind: "queried",
					...seenSql,
					rows: outcome.rows
				});
				return {
					type: "done",
					result: { rows: outcome.rows }
				};
			case "changed": {
				const { affected, lastId } = outcome;
				this.#note(execution, {
					kind: "changed",
					...seenSql,
					affected
				});
				return {
					type: "done",
					result: {
						affected,
						lastId
					}
				};
			}
			case "blocked": {
				const { waitsFor, lock } = outcome;
				this.#note(execution, {
					kind: "blocked",
					...seenSql,
					waitsFor,
					lock
				});
				const { clock, settings } = this.#parts;
				const leftMs = Math.max(execution.deadlineMs - clock.nowMs, 0);
				const patienceMs = Math.min(settings.lockWaitTimeoutMs, leftMs);
				const awaited = {
					kind: "lock",
					database: database.name
				};
				const { transaction: blocked } = outcome;
				return {
					type: "waiting",
					awaited: {
						...awaited,
						transaction: blocked
					},
					patienceMs
				};
			}
			case "failed": return {
				type: "error",
				failure: outcome.failure
			};
			default: return unreachable(outcome);
		}
	}
	commit(execution, effect) {
		const database = this.#database(execution, effect);
		const transaction = transactionOf(execution, database.name);
		setTransaction(execution, database.name, null);
		if (transaction === null || !database.commit(transaction)) return definite("connection-lost");
		this.#noteEnd(execution, "committed", database.name, transaction);
		return DONE;
	}
	/** Rolls the transaction on a database back, if one is still open. */
	rollBack(execution, name) {
		const database = databaseOf(this.#parts, name);
		const transaction = transactionOf(execution, name);
		setTransaction(execution, name, null);
		if (transaction === -1) return definite("connection-lost");
		if (transaction !== null && database.rollback(transaction)) this.#noteEnd(execution, "rolled-back", name, transaction);
		return DONE;
	}
	/** The connection drops: what is open there is rolled back, unless it is prepared. */
	disconnect(execution, name) {
		const database = databaseOf(this.#parts, name);
		const transaction = transactionOf(execution, name);
		if (transaction === null || !database.find(transaction)) return;
		database.disconnect(transaction);
		if (database.find(transaction)) return;
		setTransaction(execution, name, -1);
		this.#noteEnd(execution, "rolled-back", name, transaction);
	}
	#noteEnd(execution, kind, database, transaction) {
		this.#note(execution, {
			kind,
			resource: "database",
			database,
			transaction
		});
	}
	#rollBackOpen(execution) {
		for (const name of Object.keys(execution.transactions)) {
			this.disconnect(execution, name);
			setTransaction(execution, name, null);
		}
	}
	/** Rolls back what is open, and what was set aside. */
	rollBackAll(execution) {
		this.#rollBackOpen(execution);
		for (const { transactions } of execution.suspended.toReversed()) {
			execution.transactions = transactions;
			this.#rollBackOpen(execution);
		}
		execution.suspended = [];
	}
};
// src/sim/perform-session.ts
var SessionPerformer = class {
	#parts;
	#note;
	constructor(parts, note) {
		this.#parts = parts;
		this.#note = note;
	}
	receive(execution) {
		const message = present(execution.message, "a message to receive");
		const { body, deliveryCount, redelivered } = seen$2(message);
		this.#note(execution, {
			kind: "received",
			message: seen$2(message)
		});
		return {
			type: "done",
			result: {
				value: body,
				deliveryCount,
				redelivered
			}
		};
	}
	decline(execution) {
		const { broker, clock, settings } = this.#parts;
		const { session } = execution;
		const message = present(execution.message, "a message to leave");
		execution.session = null;
		const end = session && broker.decline(session, clock.nowMs, settings.recoveryMs);
		if (!end) return definite("connection-lost");
		const happening = {
			message: seen$2(message),
			againInMs: settings.recoveryMs
		};
		const cause = this.#note(execution, {
			kind: "declined",
			...happening
		});
		noteSessionEnd(this.#parts, placeOf(execution), end, cause);
		return DONE;
	}
	open(execution, { branch }) {
		const { broker } = this.#parts;
		const session = execution.session ?? broker.openSession();
		if (session === null) return definite("broker-down");
		if (!broker.sessions.isOpen(session)) return definite("connection-lost");
		execution.session = session;
		if (branch) broker.sessions.change(session, { branch });
		this.#note(execution, {
			kind: "opened",
			branch: branch ?? null
		});
		return DONE;
	}
	send(execution, effect, twist) {
		const { queue, body, transacted = true } = effect;
		const { broker, clock } = this.#parts;
		if (!transacted) {
			if (!broker.up) return definite("broker-down");
			const cause = this.#note(execution, {
				kind: "sent",
				queue,
				body
			});
			const end = present(broker.publish({
				queue,
				body,
				twist
			}, clock.nowMs, cause), "a session");
			noteSessionEnd(this.#parts, placeOf(execution), end, cause);
			return DONE;
		}
		const session = execution.session ?? broker.openSession();
		if (session === null) return definite("broker-down");
		if (!broker.sessions.isOpen(session)) return definite("connection-lost");
		execution.session = session;
		this.#note(execution, {
			kind: "sent",
			queue,
			body
		});
		broker.send(session, {
			queue,
			body,
			twist
		});
		return DONE;
	}
	/** Takes a message at once, or waits for one. */
	poll(execution, effect, isOver = false) {
		const { broker, clock } = this.#parts;
		if (!broker.up) return definite("broker-down");
		const { queue, timeoutMs } = effect;
		const message = broker.poll(queue, clock.nowMs);
		if (!message && !isOver) return {
			type: "waiting",
			awaited: {
				kind: "message",
				queue
			},
			patienceMs: timeoutMs
		};
		const found = message && seen$2(message);
		this.#note(execution, {
			kind: "polled",
			queue,
			message: found
		});
		return {
			type: "done",
			result: { value: found?.body ?? null }
		};
	}
	commit(execution, branch) {
		const { broker, clock } = this.#parts;
		const { session } = execution;
		execution.session = null;
		if (session === null || !broker.sessions.isOpen(session)) return definite("connection-lost");
		const cause = this.#note(execution, {
			kind: "committed",
			resource: "session",
			database: null,
			transaction: null,
			...branch && { branch }
		});
		const end = present(broker.commit(session, clock.nowMs, cause), "an open session");
		noteSessionEnd(this.#parts, placeOf(execution), end, cause);
		return DONE;
	}
	/** Rolls the JMS session back, if it is still open: what it received returns. */
	rollBack(execution, branch, redeliverAfterMs) {
		const { broker, clock } = this.#parts;
		const { session } = execution;
		execution.session = null;
		if (session === null || !broker.sessions.isOpen(session)) return DONE;
		const cause = this.#note(execution, {
			kind: "rolled-back",
			resource: "session",
			database: null,
			transaction: null,
			...branch && { branch }
		});
		const end = broker.rollback(session, clock.nowMs, cause, redeliverAfterMs);
		noteSessionEnd(this.#parts, placeOf(execution), present(end, "an open session"), cause);
		return DONE;
	}
	/** The connection drops: what is open is rolled back, unless it is prepared. */
	disconnect(execution) {
		const { session } = execution;
		if (session !== null && this.#parts.broker.sessions.isPrepared(session)) execution.session = null;
		else this.rollBack(execution);
	}
};
// src/sim/perform-xa.ts
function isOnBranch(effect) {
	return [
		"end",
		"prepare",
		"commit",
		"rollback"
	].includes(effect.kind) && "branch" in effect && effect.branch !== void 0;
}
var XaPerformer = class {
	#parts;
	#note;
	#session;
	constructor(parts, note, session) {
		this.#parts = parts;
		this.#note = note;
		this.#session = session;
	}
	/** What is asked about one branch. */
	perform(execution, effect) {
		return effect.resource === "database" ? this.#atDatabase(execution, effect) : this.#atBroker(execution, effect);
	}
	#atDatabase(execution, effect) {
		const { branch } = effect;
		const name = databaseNamed(execution, effect);
		const xa = new XaBranches(databaseOf(this.#parts, name));
		const own = transactionOf(execution, name);
		const seen = {
			resource: "database",
			database: name,
			branch
		};
		switch (effect.kind) {
			case "end": {
				const error = xa.end(own, branch);
				return error ? definite(error) : this.#done(execution, {
					kind: "branch-ended",
					...seen
				});
			}
			case "prepare": {
				const error = xa.prepare(own, branch);
				if (error) return definite(error);
				this.#note(execution, {
					kind: "prepared",
					...seen,
					vote: "commit"
				});
				return {
					type: "done",
					result: { value: "commit" }
				};
			}
			default: {
				const { kind } = effect;
				const error = kind === "commit" ? xa.commit(own, branch, effect.onePhase) : xa.rollback(own, branch);
				if (error) return definite(error);
				setTransaction(execution, name, null);
				const ended = kind === "commit" ? "committed" : "rolled-back";
				return this.#done(execution, {
					kind: ended,
					...seen,
					transaction: own
				});
			}
		}
	}
	#atBroker(execution, effect) {
		const { branch } = effect;
		const { broker, clock } = this.#parts;
		const seen = {
			resource: "session",
			database: null,
			branch
		};
		if (!broker.up) return definite("broker-down");
		const own = execution.session !== null && broker.sessions.isOpen(execution.session);
		switch (effect.kind) {
			case "end":
				if (!own) return definite("connection-lost");
				return this.#done(execution, {
					kind: "branch-ended",
					...seen
				});
			case "prepare": {
				if (!own) return definite("connection-lost");
				const session = present(execution.session, "the session");
				const vote = present(broker.prepare(session, clock.nowMs), "a vote");
				this.#note(execution, {
					kind: "prepared",
					...seen,
					vote
				});
				return {
					type: "done",
					result: { value: vote }
				};
			}
			default: {
				const session = broker.sessions.findBranch(branch) ?? (own ? execution.session : null);
				if (session === null) return definite("xaer-nota");
				execution.session = session;
				return effect.kind === "commit" ? this.#session.commit(execution, branch) : this.#session.rollBack(execution, branch, effect.redeliverAfterMs);
			}
		}
	}
	#done(execution, happening) {
		this.#note(execution, happening);
		return DONE;
	}
	/** The branches a resource has in doubt. */
	recover(execution, effect) {
		const name = effect.resource === "database" ? databaseNamed(execution, effect) : null;
		const database = name === null ? null : databaseOf(this.#parts, name);
		const { broker } = this.#parts;
		if (database && !database.isUp) return definite("database-down");
		if (!database && !broker.up) return definite("broker-down");
		const branches = database ? new XaBranches(database).recover() : broker.sessions.recover();
		const { resource } = effect;
		this.#note(execution, {
			kind: "recovered",
			resource,
			database: name,
			branches
		});
		return {
			type: "done",
			result: { rows: branches.map(({ xid, branchId }) => ({
				xid,
				branchId
			})) }
		};
	}
	log(execution, { record }) {
		this.#parts.logs.force(execution.service.name, record);
		return this.#done(execution, {
			kind: "logged",
			record
		});
	}
	readLog(execution) {
		const records = this.#parts.logs.read(execution.service.name);
		this.#note(execution, {
			kind: "log-read",
			records
		});
		return {
			type: "done",
			result: { rows: records.map(({ xid, decision }) => ({
				xid,
				decision
			})) }
		};
	}
};
// src/sim/touch.ts
/** Notes what the effect an execution asks for will touch, if anybody wants to know. */
function touch(parts, execution, effect) {
	const { footprint, processes } = parts;
	if (!footprint) return;
	const { name } = execution.service;
	switch (effect.kind) {
		case "sql":
			touchStatement(parts, footprint, execution, effect);
			break;
		case "commit":
		case "rollback":
			if (effect.branch) footprint.everything = true;
			else if (effect.resource === "session") touchSession(parts, footprint, execution);
			else touchChanges(parts, footprint, execution, effect);
			break;
		case "receive":
		case "uuid":
		case "note":
		case "reply":
		case "throw":
		case "begin":
		case "savepoint":
		case "release":
		case "suspend": break;
		case "send":
			if (effect.transacted === false) footprint.writes.add(`queue ${effect.queue}`);
			break;
		case "keep":
			footprint.writes.add(`memory ${name}`);
			break;
		case "recall":
			footprint.reads.add(`memory ${name}`);
			break;
		case "call":
			footprint.reads.add(`process ${effect.service} ${processes.isUp(effect.service)}`);
			break;
		case "log":
			footprint.writes.add(`log ${name}`);
			break;
		case "read-log":
			footprint.reads.add(`log ${name}`);
			break;
		default: footprint.everything = true;
	}
}
function touchStatement({ databases }, { reads, writes }, execution, effect) {
	const name = databaseNamed(execution, effect);
	const database = databases.get(name);
	if (!database) return;
	const { footprint } = database.store.compile(effect.sql);
	for (const table of database.tables.keys()) reads.add(`${name}.${table}`);
	for (const table of [footprint.target, ...footprint.related]) if (table !== null) writes.add(`${name}.${table}`);
}
function touchChanges({ databases }, { writes }, execution, effect) {
	const name = databaseNamed(execution, effect);
	const own = transactionOf(execution, name);
	const transaction = own === null ? null : databases.get(name)?.find(own);
	if (!transaction) return;
	const { undo, intentions } = transaction;
	for (const table of [...undo.map((record) => record.table), ...intentions.keys()]) writes.add(`${name}.${table}`);
}
function touchSession({ broker }, { writes }, { session }) {
	const open = session === null ? null : broker.sessions.find(session);
	for (const { queue } of open?.sends ?? []) writes.add(`queue ${queue}`);
	if (open?.received) writes.add(`queue ${open.received.queue}`);
}
// src/sim/uuid.ts
const TICKS_PER_MS = 10000n;
const CLOCK_AND_NODE = "8000-010000000001";
/** The `nth` UUID of a run (from 1), made at a virtual time. */
function uuidAt(nowMs, nth) {
	const hex = (BigInt(nowMs) * TICKS_PER_MS + BigInt(nth)).toString(16).padStart(15, "0");
	return `${hex.slice(7)}-${hex.slice(3, 7)}-1${hex.slice(0, 3)}-${CLOCK_AND_NODE}`;
}
// src/sim/perform.ts
var Performer = class {
	#parts;
	#compensations;
	/** What it does on a database. */
	sql;
	/** What it does at the broker. */
	session;
	#xa;
	#names = 0;
	constructor(parts, compensations) {
		this.#parts = parts;
		this.#compensations = compensations;
		const noting = (execution, happening) => this.note(execution, happening);
		this.sql = new SqlPerformer(parts, noting);
		this.session = new SessionPerformer(parts, noting);
		this.#xa = new XaPerformer(parts, noting, this.session);
	}
	/** Adds an event of an execution to the trace; it becomes the cause of the next. */
	note(execution, happening) {
		const compensation = this.#compensations.has(pointOf(execution));
		const { cause } = execution;
		execution.cause = note(this.#parts, placeOf(execution), happening, cause, compensation);
		return execution.cause;
	}
	perform(execution, effect, twist) {
		touch(this.#parts, execution, effect);
		if (isOnBranch(effect)) return this.#xa.perform(execution, effect);
		switch (effect.kind) {
			case "receive": return this.session.receive(execution);
			case "decline": return this.session.decline(execution);
			case "open": return this.session.open(execution, effect);
			case "send": return this.session.send(execution, effect, twist);
			case "poll": return this.session.poll(execution, effect);
			case "commit": return effect.resource === "database" ? this.sql.commit(execution, effect) : this.session.commit(execution);
			case "rollback": return effect.resource === "database" ? this.sql.rollBack(execution, databaseNamed(execution, effect)) : this.session.rollBack(execution, void 0, effect.redeliverAfterMs);
			case "recover": return this.#xa.recover(execution, effect);
			case "log": return this.#xa.log(execution, effect);
			case "read-log": return this.#xa.readLog(execution);
			case "call": return this.#call(execution, effect, twist);
			case "uuid":
			case "sleep":
			case "note":
			case "reply":
			case "keep":
			case "recall":
			case "throw": return this.#byItself(execution, effect);
			default: return this.sql.perform(execution, effect);
		}
	}
	/** Goes on with what an execution waited for, or gives its waiting up. */
	resume(execution, awaited, isOver) {
		switch (awaited.kind) {
			case "lock": return this.sql.resume(execution, awaited.transaction, isOver);
			case "message": return this.session.poll(execution, execution.step.effect, isOver);
			case "answer": return {
				type: "error",
				failure: {
					code: "call-timed-out",
					definite: false
				}
			};
			default: return unreachable(awaited);
		}
	}
	#call(execution, effect, twist) {
		const { service, handler, body } = effect;
		const cause = this.note(execution, {
			kind: "called",
			service,
			handler,
			body
		});
		const patienceMs = effect.timeoutMs ?? this.#parts.settings.callTimeoutMs;
		const onTimer = (timer) => {
			const caller = {
				execution: execution.id,
				timer
			};
			sendRequest(this.#parts, {
				service,
				handler,
				body
			}, caller, twist, cause);
		};
		return {
			type: "waiting",
			awaited: { kind: "answer" },
			patienceMs,
			onTimer
		};
	}
	#byItself(execution, effect) {
		const { processes } = this.#parts;
		const { name } = execution.service;
		switch (effect.kind) {
			case "uuid": return this.#name(execution, effect);
			case "sleep": return {
				type: "done",
				result: NO_RESULT,
				wakeMs: effect.untilMs
			};
			case "note": {
				const [transaction = null] = Object.values(execution.transactions);
				this.note(execution, {
					kind: "noted",
					note: effect.note,
					transaction
				});
				return DONE;
			}
			case "reply":
				execution.reply = effect.value;
				this.note(execution, {
					kind: "replied",
					value: effect.value
				});
				return DONE;
			case "keep":
				if (!processes.keep(name, effect.entries, effect.expecting)) return {
					type: "done",
					result: { affected: 0 }
				};
				this.note(execution, {
					kind: "kept",
					entries: effect.entries
				});
				return {
					type: "done",
					result: { affected: 1 }
				};
			case "recall": return {
				type: "done",
				result: { value: processes.memoryOf(name) }
			};
			case "throw": return {
				type: "error",
				failure: effect.error
			};
			default: return unreachable(effect);
		}
	}
	#name(execution, { form = "uuid" }) {
		const nth = this.#numberOf(execution);
		const uuid = form === "xid" ? `tm${nth}` : uuidAt(this.#parts.clock.nowMs, nth);
		this.note(execution, {
			kind: "named",
			uuid
		});
		return {
			type: "done",
			result: { value: uuid }
		};
	}
	#numberOf(execution) {
		const { input, footprint } = this.#parts;
		execution.names += 1;
		if (execution.request !== null && execution.names === 1) return execution.request + 1;
		footprint?.reads.add("names");
		footprint?.writes.add("names");
		this.#names += 1;
		return input.requests.length + this.#names;
	}
	mark() {
		return this.#names;
	}
	rewind(mark) {
		this.#names = mark;
	}
};
// src/sim/strikes.ts
/** How the faults of a step bend a message it sends, or a call it makes. */
function twistOf(faults) {
	const optionOf = (kind) => {
		const fault = faults.find((one) => one.kind === kind);
		return fault && (fault.options.delay ?? 0);
	};
	const delayMs = optionOf("delay");
	const copyAfterMs = optionOf("duplicate");
	const overtakenWithinMs = optionOf("reorder");
	return {
		lost: faults.some((fault) => fault.kind === "lose"),
		...delayMs !== void 0 && { delayMs },
		...copyAfterMs !== void 0 && { copyAfterMs },
		...overtakenWithinMs !== void 0 && { overtakenWithinMs }
	};
}
function connectionLost(effect, when) {
	return {
		code: "connection-lost",
		definite: when === "before" || !["commit", "call"].includes(effect.kind)
	};
}
const ON_DATABASE = [
	"begin",
	"sql",
	"savepoint",
	"rollback-to",
	"release"
];
const ON_SESSION = [
	"open",
	"send",
	"poll"
];
const usesDatabase = (effect) => ON_DATABASE.includes(effect.kind) || "resource" in effect && effect.resource === "database";
const isBuffered = (effect) => effect.kind === "send" && effect.transacted !== false;
const usesSession = (effect) => ON_SESSION.includes(effect.kind) || "resource" in effect && effect.resource === "session";
var Striker = class {
	#parts;
	#executions;
	#performer;
	constructor(parts, executions, performer) {
		this.#parts = parts;
		this.#executions = executions;
		this.#performer = performer;
	}
	/** Lets a fault strike an execution, before or after its effect is performed. */
	strike(execution, fault, effect) {
		const { when } = fault;
		this.#parts.plan.strike(fault);
		const cause = this.#performer.note(execution, {
			kind: "struck",
			fault: faultText(fault)
		});
		const restartMs = fault.options.restart ?? this.#parts.settings.restartMs;
		const { service } = execution;
		switch (fault.kind) {
			case "crash":
				crashService(this.#parts, this.#executions, service.name, restartMs, cause);
				return "gone";
			case "crash-db":
				this.#crashDatabase(databaseNamed(execution, effect), restartMs, cause);
				if (!usesDatabase(effect)) return null;
				return when === "after" || effect.kind === "commit" ? connectionLost(effect, "after") : null;
			case "crash-broker":
				crashBroker(this.#parts, restartMs, cause);
				return when === "after" && usesSession(effect) && !isBuffered(effect) ? connectionLost(effect, when) : null;
			case "error": return {
				code: "injected-error",
				definite: when === "before"
			};
			case "timeout": return effect.kind === "call" ? {
				code: "call-timed-out",
				definite: false
			} : {
				code: "lock-wait-timeout",
				definite: when === "before"
			};
			case "refuse":
				this.#disconnect(execution, effect);
				return {
					code: "xa-rbrollback",
					definite: true
				};
			case "lost-reply": return {
				code: "reply-lost",
				definite: false
			};
			case "disconnect":
				this.#disconnect(execution, effect);
				return connectionLost(effect, when);
			case "duplicate":
				if (effect.kind === "receive") this.#copyMessage(execution, fault, cause);
				return null;
			default: return null;
		}
	}
	#crashDatabase(name, restartMs, cause) {
		const database = databaseOf(this.#parts, name);
		crashDatabase(this.#parts, name, restartMs, cause);
		const lost = (transactions) => {
			const own = transactions[name];
			if (own === void 0 || database.find(own)) return transactions;
			return {
				...transactions,
				[name]: -1
			};
		};
		for (const execution of this.#executions.where(() => true)) {
			execution.transactions = lost(execution.transactions);
			execution.suspended = execution.suspended.map((one) => {
				return {
					...one,
					transactions: lost(one.transactions)
				};
			});
		}
	}
	#disconnect(execution, effect) {
		if (usesDatabase(effect)) this.#performer.sql.disconnect(execution, databaseNamed(execution, effect));
		else if (usesSession(effect)) this.#performer.session.disconnect(execution);
	}
	#copyMessage(execution, { options }, cause) {
		const { broker, clock } = this.#parts;
		const message = present(execution.message, "a message to copy");
		const end = broker.resend(message, options.delay ?? 0, clock.nowMs, cause);
		noteSessionEnd(this.#parts, placeOf(execution), end, cause);
	}
};
// src/sim/executor.ts
const NO_TRANSACTION = {
	transactions: {},
	deadlineMs: Infinity,
	suspended: [],
	waiting: null
};
const ALONE = {
	body: {},
	message: null,
	session: null,
	caller: null,
	request: null
};
var Executor = class {
	#parts;
	#performer;
	#striker;
	#firstSteps;
	constructor(parts) {
		this.#parts = parts;
		const compensating = faultPoints(parts.scenario).filter((point) => point.compensation);
		const points = new Set(compensating.map(({ id }) => id));
		this.#firstSteps = new FirstSteps(parts);
		this.#performer = new Performer(parts, points);
		this.#striker = new Striker(parts, parts.executions, this.#performer);
	}
	/** Starts a service's process; a fault may strike before it serves anyone, or right after. */
	startService(name, again, cause) {
		const place = {
			service: name,
			handler: "process",
			state: "starting",
			execution: null
		};
		const { before, after: then } = this.#parts.plan.reach(`${name}.process.starting`);
		const [fault] = [...before, ...then];
		if (before.length === 0) startService(this.#parts, name, again, cause);
		if (!fault) return;
		this.#parts.plan.strike(fault);
		const struck = note(this.#parts, place, {
			kind: "struck",
			fault: faultText(fault)
		}, cause);
		const restartMs = fault.options.restart ?? this.#parts.settings.restartMs;
		crashService(this.#parts, this.#parts.executions, name, restartMs, struck);
	}
	/** Starts a handler by a client's request, by its number. */
	request(index) {
		const request = present(this.#parts.input.requests[index], `request ${index}`);
		const { body } = request;
		const { service, handler } = present(calledHandler(this.#parts, request.service, request.handler), request.handler);
		const place = {
			service: service.name,
			handler: handler.name,
			state: null,
			execution: null
		};
		const cause = note(this.#parts, place, {
			kind: "requested",
			body
		}, null);
		if (this.#parts.processes.isUp(service.name)) {
			this.#start(service, handler, {
				...ALONE,
				body,
				request: index
			}, cause);
			return;
		}
		note(this.#parts, place, {
			kind: "failed",
			effect: "receive",
			failure: {
				code: "connection-refused",
				definite: true
			}
		}, cause);
	}
	/** Starts a job: its delay is over. */
	tick(service, handler, cause) {
		const place = {
			service: service.name,
			handler: handler.name,
			state: null,
			execution: null
		};
		const tick = note(this.#parts, place, { kind: "ticked" }, cause);
		this.#start(service, handler, ALONE, tick);
	}
	/** Starts a handler that another service has called. */
	invoke({ service, handler, body, caller }, cause) {
		const called = calledHandler(this.#parts, service, handler);
		if (!called || !this.#parts.processes.isUp(service)) {
			refuseCall(this.#parts, caller, cause);
			return;
		}
		const place = {
			service,
			handler,
			state: null,
			execution: null
		};
		const requested = note(this.#parts, place, {
			kind: "requested",
			body
		}, cause);
		this.#start(called.service, called.handler, {
			...ALONE,
			body,
			caller
		}, requested);
	}
	/** An answer arrives; whoever does not wait for it any longer does not hear it. */
	answer({ execution: id, timer }, answer) {
		const execution = this.#parts.executions.find(id);
		if (execution?.waiting?.timer !== timer) return;
		const { after } = execution.waiting;
		this.#parts.agenda.remove(timer);
		execution.waiting = null;
		if ("failure" in answer) {
			this.#conclude(execution, {
				type: "error",
				failure: answer.failure
			}, after);
			return;
		}
		this.#performer.note(execution, {
			kind: "answered",
			value: answer.value
		});
		this.#conclude(execution, {
			type: "done",
			result: { value: answer.value }
		}, after);
	}
	/** Hands messages to consumers that wait, and wakes those whose lock has come free. */
	settle() {
		const { broker, clock, databases } = this.#parts;
		for (const { container, session, message } of broker.dispatch(clock.nowMs)) {
			const { service, listener } = containerOf(this.#parts, container);
			this.#start(service, listener, {
				...ALONE,
				message,
				session
			}, message.cause);
		}
		for (const execution of this.#parts.executions.where(({ waiting }) => waiting?.awaited.kind === "message")) this.#offer(execution);
		for (const [name, database] of databases) for (const transaction of database.takeWoken()) this.#wake(name, transaction);
	}
	/** Performs the effect an execution asks for. */
	step(id) {
		const execution = this.#parts.executions.get(id);
		const effect = present(execution.step.effect, "an effect to perform");
		execution.begun = true;
		const strike = this.#parts.plan.reach(pointOf(execution));
		for (const fault of strike.before) {
			const struck = this.#striker.strike(execution, fault, effect);
			if (struck === "gone") return;
			if (struck) {
				this.#fail(execution, struck);
				return;
			}
		}
		const twist = twistOf([...strike.before, ...strike.after]);
		const performed = this.#performer.perform(execution, effect, twist);
		this.#conclude(execution, performed, strike.after);
	}
	/** Goes on with what waited; if its time is up, it fails instead, or has found nothing. */
	resume(id, timedOut) {
		const execution = this.#parts.executions.get(id);
		const { awaited, after } = present(execution.waiting, "what it waits for");
		execution.waiting = null;
		const performed = this.#performer.resume(execution, awaited, timedOut);
		this.#conclude(execution, performed, after);
	}
	#wake(database, transaction) {
		const [execution] = this.#parts.executions.where(({ waiting }) => {
			const awaited = waiting?.woken ? null : waiting?.awaited;
			if (awaited?.kind !== "lock" || awaited.database !== database) return false;
			return awaited.transaction === transaction;
		});
		if (execution) this.#goOn(execution);
	}
	#offer(execution) {
		const { awaited, woken } = present(execution.waiting, "what it waits for");
		if (awaited.kind !== "message" || woken) return;
		const { broker, clock } = this.#parts;
		if (broker.hasMessage(awaited.queue, clock.nowMs)) this.#goOn(execution);
	}
	#goOn(execution) {
		const waiting = present(execution.waiting, "what it waits for");
		this.#parts.agenda.remove(waiting.timer);
		execution.waiting = {
			...waiting,
			woken: true
		};
		this.#schedule("resume", execution.id);
	}
	#start(service, handler, start, cause) {
		const { body, message, session, caller, request } = start;
		const fresh = {
			begun: false,
			service,
			handler,
			step: this.#firstSteps.of(handler, body, message),
			message,
			session,
			caller,
			request,
			names: 0,
			reply: null,
			failure: null,
			cause
		};
		const { id } = this.#parts.executions.add({
			...fresh,
			...NO_TRANSACTION
		});
		this.#schedule("step", id);
	}
	#schedule(kind, execution, wakeMs = 0) {
		const { agenda, clock } = this.#parts;
		const work = {
			kind,
			execution
		};
		const soonMs = clock.nowMs + stepMs(this.#parts);
		const dueMs = Math.max(soonMs, wakeMs);
		if (dueMs > soonMs) this.#parts.footprint?.writes.add("timers");
		agenda.add({
			dueMs,
			timer: dueMs > soonMs,
			work,
			cause: null
		});
	}
	#conclude(execution, performed, faults) {
		if (performed.type === "waiting") {
			const { agenda, clock } = this.#parts;
			const { awaited, patienceMs, onTimer } = performed;
			const work = {
				kind: "give-up",
				execution: execution.id
			};
			const dueMs = clock.nowMs + patienceMs;
			const timer = agenda.add({
				dueMs,
				timer: true,
				work,
				cause: execution.cause
			});
			execution.waiting = {
				awaited,
				after: faults,
				timer,
				woken: false
			};
			onTimer?.(timer);
			return;
		}
		let failure = performed.type === "error" ? performed.failure : null;
		for (const fault of faults) {
			const effect = present(execution.step.effect, "the effect that was performed");
			const struck = this.#striker.strike(execution, fault, effect);
			if (struck === "gone") return;
			failure ??= struck;
		}
		const { nowMs } = this.#parts.clock;
		if (failure) this.#fail(execution, failure);
		else if (performed.type === "done") this.#advance(execution, {
			type: "done",
			result: performed.result,
			nowMs
		}, performed.wakeMs);
	}
	#fail(execution, failure) {
		const asked = present(execution.step.effect, "the effect that failed");
		const statement = asked.kind === "sql" ? { sql: asked.sql } : {};
		this.#performer.note(execution, {
			kind: "failed",
			effect: asked.kind,
			...statement,
			failure
		});
		execution.failure = failure;
		const { nowMs } = this.#parts.clock;
		this.#advance(execution, {
			type: "error",
			failure,
			nowMs,
			effect: asked
		});
	}
	#advanced({ step, message }, event) {
		const byHand = (this.#parts.input.acts?.length ?? 0) > 0;
		try {
			return advanceMachine(step, event);
		} catch (error) {
			if (!(error instanceof TypeError) || !message || !byHand) throw error;
			return advanceMachine(step, {
				type: "error",
				failure: {
					code: "MessageConversionException",
					definite: true
				},
				nowMs: event.nowMs
			});
		}
	}
	#advance(execution, event, wakeMs) {
		execution.step = this.#advanced(execution, event);
		if (execution.step.effect) this.#schedule("step", execution.id, wakeMs);
		else this.#end(execution);
	}
	#end(execution) {
		this.#performer.sql.rollBackAll(execution);
		this.#performer.session.disconnect(execution);
		const { service, handler, step } = execution;
		const success = step.state === "finished";
		const { caller, reply, failure } = execution;
		const broken = failure ?? {
			code: "RuntimeException",
			definite: true
		};
		const cause = this.#performer.note(execution, {
			kind: "ended",
			success
		});
		this.#parts.executions.delete(execution.id);
		sendAnswer(this.#parts, caller, success ? { value: reply } : { failure: broken }, cause);
		const job = service.jobs.find((one) => one.name === handler.name);
		if (!job) return;
		const delayMs = Number(this.#parts.input.parameters[job.delayParameter]);
		after$1(this.#parts, delayMs, {
			kind: "tick",
			service: service.name,
			job: job.name
		}, cause);
	}
	/** How many names were made that are no request's. */
	get names() {
		return this.#performer.mark();
	}
	mark() {
		return {
			executions: this.#parts.executions.mark(),
			performer: this.#performer.mark()
		};
	}
	rewind(mark) {
		this.#parts.executions.rewind(mark.executions);
		this.#performer.rewind(mark.performer);
	}
};
// src/sim/left.ts
function tablesOf({ databases }) {
	const entries = [...databases.values()].flatMap((database) => [...database.tables.keys()].map((table) => {
		return [`${database.name}.${table}`, database.committedRows(table)];
	}));
	return Object.fromEntries(entries);
}
function queuesOf({ broker }) {
	return broker.queueNames.map((queue) => {
		return {
			queue,
			messages: broker.messagesOf(queue).map(({ id, body, redeliveries, originalQueue }) => {
				return {
					messageId: id,
					body,
					redeliveries,
					originalQueue
				};
			})
		};
	});
}
// src/sim/state.ts
const texts = /* @__PURE__ */ new WeakMap();
function textOf(value) {
	let text = texts.get(value);
	if (text === void 0) {
		text = JSON.stringify(value);
		texts.set(value, text);
	}
	return text;
}
const later = (atMs, nowMs) => Math.max(0, atMs - nowMs);
function messageText(message, nowMs) {
	const { queue, body, redeliveries, availableAtMs, held, originalQueue } = message;
	const waits = later(availableAtMs, nowMs);
	return `${queue} ${textOf(body)} ${redeliveries} ${waits} ${held} ${originalQueue ?? ""}`;
}
function executionText(execution, { broker, clock, databases }) {
	const { service, handler, step, message, session, waiting, caller, failure } = execution;
	const { nowMs } = clock;
	const open = session === null ? null : broker.sessions.find(session);
	const sends = open?.sends.map(({ queue, body, twist }) => {
		return `${queue}${textOf(body)}${JSON.stringify(twist)}`;
	});
	const transactions = [execution, ...execution.suspended].map((one) => {
		const own = Object.entries(one.transactions);
		return [later(one.deadlineMs, nowMs), own.map(([name, id]) => [name, databases.get(name)?.find(id) !== null])];
	});
	const waits = waiting && [
		waiting.awaited.kind,
		waiting.woken,
		waiting.after.map(faultText),
		"queue" in waiting.awaited ? waiting.awaited.queue : null
	];
	const own = [
		execution.request,
		execution.names,
		execution.reply,
		failure,
		caller !== null
	];
	return [
		`${service.name}.${handler.name}.${step.state}`,
		textOf(step.context ?? {}),
		message ? messageText(message, nowMs) : "",
		session === null ? "none" : open ? `${sends}${JSON.stringify(open.branch)}` : "lost",
		JSON.stringify([
			transactions,
			waits,
			own
		])
	].join("|");
}
function brokerText(broker, nowMs) {
	const { queues, containers, sessions, up } = broker.mark();
	const lines = [String(up)];
	for (const messages of queues.messages.values()) for (const message of messages) lines.push(messageText(message, nowMs));
	for (const [id, { consumers, idle }] of containers) {
		lines.push(`${id} ${idle.length}`);
		consumers.forEach(({ prefetched, pausedUntilMs }, at) => {
			const pauseMs = later(pausedUntilMs, nowMs);
			if (prefetched.length === 0 && pauseMs === 0) return;
			const given = prefetched.map((message) => messageText(message, nowMs));
			lines.push(`${idle.indexOf(at)} ${pauseMs} ${given}`);
		});
	}
	for (const { branch, prepared, received, sends } of sessions.byId.values()) {
		if (!prepared) continue;
		const given = received ? messageText(received, nowMs) : "";
		lines.push(JSON.stringify([
			branch,
			given,
			sends
		]));
	}
	return lines.join("\n");
}
function databaseText(parts, name, database, names) {
	const rows = database.store.contents.all().map(({ hash }) => hash);
	const open = database.isQuiet ? "" : JSON.stringify(database.openState(namedBy(name, parts, names)));
	return `${name} ${database.isUp} ${rows} ${open}`;
}
/** What a transaction is called by the execution it belongs to; one that nobody has, by its branch. */
function namedBy(database, parts, names) {
	const owners = /* @__PURE__ */ new Map();
	for (const execution of parts.executions.all) {
		const name = names.get(execution.id) ?? -1;
		[execution, ...execution.suspended].forEach(({ transactions }, at) => {
			const own = transactions[database];
			if (own !== void 0) owners.set(own, `${name}/${at}`);
		});
		const { waiting } = execution;
		if (waiting?.awaited.kind === "lock" && waiting.awaited.database === database) owners.set(waiting.awaited.transaction, `${name}/waits`);
	}
	return (id) => owners.get(id) ?? "nobody";
}
function taskText({ work, dueMs }, parts, names) {
	const dueInMs = later(dueMs, parts.clock.nowMs);
	switch (work.kind) {
		case "step":
		case "resume":
		case "give-up": return `${work.kind} ${names.get(work.execution)} ${dueInMs}`;
		case "invoke": {
			const { service, handler, body, caller } = work;
			return `${service}.${handler} ${textOf(body)} ${callerText(caller, parts, names)} ${dueInMs}`;
		}
		case "answer": return `${JSON.stringify(work.answer)} ${callerText(work.caller, parts, names)} ${dueInMs}`;
		default: return `${JSON.stringify(work)} ${dueInMs}`;
	}
}
function callerText(caller, { executions }, names) {
	return caller && executions.see(caller.execution)?.waiting?.timer === caller.timer ? String(names.get(caller.execution)) : "nobody";
}
/** The state of a world, as a text. */
function stateOf(parts, executor, onlookers) {
	const { clock, databases, broker, processes, logs, agenda } = parts;
	const executions = [...parts.executions.all].map((execution) => ({
		execution,
		text: executionText(execution, parts)
	})).sort((a, b) => a.text < b.text ? -1 : a.text > b.text ? 1 : 0);
	const names = new Map(executions.map(({ execution }, at) => [execution.id, at]));
	const callers = executions.map(({ execution }) => callerText(execution.caller, parts, names));
	const steps = agenda.tasks.filter(({ timer }) => !timer);
	const timers = agenda.tasks.filter(({ timer }) => timer);
	return [
		`${clock.nowMs} ${executor.names}`,
		...executions.map(({ text }) => text),
		callers.join(),
		...steps.map((task) => taskText(task, parts, names)).sort(),
		...timers.map((task) => taskText(task, parts, names)),
		...[...databases].map(([name, database]) => databaseText(parts, name, database, names)),
		brokerText(broker, clock.nowMs),
		JSON.stringify([processes.state(), logs.state()]),
		onlookers.text()
	].join("\n");
}
/** What an option is called, in full. */
function optionText(task, parts) {
	const { work } = task;
	if (!("execution" in work)) return taskText(task, parts, /* @__PURE__ */ new Map());
	const execution = present(parts.executions.see(work.execution), "a run that goes on");
	const caller = execution.caller && parts.executions.see(execution.caller.execution);
	const asked = caller ? executionText(caller, parts) : "";
	return `${work.kind} ${executionText(execution, parts)} ${asked}`;
}
// src/sim/state-name.ts
const names = /* @__PURE__ */ new WeakMap();
function nameOf(value, textOf) {
	let name = names.get(value);
	if (name === void 0) {
		name = hashOf(textOf());
		names.set(value, name);
	}
	return name;
}
const jsonName = (value) => nameOf(value, () => JSON.stringify(value));
/** The name of a run of a listener that has done nothing yet; null if it is no such run. */
function freshName(execution) {
	const { begun, message, step, service, handler } = execution;
	if (begun || !message) return null;
	return nameOf(step, () => {
		const { body, redeliveries, originalQueue } = message;
		const given = [
			body,
			redeliveries,
			originalQueue
		];
		return JSON.stringify([
			service.name,
			handler.name,
			given,
			step.context
		]);
	});
}
function messageName(message, nowMs) {
	if (message.availableAtMs > nowMs) return null;
	return nameOf(message, () => {
		const { queue, body, redeliveries, held, originalQueue } = message;
		return JSON.stringify([
			queue,
			body,
			redeliveries,
			held,
			originalQueue
		]);
	});
}
/** Adds what a broker holds; false if something in it waits for a time. */
function addBroker({ broker, clock: { nowMs } }, mixer) {
	const [queues, containers] = broker.look();
	mixer.add(broker.up ? 1 : 2);
	let queue = 0;
	for (const messages of queues.values()) {
		queue += 1;
		if (messages.length === 0) continue;
		mixer.add(queue);
		for (const message of messages) {
			const name = messageName(message, nowMs);
			if (name === null) return false;
			mixer.add(name);
		}
	}
	for (const { idle, consumers } of containers.values()) {
		mixer.add(idle.length);
		for (const [at, { prefetched, pausedUntilMs }] of consumers.entries()) {
			if (pausedUntilMs > nowMs) return false;
			if (prefetched.length === 0) continue;
			mixer.add(idle.indexOf(at) + 1);
			for (const message of prefetched) mixer.add(messageName(message, nowMs) ?? 0);
		}
	}
	for (const { prepared } of broker.sessions.all) if (prepared) return false;
	return true;
}
function addTask({ work, dueMs, timer }, nowMs, mixer) {
	if (work.kind === "invoke" || work.kind === "answer" || "execution" in work) return false;
	if (timer) {
		mixer.add(jsonName(work));
		mixer.add(Math.max(0, dueMs - nowMs));
		return true;
	}
	if (dueMs > nowMs) return false;
	mixer.addUnordered(jsonName(work));
	return true;
}
/** Adds the runs that are to begin, and all else that is still to happen. */
function addTasks({ agenda, executions, clock }, mixer) {
	let runs = 0;
	for (const task of agenda.tasks) {
		const { work, timer } = task;
		const execution = work.kind === "step" && !timer ? executions.see(work.execution) : null;
		if (!execution) {
			if (!addTask(task, clock.nowMs, mixer)) return false;
			continue;
		}
		const name = freshName(execution);
		if (name === null) return false;
		runs += 1;
		mixer.addUnordered(name);
	}
	return runs === executions.count;
}
function addDatabases({ databases, revisions }, mixer) {
	for (const name of databases.keys()) {
		const revision = revisions.of(name);
		if (!revision) return false;
		mixer.add(revision.name);
	}
	return true;
}
const optionNames = /* @__PURE__ */ new WeakMap();
/** What an option is called among all options of all states. */
function optionName(task, parts) {
	const { work } = task;
	const execution = work.kind === "step" ? parts.executions.see(work.execution) : null;
	if (!execution || freshName(execution) === null) return optionText(task, parts);
	let name = optionNames.get(execution.step);
	if (name === void 0) {
		name = optionText(task, parts);
		optionNames.set(execution.step, name);
	}
	return name;
}
/** As `optionName`, a number of 53 bits. */
function optionHash(task, parts) {
	const { work } = task;
	const execution = work.kind === "step" ? parts.executions.see(work.execution) : null;
	return (execution && freshName(execution)) ?? hashOf(optionText(task, parts));
}
/** The name of a world's state, 53 bits; null where only its text will do. */
function quickName(parts, made) {
	const { clock, processes, logs } = parts;
	const mixer = new Mixer();
	mixer.add(clock.nowMs);
	mixer.add(made);
	if (!(addTasks(parts, mixer) && addDatabases(parts, mixer) && addBroker(parts, mixer))) return null;
	const { up, memories } = processes.mark();
	mixer.add(nameOf(up, () => JSON.stringify([...up])));
	mixer.add(nameOf(memories, () => JSON.stringify([...memories])));
	const records = logs.mark();
	mixer.add(nameOf(records, () => JSON.stringify([...records])));
	return mixer.hash;
}
// src/sim/naming.ts
var Naming = class {
	#parts;
	#executor;
	#onlookers;
	constructor(parts, executor, onlookers) {
		this.#parts = parts;
		this.#executor = executor;
		this.#onlookers = onlookers;
	}
	/** What an option is called: the same, in all states where it would do the same. */
	option(task) {
		return optionName(task, this.#parts);
	}
	/** A number of 53 bits that stands for what an option is called. */
	optionHash(task) {
		return optionHash(task, this.#parts);
	}
	/** Whether somebody takes notes of all that happens, so that the order of all steps counts. */
	get countsOrder() {
		return this.#onlookers.notes;
	}
	/** A text that says what this state is: states that go on alike have the same. */
	text() {
		return stateOf(this.#parts, this.#executor, this.#onlookers);
	}
	/** A number of 53 bits that stands for that text. */
	hash() {
		return (this.countsOrder ? null : quickName(this.#parts, this.#executor.names)) ?? hashOf(this.text());
	}
};
// src/sim/transaction/in-doubt.ts
const key = ({ xid, branchId }) => `${xid} ${branchId}`;
var InDoubt = class {
	name = "xa";
	hasBefore = false;
	tables = /* @__PURE__ */ new Map([["branches", [
		"xid",
		"branch_id",
		"resource",
		"since_ms"
	]], ["log", [
		"service",
		"xid",
		"decision",
		"at_ms"
	]]]);
	#branches = /* @__PURE__ */ new Map();
	#log = [];
	#stamp = new Stamp();
	add({ atMs, place, happening }) {
		switch (happening.kind) {
			case "prepared": {
				const { branch, database, vote } = happening;
				if (vote === "read-only") return;
				const { xid, branchId } = branch;
				const row = {
					xid,
					branch_id: branchId,
					resource: database ?? "session",
					since_ms: atMs
				};
				this.#branches = new Map(this.#branches).set(key(branch), row);
				break;
			}
			case "committed":
			case "rolled-back": {
				if (!happening.branch || !this.#branches.has(key(happening.branch))) return;
				const left = new Map(this.#branches);
				left.delete(key(happening.branch));
				this.#branches = left;
				break;
			}
			case "logged": {
				const { xid, decision } = happening.record;
				this.#log = [...this.#log, {
					service: place.service,
					xid,
					decision,
					at_ms: atMs
				}];
				break;
			}
			default: return;
		}
		this.#stamp.touch();
	}
	stampOf = () => this.#stamp.value;
	committedRows = (table) => table === "log" ? this.#log : [...this.#branches.values()];
	mark() {
		return {
			branches: this.#branches,
			log: this.#log,
			stamp: this.#stamp.mark()
		};
	}
	rewind(mark) {
		this.#branches = mark.branches;
		this.#log = mark.log;
		this.#stamp.rewind(mark.stamp);
	}
};
// src/sim/transaction/log.ts
/** The logs of all processes of a world, by the name of the service. */
var CoordinatorLogs = class {
	#records = /* @__PURE__ */ new Map();
	force(service, record) {
		this.#records = new Map(this.#records).set(service, [...this.#of(service), record]);
	}
	/** The records of transactions that are not forgotten, oldest first. */
	read(service) {
		const all = this.#of(service);
		const over = all.filter(({ decision }) => decision === "forget").map(({ xid }) => xid);
		return all.filter(({ xid }) => !over.includes(xid));
	}
	#of(service) {
		return this.#records.get(service) ?? [];
	}
	mark() {
		return this.#records;
	}
	rewind(mark) {
		this.#records = mark;
	}
	/** Plain data for a fingerprint. */
	state() {
		return [...this.#records];
	}
};
// src/sim/onlookers.ts
function asksFor(source, { properties, outcomes, services }) {
	const jobs = services.flatMap((service) => service.jobs.map(({ waitsFor }) => waitsFor));
	return [...[...properties, ...outcomes].map(({ sql }) => sql), ...jobs].some((sql) => sql.includes(`${source}.`));
}
var Onlookers = class {
	#parts;
	#history;
	#inDoubt;
	/** What each database was last seen to have inside. */
	#inspected = /* @__PURE__ */ new Map();
	constructor(parts) {
		this.#parts = parts;
		this.#history = asksFor("history", parts.scenario) ? new History() : null;
		this.#inDoubt = asksFor("xa", parts.scenario) ? new InDoubt() : null;
	}
	/** The tables they offer to queries. */
	get sources() {
		return [this.#history, this.#inDoubt].filter((source) => source !== null);
	}
	see(event) {
		this.#history?.add(event);
		this.#inDoubt?.add(event);
	}
	/** All they have noted, as a text. */
	text() {
		const noted = [this.#history?.committedRows(), this.#inDoubt?.committedRows("log")];
		return JSON.stringify([noted, this.#inDoubt?.committedRows("branches")]);
	}
	/** Whether anything is noted: then the order of all that happens may count. */
	get notes() {
		return this.sources.length > 0;
	}
	/** Shows what the databases have inside, where the last step changed it. */
	inspect(cause) {
		if (!this.#parts.scenario.inspects) return;
		for (const [name, database] of this.#parts.databases) {
			const inspection = database.insight.inspect();
			const text = JSON.stringify(inspection);
			if (this.#inspected.get(name) === text) continue;
			this.#inspected.set(name, text);
			note(this.#parts, NOWHERE, {
				kind: "inspected",
				inspection
			}, cause);
		}
	}
	mark() {
		const inspected = new Map(this.#inspected);
		return {
			history: this.#history?.mark(),
			inDoubt: this.#inDoubt?.mark(),
			inspected
		};
	}
	rewind(mark) {
		if (mark.history) this.#history?.rewind(mark.history);
		if (mark.inDoubt) this.#inDoubt?.rewind(mark.inDoubt);
		this.#inspected = new Map(mark.inspected);
	}
};
// src/sim/revisions.ts
/** One state of a database, in one history. */
var Moment = class {
	mark = null;
	/** What it holds; null if it is not quiet, undefined if nobody has asked. */
	revision;
};
var Revisions = class {
	#databases;
	#now = new SharedMap();
	#known = /* @__PURE__ */ new Map();
	constructor(databases) {
		this.#databases = databases;
	}
	/** A database may be changed from now on. */
	renew(name) {
		this.#now.delete(name);
	}
	#moment(name) {
		let moment = this.#now.get(name);
		if (!moment) {
			moment = new Moment();
			this.#now.set(name, moment);
		}
		return moment;
	}
	/** What a database holds; null if it is not quiet. */
	of(name) {
		const moment = this.#moment(name);
		if (moment.revision === void 0) moment.revision = this.#look(name);
		return moment.revision;
	}
	#look(name) {
		const database = this.#databases.get(name);
		if (!database?.isQuiet) return null;
		const contents = database.store.contents.all();
		const key = `${name} ${database.isUp} ${contents.map(({ id }) => id)}`;
		let revision = this.#known.get(key);
		if (!revision) {
			const mixer = new Mixer();
			mixer.add(database.isUp ? 1 : 2);
			for (const { hash } of contents) mixer.add(hash);
			revision = {
				name: mixer.hash,
				id: this.#known.size + 1
			};
			this.#known.set(key, revision);
		}
		return revision;
	}
	mark() {
		for (const [name, database] of this.#databases) {
			const moment = this.#moment(name);
			moment.mark ??= database.mark();
		}
		return this.#now.mark();
	}
	rewind(mark) {
		for (const [name, moment] of mark) {
			if (this.#now.get(name) === moment || !moment.mark) continue;
			this.#databases.get(name)?.rewind(moment.mark);
		}
		this.#now.rewind(mark);
	}
};
// src/sim/watch.ts
/** What queries may use besides the parameters of the run: how many requests it was given. */
const REQUESTS = "requests";
/** A property of every search: what is not over in time never comes to rest. */
const COMES_TO_REST = "comes-to-rest";
const SEEN_MAX = 1e4;
var Watch = class {
	#parts;
	#observatory;
	#watched;
	#waits;
	#parameters;
	#verdicts = new SharedMap();
	#due = false;
	#concluded = false;
	constructor(parts, observatory) {
		this.#parts = parts;
		this.#observatory = observatory;
		const { properties, services } = parts.scenario;
		const { parameters, requests } = parts.input;
		this.#parameters = {
			...parameters,
			[REQUESTS]: requests.length
		};
		this.#watched = properties.map((property) => {
			return {
				property,
				query: observatory.compile(property.sql),
				seen: /* @__PURE__ */ new Map()
			};
		});
		const jobs = services.flatMap((service) => service.jobs);
		this.#waits = jobs.map((job) => observatory.compile(job.waitsFor));
	}
	get verdicts() {
		return this.#watched.map(({ property: { id, when } }) => {
			const holds = when === "always" || when === "eventually" && this.#concluded ? true : null;
			return this.#verdicts.get(id) ?? {
				property: id,
				holds,
				event: null,
				rows: []
			};
		});
	}
	/** True while a job may still find something to do. */
	get jobsWait() {
		return this.#waits.some((query) => this.look(query).length > 0);
	}
	look(query) {
		return this.#observatory.look(query, this.#parameters);
	}
	query(sql) {
		return this.look(this.#observatory.compile(sql));
	}
	/** Says that something was committed. */
	commitSeen() {
		this.#due = true;
	}
	/** Looks at the `always` properties if something was committed since the last look. */
	check(cause) {
		if (!this.#due) return;
		this.#due = false;
		this.#look("always", cause);
		this.#look("sometimes", cause);
	}
	/** Looks once more at the end; at what must hold eventually only if nothing is left to do. */
	conclude(atRest, cause) {
		this.#look("always", cause);
		this.#look("sometimes", cause);
		if (atRest) this.#look("eventually", cause);
		this.#concluded = atRest;
	}
	#look(when, cause) {
		for (const watched of this.#watched) {
			const { property } = watched;
			if (property.when !== when || this.#verdicts.now.has(property.id)) continue;
			const rows = this.#rowsOf(watched);
			if (rows.length === 0) continue;
			if (when === "sometimes") {
				this.#verdicts.set(property.id, {
					property: property.id,
					holds: true,
					event: cause,
					rows
				});
				continue;
			}
			const happening = {
				kind: "violated",
				property: property.id,
				rows
			};
			const event = note(this.#parts, NOWHERE, happening, cause);
			this.#verdicts.set(property.id, {
				property: property.id,
				holds: false,
				event,
				rows
			});
		}
	}
	#rowsOf({ query, seen }) {
		const stamp = stampOf(query);
		let rows = seen.get(stamp);
		if (!rows) {
			if (seen.size >= SEEN_MAX) seen.clear();
			rows = this.look(query);
			seen.set(stamp, rows);
		}
		return rows;
	}
	/** The properties that are broken now: those for the end of a run only where it is at rest. */
	broken(ending) {
		return this.#seen(ending === "at-rest" ? ["always", "eventually"] : ["always"]);
	}
	/** The properties that should be shown by some state, and are by this. */
	shown() {
		return this.#seen(["sometimes"]);
	}
	#seen(asked) {
		const seen = [];
		for (const watched of this.#watched) {
			const { id, when } = watched.property;
			if (asked.includes(when) && this.#rowsOf(watched).length > 0) seen.push(id);
		}
		return seen;
	}
	mark() {
		return {
			verdicts: this.#verdicts.mark(),
			due: this.#due,
			concluded: this.#concluded
		};
	}
	rewind(mark) {
		this.#verdicts.rewind(mark.verdicts);
		this.#due = mark.due;
		this.#concluded = mark.concluded;
	}
};
/** What a job may ask of the world itself: which resources are down, never to return. */
const WORLD_TABLES = /* @__PURE__ */ new Map([["resources", ["name", "gone"]]]);
/** The databases and the broker (`session`), as `world.resources`. */
function worldSource({ databases, broker, agenda }) {
	const gone = (name, up) => {
		const returns = agenda.tasks.some(({ work }) => work.kind === "restart" && work.name === name);
		return {
			name: name === "broker" ? "session" : name,
			gone: up || returns ? 0 : 1
		};
	};
	let looks = 0;
	return {
		name: "world",
		tables: WORLD_TABLES,
		hasBefore: false,
		stampOf: () => {
			looks += 1;
			return looks;
		},
		committedRows: () => [...[...databases.values()].map(({ name, isUp }) => gone(name, isUp)), gone("broker", broker.up)]
	};
}
/** The broker's messages as a table. */
function brokerSource(broker) {
	const rows = () => broker.queueNames.flatMap((queue) => broker.messagesOf(queue).map(({ id, body, redeliveries, originalQueue }) => ({
		queue,
		message_id: id,
		body: JSON.stringify(body),
		redeliveries,
		original_queue: originalQueue
	})));
	return {
		name: "broker",
		tables: /* @__PURE__ */ new Map([["messages", [
			"queue",
			"message_id",
			"body",
			"redeliveries",
			"original_queue"
		]]]),
		stampOf: () => broker.stamp,
		committedRows: rows
	};
}
// src/sim/acts.ts
/** @throws SandboxError `bad-sql`, `unknown-name` (a queue) */
function perform(parts, act) {
	if ("sql" in act) write$1(parts, act);
	else put$1(parts, act);
}
function write$1(parts, { database: name, sql }) {
	const database = databaseOf(parts, name);
	const place = {
		...NOWHERE,
		service: null
	};
	const outcome = located(`${parts.scenario.id}: ${name}`, () => database.execute(null, sql, {}));
	const seen = {
		kind: "acted",
		database: name,
		sql
	};
	if (outcome.type === "blocked") database.timeOutWait(outcome.transaction);
	const affected = outcome.type === "changed" ? outcome.affected : null;
	note(parts, place, {
		...seen,
		affected
	}, null);
}
function put$1(parts, { queue, body }) {
	const cause = note(parts, NOWHERE, {
		kind: "put",
		queue,
		body
	}, null);
	const end = parts.broker.publish({
		queue,
		body,
		twist: {}
	}, parts.clock.nowMs, cause);
	if (end) noteSessionEnd(parts, NOWHERE, end, cause);
}
// src/sim/works.ts
function carryOut(parts, executor, { work, cause }) {
	switch (work.kind) {
		case "step":
			executor.step(work.execution);
			break;
		case "resume":
		case "give-up":
			executor.resume(work.execution, work.kind === "give-up");
			break;
		case "invoke":
			executor.invoke(work, cause);
			break;
		case "answer":
			executor.answer(work.caller, work.answer);
			break;
		case "start":
			executor.startService(work.service, work.again, cause);
			break;
		case "restart":
			restart(parts, work.what, work.name, cause);
			break;
		case "request":
			executor.request(work.index);
			break;
		case "act":
			perform(parts, present(parts.input.acts?.[work.index], `act ${work.index}`));
			break;
		case "tick": {
			const service = serviceOf(parts, work.service);
			const job = service.jobs.find(({ name }) => name === work.job);
			executor.tick(service, present(job, `job ${work.job}`), cause);
			break;
		}
		case "dispatch":
			parts.broker.wake();
			break;
		default: unreachable(work);
	}
}
/** Where steps take no time, so many tasks in one step are taken for a loop that never ends. */
const TASKS_MAX = 1e4;
var Works = class {
	#parts;
	#executor;
	constructor(parts, executor) {
		this.#parts = parts;
		this.#executor = executor;
	}
	/**
	* Takes a task. Unless steps take time, the runs of handlers that it starts or continues go on
	* until they end or have to wait where that is the pace, and what is due then happens at once, in
	* the order it came. `onDone` is called after each task.
	*/
	take(task, onDone) {
		const { work } = task;
		const runs = /* @__PURE__ */ new Set();
		if (this.#parts.pace === "handler" && "execution" in work) runs.add(work.execution);
		this.#go(task, runs, onDone);
	}
	/** Takes all that is due. */
	catchUp(onDone) {
		this.#go(this.#dueTimer, /* @__PURE__ */ new Set(), onDone);
	}
	get #dueTimer() {
		const { agenda, clock } = this.#parts;
		return agenda.dueTimer(clock.nowMs);
	}
	#endless({ work }) {
		const { executions } = this.#parts;
		const execution = "execution" in work ? executions.see(work.execution) : null;
		return new SandboxError("endless", {
			where: execution ? pointOf(execution) : work.kind,
			steps: TASKS_MAX
		});
	}
	#go(first, runs, onDone) {
		const { agenda, clock, executions, pace } = this.#parts;
		const goesOn = (work) => "execution" in work && runs.has(work.execution);
		let tasks = 0;
		for (let next = first; next;) {
			tasks += 1;
			if (tasks > TASKS_MAX) throw this.#endless(next);
			agenda.take(next);
			clock.advanceTo(next.dueMs);
			const before = executions.nextId;
			carryOut(this.#parts, this.#executor, next);
			if (pace === "handler") for (let id = before; id < executions.nextId; id++) runs.add(id);
			this.#executor.settle();
			onDone();
			if (pace === "timed") return;
			next = agenda.stepWhere(goesOn) ?? this.#dueTimer;
		}
	}
};
// src/sim/world.ts
var World = class {
	/** Publishes every event of the trace as it happens. */
	events = new import_eventemitter3.default();
	/** What its states and options are called, for one who searches. */
	naming;
	#parts;
	#executor;
	#works;
	#observatory;
	#watch;
	#onlookers;
	#rewindable;
	#start;
	#steps = 0;
	#choices = [];
	#lastEvent = null;
	#ending = null;
	/** @throws SandboxError `bad-sql`, `bad-rows` */
	constructor(scenario, input) {
		const settings = settingsOf(input.parameters);
		const { redeliveryDelayMs, redeliveriesMax } = settings;
		const databases = new Map(scenario.databases.map(({ name, ddl }) => {
			const make = () => new Database(name, {
				ddl,
				rows: rowsOf(input, name)
			});
			return [name, located(`${scenario.id}: ${name}`, make)];
		}));
		this.#parts = {
			scenario,
			input,
			settings,
			clock: new Clock(),
			agenda: new Agenda(),
			trace: new Trace(this.events),
			databases,
			broker: new Broker(scenario.queues, {
				delayMs: redeliveryDelayMs,
				redeliveriesMax
			}),
			processes: new Processes(scenario.services.map(({ name }) => name)),
			logs: new CoordinatorLogs(),
			revisions: new Revisions(databases),
			executions: new Executions(),
			plan: new FaultPlan([]),
			pace: "timed",
			footprint: null
		};
		this.#executor = new Executor(this.#parts);
		this.#works = new Works(this.#parts, this.#executor);
		this.#onlookers = new Onlookers(this.#parts);
		this.naming = new Naming(this.#parts, this.#executor, this.#onlookers);
		this.#observatory = new Observatory([
			...this.#parts.databases.values(),
			brokerSource(this.#parts.broker),
			worldSource(this.#parts),
			...this.#onlookers.sources
		]);
		this.#observatory.remember();
		this.#watch = new Watch(this.#parts, this.#observatory);
		this.events.on("event", (event) => {
			this.#lastEvent = event.id;
			this.#onlookers.see(event);
			if (event.happening.kind === "committed") this.#watch.commitSeen();
		});
		const { clock, agenda, trace, revisions, broker, processes, logs } = this.#parts;
		const own = [
			this.#executor,
			this.#watch,
			this.#onlookers
		];
		const parts = [
			clock,
			agenda,
			trace,
			revisions,
			broker,
			processes,
			logs
		];
		this.#rewindable = new Rewindables(...parts, ...own);
		this.#start = this.mark();
	}
	/** Returns to the start and takes a fault plan: the same world serves run after run. */
	reset(faults, pace = "timed") {
		this.#begin(new FaultPlan(faults), pace);
	}
	/** As `reset`, for one who searches: the probe says which points are passed, and what else strikes. */
	explore(pace, faults = []) {
		const probe = new Probe(faults);
		this.#begin(probe, pace);
		return probe;
	}
	#begin(plan, pace) {
		this.#parts.plan = plan;
		this.#parts.pace = pace;
		this.rewind(this.#start);
		const { scenario, input } = this.#parts;
		for (const { name } of scenario.services) this.#plan(0, {
			kind: "start",
			service: name,
			again: false
		});
		if (pace !== "timed") this.#works.catchUp(() => {});
		for (const [index, { atMs }] of input.requests.entries()) this.#plan(atMs, {
			kind: "request",
			index
		});
		for (const [index, { atMs }] of (input.acts ?? []).entries()) this.#plan(atMs, {
			kind: "act",
			index
		});
	}
	/** Takes one step, chosen by the schedule. Returns false once the run is over. */
	step(schedule) {
		if (this.isOver) return false;
		const went = this.take(this.#choose(this.options, schedule));
		this.#watch.check(this.#lastEvent);
		return went;
	}
	/** What may happen next, the default first. */
	get options() {
		return this.#parts.agenda.candidates();
	}
	/** Whether nothing is left that could happen, or the run was cut off. */
	get isOver() {
		if (!this.#ending && this.#isAtRest()) this.#end("at-rest");
		return this.#ending !== null;
	}
	/** Does one of the options, and what goes with it at this pace. False if time is up. */
	take(task, footprint = null) {
		if (task.dueMs > this.#parts.settings.horizonMs) {
			this.#parts.clock.advanceTo(this.#parts.settings.horizonMs);
			return this.#end("horizon");
		}
		this.#parts.footprint = footprint;
		this.#works.take(task, () => this.#onlookers.inspect(this.#lastEvent));
		this.#parts.footprint = null;
		this.#steps += 1;
		return true;
	}
	#choose(candidates, schedule) {
		const option = schedule.choose(candidates, this.#steps);
		const task = candidates[option];
		if (!task) throw new SandboxError("bad-code", { why: "edited" });
		if (option !== 0) this.#choices = [...this.#choices, {
			step: this.#steps,
			option
		}];
		return task;
	}
	#isAtRest() {
		const { tasks } = this.#parts.agenda;
		return tasks.every(({ work }) => work.kind === "tick") && !(tasks.length > 0 && this.#watch.jobsWait);
	}
	#end(ending) {
		note(this.#parts, NOWHERE, { kind: ending }, this.#lastEvent);
		this.#watch.conclude(ending === "at-rest", this.#lastEvent);
		this.#ending = ending;
		return false;
	}
	#plan(dueMs, work) {
		const timer = this.#parts.pace === "timed" || work.kind === "start" || dueMs > 0;
		this.#parts.agenda.add({
			dueMs,
			timer,
			work,
			cause: null
		});
	}
	get nowMs() {
		return this.#parts.clock.nowMs;
	}
	get steps() {
		return this.#steps;
	}
	get ending() {
		return this.#ending;
	}
	/** The choices of this run that differed from the default. */
	get choices() {
		return this.#choices;
	}
	get verdicts() {
		return this.#watch.verdicts;
	}
	get scenario() {
		return this.#parts.scenario;
	}
	/** The faults of the plan that have not struck, with how often their point was reached. */
	neverStruckFaults() {
		return this.#parts.plan.neverStruck();
	}
	/** The properties that are broken in this state; at its end, also those that must hold then. */
	broken() {
		return this.#watch.broken(this.#ending);
	}
	/** The properties that some state should show, and this one does. */
	shown() {
		return this.#watch.shown();
	}
	/** Rows of a query over the committed state of all databases and queues. */
	query(sql) {
		return this.#watch.query(sql);
	}
	/** Every table of every database, as its committed transactions left it. */
	tables() {
		return tablesOf(this.#parts);
	}
	/** What is in each queue and in the dead-letter queue, oldest first. */
	queues() {
		return queuesOf(this.#parts);
	}
	/** Each database's committed state as the bytes of an SQLite file, by its name. */
	exportFiles() {
		const { databases } = this.#parts;
		return new Map([...databases].map(([name, { store }]) => [name, store.exportFile()]));
	}
	/** A short name of everything this world is: two worlds that agree will go on alike. */
	fingerprint() {
		const { clock, databases, broker, processes, logs, agenda, executions, plan } = this.#parts;
		const data = [...databases.values()].map((database) => database.state());
		const machines = [
			processes.state(),
			logs.state(),
			executions.state()
		];
		const parts = [
			broker.state(),
			machines,
			agenda.tasks,
			plan.state()
		];
		return fingerprintOf([
			clock.nowMs,
			data,
			parts
		]);
	}
	mark() {
		const own = [
			this.#steps,
			this.#choices,
			this.#lastEvent,
			this.#ending
		];
		return {
			parts: this.#rewindable.mark(),
			plan: this.#parts.plan.mark(),
			own
		};
	}
	/** Returns to a mark, which stays; later marks are gone. */
	rewind({ parts, plan, own }) {
		this.#rewindable.rewind(parts);
		this.#parts.plan.rewind(plan);
		[this.#steps, this.#choices, this.#lastEvent, this.#ending] = own;
	}
	/** Frees the memory of the databases. */
	close() {
		for (const database of this.#parts.databases.values()) database.close();
		this.#observatory.close();
	}
};
// src/sim/run.ts
/** What a world has come to at its end, by the scenario's rules. */
function outcomeOf(world) {
	const { scenario } = world;
	if (world.ending !== "at-rest") return {
		word: "stuck",
		rule: null,
		by: null,
		row: {}
	};
	for (const [rule, { word, by, sql }] of scenario.outcomes.entries()) {
		const [row] = world.query(sql);
		if (row) return {
			word,
			rule,
			by,
			row
		};
	}
	return {
		word: "committed",
		rule: null,
		by: null,
		row: {}
	};
}
/** Runs a world from its start to the end. The same world serves any number of runs. */
function runWorld(world, faults = [], schedule = defaultSchedule, { pace = "timed", steps = Infinity } = {}) {
	world.reset(faults, pace);
	while (world.steps < steps && world.step(schedule));
	return {
		ending: world.ending ?? "stopped",
		endedAtMs: world.nowMs,
		steps: world.steps,
		choices: world.choices,
		verdicts: world.verdicts,
		outcome: outcomeOf(world),
		neverStruck: world.neverStruckFaults(),
		fingerprint: world.fingerprint()
	};
}
/**
* Runs a scenario once, in a world of its own.
* @throws SandboxError `bad-sql`, `bad-rows`, `unknown-name` (a queue), `bad-code`
*/
function run(scenario, input, faults = [], schedule = defaultSchedule, { onEvent, onEnd, ...how } = {}) {
	const world = new World(scenario, input);
	try {
		const events = recordEvents(world.events);
		if (onEvent) world.events.on("event", onEvent);
		const before = world.tables();
		const summary = runWorld(world, faults, schedule, how);
		onEnd?.(world);
		const after = world.tables();
		return {
			...summary,
			faults: faults.map(faultText),
			events,
			before,
			after,
			queues: world.queues()
		};
	} finally {
		world.close();
	}
}
// src/scenarios/best-effort.ts
const JPA$2 = [{
	name: "",
	kind: "jpa"
}];
const named = (word) => (given) => given.memory.name.includes(word);
/** Save, and answer by a message; with error1 or error2 in the name it throws before or after. */
const creating = (prefix) => ({
	saving: step("sql", ({ memory: { name } }) => ({
		sql: `INSERT INTO customer (deposit, password, role, user_name)
  VALUES (100, NULL, NULL, :name)`,
		params: { name: `${prefix}${name}` }
	}), [{
		target: "failing-first",
		test: named("error1")
	}, "sending-reply"]),
	"sending-reply": step("send", ({ memory: { name } }) => ({
		queue: "customer:msg:reply",
		body: { msg: `${prefix}${name} created.` }
	}), [{
		target: "failing-second",
		test: named("error2")
	}, "returned"]),
	"failing-first": failing("RuntimeException", "Error1"),
	"failing-second": failing("RuntimeException", "Error2")
});
const afterCommit = {
	"after-commit": fork([{
		target: "failing-after-commit",
		test: ({ parameters }) => parameters["afterCommit"] === "throws"
	}, "after-over"]),
	"failing-after-commit": failing("RuntimeException", "afterCommit callback failed")
};
const handle = () => managedListener("app.handle", {
	units: JPA$2,
	synchronization: { after: afterCommit },
	first: "saving",
	states: creating("")
});
const create$2 = () => synchronizedHandler("app.direct", {
	units: JPA$2,
	synchronization: { after: afterCommit },
	first: "checking-id",
	states: {
		"checking-id": fork([{
			target: "refusing-id",
			test: ({ memory }) => (memory.id ?? null) !== null
		}, "saving"]),
		"refusing-id": failing("RuntimeException", "the customer exists already"),
		...creating("Annotation:")
	}
});
const send$3 = () => handlerMachine("app.listen", "sending", "rolling-back", {
	sending: step("send", ({ memory: { name } }) => ({
		queue: "customer:msg:new",
		body: { name }
	}), "publishing"),
	publishing: step("commit", { resource: "session" }, "finished"),
	"rolling-back": step("rollback", { resource: "session" }, "failed", "failed")
});
const bestEffortServices = () => [{
	name: "app",
	databases: ["user"],
	entries: [{
		name: "listen",
		machine: send$3()
	}, {
		name: "direct",
		machine: create$2()
	}],
	listeners: [{
		name: "handle",
		queue: "customer:msg:new",
		machine: handle()
	}],
	jobs: []
}];
// src/scenarios/chained-words.ts
const UNITS = {
	user: {
		name: "user",
		database: "user"
	},
	order: {
		name: "order",
		database: "order"
	}
};
/** The two orders in which the managers can stand in the chain. */
const CHAINS = {
	"user-order": ["user", "order"],
	"order-user": ["order", "user"]
};
const when$3 = (target, test) => ({
	target,
	test
});
const titled = (word) => (given) => given.memory.title?.includes(word) ?? false;
/** After the money is taken: where the original throws, by the title, and the order is written. */
const ordering$1 = {
	ordering: fork([
		when$3("failing-without-title", ({ memory }) => memory.title === null),
		when$3("failing-first", titled("error1")),
		"inserting-order"
	]),
	"inserting-order": step("sql", ({ memory: { customerId, title, amount } }) => ({
		database: "order",
		sql: `INSERT INTO customer_order (customer_id, title, amount)
  VALUES (:customerId, :title, :amount)`,
		params: {
			customerId,
			title,
			amount
		}
	}), [when$3("failing-second", titled("error2")), "returned"]),
	"failing-without-title": failing("NullPointerException", "the title is null"),
	"failing-first": failing("RuntimeException", "Error1"),
	"failing-second": failing("RuntimeException", "Error2")
};
const registers = (when) => ({ parameters }) => ["registered", `throws-${when}`].includes(String(parameters["synchronization"]));
const throws = (when) => ({ parameters }) => parameters["synchronization"] === `throws-${when}`;
const callback = (when) => ({
	[`${when}-commit`]: fork([{
		target: `calling-${when}-commit`,
		test: registers(when)
	}, `${when}-over`]),
	[`calling-${when}-commit`]: step("note", { note: `${when}-commit` }, [{
		target: `failing-${when}-commit`,
		test: throws(when)
	}, `${when}-over`]),
	[`failing-${when}-commit`]: failing("RuntimeException", `${when}Commit callback failed`)
});
const isolationOf = ({ parameters }) => parameters["isolation"];
/** The handler `app.<chain>`: the user's resource by JDBC or JPA, the order's by JDBC. */
function chainedHandler(chain, userKind, first, states) {
	const units = CHAINS[chain].map((name) => {
		return {
			...UNITS[name],
			kind: name === "user" ? userKind : "jdbc"
		};
	});
	return managedHandler(`app.${chain}`, {
		units,
		definition: (given) => ({ isolation: isolationOf(given) }),
		synchronization: {
			before: callback("before"),
			after: callback("after")
		},
		first,
		states
	});
}
const holdCustomer = () => handlerMachine("other.hold", "beginning", "rolling-back", {
	beginning: step("begin", {}, "locking"),
	locking: step("sql", ({ memory }) => ({
		sql: "SELECT * FROM customer WHERE id = :customerId FOR UPDATE",
		params: { customerId: memory.customerId }
	}), "holding"),
	holding: step("sleep", ({ nowMs, parameters }) => ({ untilMs: nowMs + Number(parameters["holdMs"]) }), "rolling-back"),
	"rolling-back": step("rollback", { resource: "database" }, "finished", "failed")
});
/** The application with its two databases, and the other session. */
function chainedServices(make) {
	return [{
		name: "app",
		databases: ["user", "order"],
		entries: Object.keys(CHAINS).map((name) => ({
			name,
			machine: make(name)
		})),
		listeners: [],
		jobs: []
	}, {
		name: "other",
		databases: ["user"],
		entries: [{
			name: "hold",
			machine: holdCustomer()
		}],
		listeners: [],
		jobs: []
	}];
}
// src/scenarios/chained-jdbc.ts
const depositRead = ({ result }) => Number(result.rows?.[0]?.["deposit"]);
const charging$2 = {
	"choosing-write": fork([when$3("reading", ({ parameters }) => parameters["write"] === "absolute"), "charging"]),
	charging: step("sql", ({ memory: { customerId, amount } }) => ({
		database: "user",
		sql: "UPDATE customer SET deposit = deposit - :amount WHERE id = :customerId",
		params: {
			customerId,
			amount
		}
	}), "ordering"),
	reading: step("sql", ({ memory: { customerId } }) => ({
		database: "user",
		sql: "SELECT deposit FROM customer WHERE id = :customerId",
		params: { customerId }
	}), [when$3("refusing-no-row", ({ result }) => result.rows?.length === 0), "writing-back"]),
	"writing-back": step("sql", (found) => ({
		database: "user",
		sql: "UPDATE customer SET deposit = :deposit WHERE id = :customerId",
		params: {
			deposit: depositRead(found) - found.memory.amount,
			customerId: found.memory.customerId
		}
	}), "ordering"),
	"refusing-no-row": step("throw", { error: {
		code: "EmptyResultDataAccessException",
		definite: true
	} }, [])
};
const createOrder$2 = (chain) => chainedHandler(chain, "jdbc", "choosing-write", {
	...charging$2,
	...ordering$1
});
const chainedJdbcServices = () => chainedServices(createOrder$2);
// src/scenarios/chained-jpa.ts
const charging$1 = {
	"finding-customer": finding$2({
		database: "user",
		table: "customer",
		key: ({ memory }) => memory.customerId,
		version: ({ parameters }) => parameters["versioned"] === 1 ? "version" : null
	}, [{
		target: "refusing-no-row",
		test: (row) => row === void 0
	}, {
		target: "ordering",
		change: ({ deposit }, { memory }) => ({ deposit: Number(deposit) - memory.amount })
	}]),
	"refusing-no-row": failing("NullPointerException", "there is no such customer")
};
const createOrder$1 = (chain) => chainedHandler(chain, "jpa", "finding-customer", {
	...charging$1,
	...ordering$1
});
const chainedJpaServices = () => chainedServices(createOrder$1);
// src/scenarios/statements.ts
const NAMES = /:([a-z]\w*)/gi;
/**
* @param text its `:names` are properties of the memory, or parameters
* @param database if it is not the service's first
*/
function statement(text, exits, database) {
	const names = [...text.matchAll(NAMES)].map(([, name = ""]) => name);
	return step("sql", ({ memory, parameters, nowMs }) => {
		const known = {
			...parameters,
			...memory,
			now: nowMs
		};
		return {
			...database !== void 0 && { database },
			sql: text,
			params: Object.fromEntries(names.map((name) => [name, known[name] ?? null]))
		};
	}, exits);
}
/** An exit that is taken where a statement has changed nothing. */
const unchanged$1 = (target) => ({
	target,
	test: ({ result }) => result.affected === 0
});
// src/scenarios/compare-words.ts
const CREATED$1 = "order:created";
/** Gives the purchase its number. @param more what is remembered beside it */
const numbering = (onward, more = {}) => ({ numbering: step("uuid", { form: "xid" }, [{
	target: onward,
	remember: ({ memory: { customerId, amount }, result }) => {
		return {
			uuid: String(result.value),
			customerId,
			amount,
			...more
		};
	}
}]) });
/** Takes the money, if there is enough; then writes down that it was paid. */
const charging = (refused, onward) => ({
	charging: statement(`UPDATE customer SET deposit = deposit - :amount
  WHERE id = :customerId AND deposit >= :amount`, [unchanged$1(refused), "recording"], "user"),
	recording: statement("INSERT INTO payment (uuid, amount, status) VALUES (:uuid, :amount, 'PAID')", onward, "user")
});
const refuses$1 = ({ parameters }) => parameters["refuses"] === 1;
/** Whoever keeps the orders may refuse (`asking`); else the order is written (`ordering`). */
const ordering = (onward) => ({
	asking: fork([{
		target: "refusing-order",
		test: refuses$1
	}, "ordering"]),
	ordering: statement(`INSERT INTO customer_order (uuid, customer_id, amount, status)
  VALUES (:uuid, :customerId, :amount, 'FINISH')`, onward, "order"),
	"refusing-order": failing("OrderRefused", "the order is refused")
});
/** Tells the third. */
const telling$1 = (onward, transacted = true) => send$2(CREATED$1, onward, transacted);
const send$2 = (queue, onward, transacted = true) => step("send", ({ memory: { uuid, customerId, amount } }) => ({
	queue,
	body: {
		uuid,
		customerId,
		amount
	},
	transacted
}), onward);
const refusingPayment = { "refusing-payment": failing("NotEnoughDeposit", "the deposit does not cover it") };
const reply$3 = ({ memory }) => memory.uuid;
// src/scenarios/retry.ts
/** The pause after so many failed tries, in ms: twice as long each time, up to `retryMaxMs`. */
function backoffMs(tries, parameters) {
	const grown = Number(parameters["retryMs"]) * 2 ** (tries - 1);
	return Math.min(grown, Number(parameters["retryMaxMs"]));
}
/** Whether so many failed tries are enough. */
const isExhausted = (tries, parameters) => tries >= Number(parameters["triesMax"]);
/** The ways out of a state that failed: it is tried again from `waits` on, or given up. */
const again = (waits, givesUp) => [{
	target: waits,
	test: ({ memory, parameters }) => !isExhausted(memory.tries + 1, parameters),
	remember: ({ memory }) => ({
		...memory,
		tries: memory.tries + 1
	})
}, givesUp];
/** The pause before a state is tried again. */
const waiting$1 = (onward) => step("sleep", ({ memory, nowMs, parameters }) => ({ untilMs: nowMs + backoffMs(memory.tries, parameters) }), onward);
// src/scenarios/compare-coordinated.ts
const calling = ({ service, handler }, exits, onError) => step("call", ({ memory: { uuid, customerId, amount } }) => ({
	service,
	handler,
	body: {
		uuid,
		customerId,
		amount
	}
}), exits, onError);
const log$1 = (status, onward) => statement(`INSERT INTO coordination (uuid, pattern, status, customer_id, amount, updated_ms)
  VALUES (:uuid, :pattern, '${status}', :customerId, :amount, :now)
  ON CONFLICT (uuid) DO UPDATE SET status = '${status}', updated_ms = :now`, onward, "order");
function insisting(calls, onward, givesUp) {
	const states = calls.flatMap((call, at) => {
		const heard = {
			target: calls[at + 1]?.state ?? onward,
			remember: ({ memory }) => ({
				...memory,
				tries: 0
			})
		};
		const waits = `waiting-${call.state}`;
		return [[call.state, calling(call, [heard], again(waits, givesUp))], [waits, waiting$1(call.state)]];
	});
	return Object.fromEntries(states);
}
const because = (target) => ({
	target,
	remember: ({ memory, failure }) => ({
		...memory,
		reason: failure
	})
});
const ends$1 = {
	replying: step("reply", ({ memory }) => ({ value: memory.uuid }), "finished"),
	throwing: step("throw", ({ memory: { reason } }) => ({ error: reason ?? {
		code: "Cancelled",
		definite: true
	} }), [], "failed")
};
const CONFIRM = [{
	state: "confirming-payment",
	service: "payments",
	handler: "confirm"
}, {
	state: "confirming-order",
	service: "orders",
	handler: "confirm"
}];
const CANCEL = [{
	state: "cancelling-order",
	service: "orders",
	handler: "cancel"
}, {
	state: "cancelling-payment",
	service: "payments",
	handler: "cancel"
}];
const secondPhase$1 = (told, cancelled, left) => ({
	...insisting(CONFIRM, "telling", left),
	telling: telling$1("logging-end", false),
	"logging-end": log$1("DONE", told),
	"deciding-cancel": log$1("CANCELLING", "cancelling-order"),
	...insisting(CANCEL, "logging-cancelled", left),
	"logging-cancelled": log$1("CANCELLED", cancelled)
});
const tryConfirmCancel = () => handlerMachine("shop.tcc", "numbering", "throwing", {
	...numbering("logging-start", { tries: 0 }),
	"logging-start": log$1("TRYING", "trying-payment"),
	"trying-payment": calling({
		state: "",
		service: "payments",
		handler: "try"
	}, ["trying-order"], [because("deciding-cancel")]),
	"trying-order": calling({
		state: "",
		service: "orders",
		handler: "try"
	}, ["deciding-confirm"], [because("deciding-cancel")]),
	"deciding-confirm": log$1("CONFIRMING", "confirming-payment"),
	...secondPhase$1("replying", "throwing", "replying"),
	...ends$1
});
const DO = [{
	state: "charging",
	service: "payments",
	handler: "charge"
}, {
	state: "ordering",
	service: "orders",
	handler: "place"
}];
const UNDO = [{
	state: "undoing-charge",
	service: "payments",
	handler: "undo-charge"
}];
const isRefusal = ({ failure }) => ["NotEnoughDeposit", "OrderRefused"].includes(failure?.code ?? "");
const forward = (told, undone, left) => {
	const [charging, ordering] = DO;
	const ask = (call, onward, refused) => {
		if (!call) return {};
		const waits = `waiting-${call.state}`;
		const heard = {
			target: onward,
			remember: ({ memory }) => ({
				...memory,
				tries: 0
			})
		};
		const no = {
			...because(refused),
			test: isRefusal
		};
		return {
			[call.state]: calling(call, [heard], [no, ...again(waits, left)]),
			[waits]: waiting$1(call.state)
		};
	};
	return {
		...ask(charging, "logging-charged", "logging-undone"),
		"logging-charged": log$1("CHARGED", "ordering"),
		...ask(ordering, "telling", "deciding-undo"),
		telling: telling$1("logging-end", false),
		"logging-end": log$1("DONE", told),
		"deciding-undo": log$1("UNDOING", "undoing-charge"),
		...insisting(UNDO, "logging-undone", left),
		"logging-undone": log$1("UNDONE", undone)
	};
};
const orchestrated = () => handlerMachine("shop.orchestrated", "numbering", "throwing", {
	...numbering("logging-start", { tries: 0 }),
	"logging-start": log$1("STARTED", "charging"),
	...forward("replying", "throwing", "replying"),
	...ends$1
});
const FIND = `SELECT uuid, pattern, status, customer_id AS customerId, amount FROM coordination
  WHERE status NOT IN ('DONE', 'CANCELLED', 'UNDONE') AND updated_ms <= :dueMs LIMIT 1`;
/** The recovery of both: looks for what nobody has touched for a while, and goes on with it. */
const resume$1 = () => {
	const at = (target, ...statuses) => ({
		target,
		test: ({ memory }) => statuses.includes(memory.status ?? "")
	});
	const { telling: told, "logging-end": end, ...phases } = secondPhase$1("finished", "finished", "finished");
	return handlerMachine("shop.resume", "finding", "failed", {
		finding: step("sql", ({ nowMs, parameters }) => ({
			database: "order",
			sql: FIND,
			params: { dueMs: nowMs - Number(parameters["timeoutMs"]) }
		}), [{
			target: "finished",
			test: ({ result }) => result.rows?.length === 0
		}, {
			target: "choosing",
			remember: ({ result }) => {
				return {
					...result.rows?.[0],
					tries: 0
				};
			}
		}]),
		choosing: fork([
			at("deciding-cancel", "TRYING", "CANCELLING"),
			at("confirming-payment", "CONFIRMING"),
			at("charging", "STARTED"),
			at("ordering", "CHARGED"),
			"undoing-charge"
		]),
		...phases,
		...forward("finished", "finished", "finished"),
		...told && end ? {
			telling: told,
			"logging-end": end
		} : {}
	});
};
// src/scenarios/patterns.ts
const POST = `INSERT INTO outbox (message_id, queue, body, sent)
  VALUES (:messageId, :queue, :body, 0)
  ON CONFLICT (message_id) DO UPDATE SET sent = 0`;
/** Writes a message into the outbox, in the transaction of what it tells of. */
function posting(make, exits) {
	return step("sql", (given) => {
		const { messageId, queue, body } = make(given);
		return {
			sql: POST,
			params: {
				messageId,
				queue,
				body: JSON.stringify(body)
			}
		};
	}, exits);
}
const nextOf = ({ memory: { rows, next } }) => rows?.[next] ?? {};
const READ = "SELECT id, queue, body FROM outbox WHERE sent = 0 ORDER BY id";
/**
* Sends what is in the outbox, in order; marks a message only once the broker has it. Whatever
* happens in between makes it send again: a message may come twice, but is never forgotten.
*/
function outboxRelay(id) {
	return handlerMachine(id, "reading", "returning", {
		reading: step("sql", {
			sql: READ,
			params: {}
		}, [{
			target: "finished",
			test: ({ result }) => (result.rows?.length ?? 0) === 0
		}, {
			target: "sending",
			remember: ({ result }) => ({
				rows: result.rows ?? [],
				next: 0
			})
		}]),
		sending: step("send", (given) => {
			const { queue, body } = nextOf(given);
			return {
				queue: String(queue),
				body: JSON.parse(String(body ?? "{}"))
			};
		}, "publishing"),
		publishing: step("commit", { resource: "session" }, "marking"),
		marking: step("sql", (given) => ({
			sql: "UPDATE outbox SET sent = 1 WHERE id = :id",
			params: { id: nextOf(given)["id"] ?? null }
		}), [{
			target: "sending",
			test: ({ memory: { rows, next } }) => next + 1 < (rows?.length ?? 0),
			remember: ({ memory: { rows, next } }) => ({
				rows,
				next: next + 1
			})
		}, "finished"]),
		returning: step("rollback", { resource: "session" }, "failed", "failed")
	});
}
/** The relay of a service, at its first database; it runs every `relayDelayMs`. */
function relayOf(service, database = service) {
	return {
		name: "relay",
		machine: outboxRelay(`${service}.relay`),
		delayParameter: "relayDelayMs",
		waitsFor: `SELECT 1 FROM ${database}.outbox WHERE sent = 0`
	};
}
/**
* An idempotent receiver's first question: have I seen this message? It is recorded in the
* transaction of the effect, so that there is never the one without the other. Of two copies that
* come at once, the second waits here until the first is through.
*/
function recording$1(messageId, { first, again }) {
	return step("sql", (given) => ({
		sql: "INSERT OR IGNORE INTO inbox (message_id) VALUES (:messageId)",
		params: { messageId: messageId(given) }
	}), [{
		target: again,
		test: ({ result }) => result.affected === 0
	}, first]);
}
// src/scenarios/compare-messages.ts
const USER = [{
	name: "",
	kind: "jdbc",
	database: "user"
}];
/** Charge and send in one best-effort transaction. */
const bestEffort = () => synchronizedHandler("shop.best-effort", {
	units: USER,
	before: numbering("called"),
	first: "charging",
	states: {
		...charging("refusing-payment", "sending"),
		sending: send$2("order:paid", "returned"),
		...refusingPayment
	},
	reply: reply$3
});
const orderPaid = () => bestEffortListener("orders.paid", {
	first: "asking",
	states: {
		...ordering("telling"),
		telling: telling$1("committing")
	}
});
const post$2 = (queue, onward) => posting(({ memory }) => ({
	messageId: `${queue} ${memory.uuid}`,
	queue,
	body: memory
}), onward);
/** Charge and write the message down, in one local transaction. */
const outbox = () => managedHandler("shop.outbox", {
	units: USER,
	before: numbering("called"),
	first: "charging",
	states: {
		...charging("refusing-payment", "posting"),
		posting: post$2("outbox:paid", "returned"),
		...refusingPayment
	},
	reply: reply$3
});
const seen = (first) => recording$1(({ memory }) => memory.uuid, {
	first,
	again: "committing"
});
const orderPosted = () => bestEffortListener("orders.posted", {
	first: "recording-message",
	states: {
		"recording-message": seen("asking"),
		...ordering("posting"),
		posting: post$2(CREATED$1, "committing")
	}
});
/** The third, which is told: it knows what it has been told before. */
const tell = () => bestEffortListener("mail.tell", {
	first: "recording-message",
	states: {
		"recording-message": seen("noting"),
		noting: statement("INSERT INTO notice (uuid) VALUES (:uuid)", "committing")
	}
});
/** The saga begins by a message. */
const saga = () => managedHandler("shop.saga", {
	units: [],
	before: numbering("called"),
	first: "sending",
	states: { sending: send$2("saga:order", "returned", false) },
	reply: reply$3
});
const sagaOrder = () => bestEffortListener("orders.start", {
	first: "recording-message",
	states: {
		"recording-message": seen("ordering"),
		ordering: step("sql", ({ memory: { uuid, customerId, amount }, nowMs }) => ({
			sql: `INSERT INTO customer_order (uuid, customer_id, amount, status, created_ms)
  VALUES (:uuid, :customerId, :amount, 'NEW', :nowMs)`,
			params: {
				uuid,
				customerId,
				amount,
				nowMs
			}
		}), "sending-pay"),
		"sending-pay": send$2("saga:pay", "committing")
	}
});
const sagaPay = () => bestEffortListener("payments.pay", {
	first: "looking",
	states: {
		looking: statement("SELECT uuid FROM payment WHERE uuid = :uuid", [{
			target: "sending-paid",
			test: ({ result }) => result.rows?.length === 1
		}, "charging"]),
		...charging("sending-refused", "sending-paid"),
		"sending-paid": send$2("saga:paid", "committing"),
		"sending-refused": send$2("saga:refused", "committing")
	}
});
const refuses = ({ parameters }) => parameters["refuses"] === 1;
const closing$2 = (status, onward) => statement(`UPDATE customer_order SET status = '${status}' WHERE uuid = :uuid AND status = 'NEW'`, onward);
const sagaFinish = () => bestEffortListener("orders.finish", {
	first: "finishing",
	states: {
		finishing: statement("UPDATE customer_order SET status = 'FINISH' WHERE uuid = :uuid AND status = 'NEW'", [
			{
				target: "failing-order",
				test: refuses
			},
			{
				target: "looking",
				test: ({ result }) => result.affected === 0
			},
			"telling"
		]),
		looking: statement("SELECT uuid FROM customer_order WHERE uuid = :uuid AND status = 'FINISH'", [{
			target: "committing",
			test: ({ result }) => result.rows?.length === 1
		}, "sending-refund"]),
		telling: telling$1("committing"),
		"failing-order": statement("UPDATE customer_order SET status = 'FAIL' WHERE uuid = :uuid", "sending-refund"),
		"sending-refund": compensating(send$2("saga:refund", "committing"))
	}
});
const sagaFail = () => bestEffortListener("orders.fail", {
	first: "failing-order",
	states: { "failing-order": closing$2("FAIL", "committing") }
});
/** Gives the money back, once. */
const refundSteps = (onward) => ({
	refunding: compensating(statement("UPDATE payment SET status = 'REFUNDED' WHERE uuid = :uuid AND status = 'PAID'", [unchanged$1(onward), "crediting"])),
	crediting: compensating(statement("UPDATE customer SET deposit = deposit + :amount WHERE id = :customerId", onward))
});
const sagaRefund = () => bestEffortListener("payments.refund", {
	first: "refunding",
	states: refundSteps("committing")
});
const sagaCheck = () => handlerMachine("orders.check", "searching", "returning", {
	searching: step("sql", ({ nowMs, parameters }) => ({
		sql: `SELECT uuid, customer_id, amount FROM customer_order
  WHERE status = 'NEW' AND created_ms <= :dueMs`,
		params: { dueMs: nowMs - Number(parameters["timeoutMs"]) }
	}), [{
		target: "finished",
		test: ({ result }) => result.rows?.length === 0
	}, {
		target: "sending-refund",
		remember: ({ result }) => ({ rows: result.rows ?? [] })
	}]),
	"sending-refund": compensating(step("send", ({ memory: { rows } }) => {
		const { uuid = "", customer_id = 0, amount = 0 } = rows?.[0] ?? {};
		return {
			queue: "saga:refund",
			body: {
				uuid,
				customerId: customer_id,
				amount
			}
		};
	}, "publishing")),
	publishing: step("commit", { resource: "session" }, "failing-order"),
	"failing-order": step("sql", ({ memory: { rows } }) => ({
		sql: "UPDATE customer_order SET status = 'FAIL' WHERE uuid = :uuid AND status = 'NEW'",
		params: { uuid: rows?.[0]?.["uuid"] ?? null }
	}), "finished"),
	returning: step("rollback", { resource: "session" }, "failed", "failed")
});
// src/scenarios/compare-participants.ts
const JDBC$2 = [{
	name: "",
	kind: "jdbc"
}];
const method$2 = (id, first, states) => managedHandler(id, {
	units: JDBC$2,
	first,
	states
});
const cancelled = failing("Cancelled", "it has been cancelled before");
/** The row of a table is there already: it was cancelled, or this call comes again. */
const looking = (table) => statement(`SELECT status FROM ${table} WHERE uuid = :uuid`, [{
	target: "refusing-cancelled",
	test: ({ result }) => result.rows?.[0]?.["status"] === "CANCELLED"
}, "returned"]);
const tryPayment = () => method$2("payments.try", "reserving", {
	reserving: statement("INSERT OR IGNORE INTO payment (uuid, amount, status) VALUES (:uuid, :amount, 'FROZEN')", [unchanged$1("looking"), "freezing"]),
	looking: looking("payment"),
	freezing: statement(`UPDATE customer SET deposit = deposit - :amount, frozen = frozen + :amount
  WHERE id = :customerId AND deposit >= :amount`, [unchanged$1("refusing-payment"), "returned"]),
	"refusing-cancelled": cancelled,
	...refusingPayment
});
const confirmPayment = () => method$2("payments.confirm", "paying", {
	paying: statement("UPDATE payment SET status = 'PAID' WHERE uuid = :uuid AND status = 'FROZEN'", [unchanged$1("returned"), "charging"]),
	charging: statement("UPDATE customer SET frozen = frozen - :amount WHERE id = :customerId", "returned")
});
const cancelPayment = () => method$2("payments.cancel", "marking", {
	marking: statement("INSERT OR IGNORE INTO payment (uuid, amount, status) VALUES (:uuid, :amount, 'CANCELLED')", [unchanged$1("cancelling"), "returned"]),
	cancelling: compensating(statement("UPDATE payment SET status = 'CANCELLED' WHERE uuid = :uuid AND status = 'FROZEN'", [unchanged$1("returned"), "unfreezing"])),
	unfreezing: compensating(statement(`UPDATE customer SET deposit = deposit + :amount, frozen = frozen - :amount
  WHERE id = :customerId`, "returned"))
});
const insertOrder$1 = (status) => `INSERT INTO customer_order
  (uuid, customer_id, amount, status) SELECT :uuid, :customerId, :amount, '${status}'
  WHERE NOT EXISTS (SELECT 1 FROM customer_order WHERE uuid = :uuid)`;
const tryOrder = () => method$2("orders.try", "asking", {
	...ordering("returned"),
	ordering: statement(insertOrder$1("PENDING"), [unchanged$1("looking"), "returned"]),
	looking: looking("customer_order"),
	"refusing-cancelled": cancelled
});
const closing$1 = (from, to) => statement(`UPDATE customer_order SET status = '${to}' WHERE uuid = :uuid AND status = '${from}'`, "returned");
const confirmOrder = () => method$2("orders.confirm", "confirming", { confirming: closing$1("PENDING", "FINISH") });
const cancelOrder = () => method$2("orders.cancel", "marking", {
	marking: statement(insertOrder$1("CANCELLED"), [unchanged$1("cancelling"), "returned"]),
	cancelling: compensating(closing$1("PENDING", "CANCELLED"))
});
/** Charges, unless it has; an orchestrator's first step. */
const charge = () => method$2("payments.charge", "looking", {
	looking: statement("SELECT uuid FROM payment WHERE uuid = :uuid", [{
		target: "returned",
		test: ({ result }) => result.rows?.length === 1
	}, "charging"]),
	...charging("refusing-payment", "returned"),
	...refusingPayment
});
const undoCharge = () => method$2("payments.undo-charge", "refunding", refundSteps("returned"));
const placeOrder$2 = () => method$2("orders.place", "asking", {
	...ordering("returned"),
	ordering: statement(insertOrder$1("FINISH"), "returned")
});
// src/scenarios/compare-single.ts
const body$1 = {
	...charging("refusing-payment", "asking"),
	...ordering("telling"),
	telling: telling$1("returned"),
	...refusingPayment
};
/** Each write commits by itself. */
const oneByOne = () => managedHandler("shop.one-by-one", {
	units: [],
	before: numbering("called"),
	first: "charging",
	states: {
		...body$1,
		telling: telling$1("returned", false)
	},
	reply: reply$3
});
const CHAIN = [{
	name: "user",
	kind: "jdbc",
	database: "user"
}, {
	name: "order",
	kind: "jdbc",
	database: "order"
}];
/** Two database transactions in a chain, and a session that follows them. */
const chained = () => synchronizedHandler("shop.chained", {
	units: CHAIN,
	before: numbering("called"),
	first: "charging",
	states: body$1,
	reply: reply$3
});
const PARTICIPANTS$2 = [
	"user",
	"order",
	"session"
];
const twoPhase = () => globalHandler("shop.xa", {
	participants: PARTICIPANTS$2,
	before: numbering("called"),
	first: "charging",
	states: body$1,
	reply: reply$3
});
const recovery = () => recoveryMachine("shop.recovery", {
	participants: PARTICIPANTS$2,
	afterMs: 1e4
});
// src/scenarios/compare-patterns.ts
const hold = () => handlerMachine("other.hold", "beginning", "rolling-back", {
	beginning: step("begin", {}, "locking"),
	locking: step("sql", {
		sql: "SELECT id FROM customer WHERE id = 1 FOR UPDATE",
		params: {}
	}, "holding"),
	holding: step("sleep", ({ nowMs, parameters }) => ({ untilMs: nowMs + Number(parameters["holdMs"]) }), "rolling-back"),
	"rolling-back": step("rollback", { resource: "database" }, "finished", "failed")
});
const shop = () => ({
	name: "shop",
	databases: ["user", "order"],
	entries: [
		{
			name: "one-by-one",
			machine: oneByOne()
		},
		{
			name: "chained",
			machine: chained()
		},
		{
			name: "xa",
			machine: twoPhase()
		},
		{
			name: "best-effort",
			machine: bestEffort()
		},
		{
			name: "outbox",
			machine: outbox()
		},
		{
			name: "saga",
			machine: saga()
		},
		{
			name: "orchestrated",
			machine: orchestrated()
		},
		{
			name: "tcc",
			machine: tryConfirmCancel()
		}
	],
	listeners: [],
	jobs: [
		relayOf("shop", "user"),
		{
			name: "recovery",
			machine: recovery(),
			delayParameter: "recoveryDelayMs",
			waitsFor: `SELECT b.xid FROM xa.branches b JOIN world.resources r ON r.name = b.resource
        WHERE NOT r.gone`
		},
		{
			name: "resume",
			machine: resume$1(),
			delayParameter: "resumeDelayMs",
			waitsFor: `SELECT uuid FROM order.coordination
        WHERE status NOT IN ('DONE', 'CANCELLED', 'UNDONE')`
		}
	]
});
const payments = () => ({
	name: "payments",
	databases: ["user"],
	entries: [
		{
			name: "try",
			machine: tryPayment()
		},
		{
			name: "confirm",
			machine: confirmPayment()
		},
		{
			name: "cancel",
			machine: cancelPayment()
		},
		{
			name: "charge",
			machine: charge()
		},
		{
			name: "undo-charge",
			machine: undoCharge()
		}
	],
	listeners: [{
		name: "pay",
		queue: "saga:pay",
		machine: sagaPay()
	}, {
		name: "refund",
		queue: "saga:refund",
		machine: sagaRefund()
	}],
	jobs: []
});
const orders = () => ({
	name: "orders",
	databases: ["order"],
	entries: [
		{
			name: "try",
			machine: tryOrder()
		},
		{
			name: "confirm",
			machine: confirmOrder()
		},
		{
			name: "cancel",
			machine: cancelOrder()
		},
		{
			name: "place",
			machine: placeOrder$2()
		}
	],
	listeners: [
		{
			name: "paid",
			queue: "order:paid",
			machine: orderPaid()
		},
		{
			name: "posted",
			queue: "outbox:paid",
			machine: orderPosted()
		},
		{
			name: "start",
			queue: "saga:order",
			machine: sagaOrder()
		},
		{
			name: "finish",
			queue: "saga:paid",
			machine: sagaFinish()
		},
		{
			name: "fail",
			queue: "saga:refused",
			machine: sagaFail()
		}
	],
	jobs: [relayOf("orders", "order"), {
		name: "check",
		machine: sagaCheck(),
		delayParameter: "checkDelayMs",
		waitsFor: "SELECT uuid FROM order.customer_order WHERE status = 'NEW'"
	}]
});
const comparePatternsServices = () => [
	shop(),
	payments(),
	orders(),
	{
		name: "mail",
		databases: ["mail"],
		entries: [],
		listeners: [{
			name: "tell",
			queue: CREATED$1,
			machine: tell()
		}],
		jobs: []
	},
	{
		name: "other",
		databases: ["user"],
		entries: [{
			name: "hold",
			machine: hold()
		}],
		listeners: [],
		jobs: []
	}
];
// src/scenarios/dead-letter-words.ts
const DELIVERIES = "delivery:new";
const CANCELLATIONS = "delivery:cancel";
const REFUNDS = "order:refund";
const NEWS = "order:delivered";
/** A test of a parameter. */
const is = (name, value) => ({ parameters }) => parameters[name] === value;
/** Sends what there is to say of an order. */
const telling = (queue, exits, roundOf = ({ round }) => round) => step("send", ({ memory }) => {
	const { orderId, customerId, amount } = memory;
	return {
		queue,
		body: {
			orderId,
			customerId,
			amount,
			round: roundOf(memory)
		}
	};
}, exits);
/** Where a compensation begins. Without the guard the shop pays back at once, for all it knows. */
const compensate = [{
	target: "cancelling",
	test: is("guarded", 1)
}, "refunding"];
/** The states in which it begins. */
const requests = (exits) => ({
	cancelling: compensating(telling(CANCELLATIONS, exits)),
	refunding: compensating(telling(REFUNDS, exits))
});
// src/scenarios/dead-letter-ways.ts
/** Way one and way three begin here: both need somebody who listens to the dead letters. */
const hearDead = () => bestEffortListener("shop.dead-letters", {
	first: "choosing-way",
	states: {
		"choosing-way": fork([{
			target: "storing",
			test: is("way", "person")
		}, ...compensate]),
		...requests("committing"),
		storing: statement(`INSERT OR IGNORE INTO failed_message
  (order_id, round, customer_id, amount, state, stored_ms)
  VALUES (:orderId, :round, :customerId, :amount, 'OPEN', :now)`, "committing")
	}
});
/** Looks for an order to see to; where there is none, that was all. */
const finding$1 = (query, onward) => statement(query, [{
	target: "finished",
	test: ({ result }) => result.rows?.length === 0
}, {
	target: onward,
	remember: ({ result }) => result.rows?.[0]
}]);
const checkOverdue = () => handlerMachine("shop.check", "finding-overdue", "failing", {
	"finding-overdue": finding$1(`SELECT id AS orderId, customer_id AS customerId, amount, 1 AS round FROM customer_order
  WHERE status = 'PAID' AND coalesce(asked_ms, paid_ms) <= :now - :timeoutMs
    AND :way = 'timeout' ORDER BY id LIMIT 1`, "postponing"),
	postponing: statement("UPDATE customer_order SET asked_ms = :now WHERE id = :orderId", compensate),
	...requests("publishing"),
	publishing: step("commit", { resource: "session" }, "finding-overdue"),
	failing: step("rollback", { resource: "session" }, "failed", "failed")
});
const decides = (target, decision, test) => ({
	target,
	remember: ({ memory }) => ({
		...memory,
		decision
	}),
	...test && { test }
});
const person = () => handlerMachine("shop.person", "looking", "failing", {
	looking: finding$1(`SELECT order_id AS orderId, round, customer_id AS customerId, amount FROM failed_message
  WHERE state = 'OPEN' AND :now >= :personAtMs ORDER BY stored_ms, order_id LIMIT 1`, "deciding"),
	deciding: fork([
		decides("noting", "DROPPED", is("person", "drop")),
		decides("sending-again", "RETRIED", ({ memory: { round }, parameters }) => parameters["person"] === "retry" && !isExhausted(round, parameters)),
		decides("cancelling", "REFUNDED", is("guarded", 1)),
		decides("refunding", "REFUNDED")
	]),
	"sending-again": telling(DELIVERIES, "publishing", ({ round }) => round + 1),
	...requests("publishing"),
	publishing: step("commit", { resource: "session" }, "noting"),
	noting: statement(`UPDATE failed_message SET state = :decision, decided_ms = :now
  WHERE order_id = :orderId AND round = :round`, "looking"),
	failing: step("rollback", { resource: "session" }, "failed", "failed")
});
/** Subscribes only where somebody is to hear of dead letters; else they stay where they are. */
const deadLetters = () => ({
	name: "dead-letters",
	queue: DEAD_LETTER_QUEUE,
	machine: hearDead(),
	onlyIf: {
		parameter: "way",
		is: ["failure-queue", "person"]
	}
});
/** The timeout, and the person. */
const jobs = () => [{
	name: "check",
	machine: checkOverdue(),
	delayParameter: "checkDelayMs",
	waitsFor: "SELECT 1 FROM shop.customer_order WHERE status = 'PAID' AND :way = 'timeout'"
}, {
	name: "person",
	machine: person(),
	delayParameter: "personEveryMs",
	waitsFor: "SELECT 1 FROM shop.failed_message WHERE state = 'OPEN'"
}];
// src/scenarios/dead-letter.ts
const buy$1 = () => synchronizedHandler("shop.buy", {
	units: [{
		name: "",
		kind: "jdbc"
	}],
	first: "charging",
	states: {
		charging: statement(`UPDATE customer SET deposit = deposit - :amount
  WHERE id = :customerId AND deposit >= :amount`, [unchanged$1("refusing"), "inserting-order"]),
		refusing: failing("NotEnoughDepositException", "the customer has too little money"),
		"inserting-order": statement(`INSERT INTO customer_order (customer_id, amount, status, paid_ms)
  VALUES (:customerId, :amount, 'PAID', :now)`, [{
			target: "asking-delivery",
			remember: ({ memory, result }) => ({
				...memory,
				orderId: Number(result.lastId)
			})
		}]),
		"asking-delivery": telling(DELIVERIES, "returned", () => 1)
	},
	reply: ({ memory }) => memory.orderId
});
const hearDelivered = () => bestEffortListener("shop.delivered", {
	first: "closing",
	states: { closing: statement("UPDATE customer_order SET status = 'DELIVERED' WHERE id = :orderId AND status = 'PAID'", "committing") }
});
const refund = () => bestEffortListener("shop.refund", {
	first: "knowing-again",
	states: {
		"knowing-again": fork([{
			target: "recording",
			test: is("idempotent", 1)
		}, "paying-back"]),
		recording: recording$1(({ memory }) => `refund ${memory.orderId}`, {
			first: "paying-back",
			again: "committing"
		}),
		"paying-back": compensating(statement("UPDATE customer SET deposit = deposit + :amount WHERE id = :customerId", "logging-refund")),
		"logging-refund": compensating(statement("INSERT INTO refund (order_id, amount, at_ms) VALUES (:orderId, :amount, :now)", "closing")),
		closing: compensating(statement("UPDATE customer_order SET status = 'REFUNDED' WHERE id = :orderId", "committing"))
	}
});
const statusIs = (status) => ({ result }) => result.rows?.[0]?.["status"] === status;
const settling = (status, first) => statement(`INSERT OR IGNORE INTO parcel (order_id, status, at_ms) VALUES (:orderId, '${status}', :now)`, [unchanged$1("finding-parcel"), first]);
const findingParcel = (cancelled) => statement("SELECT status FROM parcel WHERE order_id = :orderId", [{
	target: cancelled,
	test: statusIs("CANCELLED")
}, "sending-delivered"]);
const isPoison = ({ memory: { deliveryCount }, parameters, nowMs }) => deliveryCount <= Number(parameters["failures"]) && nowMs < Number(parameters["mendedAtMs"] ?? Number.POSITIVE_INFINITY);
const deliver = () => bestEffortListener("delivery.deliver", {
	first: "counting",
	states: {
		counting: fork([{
			target: "dispatching",
			remember: ({ memory, result }) => {
				return {
					...memory,
					deliveryCount: result.deliveryCount ?? 1
				};
			}
		}]),
		dispatching: settling("DISPATCHED", "calling-carrier"),
		"calling-carrier": fork([{
			target: "breaking",
			test: isPoison
		}, "sending-delivered"]),
		breaking: failing("CarrierException", "the carrier cannot read this address"),
		"finding-parcel": findingParcel("committing"),
		"sending-delivered": telling(NEWS, "committing")
	}
});
const cancel = () => bestEffortListener("delivery.cancel", {
	first: "promising",
	states: {
		promising: compensating(settling("CANCELLED", "sending-refund")),
		"finding-parcel": findingParcel("sending-refund"),
		"sending-refund": compensating(telling(REFUNDS, "committing")),
		"sending-delivered": telling(NEWS, "committing")
	}
});
const listeners = () => [
	{
		name: "delivered",
		queue: NEWS,
		machine: hearDelivered()
	},
	{
		name: "refund",
		queue: REFUNDS,
		machine: refund()
	},
	deadLetters()
];
/** The shop, which takes the money and gives it back, and the service that fails. */
const deadLetterServices = () => [{
	name: "shop",
	databases: ["shop"],
	entries: [{
		name: "buy",
		machine: buy$1()
	}],
	listeners: listeners(),
	jobs: jobs()
}, {
	name: "delivery",
	databases: ["delivery"],
	entries: [],
	listeners: [{
		name: "deliver",
		queue: DELIVERIES,
		machine: deliver()
	}, {
		name: "cancel",
		queue: CANCELLATIONS,
		machine: cancel()
	}],
	jobs: []
}];
// src/scenarios/event-projection.ts
/** The one account of this ledger. */
const STREAM = "acc-1";
const sql$4 = (text, params, exits, database = "view") => step("sql", (found) => ({
	database,
	sql: text,
	params: {
		stream: STREAM,
		...params(found)
	}
}), exits);
const knowsPosition = ({ parameters }) => parameters["projection"] === "position";
const viewVersion = ({ result }) => Number(result.rows?.[0]?.["version"]);
const isOld = (found) => found.memory.version <= viewVersion(found);
const isEarly = (found) => found.memory.version > viewVersion(found) + 1;
const versionOf = ({ memory: { version } }) => ({ version });
const changeOf = ({ memory: { version, amount } }) => ({
	version,
	amount
});
/**
* Applies an event to the view; with its position, which is then written in the same statement.
* What has been applied before leads to `skipping`.
*/
const applying = (early = []) => ({
	applying: fork([{
		target: "locking",
		test: knowsPosition
	}, "updating"]),
	locking: sql$4("SELECT version FROM account WHERE stream = :stream FOR UPDATE", () => ({}), [
		{
			target: "skipping",
			test: isOld
		},
		...early,
		"updating-with-position"
	]),
	"updating-with-position": sql$4("UPDATE account SET balance = balance + :amount, version = :version WHERE stream = :stream", changeOf, "booking"),
	updating: sql$4("UPDATE account SET balance = balance + :amount WHERE stream = :stream", ({ memory: { amount } }) => ({ amount }), "booking"),
	booking: sql$4("INSERT INTO booking (stream, version, amount) VALUES (:stream, :version, :amount)", changeOf, "committing")
});
const projectEvent = () => bestEffortListener("reader.project", {
	first: "applying",
	states: {
		...applying([{
			target: "refusing-gap",
			test: isEarly
		}]),
		skipping: fork(["committing"]),
		"refusing-gap": failing("GapException", "an earlier event has not come yet")
	}
});
const onView = {
	resource: "database",
	database: "view"
};
const followEvents = () => handlerMachine("reader.follow", "recalling", "rolling-back", {
	recalling: step("recall", {}, [{
		target: "looking",
		test: ({ result }) => typeof result.value?.["seen"] === "number",
		remember: ({ memory, result }) => {
			return {
				...memory,
				seen: Number(result.value["seen"])
			};
		}
	}, "reading-bookmark"]),
	"reading-bookmark": sql$4("SELECT version FROM account WHERE stream = :stream AND :feed = 'job'", ({ parameters }) => ({ feed: parameters["feed"] ?? null }), [{
		target: "finished",
		test: ({ result }) => (result.rows?.length ?? 0) === 0
	}, {
		target: "remembering",
		remember: (found) => ({
			...found.memory,
			version: viewVersion(found)
		})
	}]),
	looking: step("sql", ({ memory: { seen = 0 } }) => ({
		database: "ledger",
		sql: `SELECT version, kind, amount FROM event
  WHERE stream = :stream AND version > :seen ORDER BY version LIMIT 1`,
		params: {
			stream: STREAM,
			seen
		}
	}), [{
		target: "finished",
		test: ({ result }) => (result.rows?.length ?? 0) === 0
	}, {
		target: "beginning",
		remember: ({ memory, result }) => ({
			...memory,
			...result.rows?.[0]
		})
	}]),
	beginning: step("begin", { database: "view" }, "applying"),
	...applying(),
	skipping: step("rollback", onView, "remembering"),
	committing: step("commit", onView, [{
		target: "remembering",
		test: knowsPosition
	}, "moving-bookmark"]),
	"moving-bookmark": sql$4("UPDATE account SET version = :version WHERE stream = :stream", versionOf, "remembering"),
	remembering: step("keep", ({ memory: { version } }) => ({ entries: { seen: version } }), [{
		target: "looking",
		remember: ({ memory }) => ({
			...memory,
			seen: memory.version
		})
	}]),
	"rolling-back": step("rollback", onView, "failed", "failed")
});
// src/scenarios/event-sourcing.ts
const sql$3 = (text, params, exits, onError) => step("sql", (found) => ({
	sql: typeof text === "string" ? text : text(found),
	params: {
		stream: STREAM,
		...params(found)
	}
}), exits, onError);
const fromSnapshot = ({ memory, result }) => {
	const { version = 0, balance = 0 } = result.rows?.[0] ?? {};
	return {
		...memory,
		version: Number(version),
		balance: Number(balance)
	};
};
/** The snapshot with the events after it. */
const replayed = ({ memory, result }) => {
	const events = result.rows ?? [];
	const version = Number(events.at(-1)?.["version"] ?? memory.version);
	const balance = events.reduce((sum, { amount }) => sum + Number(amount), memory.balance);
	return {
		...memory,
		version,
		balance
	};
};
const APPEND_EXPECTING = `INSERT INTO event (stream, version, kind, amount)
  VALUES (:stream, :version, 'withdrawn', :amount)`;
const APPEND_BLINDLY = `INSERT INTO event (stream, version, kind, amount)
  SELECT :stream, max(version) + 1, 'withdrawn', :amount FROM event WHERE stream = :stream`;
const expects = ({ parameters }) => parameters["expectedVersion"] === 1;
const nextVersion = ({ memory }) => memory.version + 1;
const isSnapshotDue = (found) => {
	const every = Number(found.parameters["snapshotEvery"]);
	return every > 0 && nextVersion(found) % every === 0;
};
const byQueue = ({ parameters }) => parameters["feed"] === "queue";
const withdraw = (counter) => handlerMachine(`${counter}.withdraw`, "starting", "rolling-back", {
	starting: fork([{
		target: "reading-snapshot",
		remember: ({ memory: { amount } }) => ({
			amount,
			version: 0,
			balance: 0,
			tries: 0
		})
	}]),
	"reading-snapshot": sql$3("SELECT version, balance FROM snapshot WHERE stream = :stream", () => ({}), [{
		target: "replaying",
		remember: fromSnapshot
	}]),
	replaying: sql$3(`SELECT version, kind, amount FROM event
  WHERE stream = :stream AND version > :version ORDER BY version`, ({ memory: { version } }) => ({ version }), [{
		target: "deciding",
		remember: replayed
	}]),
	deciding: fork([
		{
			target: "refusing",
			test: ({ memory: { balance, amount } }) => balance < amount
		},
		{
			target: "thinking",
			test: ({ parameters }) => counter === "teller" && Number(parameters["thinkMs"]) > 0
		},
		"beginning"
	]),
	thinking: step("sleep", ({ nowMs, parameters }) => ({ untilMs: nowMs + Number(parameters["thinkMs"]) }), "beginning"),
	beginning: step("begin", {}, "appending"),
	appending: sql$3((found) => expects(found) ? APPEND_EXPECTING : APPEND_BLINDLY, (found) => ({
		amount: -found.memory.amount,
		...expects(found) && { version: nextVersion(found) }
	}), [{
		target: "snapshotting",
		test: isSnapshotDue
	}, "committing"], [{
		target: "conflicting",
		test: ({ failure }) => failure?.code === "duplicate-key"
	}]),
	snapshotting: sql$3(`INSERT INTO snapshot (stream, version, balance) VALUES (:stream, :version, :balance)
  ON CONFLICT (stream) DO UPDATE SET version = excluded.version, balance = excluded.balance`, (found) => ({
		version: nextVersion(found),
		balance: found.memory.balance - found.memory.amount
	}), "committing"),
	committing: step("commit", { resource: "database" }, [{
		target: "publishing",
		test: byQueue
	}, "replying"]),
	publishing: step("send", (found) => ({
		queue: "account:event",
		body: {
			version: nextVersion(found),
			kind: "withdrawn",
			amount: -found.memory.amount
		},
		transacted: false
	}), "replying"),
	replying: step("reply", ({ memory: { balance, amount } }) => ({ value: {
		done: true,
		balance: balance - amount
	} }), "finished"),
	refusing: step("reply", ({ memory: { balance } }) => ({ value: {
		done: false,
		balance
	} }), "finished"),
	conflicting: step("rollback", { resource: "database" }, [{
		target: "giving-up",
		test: ({ memory, parameters }) => memory.tries + 1 >= Number(parameters["triesMax"])
	}, {
		target: "reading-snapshot",
		remember: ({ memory }) => ({
			...memory,
			tries: memory.tries + 1
		})
	}]),
	"giving-up": failing("ConcurrencyException", "somebody else was always faster"),
	"rolling-back": step("rollback", { resource: "database" }, "failed", "failed")
});
const counterService = (name) => ({
	name,
	databases: ["ledger"],
	entries: [{
		name: "withdraw",
		machine: withdraw(name)
	}],
	listeners: [],
	jobs: []
});
/** Two counters over one ledger, and the reader with its view. */
const eventSourcingServices = () => [
	counterService("teller"),
	counterService("online"),
	{
		name: "reader",
		databases: ["view", "ledger"],
		entries: [],
		listeners: [{
			name: "project",
			queue: "account:event",
			machine: projectEvent()
		}],
		jobs: [{
			name: "follow",
			machine: followEvents(),
			delayParameter: "followMs",
			waitsFor: `SELECT 1 FROM ledger.event AS event JOIN view.account AS account
  ON account.stream = event.stream AND event.version > account.version
  WHERE :feed = 'job'`
		}]
	}
];
// src/scenarios/idempotency.ts
const requestOf = ({ memory: { method, purchase, amount }, parameters }) => {
	if (method === "put") return { limit: parameters["limit"] ?? null };
	if (method !== "post") return {};
	return {
		purchase,
		amount,
		...parameters["key"] === "none" ? {} : { idempotencyKey: purchase }
	};
};
const moreTries = ({ memory }) => ({
	...memory,
	tries: memory.tries + 1
});
const ask$1 = () => handlerMachine("client.ask", "starting", "failed", {
	starting: fork([{
		target: "calling",
		remember: ({ memory }) => ({
			...memory,
			tries: 0,
			answer: {}
		})
	}]),
	calling: step("call", (given) => ({
		service: "bank",
		handler: given.memory.method,
		body: requestOf(given),
		timeoutMs: Number(given.parameters["patienceMs"])
	}), [{
		target: "telling",
		remember: ({ memory, result }) => ({
			...memory,
			answer: result.value
		})
	}], [{
		target: "giving-up",
		test: ({ memory, parameters }) => memory.tries + 1 >= Number(parameters["triesMax"])
	}, {
		target: "waiting",
		remember: moreTries
	}]),
	waiting: step("sleep", ({ memory, nowMs, parameters }) => ({ untilMs: nowMs + Number(parameters["pauseMs"]) * 2 ** (memory.tries - 1) }), "calling"),
	telling: step("reply", ({ memory: { method, answer } }) => ({ value: {
		asked: method,
		...answer
	} }), "finished"),
	"giving-up": step("throw", { error: {
		code: "AnswerUnknown",
		definite: false,
		detail: "no answer to any of the tries"
	} }, [])
});
const sql$2 = (text, params, exits, onError) => step("sql", (found) => ({
	sql: text,
	params: params(found)
}), exits, onError);
const answering$1 = (value) => step("reply", (found) => ({ value: value(found) }), "finished");
const get = () => handlerMachine("bank.get", "reading", "failed", {
	reading: sql$2("SELECT balance FROM account WHERE id = 1", () => ({}), "replying"),
	replying: answering$1(({ result }) => ({
		status: 200,
		...result.rows?.[0]
	}))
});
const put = () => handlerMachine("bank.put", "setting", "failed", {
	setting: sql$2("UPDATE account SET daily_limit = :limit WHERE id = 1", ({ memory: { limit } }) => ({ limit }), "replying"),
	replying: answering$1(({ memory: { limit } }) => ({
		status: 200,
		limit
	}))
});
const remove = () => handlerMachine("bank.delete", "deleting", "failed", {
	deleting: sql$2("DELETE FROM card WHERE id = 1", () => ({}), "replying"),
	replying: answering$1(({ result }) => ({ status: result.affected === 0 ? 404 : 204 }))
});
const keyIs = (when) => ({ parameters }) => parameters["key"] === when;
const isDuplicate = ({ failure }) => failure?.code === "duplicate-key";
/** Stores the key, with the answer if there is one yet; `known` is where a key that is there leads. */
const storing = (then, known) => sql$2("INSERT INTO idempotency_key (idempotency_key, charge_id) VALUES (:key, :charge)", ({ memory: { idempotencyKey = "", charge = null } }) => ({
	key: idempotencyKey,
	charge
}), then, [{
	target: known,
	test: isDuplicate
}]);
const finding = (exits) => sql$2("SELECT charge_id FROM idempotency_key WHERE idempotency_key = :key", ({ memory: { idempotencyKey = "" } }) => ({ key: idempotencyKey }), exits);
const rememberAnswer = ({ memory, result }) => {
	return {
		...memory,
		charge: result.rows?.[0]?.["charge_id"] ?? null
	};
};
const rememberCharge = ({ memory, result }) => {
	return {
		...memory,
		charge: result.lastId ?? null
	};
};
const works = ({ parameters }) => Number(parameters["workMs"]) > 0;
const post$1 = () => handlerMachine("bank.post", "starting", "rolling-back", {
	starting: fork([
		{
			target: "storing-key-before",
			test: keyIs("before")
		},
		{
			target: "finding-key",
			test: keyIs("after")
		},
		"beginning"
	]),
	"storing-key-before": storing("beginning", "finding-answer"),
	"finding-key": finding([{
		target: "replying-again",
		test: ({ result }) => (result.rows?.length ?? 0) > 0,
		remember: rememberAnswer
	}, "beginning"]),
	beginning: step("begin", {}, [{
		target: "storing-key",
		test: keyIs("with")
	}, "charging"]),
	"storing-key": storing("charging", "leaving"),
	charging: sql$2("UPDATE account SET balance = balance - :amount WHERE id = 1 AND balance >= :amount", ({ memory: { amount } }) => ({ amount }), [
		{
			target: "refusing",
			test: ({ result }) => result.affected === 0
		},
		{
			target: "working",
			test: works
		},
		"recording"
	]),
	working: step("sleep", ({ nowMs, parameters }) => ({ untilMs: nowMs + Number(parameters["workMs"]) }), "recording"),
	recording: sql$2("INSERT INTO charge (purchase, amount) VALUES (:purchase, :amount)", ({ memory: { purchase, amount } }) => ({
		purchase,
		amount
	}), [{
		target: "storing-answer",
		test: keyIs("with"),
		remember: rememberCharge
	}, {
		target: "committing",
		remember: rememberCharge
	}]),
	"storing-answer": sql$2("UPDATE idempotency_key SET charge_id = :charge WHERE idempotency_key = :key", ({ memory: { idempotencyKey = "", charge = null } }) => ({
		key: idempotencyKey,
		charge
	}), "committing"),
	committing: step("commit", { resource: "database" }, [{
		target: "storing-key-after",
		test: keyIs("after")
	}, "replying"]),
	"storing-key-after": storing("replying", "replying"),
	replying: answering$1(({ memory: { purchase, charge = null } }) => {
		return {
			status: 201,
			purchase,
			charge
		};
	}),
	leaving: step("rollback", { resource: "database" }, "finding-answer"),
	"finding-answer": finding([{
		target: "replying-again",
		remember: rememberAnswer
	}]),
	"replying-again": answering$1(({ memory: { purchase, charge = null } }) => {
		return {
			status: 201,
			purchase,
			charge,
			again: true
		};
	}),
	refusing: step("rollback", { resource: "database" }, "replying-refusal"),
	"replying-refusal": answering$1(({ memory: { purchase } }) => ({
		status: 402,
		purchase
	})),
	"rolling-back": step("rollback", { resource: "database" }, "failed", "failed")
});
/** The client, and the bank with its account. */
const idempotencyServices = () => [{
	name: "client",
	databases: [],
	entries: [{
		name: "ask",
		machine: ask$1()
	}],
	listeners: [],
	jobs: []
}, {
	name: "bank",
	databases: ["bank"],
	entries: [
		{
			name: "get",
			machine: get()
		},
		{
			name: "put",
			machine: put()
		},
		{
			name: "delete",
			machine: remove()
		},
		{
			name: "post",
			machine: post$1()
		}
	],
	listeners: [],
	jobs: []
}];
const say = (client) => (sql, pauses = 0) => ({
	client,
	sql,
	pauses
});
const t1 = say("t1");
const t2 = say("t2");
const t3 = say("t3");
const ALL = "SELECT * FROM test";
const write = (value, id) => `UPDATE test SET value = ${value} WHERE id = ${id}`;
const read$1 = (id) => `${ALL} WHERE id = ${id}`;
const BOTH_BEGIN = [t1("BEGIN"), t2("BEGIN")];
const BOTH_COMMIT = [t1("COMMIT"), t2("COMMIT")];
const BOTH_READ = [t1(`${ALL} WHERE id IN (1, 2)`), t2(`${ALL} WHERE id IN (1, 2)`)];
const THIRDS = `${ALL} WHERE value % 3 = 0`;
const HERMITAGE = {
	G0: [
		...BOTH_BEGIN,
		t1(write(11, 1)),
		t2(write(12, 1)),
		t1(write(21, 2)),
		t1("COMMIT"),
		t1(ALL),
		t2(write(22, 2)),
		t2("COMMIT"),
		t1(ALL)
	],
	G1a: [
		...BOTH_BEGIN,
		t1(write(101, 1)),
		t2(ALL),
		t1("ROLLBACK"),
		t2(ALL),
		t2("COMMIT")
	],
	G1b: [
		...BOTH_BEGIN,
		t1(write(101, 1)),
		t2(ALL),
		t1(write(11, 1)),
		t1("COMMIT"),
		t2(ALL),
		t2("COMMIT")
	],
	G1c: [
		...BOTH_BEGIN,
		t1(write(11, 1)),
		t2(write(22, 2)),
		t1(read$1(2)),
		t2(read$1(1)),
		...BOTH_COMMIT
	],
	OTV: [
		...BOTH_BEGIN,
		t3("BEGIN"),
		t1(write(11, 1)),
		t1(write(19, 2)),
		t2(write(12, 1)),
		t1("COMMIT"),
		t3(ALL),
		t2(write(18, 2)),
		t3(ALL),
		t2("COMMIT"),
		t3(ALL),
		t3("COMMIT")
	],
	PMP: [
		...BOTH_BEGIN,
		t1(`${ALL} WHERE value = 30`),
		t2("INSERT INTO test (id, value) VALUES (3, 30)"),
		t2("COMMIT"),
		t1(THIRDS),
		t1("COMMIT")
	],
	"PMP-write": [
		...BOTH_BEGIN,
		t2(`${ALL} WHERE value = 20`),
		t1("UPDATE test SET value = value + 10"),
		t2("DELETE FROM test WHERE value = 20"),
		t1("COMMIT"),
		t2(ALL),
		t2("COMMIT")
	],
	P4: [
		...BOTH_BEGIN,
		t1(read$1(1)),
		t2(read$1(1)),
		t1(write(11, 1)),
		t2(write(12, 1)),
		...BOTH_COMMIT
	],
	"G-single": [
		...BOTH_BEGIN,
		t1(read$1(1)),
		t2(read$1(1)),
		t2(read$1(2)),
		t2(write(12, 1)),
		t2(write(18, 2)),
		t2("COMMIT"),
		t1(read$1(2)),
		t1("COMMIT")
	],
	"G-single-write": [
		...BOTH_BEGIN,
		t1(read$1(1)),
		t2(ALL),
		t2(write(12, 1)),
		t2(write(18, 2)),
		t2("COMMIT"),
		t1("DELETE FROM test WHERE value = 20"),
		t1(read$1(2)),
		t1("COMMIT")
	],
	"G2-item": [
		...BOTH_BEGIN,
		...BOTH_READ,
		t1(write(11, 1)),
		t2(write(21, 2)),
		...BOTH_COMMIT
	],
	G2: [
		...BOTH_BEGIN,
		t1(THIRDS),
		t2(THIRDS),
		t1("INSERT INTO test (id, value) VALUES (3, 30)"),
		t2("INSERT INTO test (id, value) VALUES (4, 42)"),
		...BOTH_COMMIT,
		t1(THIRDS)
	]
};
const FIND_TICKET = "SELECT * FROM ticket WHERE ticket_num = 110";
const saveTicket = (customer) => `UPDATE ticket SET ticket_num = 110, lock_user = ${customer}, owner = NULL WHERE id = 1`;
const lockTicket$2 = (customer) => `UPDATE ticket SET lock_user = ${customer} WHERE lock_user IS NULL AND ticket_num = 110`;
const DEPOSIT = "SELECT deposit FROM customer WHERE id = 1";
const setDeposit = (deposit) => `UPDATE customer SET deposit = ${deposit} WHERE id = 1`;
const takeDeposit = (amount, guard = "") => `UPDATE customer SET deposit = deposit - ${amount} WHERE id = 1${guard}`;
const SHOP = {
	"read-then-save": [
		t1("BEGIN"),
		t1(FIND_TICKET),
		t2("BEGIN"),
		t2(FIND_TICKET),
		t1(saveTicket(1), 1),
		t1("COMMIT", 1),
		t2(saveTicket(2), 1),
		t2("COMMIT", 1)
	],
	"conditional-update": [
		t1("BEGIN"),
		t1(lockTicket$2(1)),
		t2("BEGIN"),
		t2(lockTicket$2(2)),
		t1("COMMIT", 1),
		t2("COMMIT", 2)
	],
	"absolute-update": [
		...BOTH_BEGIN,
		t1(DEPOSIT),
		t2(DEPOSIT),
		t1(setDeposit(70)),
		t2(setDeposit(60)),
		...BOTH_COMMIT
	],
	"relative-update": [
		...BOTH_BEGIN,
		t1(takeDeposit(30)),
		t2(takeDeposit(40)),
		...BOTH_COMMIT
	],
	"check-then-charge": [
		...BOTH_BEGIN,
		t1(DEPOSIT),
		t2(DEPOSIT),
		t1(takeDeposit(80)),
		t2(takeDeposit(80)),
		...BOTH_COMMIT
	],
	"guarded-charge": [
		...BOTH_BEGIN,
		t1(takeDeposit(80, " AND deposit >= 80")),
		t2(takeDeposit(80, " AND deposit >= 80")),
		...BOTH_COMMIT
	]
};
const SCRIPTS = new Map(Object.entries({
	...HERMITAGE,
	...SHOP
}));
/** The nth turn of a client in the play of an anomaly, counted from 0; null when it is through. */
function turnOf$2(anomaly, client, nth, pauseMs) {
	return (SCRIPTS.get(anomaly) ?? []).flatMap(({ client: who, sql, pauses }, at) => who === client ? [{
		sql,
		atMs: (at + 1) * 10 + pauses * pauseMs
	}] : [])[nth] ?? null;
}
// src/scenarios/isolation.ts
const isRead = /^SELECT\b/;
const isWrite = /^(INSERT|UPDATE|DELETE)\b/;
const levelOf = ({ parameters }) => parameters["level"];
/** The machine of one client. What fails makes it roll back, if the server has not, and stop. */
function playOf(client) {
	const next = ({ memory, parameters }) => {
		const { anomaly, pauseMs } = parameters;
		return turnOf$2(String(anomaly), client, memory.turns, Number(pauseMs));
	};
	const when = (target, words) => ({
		target,
		test: (given) => words.test(next(given)?.sql ?? "")
	});
	const onward = [{
		target: "waiting-turn",
		remember: ({ memory: { turns, startMs } }) => ({
			turns: turns + 1,
			startMs
		})
	}];
	const statement = step("sql", (given) => ({
		sql: next(given)?.sql ?? "",
		params: {},
		isolation: levelOf(given)
	}), onward);
	return handlerMachine(`${client}.play`, "arriving", "giving-up", {
		arriving: step("sleep", { untilMs: 0 }, [{
			target: "waiting-turn",
			remember: ({ nowMs }) => ({
				turns: 0,
				startMs: nowMs - nowMs % 10
			})
		}]),
		"waiting-turn": step("sleep", (given) => ({ untilMs: given.memory.startMs + (next(given)?.atMs ?? 0) }), [
			when("beginning", /^BEGIN$/),
			when("reading", isRead),
			when("writing", isWrite),
			when("committing", /^COMMIT$/),
			when("rolling-back", /^ROLLBACK$/),
			"finished"
		]),
		beginning: step("begin", (given) => ({ isolation: levelOf(given) }), onward),
		reading: statement,
		writing: statement,
		committing: step("commit", { resource: "database" }, onward),
		"rolling-back": step("rollback", { resource: "database" }, onward),
		"giving-up": step("rollback", { resource: "database" }, "failed", "failed")
	});
}
/** All clients; who has no part in a script ends at once. */
function isolationServices() {
	return [
		"t1",
		"t2",
		"t3"
	].map((name) => ({
		name,
		databases: ["shop"],
		listeners: [],
		entries: [{
			name: "play",
			machine: playOf(name)
		}],
		jobs: []
	}));
}
// src/scenarios/jms-session.ts
/** What a container waits after an exception of its own transaction manager, in ms. */
const RECOVERY_MS = 5e3;
const hasError = ({ memory }) => memory.msg.includes("error");
const onError = (target, otherwise) => [{
	target,
	test: hasError
}, otherwise];
const replying$2 = (words, exits, transacted = true) => step("send", ({ memory }) => ({
	queue: "customer:msg:reply",
	body: { msg: `${words} - ${memory.msg}` },
	transacted
}), exits);
const sendTo = (handler, queue) => managedHandler(handler, {
	units: [],
	first: "sending",
	states: { sending: step("send", ({ memory }) => ({
		queue,
		body: { msg: memory.msg },
		transacted: false
	}), "returned") }
});
const failure$1 = failing("RuntimeException", "some Data error.");
const received = ({ result }) => {
	const { msg } = result.value;
	return {
		msg,
		deliveryCount: result.deliveryCount ?? 1
	};
};
/** Whether the container has a JmsTransactionManager, or only a transacted session. */
const hasManager = ({ parameters }) => parameters["manager"] === "jms";
const message1 = () => managedListener("app.message1", {
	units: [],
	received,
	redeliverAfterMs: (given) => hasManager(given) ? 0 : void 0,
	first: "sending-reply",
	states: {
		"sending-reply": replying$2("Replied", onError("failing", "returned")),
		failing: failure$1
	}
});
const message2 = () => managedListener("app.message2", {
	units: [],
	received,
	redeliverAfterMs: (given) => {
		if (!hasManager(given)) return void 0;
		return (given.memory.deliveryCount ?? 1) > 1 ? RECOVERY_MS : 0;
	},
	first: "sending-reply",
	states: {
		"sending-reply": replying$2("Replied-2", onError("marking-rollback-only", "returned")),
		"marking-rollback-only": step("note", { note: "dooms" }, [{
			target: "refusing-commit",
			test: hasManager
		}, "returned"]),
		"refusing-commit": failing("UnexpectedRollbackException", "Transaction rolled back because it has been marked as rollback-only")
	}
});
const direct1 = () => managedHandler("app.message1-direct", {
	units: [],
	first: "sending-reply",
	states: {
		"sending-reply": replying$2("Replied", onError("failing", "returned"), false),
		failing: failure$1
	}
});
const direct2 = () => managedHandler("app.message2-direct", {
	units: [{
		name: "",
		kind: "jms"
	}],
	programmatic: true,
	first: "sending-reply",
	states: { "sending-reply": replying$2("Replied-2", onError("undoing", "returned")) }
});
const polling = {
	polling: step("poll", ({ parameters }) => ({
		queue: "customer:msg:reply",
		timeoutMs: Number(parameters["receiveTimeoutMs"])
	}), [{
		target: "read",
		remember: ({ result }) => result.value ?? { msg: "" }
	}]),
	read: fork(["returned"])
};
const read = () => managedHandler("app.read", {
	units: [],
	first: "polling",
	states: polling,
	reply: ({ memory }) => memory.msg === "" ? null : memory.msg
});
const jmsSessionServices = () => [{
	name: "app",
	databases: [],
	entries: [
		{
			name: "message1-listen",
			machine: sendTo("app.message1-listen", "customer:msg:new")
		},
		{
			name: "message1-direct",
			machine: direct1()
		},
		{
			name: "message2-listen",
			machine: sendTo("app.message2-listen", "customer:msg2:new")
		},
		{
			name: "message2-direct",
			machine: direct2()
		},
		{
			name: "read",
			machine: read()
		}
	],
	listeners: [{
		name: "message1",
		queue: "customer:msg:new",
		machine: message1()
	}, {
		name: "message2",
		queue: "customer:msg2:new",
		machine: message2()
	}],
	jobs: []
}];
// src/scenarios/jpa-local.ts
const JPA$1 = [{
	name: "",
	kind: "jpa"
}];
const hasId = ({ memory }) => memory.id !== null;
const refusing = failing("RuntimeException", "the customer exists already");
const afterSave = (ok) => [
	{
		target: "failing",
		test: ({ memory }) => memory.fails === "runtime"
	},
	{
		target: "failing-checked",
		test: ({ memory }) => memory.fails === "checked"
	},
	ok
];
const failures = {
	failing: failing("RuntimeException", "after the save"),
	"failing-checked": failing("Exception", "a checked exception after the save")
};
/** Hibernate inserts at once where the database makes the id. */
const saving$2 = (way, exits) => step("sql", ({ memory, parameters }) => ({
	sql: `INSERT INTO customer (deposit, password, role, user_name)
  VALUES (:deposit, NULL, NULL, :name)`,
	params: {
		deposit: parameters["deposit"] ?? null,
		name: parameters["prefix"] === 1 ? `${way}:${memory.name}` : memory.name
	}
}), exits.map((exit) => ({
	...typeof exit === "string" ? { target: exit } : exit,
	remember: ({ memory, result }) => ({
		...memory,
		created: result.lastId ?? 0
	})
})));
const pauses = ({ parameters }) => Number(parameters["pauseMs"]) > 0;
/** The body: save; and, if it pauses, save once more afterwards. */
const body = (way) => ({
	saving: saving$2(way, [{
		target: "pausing",
		test: pauses
	}, ...afterSave("returned")]),
	pausing: step("sleep", ({ nowMs, parameters }) => ({ untilMs: nowMs + Number(parameters["pauseMs"]) }), "saving-again"),
	"saving-again": saving$2(way, afterSave("returned")),
	...failures
});
const reply$2 = ({ memory }) => memory.created ?? null;
const createInAnnotation = () => managedHandler("app.annotation", {
	units: JPA$1,
	commitsOn: ["Exception"],
	first: "checking-id",
	states: {
		"checking-id": fork([{
			target: "refusing-id",
			test: hasId
		}, "saving"]),
		"refusing-id": refusing,
		...body("Annotation")
	},
	reply: reply$2
});
const createInCode = () => managedHandler("app.code", {
	units: JPA$1,
	programmatic: true,
	definition: ({ parameters }) => ({
		isolation: "serializable",
		timeoutMs: Number(parameters["timeoutMs"])
	}),
	before: {
		"checking-id": fork([{
			target: "refusing-id",
			test: hasId
		}, "called"]),
		"refusing-id": refusing
	},
	first: "saving",
	states: body("Code"),
	reply: reply$2
});
const createPlainly = () => managedHandler("app.plain", {
	units: JPA$1,
	first: "saving",
	states: { saving: saving$2("Plain", ["returned"]) },
	afterwards: {
		saved: fork(afterSave("replying")),
		...failures
	},
	reply: reply$2
});
const jpaLocalServices = () => [{
	name: "app",
	databases: ["user"],
	entries: [
		{
			name: "annotation",
			machine: createInAnnotation()
		},
		{
			name: "code",
			machine: createInCode()
		},
		{
			name: "plain",
			machine: createPlainly()
		}
	],
	listeners: [],
	jobs: []
}];
// src/scenarios/jta-single.ts
const checkingId$1 = {
	"checking-id": fork([{
		target: "refusing-id",
		test: ({ memory }) => memory.id !== null
	}, "called"]),
	"refusing-id": failing("RuntimeException", "the customer exists already")
};
const create$1 = (way, own) => globalHandler(`app.${way.toLowerCase()}`, {
	participants: ["user"],
	before: checkingId$1,
	first: "saving",
	states: {
		saving: step("sql", ({ memory: { name } }) => ({
			sql: "INSERT INTO customer (user_name, deposit) VALUES (:name, 100)",
			params: { name: `${way}:${name}` }
		}), [{
			target: "failing",
			test: ({ memory }) => memory.name.includes("error")
		}, {
			target: "returned",
			remember: ({ memory, result }) => ({
				...memory,
				created: result.lastId ?? 0
			})
		}]),
		failing: failing("RuntimeException", "Error")
	},
	reply: ({ memory }) => memory.created ?? null,
	...own
});
const isolation = ({ parameters }) => parameters["isolation"] === "default" ? null : String(parameters["isolation"]);
const jtaSingleServices = () => [{
	name: "app",
	databases: ["user"],
	entries: [{
		name: "annotation",
		machine: create$1("Annotation", {})
	}, {
		name: "code",
		machine: create$1("Code", {
			isolation,
			timeoutMs: 15e3
		})
	}],
	listeners: [],
	jobs: []
}];
// src/scenarios/jta-onlookers.ts
const waiting = (parameter, exit) => step("sleep", ({ parameters }) => ({ untilMs: Number(parameters[parameter]) }), exit);
const on = (participant) => participant === "session" ? { resource: "session" } : {
	resource: "database",
	database: participant
};
const RESOURCES = [
	"user",
	"order",
	"session"
];
/** The operator asks one resource what it has in doubt, and decides the first branch. */
function decideByHand(decision) {
	const word = decision === "commit" ? "committing" : "rolling-back";
	const asked = (participant) => ({
		target: `recovering-${participant}`,
		test: ({ parameters }) => parameters["operatorOn"] === participant
	});
	const states = RESOURCES.map((participant) => {
		const found = [{
			target: "finished",
			test: ({ result }) => result.rows?.length === 0
		}, {
			target: `${word}-${participant}`,
			remember: ({ result }) => {
				const { xid = "", branchId = "" } = result.rows?.[0] ?? {};
				return {
					xid: String(xid),
					branchId: String(branchId)
				};
			}
		}];
		return {
			[`recovering-${participant}`]: step("recover", on(participant), found),
			[`${word}-${participant}`]: step(decision, ({ memory: branch }) => ({
				...on(participant),
				branch
			}), "finished")
		};
	});
	return handlerMachine(`operator.${decision}`, "waiting", "failed", {
		waiting: waiting("operatorAtMs", "choosing"),
		choosing: fork([...RESOURCES.map(asked), "finished"]),
		...Object.assign({}, ...states)
	});
}
/** Reads the customer, which sees the old value, and then wants to write, which waits. */
const touchCustomer = () => handlerMachine("other.touch", "waiting", "failed", {
	waiting: waiting("otherAtMs", "reading"),
	reading: step("sql", {
		sql: "SELECT deposit FROM customer WHERE id = 1",
		params: {}
	}, "writing"),
	writing: step("sql", {
		sql: "UPDATE customer SET deposit = deposit - 1 WHERE id = 1",
		params: {}
	}, "finished")
});
// src/scenarios/jta-xa.ts
const isError = ({ memory }) => memory.name.includes("error");
const failure = { failing: failing("RuntimeException", "Error") };
const checkingId = {
	"checking-id": fork([{
		target: "refusing-id",
		test: ({ memory }) => (memory.id ?? null) !== null
	}, "called"]),
	"refusing-id": failing("RuntimeException", "the customer exists already")
};
const saving$1 = (way, onward) => ({ saving: step("sql", ({ memory: { name } }) => ({
	database: "user",
	sql: "INSERT INTO customer (user_name, deposit) VALUES (:name, 100)",
	params: { name: `${way}:${name}` }
}), onward) });
const replying$1 = (way, onward) => ({ "sending-reply": step("send", ({ memory: { name } }) => ({
	queue: "customer:msg:reply",
	body: { msg: `${way}:${name} created.` }
}), onward) });
const ending$1 = {
	deciding: fork([{
		target: "failing",
		test: isError
	}, "returned"]),
	...failure
};
const global = (name, method, checks = true) => globalHandler(`app.${name}`, {
	...method,
	...checks && { before: checkingId }
});
const sendingFirst = {
	...replying$1("Annotation", "saving"),
	...saving$1("Annotation", "deciding"),
	...ending$1
};
const savingFirst = {
	...saving$1("Code", "sending-reply"),
	...replying$1("Code", "deciding"),
	...ending$1
};
const annotation = () => global("annotation", {
	participants: ["session", "user"],
	first: "sending-reply",
	states: sendingFirst
});
const code = () => global("code", {
	participants: ["user", "session"],
	timeoutMs: 15e3,
	isolation: ({ parameters }) => parameters["isolation"] === "default" ? null : String(parameters["isolation"]),
	first: "saving",
	states: savingFirst
});
const listener = (name, first, states) => global(name, {
	participants: ["session", "user"],
	listens: true,
	first,
	states
}, false);
const placeOrder$1 = () => global("two-databases", {
	participants: ["user", "order"],
	first: "charging",
	states: {
		charging: step("sql", ({ memory: { customerId, amount } }) => ({
			database: "user",
			sql: "UPDATE customer SET deposit = deposit - :amount WHERE id = :customerId",
			params: {
				customerId,
				amount
			}
		}), "inserting-order"),
		"inserting-order": step("sql", ({ memory: { customerId, name, amount } }) => ({
			database: "order",
			sql: `INSERT INTO customer_order (customer_id, title, amount)
  VALUES (:customerId, :name, :amount)`,
			params: {
				customerId,
				name,
				amount
			}
		}), "deciding"),
		...ending$1
	}
});
const send$1 = (name, queue) => managedHandler(`app.${name}`, {
	units: [],
	first: "sending",
	states: { sending: step("send", ({ memory }) => ({
		queue,
		body: { name: memory.name },
		transacted: false
	}), "returned") }
});
const UNFINISHED = `SELECT b.xid FROM xa.branches b JOIN world.resources r ON r.name = b.resource
  WHERE NOT r.gone AND (:registered = 1 OR b.resource <> 'user')
  UNION ALL
  SELECT l.xid FROM xa.log l WHERE l.decision = 'commit'
    AND NOT EXISTS (SELECT 1 FROM xa.log e WHERE e.xid = l.xid AND e.decision <> 'commit')
    AND NOT EXISTS (SELECT 1 FROM world.resources WHERE gone)`;
const PARTICIPANTS$1 = [
	"session",
	"user",
	"order"
];
const recover$1 = () => recoveryMachine("app.recovery", {
	participants: PARTICIPANTS$1,
	afterMs: 1e4,
	knows: (participant, { registered }) => participant !== "user" || registered === 1
});
const jtaXaServices = () => [
	{
		name: "app",
		databases: ["user", "order"],
		entries: [
			{
				name: "annotation",
				machine: annotation()
			},
			{
				name: "code",
				machine: code()
			},
			{
				name: "listen",
				machine: send$1("listen", "customer:msg:new")
			},
			{
				name: "listen-code",
				machine: send$1("listen-code", "customer:msg2:new")
			},
			{
				name: "two-databases",
				machine: placeOrder$1()
			}
		],
		listeners: [{
			name: "handle",
			queue: "customer:msg:new",
			machine: listener("handle", "sending-reply", sendingFirst)
		}, {
			name: "handle-code",
			queue: "customer:msg2:new",
			machine: listener("handle-code", "saving", savingFirst)
		}],
		jobs: [{
			name: "recovery",
			machine: recover$1(),
			delayParameter: "recoveryDelayMs",
			waitsFor: UNFINISHED
		}]
	},
	{
		name: "operator",
		databases: ["user", "order"],
		entries: [{
			name: "commit",
			machine: decideByHand("commit")
		}, {
			name: "rollback",
			machine: decideByHand("rollback")
		}],
		listeners: [],
		jobs: []
	},
	{
		name: "other",
		databases: ["user"],
		entries: [{
			name: "touch",
			machine: touchCustomer()
		}],
		listeners: [],
		jobs: []
	}
];
// src/scenarios/outbox.ts
const JDBC$1 = [{
	name: "",
	kind: "jdbc"
}];
const CREATED = "order:created";
const naming = { naming: step("uuid", {}, [{
	target: "called",
	remember: ({ memory: { customer, points }, result }) => {
		return {
			uuid: String(result.value),
			customer,
			points
		};
	}
}]) };
const inserting = (then) => step("sql", ({ memory: { uuid, customer, points } }) => ({
	sql: "INSERT INTO customer_order (uuid, customer, points) VALUES (:uuid, :customer, :points)",
	params: {
		uuid,
		customer,
		points
	}
}), then);
const sending$1 = (then) => step("send", ({ memory }) => ({
	queue: CREATED,
	body: memory,
	transacted: false
}), then);
const method$1 = {
	units: JDBC$1,
	before: naming,
	first: "inserting-order"
};
const reply$1 = ({ memory }) => memory.uuid;
const takeByOutbox = () => managedHandler("shop.outbox", {
	...method$1,
	states: {
		"inserting-order": inserting("posting"),
		posting: posting(({ memory }) => ({
			messageId: memory.uuid,
			queue: CREATED,
			body: memory
		}), "returned")
	},
	reply: reply$1
});
const commitThenSend = () => managedHandler("shop.commit-then-send", {
	...method$1,
	states: { "inserting-order": inserting("returned") },
	afterwards: { sending: sending$1("replying") },
	reply: reply$1
});
const sendThenCommit = () => managedHandler("shop.send-then-commit", {
	...method$1,
	states: {
		"inserting-order": inserting("sending"),
		sending: sending$1("returned")
	},
	reply: reply$1
});
const isIdempotent$2 = ({ parameters }) => parameters["idempotent"] === 1;
const creditPoints = () => bestEffortListener("bonus.credit", {
	first: "choosing",
	states: {
		choosing: fork([{
			target: "recording-message",
			test: isIdempotent$2
		}, "crediting"]),
		"recording-message": recording$1(({ memory }) => memory.uuid, {
			first: "crediting",
			again: "committing"
		}),
		crediting: step("sql", ({ memory: { uuid, customer, points } }) => ({
			sql: "INSERT INTO credit (order_uuid, customer, points) VALUES (:uuid, :customer, :points)",
			params: {
				uuid,
				customer,
				points
			}
		}), "committing")
	}
});
const outboxServices = () => [{
	name: "shop",
	databases: ["shop"],
	entries: [
		{
			name: "outbox",
			machine: takeByOutbox()
		},
		{
			name: "commit-then-send",
			machine: commitThenSend()
		},
		{
			name: "send-then-commit",
			machine: sendThenCommit()
		}
	],
	listeners: [],
	jobs: [relayOf("shop")]
}, {
	name: "bonus",
	databases: ["bonus"],
	entries: [],
	listeners: [{
		name: "credit",
		queue: CREATED,
		machine: creditPoints()
	}],
	jobs: []
}];
// src/scenarios/propagation.ts
const when$2 = (target, parameter, value) => ({
	target,
	test: ({ parameters }) => parameters[parameter] === value
});
const sql$1 = (text, params, exits) => step("sql", (found) => ({
	sql: text,
	params: params(found)
}), exits);
const seeing = ({ memory, result }) => {
	return {
		...memory,
		ordersSeen: Number(result.rows?.[0]?.["orders"])
	};
};
const customer = ({ memory: { customerId } }) => ({ customerId });
/** What the annotations say, by the parameters; null stands for "nothing". */
function definition(propagation, { parameters }, names) {
	const timeoutMs = parameters[names.timeoutMs] ?? null;
	return {
		propagation,
		readOnly: parameters[names.readOnly] === 1,
		...timeoutMs !== null && { timeoutMs: Number(timeoutMs) }
	};
}
function auditDefinition(found) {
	const { propagation, isolation } = found.parameters;
	const own = definition(propagation, found, {
		readOnly: "readOnly",
		timeoutMs: "timeoutMs"
	});
	return isolation === "none" ? own : {
		...own,
		isolation
	};
}
function orderDefinition(found) {
	return definition(found.parameters["outer"] === "transaction" ? "REQUIRED" : "SUPPORTS", found, {
		readOnly: "outerReadOnly",
		timeoutMs: "outerTimeoutMs"
	});
}
const CHECKED = ["AuditException", "OrderException"];
const audit = () => calledMethod({
	prefix: "audit-",
	caller: "",
	definition: auditDefinition,
	commitsOn: CHECKED,
	first: "audit-counting",
	returns: "confirming",
	catches: when$2("catching", "outerCatches", 1),
	states: {
		"audit-counting": sql$1("SELECT count(*) AS orders FROM customer_order WHERE customer_id = :customerId", customer, [{
			target: "audit-pausing",
			test: ({ parameters }) => Number(parameters["pauseMs"]) > 0,
			remember: seeing
		}, {
			target: "audit-recording",
			remember: seeing
		}]),
		"audit-pausing": step("sleep", ({ nowMs, parameters }) => ({ untilMs: nowMs + Number(parameters["pauseMs"]) }), "audit-recording"),
		"audit-recording": sql$1("INSERT INTO audit_log (customer_id, orders_seen) VALUES (:customerId, :ordersSeen)", ({ memory }) => ({
			customerId: memory.customerId,
			ordersSeen: memory.ordersSeen ?? 0
		}), [when$2("audit-touching-customer", "sameRow", 1), "audit-finishing"]),
		"audit-touching-customer": sql$1("UPDATE customer SET audits = audits + 1 WHERE id = :customerId", customer, "audit-finishing"),
		"audit-finishing": fork([
			when$2("audit-failing", "innerFails", "runtime"),
			when$2("audit-failing-checked", "innerFails", "checked"),
			"audit-returned"
		]),
		"audit-failing": failing("IllegalStateException", "the audit fails"),
		"audit-failing-checked": failing("AuditException", "the audit fails (a checked exception)")
	}
});
const placeOrder = () => transactionalHandler("shop.order", {
	definition: orderDefinition,
	propagations: ["REQUIRED", "SUPPORTS"],
	commitsOn: CHECKED,
	first: "inserting-order",
	states: {
		"inserting-order": sql$1("INSERT INTO customer_order (customer_id, amount, status) VALUES (:customerId, :amount, 'NEW')", ({ memory: { customerId, amount } }) => ({
			customerId,
			amount
		}), [{
			target: "charging",
			remember: ({ memory, result }) => ({
				...memory,
				orderId: result.lastId ?? 0
			})
		}]),
		charging: sql$1("UPDATE customer SET deposit = deposit - :amount WHERE id = :customerId", ({ memory: { customerId, amount } }) => ({
			customerId,
			amount
		}), "audit-called"),
		...audit(),
		catching: step("note", { note: "catches" }, "confirming"),
		confirming: sql$1("UPDATE customer_order SET status = 'CONFIRMED' WHERE id = :orderId", ({ memory }) => ({ orderId: memory.orderId ?? 0 }), [
			when$2("failing", "outerFails", "runtime"),
			when$2("failing-checked", "outerFails", "checked"),
			"returned"
		]),
		failing: failing("IllegalStateException", "the order fails"),
		"failing-checked": failing("OrderException", "the order fails (a checked exception)")
	}
});
/** The one service; what its client is told is the end of `order`. */
const propagationServices = () => [{
	name: "shop",
	databases: ["shop"],
	entries: [{
		name: "order",
		machine: placeOrder()
	}],
	listeners: [],
	jobs: []
}];
// src/scenarios/saga-words.ts
/** The queue where replies arrive. */
const REPLIES = "saga:replies";
/** Who does a step, and listens to commands. */
const QUEUE_OF = {
	"reserve-ticket": "ticket:commands",
	charge: "user:commands",
	"confirm-ticket": "ticket:commands",
	refund: "user:commands",
	"release-ticket": "ticket:commands"
};
// src/scenarios/saga-participants.ts
const ends = (outcome, reason, target = "recording") => ({
	target,
	remember: ({ memory }) => ({
		...memory,
		outcome,
		reason
	})
});
const done = ends("DONE", null);
/** What is not there to be changed is a refusal. */
const refusedIfUnchanged = (reason) => ({
	...ends("REFUSED", reason),
	test: ({ result }) => result.affected === 0
});
const isFor = (name) => ({ memory }) => memory.step === name;
const isIdempotent$1 = ({ parameters }) => parameters["idempotent"] === 1;
const sending = step("send", ({ memory: { sagaId, step: name, attempt, outcome, reason } }) => {
	return {
		queue: REPLIES,
		body: {
			sagaId,
			step: name,
			attempt,
			outcome,
			reason
		}
	};
}, "committing");
const came = (outcome) => ({ memory }) => memory.outcome === outcome;
const failingAtFirst = (onward) => fork([{
	...ends("FAILED", "COMPENSATION_FAILED", "answering"),
	test: ({ memory, parameters }) => memory.attempt <= Number(parameters["compensationFailures"])
}, onward]);
/** A service that does steps, each from the state named for it on. */
function participant$1(name, steps, states) {
	const choices = Object.entries(steps).map(([one, target]) => {
		return {
			target,
			test: isFor(one)
		};
	});
	const machine = bestEffortListener(`${name}.commands`, {
		first: "knowing-again",
		states: {
			"knowing-again": fork([{
				target: "finding-handled",
				test: isIdempotent$1
			}, "choosing"]),
			"finding-handled": statement(`SELECT outcome, reason FROM handled_command
  WHERE saga_id = :sagaId AND step = :step FOR UPDATE`, [{
				target: "answering",
				test: ({ result }) => result.rows?.length === 1,
				remember: ({ memory, result }) => ({
					...memory,
					...result.rows?.[0]
				})
			}, "choosing"]),
			choosing: fork([...choices, "committing"]),
			...states,
			recording: fork([{
				target: "recording-command",
				test: isIdempotent$1
			}, "answering"]),
			"recording-command": statement(`INSERT INTO handled_command (saga_id, step, outcome, reason)
  VALUES (:sagaId, :step, :outcome, :reason)`, "answering"),
			answering: fork([
				{
					target: "sending-refusal",
					test: came("REFUSED")
				},
				{
					target: "sending-failure",
					test: came("FAILED")
				},
				"sending-done"
			]),
			"sending-done": sending,
			"sending-refusal": sending,
			"sending-failure": sending
		}
	});
	const listener = {
		name: "commands",
		queue: `${name}:commands`,
		machine
	};
	return {
		name,
		databases: [name],
		entries: [],
		listeners: [listener],
		jobs: []
	};
}
const ticketService$2 = () => participant$1("ticket", {
	"reserve-ticket": "reserving",
	"confirm-ticket": "asking-organiser",
	"release-ticket": "starting-release"
}, {
	reserving: statement(`UPDATE ticket SET lock_user = :customerId
  WHERE ticket_num = :ticketNum AND lock_user IS NULL AND owner IS NULL`, [refusedIfUnchanged("TICKET_LOCK_FAIL"), done]),
	"asking-organiser": fork([{
		...ends("REFUSED", "SHOW_CANCELLED"),
		test: ({ parameters }) => parameters["showCancelled"] === 1
	}, "handing-over"]),
	"handing-over": statement(`UPDATE ticket SET owner = :customerId, lock_user = NULL
  WHERE ticket_num = :ticketNum AND lock_user = :customerId`, [done]),
	"starting-release": failingAtFirst("releasing"),
	releasing: compensating(statement(`UPDATE ticket SET lock_user = NULL
  WHERE ticket_num = :ticketNum AND lock_user = :customerId`, [done]))
});
const userService$2 = () => participant$1("user", {
	charge: "charging",
	refund: "starting-refund"
}, {
	charging: statement(`UPDATE customer SET deposit = deposit - :amount
  WHERE id = :customerId AND deposit >= :amount`, [refusedIfUnchanged("NOT_ENOUGH_DEPOSIT"), "recording-payment"]),
	"recording-payment": statement(`INSERT INTO pay_info (saga_id, customer_id, amount, status)
  VALUES (:sagaId, :customerId, :amount, 'PAID')`, [done]),
	"starting-refund": failingAtFirst("refunding"),
	refunding: compensating(statement("UPDATE customer SET deposit = deposit + :amount WHERE id = :customerId", "recording-refund")),
	"recording-refund": compensating(statement("UPDATE pay_info SET status = 'REFUNDED' WHERE saga_id = :sagaId", [done]))
});
/** Whoever does the steps of a saga. */
const participants = () => [ticketService$2(), userService$2()];
// src/scenarios/saga-orchestrated.ts
const command = (exit, name) => step("send", ({ memory: { sagaId, step: current, tries, customerId, ticketNum, amount } }) => {
	const asked = name ?? current;
	const attempt = name === void 0 ? tries + 1 : 1;
	const order = {
		customerId,
		ticketNum,
		amount
	};
	return {
		queue: QUEUE_OF[asked],
		body: {
			sagaId,
			step: asked,
			attempt,
			...order
		}
	};
}, exit);
const DUE = ":now + :replyTimeoutMs";
/** Writes a step down, then sends its command: it leaves once the row is committed. */
function going(name, undoes) {
	const state = undoes ? "COMPENSATING" : "RUNNING";
	const mark = undoes ? compensating : (one) => one;
	return {
		[`logging-${name}`]: mark(statement(`UPDATE saga SET state = '${state}', step = '${name}', tries = 0, due_ms = ${DUE},
  reason = coalesce(:reason, reason) WHERE saga_id = :sagaId`, `sending-${name}`)),
		[`sending-${name}`]: mark(command("committing", name))
	};
}
/** Writes down how it ended, for the saga and for the order. */
const ending = (name, state, status) => ({
	[`logging-${name}`]: statement(`UPDATE saga SET state = '${state}', due_ms = NULL, reason = coalesce(:reason, reason)
  WHERE saga_id = :sagaId`, `closing-${name}`),
	[`closing-${name}`]: statement(`UPDATE customer_order SET status = '${status}',
  reason = (SELECT reason FROM saga WHERE saga_id = :sagaId) WHERE uuid = :sagaId`, "committing")
});
const when$1 = (outcome, step, target) => ({
	target,
	test: ({ memory }) => memory.outcome === outcome && memory.step === step
});
/** A failure of the attempt that is out; one of an earlier attempt has been dealt with. */
const hasFailed = ({ memory: { outcome, attempt, tries } }) => outcome === "FAILED" && attempt === tries + 1;
const PLAN = [
	when$1("DONE", "reserve-ticket", "logging-charge"),
	when$1("DONE", "charge", "logging-confirm-ticket"),
	when$1("DONE", "confirm-ticket", "logging-finished"),
	when$1("REFUSED", "confirm-ticket", "logging-refund"),
	when$1("DONE", "refund", "logging-release-ticket"),
	when$1("REFUSED", "charge", "logging-release-ticket"),
	when$1("DONE", "release-ticket", "logging-compensated"),
	when$1("REFUSED", "reserve-ticket", "logging-compensated"),
	{
		target: "logging-retry",
		test: (here) => hasFailed(here) && !isExhausted(here.memory.tries + 1, here.parameters),
		remember: ({ memory, nowMs, parameters }) => {
			const tries = memory.tries + 1;
			return {
				...memory,
				tries,
				dueMs: nowMs + backoffMs(tries, parameters)
			};
		}
	},
	{
		target: "logging-given-up",
		test: hasFailed
	}
];
const handleReply = () => bestEffortListener("order.reply", {
	first: "reading-saga",
	states: {
		"reading-saga": statement(`SELECT tries, customer_id AS customerId, ticket_num AS ticketNum, amount FROM saga
  WHERE saga_id = :sagaId AND step = :step AND state IN ('RUNNING', 'COMPENSATING') FOR UPDATE`, [{
			target: "committing",
			test: ({ result }) => result.rows?.length === 0
		}, {
			target: "choosing",
			remember: ({ memory, result }) => ({
				...memory,
				...result.rows?.[0]
			})
		}]),
		choosing: fork([...PLAN, "committing"]),
		...going("charge", false),
		...going("confirm-ticket", false),
		...going("refund", true),
		...going("release-ticket", true),
		...ending("finished", "FINISHED", "FINISH"),
		...ending("compensated", "COMPENSATED", "FAIL"),
		"logging-retry": statement("UPDATE saga SET tries = :tries, due_ms = :dueMs WHERE saga_id = :sagaId", "committing"),
		"logging-given-up": statement("UPDATE saga SET state = 'GIVEN_UP', tries = :attempt, due_ms = NULL WHERE saga_id = :sagaId", "asking-person"),
		"asking-person": statement(`INSERT INTO person_task (saga_id, step, reason, created_ms)
  VALUES (:sagaId, :step, :reason, :now)`, "committing")
	}
});
const takeOrder$2 = () => synchronizedHandler("order.create", {
	units: [{
		name: "",
		kind: "jdbc"
	}],
	before: { naming: step("uuid", {}, [{
		target: "called",
		remember: ({ memory, result }) => {
			return {
				...memory,
				sagaId: String(result.value),
				tries: 0
			};
		}
	}]) },
	first: "inserting-order",
	states: {
		"inserting-order": statement(`INSERT INTO customer_order (uuid, customer_id, ticket_num, amount, status)
  VALUES (:sagaId, :customerId, :ticketNum, :amount, 'NEW')`, "logging-reserve-ticket"),
		"logging-reserve-ticket": statement(`INSERT INTO saga (saga_id, state, step, tries, due_ms, customer_id, ticket_num, amount)
  VALUES (:sagaId, 'RUNNING', 'reserve-ticket', 0, ${DUE}, :customerId, :ticketNum, :amount)`, "sending-reserve-ticket"),
		"sending-reserve-ticket": command("returned", "reserve-ticket")
	},
	reply: ({ memory }) => memory.sagaId
});
const resume = () => handlerMachine("order.resume", "finding-due", "failing", {
	"finding-due": statement(`SELECT saga_id AS sagaId, step, tries, due_ms AS dueMs, customer_id AS customerId,
  ticket_num AS ticketNum, amount FROM saga
  WHERE state IN ('RUNNING', 'COMPENSATING') AND due_ms <= :now AND :resumes = 1
  ORDER BY due_ms LIMIT 1`, [{
		target: "finished",
		test: ({ result }) => result.rows?.length === 0
	}, {
		target: "postponing",
		remember: ({ result }) => result.rows?.[0]
	}]),
	postponing: statement(`UPDATE saga SET due_ms = ${DUE} WHERE saga_id = :sagaId AND step = :step AND due_ms = :dueMs`, [unchanged$1("finished"), "resending"]),
	resending: command("publishing"),
	publishing: step("commit", { resource: "session" }, "finding-due"),
	failing: step("rollback", { resource: "session" }, "failed", "failed")
});
/** The order service, which orchestrates, and the two that do the steps. */
const sagaOrchestratedServices = () => [{
	name: "order",
	databases: ["order"],
	entries: [{
		name: "create",
		machine: takeOrder$2()
	}],
	listeners: [{
		name: "reply",
		queue: REPLIES,
		machine: handleReply()
	}],
	jobs: [{
		name: "resume",
		machine: resume(),
		delayParameter: "resumeDelayMs",
		waitsFor: `SELECT 1 FROM order.saga
          WHERE state IN ('RUNNING', 'COMPENSATING') AND :resumes = 1`
	}]
}, ...participants()];
// src/scenarios/tcc-participants.ts
const JDBC = [{
	name: "",
	kind: "jdbc"
}];
const guards = (guard) => (found) => found.parameters[guard] === 1;
const allowsEmptyRollback = guards("allowsEmptyRollback");
const preventsSuspension = guards("preventsSuspension");
const isIdempotent = guards("idempotent");
const says = (...all) => ({ result }) => all.includes(String(result.rows?.[0]?.["status"]));
const both = (...tests) => (found) => tests.every((test) => test(found));
const firstOf = (states) => Object.keys(states)[0] ?? "";
const openingFence = (status, exits) => statement(`INSERT OR IGNORE INTO tcc_fence_log (xid, status) VALUES (:xid, '${status}')`, exits);
const readingFence = (exits) => statement("SELECT status FROM tcc_fence_log WHERE xid = :xid FOR UPDATE", exits);
const closingFence = (status) => statement(`UPDATE tcc_fence_log SET status = '${status}' WHERE xid = :xid`, "returned");
const method = (id, answer, states) => managedHandler(id, {
	units: JDBC,
	first: firstOf(states),
	states,
	reply: () => answer
});
const trying = (id, reserve) => method(id, "TRIED", {
	"opening-fence": openingFence("TRIED", [unchanged$1("reading-fence"), firstOf(reserve)]),
	"reading-fence": readingFence([
		{
			target: "returned",
			test: both(says("TRIED", "CONFIRMED"), isIdempotent)
		},
		{
			target: "refusing-late-try",
			test: both(says("CANCELLED", "SUSPENDED"), preventsSuspension)
		},
		firstOf(reserve)
	]),
	...reserve,
	"refusing-late-try": failing("SUSPENDED", "the transaction has been cancelled already")
});
const confirming = (id, confirm) => method(id, "CONFIRMED", {
	"reading-fence": readingFence([{
		target: "returned",
		test: both(says("CONFIRMED"), isIdempotent)
	}, firstOf(confirm)]),
	...confirm,
	"closing-fence": closingFence("CONFIRMED")
});
const cancelling = (id, cancel) => method(id, "CANCELLED", {
	"opening-fence": openingFence("SUSPENDED", [
		unchanged$1("reading-fence"),
		{
			target: "returned",
			test: allowsEmptyRollback
		},
		firstOf(cancel)
	]),
	"reading-fence": readingFence([
		{
			target: "returned",
			test: both(says("SUSPENDED"), allowsEmptyRollback)
		},
		{
			target: "returned",
			test: both(says("SUSPENDED", "CANCELLED"), isIdempotent)
		},
		firstOf(cancel)
	]),
	...cancel,
	"closing-fence": closingFence("CANCELLED")
});
/** A service that takes part, with a database of its own name. */
const participant = (name, { reserve, confirm, cancel }) => ({
	name,
	databases: [name],
	entries: [
		{
			name: "try",
			machine: trying(`${name}.try`, reserve("returned"))
		},
		{
			name: "confirm",
			machine: confirming(`${name}.confirm`, confirm("closing-fence"))
		},
		{
			name: "cancel",
			machine: cancelling(`${name}.cancel`, cancel("closing-fence"))
		}
	],
	listeners: [],
	jobs: []
});
const ticketService$1 = () => participant("ticket", {
	reserve: (done) => ({
		holding: statement(`UPDATE ticket SET lock_user = :customerId
  WHERE ticket_num = :ticketNum AND lock_user IS NULL AND owner IS NULL`, [unchanged$1("refusing"), done]),
		refusing: failing("TICKET_LOCK_FAIL", "the ticket is held or sold already")
	}),
	confirm: (done) => ({ "handing-over": statement(`UPDATE ticket SET owner = :customerId, lock_user = NULL
  WHERE ticket_num = :ticketNum AND lock_user = :customerId`, done) }),
	cancel: (done) => ({ releasing: compensating(statement(`UPDATE ticket SET lock_user = NULL
  WHERE ticket_num = :ticketNum AND lock_user = :customerId`, done)) })
});
const userService$1 = () => participant("user", {
	reserve: (done) => ({
		freezing: statement(`UPDATE customer SET deposit = deposit - :amount, frozen = frozen + :amount
  WHERE id = :customerId AND deposit >= :amount`, [unchanged$1("refusing"), done]),
		refusing: failing("NOT_ENOUGH_DEPOSIT", "the deposit is too small")
	}),
	confirm: (done) => ({
		charging: statement("UPDATE customer SET frozen = frozen - :amount WHERE id = :customerId", "recording-payment"),
		"recording-payment": statement("INSERT INTO pay_info (xid, customer_id, amount) VALUES (:xid, :customerId, :amount)", done)
	}),
	cancel: (done) => ({ unfreezing: compensating(statement(`UPDATE customer SET deposit = deposit + :amount, frozen = frozen - :amount
  WHERE id = :customerId`, done)) })
});
// src/scenarios/tcc.ts
const PARTICIPANTS = ["ticket", "user"];
const call = (service, handler, exits, onError) => step("call", ({ memory: { xid, customerId, ticketNum, amount } }) => ({
	service,
	handler,
	body: {
		xid,
		customerId,
		ticketNum,
		amount
	}
}), exits, onError);
const tryingAll = () => {
	const refused = {
		target: "deciding-cancel",
		remember: ({ memory, failure }) => ({
			...memory,
			reason: failure?.code ?? null
		})
	};
	const states = PARTICIPANTS.map((name, at) => {
		const next = PARTICIPANTS[at + 1];
		const onward = next ? `trying-${next}` : "deciding-confirm";
		return [`trying-${name}`, call(name, "try", [onward], [refused])];
	});
	return Object.fromEntries(states);
};
const DOING = {
	confirm: "confirming",
	cancel: "cancelling"
};
function tellingAll(participants, handler, told, givesUp) {
	const states = participants.flatMap((name, at) => {
		const next = participants[at + 1];
		const telling = `${DOING[handler]}-${name}`;
		const waits = `waiting-to-${handler}-${name}`;
		const heard = {
			target: next === void 0 ? told : `${DOING[handler]}-${next}`,
			remember: ({ memory }) => ({
				...memory,
				tries: 0
			})
		};
		const state = call(name, handler, [heard], again(waits, givesUp));
		return [[telling, handler === "cancel" ? compensating(state) : state], [waits, waiting$1(telling)]];
	});
	return Object.fromEntries(states);
}
const log = (status, exits, from = "") => statement(`UPDATE tcc_transaction SET status = '${status}', reason = :reason, updated_ms = :now
  WHERE xid = :xid${from && ` AND status = '${from}'`}`, exits);
const closing = (status, onward) => statement(`UPDATE customer_order SET status = '${status}', reason = :reason WHERE uuid = :xid`, onward);
const secondPhase = ({ confirmed, cancelled, overtaken }) => ({
	"deciding-cancel": log("CANCELLING", [unchanged$1(overtaken), "cancelling-user"], "TRYING"),
	...tellingAll(PARTICIPANTS, "confirm", "finishing-order", confirmed),
	"finishing-order": closing("FINISH", "logging-confirmed"),
	"logging-confirmed": log("CONFIRMED", confirmed),
	...tellingAll(PARTICIPANTS.toReversed(), "cancel", "failing-order", cancelled),
	"failing-order": closing("FAIL", "logging-cancelled"),
	"logging-cancelled": log("CANCELLED", cancelled)
});
const buy = () => managedHandler("shop.buy", {
	units: JDBC,
	before: { naming: step("uuid", { form: "xid" }, [{
		target: "called",
		remember: ({ memory, result }) => {
			return {
				...memory,
				xid: String(result.value),
				tries: 0,
				reason: null
			};
		}
	}]) },
	first: "inserting-order",
	states: {
		"inserting-order": statement(`INSERT INTO customer_order (uuid, customer_id, ticket_num, amount, status)
  VALUES (:xid, :customerId, :ticketNum, :amount, 'NEW')`, "logging-try"),
		"logging-try": statement("INSERT INTO tcc_transaction (xid, status, updated_ms) VALUES (:xid, 'TRYING', :now)", "returned")
	},
	afterwards: {
		...tryingAll(),
		"deciding-confirm": log("CONFIRMING", [unchanged$1("refusing"), "confirming-ticket"], "TRYING"),
		...secondPhase({
			confirmed: "replying",
			cancelled: "refusing",
			overtaken: "refusing"
		}),
		refusing: step("throw", ({ memory: { reason } }) => ({ error: {
			code: reason ?? "TIMEOUT",
			definite: true
		} }), [], "failed")
	},
	reply: ({ memory }) => memory.xid
});
const isAt = (status) => ({ memory }) => memory.status === status;
const FIND_UNFINISHED = `SELECT t.xid, t.status, t.reason, t.updated_ms AS updatedMs,
  o.customer_id AS customerId, o.ticket_num AS ticketNum, o.amount
  FROM tcc_transaction t JOIN customer_order o ON o.uuid = t.xid
  WHERE t.status IN ('TRYING', 'CONFIRMING', 'CANCELLING') AND t.updated_ms <= :dueMs
  ORDER BY t.updated_ms LIMIT 1`;
const recover = () => handlerMachine("shop.recover", "finding-unfinished", "failed", {
	"finding-unfinished": step("sql", ({ nowMs, parameters }) => ({
		sql: FIND_UNFINISHED,
		params: { dueMs: nowMs - Number(parameters["timeoutMs"]) }
	}), [{
		target: "finished",
		test: ({ result }) => result.rows?.length === 0
	}, {
		target: "claiming",
		remember: ({ result }) => {
			const row = result.rows?.[0];
			const reason = row.status === "TRYING" ? "TIMEOUT" : row.reason;
			return {
				...row,
				reason,
				tries: 0
			};
		}
	}]),
	claiming: statement(`UPDATE tcc_transaction SET updated_ms = :now
  WHERE xid = :xid AND status = :status AND updated_ms = :updatedMs`, [unchanged$1("finished"), "choosing"]),
	choosing: fork([
		{
			target: "confirming-ticket",
			test: isAt("CONFIRMING")
		},
		{
			target: "cancelling-user",
			test: isAt("CANCELLING")
		},
		"deciding-cancel"
	]),
	...secondPhase({
		confirmed: "finished",
		cancelled: "finished",
		overtaken: "finished"
	})
});
/** The coordinator, which the customer buys from, and its two participants. */
const tccServices = () => [
	{
		name: "shop",
		databases: ["shop"],
		entries: [{
			name: "buy",
			machine: buy()
		}],
		listeners: [],
		jobs: [{
			name: "recover",
			machine: recover(),
			delayParameter: "recoverDelayMs",
			waitsFor: `SELECT 1 FROM shop.tcc_transaction
          WHERE status IN ('TRYING', 'CONFIRMING', 'CANCELLING')`
		}]
	},
	ticketService$1(),
	userService$1()
];
// src/scenarios/lease.ts
const refused = {
	target: "replying",
	remember: ({ memory }) => ({
		...memory,
		count: 0
	})
};
const LEASE = "ticket";
/** While somebody pauses between reading and writing, his lease may run out. */
const stalling = step("sleep", ({ memory, nowMs, parameters }) => {
	return { untilMs: nowMs + (memory.customerId === 1 ? Number(parameters["stallMs"]) : 0) };
}, "saving");
const fenced = ({ parameters }) => parameters["fencing"] === 1;
const states = {
	acquiring: step("call", ({ memory, parameters }) => ({
		service: "lease",
		handler: "acquire",
		body: {
			name: LEASE,
			holder: memory.customerId,
			leaseMs: Number(parameters["leaseMs"])
		}
	}), [{
		...refused,
		test: ({ result }) => result.value === null
	}, {
		target: "reading",
		remember: ({ memory, result }) => ({
			...memory,
			fencingToken: Number(result.value)
		})
	}], [refused]),
	reading: step("sql", ({ memory: { ticketNum } }) => ({
		sql: "SELECT lock_user FROM ticket WHERE ticket_num = :ticketNum",
		params: { ticketNum }
	}), [{
		...refused,
		target: "releasing",
		test: ({ result }) => result.rows?.[0]?.["lock_user"] !== null
	}, "stalling"]),
	stalling,
	saving: step("sql", (found) => {
		const { customerId, ticketNum, fencingToken = 0 } = found.memory;
		const params = {
			customerId,
			ticketNum,
			token: fencingToken
		};
		return {
			sql: `UPDATE ticket SET lock_user = :customerId, fencing_token = :token
  WHERE ticket_num = :ticketNum${fenced(found) ? " AND fencing_token < :token" : ""}`,
			params
		};
	}, [{
		target: "releasing",
		remember: ({ memory, result }) => ({
			...memory,
			count: result.affected ?? 0
		})
	}]),
	releasing: step("call", ({ memory: { fencingToken = 0 } }) => ({
		service: "lease",
		handler: "release",
		body: {
			name: LEASE,
			fencingToken
		}
	}), "replying", "replying"),
	replying: step("reply", ({ memory: { customerId, count = 0 } }) => ({ value: {
		customerId,
		locked: count
	} }), "finished")
};
/** Lock the ticket under a lease: acquire, read, save, release. */
const distributedLock = () => handlerMachine("ticket.distributed", "acquiring", "failed", states);
const acquire = () => handlerMachine("lease.acquire", "beginning", "rolling-back", {
	beginning: step("begin", {}, "acquiring"),
	acquiring: step("sql", ({ memory: { name, holder, leaseMs }, nowMs }) => ({
		sql: `UPDATE lease SET holder = :holder, until_ms = :untilMs, fencing_token = fencing_token + 1
  WHERE name = :name AND until_ms <= :nowMs`,
		params: {
			name,
			holder,
			untilMs: nowMs + leaseMs,
			nowMs
		}
	}), [{
		target: "refusing",
		test: ({ result }) => result.affected === 0
	}, "reading-token"]),
	"reading-token": step("sql", ({ memory: { name } }) => ({
		sql: "SELECT fencing_token FROM lease WHERE name = :name",
		params: { name }
	}), [{
		target: "committing",
		remember: ({ memory, result }) => ({
			...memory,
			fencingToken: Number(result.rows?.[0]?.["fencing_token"])
		})
	}]),
	committing: step("commit", { resource: "database" }, "replying"),
	replying: step("reply", ({ memory }) => ({ value: memory.fencingToken }), "finished"),
	refusing: step("rollback", { resource: "database" }, "finished", "finished"),
	"rolling-back": step("rollback", { resource: "database" }, "failed", "failed")
});
const release = () => handlerMachine("lease.release", "releasing", "failed", { releasing: step("sql", ({ memory: { name, fencingToken } }) => ({
	sql: "UPDATE lease SET until_ms = 0 WHERE name = :name AND fencing_token = :fencingToken",
	params: {
		name,
		fencingToken
	}
}), "finished") });
/** Gives out leases by name; each grant has a token higher than all before. */
const leaseService = () => ({
	name: "lease",
	databases: ["lease"],
	entries: [{
		name: "acquire",
		machine: acquire()
	}, {
		name: "release",
		machine: release()
	}],
	listeners: [],
	jobs: []
});
// src/scenarios/ticket-lock.ts
const JPA = [{
	name: "",
	kind: "jpa"
}];
const pausing = (onward) => step("sleep", ({ nowMs, parameters }) => ({ untilMs: nowMs + Number(parameters["pauseMs"]) }), onward);
/** The UPDATE of `lock2`, which asks whether the ticket is free; the count is the answer. */
const counted = (sql, onward) => step("sql", ({ memory: { customerId, ticketNum } }) => ({
	sql,
	params: {
		customerId,
		ticketNum
	}
}), [{
	target: onward,
	remember: ({ memory, result }) => ({
		...memory,
		count: result.affected ?? 0
	})
}]);
const taken = {
	target: "returned",
	test: (row) => row?.["lock_user"] !== null,
	remember: ({ memory }) => ({
		...memory,
		count: 0
	})
};
/** Reads the ticket, pauses, and saves it: JPA writes it all back at the commit. */
const saving = (refuses) => ({
	"finding-ticket": finding$2({
		table: "ticket",
		by: "ticket_num",
		key: ({ memory }) => memory.ticketNum
	}, [
		{
			target: "refusing-no-row",
			test: (row) => row === void 0
		},
		...refuses ? [taken] : [],
		{
			target: "pausing",
			change: (_, { memory }) => ({ lock_user: memory.customerId }),
			remember: ({ memory }) => ({
				...memory,
				count: 1
			})
		}
	]),
	pausing: pausing("returned"),
	"refusing-no-row": failing("NullPointerException", "there is no such ticket")
});
const reply = ({ memory: { customerId, count = 0 } }) => ({
	customerId,
	locked: count
});
const lock = () => managedHandler("ticket.lock", {
	units: JPA,
	first: "finding-ticket",
	states: saving(false),
	reply
});
const lock2 = () => managedHandler("ticket.lock2", {
	units: JPA,
	first: "locking",
	states: {
		locking: counted(`UPDATE ticket SET lock_user = :customerId
  WHERE lock_user IS NULL AND ticket_num = :ticketNum`, "pausing"),
		pausing: pausing("returned")
	},
	reply
});
const unlock = () => managedHandler("ticket.unlock", {
	units: JPA,
	first: "unlocking",
	states: { unlocking: counted(`UPDATE ticket SET lock_user = NULL
  WHERE lock_user = :customerId AND ticket_num = :ticketNum`, "returned") },
	reply
});
/** What the ticket service offers to callers: the two ways of the course, and the way back. */
const lockEntries = () => [
	{
		name: "lock",
		machine: lock()
	},
	{
		name: "lock2",
		machine: lock2()
	},
	{
		name: "unlock",
		machine: unlock()
	}
];
const consume = () => managedListener("ticket.consume", {
	units: JPA,
	redeliverAfterMs: () => 0,
	first: "finding-ticket",
	states: saving(true)
});
const ask = {
	waiting: step("sleep", ({ memory, parameters }) => ({ untilMs: memory.customerId === 1 ? 0 : Number(parameters["gapMs"]) }), "choosing"),
	choosing: fork([{
		target: "sending",
		test: ({ parameters }) => parameters["way"] === "consumer"
	}, "calling"]),
	calling: step("call", ({ memory: { customerId, ticketNum }, parameters }) => ({
		service: "ticket",
		handler: String(parameters["way"]),
		body: {
			customerId,
			ticketNum
		},
		timeoutMs: 12e4
	}), "finished"),
	sending: step("send", ({ memory: { customerId, ticketNum } }) => ({
		queue: "ticket:lock",
		body: {
			customerId,
			ticketNum
		},
		transacted: false
	}), "finished")
};
/** A buyer: asks in his turn, and hears whether he has the ticket. */
const buyer = (customerId) => {
	const name = `buyer-${customerId}`;
	return {
		name,
		databases: [],
		entries: [{
			name: "ask",
			machine: handlerMachine(`${name}.ask`, "arriving", "failed", {
				arriving: step("sleep", { untilMs: 0 }, [{
					target: "waiting",
					remember: ({ memory }) => ({
						customerId,
						ticketNum: memory.ticketNum
					})
				}]),
				...ask
			})
		}],
		listeners: [],
		jobs: []
	};
};
const ticketLockServices = () => [
	buyer(1),
	buyer(2),
	{
		name: "ticket",
		databases: ["ticket"],
		entries: [...lockEntries(), {
			name: "distributed",
			machine: distributedLock()
		}],
		listeners: [{
			name: "consume",
			queue: "ticket:lock",
			machine: consume()
		}],
		jobs: []
	},
	leaseService()
];
// src/scenarios/ticket-words.ts
const firstRow$1 = ({ result }) => result.rows?.[0];
const when = (target, test) => ({
	target,
	test
});
/** A statement on the handler's own database. */
const sql = (text, params, exits = "committing") => step("sql", (found) => ({
	sql: text,
	params: params(found)
}), exits);
/** Sends the order on, changed, as the handler's last step. */
const send = (queue, change) => step("send", (found) => ({
	queue,
	body: {
		...found.memory,
		...change(found)
	}
}), "committing");
const noSuchRow = failing("NullPointerException", "there is no such row");
const twoSuchRows = failing("IncorrectResultSizeDataAccessException", "more than one row");
const findOne = (text, params, exits) => sql(`${text} LIMIT 2`, params, [when("refusing-two-rows", ({ result }) => (result.rows?.length ?? 0) > 1), ...exits]);
const INSERT_ORDER = `INSERT INTO customer_order
  (amount, created_date, customer_id, reason, status, ticket_num, title, uuid)
  VALUES (:amount, :createdDate, :customerId, :reason, :status, :ticketNum, :title, :uuid)`;
const insertOrder = (status, reason, exit) => sql(INSERT_ORDER, ({ memory, nowMs }) => ({
	amount: memory.amount,
	createdDate: nowMs,
	customerId: memory.customerId,
	reason,
	status,
	ticketNum: memory.ticketNum,
	title: memory.title,
	uuid: memory.uuid
}), exit);
const SAVE_ORDER = `UPDATE customer_order SET amount = :amount, created_date = :created_date,
  customer_id = :customer_id, reason = :reason, status = :status, ticket_num = :ticket_num,
  title = :title, uuid = :uuid WHERE id = :id`;
const saveOrder = (change) => sql(SAVE_ORDER, (found) => ({
	...firstRow$1(found),
	...change(found)
}));
const findOrder = (save, change) => sql("SELECT * FROM customer_order WHERE id = :id", ({ memory }) => ({ id: memory.id }), [
	when("refusing-no-row", (found) => !firstRow$1(found)),
	when("committing", (found) => {
		const row = firstRow$1(found);
		return Object.entries(change(found)).every(([column, value]) => row?.[column] === value);
	}),
	save
]);
const hasNoId = ({ memory }) => memory.id === null;
// src/scenarios/ticket-saga.ts
const takeOrder$1 = () => handlerMachine("order.create", "naming", "failing", {
	naming: step("uuid", {}, [{
		target: "sending",
		remember: ({ memory, result }) => {
			const { customerId, title, ticketNum, amount } = memory;
			return {
				id: null,
				uuid: String(result.value),
				customerId,
				title,
				ticketNum,
				amount,
				status: null
			};
		}
	}]),
	sending: step("send", ({ memory }) => ({
		queue: "order:new",
		body: memory
	}), "publishing"),
	publishing: step("commit", { resource: "session" }, "finished"),
	failing: step("rollback", { resource: "session" }, "failed", "failed")
});
const lockTicket$1 = () => bestEffortListener("ticket.new", {
	first: "locking",
	states: {
		locking: sql("UPDATE ticket SET lock_user = :customerId WHERE lock_user IS NULL AND ticket_num = :ticketNum", ({ memory: { customerId, ticketNum } }) => ({
			customerId,
			ticketNum
		}), [when("sending-fail", ({ result }) => result.affected === 0), "sending-locked"]),
		"sending-locked": send("order:locked", () => ({ status: "TICKET_LOCKED" })),
		"sending-fail": send("order:fail", () => ({ status: "TICKET_LOCK_FAIL" }))
	}
});
const createOrder = () => bestEffortListener("order.locked", {
	first: "finding-order",
	states: {
		"finding-order": findOne("SELECT * FROM customer_order WHERE uuid = :uuid", ({ memory: { uuid } }) => ({ uuid }), [when("sending-pay", (found) => firstRow$1(found) !== void 0), "inserting-order"]),
		"inserting-order": insertOrder("NEW", null, "sending-pay"),
		"sending-pay": send("order:pay", ({ memory, result }) => {
			return {
				id: result.lastId ?? memory.id,
				status: "NEW"
			};
		}),
		"refusing-two-rows": twoSuchRows
	}
});
const payOrder$1 = () => bestEffortListener("user.pay", {
	first: "choosing-lookup",
	states: {
		"choosing-lookup": fork([when("finding-payment-without-id", hasNoId), "finding-payment"]),
		"finding-payment": findOne("SELECT * FROM pay_info WHERE order_id = :id", ({ memory: { id } }) => ({ id }), [when("committing", (found) => firstRow$1(found) !== void 0), "finding-customer"]),
		"finding-payment-without-id": findOne("SELECT * FROM pay_info WHERE order_id IS NULL", () => ({}), [when("committing", (found) => firstRow$1(found) !== void 0), "finding-customer"]),
		"finding-customer": sql("SELECT * FROM customer WHERE id = :customerId", ({ memory: { customerId } }) => ({ customerId }), [
			when("refusing-no-row", (found) => !firstRow$1(found)),
			when("sending-ticket-error", (found) => {
				return Number(firstRow$1(found)?.["deposit"]) < found.memory.amount;
			}),
			"recording-payment"
		]),
		"sending-ticket-error": send("order:ticket_error", () => ({ status: "NOT_ENOUGH_DEPOSIT" })),
		"recording-payment": sql("INSERT INTO pay_info (amount, order_id, status) VALUES (:amount, :id, 'PAID')", ({ memory: { amount, id } }) => ({
			amount,
			id
		}), "charging"),
		charging: sql("UPDATE customer SET deposit = deposit - :amount WHERE id = :customerId", ({ memory: { amount, customerId } }) => ({
			amount,
			customerId
		}), "sending-ticket-move"),
		"sending-ticket-move": send("order:ticket_move", () => ({ status: "PAID" })),
		"refusing-no-row": noSuchRow,
		"refusing-two-rows": twoSuchRows
	}
});
const moveTicket$1 = () => bestEffortListener("ticket.ticket_move", {
	first: "moving",
	states: {
		moving: sql(`UPDATE ticket SET owner = :customerId, lock_user = NULL
  WHERE lock_user = :customerId AND ticket_num = :ticketNum`, ({ memory: { customerId, ticketNum } }) => ({
			customerId,
			ticketNum
		}), "sending-finish"),
		"sending-finish": send("order:finish", () => ({ status: "TICKET_MOVED" }))
	}
});
const finished = () => ({ status: "FINISH" });
const finishOrder$1 = () => bestEffortListener("order.finish", {
	first: "checking-id",
	states: {
		"checking-id": fork([when("refusing-no-id", hasNoId), "finding-order"]),
		"finding-order": findOrder("finishing", finished),
		finishing: saveOrder(finished),
		"refusing-no-id": failing("IllegalArgumentException", "the given id is null"),
		"refusing-no-row": noSuchRow
	}
});
const releaseTicket$1 = () => bestEffortListener("ticket.ticket_error", {
	first: "unmoving",
	states: {
		unmoving: compensating(sql("UPDATE ticket SET owner = NULL WHERE owner = :customerId AND ticket_num = :ticketNum", ({ memory: { customerId, ticketNum } }) => ({
			customerId,
			ticketNum
		}), "unlocking")),
		unlocking: compensating(sql("UPDATE ticket SET lock_user = NULL WHERE lock_user = :customerId AND ticket_num = :ticketNum", ({ memory: { customerId, ticketNum } }) => ({
			customerId,
			ticketNum
		}), "sending-fail")),
		"sending-fail": send("order:fail", () => ({}))
	}
});
const noDeposit = ({ memory }) => memory.status === "NOT_ENOUGH_DEPOSIT";
const failed = (found) => ({
	status: "FAIL",
	...noDeposit(found) && { reason: "NOT_ENOUGH_DEPOSIT" }
});
const failOrder$1 = () => bestEffortListener("order.fail", {
	first: "checking-id",
	states: {
		"checking-id": fork([when("inserting-order", hasNoId), "finding-order"]),
		"inserting-order": insertOrder("FAIL", "TICKET_LOCK_FAIL", "committing"),
		"finding-order": findOrder("failing", failed),
		failing: compensating(saveOrder(failed)),
		"refusing-no-row": noSuchRow
	}
});
const overdueOrder = ({ memory: { orders, next } }) => orders[next] ?? {};
const checkOrders$1 = () => handlerMachine("order.check", "searching", "failing", {
	searching: step("sql", ({ nowMs, parameters }) => ({
		sql: "SELECT * FROM customer_order WHERE status = 'NEW' AND created_date < :checkTime",
		params: { checkTime: nowMs - Number(parameters["timeoutMs"]) }
	}), [{
		target: "finished",
		test: ({ result }) => (result.rows?.length ?? 0) === 0
	}, {
		target: "sending-ticket-error",
		remember: ({ result }) => ({
			orders: result.rows ?? [],
			next: 0
		})
	}]),
	"sending-ticket-error": compensating(step("send", (found) => {
		const { id, uuid, customer_id, title, ticket_num, amount } = overdueOrder(found);
		return {
			queue: "order:ticket_error",
			body: {
				id: id ?? null,
				uuid: uuid ?? null,
				customerId: customer_id ?? null,
				title: title ?? null,
				ticketNum: ticket_num ?? null,
				amount: amount ?? null,
				status: "TIMEOUT"
			}
		};
	}, "publishing")),
	publishing: step("commit", { resource: "session" }, [{
		target: "sending-ticket-error",
		test: ({ memory: { orders, next } }) => next + 1 < orders.length,
		remember: ({ memory: { orders, next } }) => ({
			orders,
			next: next + 1
		})
	}, "finished"]),
	failing: step("rollback", { resource: "session" }, "failed", "failed")
});
/** Takes orders and keeps them; several processes may do so at one database. */
const orderService = (name = "order") => ({
	name,
	databases: ["order"],
	entries: [{
		name: "create",
		machine: takeOrder$1()
	}],
	listeners: [
		{
			name: "locked",
			queue: "order:locked",
			machine: createOrder()
		},
		{
			name: "finish",
			queue: "order:finish",
			machine: finishOrder$1()
		},
		{
			name: "fail",
			queue: "order:fail",
			machine: failOrder$1()
		}
	],
	jobs: [{
		name: "check",
		machine: checkOrders$1(),
		delayParameter: "checkDelayMs",
		waitsFor: "SELECT 1 FROM order.customer_order WHERE status = 'NEW'"
	}]
});
const ticketService = () => ({
	name: "ticket",
	databases: ["ticket"],
	entries: [],
	listeners: [
		{
			name: "new",
			queue: "order:new",
			machine: lockTicket$1()
		},
		{
			name: "ticket_move",
			queue: "order:ticket_move",
			machine: moveTicket$1()
		},
		{
			name: "ticket_error",
			queue: "order:ticket_error",
			machine: releaseTicket$1()
		}
	],
	jobs: []
});
const userService = () => ({
	name: "user",
	databases: ["user"],
	entries: [],
	listeners: [{
		name: "pay",
		queue: "order:pay",
		machine: payOrder$1()
	}],
	jobs: []
});
/** The three services of the shop, each a process with a database of its own. */
const ticketSagaServices = () => [
	orderService(),
	ticketService(),
	userService()
];
// src/scenarios/ticket-fixed-words.ts
/** Sends the order on, by the outbox; one order has one message to a queue, however often. */
const post = (queue, onward, reason) => posting(({ memory }) => {
	const { uuid, customerId, title, ticketNum, amount } = memory;
	const body = {
		uuid,
		customerId,
		title,
		ticketNum,
		amount,
		reason: reason ?? memory.reason
	};
	return {
		messageId: `${queue} ${uuid}`,
		queue,
		body
	};
}, onward);
/**
* Writes down that this service has had to do with the order: what takes a step back writes it
* too, so that the step, should it come later, finds that it is not to be taken any more.
*/
const meeting = (ways) => recording$1(({ memory }) => memory.uuid, ways);
// src/scenarios/ticket-saga-fixed.ts
const takeOrder = () => managedHandler("order.create", {
	units: [{
		name: "",
		kind: "jdbc"
	}],
	before: { naming: step("uuid", {}, [{
		target: "called",
		remember: ({ memory: { customerId, title, ticketNum, amount }, result }) => {
			return {
				uuid: String(result.value),
				customerId,
				title,
				ticketNum,
				amount,
				reason: null
			};
		}
	}]) },
	first: "inserting-order",
	states: {
		"inserting-order": statement(`INSERT INTO customer_order
  (uuid, customer_id, title, ticket_num, amount, status, created_date, reminders, due_ms)
  VALUES (:uuid, :customerId, :title, :ticketNum, :amount, 'NEW', :now, 0, :now + :timeoutMs)`, "posting-new"),
		"posting-new": post("order:new", "returned")
	},
	reply: ({ memory }) => memory.uuid
});
const lockTicket = () => bestEffortListener("ticket.new", {
	first: "meeting-order",
	states: {
		"meeting-order": meeting({
			first: "locking",
			again: "committing"
		}),
		locking: statement(`UPDATE ticket SET lock_user = :customerId, order_uuid = :uuid
  WHERE ticket_num = :ticketNum AND lock_user IS NULL AND owner IS NULL`, [unchanged$1("posting-fail"), "posting-locked"]),
		"posting-locked": post("order:locked", "committing"),
		"posting-fail": post("order:fail", "committing", "TICKET_LOCK_FAIL")
	}
});
const askForPayment = () => bestEffortListener("order.locked", {
	first: "finding-order",
	states: {
		"finding-order": statement("SELECT uuid FROM customer_order WHERE uuid = :uuid AND status = 'NEW'", [{
			target: "committing",
			test: ({ result }) => result.rows?.length === 0
		}, "posting-pay"]),
		"posting-pay": post("order:pay", "committing")
	}
});
const payOrder = () => bestEffortListener("user.pay", {
	first: "meeting-order",
	states: {
		"meeting-order": meeting({
			first: "charging",
			again: "committing"
		}),
		charging: statement(`UPDATE customer SET deposit = deposit - :amount
  WHERE id = :customerId AND deposit >= :amount`, [unchanged$1("posting-ticket-error"), "recording-payment"]),
		"recording-payment": statement(`INSERT INTO pay_info (order_uuid, customer_id, status, amount)
  VALUES (:uuid, :customerId, 'PAID', :amount)`, "posting-ticket-move"),
		"posting-ticket-move": post("order:ticket_move", "committing"),
		"posting-ticket-error": post("order:ticket_error", "committing", "NOT_ENOUGH_DEPOSIT")
	}
});
const moveTicket = () => bestEffortListener("ticket.ticket_move", {
	first: "moving",
	states: {
		moving: statement(`UPDATE ticket SET owner = lock_user, lock_user = NULL
  WHERE order_uuid = :uuid AND lock_user IS NOT NULL`, [unchanged$1("committing"), "posting-finish"]),
		"posting-finish": post("order:finish", "committing")
	}
});
const finishOrder = () => bestEffortListener("order.finish", {
	first: "finishing",
	states: { finishing: statement(`UPDATE customer_order SET status = 'FINISH', due_ms = NULL
  WHERE uuid = :uuid AND status = 'NEW'`, "committing") }
});
const releaseTicket = () => bestEffortListener("ticket.ticket_error", {
	first: "meeting-order",
	states: {
		"meeting-order": meeting({
			first: "releasing",
			again: "releasing"
		}),
		releasing: compensating(statement(`UPDATE ticket SET lock_user = NULL, owner = NULL, order_uuid = NULL
  WHERE order_uuid = :uuid`, "posting-refund")),
		"posting-refund": post("order:refund", "committing")
	}
});
const refundOrder = () => bestEffortListener("user.refund", {
	first: "meeting-order",
	states: {
		"meeting-order": meeting({
			first: "refunding",
			again: "refunding"
		}),
		refunding: compensating(statement("UPDATE pay_info SET status = 'REFUNDED' WHERE order_uuid = :uuid AND status = 'PAID'", [unchanged$1("posting-fail"), "crediting"])),
		crediting: compensating(statement("UPDATE customer SET deposit = deposit + :amount WHERE id = :customerId", "posting-fail")),
		"posting-fail": post("order:fail", "committing")
	}
});
const failOrder = () => bestEffortListener("order.fail", {
	first: "failing",
	states: {
		failing: compensating(statement(`UPDATE customer_order SET status = 'FAIL', reason = coalesce(reason, :reason),
  due_ms = NULL WHERE uuid = :uuid AND status <> 'FINISH'`, "closing-case")),
		"closing-case": statement("DELETE FROM open_case WHERE order_uuid = :uuid", "committing")
	}
});
const isNew = ({ memory }) => memory.status === "NEW";
const isRemindedEnough = ({ memory, parameters }) => memory.reminders >= Number(parameters["remindersMax"]);
const changed = (target) => [unchanged$1("committing"), target];
const checkOrders = () => handlerMachine("order.check", "finding-overdue", "rolling-back", {
	"finding-overdue": statement(`SELECT uuid, customer_id AS customerId, title, ticket_num AS ticketNum, amount,
  coalesce(reason, 'TIMEOUT') AS reason, status, reminders, due_ms AS dueMs
  FROM customer_order WHERE due_ms <= :now ORDER BY id LIMIT 1`, [{
		target: "finished",
		test: ({ result }) => result.rows?.length === 0
	}, {
		target: "beginning",
		remember: ({ result }) => result.rows?.[0]
	}]),
	beginning: step("begin", {}, "choosing", "failed"),
	choosing: fork([
		{
			target: "timing-out",
			test: isNew
		},
		{
			target: "giving-up",
			test: isRemindedEnough
		},
		"reminding"
	]),
	"timing-out": statement(`UPDATE customer_order SET status = 'FAIL', reason = :reason, due_ms = :now + :remindMs
  WHERE uuid = :uuid AND status = 'NEW'`, changed("posting-ticket-error")),
	reminding: statement(`UPDATE customer_order SET reminders = reminders + 1, due_ms = :now + :remindMs
  WHERE uuid = :uuid AND due_ms = :dueMs`, changed("posting-ticket-error")),
	"posting-ticket-error": compensating(post("order:ticket_error", "committing")),
	"giving-up": statement("UPDATE customer_order SET due_ms = NULL WHERE uuid = :uuid AND due_ms = :dueMs", changed("opening-case")),
	"opening-case": statement("INSERT INTO open_case (order_uuid, opened_ms) VALUES (:uuid, :now)", "committing"),
	committing: step("commit", { resource: "database" }, "finding-overdue"),
	"rolling-back": step("rollback", { resource: "database" }, "failed", "failed")
});
/** The three services of the shop, each with a database and an outbox of its own. */
const ticketSagaFixedServices = () => [
	{
		name: "order",
		databases: ["order"],
		entries: [{
			name: "create",
			machine: takeOrder()
		}],
		listeners: [
			{
				name: "locked",
				queue: "order:locked",
				machine: askForPayment()
			},
			{
				name: "finish",
				queue: "order:finish",
				machine: finishOrder()
			},
			{
				name: "fail",
				queue: "order:fail",
				machine: failOrder()
			}
		],
		jobs: [relayOf("order"), {
			name: "check",
			machine: checkOrders(),
			delayParameter: "checkDelayMs",
			waitsFor: "SELECT 1 FROM order.customer_order WHERE due_ms IS NOT NULL"
		}]
	},
	{
		name: "ticket",
		databases: ["ticket"],
		entries: [],
		listeners: [
			{
				name: "new",
				queue: "order:new",
				machine: lockTicket()
			},
			{
				name: "ticket_move",
				queue: "order:ticket_move",
				machine: moveTicket()
			},
			{
				name: "ticket_error",
				queue: "order:ticket_error",
				machine: releaseTicket()
			}
		],
		jobs: [relayOf("ticket")]
	},
	{
		name: "user",
		databases: ["user"],
		entries: [],
		listeners: [{
			name: "pay",
			queue: "order:pay",
			machine: payOrder()
		}, {
			name: "refund",
			queue: "order:refund",
			machine: refundOrder()
		}],
		jobs: [relayOf("user")]
	}
];
// src/scenarios/ticket-shop-registry.ts
const LOGIN = "shop:111111";
const UNAUTHORIZED = "401";
const UNKNOWN_INSTANCE = "404";
const NEVER = "SELECT 1 AS never WHERE 1 = 0";
const INSTANCES = "instances";
const keptBy = ({ result }) => result.value ?? {};
const leaseMsOf = ({ parameters }) => Number(parameters["leaseMs"]);
const leaseFor = (given) => register(given.memory, {
	login: LOGIN,
	leaseMs: leaseMsOf(given)
}, given.nowMs);
const registerInstance = () => handlerMachine("registry.register", "checking", "failed", {
	checking: fork([{
		target: "refusing",
		test: (given) => leaseFor(given) === null
	}, "granting"]),
	granting: step("keep", (given) => ({ entries: leaseFor(given) ?? {} }), "replying"),
	replying: step("reply", { value: "registered" }, "finished"),
	refusing: failing(UNAUTHORIZED, "Unauthorized: wrong password")
});
const renewed = (given) => renew(keptBy(given), given.memory.instance, leaseMsOf(given), given.nowMs);
const renewLease = () => handlerMachine("registry.renew", "looking-up", "failed", {
	"looking-up": step("recall", {}, [{
		target: "refusing",
		test: (given) => renewed(given) === null
	}, {
		target: "renewing",
		remember: (given) => ({
			...given.memory,
			changes: renewed(given) ?? {}
		})
	}]),
	renewing: step("keep", ({ memory }) => ({ entries: memory.changes ?? {} }), "finished"),
	refusing: failing(UNKNOWN_INSTANCE, "Not Found: no such instance")
});
const listInstances = () => handlerMachine("registry.lookup", "looking-up", "failed", {
	"looking-up": step("recall", {}, "replying"),
	replying: step("reply", (given) => ({ value: instancesOf(keptBy(given)) }), "finished")
});
const expired = (given) => evict(keptBy(given), given.nowMs);
const evictExpired = () => handlerMachine("registry.evict", "looking-up", "failed", {
	"looking-up": step("recall", {}, [{
		target: "finished",
		test: (given) => Object.keys(expired(given)).length === 0
	}, {
		target: "evicting",
		remember: expired
	}]),
	evicting: step("keep", ({ memory }) => ({ entries: memory }), "finished")
});
const registryService = () => ({
	name: "registry",
	databases: [],
	entries: [
		{
			name: "register",
			machine: registerInstance()
		},
		{
			name: "renew",
			machine: renewLease()
		},
		{
			name: "lookup",
			machine: listInstances()
		}
	],
	listeners: [],
	jobs: [{
		name: "evict",
		machine: evictExpired(),
		delayParameter: "evictMs",
		waitsFor: NEVER
	}]
});
const hasRegistered = ({ result }) => result.value?.["registered"] === true;
const heartbeat = (service, instance) => handlerMachine(`${instance}.heartbeat`, "looking-up", "failed", {
	"looking-up": step("recall", {}, [{
		target: "renewing",
		test: hasRegistered
	}, "registering"]),
	renewing: step("call", {
		service: "registry",
		handler: "renew",
		body: { instance }
	}, "finished", [{
		target: "registering",
		test: ({ failure }) => failure?.code === UNKNOWN_INSTANCE
	}]),
	registering: step("call", ({ parameters }) => {
		return {
			service: "registry",
			handler: "register",
			body: {
				service,
				instance,
				login: `shop:${service === "order" ? parameters["password"] : LOGIN.split(":")[1]}`
			}
		};
	}, "remembering"),
	remembering: step("keep", { entries: { registered: true } }, "finished")
});
/** Registers an instance and keeps its lease alive. */
const heartbeatJob = (service, instance = service) => ({
	name: "heartbeat",
	machine: heartbeat(service, instance),
	delayParameter: "heartbeatMs",
	waitsFor: NEVER
});
const refresh = (client) => handlerMachine(`${client}.refresh`, "fetching", "failed", {
	fetching: step("call", {
		service: "registry",
		handler: "lookup",
		body: {}
	}, "keeping"),
	keeping: step("keep", ({ result }) => ({ entries: { [INSTANCES]: result.value ?? {} } }), "finished")
});
/** Fetches the list of instances, which a client goes on using until the next time. */
const refreshJob = (client) => ({
	name: "refresh",
	machine: refresh(client),
	delayParameter: "refreshMs",
	waitsFor: NEVER
});
/** The instances of a service, as a client found them when it last fetched the list. */
function instancesIn(seen, service) {
	return seen[INSTANCES]?.[service] ?? [];
}
/** What must not have changed in a client's memory, if what it saw there is to be right. */
function unchanged(seen, ...names) {
	return Object.fromEntries([INSTANCES, ...names].map((name) => [name, seen[name] ?? null]));
}
// src/scenarios/ticket-shop-calls.ts
const termsOf = (parameters) => ({
	callsMin: Number(parameters["circuitCalls"]),
	failuresPercent: Number(parameters["circuitPercent"]),
	windowMs: Number(parameters["circuitWindowMs"]),
	sleepMs: Number(parameters["circuitSleepMs"])
});
const looked$1 = ({ memory, result }) => ({
	...memory,
	seen: result.value ?? {}
});
const lostRace = ({ result }) => result.affected === 0;
const circuitOf = (service) => `circuit ${service}`;
const turnOf$1 = (service) => `turn ${service}`;
const circuitIn = ({ seen = {} }, service) => seen[circuitOf(service)] ?? CLOSED;
const turnIn = ({ seen = {} }, service) => takeTurn(instancesIn(seen, service), Number(seen[turnOf$1(service)] ?? -1));
const throwing = (code, detail, target) => step("throw", { error: {
	code,
	definite: true,
	detail
} }, [], target);
/** From the look at the circuit to the instance whose turn it is. */
function admission(service, next) {
	const admitted = (memory, { parameters, nowMs }) => admit(circuitIn(memory, service), termsOf(parameters), nowMs);
	return {
		[`choosing-${service}`]: step("recall", {}, [{
			target: `short-circuiting-${service}`,
			test: (given) => admitted(looked$1(given), given) === null
		}, {
			target: `admitting-${service}`,
			remember: looked$1
		}]),
		[`admitting-${service}`]: step("keep", (given) => {
			const { memory } = given;
			const { turn } = turnIn(memory, service) ?? {};
			const circuit = admitted(memory, given);
			return {
				entries: {
					...turn !== void 0 && { [turnOf$1(service)]: turn },
					...circuit !== circuitIn(memory, service) && { [circuitOf(service)]: circuit }
				},
				expecting: unchanged(memory.seen ?? {}, circuitOf(service), turnOf$1(service))
			};
		}, [
			{
				target: `choosing-${service}`,
				test: lostRace
			},
			{
				target: `finding-nobody-${service}`,
				test: ({ memory }) => turnIn(memory, service) === null
			},
			{
				target: `calling-${service}`,
				remember: ({ memory }) => {
					return {
						...memory,
						instance: turnIn(memory, service)?.instance ?? null
					};
				}
			}
		]),
		[`short-circuiting-${service}`]: throwing("HystrixRuntimeException", `the circuit to ${service} is open`, next)
	};
}
/** What the circuit learns from a call that was let through. */
function recording(service, next) {
	return {
		[`weighing-${service}`]: step("recall", {}, [{
			target: `recording-${service}`,
			remember: looked$1
		}]),
		[`recording-${service}`]: step("keep", ({ memory, parameters, nowMs }) => {
			const isOk = memory.answers?.[service] !== void 0;
			const before = circuitIn(memory, service);
			const name = circuitOf(service);
			const circuit = recordCall(before, isOk, termsOf(parameters), nowMs);
			return {
				entries: { [name]: circuit },
				expecting: { [name]: memory.seen?.[name] ?? null }
			};
		}, [{
			target: `weighing-${service}`,
			test: lostRace
		}, next])
	};
}
/** The states of one such call; they lead to `next`, with the answer or without. */
function guardedCall(service, next) {
	const ended = `weighing-${service}`;
	return {
		...admission(service, next),
		[`finding-nobody-${service}`]: throwing("ClientException", `no instances available: ${service}`, ended),
		[`calling-${service}`]: step("call", ({ memory, parameters }) => ({
			service: memory.instance ?? "",
			handler: "mine",
			body: { customerId: memory.customerId },
			timeoutMs: Number(parameters["patienceMs"])
		}), [{
			target: ended,
			remember: ({ memory, result }) => ({
				...memory,
				answers: {
					...memory.answers,
					[service]: result.value ?? null
				}
			})
		}], ended),
		...recording(service, next)
	};
}
// src/scenarios/ticket-shop-gateway.ts
/** What each path means to the service behind it; every other is unknown. */
const ENDPOINTS = {
	"/order/api/order": {
		method: "POST",
		handler: "create"
	},
	"/user/api/customer/my": {
		method: "GET",
		handler: "my"
	}
};
const askedBy = ({ asked = 0 }) => asked;
const onward = [{
	target: "finished",
	test: ({ memory }) => askedBy(memory) + 1 >= memory.times
}, {
	target: "pausing",
	remember: ({ memory }) => ({
		...memory,
		asked: askedBy(memory) + 1
	})
}];
const visit = () => handlerMachine("browser.visit", "requesting", "failed", {
	requesting: step("call", ({ memory }) => {
		const { path, customerId, amount } = memory;
		const method = ENDPOINTS[path]?.method ?? "GET";
		const order = {
			customerId,
			title: "new_order",
			ticketNum: memory.ticketNum + askedBy(memory),
			amount
		};
		return {
			service: "proxy",
			handler: "route",
			body: {
				method,
				path,
				...method === "POST" ? order : { customerId }
			},
			timeoutMs: 6e4
		};
	}, onward, onward),
	pausing: step("sleep", ({ memory, nowMs }) => ({ untilMs: nowMs + memory.pauseMs }), "requesting")
});
const browserService = () => ({
	name: "browser",
	databases: [],
	entries: [{
		name: "visit",
		machine: visit()
	}],
	listeners: [],
	jobs: []
});
const serviceIn = (path) => String(path).split("/")[1] ?? "";
const turnOf = (path) => `turn ${serviceIn(path)}`;
function nextTurn({ path, seen = {} }) {
	return takeTurn(instancesIn(seen, serviceIn(path)), Number(seen[turnOf(path)] ?? -1));
}
const looked = ({ memory, result }) => ({
	...memory,
	seen: result.value ?? {}
});
const answering = (status, more) => ({
	target: "replying",
	remember: (found) => ({
		...found.memory,
		answer: {
			status,
			...more(found)
		}
	})
});
const UNREACHED = [
	"connection-refused",
	"connection-lost",
	"reply-lost"
];
const TIMED_OUT = "call-timed-out";
const mayTryAnother = ({ memory, failure, parameters }) => {
	const { code = "", definite = false } = failure ?? {};
	if (![...UNREACHED, TIMED_OUT].includes(code)) return false;
	return (definite || memory.method === "GET" || parameters["retryPost"] === 1) && (memory.tries ?? 0) < Number(parameters["retries"]);
};
const reasonOf = ({ failure }) => ({ reason: failure?.code ?? null });
const route = () => handlerMachine("proxy.route", "matching", "failed", {
	matching: fork([{
		...answering(404, () => ({ reason: "no such path" })),
		test: ({ memory }) => ENDPOINTS[memory.path] === void 0
	}, "choosing"]),
	choosing: step("recall", {}, [{
		...answering(503, () => ({ reason: "no instances available" })),
		test: (found) => nextTurn(looked(found)) === null
	}, {
		target: "taking-turn",
		remember: looked
	}]),
	"taking-turn": step("keep", ({ memory }) => {
		const name = turnOf(memory.path);
		return {
			entries: { [name]: nextTurn(memory)?.turn ?? null },
			expecting: unchanged(memory.seen ?? {}, name)
		};
	}, [{
		target: "choosing",
		test: ({ result }) => result.affected === 0
	}, {
		target: "forwarding",
		remember: ({ memory }) => ({
			...memory,
			instance: nextTurn(memory)?.instance ?? ""
		})
	}]),
	forwarding: step("call", ({ memory }) => {
		const { method: _, path, tries, seen, instance = "", answer, ...body } = memory;
		return {
			service: instance,
			handler: ENDPOINTS[path]?.handler ?? "",
			body
		};
	}, [answering(200, ({ memory, result }) => ({
		by: memory.instance ?? null,
		body: result.value ?? null
	}))], [
		{
			target: "choosing",
			test: mayTryAnother,
			remember: ({ memory }) => ({
				...memory,
				tries: (memory.tries ?? 0) + 1
			})
		},
		{
			...answering(502, reasonOf),
			test: ({ failure }) => UNREACHED.includes(failure?.code ?? "")
		},
		{
			...answering(504, reasonOf),
			test: ({ failure }) => failure?.code === TIMED_OUT
		},
		answering(500, reasonOf)
	]),
	replying: step("reply", ({ memory }) => ({ value: memory.answer ?? null }), "finished")
});
const proxyService = () => ({
	name: "proxy",
	databases: [],
	entries: [{
		name: "route",
		machine: route()
	}],
	listeners: [],
	jobs: [heartbeatJob("proxy"), refreshJob("proxy")]
});
// src/scenarios/ticket-shop.ts
const answerOf$1 = ({ answers }, service) => answers?.[service] ?? [];
const showCustomer = () => handlerMachine("user.my", "finding-customer", "failed", {
	"finding-customer": step("sql", ({ memory }) => ({
		sql: "SELECT id, user_name, deposit FROM customer WHERE id = :customerId",
		params: { customerId: memory.customerId }
	}), [{
		target: "refusing-no-row",
		test: ({ result }) => !result.rows?.[0]
	}, {
		target: "choosing-order",
		remember: ({ memory, result }) => ({
			...memory,
			customer: result.rows?.[0] ?? {}
		})
	}]),
	"refusing-no-row": failing("NullPointerException", "there is no such customer"),
	...guardedCall("order", "choosing-ticket"),
	...guardedCall("ticket", "replying"),
	replying: step("reply", ({ memory }) => ({ value: {
		customer: memory.customer ?? null,
		orders: answerOf$1(memory, "order"),
		tickets: answerOf$1(memory, "ticket"),
		fallback: ["order", "ticket"].filter((service) => !memory.answers?.[service])
	} }), "finished")
});
const isSlow = ({ nowMs, parameters }) => Number(parameters["slowMs"]) > 0 && nowMs < Number(parameters["slowUntilMs"]);
const kept = ({ memory, result }) => ({
	...memory,
	rows: result.rows ?? []
});
/** Answers with a customer's own rows; one that can be slow takes its time before it does. */
const listMine = (id, sql, canBeSlow) => handlerMachine(id, "searching", "failed", {
	searching: step("sql", ({ memory }) => ({
		sql,
		params: { customerId: memory.customerId }
	}), [...canBeSlow ? [{
		target: "dawdling",
		test: isSlow,
		remember: kept
	}] : [], {
		target: "replying",
		remember: kept
	}]),
	...canBeSlow && { dawdling: step("sleep", ({ nowMs, parameters }) => ({ untilMs: nowMs + Number(parameters["slowMs"]) }), "replying") },
	replying: step("reply", ({ memory }) => ({ value: memory.rows ?? [] }), "finished")
});
const listOrders = () => listMine("order.mine", "SELECT id, ticket_num, status FROM customer_order WHERE customer_id = :customerId", false);
const listTickets = () => listMine("ticket.mine", "SELECT id, ticket_num FROM ticket WHERE owner = :customerId", true);
const orderInstance = (name) => {
	const service = orderService(name);
	return {
		...service,
		entries: [...service.entries, {
			name: "mine",
			machine: listOrders()
		}],
		jobs: [...service.jobs, heartbeatJob("order", name)]
	};
};
const ticketShopServices = () => [
	browserService(),
	proxyService(),
	registryService(),
	orderInstance("order-1"),
	orderInstance("order-2"),
	{
		...userService(),
		entries: [{
			name: "my",
			machine: showCustomer()
		}],
		jobs: [heartbeatJob("user"), refreshJob("user")]
	},
	{
		...ticketService(),
		entries: [{
			name: "mine",
			machine: listTickets()
		}],
		jobs: [heartbeatJob("ticket")]
	}
];
// src/scenarios/ids.ts
/** Puts fields side by side, the first one highest. */
function packed(fields) {
	return fields.reduce((all, [value, bits]) => {
		const field = BigInt(value);
		assert(field >= 0n && field >> BigInt(bits) === 0n, `${value} does not fit ${bits} bits`);
		return all << BigInt(bits) | field;
	}, 0n);
}
const lowest = (value, bits) => BigInt.asUintN(bits, value);
const hexOf = (value, digits) => value.toString(16).padStart(digits, "0");
const GROUPS = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/;
/** The variant of RFC 9562, in front of the last 62 bits. */
const VARIANT = [2, 2];
const uuidOf = (fields) => hexOf(packed(fields), 32).replace(GROUPS, "$1-$2-$3-$4-$5");
/** 100 ns steps from 15 October 1582, when the Gregorian calendar began, to 1970. */
const GREGORIAN_TICKS = 122192928000000000n;
/** A Unix time in ms as version 1 counts it: in 100 ns since the Gregorian calendar began. */
const gregorianTicks = (unixMs) => BigInt(unixMs) * 10000n + GREGORIAN_TICKS;
/** Version 1: the lowest bits of the time stand first, so its text does not sort by time. */
function uuidV1(ticks, clockSequence, node) {
	return uuidOf([
		[lowest(ticks, 32), 32],
		[lowest(ticks >> 32n, 16), 16],
		[1, 4],
		[ticks >> 48n, 12],
		VARIANT,
		[clockSequence, 14],
		[node, 48]
	]);
}
/** Version 4: 122 random bits. */
function uuidV4(random) {
	return uuidOf([
		[random >> 74n, 48],
		[4, 4],
		[lowest(random >> 62n, 12), 12],
		VARIANT,
		[lowest(random, 62), 62]
	]);
}
/** Version 7: Unix time in ms, then 12 bits that may count within it, then 62 random ones. */
function uuidV7(unixMs, randomA, randomB) {
	return uuidOf([
		[unixMs, 48],
		[7, 4],
		[randomA, 12],
		VARIANT,
		[randomB, 62]
	]);
}
/** MongoDB's ObjectId: Unix time in seconds, 40 random bits of the process, and a counter. */
function objectId(seconds, process, counter) {
	return hexOf(packed([
		[seconds, 32],
		[process, 40],
		[counter, 24]
	]), 24);
}
/** As many bits as asked for, at most 192, the same for the same parts. */
function bitsFrom(bits, ...parts) {
	const text = ["high", "low"].map((half) => fingerprintOf([half, ...parts])).join("");
	return BigInt(`0x${Buffer.from(text, "base64url").toString("hex")}`) >> BigInt(192 - bits);
}
// src/scenarios/id-generator.ts
const newGenerator = (source, node) => {
	return {
		source,
		node,
		count: 0,
		lastMs: -1,
		clockSequence: Number(bitsFrom(14, source, "clock sequence")),
		within: 0
	};
};
/** How long a node has to wait until its clock is past the last identifier, in ms. */
const behindMs = ({ lastMs }, clockMs) => Math.max(lastMs - clockMs + 1, 0);
const MULTICAST = 1n << 40n;
const CLOCK_SEQUENCES = 16384;
const COUNTERS = 4096;
const OBJECT_COUNTERS = 1 << 24;
function version1(generator, clockMs, bumps) {
	const { node, lastMs } = generator;
	const stands = bumps && clockMs <= lastMs;
	const clockSequence = (generator.clockSequence + (stands ? 1 : 0)) % CLOCK_SEQUENCES;
	const card = bitsFrom(48, node, "card") | MULTICAST;
	return {
		id: uuidV1(gregorianTicks(clockMs), clockSequence, card),
		generator: {
			...generator,
			clockSequence,
			lastMs: clockMs
		}
	};
}
function version7(generator, clockMs, bumps) {
	const { source, count, lastMs, within } = generator;
	const stands = bumps && clockMs <= lastMs;
	const isFull = stands && within + 1 === COUNTERS;
	const unixMs = stands ? lastMs + (isFull ? 1 : 0) : clockMs;
	const drawn = Number(bitsFrom(11, source, count, "a"));
	const counter = stands && !isFull ? within + 1 : drawn;
	return {
		id: uuidV7(unixMs, counter, bitsFrom(62, source, count, "b")),
		generator: {
			...generator,
			lastMs: unixMs,
			within: counter
		}
	};
}
function mongo(generator, clockMs, bumps) {
	const { source, count, lastMs } = generator;
	const unixMs = bumps ? Math.max(clockMs, lastMs) : clockMs;
	const counter = (Number(bitsFrom(24, source, "counter")) + count) % OBJECT_COUNTERS;
	return {
		id: objectId(Math.floor(unixMs / 1e3), bitsFrom(40, source, "process"), counter),
		generator: {
			...generator,
			lastMs: unixMs
		}
	};
}
/** The next identifier by a node's own clock, and what the node remembers from then on. */
function nextId(way, generator, clockMs, guard) {
	const bumps = guard === "bump";
	const random = () => uuidV4(bitsFrom(122, generator.source, generator.count, "random"));
	const made = {
		"uuid-v1": () => version1(generator, clockMs, bumps),
		"uuid-v4": () => ({
			id: random(),
			generator: {
				...generator,
				lastMs: clockMs
			}
		}),
		"uuid-v7": () => version7(generator, clockMs, bumps),
		objectid: () => mongo(generator, clockMs, bumps)
	}[way]();
	return {
		...made,
		generator: {
			...made.generator,
			count: generator.count + 1
		}
	};
}
// src/scenarios/id-servers.ts
const firstRow = ({ result }) => result.rows?.[0] ?? {};
const replying = (value) => step("reply", (given) => ({ value: value(given) }), "finished");
const after = (row) => ({ value: Number(row?.["value"] ?? 0) + 1 });
const countUp = () => handlerMachine("counter.next", "beginning", "rolling-back", {
	beginning: step("begin", {}, "taking-turn"),
	"taking-turn": step("sql", {
		sql: "SELECT value FROM counter WHERE id = 1 FOR UPDATE",
		params: {}
	}, [{
		target: "saving",
		test: ({ parameters }) => parameters["durable"] === 1,
		remember: (given) => after(firstRow(given))
	}, "recalling"]),
	saving: step("sql", ({ memory: { value } }) => ({
		sql: "UPDATE counter SET value = :value WHERE id = 1",
		params: { value }
	}), "committing"),
	recalling: step("recall", {}, [{
		target: "keeping",
		remember: ({ result }) => after(result.value)
	}]),
	keeping: step("keep", ({ memory: { value } }) => ({ entries: { value } }), "committing"),
	committing: step("commit", { resource: "database" }, "replying"),
	replying: replying(({ memory: { value } }) => ({ number: value })),
	"rolling-back": step("rollback", { resource: "database" }, "failed", "failed")
});
const readVersion = () => handlerMachine("registry.read", "reading", "failed", {
	reading: step("sql", {
		sql: "SELECT version FROM znode WHERE path = '/ids'",
		params: {}
	}, "replying"),
	replying: replying((given) => ({ version: firstRow(given)["version"] ?? 0 }))
});
/** Only who knows the version that is there may set the next one. */
const setVersion = () => handlerMachine("registry.set", "setting", "failed", {
	setting: step("sql", ({ memory: { version } }) => ({
		sql: "UPDATE znode SET version = version + 1 WHERE path = '/ids' AND version = :version",
		params: { version }
	}), "replying"),
	replying: replying(({ memory: { version }, result }) => {
		return result.affected === 1 ? {
			won: true,
			version: version + 1
		} : { won: false };
	})
});
const columnsOf = ({ memory: { id, node, batch, number, madeAtMs } }) => {
	return {
		id,
		node,
		batch,
		number,
		madeAt: madeAtMs
	};
};
const isItself = (given) => {
	const { node, batch, number } = firstRow(given);
	const { memory } = given;
	return node === memory.node && batch === memory.batch && number === memory.number;
};
const mergeOrder = () => bestEffortListener("warehouse.merge", {
	first: "inserting",
	states: {
		inserting: step("sql", (given) => ({
			sql: `INSERT INTO customer_order (id, node, batch, number, made_at)
  VALUES (:id, :node, :batch, :number, :madeAt)`,
			params: columnsOf(given)
		}), "committing", [{
			target: "finding-holder",
			test: ({ failure }) => failure?.code === "duplicate-key"
		}]),
		"finding-holder": step("sql", ({ memory: { id } }) => ({
			sql: "SELECT node, batch, number FROM customer_order WHERE id = :id",
			params: { id }
		}), [{
			target: "committing",
			test: isItself
		}, "recording-collision"]),
		"recording-collision": step("sql", (given) => ({
			sql: `INSERT OR IGNORE INTO collision (id, node, batch, number, made_at)
  VALUES (:id, :node, :batch, :number, :madeAt)`,
			params: columnsOf(given)
		}), "committing")
	}
});
// src/scenarios/unique-id.ts
/**
* Unix time when a run begins: 2026-01-01T00:08:27.044Z. The lowest 32 bits of a version 1 UUID
* begin again every 430 s; from here they do so 1.7 s later.
*/
const START_MS = 1767226107044;
/** The order before which the first node's clock is set back. */
const SET_BACK_AT = 3;
const RETRY_MS = 200;
const TRIES_MAX = 30;
const wayIs = (way) => ({ parameters }) => parameters["way"] === way;
const answerOf = ({ result }) => result.value ?? {};
/** A way out on which the order has got its id, now. */
const numbered = (id, test) => ({
	target: "sending",
	remember: (found) => {
		return {
			...found.memory,
			id: String(id(found)),
			madeAtMs: found.nowMs,
			tries: 0
		};
	},
	...test && { test }
});
/** What the batch does when nobody answers: it asks again, but not for ever. */
const ASKING_AGAIN = [{
	target: "giving-up",
	test: ({ memory }) => memory.tries >= TRIES_MAX
}, {
	target: "pausing",
	remember: ({ memory }) => ({
		...memory,
		tries: memory.tries + 1
	})
}];
const EAST = {
	name: "east",
	offset: () => 1,
	lagMs: () => 0
};
const WEST = {
	name: "west",
	offset: ({ westOffset }) => Number(westOffset),
	lagMs: ({ lagMs }) => Number(lagMs)
};
function clockOf({ name }, { memory, nowMs, parameters }) {
	const isBack = name === "east" && memory.number >= SET_BACK_AT;
	return START_MS + nowMs - (isBack ? Number(parameters["clockBackMs"]) : 0);
}
const begun = ({ name }) => ({ memory: { batch }, nowMs, parameters }) => {
	const isClone = parameters["cloned"] === 1;
	const source = isClone ? "the image" : `${name} ${batch} ${nowMs}`;
	return {
		batch,
		number: 1,
		beganMs: nowMs,
		id: "",
		madeAtMs: 0,
		version: 0,
		tries: 0,
		generator: newGenerator(source, isClone ? "the image" : name)
	};
};
/** A node makes an id by its own clock, unless it has to wait for it first. */
function making(node) {
	const waits = (found) => found.parameters["guard"] === "wait" && behindMs(found.memory.generator, clockOf(node, found)) > 0;
	const made = (found) => {
		const { memory, nowMs, parameters } = found;
		const clockMs = clockOf(node, found);
		const way = parameters["way"];
		const next = nextId(way, memory.generator, clockMs, parameters["guard"]);
		return {
			...memory,
			...next,
			madeAtMs: nowMs
		};
	};
	return {
		"reading-clock": step("recall", {}, [{
			target: "waiting-for-clock",
			test: waits
		}, {
			target: "remembering",
			remember: made
		}]),
		"waiting-for-clock": step("sleep", (found) => {
			const { nowMs, memory } = found;
			return { untilMs: nowMs + behindMs(memory.generator, clockOf(node, found)) };
		}, "reading-clock"),
		remembering: step("keep", ({ memory: { id } }) => ({ entries: { lastId: id } }), "sending")
	};
}
const create = (node) => handlerMachine(`${node.name}.create`, "starting", "failing", {
	starting: fork([{
		target: "waiting",
		remember: begun(node)
	}]),
	waiting: step("sleep", ({ memory: { beganMs, number }, parameters }) => ({ untilMs: beganMs + node.lagMs(parameters) + (number - 1) * Number(parameters["everyMs"]) }), "choosing"),
	choosing: fork([
		{
			target: "inserting",
			test: wayIs("auto-increment")
		},
		{
			target: "counting",
			test: wayIs("counter-server")
		},
		{
			target: "reading-version",
			test: wayIs("versioned-node")
		},
		"reading-clock"
	]),
	...making(node),
	inserting: step("sql", ({ memory, parameters }) => ({
		sql: `INSERT INTO local_order (id, batch, number)
  SELECT coalesce(max(id) + :increment, :offset), :batch, :number FROM local_order`,
		params: {
			increment: parameters["increment"] ?? 1,
			offset: node.offset(parameters),
			batch: memory.batch,
			number: memory.number
		}
	}), [numbered(({ result }) => result.lastId)]),
	counting: step("call", {
		service: "counter",
		handler: "next",
		body: {},
		timeoutMs: 100
	}, [numbered((found) => answerOf(found)["number"])], ASKING_AGAIN),
	"reading-version": step("call", {
		service: "registry",
		handler: "read",
		body: {},
		timeoutMs: 100
	}, [{
		target: "setting-version",
		remember: (found) => ({
			...found.memory,
			version: Number(answerOf(found)["version"])
		})
	}], ASKING_AGAIN),
	"setting-version": step("call", ({ memory: { version } }) => {
		return {
			service: "registry",
			handler: "set",
			body: { version },
			timeoutMs: 100
		};
	}, [numbered((found) => answerOf(found)["version"], (found) => answerOf(found)["won"] === true), "reading-version"], ASKING_AGAIN),
	pausing: step("sleep", ({ nowMs }) => ({ untilMs: nowMs + RETRY_MS }), "choosing"),
	"giving-up": failing("NobodyAnswers", `asked ${TRIES_MAX} times in vain`),
	sending: step("send", ({ memory: { id, batch, number, madeAtMs } }) => ({
		queue: "orders",
		body: {
			id,
			node: node.name,
			batch,
			number,
			madeAtMs
		}
	}), "publishing"),
	publishing: step("commit", { resource: "session" }, [{
		target: "waiting",
		test: ({ memory, parameters }) => memory.number < Number(parameters["orders"]),
		remember: ({ memory }) => ({
			...memory,
			number: memory.number + 1
		})
	}, "finished"]),
	failing: step("rollback", { resource: "session" }, "failed", "failed")
});
const nodeService = (node) => ({
	name: node.name,
	databases: [node.name],
	entries: [{
		name: "create",
		machine: create(node)
	}],
	listeners: [],
	jobs: []
});
/** Two nodes, whom they may ask, and the warehouse. */
const uniqueIdServices = () => [
	nodeService(EAST),
	nodeService(WEST),
	{
		name: "counter",
		databases: ["counter"],
		entries: [{
			name: "next",
			machine: countUp()
		}],
		listeners: [],
		jobs: []
	},
	{
		name: "registry",
		databases: ["registry"],
		entries: [{
			name: "read",
			machine: readVersion()
		}, {
			name: "set",
			machine: setVersion()
		}],
		listeners: [],
		jobs: []
	},
	{
		name: "warehouse",
		databases: ["warehouse"],
		entries: [],
		listeners: [{
			name: "merge",
			queue: "orders",
			machine: mergeOrder()
		}],
		jobs: []
	}
];
// src/scenarios/catalogue.ts
/** What makes the services of every scenario, by the scenario's id. */
const BEHAVIOUR = {
	"ticket-saga": ticketSagaServices,
	"ticket-saga-fixed": ticketSagaFixedServices,
	"ticket-lock": ticketLockServices,
	outbox: outboxServices,
	"event-sourcing": eventSourcingServices,
	"dead-letter": deadLetterServices,
	idempotency: idempotencyServices,
	isolation: isolationServices,
	"compare-patterns": comparePatternsServices,
	"jpa-local": jpaLocalServices,
	"jta-single": jtaSingleServices,
	"jta-xa": jtaXaServices,
	"chained-jdbc": chainedJdbcServices,
	"chained-jpa": chainedJpaServices,
	"jms-session": jmsSessionServices,
	"best-effort": bestEffortServices,
	propagation: propagationServices,
	tcc: tccServices,
	"saga-orchestrated": sagaOrchestratedServices,
	"unique-id": uniqueIdServices,
	"ticket-shop": ticketShopServices
};
function expectation({ outcome, by, violated, why }) {
	return {
		outcome,
		by: by ?? null,
		violated,
		why: why ?? null
	};
}
function cellOf(cell, { outcomes }) {
	const rule = outcomes.find(({ by }) => by === cell);
	return {
		outcome: rule?.word ?? cell,
		by: rule ? cell : null,
		violated: [],
		why: null
	};
}
function matrixOf(data) {
	if (!data.matrix) return null;
	const { rows, columns, titles, causes, strikes, expect } = data.matrix;
	const choices = data.parameters[columns]?.choices ?? [];
	return {
		rows,
		columns,
		titles,
		causes: Object.fromEntries(Object.entries(causes).map(([name, { short, en, zh }]) => [name, {
			short,
			text: {
				en,
				zh
			}
		}])),
		strikes: Object.fromEntries(Object.entries(strikes).map(([name, { en, zh, set, faults }]) => {
			return [name, {
				text: {
					en,
					zh
				},
				set,
				faults
			}];
		})),
		expect: Object.fromEntries(Object.entries(expect).map(([row, cells]) => [row, Object.fromEntries(cells.map((cell, at) => [choices[at] ?? "", cellOf(cell, data)]))]))
	};
}
function expectedOf(spec) {
	const { type, min, max, maxLength, optional, choices } = spec;
	return {
		type,
		...min !== void 0 && { min },
		...max !== void 0 && { max },
		...maxLength !== void 0 && { maxLength },
		...optional !== void 0 && { optional },
		...choices !== void 0 && { choices }
	};
}
function parametersOf(data) {
	const own = Object.entries(data.parameters).map(([name, spec]) => {
		const { en, zh } = spec;
		return [name, {
			expected: expectedOf(spec),
			default: spec.default,
			about: {
				en,
				zh
			}
		}];
	});
	const worlds = Object.entries(WORLD_PARAMETERS).map(([name, parameter]) => {
		return [name, {
			...parameter,
			default: data.defaults[name] ?? parameter.default
		}];
	});
	return Object.fromEntries([...own, ...worlds]);
}
function namedFaultsOf(data) {
	return Object.fromEntries(Object.entries(data.faults).map(([name, { en, zh, set, faults, expect }]) => {
		return [name, {
			text: {
				en,
				zh
			},
			set,
			faults,
			expect: expectation(expect)
		}];
	}));
}
function exploreOf({ explore }) {
	const { set, input, breaks } = explore ?? {
		set: {},
		breaks: {}
	};
	return {
		set,
		breaks,
		...input !== void 0 && { document: input }
	};
}
/** One scenario from its data and its services. */
function buildScenario(id, data, services) {
	const { title, story, participants, databases, queues, rows, input } = data;
	const { inspects } = data;
	const shared = {
		id,
		title,
		story,
		participants,
		services,
		queues,
		rows,
		inspects
	};
	const { entry, ...asked } = input;
	const fields = Object.entries(input.fields).map(([name, field]) => {
		const exists = field.exists === void 0 ? {} : { exists: field.exists };
		return [name, {
			expected: expectedOf(field),
			...exists
		}];
	});
	return {
		...shared,
		matrix: matrixOf(data),
		points: faultPoints({ services }),
		databases: Object.entries(databases).map(([name, ddl]) => ({
			name,
			ddl
		})),
		parameters: parametersOf(data),
		input: {
			...asked,
			entries: [entry].flat(),
			fields: Object.fromEntries(fields)
		},
		properties: Object.entries(data.properties).map(([property, { when, en, zh, sql }]) => {
			return {
				id: property,
				when,
				text: {
					en,
					zh
				},
				sql
			};
		}),
		outcomes: data.outcomes.map(({ word, by = null, en, zh, sql }) => {
			return {
				word,
				by,
				sql,
				text: {
					en,
					zh
				}
			};
		}),
		namedFaults: namedFaultsOf(data),
		expect: expectation(data.expect),
		mistakes: data.mistakes,
		explore: exploreOf(data)
	};
}
/** The scenarios of checked data, each built when it is first asked for. */
function buildCatalogue(data) {
	const ids = Object.keys(data);
	const built = /* @__PURE__ */ new Map();
	const get = (id) => {
		const known = built.get(id);
		const one = ids.includes(id) ? data[id] : void 0;
		if (known || !one) return known;
		const scenario = buildScenario(id, one, BEHAVIOUR[id]?.() ?? []);
		built.set(id, scenario);
		return scenario;
	};
	const titles = () => Object.entries(data).map(([id, { title }]) => ({
		id,
		title
	}));
	return {
		get,
		titles,
		keys: () => ids,
		values: () => ids.flatMap((id) => get(id) ?? [])
	};
}
/** @throws SandboxError `unknown-name` */
function findScenario(catalogue, id) {
	const scenario = catalogue.get(id);
	if (scenario) return scenario;
	const known = [...catalogue.keys()];
	throw new SandboxError("unknown-name", {
		what: "scenario",
		given: id,
		nearest: closest(id, known),
		known
	});
}
// src/scenarios/values.ts
function unknownName(what, given, known, place) {
	return new SandboxError("unknown-name", {
		what,
		given,
		nearest: closest(given, known),
		known
	}, place);
}
function fits(value, { type, min, max, maxLength }) {
	if (type === "text") return typeof value === "string" && [...value].length <= (maxLength ?? Infinity);
	if (type === "boolean") return value === 0 || value === 1;
	if (!Number.isSafeInteger(value)) return false;
	return Number(value) >= (min ?? -Infinity) && Number(value) <= (max ?? Infinity);
}
/** An entry of a record by a name a person gave: what objects inherit does not count. */
function ownEntry(record, name) {
	return Object.hasOwn(record, name) ? record[name] : void 0;
}
/** Text cut to a length that fits into a message. */
function shown(value) {
	const text = typeof value === "string" ? value : JSON.stringify(value);
	const characters = [...text];
	return characters.length <= 40 ? text : `${characters.slice(0, 37).join("")}…`;
}
/** A value of the expected kind, as SQL takes it. @throws SandboxError `bad-value` */
function check(name, value, expected, place) {
	if (value === null && expected.optional) return null;
	if (expected.choices && typeof value === "string" && !expected.choices.includes(value)) throw unknownName("choice", value, expected.choices, place);
	const known = typeof value === "boolean" ? Number(value) : value;
	if (fits(known, expected)) return known;
	throw new SandboxError("bad-value", {
		name,
		given: shown(value),
		expected
	}, place);
}
/** @throws SandboxError `bad-value` */
function asObject(name, value, place) {
	if (value !== null && typeof value === "object" && !Array.isArray(value)) return value;
	throw new SandboxError("bad-value", {
		name,
		given: shown(value),
		expected: { type: "object" }
	}, place);
}
/** @throws SandboxError `bad-value` */
function asList(name, value, place) {
	if (Array.isArray(value)) return value;
	throw new SandboxError("bad-value", {
		name,
		given: shown(value),
		expected: { type: "list" }
	}, place);
}
// src/scenarios/acts.ts
/** The list of an input document that holds acts. */
const ACTS = "acts";
const FIELDS = [
	"atMs",
	"database",
	"sql",
	"queue",
	"body"
];
const TIME = {
	type: "integer",
	min: 0
};
const TEXT = { type: "text" };
function scalars(body, place) {
	for (const [name, value] of Object.entries(body)) if (value !== null && typeof value === "object") throw new SandboxError("bad-value", {
		name,
		given: JSON.stringify(value),
		expected: { type: "text" }
	}, place);
	return body;
}
/**
* @param list `{ atMs, database, sql }` or `{ atMs, queue, body }` each
* @throws SandboxError `unknown-name`, `bad-value`, `missing-value`
*/
function readActs(scenario, list, locate) {
	return asList(ACTS, list, locate([ACTS])).map((value, at) => {
		const place = (name) => locate([
			ACTS,
			at,
			name
		]);
		const given = asObject(ACTS, value, locate([ACTS, at]));
		for (const name of Object.keys(given)) if (!FIELDS.some((field) => field === name)) throw unknownName("field", name, FIELDS, place(name));
		const field = (name, expected) => {
			const one = given[name];
			if (one === void 0) throw new SandboxError("missing-value", {
				name,
				expected
			}, locate([ACTS, at]));
			return check(name, one, expected, place(name));
		};
		const known = (what, names) => {
			const name = String(field(what, TEXT));
			if (!names.includes(name)) throw unknownName(what, name, names, place(what));
			return name;
		};
		const atMs = Number(field("atMs", TIME));
		if ("queue" in given && ("database" in given || "sql" in given)) throw new SandboxError("conflict", {
			first: "queue",
			second: "database" in given ? "database" : "sql"
		}, locate([ACTS, at]));
		if ("queue" in given) {
			const queue = known("queue", [...scenario.queues, DEAD_LETTER_QUEUE]);
			const { body } = given;
			if (body === void 0) throw new SandboxError("missing-value", {
				name: "body",
				expected: { type: "object" }
			}, locate([ACTS, at]));
			return {
				atMs,
				queue,
				body: scalars(asObject("body", body, place("body")), place("body"))
			};
		}
		return {
			atMs,
			database: known("database", scenario.databases.map(({ name }) => name)),
			sql: String(field("sql", TEXT))
		};
	});
}
// src/scenarios/input.ts
const nowhere = () => null;
/** All parameters of a run: the scenario's defaults, changed as given. */
function allParameters(scenario, changed) {
	const defaults = Object.entries(scenario.parameters).map(([name, p]) => [name, p.default]);
	return {
		...Object.fromEntries(defaults),
		...changed
	};
}
function fill(template, parameters) {
	const entries = Object.entries(template).map(([key, value]) => {
		return [key, typeof value === "string" && value.startsWith(":") ? parameters[value.slice(1)] ?? null : value];
	});
	return Object.fromEntries(entries);
}
/** A choice that stands for no handler: that request is not made. */
const NOBODY = "none";
/** In the name of an entry, a field or parameter that says which handler it is. */
const CHOICE = /:(\w+)/;
const snakeCase = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
/** Reads an input document against a scenario. */
var InputReader = class {
	#scenario;
	#parameters;
	#locate;
	constructor(scenario, parameters, locate) {
		this.#scenario = scenario;
		this.#parameters = parameters;
		this.#locate = locate;
	}
	read(document) {
		const { tables, requests, acts } = this.#split(document);
		if (requests.length === 0) {
			const name = this.#scenario.input.requests;
			throw new SandboxError("missing-value", {
				name,
				expected: { type: "list" }
			}, this.#locate([]));
		}
		const first = Object.entries(this.#scenario.rows).map(([table, rows]) => {
			return [table, rows.map((row) => fill(row, this.#parameters))];
		});
		const given = Object.entries(tables).map(([name, value]) => this.#table(name, value));
		const rows = Object.fromEntries([...first, ...given]);
		return {
			parameters: this.#parameters,
			rows,
			requests: requests.flatMap(({ value, path }) => this.#requests(value, path, rows)),
			...acts && { acts: readActs(this.#scenario, acts, this.#locate) }
		};
	}
	#split(document) {
		const { tables, requests } = this.#scenario.input;
		const listed = (list, path) => list.map((value, at) => ({
			value,
			path: [...path, at]
		}));
		if (document === void 0) return {
			tables: {},
			requests: [{
				value: null,
				path: []
			}]
		};
		if (Array.isArray(document)) return {
			tables: {},
			requests: listed(document, [])
		};
		const object = asObject("input", document, this.#locate([]));
		const isList = (name) => [requests, "acts"].includes(name) || ownEntry(tables, name);
		if (!Object.keys(object).some(isList)) return {
			tables: {},
			requests: [{
				value: object,
				path: []
			}]
		};
		const { [requests]: list = [null], [ACTS]: acts, ...rest } = object;
		return {
			tables: rest,
			requests: listed(asList(requests, list, this.#locate([requests])), [requests]),
			...acts && { acts }
		};
	}
	#table(name, value) {
		const { tables, requests } = this.#scenario.input;
		const table = ownEntry(tables, name);
		const place = this.#locate([name]);
		if (!table) throw unknownName("field", name, [...Object.keys(tables), requests], place);
		const rows = asList(name, value, place).map((row, at) => this.#row(table, row, [name, at]));
		const ids = rows.map((row) => row["id"]);
		const twice = ids.findIndex((id, at) => ids.indexOf(id) < at);
		if (twice >= 0) throw new SandboxError("bad-rows", {
			table,
			why: `there are two rows with id ${ids[twice]}`
		}, this.#locate([name, twice]));
		return [table, rows];
	}
	#row(table, value, path) {
		const template = fill(this.#scenario.rows[table]?.[0] ?? {}, this.#parameters);
		const columns = Object.keys(template);
		const given = asObject(String(path[0]), value, this.#locate(path));
		const entries = Object.entries(given).map(([name, cell]) => {
			const column = snakeCase(name);
			const place = this.#locate([...path, name]);
			if (!columns.includes(column)) throw unknownName("column", name, columns, place);
			return [column, check(name, cell, {
				...this.#expectedOf(table, column, template[column]),
				optional: true
			}, place)];
		});
		return {
			...template,
			id: Number(path[1]) + 1,
			...Object.fromEntries(entries)
		};
	}
	#expectedOf(table, column, example) {
		const reference = this.#scenario.rows[table]?.[0]?.[column];
		const name = typeof reference === "string" && reference.startsWith(":") ? reference.slice(1) : "";
		return ownEntry(this.#scenario.parameters, name)?.expected ?? { type: typeof example === "string" ? "text" : "integer" };
	}
	#requests(value, path, rows) {
		const { fields, entries, request } = this.#scenario.input;
		const { atMs = 0, entry, ...rest } = asObject("request", value ?? fill(request, this.#parameters), this.#locate(path));
		const names = Object.keys(fields);
		for (const name of Object.keys(rest)) {
			const place = this.#locate([...path, name]);
			if (!ownEntry(fields, name)) throw unknownName("field", name, [
				...names,
				"atMs",
				"entry"
			], place);
		}
		const body = names.map((name) => [name, this.#field(name, rest[name], path, rows)]);
		const when = Number(check("atMs", atMs, {
			type: "integer",
			min: 0
		}, this.#locate([...path, "atMs"])));
		const asked = Object.fromEntries(body);
		const chosen = {
			...this.#parameters,
			...asked
		};
		return (entry === void 0 ? entries : [this.#entry(entry, path)]).map((name) => {
			const [service = "", handler = ""] = name.replace(CHOICE, (_, choice) => `${chosen[choice]}`).split(".");
			return {
				atMs: when,
				service,
				handler,
				body: asked
			};
		}).filter(({ handler }) => handler !== NOBODY);
	}
	#entry(given, path) {
		const place = this.#locate([...path, "entry"]);
		const name = String(check("entry", given, { type: "text" }, place));
		const known = this.#scenario.services.flatMap(({ name: service, entries }) => entries.map((handler) => `${service}.${handler.name}`));
		if (!known.includes(name)) throw unknownName("handler", name, known, place);
		return name;
	}
	#field(name, value, path, rows) {
		const field = this.#scenario.input.fields[name];
		if (!field) return null;
		const { exists } = field;
		const careless = this.#parameters["checkInput"] === 0;
		const expected = careless ? {
			type: field.expected.type,
			optional: true
		} : field.expected;
		if (value === void 0 && !expected.optional) throw new SandboxError("missing-value", {
			name,
			expected
		}, this.#locate(path));
		const place = this.#locate([...path, name]);
		const checked = check(name, value ?? null, expected, place);
		if (exists === void 0 || careless) return checked;
		const [database, table, column = ""] = exists.split(".");
		const known = (rows[`${database}.${table}`] ?? []).map((row) => row[column]);
		if (known.includes(checked)) return checked;
		throw new SandboxError("no-such-row", {
			name,
			given: String(checked),
			table: `${database}.${table}`,
			known: known.map(String)
		}, place);
	}
};
/**
* Makes the input of a run. Without a document there is one request, made of the parameters.
* @throws SandboxError `unknown-name`, `bad-value`, `missing-value`, `no-such-row`
*/
function readInput(scenario, parameters, document, locate = nowhere) {
	return new InputReader(scenario, parameters, locate).read(document);
}
export { hashOf as A, FAULT_KINDS as C, Broker as D, Database as E, SandboxError as M, __commonJSMin as N, DEAD_LETTER_QUEUE as O, __require as P, parseFault as S, Observatory as T, brokerSource as _, check as a, History as b, buildCatalogue as c, outcomeOf as d, run as f, WORLD_TABLES as g, REQUESTS as h, readInput as i, present as j, Mixer as k, buildScenario as l, COMES_TO_REST as m, NOBODY as n, unknownName as o, World as p, allParameters as r, BEHAVIOUR as s, CHOICE as t, findScenario as u, InDoubt as v, kindsFor as w, faultText as x, WORLD_PARAMETERS as y };
