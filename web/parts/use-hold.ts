import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';

/** `--t-hold` of the tokens: long enough not to happen by accident. It stays when motion is reduced. */
const holdMs = 1_200;

interface Hold {
  readonly isHeld: boolean;
  readonly handlers: {
    readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerUp: () => void;
    readonly onPointerLeave: () => void;
    readonly onPointerCancel: () => void;
    readonly onKeyDown: (event: KeyboardEvent) => void;
    readonly onKeyUp: () => void;
    readonly onBlur: () => void;
    readonly onContextMenu: (event: { preventDefault: () => void }) => void;
  };
}

/** Calls back once after an unbroken press of 1.2 seconds; letting go, leaving or losing focus breaks it. */
export function useHold(onHeld: () => void, isDisabled: boolean): Hold {
  const [isHeld, setHeld] = useState(false);
  const timer = useRef(0);
  const latest = useRef(onHeld);
  latest.current = onHeld;
  useEffect(() => () => window.clearTimeout(timer.current), []);
  const stop = (): void => {
    window.clearTimeout(timer.current);
    timer.current = 0;
    setHeld(false);
  };
  const start = (): void => {
    if (isDisabled || timer.current !== 0) return;
    setHeld(true);
    timer.current = window.setTimeout(() => {
      stop();
      latest.current();
    }, holdMs);
  };
  return {
    isHeld,
    handlers: {
      onPointerDown: (event) => {
        if (event.button === 0) start();
      },
      onPointerUp: stop,
      onPointerLeave: stop,
      onPointerCancel: stop,
      onKeyDown: (event) => {
        if (event.key !== ' ' && event.key !== 'Enter') return;
        event.preventDefault();
        if (!event.repeat) start();
      },
      onKeyUp: stop,
      onBlur: stop,
      onContextMenu: (event) => event.preventDefault(),
    },
  };
}
