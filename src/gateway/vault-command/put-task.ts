import { FixConfiguration } from '#domain/errors.ts';
import type { BrokerEnvironment } from '#domain/environment.ts';
import type { Secret } from '#domain/secret.ts';
import { Secret as SecretValue } from '#domain/secret.ts';
import type { LocalVault } from '#vault/local-vault.ts';
import { secretFields, type SecretField } from './secret-fields.ts';
import { withVault, type Outcome, type Stage } from './stage.ts';

interface Named {
  readonly name: string;
}

/** `snowball vault put kis` asks for everything KIS needs; `put kis.paper.app-key` for one value. */
export async function put(stage: Stage<Named & { readonly kind: 'put' }>): Promise<Outcome> {
  const fields = fieldsOf(stage);
  return await withVault(stage, async (vault) => {
    const values = await askAll(stage, fields);
    for (const [field, value] of values) await putOne(vault, field, value, environmentOf(stage));
    const names = values.map(([{ name }]) => name);
    return {
      text: stage.say(`금고에 넣었어요: ${names.join(', ')}.`, `Put into the vault: ${names.join(', ')}.`),
      json: { names, generation: vault.generation },
    };
  });
}

export interface NamedField {
  readonly name: string;
  readonly broker: string;
  readonly type: string;
  readonly field: SecretField;
}

async function putOne(
  vault: LocalVault,
  { name, broker, type }: NamedField,
  value: Secret,
  environment: BrokerEnvironment,
): Promise<void> {
  await vault.put(name, value, { broker, environment, type });
}

/** All questions before the first save: a wrong answer changes nothing. */
export async function askAll(
  { ask, say }: Stage,
  fields: readonly NamedField[],
): Promise<readonly [NamedField, Secret][]> {
  const values: [NamedField, Secret][] = [];
  for (const named of fields) {
    const { ko, en, isOptional } = named.field;
    const typed = await ask.secret(`${say(ko, en)}:`);
    if (typed.reveal().trim() === '' && isOptional && fields.length > 1) continue;
    values.push([named, checked(named, typed)]);
  }
  return values;
}

/** @throws {FixConfiguration} vault.value, which does not quote what was typed */
function checked({ name, field }: NamedField, typed: Secret): Secret {
  const text = field.read(typed.reveal().trim());
  if (text !== null) return new SecretValue(text);
  throw new FixConfiguration(
    'vault.value',
    `Cannot put "${name}": ${typed.reveal().trim().length} characters in another form, wanted ${field.wanted}`,
  );
}

/** @throws {FixConfiguration} vault.name */
export function fieldsOf({
  task,
  request,
}: Stage<Named & { readonly kind: 'put' | 'rotate' | 'promote' }>): readonly NamedField[] {
  const [broker = '', said, ...rest] = task.name.split('.');
  const known = secretFields[broker];
  const environment = request.environment === 'real' ? 'real' : 'paper';
  if (said === undefined && known !== undefined) {
    return known.map((field) => ({ name: `${broker}.${environment}.${field.type}`, broker, type: field.type, field }));
  }
  const type = rest.join('.');
  if (said === environment && type !== '') {
    const field = known?.find((candidate) => candidate.type === type) ?? plainField(task.name, type);
    return [{ name: task.name, broker, type, field }];
  }
  const brokers = Object.keys(secretFields).join(', ');
  throw new FixConfiguration(
    'vault.name',
    `Cannot use the name "${task.name}": wanted a broker (${brokers}) or a name such as "kis.${environment}.app-key" for ${environment}`,
  );
}

function plainField(name: string, type: string): SecretField {
  const read = (text: string): string | null => (text === '' ? null : text);
  return { type, ko: name, en: name, isOptional: false, wanted: 'something', read };
}

export function environmentOf({ request }: Stage): BrokerEnvironment {
  return request.environment === 'real' ? 'real' : 'paper';
}

/** `snowball vault retire NAME`: the PREVIOUS value goes, after its ten minutes or at once. */
export async function retire(
  stage: Stage<Named & { readonly kind: 'retire'; readonly now: boolean }>,
): Promise<Outcome> {
  const { name, now } = stage.task;
  return await withVault(stage, async (vault) => {
    await vault.retire(name, now ? 0 : undefined);
    return {
      text: stage.say(`이전 값을 지웠어요: ${name}.`, `The previous value is gone: ${name}.`),
      json: { name, generation: vault.generation },
    };
  });
}
