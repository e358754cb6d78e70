import { run } from 'node:test';

/** Runs the test files given in the arguments in this process and ends at the first failure: 0 alive, 1 killed. */
const stream = run({ files: process.argv.slice(2), isolation: 'none', concurrency: 1 });
stream.on('test:fail', () => process.exit(1));
for await (const _event of stream);
process.exit(0);
