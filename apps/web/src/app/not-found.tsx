import { Link } from '@tanstack/react-router';
import { Empty } from '../ui/empty.tsx';

export function NotFound() {
  return (
    <Empty title="There is no page at this address.">
      <Link to="/issues" search={{}} className="text-accent hover:underline">
        Go to the issues
      </Link>
    </Empty>
  );
}
