import type { ReactNode } from 'react';
export function SafetyPage(): ReactNode { return null; }
