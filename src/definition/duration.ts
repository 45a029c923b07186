const form = /^P(?!$)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
const seconds = [31_536_000, 2_592_000, 604_800, 86_400, 3600, 60, 1];

/**
 * The seconds in an ISO 8601 duration such as `PT5S` or `P1D`, months and years at 30 and 365 days; undefined for any other text.
 * Blanks around it do not matter, and stand in workflows that run.
 */
export function secondsIn(duration: string): number | undefined {
  const parts = form.exec(duration.trim())?.slice(1);
  return parts?.reduce((sum, part, index) => sum + Number(part ?? 0) * (seconds[index] ?? 0), 0);
}
