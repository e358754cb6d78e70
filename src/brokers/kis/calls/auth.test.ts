import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { inspect } from 'node:util';

import { ManualClock } from '#domain/clock.ts';
import { createHttpClient } from '#wire/http-client.ts';

import { KisSignIn } from './auth.ts';
import { fixtureSecrets, fixtureVault, type FixtureVault } from '../fixtures/fixture-broker.ts';
import { answerJson, openScriptedHost, type Script, type ScriptedHost } from '../fixtures/scripted-host.ts';
import { hashBody } from './hashkey.ts';

interface Scene {
  readonly signIn: KisSignIn;
  readonly host: ScriptedHost;
  readonly vault: FixtureVault;
  readonly clock: ManualClock;
}

/** Issues `token-1`, `token-2` … for a day each. */
function issuing(): Script {
  let issued = 0;
  return (_call, response) => {
    issued += 1;
    answerJson(response, 200, { access_token: `token-${issued}`, token_type: 'Bearer', expires_in: 86_400 });
  };
}

async function scene(context: TestContext, script: Script, isSignedIn = false): Promise<Scene> {
  const host = await openScriptedHost(script);
  const http = createHttpClient({ allowedOrigins: [host.rest], totalTimeoutMs: 10_000 });
  context.after(async () => {
    await http.close();
    await host.close();
  });
  const vault = fixtureVault(isSignedIn);
  const clock = new ManualClock(Temporal.Instant.from('2026-11-20T01:00:00Z'));
  const signIn = new KisSignIn({
    http,
    rest: new URL(host.rest),
    credentials: vault,
    clock,
    tokenIssueEveryMs: 60_000,
  });
  return { signIn, host, vault, clock };
}

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
