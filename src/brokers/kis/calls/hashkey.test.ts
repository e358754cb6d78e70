import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createHttpClient } from '#wire/http-client.ts';

import { fixtureVault } from '../fixtures/fixture-broker.ts';
import { answerJson, openScriptedHost } from '../fixtures/scripted-host.ts';
import { hashBody } from './hashkey.ts';

test('hashBody() returns the hash of the answer, or says that there is none', async (context) => {
  for (const [answer, hash] of [
    [{ BODY: { PDNO: '005930' }, HASH: '0a1b2c' }, '0a1b2c'],
    [{ BODY: {} }, null],
    ['<html>', null],
  ] as const) {
    const host = await openScriptedHost((_call, response) => answerJson(response, 200, answer));
    const http = createHttpClient({ allowedOrigins: [host.rest] });
    context.after(async () => {
      await http.close();
      await host.close();
    });
    const asked = hashBody(http, new URL(host.rest), fixtureVault(false), { PDNO: '005930' });

    if (hash === null) await assert.rejects(asked, { code: 'kis.hashkey-failed' });
    else assert.equal(await asked, hash);
    assert.equal(host.calls[0]?.body, '{"PDNO":"005930"}');
  }
});
