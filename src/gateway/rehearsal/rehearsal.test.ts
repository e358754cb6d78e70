import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { isApproved } from '#guard/approved.ts';
import { openJournal } from '#journal/open-journal.ts';
import { SessionClock } from '../fixtures/tiny-broker.ts';
import { quietBroker } from '../fixtures/quiet-broker.ts';
import { Gateway } from '../gateway.ts';
import { madeUpDay } from './made-up-day.ts';
import { rehearse } from './rehearse.ts';
import { rehearseOrder } from './rehearse-order.ts';

const sources = fileURLToPath(new URL('../..', import.meta.url));

describe('rehearseOrder()', () => {
  test('INV-10 approves nothing, and nothing that it makes could be carried out', () => {
    const day = madeUpDay();

    for (let number = 0; number < 50; number += 1) {
      const { verdict, steps } = rehearseOrder(day, number);

      assert.equal(verdict.kind, 'denied');
      assert.ok(verdict.denials.some(({ code }) => code === 'halted'));
      assert.deepEqual(
        steps.flatMap(({ effects }) => effects),
        [],
      );
      const requests = steps.flatMap(({ state }) => [...state.orders.values()].map(({ request }) => request));
      assert.ok(!requests.some(isApproved));
    }
  });

  test('goes the whole way of an order: refused, sent, accepted, written down, answered', () => {
    const { verdict, steps, lines, answer } = rehearseOrder(madeUpDay(), 7);

    assert.ok(verdict.checks.length > 30);
    const kinds = steps.map(({ records }) => records.map(({ kind }) => kind));
    assert.deepEqual(kinds, [['order.denied'], ['order.acked']]);
    assert.deepEqual(
      lines.map((line) => line.split('\t')[1]),
      ['order.intent', 'order.sending', 'order.acked'],
    );
    assert.match(answer.toString('utf8'), /"state":"acked"/);
  });

  test('leaves its made-up day as it was, so that the last order of many is like the first', () => {
    const day = madeUpDay();
    const untouched = JSON.stringify(plain(day.state));

    for (let number = 0; number < 20; number += 1) rehearseOrder(day, number);

    assert.equal(JSON.stringify(plain(day.state)), untouched);
  });

  test('INV-01 reaches no module that writes, listens, calls or keeps a secret', () => {
    const reached = closureOf(join(sources, 'gateway', 'rehearsal', 'rehearse-order.ts'));
    const ways =
      /^(?:node:(?!crypto$|buffer$)|undici|ws$|pino)|(?:^|\/)(?:wire|vault|brokers)\/|journal-writer|recorder|effects/;

    assert.ok(reached.size > 60, `only ${reached.size} modules were found: the walk does not work`);
    assert.deepEqual(
      [...reached].filter((name) => ways.test(name)),
      [],
    );
  });
});

describe('rehearse()', () => {
  let folder = '';
  before(() => (folder = mkdtempSync(join(tmpdir(), 'rehearsal-'))));
  after(() => rmSync(folder, { recursive: true }));

  test('INV-01 leaves no record, no call and no state behind in a gateway, and ends when it is stopped', async () => {
    const clock = new SessionClock();
    const { broker, calls } = counted(quietBroker(() => clock.now()).broker);
    const file = join(folder, 'journal');
    const journal = await openJournal({ file });
    const problems: unknown[] = [];
    const onFault = (error: unknown): void => void problems.push(error);
    const onOrder = (order: unknown): void => void problems.push(order);
    const ignore = (): void => undefined;
    const events = { onOrder, onFault, onFatal: onFault, onTick: ignore, onStatus: ignore };
    const gateway = new Gateway({ environment: 'trial', build: 'test', broker, journal, clock, ...events });
    const { state } = gateway;
    const look = () => [readFileSync(file, 'utf8'), { ...gateway.guardState(state), nowMs: 0 }, calls()];
    const seen = JSON.stringify(plain(look()));
    const stopped = rehearse({ onFault, onEnded: () => problems.push('it went on after it was stopped') });

    stopped();
    const orders = await new Promise<number>((onEnded) => void rehearse({ onFault, onEnded }));

    assert.ok(orders > 100);
    assert.equal(gateway.state, state);
    assert.equal(JSON.stringify(plain(look())), seen);
    assert.deepEqual(problems, []);
    await journal.close();
  });

  test('a failure ends it, is told once and throws nowhere', async () => {
    const failure = new Error('no order like this');
    let orders = 0;
    const order = (): never => {
      orders += 1;
      throw failure;
    };

    const told = await new Promise((onFault) => void rehearse({ onFault, order }));
    await new Promise<number>((onEnded) => void rehearse({ onFault: assert.ifError, onEnded, order: () => null }));

    assert.deepEqual([told, orders], [failure, 1]);
  });
});

/** Every method of the broker that is called counts. */
function counted<Target extends object>(target: Target): { readonly broker: Target; readonly calls: () => number } {
  let calls = 0;
  const broker = new Proxy(target, {
    get: (from, name, self) => {
      const value: unknown = Reflect.get(from, name, self);
      if (typeof value === 'function') calls += 1;
      return value;
    },
  });
  return { broker, calls: () => calls };
}

/** Maps as lists, which JSON can say. */
function plain(value: unknown): unknown {
  if (value instanceof Map) return [...value].map(plain);
  if (value instanceof Set) return [...value];
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
}

/** All modules that a file imports at run time, directly or not: paths of ours from `src`, names of others. */
function closureOf(start: string): ReadonlySet<string> {
  const found = new Set<string>();
  const seen = new Set<string>();
  const waiting = [start];
  const statement = /(?:^|\n)(?:import|export)\s+(?!type\b)(?:[^'";]*?\sfrom\s+)?'([^']+)'|import\('([^']+)'\)/g;
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    found.add(file.slice(sources.length));
    for (const [, named, late] of readFileSync(file, 'utf8').matchAll(statement)) {
      const target = named ?? late ?? '';
      if (target.startsWith('#')) waiting.push(join(sources, target.slice(1)));
      else if (target.startsWith('.')) waiting.push(join(dirname(file), target));
      else found.add(target);
    }
  }
  return found;
}
