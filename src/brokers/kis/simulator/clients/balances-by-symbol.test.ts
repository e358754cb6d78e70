import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { aSimulator } from '../fixtures/wire-test-kit.ts';
import { OfficialSamples } from './official-samples-client.ts';

describe('balances by symbol, INQR_DVSN 02', () => {
  for (const permissive of [true, false]) {
    it(`are ${permissive ? 'given with' : 'refused without'} --permissive`, async () => {
      const simulator = await aSimulator({ profile: 'auto', permissive });
      const client = new OfficialSamples(simulator.hosts.rest, simulator.credentials.paper, 'paper');
      await client.signIn();
      const answer = await client.get('/uapi/domestic-stock/v1/trading/inquire-balance', 'TTTC8434R', {
        ...client.account,
        AFHR_FLPR_YN: 'N',
        OFL_YN: '',
        INQR_DVSN: '02',
        UNPR_DVSN: '01',
        FUND_STTL_ICLD_YN: 'N',
        FNCG_AMT_AUTO_RDPT_YN: 'N',
        PRCS_DVSN: '00',
        CTX_AREA_FK100: '',
        CTX_AREA_NK100: '',
      });
      await simulator.close();
      assert.deepEqual([answer.isOk, answer.body['msg_cd'] === 'OPSQ2001'], [permissive, !permissive]);
    });
  }
});
