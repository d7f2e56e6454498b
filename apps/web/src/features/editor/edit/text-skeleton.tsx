import { SkeletonLines } from '../../../ui/skeleton.tsx';

export function TextSkeleton() {
  return (
    <div className="p-4">
      <SkeletonLines widths={['40%', '30%', '45%', '62%', '38%', '55%', '50%']} />
    </div>
  );
}
