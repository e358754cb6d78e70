import { useMediaQuery } from '@mantine/hooks';

/** A phone: lists instead of tables. */
export function useNarrow(): boolean {
  return useMediaQuery('(max-width: 720px)', window.matchMedia('(max-width: 720px)').matches) ?? false;
}
