import { Link } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useMessages } from '../../messages/language.ts';
import { buttonStyles } from '../../ui/button.tsx';
import { useMay } from '../session/session.tsx';

/** Templates by the plural of the kind that they make. */
const templates: Readonly<Record<string, string>> = {
  deployments: 'deployment',
  statefulsets: 'stateful-set',
  jobs: 'job',
  cronjobs: 'cron-job',
  configmaps: 'config-map',
  secrets: 'secret',
  namespaces: 'namespace',
  services: 'service',
  networkpolicies: 'network-policy',
  horizontalpodautoscalers: 'autoscaler',
  poddisruptionbudgets: 'disruption-budget',
  roles: 'role',
};

/** Beside a list: the way to a new one of its kind. */
export function CreateButton({ slug }: { slug: string }) {
  const words = useMessages().create;
  const template = templates[slug];
  if (!useMay('resource.write')) return null;
  return (
    <Link to="/create" search={template === undefined ? {} : { template }} aria-label={words.button} title={words.button} className={buttonStyles.icon}>
      <Plus />
    </Link>
  );
}
