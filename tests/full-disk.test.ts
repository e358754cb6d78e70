import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { verifyJournal } from '#journal/verify-journal.ts';
import type { OrderView } from '#link/views.ts';
import { eventually, startHouse, type House } from './support/house.ts';
import { sixWords } from './support/resume-house.ts';
import { oneSentence, snowball, type Language, type Said } from './support/snowball.ts';

/** Cheap, so that the starter limits let every order of this file through. */
const symbol = '015760';
let house: House;
let shares = 0;

before(async () => {
  house = await startHouse({ hasStrategies: false, options: { gateway: { callsPerSecond: 20 } } });
});
after(() => house.stop());

test('a full disk refuses new orders in one sentence, cancel and halt go on, and nothing is lost when there is room again', async () => {
  const standing = await eventually('an order that stands', 60_000, standingOrder);
  const before = intactRecords();
  const reachedBefore = await brokerOrders();

  limitFiles(statSync(journalFile()).size + 100);
  const refused = [await order('ko'), await order('en')];
  const reached = await brokerOrders();
  const cancelled = await command('order', 'cancel', standing.orderId);
  const halted = await command('halt', '--reason', 'the disk is full');
  const resumed = await resume();
  const whileFull = intactRecords();
  limitFiles('unlimited');
  const resumedLater = await resume();
  const next = await eventually('an order after the disk had room', 60_000, standingOrder);

  assert.match(oneSentence(refused[0]!), /^디스크가 가득 차서 새 주문을 받지 않아요\..*\[journal\.full\]$/);
  assert.match(oneSentence(refused[1]!), /^Cannot record: the disk is full.*free some space \[journal\.full\]$/);
  assert.match(oneSentence(resumed), /\[journal\.full\]$/);
  assert.deepEqual([cancelled.code, halted.code, resumedLater.code], [0, 0, 0]);
  assert.deepEqual(reached, reachedBefore, 'no order reached the broker');
  assert.ok(whileFull >= before, 'what was recorded before stays');
  assert.ok(intactRecords() > whileFull);
  const kinds = recorded();
  assert.ok(kinds.some((line) => line.includes('order.cancel-requested') && line.includes(standing.orderId)));
  assert.ok(kinds.some((line) => line.includes('"journal-buffered"')));
  assert.ok(kinds.some((line) => line.includes('the disk is full')));

  await survivesARestart([standing.orderId, next.orderId]);
});

async function survivesARestart(orderIds: readonly string[]): Promise<void> {
  const records = intactRecords();
  house.kill('gateway');
  const orders = await eventually('the gateway to come back', 30_000, async () =>
    house.gateway.call('orders', { limit: 200, strategy: null }),
  );

  assert.ok(intactRecords() >= records);
  for (const orderId of orderIds)
    assert.ok(
      orders.some((each) => each.orderId === orderId),
      orderId,
    );
  assert.equal(orders.find((each) => each.orderId === orderIds[0])?.state, 'cancelled');
}

/** A buy too far below the market to be filled; null until the gateway lets one through. */
async function standingOrder(): Promise<OrderView | null> {
  const { code, out } = await order('en', '--json');
  return code === 0 ? (JSON.parse(out) as OrderView) : null;
}

/** Another number of shares each time: the guard refuses the same order twice within a minute. */
async function order(language: Language, ...more: readonly string[]): Promise<Said> {
  const { price } = await house.gateway.call('quote', { symbol });
  const low = Math.floor((price * 0.98) / 100) * 100;
  shares += 1;
  const options = ['--quantity', String(shares), '--price', String(low), ...more];
  return await snowball({ home: house.installation, language }, 'order', 'buy', symbol, ...options);
}

function command(...args: readonly string[]): Promise<Said> {
  return snowball({ home: house.installation }, ...args);
}

/** Both steps of a person, again as long as news comes in between: what a full disk holds back is told when it can be. */
function resume(): Promise<Said> {
  return eventually('a resume without news in between', 60_000, async () => {
    const { code } = await house.gateway.call('prepareResume', {});
    const typed = { home: house.installation, input: `${sixWords(house)}\n` };
    const said = await snowball(typed, 'resume', '--confirm', code);
    return said.errors.join().includes('[gateway.resume-code]') ? null : said;
  });
}

/** To the gateway a file that may not grow is a full disk (EFBIG instead of ENOSPC); nobody else notices. */
function limitFiles(bytes: number | 'unlimited'): void {
  execFileSync('prlimit', ['--pid', String(house.pid('gateway')), `--fsize=${bytes}:`]);
}

/** Of this file's instrument, new ones only. */
async function brokerOrders(): Promise<readonly string[]> {
  const answer = await fetch(`${String(house.ready.get('testbed')?.['console'])}/orders`);
  const { paper } = (await answer.json()) as { paper: readonly { number: string; symbol: string; action: string }[] };
  return paper.filter((row) => row.symbol === symbol && row.action === 'new').map((row) => row.number);
}

function journalFile(): string {
  return join(house.home, 'gateway', 'journal');
}

function recorded(): readonly string[] {
  return readFileSync(journalFile(), 'utf8').split('\n');
}

function intactRecords(): number {
  const verified = verifyJournal(journalFile());
  assert.equal(verified.kind, 'intact');
  return verified.kind === 'intact' ? verified.records : -1;
}
