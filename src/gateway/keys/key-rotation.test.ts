import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import type { KisSimulator } from '#brokers/kis/simulator/start.ts';
import { Secret } from '#domain/secret.ts';
import type { VirtualClock } from '#testbed/virtual-clock.ts';
import { at, daySimulator, standingClock } from '../../../tests/support/day-parts.ts';
import { makeHouse, RotatingHouse } from '../../../tests/support/rotating-house.ts';
import { issueKey, mixedCalls } from '../../../tests/support/simulated-keys.ts';
import type { DyingHouse } from '../../../tests/support/rotating-house-entry.ts';
import type { NewKeyValue, RotationShape, RotationStep } from './key-rotation.ts';

/** By hand: `ROTATIONS=1000`. */
const rotations = Number(process.env['ROTATIONS'] ?? 3);
const perHouse = 100;
/** So that a few rotations already are of different kinds. */
const planStride = 4;
/** Threat-model §13. */
const pauseMaxMs = 5_000;
const steps = {
  overlap: ['kept', 'tested', 'promoted', 'switched', 'revoked', 'retired'],
  'cut-over': ['halted', 'drained', 'promoted', 'switched', 'tested'],
} as const satisfies Record<RotationShape, readonly RotationStep[]>;
/** The new key is not CURRENT yet. `tested` comes early in an overlap, and last in a cut-over. */
const earlySteps: Readonly<Record<RotationShape, readonly RotationStep[]>> = {
  overlap: ['kept', 'tested'],
  'cut-over': ['halted', 'drained'],
};
const dyingHouse = fileURLToPath(new URL('../../../tests/support/rotating-house-entry.ts', import.meta.url));
const plans = (['overlap', 'cut-over'] as const).flatMap((shape) => steps[shape].map((step) => ({ shape, step })));
/** Real processes take a second each; by hand: `ROTATION_KILLS=11`. */
const killed = plans
  .slice(2, 2 + Number(process.env['ROTATION_KILLS'] ?? 1))
  .concat(plans.slice(0, Math.max(0, Number(process.env['ROTATION_KILLS'] ?? 1) - plans.length + 2)));

describe('a rotation of the key beneath a gateway under ten orders a minute', () => {
  let folder = '';
  let clock: VirtualClock;
  let simulator: KisSimulator;
  let serial = 0;
  let home = '';
  let houses: RotatingHouse[] = [];
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kr-'));
    clock = standingClock('09:05');
    simulator = await daySimulator('rotation', clock, 'calm');
    await newHome();
  });
  after(async () => {
    await simulator.close();
    rmSync(folder, { recursive: true });
  });

  afterEach(async () => {
    await Promise.all(houses.map((house) => house.stop()));
    houses = [];
  });

  /** Another day: another simulator, journal and vault. */
  async function newHome(): Promise<void> {
    home = join(folder, String((serial += 1)));
    await makeHouse(home, simulator);
  }

  async function anotherDay(): Promise<void> {
    await simulator.close();
    clock = standingClock('09:05');
    simulator = await daySimulator(`rotation ${serial}`, clock, 'calm');
    await newHome();
  }

  test(`T18 ${rotations} rotations, both shapes, each cut off at one of its steps: nothing lost, doubled or mixed`, async () => {
    let longestMs = 0;
    for (let index = 0; index < rotations; index += 1) {
      const isLate = Temporal.Instant.compare(clock.now(), at('14:30')) > 0;
      if (index > 0 && (index % perHouse === 0 || isLate)) await anotherDay();
      const { shape, step } = plans[(index * planStride) % plans.length] ?? assert.fail('a plan');
      longestMs = Math.max(longestMs, await cutOff(shape, step));
    }
    assert.ok(longestMs < pauseMaxMs, `the longest wait of an order was ${Math.round(longestMs)} ms`);
    if (rotations > plans.length) console.log(`longest wait of an order: ${Math.round(longestMs)} ms`);
  });

  /** The process dies at `step` of a rotation, orders go on at every other one; the next start must work and agree. */
  async function cutOff(shape: RotationShape, dying: RotationStep): Promise<number> {
    const values = await issued(shape);
    const ordered: Promise<string>[] = [];
    let reached: () => void = () => undefined;
    const died = new Promise<void>((resolve) => (reached = resolve));
    const house = await open((step) => {
      if (step === dying) {
        reached();
        return new Promise<void>(() => undefined);
      }
      if (shape === 'overlap') ordered.push(house.order());
      return undefined;
    });
    await house.order();
    if (shape === 'cut-over') await house.halt();
    const key = await values();
    const rotated = house.rotation.rotate(key, shape);
    rotated.catch(() => undefined);
    await Promise.race([died, rotated.then(() => retiring(house, died))]);
    if (shape === 'overlap') ordered.push(house.order());
    await Promise.all(ordered);
    await house.crash();

    const next = await goesOn(shape, dying, key);
    return Math.max(house.longestMs, next.longestMs);
  }

  /** The next start after a death at `dying`: it works, it has one whole key, and it agrees with the broker. */
  async function goesOn(
    shape: RotationShape,
    dying: RotationStep,
    key: readonly NewKeyValue[],
  ): Promise<RotatingHouse> {
    const isKept = !earlySteps[shape].includes(dying);
    const isKeyDead = shape === 'cut-over' && !isKept;
    const next = await open(undefined, 20, isKeyDead);
    const wanted = key.find(({ type }) => type === 'app-key')?.value.reveal();
    assert.equal(next.current === wanted, isKept, `${shape} ${dying}: which key is CURRENT`);
    // What was only PENDING is taken up; a key that was never saved is typed again, and the house is halted until then.
    if (isKeyDead) assert.notEqual(next.gateway.state.halted, null);
    if (!isKept) await next.rotation.rotate(shape === 'overlap' ? [] : key, shape);
    await next.resolved();
    assert.equal(next.current, wanted);
    if (next.gateway.state.halted !== null) await next.resume();
    const last = await next.order();
    assert.ok(['acked', 'filled'].includes(next.stateOf(last)), `an order after it is ${next.stateOf(last)}`);
    await next.retired();
    await next.mustAgree();
    assert.equal(await mixedCalls(simulator), 0, 'calls with two keys');
    await next.stop();
    return next;
  }

  /** The time of grace passes, and the process dies in what follows. */
  async function retiring(house: RotatingHouse, died: Promise<void>): Promise<void> {
    let isDead = false;
    void died.then(() => (isDead = true));
    await house.until(() => {
      void house.rotation.look();
      return isDead;
    }, 'the step at which the process dies');
  }

  /** An overlapping key is issued ahead; one that kills the other, at the moment of the rotation. */
  async function issued(shape: RotationShape) {
    const ahead = shape === 'overlap' ? await issueKey(simulator, shape) : null;
    return async () => ahead ?? (await issueKey(simulator, shape));
  }

  async function open(
    onStep?: (step: RotationStep) => void | Promise<void>,
    graceMs = 20,
    isKeyDead = false,
  ): Promise<RotatingHouse> {
    const { hosts } = simulator;
    const house = await RotatingHouse.open({ home, hosts, clock, graceMs, ...(onStep ? { onStep } : {}) });
    houses.push(house);
    if (!isKeyDead) await house.resolved();
    return house;
  }

  test(`T18 a process that the kernel kills at one of ${killed.length} steps: the next start has one whole key and every order`, async () => {
    for (const { shape, step } of killed) {
      const key = await issueKey(simulator, 'overlap');
      clock.step(60_000);
      const time = clock.now().toZonedDateTimeISO('Asia/Seoul').toPlainTime().toString({ smallestUnit: 'second' });
      const { hosts } = simulator;
      const told = {
        home,
        hosts,
        time,
        shape,
        step,
      } satisfies DyingHouse;
      const child = spawn(
        process.execPath,
        ['--disable-warning=ExperimentalWarning', dyingHouse, JSON.stringify(told)],
        {
          stdio: ['pipe', 'ignore', 'inherit'],
        },
      );
      child.stdin.end(JSON.stringify(key.map(({ type, value }) => ({ type, value: value.reveal() }))));
      const [, signal] = await once(child, 'exit');
      assert.equal(signal, 'SIGKILL', `${shape} ${step}`);
      await (await goesOn(shape, step, key)).stop();
    }
  });

  test('T18 a key that the broker does not take leaves the one before at work, and nothing PENDING', async () => {
    const house = await open();
    const before = house.current;
    const wrong = [
      { type: 'app-key', value: new Secret('PSnobodysKeyAtAllNobodysKeyAtAll') },
      { type: 'app-secret', value: new Secret('nobodys-secret') },
    ] as const;

    const ordering = house.order();
    await assert.rejects(house.rotation.rotate(wrong, 'overlap'), {
      code: 'gateway.rotation-test',
      message: /kis\.credentials-refused.*the key before goes on/,
    });
    await ordering;

    assert.equal(house.current, before);
    assert.deepEqual(house.labels(), ['app-key CURRENT', 'app-secret CURRENT']);
    assert.equal(house.gateway.state.halted, null);
    assert.equal(house.gateway.state.incidents.at(-1)?.code, 'key-rotation-failed');
    await house.mustAgree();
  });

  test('T18 a cut-over in the session is refused while ordering is on, and one that fails leaves the house halted', async () => {
    const house = await open();
    await assert.rejects(house.rotation.rotate([], 'cut-over'), { code: 'gateway.rotation-open' });
    await house.halt();
    const [appKey] = await issueKey(simulator, 'cut-over');
    assert.ok(appKey);
    const wrong = [appKey, { type: 'app-secret', value: new Secret('typed-wrongly') }] as const;

    await assert.rejects(house.rotation.rotate(wrong, 'cut-over'), { code: 'gateway.rotation-test' });

    assert.notEqual(house.gateway.state.halted, null);
    assert.match(house.gateway.state.incidents.at(-1)?.detail ?? '', /ordering stays halted/);
    const right = await issueKey(simulator, 'cut-over');
    const { generation } = await house.rotation.rotate(right, 'cut-over');
    assert.equal(generation, house.vault.generation);
    assert.notEqual(house.gateway.state.halted, null, 'a person resumes (INV-13)');
  });

  test('T18 while the key before is in its time of grace no other rotation begins, and calls on their way end with it', async () => {
    const earlier = await open();
    await earlier.retired();
    await earlier.stop();
    const house = await open(undefined, 60_000);
    if (house.gateway.state.halted !== null) await house.resume();
    const onTheirWay = [house.order(), house.order()];
    const [outcome] = await Promise.all([
      house.rotation.rotate(await issueKey(simulator, 'overlap'), 'overlap'),
      ...onTheirWay,
    ]);

    assert.equal(outcome.graceMs, 60_000);
    assert.equal(house.labels().length, 4);
    await assert.rejects(house.rotation.rotate([], 'overlap'), { code: 'gateway.rotation-busy' });
    await house.order();
    await house.mustAgree();
    assert.equal(await mixedCalls(simulator), 0);
  });
});
