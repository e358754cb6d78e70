import assert from 'node:assert/strict';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { verifyJournal } from '#journal/verify-journal.ts';
import { gatewaySocket } from '#link/boot.ts';
import { connect } from '#link/client.ts';
import { gatewayApi } from '#link/gateway-api.ts';
import { eventually } from '../house.ts';
import { everyChangeWasAskedFor, everyOrderIsOneAtTheBroker, everyRequestIsOneOrder } from '../order-judge.ts';
import { ordersOfJournal, type JournaledOrder } from '../order-life.ts';
import { openGround, type CrashGround } from './crash-ground.ts';
import { CrashPerson } from './crash-person.ts';
import type { Blow } from './crash-plan.ts';
import { startGateway, type GatewayLife, type Program } from './gateway-life.ts';

export interface Episode {
  /** Gateways that died by SIGKILL, and of them those that died at the very step that was planned. */
  readonly kills: number;
  readonly struck: readonly string[];
  readonly missed: readonly string[];
  readonly ordersAtBroker: number;
  /** Real milliseconds from the last start to the moment when nothing was in doubt any more. */
  readonly resolvedMs: number;
  readonly heard: ReadonlyMap<string, number>;
}

interface Settled {
  readonly resolvedMs: number;
  readonly orders: ReadonlyMap<string, JournaledOrder>;
}

/** Lives of a gateway that a step may wait for: an order leaves doubt only after the start that follows. */
const livesMax = 3;
/** How long a process may stand after its deed before it is killed: what the broker tells later comes within it. */
const lingerMs = 1_500;
/** Three complete inquiries over a quiet window of two seconds. */
const absenceMs = 6_000;
/** A hanging answer is worth no more waiting: the order is at the broker and nobody knows. */
const hangMs = 600;
const resolvingMaxMs = 120_000;
/** Where many others work, the broker in this process may be too late for a start, which the supervisor would repeat. */
const starved = /\[gateway\.testbed\]$/;

/**
 * One account and one journal, and a gateway that is killed once for each of `blows`. Afterwards an undisturbed one
 * settles what is left, and the broker's own list is held against the journal: 0 lost, 0 doubled, 0 stuck.
 */
export async function playEpisode(
  program: Program,
  home: string,
  seed: number,
  blows: readonly Blow[],
): Promise<Episode> {
  mkdirSync(home, { mode: 0o700 });
  const ground = await openGround(home, seed);
  const person = new CrashPerson(ground);
  const struck: string[] = [];
  const missed: string[] = [];
  let kills = 0;
  try {
    for (const blow of blows) {
      const lives = await playBlow(program, ground, person, blow);
      kills += lives.count;
      if (blow.step !== null)
        (lives.isStruck ? struck : missed).push(`${blow.step.kind} ${blow.step.moment} ${blow.trouble}`);
    }
    const { resolvedMs, orders } = await settle(program, ground, person);
    const broker = await ground.orders();
    everyRequestIsOneOrder(person.requestIds, orders);
    everyChangeWasAskedFor(orders, broker);
    const ordersAtBroker = everyOrderIsOneAtTheBroker(orders, broker);
    rmSync(home, { recursive: true });
    return { kills, struck, missed, ordersAtBroker, resolvedMs, heard: person.heard };
  } finally {
    await ground.close();
  }
}

async function playBlow(program: Program, ground: CrashGround, person: CrashPerson, blow: Blow) {
  if (blow.step === null) {
    await playLife(program, ground, person, blow);
    return { count: 1, isStruck: false };
  }
  for (let count = 1; count <= livesMax; count += 1) {
    // Once the deed is done the record may still come: by inquiry, or at the next start.
    const deed = count === 1 ? blow.deed : count === 2 ? 'wait' : blow.deed;
    if (await playLife(program, ground, person, { ...blow, deed })) return { count, isStruck: true };
  }
  return { count: livesMax, isStruck: false };
}

/** True when the process died by its own hand, at the step that was planned. */
async function playLife(program: Program, ground: CrashGround, person: CrashPerson, blow: Blow): Promise<boolean> {
  await ground.trouble('wait', 'none');
  const life = startGateway(program, ground.boot, blow.step);
  if (blow.step === null && blow.deed === 'wait') await Promise.race([life.end, pause(blow.afterMs)]);
  else if (await life.isReady) await Promise.race([life.end, untilDue(life, person, blow)]);
  const isStruck = life.isDead();
  life.kill('SIGKILL');
  const end = await life.end;
  if (end !== null && starved.test(end)) return playLife(program, ground, person, blow);
  assert.equal(end, null, `a gateway ended by itself: ${end}`);
  return isStruck;
}

async function untilDue(life: GatewayLife, person: CrashPerson, blow: Blow): Promise<void> {
  const begun = Promise.withResolvers<void>();
  const done = person.act(blow, () => begun.resolve());
  if (blow.step === null) {
    await Promise.race([done, begun.promise]);
    await pause(blow.afterMs);
  } else if (blow.trouble === 'accept-then-hang') {
    await Promise.race([done, begun.promise.then(() => pause(hangMs))]);
  } else {
    await done;
    await Promise.race([life.end, pause(patienceMs(blow))]);
  }
  // The connection ends with the process.
  life.kill('SIGKILL');
  await done;
}

/** Only a step that is not reached costs it. */
function patienceMs({ step }: Blow): number {
  return step?.kind === 'order.confirmed-absent' || step?.kind === 'order.inquiry' ? absenceMs : lingerMs;
}

const inDoubt = new Set(['order.intent', 'order.sending', 'order.unknown']);

async function settle(program: Program, ground: CrashGround, person: CrashPerson): Promise<Settled> {
  await ground.trouble('wait', 'none');
  const journal = join(ground.home, 'gateway', 'journal');
  const startedAt = performance.now();
  const life = startGateway(program, ground.boot, null);
  if (!(await life.isReady)) {
    const end = await life.end;
    if (end !== null && starved.test(end)) return settle(program, ground, person);
    assert.fail(`a gateway could not start: ${end}`);
  }
  const socketPath = join(ground.home, 'run', gatewaySocket);
  const gateway = await connect({ socketPath, api: gatewayApi, role: 'server', token: ground.token });
  try {
    await eventually('every order to leave doubt', resolvingMaxMs, async () => {
      const { unknownOrders } = await gateway.call('status', {});
      return unknownOrders === 0 && doubtful(ordersOfJournal(journal)).length === 0 ? true : null;
    });
    const resolvedMs = performance.now() - startedAt;
    await person.settle(gateway);
    await eventually('the last answers to leave doubt', resolvingMaxMs, async () =>
      doubtful(ordersOfJournal(journal)).length === 0 ? true : null,
    );
    return { resolvedMs, orders: ordersOfJournal(journal) };
  } finally {
    await gateway.close();
    life.kill('SIGTERM');
    await life.end;
    assert.equal(verifyJournal(journal).kind, 'intact');
  }
}

function doubtful(orders: ReadonlyMap<string, JournaledOrder>): readonly JournaledOrder[] {
  return [...orders.values()].filter(({ last }) => inDoubt.has(last));
}
