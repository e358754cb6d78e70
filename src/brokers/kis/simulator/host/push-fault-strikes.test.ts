import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe } from 'node:test';

import {
  command,
  field,
  ids,
  kindOf,
  marketBuy,
  on,
  order,
  price,
  priceOf,
  probeFaults,
  pushedPrice,
  quotations,
  reader,
  samsung,
  stage,
  type Probes,
} from '../fixtures/fault-stage.ts';
import { buy, change, orders, rows } from '../fixtures/wire-test-kit.ts';

/** What each fault looks like from outside. */
const probes: Probes = {
  'notice-duplicate': () =>
    reader(async (frames) => {
      await on('notice-duplicate', ids.notice);
      await buy(stage.client);
      assert.equal(await frames.next('1|'), await frames.next('1|'));
    }),
  'notice-missing': () =>
    reader(async (frames) => {
      await on('notice-missing', ids.notice);
      await buy(stage.client);
      const second = await buy(stage.client);
      assert.equal((await frames.notice())[2], field(second, 'ODNO'));
    }),
  'notice-late': () =>
    reader(async (frames) => {
      // Longer than two orders take on a busy machine.
      await on('notice-late', ids.notice, { delayMs: 1_000 });
      const [late, early] = [await buy(stage.client), await buy(stage.client)];
      const told = [(await frames.notice())[2], (await frames.notice())[2]];
      assert.deepEqual(told, [field(early, 'ODNO'), field(late, 'ODNO')]);
    }),
  'notice-reordered': () =>
    reader(async (frames) => {
      await on('notice-reordered', ids.notice);
      const [late, early] = [await buy(stage.client), await buy(stage.client)];
      const told = [(await frames.notice())[2], (await frames.notice())[2]];
      assert.deepEqual(told, [field(early, 'ODNO'), field(late, 'ODNO')]);
    }),
  'fill-before-ack': () =>
    reader(async (frames) => {
      await on('fill-before-ack', ids.notice);
      await marketBuy();
      assert.deepEqual([kindOf(await frames.notice()), kindOf(await frames.notice())], ['fill', '0/1']);
    }),
  'fill-after-cancel': () =>
    reader(async (frames) => {
      await on('fill-after-cancel', ids.notice);
      const placed = await buy(stage.client, { ORD_QTY: '10', ORD_UNPR: '49900' });
      await command('POST', '/market/price', { symbol: '005930', price: 49_900, quantity: 4 });
      await change(stage.client, { ORGN_ODNO: field(placed, 'ODNO'), RVSE_CNCL_DVSN_CD: '02' });
      const kinds = [await frames.notice(), await frames.notice(), await frames.notice()].map(kindOf);
      assert.deepEqual(kinds, ['0/1', '2/2', 'fill']);
    }),
  'partial-then-cancel': async () => {
    await on('partial-then-cancel', ids.order);
    const placed = await buy(stage.client, { ORD_QTY: '10', ORD_UNPR: '49800' });
    const row = rows(await orders(stage.client), 'output1').find(({ odno }) => odno === field(placed, 'ODNO'));
    assert.deepEqual([row?.['tot_ccld_qty'], row?.['cncl_cfrm_qty'], row?.['rmn_qty']], ['5', '5', '0']);
  },
  'fill-bust': async () => {
    const bought = field(await marketBuy(), 'ODNO');
    const filled = async (): Promise<string | undefined> =>
      rows(await orders(stage.client), 'output1').find(({ odno }) => odno === bought)?.['tot_ccld_qty'];
    const before = await filled();
    await on('fill-bust', ids.price);
    await price();
    assert.deepEqual([before, await filled()], ['1', '0']);
  },
  'notice-undecryptable': () =>
    reader(async (frames) => {
      await on('notice-undecryptable', ids.notice);
      await buy(stage.client);
      const frame = await frames.next('1|');
      assert.throws(() => frames.decrypted(frame));
    }),
  'feed-gap': () =>
    reader(async (frames) => {
      await on('feed-gap', ids.notice, { delayMs: 60 });
      const lost = field(await buy(stage.client), 'ODNO');
      const told = frames.notice();
      let number = lost;
      while (number === lost || frames.waiting('1|').length === 0) {
        number = field(await buy(stage.client), 'ODNO');
        if (await Promise.race([told.then(() => true), price().then(() => false)])) break;
      }
      assert.notEqual((await told)[2], lost);
    }),
  'slow-consumer': () =>
    reader(async (frames) => {
      await on('slow-consumer', ids.notice, { delayMs: 100 });
      const started = performance.now();
      const numbers = [field(await buy(stage.client), 'ODNO'), field(await buy(stage.client), 'ODNO')];
      assert.deepEqual([(await frames.notice())[2], (await frames.notice())[2]], numbers);
      assert.ok(performance.now() - started >= 90);
    }),
  'second-session': () =>
    reader(async (frames) => {
      await on('second-session', ids.notice);
      const closed = once(frames.socket, 'close');
      await buy(stage.client);
      assert.match(await frames.next('{'), /OPSP8996/);
      await closed;
    }),
  'socket-drop': () =>
    reader(async (frames) => {
      await on('socket-drop', ids.notice);
      const closed = once(frames.socket, 'close');
      await buy(stage.client);
      assert.deepEqual(await closed.then(([code]: number[]) => code), 1006);
    }),
  'stale-price': async () => {
    const before = await priceOf();
    await command('POST', '/market/price', { symbol: '005930', price: 50_500 });
    await marketBuy();
    await on('stale-price', ids.price);
    assert.deepEqual([await priceOf(), (await priceOf()) === before], [before, false]);
  },
  'zero-price': async () => {
    await on('zero-price', ids.price);
    assert.deepEqual([await priceOf(), await pushedPrice('zero-price')], ['0', 0]);
  },
  'negative-price': async () => {
    await on('negative-price', ids.price);
    assert.ok(Number(await priceOf()) < 0);
    assert.ok((await pushedPrice('negative-price')) < 0);
  },
  'odd-tick': async () => {
    await on('odd-tick', ids.price);
    assert.ok(Number(await priceOf()) % 50 !== 0);
    assert.ok((await pushedPrice('odd-tick')) % 50 !== 0);
  },
  'limit-up-lock': async () => {
    await on('limit-up-lock', ids.price);
    await price();
    assert.deepEqual(await bestPrices(), ['0', '65000']);
  },
  'limit-down-lock': async () => {
    await on('limit-down-lock', ids.price);
    await price();
    assert.deepEqual(await bestPrices(), ['35000', '0']);
    await command('POST', '/market/price', { symbol: '005930', price: 50_000 });
  },
  'trading-halt': async () => {
    await on('trading-halt', ids.price);
    assert.equal(field(await price(), 'iscd_stat_cls_code'), '58');
    const { taken, answer } = await order('trading-halt');
    assert.deepEqual([taken, answer?.body()['msg_cd']], [0, '40070000']);
  },
  'volatility-interruption': async () => {
    await on('volatility-interruption', ids.price);
    assert.deepEqual([field(await price(), 'vi_cls_code'), field(await price(), 'vi_cls_code')], ['Y', 'N']);
  },
  'symbol-change': async () => {
    await on('symbol-change', ids.price);
    assert.equal(await priceOf(), '0');
    assert.equal((await order('symbol-change')).taken, 0);
  },
  'slow-host': async () => {
    await on('slow-host', ids.price, { delayMs: 100 });
    const started = performance.now();
    await Promise.all([price(), price().then(() => orders(stage.client))]);
    assert.ok(performance.now() - started >= 90);
  },
  'clock-step': async () => {
    const at = async (): Promise<number> => {
      const { now } = (await command('GET', '/clock')) as { now: string };
      return Temporal.Instant.from(now).epochMilliseconds;
    };
    const before = await at();
    await on('clock-step', ids.price, { delayMs: 60_000 });
    await price();
    assert.ok((await at()) - before >= 60_000);
  },
};

async function bestPrices(): Promise<readonly (string | undefined)[]> {
  const answer = await stage.client.get(`${quotations}/inquire-asking-price-exp-ccn`, 'FHKST01010200', samsung);
  const book = answer.body()['output1'] as Record<string, string>;
  return [book['askp1'], book['bidp1']];
}

describe('the fault matrix, from the stream to the host', () => {
  probeFaults(['stream', 'market', 'host'], probes);
});
