import { z } from 'zod';

import { faultNames, meaningOf } from '../host/fault-table.ts';
import { faultRule } from '../host/faults.ts';
import { command, question, type ConsoleCommand } from './console-command.ts';

const oneRule = z.strictObject({ id: z.coerce.number().int().positive().optional() });

/** Faults: what there is, what is on, on, off. */
export const faultCommands: Readonly<Record<string, ConsoleCommand>> = {
  'GET /faults': question({ korean: '켜진 고장을 보여요.', english: 'Lists the faults that are on.' }, ({ faults }) =>
    faults.list(),
  ),
  'GET /faults/known': question(
    { korean: '켤 수 있는 고장을 모두 보여요.', english: 'Lists every fault there is.' },
    knownFaults,
  ),
  'GET /faults/tally': question(
    { korean: '고장이 몇 번 났는지 보여요.', english: 'Counts how often each fault has struck since the start.' },
    ({ faults }) => faults.tally(),
  ),
  'POST /faults': command(
    { korean: '고장 하나를 켜요.', english: 'Switches a fault on.' },
    faultRule,
    (rule, { faults }) => {
      faults.add(rule);
      return faults.list();
    },
  ),
  'DELETE /faults': command(
    { korean: '고장을 모두, 또는 ?id= 하나만 꺼요.', english: 'Switches all faults off, or the one of ?id=.' },
    oneRule,
    ({ id }, { faults }) => {
      if (!faults.clear(id)) throw new RangeError(`No fault has the number ${id}`);
      return faults.list();
    },
  ),
};

/** The whole matrix as data. */
export function knownFaults(): readonly unknown[] {
  return faultNames.map((name) => ({ name, ...meaningOf(name) }));
}
