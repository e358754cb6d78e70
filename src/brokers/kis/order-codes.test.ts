import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as fc from 'fast-check';

import { approve } from '#guard/approved.ts';

import { classifyOrderAnswer } from './calls/order-answer.ts';
import { gatewayCodes, ledgerCodes } from './codes.ts';
import { fixtureOptions, fixtureRequest } from './fixtures/fixture-broker.ts';
import { answerJson, openScriptedHost } from './fixtures/scripted-host.ts';
import { createKisBroker } from './index.ts';

/** Spec §3.2 to §3.4, read by hand: which codes prove that no order exists, and which leave it open. */
const refusals: Readonly<Record<string, readonly string[]>> = {
  authentication: listed(
    'EGW00101 EGW00102 EGW00103 EGW00104 EGW00105 EGW00121 EGW00122 EGW00123 EGW00205 EGW00206 EGW00210 EGW00211',
    'EGW00212 EGW00213 EGW02004 EGW02006 OPSQ2000 IGW00002',
  ),
  'invalid-field': listed(
    'EGW00131 EGW00132 EGW00207 EGW00208 EGW00209 EGW00310 OPSQ2001 OPSQ2002',
    'OPSQ9995 OPSQ9996 OPSQ9997 OPSQ9998 OPSQ9999',
  ),
  'rate-limit': listed('EGW00133 EGW00201 EGW00215'),
  'market-closed': listed('APBK0918 APBK1664 40570000 40580000'),
  'not-a-trading-day': listed('APBK0919 40100000'),
  'not-enough-cash': listed('APBK0952 40250000'),
  'not-enough-shares': listed('APBK0400 APBK1234'),
  'nothing-left': listed('APBK0927'),
  'order-type': listed('APBK0963 APBK1943 APBK3013'),
  'unknown-instrument': listed('APBK0656 40070000'),
  'tick-size': listed('40030000'),
  unmapped: listed('APBK1672 APAM3099 40910000'),
};
const open = listed(
  'EGW00001 EGW00002 EGW00003 EGW00004 EGW00202 EGW00203 EGW00300 EGW00301 EGW00302 EGW00303 EGW00304 EGW00316',
  'OPSQ0001 OPSQ0002 OPSQ0003 OPSQ0004 OPSQ0005 OPSQ0006 OPSQ0007 OPSQ0008 OPSQ0009 OPSQ0010 OPSQ0011',
  'OPSQ1002 OPSQ2003 OPSQ3001 OPSQ3002 OPSQ3003 OPSQ3004 IGW00007 IGW00009 IGW00036',
);

const documented = [...Object.keys(gatewayCodes), ...Object.keys(ledgerCodes)];

function listed(...lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => line.split(' '));
}

function answered(code: string): ReturnType<typeof classifyOrderAnswer> {
  const status = Object.hasOwn(gatewayCodes, code) ? 500 : 200;
  const body = JSON.stringify({ rt_cd: '1', msg_cd: code, msg1: '사유' });
  const at = Temporal.Instant.from('2026-11-20T01:00:00Z');
  return classifyOrderAnswer(
    { kind: 'answer', status, headers: {}, body },
    { trId: 'TTTC0012U', sentAt: at, answeredAt: at },
  );
}

test('every code of the tables is in exactly one list of this test, and the other way round', () => {
  const all = [...Object.values(refusals).flat(), ...open];

  assert.deepEqual([...all].sort(), [...documented].sort());
});

for (const [reason, codes] of Object.entries(refusals)) {
  for (const code of codes) {
    test(`an order answered with ${code} was refused: ${reason}`, () => {
      const { result, isUnmapped } = answered(code);

      assert.deepEqual(result, { kind: 'rejected', code, reason, message: '사유' });
      assert.equal(isUnmapped, false);
    });
  }
}

for (const code of open) {
  test(`an order answered with ${code} may exist`, () => {
    assert.equal(answered(code).result.kind, 'unknown');
  });
}

test('an order answered with a code of no table is unknown, and told once', async (context) => {
  let code = '';
  let status = 200;
  const host = await openScriptedHost((_call, response) =>
    answerJson(response, status, { rt_cd: '1', msg_cd: code, msg1: '' }),
  );
  context.after(() => host.close());
  const undocumented = fc
    .stringMatching(/^[A-Z0-9]{4,8}$/)
    .filter((text) => !documented.includes(text) && !/^0*$/.test(text));

  await fc.assert(
    fc.asyncProperty(undocumented, fc.constantFrom(200, 400, 403, 404, 500, 502), async (unknown, http) => {
      [code, status] = [unknown, http];
      const options = fixtureOptions(host);
      const broker = createKisBroker(options);
      const before = host.calls.length;

      const result = await broker.place(approve(fixtureRequest()));
      await broker.close();

      assert.equal(result.kind, 'unknown');
      assert.equal(host.calls.length - before, 1, 'sent once');
      assert.deepEqual(
        options.incidents.map(({ kind, trId }) => [kind, trId]),
        [['unmapped-code', 'VTTC0012U']],
      );
      assert.ok(options.incidents[0]?.detail.includes(unknown));
    }),
    { numRuns: 40 },
  );
});
