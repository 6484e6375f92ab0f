// What a run of a listener did once, it does again wherever its message and its databases are the
// same: then it is not run, only what came of it is done. Only for a run that goes through at once,
// alone with its own quiet databases and its own JMS session. A test holds this against running it.

import type { SessionEnd } from './broker/index.ts';
import type { Execution } from './execution.ts';
import { present, type Task } from './kernel/index.ts';
import { after, type Parts, type Work } from './parts.ts';
import type { Recorder, SessionAct } from './recorder.ts';
import type { Revision } from './revisions.ts';
import { freshName } from './state-name.ts';

/** What came of a run. */
interface Done {
  readonly acts: readonly SessionAct[];
  readonly revisions: readonly (readonly [string, Revision])[];
  readonly passed: readonly string[];
  readonly reads: readonly string[];
  readonly writes: readonly string[];
}

/** So many are remembered; then it begins anew. */
const KNOWN_MAX = 200_000;

export class Repeats {
  readonly #parts: Parts;
  readonly #isHeard: () => boolean;
  readonly #known = new Map<string, Done>();

  /** @param isHeard whether somebody wants to hear of all that happens: then all must happen */
  constructor(parts: Parts, isHeard: () => boolean) {
    this.#parts = parts;
    this.#isHeard = isHeard;
  }

  /** What a run depends on, as one text; null if it may depend on more. */
  keyOf({ work }: Task<Work>): string | null {
    const { executions, revisions, clock, broker, plan, pace, footprint } = this.#parts;
    if (pace !== 'handler' || work.kind !== 'step' || !footprint || !broker.up) return null;
    const armed = plan.armed();
    if (armed === null) return null;
    const execution = executions.see(work.execution);
    const name = execution && freshName(execution, this.#parts);
    if (!execution || name === null || executions.anyBegun || this.#isHeard()) return null;
    let key = `${name} ${clock.nowMs} ${armed}`;
    for (const database of execution.service.databases) {
      const revision = revisions.isFree(database) ? revisions.of(database) : null;
      if (!revision?.mark) return null;
      key += ` ${revision.id}`;
    }
    return key;
  }

  /**
   * Does what came of a run, if that is known. Returns whether it is. `settle` hands out messages,
   * as it does after each step of a run.
   */
  repeat(key: string, id: number, settle: () => void): boolean {
    const done = this.#known.get(key);
    if (!done) return false;
    const { executions, revisions, commits, plan, footprint } = this.#parts;
    const execution = present(executions.see(id), 'a run to repeat');
    commits.touch();
    executions.delete(id);
    for (const act of done.acts) {
      this.#act(execution, act);
      if (act.kind !== 'send') settle();
    }
    for (const [name, revision] of done.revisions) revisions.goTo(name, revision);
    plan.passedAgain(done.passed);
    for (const name of done.reads) footprint?.reads.add(name);
    for (const name of done.writes) footprint?.writes.add(name);
    return true;
  }

  #act({ session: open, message, cause }: Readonly<Execution>, act: SessionAct): void {
    const { broker, clock } = this.#parts;
    const session = present(open, 'the session of a run');
    let end: SessionEnd | null = null;
    if (act.kind === 'send') broker.send(session, act.send);
    else if (act.kind === 'commit') end = broker.commit(session, clock.nowMs, cause);
    else if (act.kind === 'rollback') {
      end = broker.rollback(session, clock.nowMs, cause, act.afterMs);
    } else end = broker.resend(present(message, 'a message'), act.afterMs, clock.nowMs, cause);
    for (const wakeAtMs of end?.wakeAtMs ?? []) {
      after(this.#parts, wakeAtMs - clock.nowMs, { kind: 'dispatch' }, cause);
    }
  }

  /** Remembers what came of a run that has ended. */
  remember(key: string, { acts, isRepeatable }: Recorder, databases: readonly string[]): void {
    const { revisions, plan, footprint } = this.#parts;
    if (!isRepeatable || !footprint || footprint.everything) return;
    const after: [string, Revision][] = [];
    for (const name of databases) {
      const revision = revisions.of(name);
      if (!revision?.mark) return;
      after.push([name, revision]);
    }
    if (this.#known.size >= KNOWN_MAX) this.#known.clear();
    const { reads, writes } = footprint;
    this.#known.set(key, {
      acts,
      revisions: after,
      passed: plan.passedNow(),
      reads: [...reads],
      writes: [...writes],
    });
  }
}
