import type { ReactNode } from 'react';
export function LabPage(): ReactNode { return null; }
