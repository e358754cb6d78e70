import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { SnowballError } from '#domain/errors.ts';
import { aGateway, anOrder, aWish } from '../fixtures/role-scene.ts';

describe('T11 what the person´s word opens', { concurrency: false }, () => {
  let scene: Awaited<ReturnType<typeof aGateway>>;
  before(async () => (scene = await aGateway('paper')));
  after(() => scene.stop());

  const codeIn = (message: string): string => /approve (\d{6})$/.exec(message)?.[1] ?? '';
  const asked = async (requestId: string, quantity: number): Promise<string> => {
    const order = { ...anOrder('server'), requestId, quantity } as const;
    const error = await scene.clients.server.call('submit', order).catch((cause: unknown) => cause);
    return error instanceof SnowballError ? codeIn(error.message) : 'accepted';
  };

  test('T20 one action, once: not another quantity, not a second order, not a code that the web repeats itself', async () => {
    const code = await asked('a', 3);
    assert.match(code, /^\d{6}$/);
    assert.deepEqual(
      (await scene.clients.cli.call('approvals', {})).map(({ action }) => action),
      ['submit symbol 005930, side buy, type limit, quantity 3, price 70000'],
    );
    await assert.rejects(scene.clients.server.call('approve' as never, { code } as never), { code: 'link.forbidden' });

    await scene.clients.cli.call('approve', { code });

    assert.match(await asked('b', 4), /^\d{6}$/, 'another quantity');
    assert.equal(await asked('a', 3), 'accepted');
    assert.equal(await asked('a', 3), 'accepted', 'the same request again is no new order');
    assert.match(await asked('c', 3), /^\d{6}$/, 'a second order of the same kind');
    await assert.rejects(scene.clients.cli.call('approve', { code }, 'other'), { code: 'gateway.approval-unknown' });
    const orders = await scene.clients.cli.call('orders', { limit: 10, strategy: null });
    assert.equal(orders.filter((order) => order.requester === 'web').length, 1);
  });

  test('T20 ops gives no word on what it may not do itself: with the web it would loosen', async () => {
    const wish = aWish(1_500_000) as Parameters<typeof scene.clients.server.call<'loosenLimit'>>[1];
    const error = await scene.clients.server.call('loosenLimit', wish).catch((cause: unknown) => cause);
    const code = codeIn(error instanceof SnowballError ? error.message : '');
    const by = (await scene.clients.cli.call('approvals', {})).find((each) => each.code === code)?.by;

    await assert.rejects(scene.clients.cli.call('approve', { code }), { code: 'gateway.approval-role' });
    await scene.clients.admin.call('approve', { code });

    assert.equal(by, 'admin');
    assert.equal((await scene.clients.server.call('loosenLimit', wish)).waiting.length, 1);
    const submitted = await asked('e', 6);
    await assert.rejects(scene.clients.admin.call('approve', { code: submitted }), { code: 'gateway.approval-role' });
  });

  test('INV-13 neither ops, nor admin, nor the web with their word resumes without the passphrase', async () => {
    await scene.clients.cli.call('halt', { reason: 'test' });
    for (const role of ['cli', 'admin', 'server'] as const) {
      const { code, second } = await scene.clients[role].call('prepareResume', {});
      const refusal = role === 'server' ? 'gateway.step-up-needed' : 'gateway.resume-proof';
      await assert.rejects(scene.clients[role].call('resume', { code }), { code: refusal });
      assert.equal(second, 'passphrase');
    }
    const [waiting] = (await scene.clients.cli.call('approvals', {})).filter(({ action }) => action === 'resume');
    await scene.clients.cli.call('approve', { code: waiting?.code ?? '' });
    const { code } = await scene.clients.server.call('prepareResume', {});
    await assert.rejects(scene.clients.server.call('resume', { code }), { code: 'gateway.resume-proof' });
    const again = await scene.clients.server.call('prepareResume', {});
    scene.proof.give(again.code);

    assert.equal((await scene.clients.cli.call('resume', { code: again.code })).halted, null);
  });

  test('T20 the word is forgotten after five minutes, and so is the question', async () => {
    const code = await asked('d', 5);
    scene.pass(300_001);
    await assert.rejects(scene.clients.cli.call('approve', { code }), { code: 'gateway.approval-unknown' });

    await scene.clients.cli.call('approve', { code: await asked('d', 5) });
    scene.pass(300_001);

    assert.match(await asked('d', 5), /^\d{6}$/);
  });
});
