import { Link, useNavigate } from '@tanstack/react-router';
import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { languageNames, useMessages } from '../../messages/language.ts';
import { densities, languages, setPreferences, themes } from '../../preferences/preferences.ts';
import { Button, buttonStyles } from '../../ui/button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { useClusters } from '../clusters/clusters.tsx';
import { isReachable } from '../clusters/connection-state.ts';
import { useIssuesFeed } from '../issues/issues-feed.tsx';
import { FirstModel } from '../providers/first-model.tsx';
import { useSetup } from '../providers/use-setup.ts';
import { useMay } from '../session/session.tsx';
import { PreferenceChoice } from '../settings/preference-choice.tsx';
import { ClusterChoice } from './cluster-choice.tsx';
import { FirstDiagnosis } from './first-diagnosis.tsx';

/** The way in, in any order and left at any time: a cluster, what is broken in it, and how the page looks. */
export function WelcomePage() {
  const { welcome: messages, settings } = useMessages();
  const navigate = useNavigate();
  const { selected } = useClusters();
  const { state } = useIssuesFeed();
  const isReached = selected !== null && isReachable(selected);
  const isChecked = state?.checkedAt != null;
  const startTutorial = () => {
    setPreferences({ tutorial: 0, welcomed: true });
    void navigate({ to: '/', search: {} });
  };
  return (
    <>
      <PageHeader title={messages.title} />
      <div className="min-h-0 grow overflow-y-auto">
        <ol className="flex max-w-3xl flex-col gap-8 p-4">
          <Step number={1} title={messages.chooseCluster} done={isReached}>
            <ClusterChoice />
          </Step>
          <Step number={2} title={messages.diagnosis} done={isReached && isChecked}>
            <FirstDiagnosis />
          </Step>
          <ModelStep number={3} />
          <Step number={4} title={settings.look} done={false}>
            <div className="flex flex-col gap-3">
              <PreferenceChoice label={settings.theme} name="theme" values={themes} words={settings.themes} />
              <PreferenceChoice label={settings.density} name="density" values={densities} words={settings.densities} />
              <PreferenceChoice label={settings.language} name="language" values={languages} words={languageNames} />
            </div>
          </Step>
          <Step number={5} title={messages.goOn} done={false}>
            <p className="mb-2 text-soft">{messages.first}</p>
            <div className="flex flex-wrap gap-3">
              <Link to="/" search={{}} className={buttonStyles.primary} onClick={() => setPreferences({ welcomed: true })}>
                {messages.open}
              </Link>
              <Button onClick={startTutorial}>{messages.tutorial}</Button>
            </div>
          </Step>
        </ol>
      </div>
    </>
  );
}

/** Models are everybody's: who may not choose them is told so. */
function ModelStep({ number }: { number: number }) {
  const messages = useMessages().welcome;
  const mayManage = useMay('ai:manage');
  const { data } = useSetup(mayManage);
  const isChosen = data !== undefined && (data.choice.offline || data.choice.use.length > 0);
  return (
    <Step number={number} title={messages.model} done={isChosen}>
      {mayManage ? <FirstModel /> : <p>{messages.modelOfOthers}</p>}
    </Step>
  );
}

interface StepProps {
  number: number;
  title: string;
  /** Whoever comes back sees where they were. */
  done: boolean;
  children: ReactNode;
}

function Step({ number, title, done, children }: StepProps) {
  const messages = useMessages().welcome;
  return (
    <li className="flex gap-3">
      <span aria-hidden="true" className="flex size-6 shrink-0 items-center justify-center rounded-full border border-line-strong text-xs">
        {done ? <Check className="size-3.5 text-healthy" /> : number}
      </span>
      <section className="min-w-0 grow">
        <h2 className="mb-2 pt-0.5 font-medium text-md">
          {title}
          {done && <span className="sr-only"> ({messages.done})</span>}
        </h2>
        {children}
      </section>
    </li>
  );
}
