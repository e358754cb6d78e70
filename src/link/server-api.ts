import { z } from 'zod';
import type { Api } from './api.ts';

/** What the web server answers besides pages: a fresh way in, for the person at the terminal. */
export const serverApi = {
  methods: {
    /**
     * A one-time login URL, good once and for 15 minutes. `forgetPassphrase` also drops the page passphrase and ends every
     * session: whoever opens the URL sets a new one.
     */
    loginUrl: {
      params: z.strictObject({ forgetPassphrase: z.boolean() }),
      result: z.strictObject({ url: z.string() }),
      roles: ['supervisor', 'cli'],
      repeats: 'memory',
    },
    /** A sign of life. */
    pulse: { params: z.strictObject({}), result: z.strictObject({ build: z.string() }), roles: ['watchdog'] },
  },
  events: {},
} as const satisfies Api;

export type ServerApi = typeof serverApi;
