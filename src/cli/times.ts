/** An instant as a person reads it, in the time of the machine; `text` is ISO 8601. */
export function localTime(text: string): string {
  const time = new Date(text);
  // Swedish dates have the order of ISO 8601.
  return Number.isNaN(time.getTime()) ? text : time.toLocaleString('sv-SE');
}

/** A text for a person, with each instant of ISO 8601 in it in the time of the machine. */
export function withLocalTimes(text: string): string {
  return text.replaceAll(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, localTime);
}

/** Milliseconds as a person says them. */
export function duration(milliseconds: number): string {
  if (milliseconds < 9950) return `${(Math.max(milliseconds, 0) / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** How long something took, where both of its times are known. */
export function took({ startTime, endTime }: { readonly startTime?: string; readonly endTime?: string }): string | undefined {
  const milliseconds = Date.parse(endTime ?? '') - Date.parse(startTime ?? '');
  return Number.isNaN(milliseconds) ? undefined : duration(milliseconds);
}
