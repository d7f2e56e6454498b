import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { AppError } from '@quarterdeck/contract';
import * as z from 'zod';
import { fingerprintOf } from './fingerprint.ts';
import type { McpServerSettings } from './mcp-server-settings.ts';

/** A tool as its server describes it: not to be trusted. */
export interface ForeignTool {
  name: string;
  description: string;
  inputSchema: Record<string, unknown>;
}

/** The allowed tools of a server, and what their words are known by. */
export interface ForeignTools {
  tools: ForeignTool[];
  /** Allowed ones that the server does not have. */
  missing: string[];
  fingerprint: string;
}

/** Milliseconds. */
const startLimit = 20_000;
const callLimit = 30_000;
/** Characters of one result. */
const longestResult = 100_000;

const textSchema = z.looseObject({ type: z.literal('text'), text: z.string() });

/** One server of others, connected when it is first asked. Whoever opens it closes it. */
export class McpServerLink {
  private readonly settings: McpServerSettings;
  private readonly environment: Readonly<Record<string, string | undefined>>;
  private connecting: Promise<Client> | null = null;

  constructor(settings: McpServerSettings, environment: Readonly<Record<string, string | undefined>>) {
    this.settings = settings;
    this.environment = environment;
  }

  /** Throws UNSUPPORTED where it can't be reached. */
  async list(signal: AbortSignal): Promise<ForeignTools> {
    const client = await this.client(signal);
    const { tools } = await client.listTools(undefined, { signal, timeout: startLimit }).catch((thrown: unknown) => this.lost(thrown));
    const allowed = tools.filter(({ name }) => this.settings.allow.includes(name));
    return {
      tools: allowed.map(({ name, description = '', inputSchema }) => ({ name, description, inputSchema })),
      missing: this.settings.allow.filter((name) => !tools.some((tool) => tool.name === name)),
      fingerprint: fingerprintOf(allowed),
    };
  }

  /** What it says; its own failures are AppErrors with its words in them. */
  async call(name: string, input: Record<string, unknown>, signal: AbortSignal): Promise<string> {
    const client = await this.client(signal);
    const result = await client.callTool({ name, arguments: input }, { signal, timeout: callLimit }).catch((thrown: unknown) => this.lost(thrown));
    const texts = result.content.map((part) => textSchema.safeParse(part).data?.text ?? `(${part.type}, left out)`);
    const text = texts.join('\n').slice(0, longestResult);
    if (result.isError === true)
      throw new AppError('CLUSTER_ERROR', `The MCP server refused: ${text.slice(0, 500)}`, { hint: 'Ask it otherwise, or do without.' });
    return text;
  }

  async close(): Promise<void> {
    const client = await this.connecting?.catch(() => null);
    this.connecting = null;
    await client?.close();
  }

  private client(signal: AbortSignal): Promise<Client> {
    signal.throwIfAborted();
    this.connecting ??= this.connect();
    this.connecting.catch(() => {
      this.connecting = null; // The next one who asks tries again.
    });
    return this.connecting;
  }

  private async connect(): Promise<Client> {
    const client = new Client({ name: 'quarterdeck', version: '1' }, { versionNegotiation: { mode: 'auto' } });
    client.onclose = () => {
      this.connecting = null;
    };
    await client.connect(this.transport(), { timeout: startLimit }).catch((thrown: unknown) => this.lost(thrown));
    return client;
  }

  /** The program gets what every program gets, and what is named; nothing else of our environment. */
  private transport(): StdioClientTransport | StreamableHTTPClientTransport {
    const { command, args, env, url = '', tokenVariable } = this.settings;
    if (command !== undefined) {
      const named = env.flatMap((name) => (this.environment[name] === undefined ? [] : [[name, this.environment[name]]]));
      return new StdioClientTransport({ command, args, env: Object.fromEntries(named), stderr: 'ignore' });
    }
    const token = tokenVariable === undefined ? undefined : this.environment[tokenVariable];
    return new StreamableHTTPClientTransport(new URL(url), {
      requestInit: { redirect: 'error', headers: token === undefined ? {} : { authorization: `Bearer ${token}` } },
    });
  }

  private lost(cause: unknown): never {
    throw new AppError('UNSUPPORTED', 'The MCP server does not answer.', { hint: 'Start it by hand to see what it says.', cause });
  }
}
