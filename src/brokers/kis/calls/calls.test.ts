import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { test } from 'node:test';

import { FixConfiguration, RetryLater } from '#domain/errors.ts';
import { approve } from '#guard/approved.ts';

import type { PlaceResult } from '../../broker.ts';
import { fixtureRequest, fixtureSecrets, fixtureVault } from '../fixtures/fixture-broker.ts';
import { accepted, play, priced } from '../fixtures/scripted-broker.ts';
import { answerJson } from '../fixtures/scripted-host.ts';

function raw(response: ServerResponse, bytes: string | Buffer): void {
  response.socket?.end(bytes);
}

const acceptedText = JSON.stringify(accepted);

for (const [name, misbehave] of [
  ['hangs', () => {}],
  ['resets', (response) => void response.socket?.resetAndDestroy()],
  ['resets in the middle of the body', resetInBody],
  ['closes without a word', (response) => void response.socket?.end()],
  ['cuts the JSON short', (response) => answerJson(response, 200, acceptedText.slice(0, 40))],
  ['sends 10 MB', (response) => answerJson(response, 200, acceptedText + ' '.repeat(10 * 1024 * 1024))],
  ['redirects', redirect],
  ['writes UTF-16', (response) => void response.end(Buffer.from(acceptedText, 'utf16le'))],
  ['says both yes and no', (response) => answerJson(response, 200, acceptedText.replace('{', '{"rt_cd":"1",'))],
  [
    'sends the order number as a number',
    (response) => answerJson(response, 200, acceptedText.replace('"0000000001"', '1')),
  ],
  [
    'sends the order number as a word',
    (response) => answerJson(response, 200, acceptedText.replace('0000000001', 'one')),
  ],
  ['forgets the order number', (response) => answerJson(response, 200, { ...accepted, output: {} })],
  ['fails with HTML', (response) => answerJson(response, 502, '<html>Bad Gateway</html>')],
  ['speaks no HTTP', (response) => raw(response, 'hello\r\n\r\n')],
] as const satisfies readonly (readonly [string, (response: ServerResponse) => void])[]) {
  test(`place() calls an order unknown, and sends it once, when the host ${name}`, async (context) => {
    // Long enough for a busy machine to write the request, short enough for a test that waits it out.
    const timeouts = name === 'hangs' ? { totalMs: 1_500 } : {};
    const { broker, host } = await play(context, (_call, response) => misbehave(response), { timeouts });

    const result = await broker.place(approve(fixtureRequest()));

    assert.equal(result.kind, 'unknown', JSON.stringify(result));
    assert.equal(host.calls.length, 1);
  });

  test(`price() gives up with RetryLater after three tries when the host ${name}`, async (context) => {
    const { broker, host } = await play(context, (_call, response) => misbehave(response), {
      timeouts: { totalMs: 40, retryBaseMs: 1 },
    });

    await assert.rejects(broker.price('KRX:005930'), RetryLater);

    assert.ok(host.calls.length <= 3);
  });
}

function resetInBody(response: ServerResponse): void {
  response.writeHead(200, { 'Content-Length': '500' });
  response.write('{"rt_cd":"0","output":{"ODNO":"0000000001"', () => void response.socket?.resetAndDestroy());
}

function redirect(response: ServerResponse): void {
  response.writeHead(307, { Location: '/uapi/domestic-stock/v1/trading/order-cash' });
  response.end();
}

test('place() is never sent again, whatever code refuses it', async (context) => {
  for (const code of ['EGW00121', 'EGW00123', 'EGW00201', 'EGW00215', 'EGW00301', 'EGW00316', 'APBK0918', 'XYZ']) {
    const { broker, host } = await play(context, (call, response) => {
      if (call.path.endsWith('order-cash')) answerJson(response, 500, { rt_cd: '1', msg_cd: code, msg1: '' });
    });

    await broker.place(approve(fixtureRequest()));

    assert.equal(host.calls.length, 1, code);
  }
});

test('place() drops a refused token, and the next order brings a new one', async (context) => {
  const { broker, host } = await play(context, (call, response) => {
    if (call.path === '/oauth2/tokenP') {
      answerJson(response, 200, { access_token: 'second', expires_in: 86_400, token_type: 'Bearer' });
    } else if (call.authorization === 'Bearer second') answerJson(response, 200, accepted);
    else answerJson(response, 500, { rt_cd: '1', msg_cd: 'EGW00123', msg1: '기간이 만료된 token 입니다.' });
  });

  const results: PlaceResult['kind'][] = [];
  for (let count = 0; count < 2; count += 1) results.push((await broker.place(approve(fixtureRequest()))).kind);

  assert.deepEqual(results, ['rejected', 'accepted']);
  assert.deepEqual(
    host.calls.map((call) => call.path.split('/').at(-1)),
    ['order-cash', 'tokenP', 'order-cash'],
  );
});

test('place() is not sent when no token can be had', async (context) => {
  const { broker, host } = await play(context, (call, response) => {
    if (call.path === '/oauth2/tokenP') answerJson(response, 403, { error_code: 'EGW00133', error_description: '' });
    else answerJson(response, 500, { rt_cd: '1', msg_cd: 'EGW00121', msg1: '' });
  });

  await broker.place(approve(fixtureRequest()));
  const second = await broker.place(approve(fixtureRequest()));

  assert.deepEqual(second, { kind: 'not-sent', cause: 'kis.token-throttled' });
  assert.equal(host.calls.filter((call) => call.path.endsWith('order-cash')).length, 1);
});

test('place() is not sent when the vault is sealed', async (context) => {
  const sealed = (): never => {
    throw new FixConfiguration('vault.sealed', 'Cannot read a secret: the vault is sealed');
  };
  const { broker, host } = await play(context, (_call, response) => answerJson(response, 200, accepted), {
    credentials: { ...fixtureVault(true), account: sealed },
  });

  const result = await broker.place(approve(fixtureRequest()));

  assert.deepEqual(result, { kind: 'not-sent', cause: 'vault.sealed' });
  assert.equal(host.calls.length, 0);
});

test('place() is not sent when its turn does not come, and a cancel goes before it', async (context) => {
  const { broker, host } = await play(context, (_call, response) => answerJson(response, 200, accepted), {
    limits: { perSecond: 8, burst: 1 },
    timeouts: { orderWaitMs: 160 },
  });
  const working = {
    brokerOrderId: '0000000001' as never,
    forwardingOffice: '',
    instrument: 'KRX:005930',
    side: 'buy',
  } as const;

  const results = await Promise.all([
    broker.place(approve(fixtureRequest())),
    broker.place(approve(fixtureRequest())),
    broker.cancel(working),
  ]);

  assert.deepEqual(
    results.map((result) => result.kind),
    ['accepted', 'not-sent', 'accepted'],
  );
  assert.deepEqual(
    host.calls.map((call) => call.trId),
    ['VTTC0012U', 'VTTC0013U'],
  );
});

test('an unmapped code is reported, without a secret', async (context) => {
  const { broker, incidents } = await play(context, (_call, response) =>
    answerJson(response, 200, { rt_cd: '7', msg_cd: 'APBK9999', msg1: `계좌 ${fixtureSecrets.account}` }),
  );

  const result = await broker.place(approve(fixtureRequest()));

  assert.equal(result.kind, 'unknown');
  assert.deepEqual(incidents, [{ kind: 'unmapped-code', trId: 'VTTC0012U', detail: 'order answered with APBK9999' }]);
});

test('a read is tried again after a passing code, and renews a refused token once', async (context) => {
  const answers = ['EGW00201', 'EGW00123', 'ok'];
  const { broker, host } = await play(context, (call, response) => {
    if (call.path === '/oauth2/tokenP') {
      answerJson(response, 200, { access_token: 'second', expires_in: 86_400, token_type: 'Bearer' });
      return;
    }
    const code = answers.shift();
    if (code === 'ok') answerJson(response, 200, priced);
    else answerJson(response, 500, { rt_cd: '1', msg_cd: code, msg1: '' });
  });

  assert.equal((await broker.price('KRX:005930')).price, 70_000);
  assert.equal(host.calls.length, 4);
});

test('a read gives up when the new token is refused too', async (context) => {
  const { broker, host } = await play(context, (call, response) => {
    if (call.path === '/oauth2/tokenP') {
      answerJson(response, 200, { access_token: 'same', expires_in: 86_400, token_type: 'Bearer' });
    } else answerJson(response, 500, { rt_cd: '1', msg_cd: 'EGW00121', msg1: '' });
  });

  await assert.rejects(broker.price('KRX:005930'), { code: 'kis.token-refused' });

  assert.equal(host.calls.length, 3);
});

test('a read that the ledger refuses is not tried again', async (context) => {
  const { broker, host } = await play(context, (_call, response) =>
    answerJson(response, 200, { rt_cd: '2', msg_cd: 'OPSQ2001', msg1: 'ERROR : INPUT INVALID_CHECK_INQR_DVSN' }),
  );

  await assert.rejects(broker.balance(), FixConfiguration);

  assert.equal(host.calls.length, 1);
});

test('a host that failed five times in a row is left alone for a while', async (context) => {
  const { broker, host } = await play(context, (_call, response) => answerJson(response, 503, 'maintenance'));
  for (let count = 0; count < 3; count += 1) await assert.rejects(broker.price('KRX:005930'), RetryLater);

  assert.equal(host.calls.length, 5);
});

for (const [field, value] of [
  ['stck_prpr', ''],
  ['stck_prpr', '0'],
  ['stck_prpr', 'seventy thousand'],
  ['stck_prpr', 70_000],
  ['stck_sdpr', null],
  ['acml_vol', '-1'],
] as const) {
  test(`price() makes no price of ${field} = ${JSON.stringify(value)}`, async (context) => {
    const { broker } = await play(context, (_call, response) =>
      answerJson(response, 200, { ...priced, output: { ...priced.output, [field]: value } }),
    );

    await assert.rejects(broker.price('KRX:005930'), {
      code: 'kis.unreadable-answer',
      message: new RegExp(`FHKST01010100: field "${field}"`),
    });
  });
}

const emptyKeys = { ctx_area_fk100: ' '.repeat(100), ctx_area_nk100: ' '.repeat(100) };

for (const [name, body, continuation] of [
  ['lacks its rows', { ...emptyKeys }, 'D'],
  ['has no tr_cont', { ...emptyKeys, output1: [] }, ''],
  ['has an unknown tr_cont', { ...emptyKeys, output1: [] }, 'X'],
  ['says "more" but brings no key', { output1: [] }, 'M'],
  ['never ends', { ...emptyKeys, output1: [] }, 'M'],
  ['holds a row that cannot be read', { ...emptyKeys, output1: [{ odno: '0000000001' }] }, 'D'],
] as const) {
  test(`orders() is incomplete, never empty, when an answer ${name}`, async (context) => {
    const { broker } = await play(
      context,
      (_call, response) =>
        answerJson(response, 200, { rt_cd: '0', msg_cd: 'KIOK0510', msg1: '', ...body }, continuation),
      { limits: { perSecond: 10_000, burst: 100, pagesMax: 4 } },
    );

    assert.equal((await broker.orders(Temporal.PlainDate.from('2026-11-20'))).kind, 'incomplete');
  });
}

test('orders() is complete and empty when the broker says that there is nothing', async (context) => {
  const { broker } = await play(context, (_call, response) =>
    answerJson(
      response,
      200,
      { rt_cd: '0', msg_cd: 'KIOK0560', msg1: '', ...emptyKeys, output1: [], output2: {} },
      'D',
    ),
  );

  assert.deepEqual(await broker.orders(Temporal.PlainDate.from('2026-11-20')), { kind: 'complete', rows: [] });
});

test('orders() asks the archive for days more than three months ago', async (context) => {
  const { broker, host } = await play(context, (_call, response) =>
    answerJson(response, 200, { rt_cd: '0', msg_cd: 'KIOK0560', msg1: '', ...emptyKeys, output1: [] }, 'E'),
  );

  await broker.orders(Temporal.PlainDate.from('2026-08-19'));
  await broker.orders(Temporal.PlainDate.from('2026-08-20'));

  assert.deepEqual(
    host.calls.map((call) => call.trId),
    ['VTSC9215R', 'VTTC0081R'],
  );
});
