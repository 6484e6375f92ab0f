// Stepping through a run by keys: where one is after each, what the picture says, and that it fits
// whatever the terminal.

import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { type Layout, PLAIN } from '../../src/report/index.ts';
import { Stepper, shoot, shootCode } from '../../src/report/step/index.ts';
import { stepTexts } from '../../src/report/texts/step.ts';
import { SandboxError } from '../../src/sim/index.ts';
import { catalogue, scenarioOf } from '../support.ts';

type Given = Partial<ConstructorParameters<typeof Stepper>[2]> & {
  readonly fails?: readonly string[];
  readonly seed?: number;
};

function stepperFor(id: string, { fails = [], seed, ...options }: Given = {}): Stepper {
  const asked = { fails, settings: {}, ...(seed !== undefined && { seed }) };
  const scenario = scenarioOf(id);
  return new Stepper(scenario, shoot(scenario, asked), {
    language: 'en',
    breakpoints: [],
    watch: [],
    toBreak: false,
    write: (path) => path,
    ...options,
  });
}

const layout = (width: number): Layout => ({ width, measure: stringWidth, paint: PLAIN });
const press = (stepper: Stepper, keys: string): Stepper => {
  for (const key of keys.split(' ')) stepper.press(key[0] ?? '', key.slice(1));
  return stepper;
};
const drawn = (stepper: Stepper): string =>
  stepper.draw({ layout: layout(200), height: 40 }).join('\n');
const lastLine = (stepper: Stepper): string => drawn(stepper).split('\n').at(-1) ?? '';

describe('the picture', () => {
  const sizes = [
    [40, 16],
    [80, 24],
    [100, 30],
    [160, 50],
  ] as const;

  it.each([...catalogue.keys()])('of %s fits every terminal, in both languages', (id) => {
    for (const language of ['en', 'zh'] as const) {
      const stepper = stepperFor(id, { language });
      const steps = stepper.session.showing.film.frames.length;
      for (let step = 0; step < steps; step += Math.ceil(steps / 12)) {
        press(stepper, `g${step}`);
        for (const [width, height] of sizes) {
          const lines = stepper.draw({ layout: layout(width), height });
          expect(lines).toHaveLength(height);
          for (const line of lines) expect(stringWidth(line), line).toBeLessThanOrEqual(width);
        }
      }
      for (const key of ['?', '?', 't']) {
        for (const [width, height] of sizes) {
          const lines = press(stepper, key).draw({ layout: layout(width), height });
          expect(lines).toHaveLength(height);
          for (const line of lines) expect(stringWidth(line), line).toBeLessThanOrEqual(width);
        }
      }
    }
  });

  it('marks a row that is not committed, and what dies with its process', () => {
    const stepper = stepperFor('ticket-saga', { breakpoints: ['user.pay.committing'] });
    const picture = drawn(stepper);
    expect(picture).toContain('? user.customer id=1 deposit 1000 → 900');
    expect(picture).toMatch(/stays +order\.customer_order id=1, committed/);
    expect(picture).toContain('order:pay, comes again ↻');
    expect(picture).toMatch(/is lost +user\.pay at committing/);
    expect(picture).toContain('user.customer id=1, uncommitted');
    expect(picture).toContain('order:ticket_move, not sent yet');
    expect(drawn(press(stepper, 'n'))).toContain('~ user.customer id=1 deposit 1000 → 900');
  });

  it('tells of no look inside, which nobody took in the run', () => {
    const stepper = stepperFor('isolation', { fails: ['deadlock'] });
    for (let step = 0; step < 27; step++)
      expect(drawn(press(stepper, 'n'))).not.toContain('inspected');
  });

  it('says who waits for whose lock', () => {
    const stepper = stepperFor('isolation', { fails: ['deadlock'] });
    const { film } = stepper.session.showing;
    const at = film.frames.findIndex(({ waits }) => waits.some(({ what }) => what === 'lock'));
    expect(at).toBeGreaterThan(0);
    expect(drawn(press(stepper, `g${at}`))).toMatch(/! .* waits for a lock of/);
  });
});

describe('keys', () => {
  it('go forward and back, and say where it ends', () => {
    const stepper = stepperFor('ticket-saga');
    const { frames } = stepper.session.showing.film;
    expect(press(stepper, 'n n n p').session.step).toBe(2);
    press(stepper, 'g0 p');
    expect(lastLine(stepper)).toBe('this is the beginning');
    press(stepper, 'g$ n');
    expect(stepper.session.step).toBe(frames.length - 1);
    expect(lastLine(stepper)).toBe('this is the end');
  });

  it('go where a selected row changes', () => {
    const stepper = stepperFor('ticket-saga');
    press(stepper, 'N');
    expect(lastLine(stepper)).toContain('no row is selected');
    press(stepper, 'g$ j');
    const { row } = stepper.session;
    expect(row).toMatch(/^\w+\.\w+ \d+$/);
    const seen = new Set<number>();
    for (press(stepper, 'g0 N'); !seen.has(stepper.session.step); press(stepper, 'N'))
      seen.add(stepper.session.step);
    const [table, key] = row?.split(' ') ?? [];
    const changes = stepper.session.showing.film.frames.flatMap(({ tables }, step, frames) => {
      const told = (list: typeof tables) => {
        const one = list.find(({ name }) => name === table);
        const own = (id: unknown) => String(id) === key;
        return JSON.stringify([
          one?.rows.filter((found) => own(Object.values(found)[0])),
          one?.open.filter(({ now, before }) => own(Object.values(now ?? before ?? {})[0])),
        ]);
      };
      const before = frames[step - 1]?.tables;
      return before && told(before) !== told(tables) ? [step] : [];
    });
    expect([...seen]).toEqual(changes);
  });

  it('search what is told, on and on', () => {
    const stepper = press(stepperFor('ticket-saga'), '/commit');
    const first = stepper.session.step;
    expect(drawn(stepper)).toContain('COMMIT');
    expect(press(stepper, '/').session.step).toBeGreaterThan(first);
    expect(lastLine(press(stepper, '/nowhere'))).toBe('no event after this says "nowhere"');
  });

  it('stop where a breakpoint comes, before it is passed', () => {
    const stepper = press(stepperFor('ticket-saga'), 'buser.pay.* c');
    const { frames } = stepper.session.showing.film;
    const { step } = stepper.session;
    expect(frames[step]?.passed.join()).not.toContain('user.pay');
    expect(frames[step + 1]?.passed[0]?.point).toBe('user.pay.beginning');
    expect(lastLine(press(stepper, 'buser.pay.*'))).toBe('no breakpoints');
    expect(press(stepper, 'c').session.step).toBe(frames.length - 1);
    expect(lastLine(press(stepper, 'bnowhere'))).toBe('no step passes "nowhere"');
  });

  it('let a fault strike here, in a branch of its own, and come back', () => {
    const stepper = stepperFor('ticket-saga', { breakpoints: ['user.pay.charging'] });
    const { step } = stepper.session;
    const plain = drawn(stepper);
    press(stepper, 'f3');
    expect(stepper.session.step).toBe(step + 1);
    expect(drawn(stepper)).toMatch(/fault crash@user\.pay\.charging:before#1/);
    expect(drawn(stepper)).toContain('branch 2 of 2');
    press(stepper, 'u');
    expect(stepper.session.step).toBe(step);
    // Of where one was, only the count of branches is another.
    const bare = (text: string) => text.split('\n').slice(1, -1);
    expect(bare(drawn(stepper))).toEqual(bare(plain));
    press(stepper, 'f1');
    expect(stepper.session.branches.map(({ parent }) => parent?.number)).toEqual([undefined, 1, 1]);
    expect(drawn(press(stepper, 't'))).toMatch(/● 3 from step \d+: error@user\.pay\.charging/);
    expect(press(stepper, 't2').session.branch.number).toBe(2);
    expect(lastLine(press(stepper, 't9'))).toBe('there is no branch 9');
    expect(lastLine(press(stepper, 'f99'))).toContain('there is no fault "99" here');
    expect(lastLine(press(stepper, 'f'))).toContain('there is no fault "" here');
  });

  it('take another choice, which can be repeated by the code of the branch', () => {
    const stepper = press(stepperFor('ticket-saga'), 'g8 2');
    const { branch, showing, step } = stepper.session;
    expect(branch.number).toBe(2);
    expect(showing.film.choices).toEqual([{ step: 8, option: 1 }]);
    expect(showing.film.events[showing.film.frames[step - 1]?.events ?? 0]?.happening.kind).toBe(
      'ticked',
    );
    const again = shootCode(scenarioOf('ticket-saga'), showing.code);
    expect(again.film).toEqual(showing.film);
    expect(press(stepper, 'u 1').session.branches).toHaveLength(2);
    expect(lastLine(press(stepper, '9'))).toBe('there is no choice 9');
  });

  it('watch a query at every step, and say what is wrong with one', () => {
    const stepper = stepperFor('ticket-saga');
    stepper.press('w', 'SELECT deposit FROM user.customer');
    expect(drawn(stepper)).toContain('{"deposit":1000}');
    expect(drawn(press(stepper, 'g$'))).toContain('{"deposit":900}');
    stepper.press('w', 'SELECT some FROM nowhere');
    expect(drawn(stepper)).toMatch(/! .*nowhere/);
    stepper.press('w', 'SELECT deposit FROM user.customer WHERE deposit < 0');
    expect(drawn(stepper)).toContain('no rows');
    expect(drawn(press(stepper, 'w'))).not.toContain('Watched');
  });

  it('lead to the first difference from the run without faults', () => {
    const stepper = stepperFor('ticket-saga', { fails: ['crash@user.pay.charging'] });
    press(stepper, 'd');
    const struck = drawn(stepper);
    expect(struck).toContain('fault crash@user.pay.charging');
    const { step } = stepper.session;
    stepper.press('w', 'SELECT deposit FROM user.customer');
    expect(press(stepper, 'g0 d').session.step).toBe(step);
    expect(lastLine(press(stepperFor('ticket-saga'), 'd'))).toBe('this is the run without faults');
  });

  it('explain the step, then the keys', () => {
    const stepper = press(stepperFor('ticket-saga'), '/COMMIT ?');
    expect(drawn(stepper)).toContain('From here on it is durable');
    for (const [key] of stepTexts.en.help)
      expect(drawn(press(stepperFor('ticket-saga'), '? ?'))).toContain(key);
  });

  it('ask thrice for help, and the step is back', () => {
    const stepper = press(stepperFor('ticket-saga'), 'g9');
    const plain = drawn(stepper);
    expect(drawn(press(stepper, '?'))).not.toBe(plain);
    expect(drawn(press(stepper, '? ?'))).toBe(plain);
  });

  it('write what is seen, and say so if they cannot', () => {
    const written: string[] = [];
    const stepper = stepperFor('ticket-saga', {
      write: (path, own) => {
        if (path === 'there') throw new SandboxError('file-exists', { path });
        written.push(own.draw({ layout: layout(80), height: 24 }).join('\n'));
        return path;
      },
    });
    expect(lastLine(press(stepper, 'n eout.txt'))).toBe('wrote out.txt');
    expect(written[0]).toContain('step 1 of');
    expect(lastLine(press(stepper, 'ethere'))).toContain('there already');
    expect(lastLine(press(stepper, 'x'))).toBe('"x" is no key here: ? shows them');
  });
});

it('opens where something first breaks', () => {
  const stepper = stepperFor('ticket-saga', { fails: ['sold'], toBreak: true });
  const { frames } = stepper.session.showing.film;
  expect(stepper.session.step).toBe(frames.findIndex(({ broken }) => broken.length > 0));
  expect(drawn(stepper)).toContain('✗ broken: sold-once');
});

it('goes on from an order that was drawn', () => {
  const stepper = stepperFor('ticket-saga', { seed: 7 });
  const { choices } = stepper.session.showing.film;
  press(stepper, 'g20 f1');
  const kept = choices.filter(({ step }) => step <= 20);
  expect(stepper.session.showing.film.choices.slice(0, kept.length)).toEqual(kept);
});
