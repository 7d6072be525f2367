/** Puts the cursor into a field as soon as it is there: `ref={focusNow}`. For fields that a person asked for. */
export function focusNow(field: HTMLInputElement | HTMLTextAreaElement | null): void {
  field?.focus()
}
