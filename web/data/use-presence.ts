import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { post } from './api.ts';

/** A session ends 15 minutes after the person was last seen; once a minute of use is enough to be seen. */
const touchEveryMs = 60_000;

/** Tells the server that a person is here, when they press or type. Data that flows by itself does not count. */
export function usePresence(): void {
  const client = useQueryClient();
  useEffect(() => {
    let touchedAt = performance.now();
    const touch = (): void => {
      if (performance.now() - touchedAt < touchEveryMs) return;
      touchedAt = performance.now();
      // A failed touch is tried again by the next press; an ended session shows itself by its answer.
      post('/api/session/touch', {}).then(
        (answer) => client.setQueryData(['session'], answer),
        () => undefined,
      );
    };
    const events = ['pointerdown', 'keydown', 'wheel'] as const;
    for (const event of events) window.addEventListener(event, touch, { passive: true });
    return () => {
      for (const event of events) window.removeEventListener(event, touch);
    };
  }, [client]);
}
