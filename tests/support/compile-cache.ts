import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Folder of compiled sources for the processes that tests start: the one of the test run, so that all of them fill and use
 * the same. A start from it costs half as much.
 */
export const compileCache: string = process.env['NODE_COMPILE_CACHE'] ?? join(tmpdir(), 'snowball-compile-cache');
