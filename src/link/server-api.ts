import { z } from 'zod';
import type { Api } from './api.ts';

const nothing = z.strictObject({});

/** What the web server answers besides pages: a fresh way in, for the person at the terminal. */
export const serverApi = {
  methods: {
    /** A one-time login URL, good once and for 15 minutes. */
    loginUrl: {
      params: nothing,
      result: z.strictObject({ url: z.string() }),
      roles: ['supervisor', 'cli'],
      repeats: 'memory',
    },
    /** Drops the page passphrase and ends every session: whoever opens the next URL sets a new one. */
    forgetLogin: { params: nothing, result: nothing, roles: ['admin'], repeats: 'memory' },
    /** A sign of life. */
    pulse: { params: nothing, result: z.strictObject({ build: z.string() }), roles: ['watchdog'] },
  },
  events: {},
} as const satisfies Api;

export type ServerApi = typeof serverApi;
