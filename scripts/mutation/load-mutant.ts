import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

/** Preloaded into a test process: the file named by `MUTANT_OF` is read from `MUTANT_SOURCE` instead. */
const target = process.env['MUTANT_OF'];
const source = process.env['MUTANT_SOURCE'];

registerHooks({
  load(url, context, nextLoad) {
    if (url !== target || source === undefined) return nextLoad(url, context);
    return { format: 'module', source: readFileSync(source, 'utf8'), shortCircuit: true };
  },
});
