import { join } from 'node:path';
import type { Environment } from '#domain/environment.ts';

const checkout = join(import.meta.dirname, '..', '..');

/** The folder of this installation's data: `SNOWBALL_HOME`, or `.snowball` in the checkout. */
export function homeFolder(): string {
  return process.env['SNOWBALL_HOME'] ?? join(checkout, '.snowball');
}

/** Each environment has its own folder, so that paper money and real money never share a file. */
export function modeFolder(environment: Environment): string {
  return join(homeFolder(), environment);
}
