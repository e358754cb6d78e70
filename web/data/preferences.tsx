import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { en } from '../strings.en.ts';
import { ko, type Strings } from '../strings.ko.ts';

export type Language = 'ko' | 'en';

/** What a person chose for this browser. Nothing here is secret, so it may lie in local storage. */
interface Preferences {
  readonly language: Language;
  readonly isHidden: boolean;
  readonly rise: 'red' | 'green';
}

interface Chosen extends Preferences {
  readonly text: Strings;
  readonly choose: (change: Partial<Preferences>) => void;
}

const key = 'snowball.preferences';
const Context = createContext<Chosen | null>(null);

export function PreferencesProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [preferences, setPreferences] = useState(read);
  useEffect(() => {
    localStorage.setItem(key, JSON.stringify(preferences));
    document.documentElement.lang = preferences.language;
    document.documentElement.dataset['rise'] = preferences.rise;
  }, [preferences]);
  const chosen = useMemo(
    () => ({
      ...preferences,
      text: preferences.language === 'ko' ? ko : en,
      choose: (change: Partial<Preferences>) => setPreferences((before) => ({ ...before, ...change })),
    }),
    [preferences],
  );
  return <Context value={chosen}>{children}</Context>;
}

export function usePreferences(): Chosen {
  const chosen = useContext(Context);
  if (chosen === null) throw new Error('PreferencesProvider is missing above this component');
  return chosen;
}

/** The words of the chosen language. */
export function useText(): Strings {
  return usePreferences().text;
}

function read(): Preferences {
  const locale: Language = navigator.language.toLowerCase().startsWith('ko') ? 'ko' : 'en';
  const kept = parsed(localStorage.getItem(key));
  return {
    language: kept['language'] === 'ko' || kept['language'] === 'en' ? kept['language'] : locale,
    isHidden: kept['isHidden'] === true,
    rise: kept['rise'] === 'green' ? 'green' : 'red',
  };
}

function parsed(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    // Somebody else wrote there; the defaults are as good.
    return {};
  }
}
