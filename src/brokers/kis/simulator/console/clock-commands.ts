import { z } from 'zod';

import type { Broker } from '../host/route.ts';
import { command, question, type ConsoleCommand } from './console-command.ts';

const stepMaxSeconds = 86_400;

const clockChange = z.strictObject({
  /** Market seconds per real second. */
  speed: z.number().min(1).max(1000).optional(),
  pause: z.boolean().optional(),
  /** Market seconds to jump ahead, to the millisecond; a day at most. */
  step: z.number().positive().max(stepMaxSeconds).optional(),
});

/** Market time: look, change its speed, stop it, move it on by hand. */
export const clockCommands: Readonly<Record<string, ConsoleCommand>> = {
  'GET /clock': question({ korean: '시장 시계를 보여요.', english: 'Shows market time.' }, ({ broker }) =>
    clockView(broker),
  ),
  'POST /clock': command(
    {
      korean: '배속(1–1,000), 멈춤, 한 걸음(초)을 정해요.',
      english: 'Sets speed (1 to 1,000) and pause, or steps ahead by seconds of market time.',
    },
    clockChange,
    ({ speed, pause, step }, { broker }) => {
      // What was lived at the old speed is played before the new one begins.
      broker.venue.advance();
      if (speed !== undefined) broker.clock.setSpeed(speed);
      if (pause !== undefined) broker.clock.setPaused(pause);
      if (step !== undefined) stepBy(broker, step);
      return clockView(broker);
    },
  ),
};

function stepBy({ clock, venue }: Broker, seconds: number): void {
  if (clock.step === undefined) throw new RangeError('The clock of the machine cannot be moved: start a virtual one');
  clock.step(Math.round(seconds * 1000));
  venue.advance();
}

function clockView({ clock }: Broker): unknown {
  return { now: clock.now().toString(), speed: clock.speed, paused: clock.isPaused };
}
