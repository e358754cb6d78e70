import '@mantine/core/styles/default-css-variables.css';
import '@mantine/core/styles/global.css';
import '@mantine/core/styles/UnstyledButton.css';
import '@mantine/core/styles/CloseButton.css';
import '@mantine/core/styles/Paper.css';
import '@mantine/core/styles/Overlay.css';
import '@mantine/core/styles/ModalBase.css';
import '@mantine/core/styles/Modal.css';
import '@mantine/core/styles/ScrollArea.css';
import '@mantine/core/styles/Popover.css';
import '@mantine/core/styles/Combobox.css';
import '@mantine/core/styles/Input.css';
import '@mantine/core/styles/InlineInput.css';
import '@mantine/core/styles/Pill.css';
import '@mantine/core/styles/PillsInput.css';
import '@fontsource-variable/noto-sans-kr';
import './tokens.css';
import './base.css';
import { createTheme, localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { PreferencesProvider } from './data/preferences.tsx';
import { createQueryClient } from './data/query-client.ts';

const theme = createTheme({ defaultRadius: 8, fontFamily: 'var(--font)', respectReducedMotion: true });
const schemes = localStorageColorSchemeManager({ key: 'snowball.scheme' });
const root = document.getElementById('root');
if (root === null) throw new Error('The page holds no #root');

// Mantine writes its variables into a style tag, which our Content-Security-Policy refuses; its static sheet and
// base.css carry them instead.
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={createQueryClient()}>
      <MantineProvider
        theme={theme}
        defaultColorScheme="auto"
        colorSchemeManager={schemes}
        withCssVariables={false}
        withGlobalClasses={false}
      >
        <PreferencesProvider>
          <App />
        </PreferencesProvider>
      </MantineProvider>
    </QueryClientProvider>
  </StrictMode>,
);
