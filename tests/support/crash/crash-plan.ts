import type { FaultName } from '#brokers/kis/simulator/host/fault-table.ts';
import type { RecordKind } from '#gateway/desk/records.ts';

/** Where in the writing of a record the process dies. */
const moments = ['before-write', 'torn-write', 'after-write', 'after-sync'] as const;
export type Moment = (typeof moments)[number];

/** What the person of the test asks for before and while the process dies. */
export type Deed = 'wait' | 'buy' | 'deny' | 'cancel' | 'amend' | 'halt' | 'resume';

/** What the broker does with the next order, cancel or amend. */
export type Trouble = FaultName | 'none';

export interface Blow {
  /** Null: at a random instant. */
  readonly step: { readonly kind: StepKind; readonly moment: Moment } | null;
  readonly deed: Deed;
  readonly trouble: Trouble;
  /** Real milliseconds after the deed began; for blows without a step. */
  readonly afterMs: number;
}

/** The kinds that a process writes by itself or in the life of an order. */
export type StepKind = RecordKind | 'journal.checkpoint';

/** After the broker took the order, or before; each class of §8 is met. */
const doubts: readonly Trouble[] = [
  'accept-then-hang',
  '500-before',
  '500-after',
  'accept-then-reset',
  'refuse-before-acceptance',
];
const everything: readonly Trouble[] = ['none', ...doubts];
const plain: readonly Trouble[] = ['none'];

/** Every kind of record at which a process is killed, how it comes to write one, and what the broker does meanwhile. */
const steps: readonly (readonly [kind: StepKind, deed: Deed, troubles: readonly Trouble[]])[] = [
  ['order.intent', 'buy', everything],
  ['order.sending', 'buy', everything],
  ['order.acked', 'buy', ['none', 'accept-then-hang', '500-after', 'accept-then-reset']],
  ['order.filled', 'buy', ['none', '500-after']],
  ['order.unknown', 'buy', doubts],
  ['order.inquiry', 'buy', ['500-before', 'refuse-before-acceptance']],
  ['order.confirmed-absent', 'buy', ['500-before']],
  ['order.rejected', 'buy', ['rate-storm']],
  ['order.denied', 'deny', plain],
  ['order.cancel-requested', 'cancel', ['none', 'accept-then-hang', '500-after', 'accept-then-reset']],
  ['order.cancel-answered', 'cancel', ['none', '500-before', '500-after', 'accept-then-reset']],
  ['order.cancelled', 'cancel', ['none', '500-after']],
  ['order.amend-requested', 'amend', ['none', 'accept-then-hang', '500-after', 'accept-then-reset']],
  ['order.amend-answered', 'amend', ['none', '500-after', 'accept-then-reset']],
  ['halt', 'halt', plain],
  ['resume', 'resume', plain],
  ['gateway.started', 'wait', plain],
  ['gateway.resolved', 'wait', plain],
  ['vault.seen', 'wait', plain],
  ['journal.checkpoint', 'wait', plain],
];

const deeds: readonly Deed[] = ['buy', 'buy', 'buy', 'cancel', 'amend', 'wait'];
/** An order takes a few milliseconds from intent to answer, and a start a few hundred. */
const longestMs = 80;
const longestStartMs = 500;

/**
 * `count` blows in an order of their own: every step with every trouble as often as three quarters of them allow, and
 * random instants for the rest. {@link firstBlow} comes before the first of them on each account.
 *
 * @param random 0 inclusive to 1 exclusive
 */
export function crashPlan(count: number, random: () => number): readonly Blow[] {
  const known = allSteps();
  const stepsMax = Math.floor((count * 3) / 4);
  const groups: (readonly Blow[])[] = [];
  let used = 0;
  while (used < stepsMax) {
    const round = shuffled(known, random);
    for (const group of round) {
      if (used + group.length > stepsMax) continue;
      groups.push(group);
      used += group.length;
    }
  }
  while (used < count) {
    groups.push([atRandom(random)]);
    used += 1;
  }
  return shuffled(groups, random).flat();
}

/** Only the first gateway of a day opens the books; `index` chooses the moment. */
export function firstBlow(index: number): Blow {
  return blowAt('day.opened', moments[index % moments.length] ?? 'after-sync', 'wait', 'none');
}

function atRandom(random: () => number): Blow {
  const deed = pick(deeds, random);
  const afterMs = random() * (deed === 'wait' ? longestStartMs : longestMs);
  return { step: null, deed, trouble: deed === 'wait' ? 'none' : pick(everything, random), afterMs };
}

/** What belongs together stays together: an order is never sent only when its intent alone reached the disk. */
function allSteps(): readonly (readonly Blow[])[] {
  const single = steps.flatMap(([kind, deed, troubles]) =>
    troubles.flatMap((trouble) => moments.map((moment) => [blowAt(kind, moment, deed, trouble)])),
  );
  const torn = blowAt('order.sending', 'torn-write', 'buy', 'none');
  return [...single, ...moments.map((moment) => [torn, blowAt('order.not-sent', moment, 'wait', 'none')])];
}

function blowAt(kind: StepKind, moment: Moment, deed: Deed, trouble: Trouble): Blow {
  return { step: { kind, moment }, deed, trouble, afterMs: 0 };
}

function shuffled<Item>(items: readonly Item[], random: () => number): readonly Item[] {
  return items
    .map((item) => ({ item, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

function pick<Item>(items: readonly Item[], random: () => number): Item {
  return items[Math.floor(random() * items.length)] as Item;
}
