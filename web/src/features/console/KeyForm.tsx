import { useState, type FormEvent } from 'react';
import { identityStore } from '@/lib/identity';
import { useWords } from '@/lib/language';
import { words } from './words';

/** Asks who is no operator for an operator's key. It is kept in this browser, as any key. */
export function KeyForm({ onKey }: { readonly onKey: () => void }) {
  const w = useWords(words);
  const [key, setKey] = useState('');
  const use = (event: FormEvent): void => {
    event.preventDefault();
    identityStore.setState({ key: key.trim() });
    onKey();
  };
  return (
    <form className="card key-form" onSubmit={use}>
      <h2>{w.operatorOnly}</h2>
      <p>{w.operatorHint}</p>
      <label className="field">
        <span>{w.key}</span>
        <input className="input" type="password" autoComplete="off" required value={key} onChange={(event) => setKey(event.target.value)} />
      </label>
      <button type="submit" className="button primary">
        {w.useKey}
      </button>
    </form>
  );
}
