/** No note to whoever fills something in is longer; what is longer is a text of its own. */
const longest = 200;

/**
 * Marks of what somebody is yet to fill in, wherever they stand in a text: `<tenant id>`, `#{TenantId}#`, `__TENANT_ID__`,
 * `$(tenantId)`, `{{tenantId}}`, rows of x and of stars. The forms are those of the deployment tools that replace them.
 */
const marks =
  /<[^<>]+>|#\{[^{}]+\}#?|\$\{[^{}]+\}|__[A-Za-z][\w.-]*?__|\$\([A-Za-z][\w.-]*\)|\{\{[^{}]+\}\}|%[A-Z][A-Z_]{2,}%|\*{3,}|(?<![a-z0-9])x{3,}(?![a-z0-9])/i;

/** A text, or the name of a host in it, that tells a person what to do: `your-tenant`, `REPLACE_ME`, `todo: the client id`. */
const notes =
  /(?:^|:\/\/)[\s"'([{]*(?:please[\s_-]+)?(?:(?:replace|enter|your|insert|change|todo|to[\s_-]do|tbd|fixme|fill[\s_-]?in|put)(?![a-z0-9])|(?:replace|change)(?:me|it|this|with)|your(?:tenant|client|company|domain|org|app|vault|site|secret|key|subscription|user|name|storage|account|api|password|server|database))/i;

/** What a placeholder is known by. None of them has another flag than `i`. */
export const placeholderForms: readonly RegExp[] = [marks, notes];

/** Whether a text stands for a value that somebody is yet to fill in: of the value itself it tells nothing. */
export function isPlaceholder(text: string): boolean {
  return text.length <= longest && placeholderForms.some((form) => form.test(text));
}
