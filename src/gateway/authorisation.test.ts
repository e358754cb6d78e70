import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect as openSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Environment } from '#domain/environment.ts';
import { SnowballError } from '#domain/errors.ts';
import { openJournal } from '#journal/open-journal.ts';
import type { Api, Role } from '#link/api.ts';
import { gatewayRight, gatewayRights, runnerRights, serverRights } from '#link/authorisation.ts';
import { connect, type LinkClient } from '#link/client.ts';
import { encodeMessage, FrameReader } from '#link/frame.ts';
import { gatewayApi, type GatewayApi } from '#link/gateway-api.ts';
import { runnerApi } from '#link/runner-api.ts';
import { serverApi } from '#link/server-api.ts';
import { hashToken, newToken } from '#link/token.ts';
import { quietBroker } from './fixtures/quiet-broker.ts';
import { Gateway } from './gateway.ts';
import type { GatewayClock } from './gateway-clock.ts';
import { ResumeProof } from './resume-proof.ts';
import { serve } from './serve.ts';
import { statusView } from './status-view.ts';
import { StepUp } from './step-up.ts';

type Method = keyof GatewayApi['methods'];
const roles = [
  'supervisor',
  'gateway',
  'runner',
  'server',
  'cli',
  'admin',
  'watchdog',
] as const satisfies readonly Role[];
const environments = ['trial', 'paper', 'real'] as const satisfies readonly Environment[];
const methods = Object.keys(gatewayApi.methods) as Method[];

/** Proper params of each method: a refusal is for the role and for nothing else. */
const params: Readonly<Record<Method, (role: Role) => unknown>> = {
  status: () => ({}),
  instruments: () => ({}),
  quote: () => ({ symbol: '005930' }),
  quotes: () => ({}),
  orderBook: () => ({ symbol: '005930' }),
  bars: () => ({ symbol: '005930', interval: '1m', count: 5 }),
  unwatch: () => ({ symbols: ['005930'] }),
  portfolio: () => ({}),
  equityOfDay: () => ({}),
  orders: () => ({ limit: 5, strategy: null }),
  order: () => ({ orderId: 'none' }),
  limits: () => ({}),
  limitPolicy: () => ({}),
  blastRadius: () => ({}),
  tightenLimit: () => aWish(500_000),
  loosenLimit: () => aWish(1_500_000),
  withdrawLimit: () => ({ id: 'none' }),
  chooseProfile: () => ({ profile: 'starter' }),
  permits: () => ({}),
  grantPermits: () => ({}),
  listSymbol: () => ({ symbol: '005930' }),
  unlistSymbol: () => ({ symbol: '252670' }),
  haltStrategy: () => ({ strategy: 'none', reason: 'test' }),
  resumeStrategy: () => ({ strategy: 'none' }),
  confirmOrder: () => ({ orderId: 'none' }),
  strategiesAlive: () => ({ strategies: [] }),
  subscribe: () => ({ topics: ['status'] }),
  preview: (role) => anOrder(role),
  submit: (role) => anOrder(role),
  amend: () => ({ orderId: 'none', price: 70_000, quantity: 1 }),
  find: () => ({ orderId: 'none' }),
  declareManual: () => ({ symbol: '005930', side: 'buy', quantity: 1, brokerOrderId: null }),
  settleOrder: () => ({ orderId: 'none', brokerOrderId: '7' }),
  cancel: () => ({ orderId: 'none' }),
  cancelAll: () => ({}),
  halt: () => ({ reason: 'test' }),
  prepareResume: () => ({}),
  resume: () => ({ code: '000000' }),
  approvals: () => ({}),
  approve: () => ({ code: '000000' }),
  heartbeat: () => ({ builds: {} }),
  alerts: () => ({}),
  acknowledgeAlert: () => ({ id: 'a1-none' }),
  testAlerts: () => ({}),
  nextAlerts: () => ({ after: 0, open: [], channels: [] }),
  alertDelivered: () => ({ id: 'a1-none', channel: 'file', outcome: 'delivered', detail: '' }),
  recordLogin: () => ({ outcome: 'refused', method: 'passphrase' }),
};

function aWish(value: number) {
  return { scope: 'symbol', subject: '000660', name: 'orderValueMax', value };
}

function anOrder(role: Role) {
  const order = { symbol: '005930', side: 'buy', type: 'limit', quantity: 1, price: 70_000, reason: 'test' } as const;
  return { requestId: `r-${role}`, strategy: role === 'runner' ? 'mine' : null, ...order };
}

test('T11 every method of every process has one row in the authorisation matrix, and no role list differs from it', () => {
  const tables: readonly (readonly [Api, Readonly<Record<string, object>>])[] = [
    [gatewayApi, gatewayRights],
    [runnerApi, runnerRights],
    [serverApi, serverRights],
  ];
  for (const [api, rights] of tables) {
    assert.deepEqual(Object.keys(rights).sort(), Object.keys(api.methods).sort());
    for (const [method, row] of Object.entries(rights)) {
      assert.deepEqual([...(api.methods[method]?.roles ?? [])].sort(), Object.keys(row).sort(), method);
    }
  }
});

test('INV-21 no method of any process has a result in which a secret could stand', () => {
  const names = [gatewayApi, runnerApi, serverApi].flatMap((api) => Object.keys(api.methods));

  assert.deepEqual(
    names.filter((name) => /secret|vault|key|passphrase/i.test(name)),
    [],
  );
});

test('T11 ops alone neither loosens nor lets anything in, and admin alone has no hand on orders', () => {
  const may = (role: Role): readonly Method[] => methods.filter((method) => gatewayRight(method, role) !== null);
  const ops = may('cli');
  const admin = may('admin');

  const loosening: readonly Method[] = [
    'loosenLimit',
    'chooseProfile',
    'grantPermits',
    'listSymbol',
    'resumeStrategy',
    'confirmOrder',
  ];
  assert.deepEqual(
    loosening.filter((method) => ops.includes(method) || !admin.includes(method)),
    [],
  );
  const hands: readonly Method[] = ['submit', 'amend', 'cancel', 'declareManual', 'settleOrder'];
  assert.deepEqual(
    hands.filter((method) => admin.includes(method) || !ops.includes(method)),
    [],
  );
  const both: readonly Method[] = [
    'tightenLimit',
    'withdrawLimit',
    'unlistSymbol',
    'haltStrategy',
    'halt',
    'cancelAll',
  ];
  assert.deepEqual(
    both.filter((method) => !admin.includes(method) || !ops.includes(method)),
    [],
  );
});

test('T11 every step-up cell of the matrix is guarded, and every cell that is not there is refused', () => {
  const stepUp = (isConvenient: boolean): StepUp =>
    new StepUp({ environment: 'paper', isConvenient, elapsedMs: () => 0 });
  const told = (guard: StepUp, method: Method, role: Role): string => {
    try {
      guard.require(method, { some: 'thing' }, { role, connectionId: 1 });
      return 'allowed';
    } catch (error) {
      return error instanceof SnowballError ? error.code : String(error);
    }
  };
  let cells = 0;
  for (const method of methods) {
    for (const role of roles) {
      const right = gatewayRight(method, role);
      const isStepUp = right === 'step-up';
      cells += Number(isStepUp);
      const wanted = right === 'yes' ? 'allowed' : 'gateway.step-up-needed';
      assert.equal(told(stepUp(false), method, role), wanted, `${role} ${method}`);
      if (isStepUp) assert.equal(told(stepUp(true), method, role), 'allowed', `${role} ${method} in convenience`);
    }
  }

  assert.ok(cells >= 9, `${cells} step-up cells`);
});

for (const environment of environments) {
  describe(`T11 the gateway in ${environment}`, { concurrency: false }, () => {
    let scene: Awaited<ReturnType<typeof aGateway>>;
    before(async () => (scene = await aGateway(environment)));
    after(() => scene.stop());

    test('answers each role × method as the matrix says, and places nothing for the web without the person´s word', async () => {
      const surprises: string[] = [];
      let cells = 0;
      // Whatever halts comes last: until then every order meets an ordinary day.
      for (const method of methods.toSorted((a, b) => Number(a === 'halt') - Number(b === 'halt'))) {
        const found = await Promise.all(roles.map((role) => scene.codeOf(role, method, params[method](role))));
        for (const [index, role] of roles.entries()) {
          cells += 1;
          const wanted = expected(method, role, environment);
          const code = found[index] ?? 'answered';
          const isAsWanted = wanted === 'yes' ? !refusals.has(code) : code === wanted;
          if (!isAsWanted) surprises.push(`${role} ${method}: ${code}, wanted ${wanted}`);
        }
      }

      assert.deepEqual(surprises, []);
      assert.equal(cells, roles.length * methods.length);
      const ofWeb = (await scene.clients.cli.call('orders', { limit: 100, strategy: null })).filter(
        (order) => order.requester === 'web',
      );
      assert.equal(ofWeb.length, environment === 'trial' ? 1 : 0);
    });

    test('refuses forged, foreign, other-boot and misplaced tokens of every role', async () => {
      for (const role of roles) {
        const others = roles.filter((other) => other !== role).map((other) => scene.tokens[other]);
        const flipped = scene.tokens[role].replace(/.$/, (last) => (last === '0' ? '1' : '0'));
        for (const token of [newToken(), flipped, hashToken(scene.tokens[role]), '0'.repeat(64), ...others]) {
          await assert.rejects(connect({ socketPath: scene.socketPath, api: gatewayApi, role, token }), {
            code: 'link.refused',
          });
        }
      }
    });
  });
}

const refusals = new Set(['link.forbidden', 'gateway.step-up-needed', 'link.refused', 'link.params', 'link.method']);

function expected(method: Method, role: Role, environment: Environment): string {
  const right = (gatewayRights[method] as Readonly<Partial<Record<Role, string>>>)[role];
  if (right === undefined) return 'link.forbidden';
  return right === 'step-up' && environment !== 'trial' ? 'gateway.step-up-needed' : 'yes';
}

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

interface SceneOptions {
  readonly tokens?: Readonly<Record<Role, string>>;
  readonly tokenEndsAt?: Readonly<Partial<Record<Role, string>>>;
}

async function aGateway(environment: Environment, options: SceneOptions = {}) {
  const home = mkdtempSync(join(tmpdir(), 'sb-roles-'));
  const socketPath = join(home, 's');
  const clock = mondayMorning();
  const { broker, placed } = quietBroker(() => clock.now());
  const journal = await openJournal({ file: join(home, 'journal') });
  const ignore = (): void => undefined;
  const shared = { environment, build: 'test', broker, journal, clock, onFault: ignore, onFatal: ignore };
  const gateway = new Gateway({ ...shared, onOrder: ignore, onTick: ignore, onStatus: ignore });
  const tokens = options.tokens ?? newTokens();
  let passedMs = 0;
  const proof = new ResumeProof(() => performance.now() + passedMs);
  const served = await serve({
    gateway,
    socketPath,
    tokenHashes: Object.fromEntries(roles.map((role) => [role, hashToken(tokens[role])])),
    ...(options.tokenEndsAt === undefined ? {} : { tokenEndsAt: options.tokenEndsAt }),
    resumeProof: proof,
    status: () => statusView(gateway, { account: '••', tokenExpiresAt: null, callsPerSecondMax: 0 }),
    elapsedMs: () => performance.now() + passedMs,
    onFault: ignore,
  });
  await gateway.start();
  const open = options.tokenEndsAt === undefined ? roles : [];
  const clients = Object.fromEntries(
    await Promise.all(
      open.map(async (role) => [role, await connect({ socketPath, api: gatewayApi, role, token: tokens[role] })]),
    ),
  ) as Record<Role, LinkClient<GatewayApi>>;
  return {
    socketPath,
    tokens,
    clients,
    placed,
    proof,
    pass: (milliseconds: number): number => (passedMs += milliseconds),
    *records(kind: string) {
      for (const record of journal.read(1)) if (record.kind === kind) yield record;
    },
    codeOf: async (role: Role, method: Method, value: unknown): Promise<string | null> => {
      try {
        await clients[role].call(method, value as never);
        return null;
      } catch (error) {
        return error instanceof SnowballError ? error.code : String(error);
      }
    },
    async stop() {
      await Promise.all(Object.values(clients).map((client) => client.close()));
      await served.close();
      await gateway.stop();
      await journal.close();
      rmSync(home, { recursive: true });
    },
  };
}

function newTokens(): Record<Role, string> {
  return Object.fromEntries(roles.map((role) => [role, newToken()])) as Record<Role, string>;
}

/** A Monday morning that passes in real time. */
function mondayMorning(): GatewayClock {
  const start = Temporal.Instant.from('2026-11-23T01:00:00Z');
  const startedMs = performance.now();
  return {
    speed: 1,
    isTrusted: true,
    now: () => start.add({ milliseconds: Math.trunc(performance.now() - startedMs) }),
    elapsedMs: () => performance.now(),
    observe: () => undefined,
  };
}
