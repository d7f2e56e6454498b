import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { languageNames, useMessages } from '../../messages/language.ts';
import { densities, languages, setPreferences, themes } from '../../preferences/preferences.ts';
import { Button, buttonStyles } from '../../ui/button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { PreferenceChoice } from '../settings/preference-choice.tsx';
import { ClusterChoice } from './cluster-choice.tsx';
import { FirstDiagnosis } from './first-diagnosis.tsx';

/** The way in, in any order and left at any time: a cluster, what is broken in it, and how the page looks. */
export function WelcomePage() {
  const { welcome: messages, settings } = useMessages();
  const navigate = useNavigate();
  const startTutorial = () => {
    setPreferences({ tutorial: 0, welcomed: true });
    void navigate({ to: '/', search: {} });
  };
  return (
    <>
      <PageHeader title={messages.title} />
      <div className="min-h-0 grow overflow-y-auto">
        <ol className="flex max-w-3xl flex-col gap-8 p-4">
          <Step number={1} title={messages.chooseCluster}>
            <ClusterChoice />
          </Step>
          <Step number={2} title={messages.diagnosis}>
            <FirstDiagnosis />
          </Step>
          <Step number={3} title={settings.look}>
            <div className="flex flex-col gap-3">
              <PreferenceChoice label={settings.theme} name="theme" values={themes} words={settings.themes} />
              <PreferenceChoice label={settings.density} name="density" values={densities} words={settings.densities} />
              <PreferenceChoice label={settings.language} name="language" values={languages} words={languageNames} />
            </div>
          </Step>
          <Step number={4} title={messages.goOn}>
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

function Step({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  return (
    <li className="flex gap-3">
      <span aria-hidden="true" className="flex size-6 shrink-0 items-center justify-center rounded-full border border-line-strong text-xs">
        {number}
      </span>
      <section className="min-w-0 grow">
        <h2 className="mb-2 pt-0.5 font-medium text-md">{title}</h2>
        {children}
      </section>
    </li>
  );
}
