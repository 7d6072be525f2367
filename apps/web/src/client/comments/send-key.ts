/** Enter sends, with Ctrl or Cmd too; Shift+Enter breaks the line, and Enter that ends an IME composition does neither. */
export function isSendKey(event: {
  key: string
  shiftKey: boolean
  nativeEvent: { isComposing: boolean }
}): boolean {
  return event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing
}
