import { FixConfiguration } from '#domain/errors.ts';

/** Flags of Node that write memory to disk, stop for a debugger, or open a door for one. */
const unsafe =
  /^--(?:inspect|debug|heapsnapshot|heap-prof|cpu-prof|prof|report-|experimental-report|abort-on-uncaught|trace-event|perf-|expose-internals)/;

/**
 * A gateway does not start with a flag that could show its memory (N14, INV-20); neither do flags come by `NODE_OPTIONS`.
 *
 * @param given arguments to Node and the text of `NODE_OPTIONS`
 * @throws {FixConfiguration} `gateway.unsafe-flags` with the first of them
 */
export function refuseUnsafeFlags(given: readonly string[]): void {
  const [found] = given.flatMap((text) => text.split(/\s+/)).filter((flag) => unsafe.test(flag.replaceAll('_', '-')));
  if (found === undefined) return;
  const name = found.split('=')[0] ?? found;
  throw new FixConfiguration(
    'gateway.unsafe-flags',
    `Cannot start the gateway with "${name}": it would show its memory, wanted Node without flags for diagnosis`,
  );
}
