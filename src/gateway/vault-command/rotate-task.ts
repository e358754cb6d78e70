import { FixConfiguration } from '#domain/errors.ts';
import type { LocalVault } from '#vault/local-vault.ts';
import { rotatingTypes, typesUnder, nameOf, type RotatingType } from '../keys/key-set.ts';
import { doorState, rotateRunning } from './door-task.ts';
import { askAll, environmentOf, fieldsOf, type NamedField } from './put-task.ts';
import { needVault, withVault, type Outcome, type Stage } from './stage.ts';

interface Asked {
  readonly name: string;
  readonly cutOver?: boolean | undefined;
}

/**
 * `snowball vault rotate NAME`: a gateway that runs tries the new key and takes it at once; without one the new value waits
 * as PENDING, and readers go on with CURRENT. `NAME` is a broker, whose key and secret are asked for, or one value.
 */
export async function rotate(stage: Stage<Asked & { readonly kind: 'rotate' }>): Promise<Outcome> {
  const fields = changeable(stage);
  if ((await doorState(stage.request.home)) === 'open') return await rotateThere(stage, fields);
  return await withVault(stage, async (vault) => {
    // A name that is not there is said before anybody types a key.
    for (const { name, field } of fields) if (!field.isOptional) vault.get(name);
    const values = await askAll(stage, fields);
    const environment = environmentOf(stage);
    await vault.changeTogether(
      values.map(([{ name, broker, type }, value]) => {
        return { kind: 'put', name, value, binding: { broker, environment, type } };
      }),
    );
    const names = values.map(([{ name }]) => name);
    return {
      text: stage.say(
        `새 값을 받아 뒀어요: ${names.join(', ')}. "snowball vault promote"를 하기 전까지는 지금 값을 써요.`,
        `Kept as PENDING: ${names.join(', ')}. The current value is used until "snowball vault promote".`,
      ),
      json: { names, generation: vault.generation },
    };
  });
}

/** `snowball vault promote NAME`: PENDING becomes CURRENT, CURRENT becomes PREVIOUS; a key and its secret together. */
export async function promote(stage: Stage<Asked & { readonly kind: 'promote' }>): Promise<Outcome> {
  const fields = changeable(stage);
  if ((await doorState(stage.request.home)) === 'open') return await promoteThere(stage, fields);
  return await withVault(stage, async (vault) => {
    const names = together(vault, stage, fields);
    await vault.changeTogether(names.map((name) => ({ kind: 'promote', name })));
    return {
      text: stage.say(`새 값을 쓰기 시작해요: ${names.join(', ')}.`, `The new value is current: ${names.join(', ')}.`),
      json: { name: stage.task.name, names, generation: vault.generation },
    };
  });
}

/** Everything of a broker means what a rotation may replace; an account is no part of a key. */
function changeable(stage: Stage<Asked & { readonly kind: 'rotate' | 'promote' }>): readonly NamedField[] {
  const fields = fieldsOf(stage);
  return fields.length === 1 ? fields : fields.filter(({ type }) => isRotating(type));
}

/** A key that was promoted without its secret would be no key: what is PENDING of both goes together. */
function together(vault: LocalVault, stage: Stage, fields: readonly NamedField[]): readonly string[] {
  const environment = environmentOf(stage);
  const [first] = fields;
  const names = fields.map(({ name }) => name);
  if (first === undefined || !isRotating(first.type)) return names;
  const owner = { broker: first.broker, environment };
  const pending = typesUnder(vault, owner, 'PENDING').map((type) => nameOf(owner, type));
  // A name without anything PENDING is refused by the vault, in its own words.
  return fields.length === 1 ? [...new Set([...names, ...pending])] : pending.length > 0 ? pending : names;
}

async function rotateThere(
  stage: Stage<Asked & { readonly kind: 'rotate' }>,
  fields: readonly NamedField[],
): Promise<Outcome> {
  needVault(stage);
  const types = fields.map(({ name, type }) => (isRotating(type) ? type : notRotating(name)));
  const secret = await passphraseOf(stage);
  const answers = await askAll(stage, fields);
  const values = answers.flatMap(([{ name }, value]) => {
    const type = types[fields.findIndex((field) => field.name === name)];
    return type === undefined ? [] : [{ type, value: value.reveal() }];
  });
  return await handOver(stage, secret, values);
}

async function promoteThere(
  stage: Stage<Asked & { readonly kind: 'promote' }>,
  fields: readonly NamedField[],
): Promise<Outcome> {
  needVault(stage);
  for (const { name, type } of fields) if (!isRotating(type)) notRotating(name);
  return await handOver(stage, await passphraseOf(stage), []);
}

async function handOver(
  { request, task, say }: Stage<Asked & { readonly kind: 'rotate' | 'promote' }>,
  secret: string,
  values: readonly { readonly type: RotatingType; readonly value: string }[],
): Promise<Outcome> {
  const shape = task.cutOver === true ? 'cut-over' : 'overlap';
  const answer = await rotateRunning(request.home, { kind: 'rotate', secret, shape, values: [...values] });
  const { generation, graceMs, isHalted } = answer;
  const minutes = Math.ceil(graceMs / 60_000);
  const kept =
    minutes === 0
      ? say('옛 키는 지웠어요.', 'The old one is gone.')
      : say(`옛 키는 ${minutes}분 뒤에 폐기해요.`, `The old one is revoked in ${minutes} minutes.`);
  const next = isHalted
    ? say(
        ' 매매는 멈춰 있어요. "snowball resume"으로 다시 켜 주세요.',
        ' Ordering is halted: "snowball resume" lets orders through again.',
      )
    : '';
  return {
    text: `${say('새 키로 토큰과 잔고를 확인했고, 이제 새 키를 써요.', 'The new key gave a token and a balance, and is in use.')} ${kept}${next}`,
    json: { generation, graceMs, isHalted, shape },
  };
}

/** Asked before the values, as for a vault that is opened here. */
async function passphraseOf({ ask, say }: Stage): Promise<string> {
  return (await ask.secret(say('금고 암호문:', 'Passphrase of the vault:'))).reveal();
}

function isRotating(type: string): type is RotatingType {
  return rotatingTypes.some((each) => each === type);
}

/** @throws {FixConfiguration} vault.in-use */
function notRotating(name: string): never {
  throw new FixConfiguration(
    'vault.in-use',
    `Cannot change "${name}" now: Snowball runs with it and changes app keys alone while it runs, wanted it stopped`,
  );
}
