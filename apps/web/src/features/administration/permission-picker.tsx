import { type Permission, permissions } from '@quarterdeck/contract';
import { Tick } from '../../ui/field.tsx';

interface PermissionPickerProps {
  legend: string;
  /** What whoever chooses holds: nobody gives on what they don't have. */
  offered: readonly string[];
  chosen: readonly Permission[];
  onChange(chosen: readonly Permission[]): void;
}

/** Permissions by what they are about: `pod`, `helm` … */
export function PermissionPicker({ legend, offered, chosen, onChange }: PermissionPickerProps) {
  const families = Map.groupBy(
    permissions.filter((permission) => offered.includes(permission)),
    (permission) => permission.split(/[.:]/)[0] ?? permission,
  );
  const toggle = (permission: Permission) => onChange(chosen.includes(permission) ? chosen.filter((other) => other !== permission) : [...chosen, permission]);
  return (
    <fieldset className="rounded border border-line p-3">
      <legend className="px-1 text-soft text-xs">{legend}</legend>
      <div className="grid grid-cols-1 gap-x-4 gap-y-3 sm:grid-cols-2">
        {[...families].map(([family, members]) => (
          <div key={family} className="flex flex-col">
            {members.map((permission) => (
              <Tick key={permission} label={permission} checked={chosen.includes(permission)} onChange={() => toggle(permission)} />
            ))}
          </div>
        ))}
      </div>
    </fieldset>
  );
}
