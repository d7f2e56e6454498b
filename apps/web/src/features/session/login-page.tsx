import { authRoutes, type LoginMethods } from '@quarterdeck/contract';
import { useMutation } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useServices } from '../../app/services.ts';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Field } from '../../ui/field.tsx';
import { problemsByField } from '../../ui/form-problems.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useAnotherPerson } from './session.tsx';

interface LoginPageProps {
  methods: LoginMethods;
  /** Whether somebody was logged in on this page a moment ago. */
  ended: boolean;
}

/** In place of every page until somebody is logged in; the address stays, and with it where they wanted to go. */
export function LoginPage({ methods, ended }: LoginPageProps) {
  const messages = useMessages().session;
  const failed = useSearch({ strict: false, select: (search) => search.failed });
  return (
    <main className="mx-auto flex w-full max-w-sm flex-col gap-4 overflow-y-auto px-4 pt-[12vh] pb-8">
      <h1 className="flex items-center gap-2 font-semibold text-lg">
        <img src="/favicon.svg" alt="" className="size-6" />
        {methods.setup ? messages.setUpTitle : messages.logInTitle}
      </h1>
      {ended && (
        <p role="status">
          <StatusMark state="pending" text={messages.ended} /> {messages.endedNext}
        </p>
      )}
      {failed !== undefined && (
        <p role="alert">
          <StatusMark state="critical" text={messages.notLoggedIn} />: {failed}
        </p>
      )}
      {methods.setup && <SetUpForm />}
      {!methods.setup && methods.oidc !== null && <IssuerButton name={methods.oidc.name} alone={!methods.password} />}
      {!methods.setup && methods.password && <PasswordForm />}
    </main>
  );
}

function useLogIn<Input>(call: (input: Input) => Promise<unknown>) {
  const anotherPerson = useAnotherPerson();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: call,
    onSuccess: async () => {
      await navigate({ to: '.', search: (before) => ({ ...before, failed: undefined }), replace: true });
      await anotherPerson();
    },
  });
}

function Form({ children, onSubmit }: { children: ReactNode; onSubmit(): void }) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      {children}
    </form>
  );
}

function PasswordForm() {
  const messages = useMessages().session;
  const { api } = useServices();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const logIn = useLogIn((input: { email: string; password: string }) => api.call(authRoutes.logIn, input));
  return (
    <Form onSubmit={() => logIn.mutate({ email, password }, { onError: () => setPassword('') })}>
      <Field label={messages.email} type="email" autoComplete="username" required autoFocus value={email} onChange={(event) => setEmail(event.target.value)} />
      <Field
        label={messages.password}
        type="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      {logIn.error !== null && <ErrorNotice what={messages.notLoggedIn} error={logIn.error} />}
      <Button type="submit" look="primary" disabled={logIn.isPending}>
        {logIn.isPending ? messages.loggingIn : messages.logIn}
      </Button>
    </Form>
  );
}

/** The browser leaves for the issuer and comes back logged in. */
function IssuerButton({ name, alone }: { name: string; alone: boolean }) {
  const messages = useMessages().session;
  const { api } = useServices();
  const start = useMutation({
    mutationFn: () => api.call(authRoutes.startOidcLogin, {}),
    onSuccess: ({ url }) => location.assign(url),
  });
  return (
    <>
      <Button look={alone ? 'primary' : 'plain'} disabled={start.isPending || start.isSuccess} onClick={() => start.mutate()}>
        {messages.logInWith(name)}
      </Button>
      {start.error !== null && <ErrorNotice what={messages.notAsked(name)} error={start.error} />}
    </>
  );
}

function SetUpForm() {
  const messages = useMessages().session;
  const { api, setupToken } = useServices();
  const [input, setInput] = useState({ token: setupToken ?? '', email: '', name: '', password: '' });
  const setUp = useLogIn((owner: typeof input) => api.call(authRoutes.setUpTeam, owner));
  const problems = problemsByField(setUp.error);
  const field = (name: keyof typeof input) => ({
    required: true,
    value: input[name],
    problem: problems.get(name) ?? null,
    onChange: (event: { target: { value: string } }) => setInput({ ...input, [name]: event.target.value }),
  });
  return (
    <Form onSubmit={() => setUp.mutate(input)}>
      <p className="text-soft">{messages.firstAccount}</p>
      <Field label={messages.setupToken} note={messages.setupTokenNote} autoComplete="off" autoFocus {...field('token')} />
      <Field label={messages.yourName} autoComplete="name" {...field('name')} />
      <Field label={messages.email} type="email" autoComplete="username" {...field('email')} />
      <Field label={messages.password} type="password" note={messages.passwordNote} autoComplete="new-password" {...field('password')} />
      {setUp.error !== null && problems.size === 0 && <ErrorNotice what={messages.notMade} error={setUp.error} />}
      <Button type="submit" look="primary" disabled={setUp.isPending}>
        {messages.makeFirst}
      </Button>
    </Form>
  );
}
