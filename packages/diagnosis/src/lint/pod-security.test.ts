import { describe, expect, it } from 'vitest';
import { workloadYaml } from '../testing/workload-yaml.ts';
import { said } from './advised.ts';

const namespace = (label: string, profile: string) =>
  `\n---\nkind: Namespace\nmetadata: {name: shop, labels: {pod-security.kubernetes.io/${label}: ${profile}}}\n---\n`;
const secure = `image: w:1
securityContext: {allowPrivilegeEscalation: false, runAsNonRoot: true, capabilities: {drop: [ALL]}, seccompProfile: {type: RuntimeDefault}}`;

describe('pod-security-breaks-later', () => {
  const check = (container: string, podSpec: string, label = 'enforce', profile = 'restricted') =>
    said('pod-security-breaks-later', workloadYaml({ name: 'web', container, podSpec }) + namespace(label, profile));

  it('names what a running workload breaks of the profile, as the refusal would', () => {
    expect(check('image: w:1', '').join('\n')).toMatch(
      /allowPrivilegeEscalation != false \(container app: .*\n.*unrestricted capabilities.*\n.*runAsNonRoot.*\n.*seccompProfile/,
    );
    expect(check(secure, 'hostNetwork: true')).toEqual(['Profile restricted refuses new pods: host namespaces (hostNetwork=true).']);
    expect(check(secure, 'volumes: [{name: data, hostPath: {path: /srv}}]').join()).toContain('hostPath volumes (data)');
    expect(check(secure, 'initContainers: [{name: i, image: i:1}]').join()).toContain('container i');
  });

  it('takes what the pod says for its containers, and baseline for less', () => {
    const podLevel = 'securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}';
    expect(check('image: w:1\nsecurityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}}', podLevel)).toEqual([]);
    expect(check('image: w:1', '', 'enforce', 'baseline')).toEqual([]);
    expect(check('image: w:1\nports: [{containerPort: 80, hostPort: 80}]', '', 'enforce', 'baseline').join()).toContain('hostPorts 80');
  });

  it('is silent where the label only warns', () => {
    expect(check('image: w:1', '', 'warn')).toEqual([]);
  });
});
