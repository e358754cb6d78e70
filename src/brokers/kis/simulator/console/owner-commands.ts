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
  'GET /keys': question(
    {
      korean: '한 호출에 두 앱키를 섞어 보낸 횟수를 보여요. 0이어야 해요.',
      english: 'Shows how many calls mixed two app keys; it must be 0.',
    },
    ({ broker }) => ({ mixed: broker.signIn.mixed }),
  ),
  'POST /keys': command(
    {
      korean: '앱키를 새로 발급해요. cut-over면 옛 키가 바로 끝나요.',
      english: 'Issues a new app key; with the shape cut-over the older ones end at once.',
    },
    z.strictObject({ environment: z.enum(['paper', 'real']), shape: z.enum(['overlap', 'cut-over']) }),
    ({ environment, shape }, { broker }) => broker.signIn.keys.issue(environment, shape),
  ),
  'POST /keys/end': command(
    { korean: '앱키 하나를 폐기해요.', english: 'Ends one app key.' },
    z.strictObject({ appKey: z.string().min(1).max(100) }),
    ({ appKey }, { broker }) => {
      broker.signIn.keys.end(appKey);
      return {};
    },
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
