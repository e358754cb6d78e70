import assert from 'node:assert/strict';
import { test } from 'node:test';

import { FixConfiguration, RetryLater } from '#domain/errors.ts';

import { AgedAnswer } from './aged.ts';

function scene(answer: () => Promise<number> = async () => 0) {
  const at = { ms: 0 };
  const scene = { at, asked: 0, answer };
  const read = async (): Promise<number> => {
    scene.asked += 1;
    return scene.answer();
  };
  return { scene, aged: new AgedAnswer({ read, keptMs: 30_000, elapsedMs: () => at.ms }) };
}

const down = async (): Promise<number> => {
  throw new RetryLater('kis.unavailable', 'Cannot ask: it is down');
};

test('get() asks again when the answer is as old as it is kept for', async () => {
  const { scene: it, aged } = scene(async () => 7);
  await aged.get();

  it.at.ms = 29_999;
  assert.deepEqual(await aged.get(), { value: 7, ageMs: 29_999, isFresh: true });
  it.at.ms = 30_000;
  assert.deepEqual(await aged.get(), { value: 7, ageMs: 0, isFresh: true });

  assert.equal(it.asked, 2);
});

test('get() asks once however many wait', async () => {
  const { scene: it, aged } = scene(async () => 7);

  await Promise.all([aged.get(), aged.get(), aged.get()]);

  assert.equal(it.asked, 1);
});

test('get() says the age of the last answer while the other side is down, and never calls it fresh', async () => {
  const { scene: it, aged } = scene(async () => 7);
  await aged.get();
  it.answer = down;
  it.at.ms = 31_000;

  assert.deepEqual(await aged.get(), { value: 7, ageMs: 31_000, isFresh: false });
});

test('get() fails when nothing was ever answered, and when only a person can mend it', async () => {
  const { scene: it, aged } = scene(down);
  await assert.rejects(aged.get(), RetryLater);
  it.answer = async () => 7;
  await aged.get();
  it.at.ms = 31_000;
  it.answer = async () => {
    throw new FixConfiguration('kis.read-refused', 'Cannot ask: refused');
  };

  await assert.rejects(aged.get(), FixConfiguration);
});

test('invalidate() makes the next get() ask, and spoils an answer that is under way', async () => {
  let answer: (value: number) => void = () => {};
  const { scene: it, aged } = scene(() => new Promise((resolve) => (answer = resolve)));
  const before = aged.get();
  aged.invalidate();
  answer(1);

  assert.deepEqual(await before, { value: 1, ageMs: 0, isFresh: false });
  const after = aged.get();
  answer(2);

  assert.equal((await after).value, 2);
  assert.equal(it.asked, 2);
});

test('fresh() never joins a question that was asked before it', async () => {
  const { scene: it, aged } = scene(async () => 7);

  await Promise.all([aged.get(), aged.fresh()]);

  assert.equal(it.asked, 2);
});
