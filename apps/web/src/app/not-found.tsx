import { Link } from '@tanstack/react-router';
import { useMessages } from '../messages/language.ts';
import { Empty } from '../ui/empty.tsx';

export function NotFound() {
  const { notFound, toStart } = useMessages().navigation;
  return (
    <Empty title={notFound}>
      <Link to="/" search={{}} className="text-accent hover:underline">
        {toStart}
      </Link>
    </Empty>
  );
}
