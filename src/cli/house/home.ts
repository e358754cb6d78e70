import { join } from 'node:path';
import type { Environment } from '#domain/environment.ts';

const checkout = join(import.meta.dirname, '..', '..', '..');

/** The configuration that `up` reads when no other is named. */
export const configFile = join(checkout, 'config', 'snowball.yaml');

/** The folder of this installation's data: `SNOWBALL_HOME`, or `.snowball` in the checkout. */
export function homeFolder(): string {
  return process.env['SNOWBALL_HOME'] ?? join(checkout, '.snowball');
}

/** The environment that commands without `--environment` speak to: `SNOWBALL_ENVIRONMENT`, or trial. */
export function chosenEnvironment(): Environment {
  const chosen = process.env['SNOWBALL_ENVIRONMENT'];
  return chosen === 'paper' || chosen === 'real' ? chosen : 'trial';
}

/** Each environment has its own folder, so that paper money and real money never share a file. */
export function modeFolder(environment: Environment): string {
  return join(homeFolder(), environment);
}
