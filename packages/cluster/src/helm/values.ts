type Values = Readonly<Record<string, unknown>>;

/** What the templates saw: the chart's defaults with the user's values over them; a null takes a default away (pkg/chart/common/util `CoalesceValues`). */
export function coalesce(defaults: Values, user: Values): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...defaults };
  for (const [key, value] of Object.entries(user)) {
    const below = merged[key];
    if (value === null) delete merged[key];
    else merged[key] = isMapping(below) && isMapping(value) ? coalesce(below, value) : value;
  }
  return merged;
}

function isMapping(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
