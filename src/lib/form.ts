/** The fields of a posted form by name, one value each; empty for a body that is not a form. */
export async function readFields(request: Request): Promise<Record<string, FormDataEntryValue>> {
  try {
    return Object.fromEntries(await request.formData());
  } catch {
    return {};
  }
}

/** A posted form with every value of each name; empty for a body that is not a form. */
export async function readForm(request: Request): Promise<FormData> {
  try {
    return await request.formData();
  } catch {
    return new FormData();
  }
}

/** The text fields of a posted form as an address would say them. */
export function textFields(form: FormData): URLSearchParams {
  return new URLSearchParams(
    [...form].flatMap(([name, value]): [string, string][] =>
      typeof value === 'string' ? [[name, value]] : [],
    ),
  );
}
