import assert from 'node:assert/strict';
import { connect as openSocket } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { connect } from '#link/client.ts';
import { encodeMessage, FrameReader } from '#link/frame.ts';
import { gatewayApi } from '#link/gateway-api.ts';
import { aGateway } from '../fixtures/role-scene.ts';

describe('T11 a token and a frame', { concurrency: false }, () => {
  let scene: Awaited<ReturnType<typeof aGateway>>;
  before(async () => (scene = await aGateway('paper')));
  after(() => scene.stop());

  test('T11 an expired token is refused, one that has time left is not', async () => {
    const { tokens } = scene;
    const past = Temporal.Now.instant().subtract({ seconds: 1 }).toString();
    const future = Temporal.Now.instant().add({ seconds: 60 }).toString();
    const other = await aGateway('paper', { tokens, tokenEndsAt: { server: past, runner: future } });
    const { socketPath } = other;

    await assert.rejects(connect({ socketPath, api: gatewayApi, role: 'server', token: tokens.server }), {
      code: 'link.expired',
    });
    const runner = await connect({ socketPath, api: gatewayApi, role: 'runner', token: tokens.runner });
    await runner.close();
    await other.stop();
  });

  test('T11 a write without a key and a replayed frame do nothing twice', async () => {
    const token = scene.tokens.cli;
    const halt = { method: 'halt', params: { reason: 'once' } };
    const socket = openSocket(scene.socketPath);
    const reader = new FrameReader();
    const answers: unknown[] = [];
    const enough = Promise.withResolvers<void>();
    socket.on('data', (chunk: Buffer) => {
      answers.push(...reader.push(chunk));
      if (answers.length === 4) enough.resolve();
    });
    socket.write(encodeMessage({ role: 'cli', token }));
    socket.write(encodeMessage({ id: 1, ...halt }));
    socket.write(encodeMessage({ id: 2, ...halt, key: 'k' }));
    socket.write(encodeMessage({ id: 3, ...halt, key: 'k' }));
    await enough.promise;
    socket.destroy();

    const byId = new Map(answers.map((answer) => [(answer as { id?: number }).id, JSON.stringify(answer)]));
    assert.match(byId.get(1) ?? '', /link\.key-needed/);
    assert.equal(byId.get(3)?.replace('"id":3', '"id":2'), byId.get(2));
    assert.equal([...scene.records('halt')].filter(({ body }) => body.includes('once')).length, 1);
  });
});
