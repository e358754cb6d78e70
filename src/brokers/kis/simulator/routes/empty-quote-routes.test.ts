import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';

import { routeTable } from '../host/route-table.ts';
import { aSimulator, signedIn } from '../fixtures/wire-test-kit.ts';
import type { KisSimulator } from '../start.ts';
import { emptyQuotes } from './empty-quotes.ts';

const specification = new URL('../../../../../../shared/specs/kis.md', import.meta.url);

describe('quotes that this venue does not simulate', () => {
  let simulator: KisSimulator;

  before(async () => {
    simulator = await aSimulator();
  });
  after(() => simulator.close());

  it('answer with their blocks, empty, and refuse the paper host where KIS does', async () => {
    const [real, paper] = [await signedIn(simulator, 'real'), await signedIn(simulator, 'paper')];
    for (const name of ['inquire-overtime-price', 'news-title', 'intstock-grouplist', 'inquire-daily-overtimeprice']) {
      const quote = emptyQuotes.find(({ path }) => path.endsWith(`/${name}`));
      assert.ok(quote !== undefined, name);
      const answer = await real.get(`/uapi/${quote.path}`, quote.trId);
      const there = await paper.get(`/uapi/${quote.path}`, quote.trId);
      const body = answer.body();

      assert.deepEqual([answer.status, body['rt_cd'], body['msg_cd']], [200, '0', 'MCA00000']);
      for (const block of quote.blocks) assert.equal(JSON.stringify(body[block.replace('{}', '')]).length, 2, block);
      assert.equal(there.status === 200, quote.onPaper, name);
    }
  });

  it(
    'are, with those it simulates, every quote of appendix C',
    { skip: existsSync(specification) ? false : 'the specification is not beside this checkout' },
    () => {
      const listed = readFileSync(specification, 'utf8').matchAll(
        /^\| (domestic-stock\/v1\/(?:quotations|ranking|finance|ksdinfo)\/[\w-]+|etfetn\/v1\/quotations\/[\w-]+) \| (\w+) \| GET \| (\S+) \|/gm,
      );
      let count = 0;
      for (const [, path = '', trId = '', paper = ''] of listed) {
        const route = routeTable.get(`GET /uapi/${path}`);
        assert.deepEqual([path, route?.real, route?.paper], [path, [trId], paper === 'P' ? [trId] : []]);
        count += 1;
      }
      assert.ok(count > 100, `read ${count} rows`);
    },
  );
});
