import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { requiredAnswers, requiredOnReal, type RequiredAnswer } from '../fixtures/required-fields.ts';
import { walkingMarket } from '../fixtures/walking-market.ts';
import type { RawAnswer, WireClient } from '../fixtures/wire-client.ts';
import { aSimulator, buy, signedIn } from '../fixtures/wire-test-kit.ts';
import type { KisSimulator } from '../start.ts';

/** Header names that the official samples would make identifiers of: anything in lower case but these crashes them. */
const lowerCase = new Set(['tr_id', 'tr_cont', 'gt_uid']);

describe('quotes as clients of KIS require them', () => {
  let simulator: KisSimulator;
  let paper: WireClient;
  let real: WireClient;

  before(async () => {
    simulator = await aSimulator({ market: walkingMarket() });
    paper = await signedIn(simulator, 'paper');
    real = await signedIn(simulator, 'real');
    await buy(paper, { ORD_UNPR: '50100' });
  });
  after(() => simulator.close());

  for (const required of requiredAnswers) {
    it(`has what ${required.who} requires, on both hosts`, async () => {
      for (const client of [paper, real])
        check(await client.get(required.path, required.trId, required.query), required);
    });
  }

  for (const required of requiredOnReal) {
    it(`has what ${required.who} requires, on the real host only`, async () => {
      check(await real.get(required.path, required.trId, required.query), required);
      const refused = await paper.get(required.path, required.trId, required.query);
      assert.deepEqual([refused.status, refused.body()['msg_cd']], [500, 'EGW02006']);
    });
  }
});

function check(answer: RawAnswer, { blocks }: RequiredAnswer): void {
  const body = answer.body();
  assert.deepEqual(
    [answer.status, body['rt_cd'], typeof body['msg_cd'], typeof body['msg1']],
    [200, '0', 'string', 'string'],
  );
  for (const line of answer.headerLines) {
    const name = line.slice(0, line.indexOf(':'));
    assert.ok(lowerCase.has(name) || /^[A-Z]/.test(name), `header ${name}`);
  }
  for (const name of ['tr_id', 'tr_cont', 'gt_uid', 'Content-Length', 'Date'])
    assert.notEqual(answer.header(name), null, name);
  for (const [name, { fields, numbers = '' }] of Object.entries(blocks)) {
    const block = body[name];
    const list = (Array.isArray(block) ? block : [block]) as Record<string, unknown>[];
    assert.ok(list.length > 0, `${name} has rows`);
    for (const row of list) checkRow(row, fields, numbers);
  }
}

function checkRow(row: Record<string, unknown>, fields: string, numbers: string): void {
  for (const [name, value] of Object.entries(row)) assert.equal(typeof value, 'string', name);
  for (const name of fields.split(' ')) assert.ok(name in row, name);
  for (const name of numbers.split(' ').filter((one) => one !== '')) assert.match(String(row[name]), /^-?\d+$/, name);
}
