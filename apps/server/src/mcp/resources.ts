import { type ReadResourceResult, ResourceTemplate, type ServerContext } from '@modelcontextprotocol/server';
import { toAppError } from '@quarterdeck/contract';
import { completionsOf } from './completions.ts';
import type { ServerMeans } from './mcp-server.ts';
import { tools } from './tools.ts';

/** Where a name would be in an address, and there is none: what belongs to the whole cluster, the current cluster. */
const none = '-';

interface TemplateDescriptor {
  name: string;
  title: string;
  description: string;
  template: string;
  /** The tool that answers, and what it is called with. */
  tool: string;
  input(variables: Record<string, string>): Record<string, unknown>;
}

const templates: readonly TemplateDescriptor[] = [
  {
    name: 'issues',
    title: 'Issues of a cluster',
    description: 'What is broken and why, worst first. `-` as the cluster is the current one.',
    template: 'quarterdeck://{cluster}/issues',
    tool: 'list_issues',
    input: () => ({}),
  },
  {
    name: 'issue',
    title: 'An issue',
    description: 'One issue: its cause, the chain to each symptom, evidence and recent changes.',
    template: 'quarterdeck://{cluster}/issues/{id}',
    tool: 'get_issue',
    input: ({ id }) => ({ id }),
  },
  {
    name: 'object',
    title: 'An object',
    description: 'One object: state, conditions, issues, events, changes, relations. `-` as the namespace where it has none.',
    template: 'quarterdeck://{cluster}/objects/{kind}/{namespace}/{name}',
    tool: 'describe_resource',
    input: ({ kind, namespace, name }) => ({ kind, name, ...(namespace === none ? {} : { namespace }) }),
  },
  {
    name: 'runbooks',
    title: 'Runbooks for words',
    description: 'Runbooks and resolved issues that fit the words.',
    template: 'quarterdeck://{cluster}/runbooks/{words}',
    tool: 'search_knowledge',
    input: ({ words }) => ({ text: words }),
  },
];

/** What can be read by an address: the same answers as the tools give. */
export function registerResources(means: ServerMeans): void {
  const complete = completionsOf(means);
  for (const { name, title, description, template, tool, input } of templates) {
    const resource = new ResourceTemplate(template, { list: undefined, complete });
    means.server.registerResource(name, resource, { title, description, mimeType: 'text/plain' }, async (uri, variables, context) => {
      const named = Object.fromEntries(Object.entries(variables).map(([key, value]) => [key, decodeURIComponent(String(value))]));
      return read(uri, tool, { ...input(named), ...(named.cluster === none ? {} : { cluster: named.cluster }) }, means, context);
    });
  }
}

async function read(
  uri: URL,
  name: string,
  input: Record<string, unknown>,
  { services, caller }: ServerMeans,
  context: ServerContext,
): Promise<ReadResourceResult> {
  const tool = tools.find((each) => each.name === name);
  const result = await tool?.call(input, { services, actor: caller.agent, signal: context.mcpReq.signal });
  if (result === undefined || result.failed) throw toAppError(new Error(result?.answer ?? `There is no resource ${uri.href}.`));
  return { contents: [{ uri: uri.href, mimeType: 'text/plain', text: result.answer }] };
}
