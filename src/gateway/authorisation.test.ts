import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Environment } from '#domain/environment.ts';
import { SnowballError } from '#domain/errors.ts';
import type { Api, Role } from '#link/api.ts';
import { gatewayRight, gatewayRights, runnerRights, serverRights } from '#link/authorisation.ts';
import { connect } from '#link/client.ts';
import { gatewayApi } from '#link/gateway-api.ts';
import { runnerApi } from '#link/runner-api.ts';
import { serverApi } from '#link/server-api.ts';
import { hashToken, newToken } from '#link/token.ts';
import { params } from './fixtures/method-params.ts';
import { aGateway, roles, type Method } from './fixtures/role-scene.ts';
import { StepUp } from './handlers/step-up.ts';

const environments = ['trial', 'paper', 'real'] as const satisfies readonly Environment[];
const methods = Object.keys(gatewayApi.methods) as Method[];

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
