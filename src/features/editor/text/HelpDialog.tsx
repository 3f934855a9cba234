import { textEditor as words } from '#src/i18n/editor.ts';
import { Dialog } from './Dialog.tsx';

/** Every key of the editor. */
export function HelpDialog({ onClose }: { onClose(): void }) {
  return (
    <Dialog title={words.helpTitle} onClose={onClose}>
      <p>{words.helpMac}</p>
      <div className="dialog-buttons">
        <button type="button" className="button" onClick={onClose}>
          {words.close}
        </button>
      </div>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.helpKey}</th>
            <th scope="col">{words.helpWhat}</th>
          </tr>
        </thead>
        <tbody>
          {words.shortcuts.map(([keys, what]) => (
            <tr key={keys}>
              <th scope="row">{keys}</th>
              <td>{what}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  );
}
