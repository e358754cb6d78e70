import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { aSimulator, signedIn } from '../fixtures/wire-test-kit.ts';
import type { KisSimulatorOptions } from '../start.ts';
import { rawCall } from './raw-call.ts';

const agents = ['PyKis/2.1.6', 'python-requests/2.32.3', 'Mozilla/5.0', 'Mozilla/5.0'] as const;

/** HTTP status of a token asked for by each of `agents` in turn, all with one key. */
async function tokenStatuses(profile: KisSimulatorOptions['profile']): Promise<readonly number[]> {
  const simulator = await aSimulator({ profile });
  const { appKey, appSecret } = simulator.credentials.real;
  const body = { grant_type: 'client_credentials', appkey: appKey, appsecret: appSecret };
  const statuses: number[] = [];
  for (const agent of agents) {
    const headers = { 'Content-Type': 'application/json', 'User-Agent': agent };
    statuses.push((await rawCall({ host: simulator.hosts.restReal, path: '/oauth2/tokenP', headers, body })).status);
  }
  await simulator.close();
  return statuses;
}

/** Answer code to a balance by symbol, asked for under the name of pykis. */
async function balanceBySymbol(profile: KisSimulatorOptions['profile']): Promise<unknown> {
  const simulator = await aSimulator({ profile });
  const client = await signedIn(simulator, 'paper');
  const query = { ...client.account, AFHR_FLPR_YN: 'N', OFL_YN: '', INQR_DVSN: '02', UNPR_DVSN: '01' };
  const path = '/uapi/domestic-stock/v1/trading/inquire-balance';
  const answer = await client.get(path, 'VTTC8434R', query, { 'User-Agent': agents[0] });
  await simulator.close();
  return answer.body()['msg_cd'];
}

describe('clients side by side on one simulator', () => {
  it('each wait a minute of their own between two tokens of one key, and not where a profile is fixed', async () => {
    assert.deepEqual(await tokenStatuses('auto'), [200, 200, 200, 403]);
    assert.deepEqual(await tokenStatuses('2026-09'), [200, 403, 403, 403]);
  });

  it('lets pykis ask for balances as it must, and not where a profile is fixed', async () => {
    assert.equal(await balanceBySymbol('auto'), '20310000');
    assert.equal(await balanceBySymbol('legacy'), 'OPSQ2001');
  });

  it('says EGW02006 to an id that was respelt for paper and does not exist there', async () => {
    const simulator = await aSimulator();
    const client = await signedIn(simulator, 'paper');
    const holidays = '/uapi/domestic-stock/v1/quotations/chk-holiday';
    const codes = [];
    for (const trId of ['VTCA0903R', 'CTCA0903R', 'VXXX0903R']) {
      codes.push((await client.get(holidays, trId, { BASS_DT: '20261123' })).body()['msg_cd']);
    }
    await simulator.close();
    assert.deepEqual(codes, ['EGW02006', 'EGW02006', 'EGW00310']);
  });
});
