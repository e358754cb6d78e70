import { readFile } from 'node:fs/promises';
import { FixConfiguration } from '#domain/errors.ts';

/** What a vault's witness says once its MAC was checked by the caller. */
export interface Witness {
  readonly id: string;
  readonly generation: number;
  readonly mac: string;
}

const magic = 'snowball-vault-witness 1';
const pattern = /^snowball-vault-witness 1\n([0-9a-f]{32}) ([1-9][0-9]{0,15})\n([0-9a-f]{64})\n$/;

/** A small file beside the vault that says which generation was saved last: an older vault alone in its place is noticed. */
export function witnessPath(file: string): string {
  return `${file}.generation`;
}

/** What the MAC of a witness covers. */
export function witnessBody(id: string, generation: number): Buffer {
  return Buffer.from(`${magic}\n${id} ${generation}\n`);
}

/**
 * Null when there is none, as beside vaults of earlier versions.
 *
 * @throws {FixConfiguration} vault.witness when something else stands there
 */
export async function readWitness(file: string): Promise<Witness | null> {
  const path = witnessPath(file);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw badWitness(file, error);
  }
  const [, id, generation, mac] = pattern.exec(text) ?? [];
  if (id === undefined || generation === undefined || mac === undefined) throw badWitness(file);
  return { id, generation: Number(generation), mac };
}

/** The one error for a witness that the vault did not write. */
export function badWitness(file: string, cause?: unknown): FixConfiguration {
  return new FixConfiguration(
    'vault.witness',
    `Cannot open the vault: "${witnessPath(file)}" is not what this vault wrote, wanted its last generation. Compare vault and backup, and remove that file if the vault is the newest`,
    { cause },
  );
}
