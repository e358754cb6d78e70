import { launchChromium } from '../tests/browser/chromium.ts';

/** Starts the browser once, so that test files running side by side do not unpack it over each other. */
const browser = await launchChromium();
process.stderr.write(`Chromium ${browser.version()}\n`);
await browser.close();
