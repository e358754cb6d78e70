import assert from 'node:assert/strict';
import { test } from 'node:test';

import { instrumentId, symbolOf } from '#domain/instrument.ts';

import { fixtureOptions } from '../fixtures/fixture-broker.ts';
import { answerJson, openScriptedHost } from '../fixtures/scripted-host.ts';
import { createKisBroker } from '../index.ts';

test('prices() splits 65 instruments into calls of 30, 30 and 5, and brings all of them', async (context) => {
  const host = await openScriptedHost(({ query }, response) => {
    const codes = [...query].filter(([name]) => name.startsWith('FID_INPUT_ISCD_')).map(([, code]) => code);
    const output = codes.map((code) => ({
      inter_shrn_iscd: code,
      inter_kor_isnm: code,
      inter2_prpr: '100',
      inter2_prdy_vrss: '',
      prdy_ctrt: '',
      inter2_oprc: '',
      inter2_hgpr: '',
      inter2_lwpr: '',
      inter2_sdpr: '',
      inter2_mxpr: '',
      inter2_llam: '',
      inter2_askp: '',
      inter2_bidp: '',
      acml_vol: '0',
      acml_tr_pbmn: '0',
    }));
    answerJson(response, 200, { output, rt_cd: '0', msg_cd: 'MCA00000', msg1: '' });
  });
  context.after(() => host.close());
  const { quotes } = createKisBroker(fixtureOptions(host, { environment: 'real', simulated: true }));
  const instruments = Array.from({ length: 65 }, (_, number) => instrumentId(String(number).padStart(6, '0')));

  const prices = await quotes.prices(instruments, 'nxt');

  assert.deepEqual([...prices.keys()], instruments);
  assert.deepEqual(
    host.calls.map(({ query }) => query.size / 2),
    [30, 30, 5],
  );
  assert.deepEqual(
    [host.calls[2]?.query.get('FID_INPUT_ISCD_5'), host.calls[2]?.query.get('FID_COND_MRKT_DIV_CODE_5')],
    [symbolOf(instruments[64] ?? 'KRX:'), 'NX'],
  );
  assert.equal((await quotes.prices([])).size, 0);
});
