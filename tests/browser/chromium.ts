import { existsSync } from 'node:fs';
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

/** The system's Chromium when there is one, else the one of the npm package. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: await executablePath(), args });
}

async function executablePath(): Promise<string> {
  if (process.env['SNOWBALL_TEST_CHROMIUM'] !== 'npm' && existsSync(systemChromium)) return systemChromium;
  const { default: packaged } = await import('@sparticuz/chromium');
  return packaged.executablePath();
}
