import { FixConfiguration } from '#domain/errors.ts';
import type { SecretMeta } from './vault.ts';

const namePattern = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/;
const wordPattern = /^[a-z0-9-]+$/;
const nameLengthMax = 100;
const secretsMax = 256;
const valueBytesMax = 64 * 1024;

/**
 * What may be put into a vault: names such as `kis.paper.app-key`, values up to 64 KiB, 256 of them.
 *
 * @throws {FixConfiguration} vault.name · vault.full
 */
export function checkSecret(meta: SecretMeta, valueBytes: number, secrets: number): void {
  if (!isName(meta)) {
    throw new FixConfiguration(
      'vault.name',
      `Cannot put the secret "${meta.name}": wanted a name such as "kis.paper.app-key" that agrees with its environment "${meta.environment}", and a broker and a type of lower-case letters`,
    );
  }
  if (secrets > secretsMax || valueBytes > valueBytesMax) {
    throw new FixConfiguration(
      'vault.full',
      `Cannot put the secret "${meta.name}": ${secrets} secrets and ${valueBytes} bytes, at most ${secretsMax} and ${valueBytesMax}`,
    );
  }
}

/** A name that says one environment must not hold a key of the other (INV-14). */
function isName({ name, broker, type, environment }: SecretMeta): boolean {
  const said = name.split('.')[1];
  const contradicts = (said === 'paper' || said === 'real') && said !== environment;
  return (
    namePattern.test(name) &&
    name.length <= nameLengthMax &&
    wordPattern.test(broker) &&
    wordPattern.test(type) &&
    (environment === 'paper' || environment === 'real') &&
    !contradicts
  );
}
