import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser } from 'playwright-core';

const systemChromium = '/usr/bin/chromium';

/** The defaults of @sparticuz/chromium switch web security off, so none of them is used. */
const args = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** The system's Chromium when there is one, else the one of the npm package with the shared libraries it brings. */
export async function launchChromium(): Promise<Browser> {
  const isSystem = process.env['SNOWBALL_TEST_CHROMIUM'] !== 'npm' && existsSync(systemChromium);
  if (isSystem) return chromium.launch({ executablePath: systemChromium, args });
  const { default: packaged, inflate } = await import('@sparticuz/chromium');
  const executablePath = await packaged.executablePath();
  const libraries = await inflate(
    fileURLToPath(new URL('../bin/al2023.tar.br', import.meta.resolve('@sparticuz/chromium'))),
  );
  // For the browser alone, and behind what the machine has: a bare one lacks NSS, without which Chromium does not start.
  const env = { ...process.env, LD_LIBRARY_PATH: `${process.env['LD_LIBRARY_PATH'] ?? ''}:${join(libraries, 'lib')}` };
  return chromium.launch({ executablePath, args, env });
}
