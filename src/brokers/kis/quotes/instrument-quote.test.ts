import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';

import { fixtureOptions } from '../fixtures/fixture-broker.ts';
import { answerJson, openScriptedHost } from '../fixtures/scripted-host.ts';
import { createKisBroker } from '../index.ts';
import type { KisQuotes } from './kis-quotes.ts';

const names = `iscd_stat_cls_code temp_stop_yn stck_prpr prdy_vrss prdy_ctrt stck_oprc stck_hgpr stck_lwpr stck_sdpr
  stck_mxpr stck_llam aspr_unit acml_vol acml_tr_pbmn lstn_stcn hts_avls per pbr eps bps w52_hgpr w52_hgpr_date w52_lwpr
  w52_lwpr_date hts_frgn_ehrt marg_rate mrkt_warn_cls_code short_over_yn sltr_yn mang_issu_cls_code vi_cls_code`;

/** Answers with every field `filler`, and `fields` on top of them. */
async function quotesOf(
  context: TestContext,
  filler: string,
  fields: () => Record<string, unknown>,
): Promise<KisQuotes> {
  const host = await openScriptedHost((_call, response) => {
    const output = { ...Object.fromEntries(names.split(/\s+/).map((name) => [name, filler])), ...fields() };
    answerJson(response, 200, { output, rt_cd: '0', msg_cd: 'MCA00000', msg1: '' });
  });
  context.after(() => host.close());
  return createKisBroker(fixtureOptions(host, { limits: { perSecond: 10_000, burst: 100, readAttempts: 1 } })).quotes;
}

test('price() of what a board does not trade is null all over, with empty fields as with zeros', async (context) => {
  for (const filler of ['', '0']) {
    const quotes = await quotesOf(context, filler, () => ({}));

    const quote = await quotes.price('KRX:247540', 'nxt');

    const { price, open, high, low, basePrice, upperLimit, lowerLimit, marketCap, high52Weeks, perHundredths } = quote;
    for (const value of [
      price,
      open,
      high,
      low,
      basePrice,
      upperLimit,
      lowerLimit,
      marketCap,
      high52Weeks,
      perHundredths,
    ]) {
      assert.equal(value, null, JSON.stringify(quote));
    }
  }
});

test('price() names the strongest restriction of the status code and the flags beside it', async (context) => {
  let fields: Record<string, string> = {};
  const quotes = await quotesOf(context, '', () => fields);
  const designation = async (changes: Record<string, string>): Promise<string | null> => {
    fields = changes;
    return (await quotes.price('KRX:005930')).designation;
  };

  assert.equal(await designation({ iscd_stat_cls_code: '55' }), 'none');
  assert.equal(await designation({ iscd_stat_cls_code: '57' }), 'none');
  assert.equal(await designation({ iscd_stat_cls_code: '51' }), 'managed');
  assert.equal(await designation({ iscd_stat_cls_code: '54', mrkt_warn_cls_code: '02' }), 'warning');
  assert.equal(await designation({ iscd_stat_cls_code: '55', short_over_yn: 'Y' }), 'overheated');
  assert.equal(await designation({ iscd_stat_cls_code: '52', sltr_yn: 'Y' }), 'liquidation');
  assert.equal(await designation({ iscd_stat_cls_code: '59', temp_stop_yn: 'Y' }), 'halted');
  // Nothing said is nothing known, and no permission to buy.
  assert.equal(await designation({}), null);
});

test('price() refuses numbers as words, numbers that are no text, and a field that is missing', async (context) => {
  let fields: Record<string, unknown> = {};
  const quotes = await quotesOf(context, '', () => fields);

  for (const spoiled of ['N/A', '70,000', '-1', '1e5', 70_000, null, undefined, ['70000']]) {
    fields = { stck_prpr: spoiled };
    await assert.rejects(quotes.price('KRX:005930'), { code: 'kis.unreadable-answer' }, String(spoiled));
  }
});
