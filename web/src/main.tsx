import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import './app/tokens.css';
import './app/app.css';
import { identityStore } from './lib/identity';
import { VoiceClient } from './voice/VoiceClient';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element #root.');
// The call stands beside React, not within it: whatever happens to the screen, it goes on.
createRoot(root).render(<App voice={new VoiceClient(() => identityStore.getState())} />);

// The shell opens without the server, too. In development it would stand between the page and its changes.
if (import.meta.env.PROD) navigator.serviceWorker?.register('/sw.js').catch(() => undefined);
