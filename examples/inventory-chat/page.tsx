import '@quarterdeck/chat/theme.css';
import './theme.css';
import { ChatPanel, ChatProvider, createTransport } from '@quarterdeck/chat';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';

const transport = createTransport({ fetch: (input, init) => fetch(input, init) });
const focus = { page: '/inventory', namespace: null, object: null, issueId: null };

function App() {
  const [conversation, setConversation] = useState<string | null>(null);
  return (
    <ChatProvider transport={transport}>
      <ChatPanel conversation={conversation} onConversation={setConversation} focus={focus} focused />
    </ChatProvider>
  );
}

const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<App />);
