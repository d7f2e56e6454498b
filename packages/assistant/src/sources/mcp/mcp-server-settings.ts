import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError, toAppError } from '@quarterdeck/contract';
import * as z from 'zod';

const variable = z.string().regex(/^[A-Za-z_]\w*$/, 'must be the name of a variable');

/** Another's server of the Model Context Protocol: a program that is started, or an address. */
const serverSchema = z
  .strictObject({
    command: z.string().min(1).optional(),
    args: z.array(z.string()).max(50).default([]),
    /** Variables that the program is given besides PATH, HOME and the like, by name: values are never here. */
    env: z.array(variable).max(20).default([]),
    url: z.url({ protocol: /^https?$/ }).optional(),
    /** A variable that holds the bearer token for the address. */
    tokenVariable: variable.optional(),
    /** The tools that the assistant may call; none but these. */
    allow: z.array(z.string().min(1).max(200)).min(1).max(100),
    enabled: z.boolean().default(true),
    /** The fingerprint of the tools as a person has seen them; no tool is offered before. */
    accepted: z.string().optional(),
  })
  .refine(({ command, url }) => (command === undefined) !== (url === undefined), 'must have a command or a url, and not both')
  .refine(({ url }) => url === undefined || isSafe(new URL(url)), 'must be https, or on this machine');
export type McpServerSettings = z.infer<typeof serverSchema>;

const settingsSchema = z.strictObject({
  version: z.literal(1).default(1),
  servers: z.record(z.string().regex(/^[a-z][a-z0-9-]{0,30}$/, 'must be lower case letters, digits and -'), serverSchema).default({}),
});
export type McpSettings = z.infer<typeof settingsSchema>;

/** What a person set about servers of others, in `mcp-servers.json` of the state directory. Every call reads what there is. */
export interface McpSettingsFile {
  /** Throws VALIDATION_ERROR that names the field. */
  read(): Promise<McpSettings>;
  /** A person has seen these tools of a server. Throws NOT_FOUND. */
  accept(name: string, fingerprint: string): Promise<void>;
}

export function mcpSettingsFile(stateDirectory: string): McpSettingsFile {
  const path = join(stateDirectory, 'mcp-servers.json');
  const read = async () => parse(await textOf(path), path);
  return {
    read,
    async accept(name, fingerprint) {
      const { servers, ...rest } = await read();
      const server = servers[name];
      if (server === undefined) throw new AppError('NOT_FOUND', `There is no MCP server ${name}.`, { hint: `${path} lists them.` });
      await write(path, { ...rest, servers: { ...servers, [name]: { ...server, accepted: fingerprint } } });
    },
  };
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return '{}';
    throw new AppError('VALIDATION_ERROR', `The settings of MCP servers (${path}) can't be read.`, {
      hint: 'Give yourself the right to read the file.',
      cause,
    });
  }
}

function parse(text: string, path: string): McpSettings {
  try {
    return settingsSchema.parse(JSON.parse(text));
  } catch (cause) {
    const [first] = cause instanceof z.ZodError ? cause.issues : [];
    const what = first === undefined ? toAppError(cause).message : `${first.path.join('.')}: ${first.message}`;
    throw new AppError('VALIDATION_ERROR', `${path}: ${what}.`, { hint: 'docs/reference/mcp.md lists the fields.', cause });
  }
}

/** A reader finds the old file or the new one, never half of one. */
async function write(path: string, settings: McpSettings): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${randomUUID()}`;
  await writeFile(temporary, `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600 });
  await rename(temporary, path);
}

function isSafe({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}
