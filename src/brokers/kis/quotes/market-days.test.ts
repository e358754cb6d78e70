import assert from 'node:assert/strict';
import { test } from 'node:test';

import { fixtureOptions, FixtureClock } from '../fixtures/fixture-broker.ts';
import { answerJson, openScriptedHost, type Script } from '../fixtures/scripted-host.ts';
import { createKisBroker } from '../index.ts';

const real = { environment: 'real', simulated: true } as const;

/** Three days a page, for ever. */
const endless: Script = ({ query }, response) => {
  const from = Temporal.PlainDate.from((query.get('CTX_AREA_NK')?.trim() || query.get('BASS_DT')) ?? '');
  const wire = (days: number): string => from.add({ days }).toString().replaceAll('-', '');
  const output = [0, 1, 2].map((days) => ({
    bass_dt: wire(days),
    wday_dvsn_cd: '01',
    bzdy_yn: 'Y',
    tr_day_yn: 'Y',
    opnd_yn: days === 1 ? 'N' : 'Y',
    sttl_day_yn: 'Y',
  }));
  const keys = { ctx_area_nk: wire(3).padEnd(20), ctx_area_fk: wire(0).padEnd(20) };
  answerJson(response, 200, { ...keys, output, rt_cd: '0', msg_cd: 'KIOK0500', msg1: '' }, 'M');
};

test('marketDays() follows ten pages and no more, and asks again the next day', async (context) => {
  const host = await openScriptedHost(endless);
  context.after(() => host.close());
  const clock = new FixtureClock();
  const { quotes } = createKisBroker(fixtureOptions(host, { ...real, clock }));

  const first = await quotes.marketDays();
  const later = await quotes.marketDays();
  clock.advance(14 * 3_600_000);
  const tomorrow = await quotes.marketDays();

  assert.equal(first, later);
  assert.equal(host.calls.length, 20);
  assert.deepEqual([first.days.length, first.days.at(-1)?.date.toString()], [30, '2026-12-19']);
  assert.deepEqual(
    first.days.slice(0, 3).map(({ isOpen }) => isOpen),
    [true, false, true],
  );
  assert.deepEqual([first.askedOn.toString(), tomorrow.askedOn.toString()], ['2026-11-20', '2026-11-21']);
});

test('marketDays() keeps no failure, and refuses a calendar with a hole', async (context) => {
  let answers = 0;
  const host = await openScriptedHost((call, response) => {
    answers += 1;
    if (answers > 2) return endless(call, response);
    const day = {
      wday_dvsn_cd: '01',
      bzdy_yn: 'Y',
      tr_day_yn: 'Y',
      opnd_yn: answers === 1 ? 'Y' : '',
      sttl_day_yn: 'Y',
    };
    const output = [{ ...day, bass_dt: answers === 1 ? '20261121' : '20261120' }];
    return answerJson(response, 200, { output, rt_cd: '0', msg_cd: 'KIOK0500', msg1: '' }, 'D');
  });
  context.after(() => host.close());
  const { quotes } = createKisBroker(fixtureOptions(host, real));

  await assert.rejects(quotes.marketDays(), /bass_dt/);
  await assert.rejects(quotes.marketDays(), /opnd_yn/);
  assert.equal((await quotes.marketDays()).days.length, 30);
});
