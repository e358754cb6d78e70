import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as fc from 'fast-check';

import type { HttpResult } from '#wire/http-client.ts';

import type { PlaceResult } from '../../broker.ts';
import { gatewayCodes, ledgerCodes } from '../codes.ts';
import { classifyOrderAnswer } from './order-answer.ts';

const moment = {
  trId: 'VTTC0012U',
  sentAt: Temporal.Instant.from('2026-11-20T01:00:00Z'),
  answeredAt: Temporal.Instant.from('2026-11-20T01:00:01Z'),
};

const accepted =
  '{"rt_cd":"0","msg_cd":"APBK0013","msg1":"","output":{"KRX_FWDG_ORD_ORGNO":"91252","ODNO":"0000117057"}}';

function answer(status: number, body: unknown): HttpResult {
  return { kind: 'answer', status, headers: {}, body: typeof body === 'string' ? body : JSON.stringify(body) };
}

function failure(status: number, code: string): HttpResult {
  return answer(status, { rt_cd: '1', msg_cd: code, msg1: ' 사유   ' });
}

function classify(http: HttpResult): PlaceResult {
  return classifyOrderAnswer(http, moment).result;
}

test('classifyOrderAnswer() accepts success with an order number', () => {
  assert.deepEqual(classify(answer(200, accepted)), {
    kind: 'accepted',
    brokerOrderId: '0000117057',
    forwardingOffice: '91252',
    at: moment.answeredAt,
  });
});

test('classifyOrderAnswer() takes an unpadded order number as the padded one', () => {
  const result = classify(answer(200, accepted.replace('0000117057', '117057')));

  assert.equal(result.kind === 'accepted' && result.brokerOrderId, '0000117057');
});

test('classifyOrderAnswer() says not-sent only when the wire proves it', () => {
  assert.deepEqual(classify({ kind: 'not-sent', cause: 'ECONNREFUSED' }), { kind: 'not-sent', cause: 'ECONNREFUSED' });
  assert.equal(classify({ kind: 'lost', cause: 'timeout' }).kind, 'unknown');
});

for (const [name, http] of [
  ['an empty body', answer(200, '')],
  ['HTML', answer(502, '<html>Bad gateway</html>')],
  ['a truncated body', answer(200, accepted.slice(0, -10))],
  ['an array', answer(200, '[]')],
  ['null', answer(200, 'null')],
  ['success without output', answer(200, { rt_cd: '0', msg_cd: 'APBK0013', msg1: '' })],
  ['success with an empty output', answer(200, { rt_cd: '0', msg_cd: 'APBK0013', msg1: '', output: {} })],
  ['success with an empty order number', answer(200, accepted.replace('0000117057', ''))],
  ['success with an order number of zeros', answer(200, accepted.replace('0000117057', '0000000000'))],
  ['an order number that is a word', answer(200, accepted.replace('0000117057', 'ONE'))],
  ['an order number that is a JSON number', answer(200, accepted.replace('"0000117057"', '117057'))],
  ['success on an error page', answer(500, accepted)],
  ['both success and refusal', answer(200, accepted.replace('{"rt_cd":"0"', '{"rt_cd":"1","rt_cd":"0"'))],
  ['a result code that is a number', answer(200, { rt_cd: 0, msg_cd: 'APBK0013', msg1: '' })],
  ['success with the code of a refusal and no number', answer(200, { rt_cd: '0', msg_cd: 'EGW00201', msg1: '' })],
  ['a refusal without a code', answer(200, { rt_cd: '1', msg1: 'no' })],
  ['a redirect', answer(302, '')],
  ['an undocumented code', failure(200, 'APBK9999')],
  ['an undocumented gateway code', failure(500, 'EGW99999')],
  ['a ledger code on an error page', failure(500, 'APBK0918')],
  ['a code named like a property of every object', failure(200, 'constructor')],
  ['connect timeout of the gateway', failure(500, 'EGW00301')],
  ['transaction timeout of the gateway', failure(500, 'EGW00302')],
] as const) {
  test(`classifyOrderAnswer() calls ${name} unknown`, () => {
    const result = classify(http);

    assert.equal(result.kind, 'unknown');
    assert.equal(result.kind === 'unknown' && result.sentAt, moment.sentAt);
  });
}

test('classifyOrderAnswer() reports an undocumented code as unmapped', () => {
  assert.equal(classifyOrderAnswer(failure(200, 'APBK9999'), moment).isUnmapped, true);
  assert.equal(classifyOrderAnswer(failure(200, 'APBK0918'), moment).isUnmapped, false);
});

test('classifyOrderAnswer() maps every documented refusal of the ledger', () => {
  for (const [code, { reason, outcome }] of Object.entries(ledgerCodes)) {
    if (outcome === 'unknown') continue;
    assert.deepEqual(classify(failure(200, code)), { kind: 'rejected', code, reason, message: '사유' });
  }
});

test('classifyOrderAnswer() maps every code of the gateway as its table says', () => {
  for (const [code, { outcome }] of Object.entries(gatewayCodes)) {
    assert.equal(classify(failure(500, code)).kind, outcome, code);
  }
  assert.deepEqual(classify(answer(403, { error_code: 'EGW00133', error_description: '잠시 후' })), {
    kind: 'rejected',
    code: 'EGW00133',
    reason: 'rate-limit',
    message: '잠시 후',
  });
});

test('classifyOrderAnswer() never throws, and never rejects or accepts without a code and a number', () => {
  const body = fc.oneof(fc.string(), fc.json(), fc.mixedCase(fc.constant(accepted)));
  fc.assert(
    fc.property(fc.integer({ min: 200, max: 599 }), body, (status, body) => {
      const { result, code } = classifyOrderAnswer(answer(status, body), moment);

      if (result.kind === 'accepted') assert.match(result.brokerOrderId, /^\d{10}$/);
      else if (result.kind === 'rejected') assert.ok(code !== null && (code in ledgerCodes || code in gatewayCodes));
      else assert.equal(result.kind, 'unknown');
    }),
  );
});
