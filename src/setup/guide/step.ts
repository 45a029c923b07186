/** One thing to do: by hand in a portal, or by a command of two kinds. Scripts run the commands of all steps one after another. */
export interface GuideStep {
  readonly title: string;
  readonly why: string;
  /** The least right that is enough. */
  readonly who: string;
  /** Clicks, one a line, as plain text. */
  readonly portal: readonly string[];
  /** Lines of a POSIX shell. They share variables with those of other steps. */
  readonly az: readonly string[];
  /** Lines of PowerShell, with the modules Az and Microsoft.Graph. */
  readonly powershell: readonly string[];
}
