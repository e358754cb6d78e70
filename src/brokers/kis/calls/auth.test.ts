import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';

import { createHttpClient } from '#wire/http-client.ts';

import { issuing, scene } from '../fixtures/sign-in-stage.ts';
import { KisSignIn } from './auth.ts';
import { fixtureSecrets } from '../fixtures/fixture-broker.ts';
import { answerJson } from '../fixtures/scripted-host.ts';

test('token() asks once however many wait for it, and saves what it got', async (context) => {
  const { signIn, host, vault } = await scene(context, issuing());

  const tokens = await Promise.all([signIn.token(), signIn.token(), signIn.token()]);

  assert.deepEqual(
    tokens.map((token) => token.reveal()),
    ['token-1', 'token-1', 'token-1'],
  );
  assert.equal(host.calls.length, 1);
  assert.equal(vault.saved?.token.reveal(), 'token-1');
  assert.equal(vault.saved?.expiresAt.toString(), '2026-11-21T01:00:00Z');
});

test('token() uses the token of an earlier start and asks nobody', async (context) => {
  const { signIn, host } = await scene(context, issuing(), true);

  assert.equal((await signIn.token()).reveal(), fixtureSecrets.token);
  assert.equal(host.calls.length, 0);
});

test('token() renews ten minutes before the end', async (context) => {
  const { signIn, clock } = await scene(context, issuing());
  await signIn.token();

  clock.advance(86_400_000 - 600_001);
  const before = await signIn.token();
  clock.advance(1);
  const after = await signIn.token();

  assert.deepEqual([before.reveal(), after.reveal()], ['token-1', 'token-2']);
});

test('token() goes on with the old one when renewing fails in its last ten minutes', async (context) => {
  const { signIn, clock } = await scene(context, (_call, response) => answerJson(response, 500, 'down'), true);

  clock.advance(86_400_000 - 60_000);
  assert.equal((await signIn.token()).reveal(), fixtureSecrets.token);
  clock.advance(60_000);

  await assert.rejects(signIn.token(), { code: 'kis.sign-in-failed' });
});

test('token() asks at most once a minute', async (context) => {
  const { signIn, host, clock } = await scene(context, issuing());
  signIn.drop(await signIn.token());

  await assert.rejects(signIn.token(), { code: 'kis.token-throttled' });
  clock.advance(59_999);
  await assert.rejects(signIn.token(), { code: 'kis.token-throttled' });
  clock.advance(1);
  const second = await signIn.token();

  assert.equal(second.reveal(), 'token-2');
  assert.equal(host.calls.length, 2);
});

test('token() understands the same token, given out again, as the same: it ends no later than it did', async (context) => {
  const { signIn, vault } = await scene(
    context,
    (_call, response) => answerJson(response, 200, { access_token: fixtureSecrets.token, expires_in: 604_800 }),
    true,
  );
  const before = vault.saved?.expiresAt;
  signIn.drop(await signIn.token());

  const again = await signIn.token();

  assert.equal(again.reveal(), fixtureSecrets.token);
  assert.equal(vault.saved?.expiresAt.toString(), before?.toString());
});

test('drop() leaves alone the same token given out again: a late refusal was of the earlier one', async (context) => {
  const { signIn, host } = await scene(
    context,
    (_call, response) => answerJson(response, 200, { access_token: fixtureSecrets.token, expires_in: 86_400 }),
    true,
  );
  const first = await signIn.token();
  signIn.drop(first);
  await signIn.token();

  signIn.drop(first);
  await signIn.token();

  assert.equal(host.calls.length, 1);
});

test('token() reckons with the minute of an earlier process, and with no more than that whatever its stamp says', async (context) => {
  for (const [issuedAt, waitMs] of [
    ['2026-11-20T00:59:20Z', 20_000],
    ['2026-11-20T00:58:59Z', 0],
    ['2036-01-01T00:00:00Z', 60_000],
  ] as const) {
    const { host, vault, clock } = await scene(context, issuing());
    const stamped = { ...vault, tokenIssuedAt: () => Temporal.Instant.from(issuedAt) };
    const http = createHttpClient({ allowedOrigins: [host.rest] });
    context.after(() => http.close());
    const wallNow = (): Temporal.Instant => clock.now();
    const rest = new URL(host.rest);
    const signIn = new KisSignIn({ http, rest, credentials: stamped, clock, tokenIssueEveryMs: 60_000, wallNow });

    if (waitMs > 0) {
      await assert.rejects(signIn.token(), { code: 'kis.token-throttled' });
      clock.advance(waitMs - 1);
      await assert.rejects(signIn.token(), { code: 'kis.token-throttled' });
      clock.advance(1);
    }

    assert.equal((await signIn.token()).reveal(), 'token-1');
    assert.equal(host.calls.length, 1);
  }
});

test('token() records that it asks before it asks, and takes that back when nothing left', async (context) => {
  const { host, vault, clock } = await scene(context, () => {});
  await host.close();
  const stamps: (string | undefined)[] = [];
  const credentials = {
    ...vault,
    saveToken: (_token: unknown, _ends: unknown, issuedAt?: Temporal.Instant) => void stamps.push(issuedAt?.toString()),
  };
  const http = createHttpClient({ allowedOrigins: [host.rest] });
  context.after(() => http.close());
  const rest = new URL(host.rest);
  const wallNow = (): Temporal.Instant => clock.now();
  const signIn = new KisSignIn({ http, rest, credentials, clock, tokenIssueEveryMs: 60_000, wallNow });

  await assert.rejects(signIn.token(), { code: 'kis.sign-in-failed' });
  await assert.rejects(signIn.token(), { code: 'kis.sign-in-failed' });

  assert.deepEqual(stamps, ['2026-11-20T01:00:00Z', undefined, '2026-11-20T01:00:00Z', undefined]);
});

test('token() renews up to five minutes earlier than the others, by chance', async (context) => {
  const { host, vault, clock } = await scene(context, issuing());
  const http = createHttpClient({ allowedOrigins: [host.rest] });
  context.after(() => http.close());
  const rest = new URL(host.rest);
  const random = (): number => 0.999;
  const signIn = new KisSignIn({ http, rest, credentials: vault, clock, tokenIssueEveryMs: 60_000, random });
  await signIn.token();

  clock.advance(86_400_000 - 900_000);
  assert.equal((await signIn.token()).reveal(), 'token-1');
  clock.advance(1_000);

  assert.equal((await signIn.token()).reveal(), 'token-2');
});

for (const status of [401, 403, 500]) {
  test(`approvalKey() renews the token once and asks once more when KIS answers EGW00123 with HTTP ${status}`, async (context) => {
    const { signIn, host } = await scene(
      context,
      (call, response) => {
        if (call.path === '/oauth2/tokenP') answerJson(response, 200, { access_token: 'next', expires_in: 86_400 });
        else answerJson(response, status, { rt_cd: '1', msg_cd: 'EGW00123', msg1: '' });
      },
      true,
    );

    await assert.rejects(signIn.approvalKey(), { code: 'kis.token-refused' });

    assert.deepEqual(
      host.calls.map(({ path }) => path.split('/').at(-1)),
      ['Approval', 'tokenP', 'Approval'],
    );
  });
}

test('drop() forgets the token in the vault too, but never a newer one', async (context) => {
  const { signIn, vault, clock } = await scene(context, issuing());
  const first = await signIn.token();

  signIn.drop(first);
  assert.equal(vault.saved?.token.reveal(), '');
  clock.advance(60_000);
  const second = await signIn.token();
  signIn.drop(first);

  assert.equal((await signIn.token()).reveal(), second.reveal());
});

for (const [name, status, body, code] of [
  ['the issue throttle', 403, { error_code: 'EGW00133', error_description: '' }, 'kis.token-throttled'],
  ['a wrong app key', 403, { error_code: 'EGW00103', error_description: '' }, 'kis.credentials-refused'],
  ['a wrong app secret', 403, { error_code: 'EGW00105', error_description: '' }, 'kis.credentials-refused'],
  ['an answer without a token', 200, { expires_in: 86_400 }, 'kis.sign-in-failed'],
  ['a token with a line break', 200, { access_token: 'a\r\nb', expires_in: 86_400 }, 'kis.sign-in-failed'],
  ['a lifetime that is a word', 200, { access_token: 'a', expires_in: 'day' }, 'kis.sign-in-failed'],
  ['a lifetime of nothing', 200, { access_token: 'a', expires_in: 0 }, 'kis.sign-in-failed'],
  ['HTML', 502, '<html>', 'kis.sign-in-failed'],
] as const) {
  test(`token() turns ${name} into ${code}, and names no secret`, async (context) => {
    const { signIn } = await scene(context, (_call, response) => answerJson(response, status, body));

    const error = await signIn.token().catch((error: unknown) => error);

    assert.equal((error as { code: string }).code, code);
    for (const secret of Object.values(fixtureSecrets)) assert.ok(!inspect(error).includes(secret));
  });
}

test('token() believes the earlier of the two ends, unless it is past', async (context) => {
  for (const [wallClock, wanted] of [
    ['2026-11-21 09:35:01', '2026-11-21T00:35:01Z'],
    ['2026-11-22 09:35:01', '2026-11-21T01:00:00Z'],
    ['2020-01-01 00:00:00', '2026-11-21T01:00:00Z'],
    ['2026-13-41 99:99:99', '2026-11-21T01:00:00Z'],
  ] as const) {
    const { signIn, vault } = await scene(context, (_call, response) =>
      answerJson(response, 200, { access_token: 'a', expires_in: 86_400, access_token_token_expired: wallClock }),
    );

    await signIn.token();

    assert.equal(vault.saved?.expiresAt.toString(), wanted);
  }
});

test('revoke() ends the token here even when the broker does not answer', async (context) => {
  const { signIn, vault } = await scene(context, (_call, response) => answerJson(response, 500, 'down'), true);

  await assert.rejects(signIn.revoke(), { code: 'kis.sign-in-failed' });

  assert.equal(vault.saved?.token.reveal(), '');
});

test('revoke() without a token asks nobody', async (context) => {
  const { signIn, host } = await scene(context, issuing());

  await signIn.revoke();

  assert.equal(host.calls.length, 0);
});
