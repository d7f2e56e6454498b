import { useMemo, useRef } from 'react';
import { useMessages } from '../../../messages/language.ts';
import { usePreferences } from '../../../preferences/preferences.ts';
import { aboutYaml } from '../../ask-about/ask-about.ts';
import { ask } from '../../assistant/use-ask.ts';
import { useMay } from '../../session/session.tsx';
import { type AskSuggestion, useModelSuggestion } from './use-model-suggestion.ts';

/** What an editor offers by itself, as somebody set it. The same value for as long as nothing of it changes. */
export interface EditorAssistance {
  suggestions: boolean;
  /** Null where no model is to be asked. */
  askModel: AskSuggestion | null;
  /** Null for who may not ask. */
  onAsk: ((text: string) => void) | null;
}

export function useEditorAssistance(label: string): EditorAssistance {
  const { askAbout } = useMessages();
  const { suggestions } = usePreferences().assistance;
  const mayAsk = useMay('ai:chat');
  const askModel = useModelSuggestion();
  const latest = useRef(askAbout);
  latest.current = askAbout;
  return useMemo(
    () => ({ suggestions, askModel, onAsk: mayAsk ? (text: string) => ask(aboutYaml(text, label, latest.current)) : null }),
    [suggestions, askModel, mayAsk, label],
  );
}
