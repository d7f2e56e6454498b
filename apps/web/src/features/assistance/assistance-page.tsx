import { AssistanceSection } from './assistance-section.tsx';

/** Beside chat, models and knowledge: what helps by itself. */
export function AssistancePage() {
  return (
    <div className="min-h-0 grow overflow-y-auto p-4">
      <AssistanceSection />
    </div>
  );
}
