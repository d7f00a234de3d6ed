// Values of a form made from a JSON schema.

/** The first type a schema allows that is not null. */
export function typeOf(schema) {
  const types = [schema.type ?? (schema.properties ? "object" : schema.enum ? "enum" : "any")].flat();
  return types.find((type) => type !== "null") ?? "any";
}

/** What a field holds before anybody touched it. */
export function beginning(schema) {
  if (schema.default !== undefined) {
    return schema.default;
  }
  if (schema.const !== undefined) {
    return schema.const;
  }
  if (typeOf(schema) === "object" && schema.properties) {
    const entries = Object.entries(schema.properties).map(([name, inner]) => [name, beginning(inner)]);
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  }
  return undefined;
}

/** Without what was left empty, so that optional fields are absent; undefined if nothing is left. */
export function cleaned(value) {
  if (value === "" || value === undefined) {
    return undefined;
  }
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    return value;
  }
  const left = Object.entries(value)
    .map(([key, inner]) => [key, cleaned(inner)])
    .filter(([, inner]) => inner !== undefined);
  return left.length > 0 ? Object.fromEntries(left) : undefined;
}
