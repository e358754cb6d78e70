import { z } from 'zod';

import { command, question, type ConsoleCommand } from './console-command.ts';

const profileChoice = z.strictObject({
  /** The whole app key. */
  appKey: z.string().min(1).max(100),
  /** Null goes back to how the simulator was started. */
  profile: z.enum(['legacy', '2025', '2026-09']).nullable(),
});

/** What concerns the owner of an app key: what they would have been told, and which layouts their sessions speak. */
export const ownerCommands: Readonly<Record<string, ConsoleCommand>> = {
  'GET /events': question(
    {
      korean: '앱키 주인이 받았을 알림(토큰 발급, 처음 쓴 곳)을 보여요.',
      english: 'Shows what the owner of a key would have been told: token issues, first uses.',
    },
    ({ broker }) => broker.signIn.notices.list(),
  ),
  'POST /profiles': command(
    {
      korean: '앱키 하나의 웹소켓 필드 구성을 골라요.',
      english: 'Chooses the websocket field profile of one app key.',
    },
    profileChoice,
    ({ appKey, profile }, { broker, sockets }) => {
      if (broker.signIn.environmentOf(appKey) === null) throw new RangeError('No such app key here');
      for (const socket of sockets) socket.chooseProfile(appKey, profile);
      return { profile };
    },
  ),
};
