import { text } from 'node:stream/consumers';
import { Secret } from '#domain/secret.ts';
import type { NewKeyValue, RotationShape, RotationStep } from '#gateway/keys/key-rotation.ts';
import { standingClock } from './day-parts.ts';
import { RotatingHouse } from './rotating-house.ts';

/** What a house in a process of its own is told, as its one argument; the new key comes on standard input. */
export interface DyingHouse {
  readonly home: string;
  readonly hosts: { readonly rest: string; readonly webSocket: string; readonly console: string };
  /** Of the day, in Seoul, `09:30:00`. */
  readonly time: string;
  readonly shape: RotationShape;
  readonly step: RotationStep;
}

/** Rotates and is killed by the kernel at one step, with an order on its way. */
const { home, hosts, time, shape, step } = JSON.parse(process.argv[2] ?? '{}') as DyingHouse;
const typed = JSON.parse(await text(process.stdin)) as readonly { type: NewKeyValue['type']; value: string }[];
const house = await RotatingHouse.open({
  home,
  hosts,
  clock: standingClock(time),
  graceMs: 20,
  advance: (milliseconds) =>
    fetch(`${hosts.console}/clock`, { method: 'POST', body: JSON.stringify({ step: milliseconds / 1_000 }) }),
  onStep: (reached) => {
    if (reached === step) process.kill(process.pid, 'SIGKILL');
    if (shape === 'overlap') house.order().catch(() => undefined);
  },
});
if (shape === 'overlap') {
  await house.resolved();
  await house.order();
} else {
  await house.halt();
  // The broker's page kills the old key when it gives the new one.
  await fetch(`${hosts.console}/keys/end`, { method: 'POST', body: JSON.stringify({ appKey: house.current }) });
}
await house.rotation.rotate(
  typed.map(({ type, value }) => ({ type, value: new Secret(value) })),
  shape,
);
for (;;) {
  await house.rotation.look();
  await new Promise((resolve) => setTimeout(resolve, 5));
}
